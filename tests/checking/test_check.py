"""Running the rules, their register and the page made from it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.checking import RULES, check, sort_findings
from gongkai.checking.rules_page import rules_page
from gongkai.report import Finding, Report, Where

from .builders import OVERVIEW, SECTIONS, make_reading, make_report, make_values

WEIGHT = ["error", "warning", "note"]


def faulty():
    values = make_values(proactive__rules__in_force=6, proactive__licences=-1)
    return make_report(
        values=values, title=None, sections={"overview": OVERVIEW + "共计共计3条。。", "other_matters": "无。"}
    )


def test_findings_stand_errors_first_then_by_section():
    findings = check(make_reading(faulty()))
    keys = [(WEIGHT.index(f.severity), (f.where.section or 0) if f.where else 0) for f in findings]
    assert keys == sorted(keys)
    assert keys[0][0] == 0


def test_no_finding_is_graver_than_its_rule_allows_and_each_is_whole():
    for finding in check(make_reading(faulty())):
        rule = RULES[finding.code]
        assert WEIGHT.index(finding.severity) >= WEIGHT.index(rule.severity)
        assert finding.basis
        assert finding.message.endswith("。")


def test_a_document_that_is_no_report_is_not_judged():
    verdict = Finding("not-a-report", "reading", "warning", "不是年度报告。", "")
    assert check(make_reading(Report(), headings=(), findings=[verdict])) == ()


def test_an_empty_report_does_not_break_a_rule():
    check(Report())
    check(make_reading(Report(), headings=()))
    check(Report(), previous=Report())


ANY_TEXT = st.text(
    st.sampled_from(list("一二（）()《》“”。，、：年月日0123456789Xx 共计公开报告由部分\n")), max_size=200
)


@settings(deadline=None, max_examples=60)
@given(ANY_TEXT, ANY_TEXT, st.sampled_from([None, 0, 2023]))
def test_no_text_breaks_a_rule(text, title, year):
    report = make_report(title=title, year=year, introduction=text, sections=dict.fromkeys(SECTIONS, text))
    check(make_reading(report), previous=make_report(year=2022, sections={"overview": text}))


@pytest.mark.parametrize(
    "piece", ["（", "》", "（》", "共计共计", "。。", "139123456", "由总体情况、", "2032年，", "《（“"]
)
def test_a_huge_text_gives_few_findings(piece):
    report = make_report(sections=dict.fromkeys(SECTIONS, piece * 20_000), values={})
    assert len(check(make_reading(report))) < 1000


def test_sorting_keeps_the_order_of_equals():
    def one(message, severity, section):
        return Finding("x", "report", severity, message, "", where=Where(section=section))

    given = [one("a", "note", 1), one("b", "error", 3), one("c", "error", 1), one("d", "error", 1)]
    assert [finding.message for finding in sort_findings(given)] == ["c", "d", "b", "a"]


def test_the_page_of_rules_is_that_of_the_register():
    page = Path(__file__).parents[2] / "docs" / "rules.md"
    assert page.read_text("utf-8") == rules_page(), "run: python -m gongkai.checking.rules_page > docs/rules.md"
