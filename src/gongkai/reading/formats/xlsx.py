"""Workbooks (XLSX) to lines: each visible sheet a table, merged cells as spans, numbers as printed.

Read with lxml, not with calamine: that library takes a workbook's own counts on trust, and one false count in a
damaged file ends the whole process, which nothing can catch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from ..document import Document, Line, TextCell, UnreadableError
from .packages import open_package, parse_xml, parts_of, unpack

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from lxml.etree import _Element

MOST_CELLS = 300_000
MOST_COLUMNS = 512
MOST_ROWS = 1 << 20
_PROSE = 60
"""More characters than a label has that stands alone in its row: such a cell is a paragraph of the narrative."""

_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_S = f"{{{_MAIN.decode()}}}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = re.compile(r"\{[^}]*/relationships\}id")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表|表)\s*[\d一二三四五六]*|封面|正文.*|数据来源", re.I)
"""Names of sheets that say where something stands, not what it is."""
_ESCAPED = re.compile("_x000[dD]_")

_Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

_Rows = dict[int, dict[int, str]]


def read_xlsx(data: bytes) -> Document:
    """Read a workbook. Raises UnreadableError for a damaged or encrypted one, or one beyond the limits."""
    package = open_package(data)
    parts = parts_of(package)
    if "xl/workbook.xml" not in parts:
        raise UnreadableError("文件不是完整的 Excel 工作簿：缺少工作簿部分。")
    book = _parse(package, parts["xl/workbook.xml"])
    targets = _targets(package, parts)
    strings = _strings(package, parts)
    properties = book.find(_S + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    formats = _formats(package, parts)
    lines: list[Line] = []
    problems: list[str] = []
    number = 0
    for sheet in book.iterfind(f"{_S}sheets/{_S}sheet"):
        if sheet.get("state") in ("hidden", "veryHidden"):
            continue
        name = str(sheet.get("name", "")).strip()
        relation = next((value for key, value in sheet.attrib.items() if _ID.fullmatch(key)), "")
        part = parts.get(targets.get(relation, ""))
        if part is None:
            problems.append(f"工作表“{name}”在文件中找不到，未能读取。")
            continue
        try:
            root = _parse(package, part)
        except UnreadableError:
            problems.append(f"工作表“{name}”已损坏，未能读取。")
            continue
        number += 1
        if name and not _DEFAULT_NAME.fullmatch(name):
            lines.append(Line([TextCell(name)]))
        filled = _filled(root, strings, formats, from_1904)
        try:
            lines.extend(_lines(filled, list(_merges(root)), number))
        except _TooLargeError:
            problems.append(f"工作表“{name}”超过 {MOST_CELLS} 个单元格，只读取了一部分或未予读取。")
    return Document("xlsx", lines, (), tuple(problems), grid=True)


class _TooLargeError(Exception):
    """A sheet that covers more cells than are read."""


def _parse(package: ZipFile, part: ZipInfo) -> _Element:
    data = unpack(package, part)
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, _MAIN)
    return parse_xml(data, "Excel 工作簿")


def _targets(package: ZipFile, parts: Mapping[str, ZipInfo]) -> dict[str, str]:
    """The part's name for each relation of the workbook."""
    if "xl/_rels/workbook.xml.rels" not in parts:
        return {}
    targets = {}
    for one in _parse(package, parts["xl/_rels/workbook.xml.rels"]).iter(_RELATION):
        target = str(one.get("Target", ""))
        targets[str(one.get("Id", ""))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return targets


def _strings(package: ZipFile, parts: Mapping[str, ZipInfo]) -> list[str]:
    if "xl/sharedStrings.xml" not in parts:
        return []
    return [_text(one) for one in _parse(package, parts["xl/sharedStrings.xml"]).iterfind(_S + "si")]


def _text(element: _Element) -> str:
    """The text of a string, its runs joined, phonetic readings left out."""
    found = [one.text or "" for one in element.iterfind(_S + "t")]
    found += [one.text or "" for one in element.iterfind(f"{_S}r/{_S}t")]
    return _ESCAPED.sub("", "".join(found)).replace("\xa0", " ").strip()


def _formats(package: ZipFile, parts: Mapping[str, ZipInfo]) -> list[str]:
    """For each cell style, how its numbers are shown: ``date``, ``time``, ``0``, ``0.00``, ``0%`` …, ``""`` general."""
    if "xl/styles.xml" not in parts:
        return []
    try:
        root = _parse(package, parts["xl/styles.xml"])
    except UnreadableError:
        return []
    own = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iterfind(f"{_S}numFmts/{_S}numFmt")}
    styles = (one.get("numFmtId", "") for one in root.iterfind(f"{_S}cellXfs/{_S}xf"))
    return [_simple_format(own[key]) if key in own else _BUILT_IN.get(key, "") for key in styles]


_BUILT_IN = {
    **dict.fromkeys(("1", "3", "37", "38"), "0"),
    **dict.fromkeys(("2", "4", "39", "40"), "0.00"),
    "9": "0%",
    "10": "0.00%",
    **dict.fromkeys(map(str, (14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58)), "date"),
    **dict.fromkeys(map(str, (18, 19, 20, 21, 45, 46, 47)), "time"),
}
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_FIXED = re.compile(r"[#,?]*0(\.0+)?(%?)")


