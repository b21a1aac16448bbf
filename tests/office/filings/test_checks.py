"""The page 核对: what is found is set right at a button, or left as it is for a reason that the reviewer reads."""

from dataclasses import replace
from html import unescape

import pytest

from gongkai.office.filings.excusing import with_reasons
from gongkai.office.filings.figuring import with_figures
from gongkai.office.filings.gate import findings_of, summary, unexcused_errors
from gongkai.office.filings.leading import asked_of
from gongkai.office.filings.record import save, take
from gongkai.office.filings.views.cells import digest
from gongkai.office.filings.years import unusual_figures
from gongkai.office.registers.facts import add_fact

from .reporting import DAY, Reporting
from .reports import make_filed

pytestmark = pytest.mark.django_db

TOTAL = "applications.disclosed.total"
SET = {"reason": "纸质台账另有一件。", "by": "王经办", "at": "2026-01-12T09:30:00+08:00"}


@pytest.fixture
def office():
    office = Reporting()
    add_fact(office.organ, 2025, "trainings", 3, "", by=office.people["clerk"], today=DAY)
    office.begun()
    return office


def _save(office, content):
    save(office.filing, content, based_on=office.filing.newest, by=office.people["clerk"], today=DAY, why="测试")
    office.filing.refresh_from_db()


def _broken(office):
    """A total of 表三 that is not the sum of its row: one error, with one repair."""
    _save(office, with_figures(office.newest(), {TOTAL: 4}, **SET))


def _error(office, code=""):
    return next(
        one for one in findings_of(office.filing, office.newest()) if one.severity == "error" and code in one.code
    )


def _excuse(office, finding, reason, role="clerk"):
    return office.browsers[role].post(office.at("filings_excuse"), {"finding": digest(finding), "reason": reason})


def test_who_reviews_reads_on_the_steps_page_why_a_finding_and_a_large_change_stay_as_they_are(office):
    make_filed(office.organ, 2024, {TOTAL: 400})
    _broken(office)
    _excuse(office, _error(office), "历史数据口径不同。")
    content = office.newest()
    (odd, *_) = asked_of(content, unusual_figures(office.filing, content.report), content.report.form)
    reasoned = with_reasons(content, [(odd.finding, "集中申请事项上年已经办完。")], by="王经办", at=SET["at"])
    _save(office, reasoned)
    take(office.filing, "sent", version=office.filing.newest, by=office.people["clerk"], roles={"clerk"}, today=DAY)
    page = office.page("reviewer", "filings_step", "reviewed")
    for words in ("历史数据口径不同。", "集中申请事项上年已经办完。", "与上年相比变化较大的数据", SET["reason"]):
        assert words in page


def test_a_place_left_open_leads_to_its_section_and_no_reason_can_be_written(office):
    content = office.newest()
    sections = {**content.report.sections, "problems": "【请补写2025年存在的主要问题及改进情况。】"}
    _save(office, replace(content, report=replace(content.report, sections=sections)))
    finding = _error(office, "placeholder-open")
    page = unescape(office.page("clerk", "filings_checks"))
    article = page.split(f'id="finding-{digest(finding)}"')[1].split("</article>")[0]
    assert office.at("filings_section", "problems") in article and "写明理由" not in article
    assert _excuse(office, finding, "没有。").status_code == 409 and office.newest().excuses == ()


def test_a_report_without_errors_says_so(office):
    page = office.page("clerk", "filings_checks")
    assert "错误 0 处" in page and "没有妨碍送审的错误" in page


def test_an_error_is_shown_with_its_basis_its_cells_and_the_way_to_set_it_right(office):
    _broken(office)
    page = unescape(office.page("clerk", "filings_checks"))
    finding = _error(office)
    for words in (finding.message, finding.basis, "按建议改正", "送审以前，错误要改正，或者写明不改的理由。"):
        assert words in page
    assert office.at("filings_cell", TOTAL) in page


def test_a_repair_is_made_at_a_button_and_the_error_is_gone(office):
    _broken(office)
    key = digest(_error(office))
    sent = {"finding": key, "way": "0", f"{key}-0-reason": "按台账核对。"}
    answer = office.browsers["clerk"].post(office.at("filings_mend"), sent)
    assert answer.status_code == 302 and office.newest().report.values[TOTAL] == 0
    assert summary(office.filing, office.newest()).errors == 0


