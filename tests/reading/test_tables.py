"""From lines to cells: recognising rows, placing figures, and saying what can't be told."""

import pytest

from gongkai.reading import read
from gongkai.reading.labels import core, number_of
from gongkai.report import load_form

COLUMNS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organisation", "total")


def row(key, *figures):
    return {f"applications.{key}.{column}": figure for column, figure in zip(COLUMNS, figures, strict=True)}


def values(text):
    return dict(read("报告.txt", text.encode()).report.values)


def findings(text):
    return [finding.code for finding in read("报告.txt", text.encode()).findings]


def table_three(rows, before=""):
    """A table 三 with tabs between cells; ``rows``: label and cells."""
    head = "三、收到和处理政府信息公开申请情况\n"
    return head + before + "\n".join("\t".join(map(str, cells)) for cells in rows) + "\n"


FULL = [
    ("一、本年新收政府信息公开申请数量", 5, 0, 0, 0, 0, 0, 5),
    ("二、上年结转政府信息公开申请数量", 1, 0, 0, 0, 0, 0, 1),
    ("（一）予以公开", 4, 0, 0, 0, 0, 0, 4),
    ("（二）部分公开", 2, 0, 0, 0, 0, 0, 2),
    ("（七）总计", 6, 0, 0, 0, 0, 0, 6),
]


