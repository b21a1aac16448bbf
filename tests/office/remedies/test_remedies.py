"""Reconsiderations and lawsuits: what one must be, by when the organ answers, and how table 四 counts them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from gongkai.office.figures.periods import year_of
from gongkai.office.figures.remedies import remedies_behind, remedy_figures
from gongkai.office.remedies.limits import answer_limit
from gongkai.office.remedies.models import Remedy
from gongkai.report.form import form_for_year


def remedy(organ, **fields):
    found = Remedy(organ=organ, **{"kind": "reconsideration", "begun_on": date(2026, 5, 6), **fields})
    found.full_clean()
    found.save()
    return found


@pytest.fixture
def organ(make_organ):
    return make_organ()


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"closed_on": date(2026, 7, 1)}, "result"),
        ({"result": "upheld"}, "closed_on"),
        ({"closed_on": date(2026, 5, 5), "result": "upheld"}, "closed_on"),
        ({"answered_on": date(2026, 5, 5)}, "answered_on"),
        ({"kind": "litigation_direct", "summary": True}, "summary"),
        ({"result": "pending", "closed_on": date(2026, 7, 1)}, "result"),
        ({"kind": "mediation"}, "kind"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(organ, fields, wrong):
    with pytest.raises(ValidationError) as refused:
        remedy(organ, **fields)
    assert wrong in refused.value.message_dict


def test_a_number_is_registered_once_in_an_organ_whatever_its_spaces(organ, make_organ):
    assert remedy(organ, number="青政复 〔2026〕 8号").number == "青政复〔2026〕8号"
    with pytest.raises(ValidationError, match="已经登记过"):
        remedy(organ, number="青政复〔2026〕8号")
    remedy(make_organ(), number="青政复〔2026〕8号")
    remedy(organ)
    remedy(organ)  # without a number there may be several


def test_a_case_of_another_organ_can_not_be_its_cause(organ, make_case, make_organ):
    with pytest.raises(ValidationError, match="不是本机关的"):
        remedy(organ, case=make_case(make_organ()))


def test_a_case_of_an_earlier_year_can_be(organ, make_case):
    case = make_case(organ, received=date(2025, 11, 3), on=date(2025, 11, 3))
    assert remedy(organ, case=case, begun_on=date(2026, 3, 2)).case == case


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        # counted by hand on the calendar of 2026, from the day after
        ({"begun_on": date(2026, 5, 6)}, date(2026, 5, 19)),  # 10 working days; the Saturday 9 May is worked (调休)
        ({"begun_on": date(2026, 5, 11), "summary": True}, date(2026, 5, 18)),  # 5 working days
        ({"begun_on": date(2026, 5, 6), "kind": "litigation_direct"}, date(2026, 5, 21)),  # 15 days
        ({"begun_on": date(2026, 9, 18), "kind": "litigation_direct"}, date(2026, 10, 8)),  # 3 October is a holiday
    ],
)
def test_the_day_of_the_answer_follows_the_kind_of_the_procedure(organ, fields, due):
    assert answer_limit(remedy(organ, **fields)).due == due


def test_table_four_counts_by_result_in_the_year_of_the_end_and_else_as_pending(organ):
    remedy(organ, begun_on=date(2025, 3, 3), closed_on=date(2026, 2, 2), result="corrected")
    remedy(organ, begun_on=date(2025, 12, 30))
    remedy(organ, begun_on=date(2025, 12, 31), joint=True)
    remedy(organ, begun_on=date(2026, 1, 1), kind="litigation_direct", closed_on=date(2026, 12, 31), result="other")

    def counted(year):
        live = remedy_figures([organ], year_of(year), form_for_year(year))[organ.pk]
        return {key.removeprefix("remedies."): number for key, number in live.items() if number}

    assert counted(2024) == {}
    assert counted(2025) == {"reconsideration.pending": 2, "reconsideration.total": 2}
    assert counted(2026) == {
        "reconsideration.corrected": 1,
        "reconsideration.pending": 1,
        "reconsideration.total": 2,
        "litigation_direct.other": 1,
        "litigation_direct.total": 1,
    }
    assert counted(2027) == {"reconsideration.pending": 1, "reconsideration.total": 1}


def test_the_list_behind_a_figure_holds_those_it_counts(organ):
    ended = remedy(organ, begun_on=date(2025, 3, 3), closed_on=date(2026, 2, 2), result="corrected")
    form = form_for_year(2025)
    assert list(remedies_behind("remedies.reconsideration.pending", [organ], year_of(2025), form)) == [ended]
    assert list(remedies_behind("remedies.reconsideration.corrected", [organ], year_of(2025), form)) == []
    with pytest.raises(KeyError):
        remedies_behind("applications.received.total", [organ], year_of(2025), form)