def test_a_repair_without_a_reason_is_not_made(office):
    _broken(office)
    key = digest(_error(office))
    answer = office.browsers["clerk"].post(
        office.at("filings_mend"), {"finding": key, "way": "0", f"{key}-0-reason": " "}
    )
    assert answer.status_code == 422 and "请写明更正的原因" in answer.content.decode()
    assert office.newest().report.values[TOTAL] == 4


def test_a_repair_of_what_is_no_longer_found_is_not_made(office):
    _broken(office)
    before = office.filing.newest
    answer = office.browsers["clerk"].post(office.at("filings_mend"), {"finding": "gone", "way": "0"})
    assert answer.status_code == 409 and "已经变了，没有保存" in answer.content.decode()
    office.newest()
    assert office.filing.newest == before


def test_an_error_with_a_reason_no_longer_gates_and_the_reviewer_reads_it(office):
    _broken(office)
    assert unexcused_errors(office.filing, office.newest()) == 1
    assert _excuse(office, _error(office), "机构改革，口径不同。").status_code == 302
    assert unexcused_errors(office.filing, office.newest()) == 0
    page = office.page("reviewer", "filings_checks")
    assert "错误 0 处" in page and "已写明理由 1 处" in page and "机构改革，口径不同。" in page
    assert "撤回理由" not in page


@pytest.mark.parametrize("blank", ["", "   ", "　\n　"])
def test_a_reason_of_blanks_is_refused(office, blank):
    _broken(office)
    answer = _excuse(office, _error(office), blank)
    assert answer.status_code == 200 and "请写明理由" in answer.content.decode()
    assert office.newest().excuses == () and unexcused_errors(office.filing, office.newest()) == 1


def test_a_reason_that_is_too_long_is_kept_with_a_sentence_beside_it(office):
    _broken(office)
    answer = _excuse(office, _error(office), "字" * 501)
    assert "缩短到 500 个字以内" in answer.content.decode() and "字" * 501 in answer.content.decode()
    assert office.newest().excuses == ()


def test_a_reason_is_changed_and_taken_back(office):
    _broken(office)
    finding = _error(office)
    _excuse(office, finding, "第一种说法。")
    _excuse(office, finding, "第二种说法。")
    assert [one.reason for one in office.newest().excuses] == ["第二种说法。"]
    office.browsers["clerk"].post(office.at("filings_excuse_end"), {"excuse": digest(finding)})
    assert office.newest().excuses == () and unexcused_errors(office.filing, office.newest()) == 1


def test_a_reason_lapses_when_the_figure_changes_and_is_listed_as_lapsed(office):
    _broken(office)
    _excuse(office, _error(office), "机构改革，口径不同。")
    _save(office, with_figures(office.newest(), {TOTAL: 5}, **SET))
    assert unexcused_errors(office.filing, office.newest()) == 1
    page = office.page("clerk", "filings_checks")
    assert "不再适用的理由" in page and "机构改革，口径不同。" in page


def test_a_stale_sentence_is_an_error_that_is_set_right_here(office):
    content = office.newest()
    _save(office, replace(content, facts={**content.facts, "trainings": 8}))
    page = office.page("clerk", "filings_checks")
    assert "错误 1 处" in page and "改为现在的数" in page
    (tie,) = [one for one in office.newest().ties if "fact:trainings" in one.sources]
    sent = {"based_on": office.filing.newest, "checks": "1", "tie": f"{tie.section}-{tie.start}-{tie.end}"}
    answer = office.browsers["clerk"].post(office.at("filings_text_renew"), sent)
    assert answer["Location"] == office.at("filings_checks")
    assert "错误 0 处" in office.page("clerk", "filings_checks")


def test_what_a_person_set_is_listed_with_both_figures_their_difference_and_the_reason(office):
    _broken(office)
    page = office.page("reviewer", "filings_checks")
    row = page[page.index('aria-labelledby="changed"') :]
    for words in ("纸质台账另有一件。", "王经办", ">0<", ">4<", ">+4<"):
        assert words in row


def test_who_reads_changes_nothing(office):
    _broken(office)
    assert _excuse(office, _error(office), "不改。", role="reviewer").status_code == 403
    sent = {"finding": digest(_error(office)), "way": "0"}
    assert office.browsers["reviewer"].post(office.at("filings_mend"), sent).status_code == 403


def test_the_page_of_a_reason_for_what_is_not_found_leads_back(office):
    answer = office.browsers["clerk"].get(office.at("filings_excuse"), {"finding": "gone"})
    assert answer["Location"] == office.at("filings_checks")
