"""Compiling: every cell of the form for each organ, what the cases tell of the year, and a number of queries that stays."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given

from gongkai.checking import check
from gongkai.office.figures.periods import year_of
from gongkai.office.figures.tables import figures
from gongkai.office.filings.compiling import compute
from gongkai.office.filings.drafting import first_content
from gongkai.report.form import form_for_year

from ..builders import take
from ..figures.caseloads import YEARS, caseloads, few, recorded
from .reporting import RECEIVED, after, answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def organ(make_organ):
    return make_organ("云溪区审计局", disclosure_office="云溪区审计局办公室", telephone="0571-88880000")


@pytest.fixture
def clerk(make_person, organ):
    return make_person("clerk", organ)


def facts(organ, year=2025):
    return compute([organ], year)[organ.pk].facts


def test_every_cell_of_the_form_is_there(organ):
    for year in (2020, 2025):
        assert compute([organ], year)[organ.pk].values.keys() == form_for_year(year).cells.keys()


def test_whom_the_public_asks_is_in_the_organs_record(organ):
    told = facts(organ)
    assert (told.text("contact_office"), told.text("contact_phone")) == ("云溪区审计局办公室", "0571-88880000")


def test_a_government_is_asked_through_its_office(make_organ):
    government = make_organ("云溪区人民政府", kind="government")
    make_organ("云溪区人民政府办公室", kind="office", parent=government, telephone="0571-88881111")
    assert facts(government).text("contact_phone") == "0571-88881111"


def test_answers_are_in_time_to_the_last_day_and_late_from_the_next(organ, clerk, make_case):
    for days in (5, 20, 21):
        answered(organ, days, clerk=clerk)
    told = facts(organ)
    assert (told.number("on_time"), told.number("overdue")) == (2, 1)
    assert told.number("average_days") == Decimal("15.3")  # (5 + 20 + 21) / 3 = 15.33


def test_the_time_in_which_an_applicant_corrects_is_no_time_of_the_answer(organ, clerk, make_case):
    asked, came, on = after(RECEIVED, 4), after(RECEIVED, 10), after(RECEIVED, 16)
    case = make_case(organ, received=RECEIVED, imported=True, as_of=on)
    until = after(asked, 15).isoformat()
    take(case, "correction_requested", asked, as_of=on, actor=clerk, matters="请写明年度。", until=until)
    take(case, "corrected", came, as_of=on, actor=clerk, description="2024年审计结果公告")
    decision = {"outcome": "disclosed", "grounds": ["provided"], "number": "云审公复〔2025〕1号"}
    take(case, "imported_decision", on, as_of=on, actor=clerk, dispatched_on=on.isoformat(), **decision)
    told = facts(organ)
    assert (
        told.number("average_days") == 6
    )  # from the tenth working day, on which the correction came, to the sixteenth
    assert (told.number("corrected"), told.number("on_time")) == (1, 1)


def test_third_parties_extensions_and_fees_count_in_the_year_of_their_day(organ, clerk, make_case):
    received, on = date(2025, 12, 8), date(2026, 1, 20)
    case = make_case(organ, received=received, as_of=on)
    asked = {"as_of": on, "actor": clerk}
    take(case, "consulted", date(2025, 12, 10), whom="third_party", name="望海公司", matter="是否同意公开。", **asked)
    take(case, "consulted", date(2025, 12, 11), whom="third_party", name="听涛公司", matter="是否同意公开。", **asked)
    take(case, "consulted", date(2025, 12, 12), whom="other_organ", name="云溪区商务局", matter="请提出意见。", **asked)
    fee = {"basis": "per_item", "before": 11, "quantity": 1, "amount": "100.00", "explanation": "按件计收。"}
    notified = {"received_on": "2025-12-31", "method": "post", "number": "云审公收〔2025〕1号"}
    take(case, "fee_notified", date(2025, 12, 30), **fee, **notified, **asked)
    take(case, "fee_paid", date(2026, 1, 6), amount="100.00", **asked)
    before, later = facts(organ, 2025), facts(organ, 2026)
    assert (before.number("consulted"), later.number("consulted")) == (1, 0)
    assert (before.number("fee_notices"), before.number("processing_fee")) == (1, 0)
    assert (later.number("fee_notices"), later.number("processing_fee")) == (0, 100)


def test_an_event_whose_day_was_set_right_counts_on_the_right_day(organ, clerk, make_case):
    on = date(2026, 1, 20)
    case = make_case(organ, received=date(2025, 12, 8), as_of=on)
    told = {"whom": "third_party", "name": "望海公司", "matter": "是否同意公开。"}
    event = take(case, "consulted", date(2025, 12, 30), as_of=on, actor=clerk, **told)
    assert facts(organ, 2025).number("consulted") == 1
    right = {"event": event.number, "values": {"on": "2026-01-05"}, "reason": "日期登记有误。"}
    take(case, "record_corrected", on, as_of=on, actor=clerk, **right)
    assert (facts(organ, 2025).number("consulted"), facts(organ, 2026).number("consulted")) == (0, 1)


def test_the_number_of_queries_does_not_grow_with_the_organs(make_organ, make_case):
    def asked(organs):
        with CaptureQueriesContext(connection) as queries:
            compute(organs, 2025)
        return len(queries)

    few_organs = [make_organ() for _ in range(2)]
    for one in few_organs:
        make_case(one, received=RECEIVED, as_of=RECEIVED)
    several = [*few_organs, *(make_organ() for _ in range(5))]
    assert asked(several) == asked(few_organs) <= 20


@few
@given(caseloads())
def test_random_caseloads_compile_to_reports_in_which_every_identity_holds(load):
    with recorded(load) as organ:
        for year in YEARS:
            report = first_content(organ, year).report
            live = figures([organ], year_of(year), form_for_year(year))
            assert {key: report.values[key] for key in live} == live
            assert [one for one in check(report) if one.severity == "error" and set(one.cells) & live.keys()] == []
