"""Plain text to lines, however its tables were flattened (纯文本).

What the whole text does tells the manners apart: bars between cells (also a bar on a line of its own, between cells or
opening a row), tabs between the cells of a row, a tab before each cell that stands on its own line, and columns held
apart by spaces. What stands between two marks is a cell, also where it is blank: a blank is information.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ..document import Document, Line, TextCell, UnreadableError
from .decoding import decode

MOST_LINES = 200_000
MOST_MARKS = 500_000
MOST_COLUMNS = 512

_BARS = str.maketrans("｜│┃║", "||||")
_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
_STRAY = re.compile(r"\[bookmark:[^\[\]\n]{0,80}\]|\[?(?<![A-Za-z0-9])_(?:Toc\d+|GoBack)\b\]?")
_MARKDOWN_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_MARKDOWN_BOLD = re.compile(r"\*\*([^*\n]{1,200})\*\*")
_RULE = re.compile(r"[\s|]*:?-{3,}:?(?:[\s|]+:?-{3,}:?)*[\s|]*|[\s|+\-=]*[─━═┄┈╌]{2}[─-╿|\s]*|\s*\+(?:[-=]+\+)+\s*")
_PAGE_NUMBER = re.compile(r"[—–\-－]\s*\d{1,3}\s*[—–\-－]|第\s*\d{1,3}\s*页(?:[\s,，/]*共\s*\d{1,3}\s*页)?")
_FIGURE = re.compile(r"[+\-—–±]{0,2}[\d０-９][\d０-９.,，]*%?|[/／\-—–]{1,2}|[增减]\d+")
_HEADING = re.compile(r"[一二三四五六]、|[（(][一二三四五六七八][）)]|第二十条")


@dataclass(slots=True)
class _Row:
    """A line of the file. ``cells``: where an earlier step has found them; ``table``: whether it is part of one."""

    raw: str
    number: int
    page: int | None = None
    cells: list[TextCell] | None = None

    @property
    def text(self) -> str:
        return self.raw.strip()


def read_text(data: bytes) -> Document:
    """Read plain text. Raises UnreadableError for one beyond any measure."""
    return read_text_decoded(*decode(data))


def read_text_decoded(text: str, problems: tuple[str, ...] = ()) -> Document:
    """Read plain text that is decoded already."""
    if text.count("\n") + text.count("\r") > MOST_LINES or text.count("|") + text.count("\t") > MOST_MARKS:
        raise UnreadableError(f"文本超过 {MOST_LINES} 行，或分隔符超过 {MOST_MARKS} 个，不像一份年度报告，未予读取。")
    return Document("txt", lines_of_text(text), (), problems, strays=len(_STRAY.findall(text)))


def lines_of_text(text: str) -> list[Line]:
    """The lines of a text, blank ones left out, numbered from 1 as an editor numbers them; tables numbered from 1."""
    rows = _physical(text)
    bars = [row.text for row in rows if "|" in row.raw]
    lone = sum(1 for bar in bars if bar == "|")
    words = [bar for bar in bars if bar.strip("| ") and not _RULE.fullmatch(bar)]
    opened = sum(1 for bar in words if bar.startswith("|")) * 2 > len(words)
    closed = sum(1 for bar in words if bar.endswith("|")) * 2 > len(words)
    if lone >= 3 and lone * 2 > len(words) and not closed:
        rows = list(_between_bars(rows))
    elif lone >= 3 and closed and _bars_open_rows(rows):
        rows = list(_opened_by_bars(rows))
    elif lone >= 3 and closed:
        for row in rows:
            if row.text == "|":  # one cell a line, each closed by a bar: this one is blank
                row.cells = [TextCell("")]
    if _cells_opened_by_tabs(rows):
        rows = list(_opened_by_tabs(rows))
    return _numbered(rows, opened, closed)


def _physical(text: str) -> list[_Row]:
    """The lines of the file without stray marks."""
    text = _BREAKS.sub("\n", text).translate(_BARS).replace("\xa0", " ")
    if "_" in text or "[bookmark" in text:
        text = _STRAY.sub("", text)
    if "**" in text:
        text = _MARKDOWN_BOLD.sub(r"\1", text)
    rows = []
    page = 1 if "\f" in text else None
    for number, raw in enumerate(text.split("\n"), 1):
        if "\f" in raw:
            page = (page or 1) + raw.count("\f")
            raw = raw.replace("\f", "")
        if "#" in raw and (heading := _MARKDOWN_HEADING.match(raw)):
            raw = raw[heading.end() :].rstrip("# ")
        rows.append(_Row(raw, number, page))
    return rows


def _numbered(rows: Iterable[_Row], opened: bool, closed: bool) -> list[Line]:
    """Rows as lines; those with marks between cells, one after the other, are one table."""
    lines: list[Line] = []
    table = index = 0
    inside = False
    for row in rows:
        if row.cells is None and not row.text:
            continue
        cells, in_table = (row.cells, True) if row.cells is not None else _cut(row, opened, closed)
        if not cells:
            continue
        line = Line(cells, number=row.number, page=row.page)
        if in_table:
            if not inside:
                table, index = table + 1, 0
            line.table, line.row = table, index
            index += 1
        elif len(cells) == 1 and _PAGE_NUMBER.fullmatch(cells[0].text):
            line.header = True
        inside = in_table
        lines.append(line)
    return lines


def _cut(row: _Row, opened: bool, closed: bool) -> tuple[list[TextCell], bool]:
    """The cells of a line, and whether marks between them show that it is a row."""
    raw, text = row.raw, row.text
    if "|" in raw:
        if text == "|" or _RULE.fullmatch(raw):
            return [], True
        return _cut_at_bars(text, opened, closed), True
    if "\t" in raw.lstrip("\t"):
        return [TextCell(part.strip()) for part in raw.split("\t", MOST_COLUMNS)], True
    if "  " in text or "\u3000" in text:
        return _cut_at_spaces(raw) or [TextCell(text)], False
    if text[0] in "─━═┄┈╌+" and _RULE.fullmatch(text):
        return [], True
    if raw.startswith("   "):  # text out of a PDF: the place tells the column of a word that stands alone
        start = len(raw) - len(raw.lstrip())
        return [TextCell(text, box=(start, 0, start + len(text), 0))], False
    return [TextCell(text)], False


def _cut_at_bars(text: str, opened: bool, closed: bool) -> list[TextCell]:
    """Cells between bars. A bar at an end closes the row only where most rows of the text have one there."""
    parts = [part.strip() for part in text.split("|", MOST_COLUMNS)]
    if opened and not parts[0]:
        del parts[0]
    if closed and len(parts) > 1 and not parts[-1]:
        del parts[-1]
    return [TextCell(part) for part in parts]


_PIECE = re.compile(r"[^ \u3000]+(?:[ \u3000][^ \u3000]+)*")
_SHORT = 24
_WIDEST = 2_000
"""Characters of the widest line that columns are looked for in."""


def _cut_at_spaces(raw: str) -> list[TextCell] | None:
    """Cells held apart by two or more spaces, with their place in characters as ``box``; None where it is prose."""
    if len(raw) > _WIDEST:
        return None
    pieces = [(match.start(), match.group()) for match in _PIECE.finditer(raw)]
    if len(pieces) < 2 or any("。" in text or "；" in text for _, text in pieces):
        return None
    figures = any(_FIGURE.fullmatch(part) for _, text in pieces for part in text.split())
    short = all(len(text) <= _SHORT for _, text in pieces)
    wide = all(start - (before + len(text)) >= 4 for (before, text), (start, _) in pairwise(pieces))
    if not figures and not (short and (len(pieces) > 2 or wide)):
        return None
    cells = []
    for start, text in pieces[:MOST_COLUMNS]:
        parts = text.split(" ")
        if len(parts) > 1 and all(map(_FIGURE.fullmatch, parts)):  # columns so narrow that one space is left
            for part in parts:
                cells.append(TextCell(part, box=(start, 0, start + len(part), 0)))
                start += len(part) + 1
        else:
            cells.append(TextCell(text, box=(start, 0, start + len(text), 0)))
    return cells


def _between_bars(rows: list[_Row]) -> Iterator[_Row]:
    """Text in which a bar on its own line stands between two cells: what is between two such bars is a cell."""
    chunk: list[_Row] = []
    after_bar = False
    for row in rows:
        if row.text != "|":
            chunk.append(row)
            continue
        worded = [row for row in chunk if row.text]
        if not worded:
            if after_bar:
                yield _Row("", row.number, row.page, [TextCell("")])
        elif after_bar and len(worded) <= 3 and all(map(_is_short_word, worded)):
            yield _Row("", worded[0].number, row.page, [TextCell("\n".join(row.text for row in worded))])
        else:
            for index, one in enumerate(worded):
                last = index == len(worded) - 1
                if "|" not in one.raw and (last or (after_bar and index == 0)):
                    one.cells = [TextCell(one.text)]
                yield one
        chunk = []
        after_bar = True
    yield from chunk


def _is_short_word(row: _Row) -> bool:
    return len(row.text) <= 12 and "|" not in row.text and not _FIGURE.fullmatch(row.text)


_LONGEST_GAP = 3
"""Lines that a cell may be broken over before the bar that ends it."""


def _bars_open_rows(rows: list[_Row]) -> bool:
    """Whether what follows the bars on lines of their own is mostly words: labels that begin a row, not cells.

    Where rows begin without such a bar, behind a figure or a row's fillers, it is a last cell that is blank.
    """
    worded = [row.text for row in rows if row.text]
    unopened = sum(
        1
        for before, text in pairwise(worded)
        if text.endswith("|")
        and text.strip("| ")
        and not _FIGURE.fullmatch(text.strip("| "))
        and "|" in before
        and before != "|"
        and (not before.strip("| ") or _FIGURE.fullmatch(before.strip("| ")))
    )
    if unopened > 1:
        return False
    after = [text for bar, text in pairwise(worded) if bar == "|" and text != "|"]
    labels = sum(1 for text in after if not _FIGURE.fullmatch(text.strip("| ")))
    bars = sum(1 for text in worded if text == "|")
    return len(after) * 2 > bars and labels * 10 > len(after) * 7


def _opened_by_bars(rows: list[_Row]) -> Iterator[_Row]:
    """Text in which a bar on its own line opens a row, whose cells follow on lines that each end with a bar."""
    index = 0
    while index < len(rows):
        row = rows[index]
        index += 1
        if row.text != "|":
            yield row
            continue
        last = gap = 0
        for ahead in range(index, len(rows)):
            text = rows[ahead].text
            if text == "|" or gap > _LONGEST_GAP:
                break
            last, gap = (ahead + 1, 0) if "|" in text else (last, gap + bool(text))
        if last:
            joined = "\n".join(row.text for row in rows[index:last] if row.text)
            yield _Row("", rows[index].number, row.page, _cut_at_bars(joined, opened=False, closed=True))
            index = last


def _cells_opened_by_tabs(rows: list[_Row]) -> bool:
    """Whether cells stand on lines of their own, each (or the first of a row) opened by a tab."""
    lengths = [len(row.text) for row in rows if row.raw.startswith("\t") and row.raw.count("\t") == 1]
    inner = sum(1 for row in rows if "\t" in row.raw.lstrip("\t"))
    return len(lengths) >= 8 and len(lengths) > 2 * inner and median(lengths) <= 12


_MOST_IN_ROW = 40
_LONGEST_CELL = 120


def _opened_by_tabs(rows: list[_Row]) -> Iterator[_Row]:
    """Text in which a row is a run of lines up to a blank one, its cells (or only the first) opened by a tab."""
    index = 0
    while index < len(rows):
        row = rows[index]
        if row.cells is not None or not row.raw.startswith("\t"):
            yield row
            index += 1
            continue
        end = index
        while end < len(rows) and rows[end].cells is None and rows[end].raw:
            end += 1
        yield from _row_opened_by_tabs(rows[index:end])
        index = max(end, index + 1)


def _row_opened_by_tabs(block: list[_Row]) -> Iterator[_Row]:
    prose = any(len(row.text) > _LONGEST_CELL or row.text.endswith(("。", "；")) for row in block)
    if prose or (len(block) <= 3 and _HEADING.match(block[0].text)):
        yield from block
        return
    tabbed = sum(1 for row in block if row.raw.startswith("\t"))
    each = len(block) - tabbed > 1.5 * tabbed  # a tab only before the row's first cell: every line is a cell
    cells: list[TextCell] = []
    rest: list[_Row] = []
    for row in block:
        text = row.text
        if row.raw.startswith("\t") or each:
            cells.append(TextCell(text))
        elif not rest and _continues(cells[-1].text, text):
            cells[-1].text = f"{cells[-1].text}\n{text}".strip()
        else:
            rest.append(row)  # the row has run into what follows the table
    first = block[0]
    if len(cells) > _MOST_IN_ROW:  # no blank lines between rows: their ends are unknown
        for number, cell in enumerate(cells):
            yield _Row("", first.number + number, first.page, [cell])
    else:
        yield _Row("", first.number, first.page, cells)
    yield from rest


def _continues(cell: str, text: str) -> bool:
    """Whether a line without a tab goes on with the cell before it: a label broken in two, a figure after a break."""
    if _HEADING.match(text):
        return False
    if not cell:
        return len(text) <= _SHORT
    return not _FIGURE.fullmatch(cell) and len(text) <= _SHORT
