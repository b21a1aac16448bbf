"""The gate before review: a stale sentence is an error; an error with a written reason stands no longer in the way."""

from dataclasses import replace

import pytest

from gongkai.narrative import Tie
from gongkai.office.filings.content import Content, Excuse
from gongkai.office.filings.gate import findings_of, fingerprint, lapsed, stale_findings, summary, unexcused_errors
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import RefusedStepError, begin, save, take
from gongkai.office.organs.models import Organ
from gongkai.report.form import form_for_year
from gongkai.report.report import Report

from ..builders import make_organ, make_person
from .reporting import DAY, Reporting

pytestmark = pytest.mark.django_db

FORM = form_for_year(2025)
RECEIVED = "applications.received.total"
SENTENCE = "2025年，本机关开展各类培训5场。"


@pytest.fixture
def office():
    return Reporting()


def _content(office, *, trainings=5):
    """A report whose only figure in the text is of a fact."""
    report = Report(
        organ="云溪区审计局",
        year=2025,
        edition=FORM.edition,
        title="云溪区审计局2025年政府信息公开工作年度报告",
        values=dict.fromkeys(FORM.cells, 0),
        sections={section.key: "" for section in FORM.sections} | {"overview": SENTENCE},
    )
    tie = Tie("overview", SENTENCE.index("5场"), SENTENCE.index("5场") + 1, ("fact:trainings",), 5)
    return Content(report, ties=(tie,), facts={"trainings": trainings})


def _filing(office, content):
    return begin(office.organ, 2025, content, by=office.people["clerk"], today=DAY, why="测试")


def _stale(filing, content):
    return [one for one in findings_of(filing, content) if one.code == "tie-stale"]


def _excused(content, finding, reason="上年已更正。"):
    return replace(
        content, excuses=(Excuse(fingerprint(finding), finding.message, reason, "王经办", "2026-01-12T09:00:00+08:00"),)
    )


def test_a_sentence_that_states_another_figure_than_its_source_is_an_error_that_names_both(office):
    content = _content(office, trainings=8)
    (finding,) = _stale(_filing(office, content), content)
    assert finding.severity == "error" and finding.where.sentence == SENTENCE and finding.where.section == 1
    assert "写的 5，" in finding.message and "现在是 8" in finding.message


def test_a_sentence_that_agrees_is_none(office):
    content = _content(office)
    assert _stale(_filing(office, content), content) == []


def test_a_stale_sentence_gates_until_it_is_excused_and_the_excuse_lapses_when_the_figure_changes_again(office):
    wrong = _content(office, trainings=8)
    filing = _filing(office, wrong)
    before = unexcused_errors(filing, wrong)
    (finding,) = _stale(filing, wrong)
    excused = _excused(wrong, finding)
    assert unexcused_errors(filing, excused) == before - 1
    assert summary(filing, excused).excused == 1 and lapsed(excused, findings_of(filing, excused)) == []
    again = replace(excused, facts={"trainings": 9})
    assert unexcused_errors(filing, again) == before
    assert [one.reason for one in lapsed(again, findings_of(filing, again))] == ["上年已更正。"]


def test_a_report_with_an_error_is_not_sent_for_review_and_with_a_reason_it_is(office):
    wrong = _content(office, trainings=8)
    filing, clerk = _filing(office, wrong), office.people["clerk"]
    with pytest.raises(RefusedStepError, match="处错误"):
        take(filing, "sent", version=1, by=clerk, roles={"clerk"}, today=DAY)
    excuses = [_excused(wrong, one).excuses[0] for one in findings_of(filing, wrong) if one.severity == "error"]
    save(filing, replace(wrong, excuses=tuple(excuses)), based_on=1, by=clerk, today=DAY, why="写明理由")
    take(filing, "sent", version=2, by=clerk, roles={"clerk"}, today=DAY)
    assert Filing.objects.get(pk=filing.pk).stage == "in_review"


def test_a_sentence_that_states_another_figure_than_the_channels_is_an_error(office):
    key = "fact:media.website.published"
    tied = replace(
        _content(office), ties=(Tie("overview", SENTENCE.index("5场"), SENTENCE.index("5场") + 1, (key,), 5),)
    )
    filing = _filing(office, tied)
    assert _stale(filing, replace(tied, channels={key: 5})) == []
    (finding,) = _stale(filing, replace(tied, channels={key: 7}))
    assert "公开渠道“政府网站”公开信息现在是 7" in finding.message
    (finding,) = _stale(filing, tied)
    assert "现在没有填报" in finding.message


