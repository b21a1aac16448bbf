"""The narrative against the tables. Expected sides and sums are counted by hand."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.checking.tabled import contradicted, describe, tabled
from gongkai.report import Finding, Report, load_form

from .builders import make_report, make_values, only, run

FORM = load_form("2021")
APPLICATIONS = "（二）依申请公开。"


def application_values(**rows: int) -> dict[str, Any]:
    """Tables in which all applicants are natural persons; rows not named are 0."""
    values: dict[str, Any] = {}
    for row, figure in rows.items():
        values[f"applications.{row}.natural_person"] = figure
        values[f"applications.{row}.total"] = figure
    return make_values() | values


BALANCED = application_values(
    received=41, carried_in=3, disclosed=20, partly_disclosed=6, withheld_internal=5, unavailable_not_held=8,
    declined_repeat=1, other=2, total=42, carried_over=2,
)  # fmt: skip


def findings(text: str, values: dict[str, Any] | None = None, previous: Report | None = None) -> list[Finding]:
    """The findings on a section one that consists of the text."""
    report = make_report(values=BALANCED if values is None else values, sections={"overview": text})
    return run(report, previous=previous, family="narrative")


RIGHT = [
    "受理政府信息公开申请 41 件。",
    "受理政府信息公开申请 44 件。",
    "收到申请 44 件（含上年结转 3 件），办结 42 件，结转下年度 2 件。",
    "新收申请 41 件。",
    "收到申请 40 余件。",
    "收到申请近 45 件。",
    "收到申请约 40 件。",
    "处理申请 44 件，其中 42 件已办结，2 件结转下年度继续办理。",
    "予以公开及部分公开 26 件，不予公开 5 件，无法提供 8 件，不予处理 1 件，其他处理 2 件。",
    "自然人申请 44 件。",
    "未发生因政府信息公开引起的行政复议、行政诉讼。",
    "通过网站收到申请 12 件。",
    "2022年收到政府信息公开申请 12 件。",
    "东湖区公安局收到政府信息公开申请 12 件。",
    "答复政府信息公开申请 42 件，其中予以公开 20 件，占47.6%。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_any_lawful_reading_is_right(text: str) -> None:
    assert findings(APPLICATIONS + text) == []


def test_a_figure_that_no_reading_explains_is_an_error() -> None:
    """新收 43 件 is neither the new ones (41) nor any other total of 表三."""
    finding = only(findings(APPLICATIONS + "全年新收政府信息公开申请 43 件。"), "narrative-cell")
    assert finding.severity == "error"
    assert finding.cells == ("applications.received.total",)
    assert "“全年新收政府信息公开申请 43 件”" in finding.message
    assert "正文为 43 件" in finding.message and "总计为 41" in finding.message
    assert finding.message.startswith("第一部分")
    assert finding.where is not None
    assert finding.where.section == 1
    assert finding.where.sentence == "全年新收政府信息公开申请 43 件。"


def test_both_readings_of_received_are_told() -> None:
    finding = only(findings(APPLICATIONS + "受理政府信息公开申请 39 件。"), "narrative-cell")
    assert finding.severity == "error"
    assert "总计为 41" in finding.message and "之和为 44" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "受理政府信息公开申请 42 件。",  # the number handled: another way of counting
        "不予公开 7 件。",  # results are counted with more than one meaning in practice
        "答复政府信息公开申请 50 件。",
        "收到申请近 60 件。",
    ],
)
def test_where_another_meaning_is_thinkable_it_is_a_warning(text: str) -> None:
    assert only(findings(APPLICATIONS + text), "narrative-cell").severity == "warning"


def test_cells_of_a_broken_identity_make_no_error() -> None:
    values = BALANCED | {"applications.received.total": 47}
    assert only(findings(APPLICATIONS + "新收政府信息公开申请 43 件。", values), "narrative-cell").severity == "warning"


def test_cells_that_are_not_printed_make_no_error() -> None:
    """A blank total is the sum of its row; a blank row, and a row the document lacks, say nothing."""
    values = BALANCED | {"applications.received.total": None}
    assert findings(APPLICATIONS + "新收政府信息公开申请 41 件。", values) == []
    assert only(findings(APPLICATIONS + "新收政府信息公开申请 43 件。", values), "narrative-cell").severity == "warning"
    row = [key for key in values if key.startswith("applications.received.")]
    assert findings(APPLICATIONS + "新收政府信息公开申请 43 件。", values | dict.fromkeys(row)) == []
    lacking = {key: value for key, value in values.items() if key not in row}
    assert findings(APPLICATIONS + "新收政府信息公开申请 43 件。", lacking) == []


def test_the_same_thing_said_rightly_elsewhere_makes_it_a_note() -> None:
    found = findings(APPLICATIONS + "新收政府信息公开申请 41 件。本机关新收申请 9 件。")
    assert only(found, "narrative-cell").severity == "note"


def test_published_documents_are_only_noted() -> None:
    """公开规章 may count others than those issued in the year."""
    finding = only(findings("（一）主动公开。主动公开规章 3 件。"), "narrative-cell")
    assert finding.severity in ("note", "warning")


def test_amounts_are_compared_in_the_unit_of_the_cell() -> None:
    values = make_values() | {"proactive.fees": 12}
    assert findings("行政事业性收费 120000 元。", values) == []
    assert findings("行政事业性收费 12 万元。", values) == []
    assert len(findings("行政事业性收费 12 元。", values)) == 1


def test_none_in_the_text_and_some_in_the_table() -> None:
    finding = only(findings(APPLICATIONS + "全年未收到政府信息公开申请。"), "narrative-denial")
    assert finding.severity == "error"
    assert "为 41" in finding.message
    remedies = BALANCED | {"remedies.reconsideration.upheld": 1, "remedies.reconsideration.total": 1}
    text = APPLICATIONS + "未发生因政府信息公开引起的行政复议。"
    assert only(findings(text, remedies), "narrative-denial").severity == "warning"


def test_parts_of_the_results_that_miss_the_number_handled() -> None:
    """20 + 6 + 5 + 8 + 1 + 0 = 40, two short of 42."""
    found = findings(
        APPLICATIONS
        + "办结 42 件，其中予以公开 20 件、部分公开 6 件、不予公开 5 件、无法提供 8 件、不予处理 1 件、其他处理 0 件。"
    )
    finding = only(found, "narrative-sum")
    assert finding.severity == "warning"
    assert "20＋6＋5＋8＋1＋0＝40" in finding.message and "少 2" in finding.message


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("公开信息 100 条，其中网站 80 条，公众号 30 条。", "warning"),  # 110, more than the whole
        ("公开信息 100 条，其中网站 60 条，公众号 20 条，其他 10 条。", "warning"),  # 90, and 其他 closes the list
        ("收到申请 44 件（甲镇 20 件、乙镇 10 件、丙镇 4 件）。", "warning"),  # 34
        ("公开信息 100 条，其中网站 60 条，公众号 20 条，微博 15 条。", "note"),  # 95, nearly
    ],
)
def test_lists_that_do_not_add_up(text: str, severity: str) -> None:
    assert only(findings(APPLICATIONS + text), "narrative-sum").severity == severity


@pytest.mark.parametrize(
    "text",
    [
        "公开信息 100 条，其中解读 20 条，图解 5 条。",  # not meant to be complete
        "公开信息 100 条，其中网站 60 条，公众号 40 条。",
        "公开信息近 100 条，其中网站 60 条，公众号 50 条。",
        "收到申请 44 件，其中网上 30 件，信函 14 件，自然人 44 件，法人或其他组织 0 件。",  # divided twice
        "公开信息 100 条，其中网站 60 条，公众号 40 条，图解 10 条，动态 90 条。",
        "办结 42 件（含上年结转 3 件），其中予以公开 20 件，不予公开 5 件。",
    ],
)
def test_lists_that_need_not_add_up(text: str) -> None:
    assert findings(APPLICATIONS + text) == []


def test_a_share_that_can_not_be() -> None:
    """20 of 42 is 47.6 %; of 41 it is 48.8 %, of 44 45.5 %."""
    finding = only(findings(APPLICATIONS + "答复申请 42 件。予以公开 20 件，占40.5%。"), "narrative-share")
    assert finding.severity == "warning"
    assert "40.5%" in finding.message and "20÷42" in finding.message and "47.6%" in finding.message


def test_a_share_cut_off_instead_of_rounded_is_a_note() -> None:
    """8 of 42 is 19.047…; 5 of 42 is 11.904…, 11.9 rounded; 6 of 42 is 14.285…, 14.28 cut."""
    text = APPLICATIONS + "答复申请 42 件。部分公开 6 件，占14.28%；不予公开 5 件，占11.9%。"
    assert only(findings(text), "narrative-share").severity == "note"


def test_growth_against_last_years_report() -> None:
    """41 after 40 is 2.5 % more; with those carried in, 44 after 40 is 10 %."""
    before = make_report(year=2022, values=application_values(received=40, disclosed=40, total=40))
    assert findings(APPLICATIONS + "收到申请 41 件，同比增长2.5%。", previous=before) == []
    finding = only(findings(APPLICATIONS + "收到申请 41 件，同比增长12%。", previous=before), "narrative-growth")
    assert "上年报告为 40" in finding.message and "2%" in finding.message
    fallen = findings(APPLICATIONS + "收到申请 41 件，同比下降2.5%。", previous=before)
    assert only(fallen, "narrative-growth").severity == "warning"
    other = make_report(year=2020, values=application_values(received=10, disclosed=10, total=10))
    assert findings(APPLICATIONS + "收到申请 41 件，同比增长12%。", previous=other) == []


def test_a_merged_row_stands_for_its_group() -> None:
    rows = ("other_uncorrected", "other_fee_unpaid")
    values = {key: value for key, value in BALANCED.items() if key.split(".")[1] not in rows}
    assert findings(APPLICATIONS + "其他处理 2 件。", values) == []
    assert len(findings(APPLICATIONS + "其他处理 3 件。", values)) == 1


def test_what_the_tables_say() -> None:
    report = make_report(values=BALANCED)
    side = tabled(report, FORM, ("applications.received.total", "applications.carried_in.total"))
    assert side is not None
    assert (side.value, side.printed) == (44, True)
    assert tabled(report, FORM, ("applications.received.total",), ["applications.received.total"]) is None
    assert contradicted(report, FORM) == frozenset()
    broken = contradicted(make_report(values=BALANCED | {"remedies.reconsideration.total": 3}), FORM)
    assert broken == {f"remedies.reconsideration.{key}" for key in ("upheld", "corrected", "other", "pending", "total")}


def test_a_group_is_named_as_one() -> None:
    group = tuple(key for key, cell in FORM.cells.items() if cell.row.group == "withheld" and cell.column.total)
    assert describe(FORM, group) == "表三“（三）不予公开”各行总计之和"
    assert describe(FORM, ("applications.received.total", "applications.carried_in.total")).endswith("总计之和")


def test_a_text_that_agrees_with_the_repaired_table_is_not_blamed_for_the_table():
    wrong = BALANCED | {"applications.other.total": 12}  # 2 in its row; the column adds up with 2 as well
    report = make_report(values=wrong, sections={"overview": "作其他处理 2 件。"})
    codes = [finding.code for finding in run(report)]
    assert "row-sum" in codes
    assert "narrative-cell" not in codes