def test_numbering_and_explanations_do_not_change_what_a_label_says():
    assert core("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == core("(二) 部分公开") == "部分公开"
    assert core("3.危及“三安全一稳定”") == core('3、危及"三安全一稳定"')
    assert number_of("（七）总计") == "七"
    assert number_of("3.其他") == "3"
    assert number_of("规章") == ""


def test_a_row_on_a_line_is_read_in_order():
    got = values(table_three(FULL))
    assert got["applications.received.natural_person"] == 5
    assert got["applications.partly_disclosed.total"] == 2


def test_a_damaged_label_is_recognised_and_told():
    rows = [*FULL[:4], ("2.其他法律行政止公开", 0, 1, 0, 0, 0, 0, 1), FULL[4]]
    text = table_three(rows)
    assert values(text)["applications.withheld_other_law.enterprise"] == 1
    assert "row-by-likeness" in findings(text)


def test_a_row_without_label_is_placed_where_the_order_leaves_no_other_place():
    rows = [FULL[0], ("", *FULL[1][1:]), *FULL[2:]]
    text = table_three([tuple(cell for cell in cells if cell != "") for cells in rows])
    assert values(text)["applications.carried_in.natural_person"] == 1
    assert "row-by-order" in findings(text)


def test_an_unknown_local_row_is_left_out():
    rows = [*FULL[:2], ("其中：网上申请", 3, 0, 0, 0, 0, 0, 3), *FULL[2:]]
    got = values(table_three(rows))
    assert got["applications.disclosed.natural_person"] == 4
    assert 3 not in got.values()


def test_figures_that_fit_several_columns_are_not_guessed():
    text = table_three([*FULL[:2], ("（一）予以公开", 4, 4), FULL[3]])
    got = values(text)
    assert got["applications.disclosed.natural_person"] is None
    assert got["applications.disclosed.total"] is None
    assert "figures-unplaced" in findings(text)


def test_figures_are_placed_by_the_identities_where_only_one_way_satisfies_them():
    text = table_three([*FULL[:2], ("（一）予以公开", 4, 4), *FULL[3:]])
    got = values(text)
    assert (got["applications.disclosed.natural_person"], got["applications.disclosed.total"]) == (4, 4)
    assert got["applications.disclosed.enterprise"] is None
    assert "read-by-identities" in findings(text)


def test_glued_digits_are_split_only_where_the_sums_allow_one_way():
    rows = [f"{cells[0]}{''.join(map(str, cells[1:]))}" for cells in FULL]
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join(rows)
    assert values(text)["applications.received.total"] == 5
    rows[0] = (
        "一、本年新收政府信息公开申请数量120000012"  # 12 0 0 0 0 0 12 adds up; 1 20 0 0 0 0 12 and the others do not
    )
    text = "三、收到和处理政府信息公开申请情况\n" + "\n".join(rows)
    assert values(text)["applications.received.natural_person"] == 12
    assert "read-by-identities" in findings(text)


def html_rows(*rows):
    cells = "".join(
        "<tr>" + "".join(f"<td{attributes}>{text}</td>" for text, attributes in row) + "</tr>" for row in rows
    )
    return f"<p>二、主动公开政府信息情况</p><table>{cells}</table>".encode()


HEAD = [("信息内容", ""), ("本年制发件数", ""), ("本年废止件数", ""), ("现行有效件数", "")]


def test_a_row_of_a_grid_that_lacks_its_last_cell_is_short():
    rows = [("行政规范性文件", ""), ("3", ""), ("1", "")]
    reading = read("报告.html", html_rows(HEAD, [("规章", ""), ("0", ""), ("0", ""), ("0", "")], rows))
    assert reading.report.values["proactive.normative_documents.repealed"] == 1
    assert "proactive.normative_documents.in_force" not in reading.report.values
    assert "row-short" in [finding.code for finding in reading.findings]


def test_a_cell_over_two_rows_is_no_missing_cell():
    high = ' rowspan="2"'
    rows = [("行政规范性文件", ""), ("3", ""), ("1", "")]
    reading = read("报告.html", html_rows(HEAD, [("规章", ""), ("0", ""), ("0", ""), ("0", high)], rows))
    assert reading.report.values["proactive.normative_documents.in_force"] is None
    assert "row-short" not in [finding.code for finding in reading.findings]


def test_repeated_lines_dropped_from_a_page_leave_nothing_to_read():
    text = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n规章\n0\n行政规范性文件\n行政许可\n7\n行政处罚\n"
    got = values(text)
    assert got.get("proactive.rules.issued") is None
    assert got.get("proactive.normative_documents.issued") is None


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_edition_is_told_by_its_own_labels(edition):
    form = load_form(edition)
    block = form.table("proactive").blocks[0]
    head = "\t".join(["信息内容", *(column.heading for column in block.columns)])
    rows = "\n".join(f"{row.label}\t1\t2\t3" for row in block.rows)
    report = read("报告.txt", f"二、主动公开政府信息情况\n{block.heading}\n{head}\n{rows}\n".encode()).report
    assert report.edition == edition
    assert [report.values[key] for key in list(report.values)[:3]] == [1, 2, 3]


def test_zero_blank_and_mark_stay_apart():
    text = (
        "二、主动公开政府信息情况\n第二十条第（一）项\n| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
        "| 规章 | / | / | / |\n| 行政规范性文件 | 0 |  | 6 |\n"
    )
    report = read("报告.txt", text.encode()).report
    assert report.values["proactive.rules.issued"] is None
    assert report.marks["proactive.rules.issued"] == "/"
    assert report.values["proactive.normative_documents.issued"] == 0
    assert report.values["proactive.normative_documents.repealed"] is None
    assert "proactive.normative_documents.repealed" not in report.marks
    assert "proactive.licences" not in report.values


def test_of_two_years_side_by_side_the_reports_own_is_read():
    heads = "  ".join(["结果维持  结果纠正  其他结果  尚未审结  总计"] * 3)
    text = (
        "某市2023年政府信息公开工作年度报告\n一、总体情况\n2023年，某市推进公开。\n四、政府信息公开行政复议、行政诉讼情况\n"
        f"2024 年\n行政复议    行政诉讼\n{heads}\n"
        + "  ".join(["9"] * 15)
        + f"\n2023 年\n行政复议    行政诉讼\n{heads}\n"
        + "  ".join(["1", "0", "0", "0", "1"] * 3)
        + "\n"
    )
    assert values(text)["remedies.reconsideration.upheld"] == 1


def test_evidence_says_where_a_figure_stands():
    reading = read("报告.txt", table_three(FULL).encode())
    evidence = reading.evidence["applications.disclosed.natural_person"]
    assert (evidence.raw, evidence.line) == ("4", 4)