def test_a_tie_that_has_lost_its_numeral_is_told_and_gates_nothing(office):
    content = _content(office)
    loose = replace(content, ties=(replace(content.ties[0], start=6, end=8),))
    filing = _filing(office, content)
    (finding,) = [one for one in findings_of(filing, loose) if one.code == "tie-lost"]
    assert finding.severity == "warning" and "已经不在原处" in finding.message
    assert unexcused_errors(filing, loose) == unexcused_errors(filing, content)
    save(filing, loose, based_on=1, by=office.people["clerk"], today=DAY, why="测试")
    for route in ("filings_text", "filings_checks"):
        assert "已经不在原处" in office.page("clerk", route)
    assert "已经不在原处" in office.page("clerk", "filings_section", "overview")


PLACE = "【请补写2025年“监督保障”的情况。】"


def _left_open(office):
    base = _content(office)
    return replace(base, report=replace(base.report, sections={**base.report.sections, "other_matters": PLACE}))


def test_a_place_left_open_is_an_error_told_once_with_its_section(office):
    content = _left_open(office)
    found = [one for one in findings_of(_filing(office, content), content) if PLACE in one.message]
    assert [(one.code, one.severity, one.where.section) for one in found] == [("placeholder-open", "error", 6)]
    assert "六、其他需要报告的事项" in found[0].message


def test_a_place_left_open_keeps_a_report_from_review_whatever_reason_is_written(office):
    content = _left_open(office)
    filing, clerk = _filing(office, content), office.people["clerk"]
    excuses = [_excused(content, one).excuses[0] for one in findings_of(filing, content) if one.severity == "error"]
    excused = replace(content, excuses=tuple(excuses))
    save(filing, excused, based_on=1, by=clerk, today=DAY, why="写明理由")
    assert summary(filing, excused).errors == 1
    with pytest.raises(RefusedStepError, match="1 处错误"):
        take(filing, "sent", version=2, by=clerk, roles={"clerk"}, today=DAY)


def test_what_an_organ_sent_as_a_file_is_received_with_a_place_left_open_and_not_published(office):
    government = make_organ(kind="government")
    Organ.objects.filter(pk=office.organ.pk).update(parent=government)
    office.organ.refresh_from_db()
    content, clerk = replace(_left_open(office), ties=()), office.people["clerk"]
    filing = begin(office.organ, 2025, content, by=clerk, today=DAY, why="接收文件", outside=True)
    assert "placeholder-open" not in [one.code for one in findings_of(filing, content)]
    take(filing, "received", version=1, by=clerk, roles={"clerk"}, today=DAY)
    supervisor = make_person("supervisor", make_organ(kind="office", parent=government))
    take(filing, "accepted", version=1, by=supervisor, roles={"supervisor"}, today=DAY)
    with pytest.raises(RefusedStepError, match="待补写"):
        take(filing, "published", version=1, by=clerk, roles={"clerk"}, today=DAY)


def test_one_sentence_is_told_once_even_where_the_rules_of_the_text_find_it_too(office):
    sentence = "2025年，本机关新收政府信息公开申请5件。"
    base = _content(office)
    report = replace(base.report, sections={**base.report.sections, "overview": sentence})
    tie = Tie("overview", sentence.index("5件"), sentence.index("5件") + 1, (RECEIVED,), 5)
    alone, tied = replace(base, report=report, ties=()), replace(base, report=report, ties=(tie,))
    filing = _filing(office, tied)
    about = [[one.code for one in findings_of(filing, content) if RECEIVED in one.cells] for content in (alone, tied)]
    assert about == [["narrative-cell"], ["tie-stale"]]


def test_the_summary_counts_by_severity(office):
    content = _content(office, trainings=8)
    filing = _filing(office, content)
    found = [one.severity for one in findings_of(filing, content)]
    told = summary(filing, content)
    assert (told.errors, told.warnings, told.notes) == tuple(found.count(name) for name in ("error", "warning", "note"))
    assert told.errors >= 1 and len(list(stale_findings(content))) == 1
