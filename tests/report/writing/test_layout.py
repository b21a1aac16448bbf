"""The printed tables are the official ones: grids, merged cells, heads; expected spans counted on the blank form."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from gongkai.report import Report, WritingError, load_form
from gongkai.report.writing import blank_report, lay_out
from gongkai.report.writing.tables import PrintedTable

from .example import ORGAN, make_report

_BLANK = Path(__file__).parents[4] / "shared" / "reports" / "form" / "blank_2021.docx"


def tables(edition: str) -> tuple[PrintedTable, ...]:
    return lay_out(blank_report(edition)).tables()


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_cell_of_the_form_is_printed_once(edition: str) -> None:
    keys = [cell.key for table in tables(edition) for cell in table.cells() if cell.key]
    assert sorted(keys) == sorted(load_form(edition).cells)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_place_of_the_grid_is_covered_once(edition: str) -> None:
    for table in tables(edition):
        covered = sum(cell.rows * cell.span for cell in table.cells())
        assert covered == len(table.grid()) == len(table.rows) * len(table.widths)
        assert sum(table.widths) == pytest.approx(1)


@pytest.mark.parametrize(("edition", "rows"), [("2021", 22), ("2019", 20)])
def test_the_results_label_stands_vertically_over_its_rows(edition: str, rows: int) -> None:
    label = next(cell for cell in tables(edition)[1].cells() if cell.text == "三、本年度办理结果")
    assert (label.rows, label.span, label.vertical) == (rows, 1, True)


def test_a_figure_knows_its_heads() -> None:
    table = tables("2021")[1]
    cell = next(cell for cell in table.cells() if cell.key == "applications.withheld_internal.research")
    heads = [table.grid()[place].text for place in cell.heads]
    assert heads == [
        "申请人情况",
        "法人或其他组织",
        "科研机构",
        "三、本年度办理结果",
        "（三）不予公开",
        "5.属于三类内部事务信息",
    ]


def test_a_strip_of_table_two_is_not_headed_by_the_strip_before() -> None:
    table = tables("2021")[0]
    cell = next(cell for cell in table.cells() if cell.key == "proactive.compulsion")
    assert [table.grid()[place].text for place in cell.heads] == ["第二十条第（六）项", "本年处理决定数量", "行政强制"]


@pytest.mark.skipif(not _BLANK.exists(), reason="the blank form is not beside the repository")
def test_the_tables_of_2021_are_merged_as_in_the_official_form() -> None:
    docx = pytest.importorskip("docx")
    for official, ours in zip(docx.Document(str(_BLANK)).tables, tables("2021"), strict=True):
        grid = ours.grid()
        for line, row in enumerate(official.rows):
            merged = [id(cell._tc) for cell in row.cells]
            mine = [grid[line, column].place for column in range(len(ours.widths))]
            assert len(merged) == len(mine)
            # neighbours are one cell in the official form exactly where they are one in ours
            assert [a == b for a, b in pairwise(merged)] == [a == b for a, b in pairwise(mine)]
            for column, cell in enumerate(row.cells):
                assert "".join(cell.text.split()) == grid[line, column].text


def test_a_title_is_made_from_organ_and_year_where_the_report_has_none() -> None:
    assert lay_out(make_report(title=None)).title == f"{ORGAN}2024年政府信息公开工作年度报告"
    assert lay_out(blank_report("2021")).title == "政府信息公开工作年度报告"


def test_a_title_without_organ_leaves_the_full_one_to_the_properties() -> None:
    printed = lay_out(make_report(title="政府信息公开工作年度报告（2024年）"))
    assert printed.title == "政府信息公开工作年度报告（2024年）"
    assert printed.full_title == f"{ORGAN}2024年政府信息公开工作年度报告"


def test_headings_within_a_section_are_told_from_its_text() -> None:
    paragraphs = lay_out(make_report()).sections[0].paragraphs
    assert [paragraph.text[: paragraph.heading] for paragraph in paragraphs] == [
        "",
        "（一）主动公开",
        "",
        "（二）依申请公开。",
    ]
    assert [paragraph.alone for paragraph in paragraphs] == [False, True, False, False]


def test_a_report_without_edition_has_no_printed_form() -> None:
    with pytest.raises(WritingError, match="2021"):
        lay_out(Report(organ="某局", year=2024))


def test_control_characters_are_not_printed() -> None:
    assert lay_out(make_report(introduction="前\x00后\x0b\ud800")).introduction[0].text == "前后"


def test_a_column_grows_with_its_longest_figure() -> None:
    report = make_report()
    wide = make_report(values={**report.values, "applications.received.total": 1234567})
    assert lay_out(wide).tables()[1].widths[9] > lay_out(report).tables()[1].widths[9]
    assert lay_out(wide).tables()[1].widths[8] == pytest.approx(lay_out(report).tables()[1].widths[8])
