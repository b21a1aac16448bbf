"""Facts that come late: they show as a difference and never change what was filed."""

from datetime import date

import pytest

from gongkai.office.filings.compiling import compute
from gongkai.office.filings.figuring import late_facts, late_figures, with_figures
from gongkai.office.filings.gate import findings_of
from gongkai.office.filings.record import save, take
from gongkai.office.filings.recorded import content_of
from gongkai.office.filings.tied import stale_in
from gongkai.office.registers.facts import add_medium

from ..builders import make_case
from ..builders import take as step
from .reporting import DAY, Reporting, answered

pytestmark = pytest.mark.django_db

CELL, RECEIVED_CELL = "applications.disclosed.natural_person", "applications.received.natural_person"


@pytest.fixture
def office():
    return Reporting()


def go(office, *kinds):
    takers = {"sent": "clerk", "reviewed": "reviewer", "approved": "approver", "published": "clerk"}
    for kind in kinds:
        role = takers.get(kind, "clerk")
        data = {"reason": "申请登记晚了。"} if kind in ("recalled", "reopened") else {}
        state = office.filing
        take(state, kind, version=state.newest, by=office.people[role], roles={role}, today=DAY, data=data)


def late(office):
    computed = compute([office.organ], 2025)[office.organ.pk]
    return {one.key: (one.was, one.now) for one in late_figures(office.newest(), computed)}


def settled(office):
    """Every cell that no register gives filled in, so that nothing keeps the report from review."""
    content = office.newest()
    blank = {key: 0 for key, value in content.report.values.items() if value is None}
    who = {"reason": "没有发生。", "by": "王经办", "at": "2026-01-12T09:30:00+08:00"}
    save(
        office.filing,
        with_figures(content, blank, **who),
        based_on=office.filing.newest,
        by=None,
        today=DAY,
        why="填写",
    )


def test_nothing_is_late_in_what_was_just_compiled(office):
    answered(office.organ, 5, clerk=office.people["clerk"])
    office.begun()
    assert late(office) == {}
    computed = compute([office.organ], 2025)[office.organ.pk]
    assert late_facts(office.newest(), computed) == ()


def test_a_case_registered_late_shows_with_both_numbers(office):
    office.begun()
    answered(office.organ, 5, clerk=office.people["clerk"])
    assert late(office)[RECEIVED_CELL] == (0, 1) and late(office)[CELL] == (0, 1)
    page = office.browsers["clerk"].get(office.at("filings_tables")).content.decode()
    assert f"{len(late(office))}格的登记数据有变化" in page and "△现1" in page
    assert "按最新登记重新统计" in page


def test_a_channel_that_is_corrected_later_is_late_and_its_sentence_gates_once_that_is_taken_over(office):
    known = {"by": office.people["clerk"], "today": DAY, "kind": "website"}
    add_medium(office.organ, 2025, published=30, **known)
    filing = office.begun()
    add_medium(office.organ, 2025, published=34, **known)
    (found,) = late_facts(office.newest(), compute([office.organ], 2025)[office.organ.pk])
    assert (found.name, found.was, found.now) == ("公开渠道“政府网站”公开信息", 30, 34)
    assert stale_in(office.newest()) == ()
    office.browsers["clerk"].post(office.at("filings_recompile"), {"based_on": 1})
    assert [(one.printed, one.current) for one in stale_in(office.newest())] == [(30, 34)]
    assert "tie-stale" in [one.code for one in findings_of(filing, office.newest())]


def test_the_checks_say_that_registered_data_changed_since_and_lead_there(office):
    office.begun()
    assert "登记数据发生了变化" not in office.page("clerk", "filings_checks")
    add_medium(office.organ, 2025, kind="website", published=34, by=office.people["clerk"], today=DAY)
    page = office.page("clerk", "filings_checks")
    assert "有1项登记数据发生了变化" in page and office.at("filings_tables") in page.split("登记数据发生了变化")[1]


def test_the_button_takes_the_new_figures_into_another_version(office):
    filing = office.begun()
    answered(office.organ, 5, clerk=office.people["clerk"])
    before = content_of(filing, 1)
    office.browsers["clerk"].post(office.at("filings_recompile"), {"based_on": 1})
    content = office.newest()
    assert filing.newest == 2 and content.report.values[CELL] == 1 and late(office) == {}
    assert content_of(filing, 1) == before
    assert content.report.sections == before.report.sections


@pytest.mark.parametrize("steps", [("sent",), ("sent", "reviewed", "approved", "published")])
def test_a_report_on_its_way_or_published_stays_as_it_is(office, steps):
    filing = office.begun()
    settled(office)
    go(office, *steps)
    version, before = filing.newest, content_of(filing, filing.newest)
    answered(office.organ, 5, clerk=office.people["clerk"])
    page = office.browsers["clerk"].get(office.at("filings_tables")).content.decode()
    assert "的登记数据有变化" in page and "保持原样" in page
    assert "按最新登记重新统计</button>" not in page
    answer = office.browsers["clerk"].post(office.at("filings_recompile"), {"based_on": version}, follow=True)
    assert "没有保存" in answer.content.decode()
    assert office.newest() == before and filing.newest == version


def test_after_it_was_recalled_the_new_figures_can_be_taken(office):
    office.begun()
    settled(office)
    go(office, "sent")
    answered(office.organ, 5, clerk=office.people["clerk"])
    go(office, "recalled")
    office.browsers["clerk"].post(office.at("filings_recompile"), {"based_on": office.filing.newest})
    assert late(office) == {}


def test_an_answer_in_january_leaves_the_year_before_as_it_was(office):
    make_case(office.organ, received=date(2025, 12, 22), imported=True, as_of=date(2025, 12, 22))
    office.begun()
    assert office.newest().report.values["applications.carried_over.total"] == 1
    case = office.organ.cases.get()
    decision = {
        "outcome": "disclosed",
        "grounds": ["provided"],
        "number": "云审公复〔2026〕1号",
        "actor": office.people["clerk"],
    }
    step(case, "imported_decision", date(2026, 1, 7), as_of=date(2026, 1, 7), dispatched_on="2026-01-07", **decision)
    assert late(office) == {}


def test_a_late_figure_of_an_overridden_cell_stands_beside_it(office):
    office.begun()
    office.set(CELL, "3")
    answered(office.organ, 5, clerk=office.people["clerk"])
    page = office.browsers["clerk"].get(office.at("filings_tables")).content.decode()
    assert "改·原0" in page and "△现1" in page
    office.browsers["clerk"].post(office.at("filings_recompile"), {"based_on": office.filing.newest})
    content = office.newest()
    assert content.report.values[CELL] == 3 and content.computed[CELL] == 1 and content.overrides[CELL].was == 0
