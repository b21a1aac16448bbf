"""Workbooks: visible sheets as tables, numbers as printed."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.xlsx import read_xlsx

from .rows import places, tables, texts


def workbook(fill) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        fill(book)
    return stream.getvalue()


def sheet(*rows: list[object]) -> bytes:
    def fill(book):
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return workbook(fill)


@pytest.mark.parametrize(
    ("value", "format", "printed"),
    [
        (3.0, None, "3"),
        (0.1, None, "0.1"),
        (0.1 + 0.2, None, "0.3"),
        (-35, None, "-35"),
        (59237.2449, None, "59237.2449"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.256, "0.0%", "25.6%"),
        (45291, "yyyy-mm-dd", "2023-12-31"),
        (45291, 'yyyy"年"m"月"d"日"', "2023-12-31"),
        ("无", None, "无"),
    ],
)
def test_numbers_as_printed(value, format, printed):
    def fill(book):
        book.add_worksheet().write(0, 0, value, book.add_format({"num_format": format}) if format else None)

    assert texts(read_xlsx(workbook(fill))) == [[printed]]


def test_merged_cells_are_spans_and_blank_cells_reach_to_the_widest_row():
    def fill(book):
        page = book.add_worksheet()
        page.merge_range(0, 0, 1, 1, "甲")
        page.write(0, 2, "乙")
        page.write(2, 0, "丙")

    assert places(read_xlsx(workbook(fill))) == [
        [("甲", 0, 2, 2), ("乙", 2, 1, 1)],
        [("", 2, 1, 1)],
        [("丙", 0, 1, 1), ("", 1, 1, 1), ("", 2, 1, 1)],
    ]


def test_hidden_sheets_rows_and_columns_are_not_seen():
    def fill(book):
        page = book.add_worksheet("统计表")
        page.write_row(0, 0, ["甲", "隐列", "乙"])
        page.write(1, 0, "隐行")
        page.set_column(1, 1, None, None, {"hidden": True})
        page.set_row(1, None, None, {"hidden": True})
        hidden = book.add_worksheet()
        hidden.write(0, 0, "隐表")
        hidden.hide()

    assert texts(read_xlsx(workbook(fill))) == [["统计表"], ["甲", "", "乙"]]


def test_sheets_are_tables_of_their_own_and_default_names_say_nothing():
    def fill(book):
        for name in ("Sheet1", "统计表"):
            book.add_worksheet(name).write_row(0, 0, ["规章", 0])

    document = read_xlsx(workbook(fill))
    assert texts(document) == [["规章", "0"], ["统计表"], ["规章", "0"]]
    assert tables(document) == [1, None, 2]


def test_a_workbook_of_another_writer_is_read():
    book = openpyxl.Workbook()
    book.active.append(["规章", 2, None, True])
    stream = BytesIO()
    book.save(stream)
    assert texts(read_xlsx(stream.getvalue())) == [["规章", "2", "", "TRUE"]]


def test_long_text_alone_in_its_row_is_a_paragraph():
    document = read_xlsx(sheet(["本年度工作扎实推进。" * 10, ""], ["规章", 0]))
    assert tables(document) == [None, 1]


def edited(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(stream, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            if part == name:
                assert old in content
                content = content.replace(old, new)
            after.writestr(part, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", b'niqueCount="1"', b'niqueCount="4000000000"'),
        ("xl/worksheets/sheet1.xml", b'ref="A1:B1"', b'ref="A1:XFD1048576"'),
        ("xl/worksheets/sheet1.xml", b'r="B1"', b'r="XFD1048576"'),
        ("xl/worksheets/sheet1.xml", b'<row r="1"', b'<row r="999999999"'),
        (
            "xl/worksheets/sheet1.xml",
            b"</sheetData>",
            b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
        ("xl/worksheets/sheet1.xml", b"<v>0</v>", b"<v>99999999999999999999</v>"),
    ],
)
def test_false_counts_and_places_do_no_harm(part, old, new):
    try:
        assert len(read_xlsx(edited(sheet(["规章", 7]), part, old, new)).lines) <= 2
    except UnreadableError as error:
        assert str(error).endswith("。")


def test_blank_columns_left_of_a_table_are_no_cells_and_do_not_shift_it():
    document = read_xlsx(sheet(["", "", "一、总体情况"], [], ["", "", "规章", 0, ""], ["", "", "许可", "", 1]))
    assert places(document) == [
        [("一、总体情况", None, 1, 1)],
        [("规章", 2, 1, 1), ("0", 3, 1, 1), ("", 4, 1, 1)],
        [("许可", 2, 1, 1), ("", 3, 1, 1), ("1", 4, 1, 1)],
    ]
