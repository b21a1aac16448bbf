"""Plain text: each manner of flattening a table keeps its cells, blank ones too."""

import pytest

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.text import lines_of_text, read_text

from .rows import tables, texts


def test_blank_lines_go_and_numbers_stay():
    lines = lines_of_text("一、总体情况\n\n\n无。\n")
    assert [(line.number, line.text) for line in lines] == [(1, "一、总体情况"), (4, "无。")]


def test_stray_marks_of_word_are_no_text():
    assert texts(lines_of_text("[bookmark: _GoBack]28\n总体情况_Toc123456")) == [["28"], ["总体情况"]]


def test_marks_of_markdown_are_no_text():
    assert texts(lines_of_text("## 三、收到和处理\n**无。**")) == [["三、收到和处理"], ["无。"]]


@pytest.mark.parametrize(
    "text",
    [
        "规章|2|0|11\n行政规范性文件|109||597",
        "规章 | 2 | 0 | 11 |\n行政规范性文件 | 109 | | 597 |",
        "| 规章 | 2 | 0 | 11 |\n|---|---|---|---|\n| 行政规范性文件 | 109 |  | 597 |",
        "规章｜2｜0｜11\n行政规范性文件｜109｜｜597",
        "规章 |\n2 |\n0 |\n11 |\n行政规范性文件 |\n109 |\n |\n597 |",
        "规章\n|\n2\n|\n0\n|\n11\n|\n行政规范性文件\n|\n109\n|\n|\n597\n|",
        "|\n规章 |\n2 |\n0 |\n11 |\n|\n行政规范性文件 |\n109 |\n |\n597 |\n|\n其他 |\n0 |\n0 |\n0 |",
        "规章\t2\t0\t11\n行政规范性文件\t109\t\t597",
    ],
    ids=["compact", "trailing", "markdown", "full-width", "cell a line", "bar a line", "bar opens a row", "tabs"],
)
def test_however_cells_are_parted_all_of_them_are_there_in_order(text):
    cells = [cell for row in texts(lines_of_text(text)) for cell in row]
    expected = ["规章", "2", "0", "11", "行政规范性文件", "109", "", "597"]
    if "" not in cells:  # a bar alone after a bar that closes a line can't be told from the one that opens a row
        expected.remove("")
    assert cells[: len(expected)] == expected


def test_a_last_bar_is_a_blank_cell_where_other_rows_end_without_one():
    assert texts(lines_of_text("规章|2|0|11\n许可|5|6|\n处罚|1|2|3")) == [
        ["规章", "2", "0", "11"],
        ["许可", "5", "6", ""],
        ["处罚", "1", "2", "3"],
    ]


def test_fillers_for_spans_are_blank_cells():
    lines = lines_of_text("第二十条第(五)项 | |||\n行政许可 | 7 | ||\n规章 | 0 | 0 | 0 |")
    assert texts(lines) == [["第二十条第(五)项", "", "", ""], ["行政许可", "7", "", ""], ["规章", "0", "0", "0"]]


def test_a_row_of_dashes_is_data_and_a_rule_is_not():
    assert texts(lines_of_text("| 商业企业 | 科研机构 |\n|---|---|\n| - | - |")) == [
        ["商业企业", "科研机构"],
        ["-", "-"],
    ]


def test_a_cell_broken_between_bars_is_one_cell():
    text = "信息内容\n|\n本年新\n制作数量\n|\n规章\n|\n0\n|\n"
    assert texts(lines_of_text(text)) == [["信息内容"], ["本年新\n制作数量"], ["规章"], ["0"]]


OPENED = "\n\n".join(
    [
        "二、主动公开政府信息情况",
        "\t\n\t商业\n企业\n\t科研\n机构",
        "\t规章\n\t0\n\t0\n\t0",
        "\t行政规范性文件\n\t\n9\n\t28\n\t67",
        "\t总计\n\t1\n\t2\n\t3\n四、政府信息公开行政复议、行政诉讼情况",
    ]
)


def test_cells_opened_by_tabs_on_their_own_lines_become_rows():
    lines = lines_of_text(OPENED)
    assert texts(lines) == [
        ["二、主动公开政府信息情况"],
        ["", "商业\n企业", "科研\n机构"],
        ["规章", "0", "0", "0"],
        ["行政规范性文件", "9", "28", "67"],
        ["总计", "1", "2", "3"],
        ["四、政府信息公开行政复议、行政诉讼情况"],
    ]
    assert [line.table for line in lines] == [None, 1, 1, 1, 1, None]


def test_only_the_first_cell_of_a_row_opened_by_a_tab():
    text = "\n\n".join(f"\t{label}\n0\n1\n2" for label in ("规章", "许可", "处罚", "强制", "一", "二", "三", "四"))
    assert texts(lines_of_text(text))[:2] == [["规章", "0", "1", "2"], ["许可", "0", "1", "2"]]


def test_prose_indented_by_tabs_stays_prose():
    text = "\n".join("\t本机关认真贯彻落实条例要求，扎实推进各项工作，取得较好成效。" for _ in range(10))
    assert tables(read_text(text.encode())) == [None] * 10


def test_blank_cells_between_tabs_stay():
    assert texts(lines_of_text("\t\t自然人\t总计\t")) == [["", "", "自然人", "总计", ""]]


def test_columns_held_apart_by_spaces_keep_their_place():
    (line,) = lines_of_text("   一、本年新收      3402     99    0 4")
    assert [(cell.text, cell.box[0]) for cell in line.cells if cell.box] == [
        ("一、本年新收", 3),
        ("3402", 15),
        ("99", 24),
        ("0", 30),
        ("4", 32),
    ]
    assert [cell.column for cell in line.cells] == [None] * 5


def test_double_spaces_in_prose_do_not_part_it():
    assert texts(lines_of_text("收到申请  28  件，均已办结。  特此报告。")) == [
        ["收到申请  28  件，均已办结。  特此报告。"]
    ]


@pytest.mark.parametrize("text", ["— 4 —", "-12-", "第 3 页 共 8 页"])
def test_page_numbers_are_marked_as_such(text):
    assert [line.header for line in lines_of_text(f"总计\n{text}\n-35")] == [False, True, False]


def test_form_feeds_count_pages():
    assert [(line.page, line.number) for line in lines_of_text("甲\n\f乙\n丙")] == [(1, 1), (2, 2), (2, 3)]


def test_a_text_beyond_measure_is_refused():
    with pytest.raises(UnreadableError, match="未予读取。"):
        read_text(b"a\n" * 300_000)