def _simple_format(code: str) -> str:
    """A format's first part, as far as it matters to a figure."""
    shown = _NOT_SHOWN.sub("", code.split(";")[0]).strip().lower()
    if shown != "general" and re.search("[yd年月日]", shown):
        return "date"
    if re.search("[hs]", shown) and "0" not in shown.replace("00", ""):
        return "time"
    match = _FIXED.fullmatch(shown)
    return f"0{match.group(1) or ''}{match.group(2)}" if match else ""


def _filled(root: _Element, strings: list[str], formats: list[str], from_1904: bool) -> _Rows:
    """What the cells of a sheet show, by row and column, blank cells and hidden rows and columns left out."""
    hidden: set[int] = set()
    for one in root.iterfind(f"{_S}cols/{_S}col"):
        if one.get("hidden") in ("1", "true"):
            first, last = _whole(one.get("min")), _whole(one.get("max"))
            hidden.update(range(first - 1, min(last, MOST_COLUMNS)))
    rows: _Rows = {}
    number = -1
    for row in root.iterfind(f"{_S}sheetData/{_S}row"):
        number = _whole(row.get("r")) - 1 if row.get("r") else number + 1
        if row.get("hidden") in ("1", "true") or not 0 <= number < MOST_ROWS:
            continue
        cells: dict[int, str] = {}
        column = -1
        for cell in row.iterfind(_S + "c"):
            place = _REFERENCE.fullmatch(cell.get("r", ""))
            column = _column(place.group(1)) if place else column + 1
            if column < MOST_COLUMNS and column not in hidden and (text := _shown(cell, strings, formats, from_1904)):
                cells[column] = text
        if cells:
            rows[number] = cells
    return rows


def _whole(value: str | None) -> int:
    return int(value) if value and len(value) < 9 and value.isascii() and value.isdigit() else 0


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _shown(cell: _Element, strings: list[str], formats: list[str], from_1904: bool) -> str:
    """What a cell shows: its text, or its number in its format."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        inline = cell.find(_S + "is")
        return _text(inline) if inline is not None else ""
    value = (cell.findtext(_S + "v") or "").strip()
    if not value:
        return ""
    if kind == "s":
        index = _whole(value)
        return strings[index] if index < len(strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n":
        style = _whole(cell.get("s"))
        return _number(value, formats[style] if style < len(formats) else "", from_1904)
    return _ESCAPED.sub("", value)


def _number(value: str, shown_as: str, from_1904: bool) -> str:
    """A number in its format; in the general one 3.0 is shown as 3, and 0.30000000000000004 as 0.3."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number != number or abs(number) > 1e15:
        return value
    if shown_as in ("date", "time") and 0 <= number < 2_900_000:
        moment = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        moment += timedelta(seconds=round(number * 86_400))
        if shown_as == "time":
            return moment.strftime("%H:%M:%S")
        return moment.strftime(
            "%Y-%m-%d" if moment.hour == moment.minute == moment.second == 0 else "%Y-%m-%d %H:%M:%S"
        )
    if shown_as.startswith("0"):
        percent = shown_as.endswith("%")
        decimals = len(shown_as.rstrip("%")) - 2 if "." in shown_as else 0
        return f"{number * (100 if percent else 1):.{max(decimals, 0)}f}{'%' if percent else ''}"
    if number.is_integer():
        return str(int(number))
    return f"{Decimal(f'{number:.15g}'):f}" if abs(number) >= 1e-6 else value  # the digits that a workbook keeps


def _merges(root: _Element) -> Iterator[_Merge]:
    """Merged ranges; those that no table has are passed over."""
    for one in root.iterfind(f"{_S}mergeCells/{_S}mergeCell"):
        corners = [_REFERENCE.fullmatch(corner) for corner in str(one.get("ref", "")).split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            top, left = int(corners[0].group(2)) - 1, _column(corners[0].group(1))
            bottom, right = int(corners[1].group(2)) - 1, _column(corners[1].group(1))
            if top <= bottom < top + 1000 and left <= right < MOST_COLUMNS:
                yield top, left, bottom, right


def _lines(filled: _Rows, merges: list[_Merge], table: int) -> list[Line]:
    """The rows of a sheet. In a run of rows without a blank one between, all reach from the first to the last column.

    What stands alone in its row and is no label, and a column of single cells, are paragraphs.
    """
    starts: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in merges:
        if left in filled.get(top, ()):
            starts[top, left] = (bottom - top + 1, right - left + 1)
            covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            if len(covered) > MOST_CELLS:
                raise _TooLargeError
    ends: dict[int, int] = {row: max(cells) + 1 for row, cells in filled.items()}
    for row, column in covered:
        ends[row] = max(ends.get(row, 0), column + 1)
    lines: list[Line] = []
    for run in _runs(sorted(ends)):
        width = max(ends[row] for row in run)
        left = min(min(filled[row]) for row in run if row in filled)
        if len(run) * width > MOST_CELLS:
            raise _TooLargeError
        for row in run:
            cells = []
            texts = filled.get(row, {})
            if len(texts) == 1:
                text = next(iter(texts.values()))
                if width - left == 1 or len(text) > _PROSE or text.endswith("。"):
                    lines.append(Line([TextCell(text)]))
                    continue
            for column in range(left, width):
                if (row, column) not in covered:
                    cells.append(TextCell(texts.get(column, ""), column))
                elif (row, column) in starts:
                    down, across = starts[row, column]
                    cells.append(TextCell(texts.get(column, ""), column, across, down))
            if cells:
                lines.append(Line(cells, table=table, row=row))
    return lines


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """Consecutive numbers together."""
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
