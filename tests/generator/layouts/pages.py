"""What comes out of a PDF as text: columns by runs of spaces, page numbers between rows, wrapped labels."""

from __future__ import annotations

import random
import unicodedata

from ..draft import Cell, Draft, Paragraph, Table
from ..form import RESULTS
from .base import Layout, as_text, figures_of, has_blank, leave_open

_LINES_A_PAGE = 42


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns."""
    lines, line = [], ""
    for character in text:
        if line and _width(line + character) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


class _Sheet:
    """Lines on which text can be put at a column."""

    def __init__(self) -> None:
        self.lines: list[list[tuple[int, str]]] = []

    def put(self, line: int, column: int, text: str) -> None:
        while len(self.lines) <= line:
            self.lines.append([])
        if text:
            self.lines[line].append((column, text))

    def text(self) -> list[str]:
        out = []
        for line in self.lines:
            made = ""
            for column, text in sorted(line):
                made += " " * max(column - _width(made), 1 if made else 0) + text
            out.append(made)
        return out


def _applications(table: Table, rng: random.Random) -> list[str]:
    """Table 三 line by line; a label longer than its column goes on above and below the line of its figures."""
    first, second, third = 5, rng.choice((9, 11, 15)), rng.choice((20, 26, 30))
    starts = [first + second + third + 7 * n for n in range(7)]
    begins = {1: first + second, 2: first, 3: 0}  # of a label, by the columns it covers
    spaced = rng.random() < 0.5
    sheet = _Sheet()
    head = [row for row in table.rows if not figures_of(row)]
    line = _head(sheet, head, starts, first + second + third)
    merged: list[tuple[Cell, int, int]] = []  # a label that reaches down, its first line, the rows it still covers
    for row in table.rows[len(head) :]:
        merged += [(cell, line, cell.rows) for cell in row if not cell.key and cell.rows > 1]
        label = next(cell for cell in row if not cell.key and cell.rows == 1)
        parts = _wrap(label.text, starts[0] - begins[label.columns] - 2)
        if len(parts) > 1 and len(parts) % 2 == 0:
            parts.insert(len(parts) // 2, "")  # the figures stand on a line between those of the label
        for number, part in enumerate(parts):
            sheet.put(line + number, begins[label.columns], part)
        for start, cell in zip(starts, figures_of(row), strict=True):
            sheet.put(line + len(parts) // 2, start, cell.text)
        line += len(parts) + spaced
        merged = [(cell, top, rows - 1) for cell, top, rows in merged]
        for cell, top, rows in merged:
            if rows == 0 and cell.text.startswith(RESULTS[:2]):
                _beside(sheet, 0, list(cell.text), top, line - 1)
            elif rows == 0:
                _beside(sheet, first, _wrap(cell.text, second - 1), top, line - 1 - spaced)
    return sheet.text()


def _head(sheet: _Sheet, head: list[list[Cell]], starts: list[int], wide: int) -> int:
    sheet.put(0, 0, head[0][0].text[: wide // 2 - 1])
    sheet.put(0, starts[3], head[0][1].text)
    sheet.put(1, 0, head[0][0].text[wide // 2 - 1 :])
    sheet.put(1, starts[2], head[1][1].text)
    sheet.put(2, starts[0], head[1][0].text)
    sheet.put(2, starts[6], head[1][2].text)
    tallest = 0
    for start, cell in zip(starts[1:], head[2], strict=False):
        for down, part in enumerate(_wrap(cell.text, 4)):
            sheet.put(2 + down, start, part)
            tallest = max(tallest, down)
    return 4 + tallest


def _beside(sheet: _Sheet, column: int, parts: list[str], top: int, bottom: int) -> None:
    """A label that reaches down, one part a line, in the middle of the lines of its rows."""
    start = top + max((bottom - top + 1 - len(parts)) // 2, 0)
    for number, part in enumerate(parts):
        sheet.put(start + number, column, part)


def _simple(table: Table, rng: random.Random) -> list[str]:
    """Tables 二 and 四: each row a line, header words of table 四 in two lines."""
    out: list[str] = []
    if table.name == "remedies":
        step = rng.choice((6, 8))
        sheet = _Sheet()
        sheet.put(0, step * 2, table.rows[0][0].text)
        sheet.put(0, step * 9, table.rows[0][1].text)
        sheet.put(1, step * 6, table.rows[1][5].text)
        sheet.put(1, step * 11, table.rows[1][6].text)
        for place, cell in enumerate([*table.rows[1][:5], *table.rows[2]]):
            sheet.put(2, step * place, cell.text[:2])
            sheet.put(3, step * place, cell.text[2:])
        for place, cell in enumerate(table.rows[3]):
            sheet.put(5, step * place, cell.text)
        return sheet.text()
    columns = (0, 30, 46, 62)
    for row in table.rows:
        sheet = _Sheet()
        column = 0
        for cell in row:
            sheet.put(0, columns[column] + (20 if len(row) == 1 else 0), cell.text)
            column += cell.columns
        out += sheet.text() + [""] * rng.choice((0, 0, 1))
    return out


def _pages(draft: Draft, rng: random.Random, *, compared: bool = False) -> str:
    lines: list[str] = []
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            if block.kind == "text":
                lines += _wrap("    " + block.text, 76)
            else:
                repeated = f" (重复率: {rng.randint(0, 99)}%)" if compared and block.kind == "heading" else ""
                lines += ["", " " * rng.choice((0, 8, 16)) + block.text + repeated, ""]
            continue
        for row in block.rows:
            if has_blank(draft, row):
                leave_open(draft, row)
        lines += _applications(block, rng) if block.name == "applications" else _simple(block, rng)
        lines += [""]
        if compared:
            lines += _differences(draft, block)
    return _numbered(lines, rng)


def _differences(draft: Draft, table: Table) -> list[str]:
    """Half of a table that compares two years: its names stand there, its figures were in the other half."""
    named = [row for row in table.rows if figures_of(row)]
    labels = [[cell.text for cell in row if not cell.key] for row in named]
    names = [label[-1].split("（")[0] for label in labels if label] or ["行政复议-维持", "行政诉讼-维持"]
    return [" 数据差异 - 差异分析", f"指标名称               {draft.sample.year}年", "", "", *names, ""]


def _numbered(lines: list[str], rng: random.Random) -> str:
    """A page number and a form feed after every so many lines, wherever that falls."""
    shown = rng.choice(("     -{}-", "{:>60}", "— {} —", "第 {} 页"))
    feed = rng.choice(("\f", "", "\n"))
    out: list[str] = []
    for start in range(0, len(lines), _LINES_A_PAGE):
        out += lines[start : start + _LINES_A_PAGE]
        out += ["", shown.format(start // _LINES_A_PAGE + 1), feed]
    return "\n".join(out) + "\n"


LAYOUTS = (
    Layout("pages", "txt", as_text(_pages)),
    Layout("pages_compared", "txt", as_text(lambda d, r: _pages(d, r, compared=True)), filled=True),
)
