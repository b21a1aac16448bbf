"""Lines of a table's region → candidate rows: a label, or torn pieces of one, with the value cells that follow it.

Every layout comes down to the same stream: a row on one line, one cell a line, a label wrapped above and below its
figures, a label glued to them. What belongs to which row of the form is decided later (``alignment``), which figure to
which column later still (``placing``).
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .document import Line, TextCell
from .figures import parse
from .folding import fold, widths
from .labels import core

_PAGE_NUMBER = re.compile(r"^(?:[-·•]+\d{1,3}[-·•]+|第\d{1,3}页(?:,?共\d{1,3}页)?)$")
_NUMBER = r"[+\-]*\d+(?:,\d{3})*(?:\.\d+)?(?:[件条项元]|万元)?"
_GLUED = re.compile(rf"^(?P<label>.*?[^\d.\s+\-])\s*(?P<digits>{_NUMBER}(?:\s+{_NUMBER})*)$", re.DOTALL)
_MARKED = re.compile(r"^(.*\S)\s+([/／—-]+)$", re.DOTALL)
_ENDS_CELL = "0123456789/／—-"
_PAGE = re.compile(r"\s*\d{1,3}\s*")
_MOSTLY = 2
"""So many rows that stand whole on their lines show that the table's rows do."""
_LONGEST_LABEL = 60
_FEW = 5
"""So many figures in a row stand by chance behind a text."""
_LONGEST_GROUP = 13
"""三本年度办理结果三不予公开 stands before a label at most."""


@dataclass(slots=True)
class Candidate:
    """A row as found. ``own``: label cells on the line of the figures; ``before``: pieces of text since the row before.

    ``values``: value cells in printed order, blanks included where the format shows them, and ``lines`` the index of
    the line of each; ``glued``: digits that stand together without separator, still to be split; ``stacked``: one cell
    a line, so that blanks may have vanished.
    """

    own: list[str]
    before: list[str]
    values: list[TextCell]
    lines: list[int]
    glued: str = ""
    stacked: bool = False
    start: int | None = None
    """Index of the first value cell in its line, where the whole row stands on one line."""

    @property
    def blank(self) -> bool:
        """Whether no value cell prints anything."""
        return not self.glued and all(parse(cell.text).kind == "blank" for cell in self.values)


@dataclass(slots=True)
class _Split:
    """A line parted into what labels and what values it holds."""

    kind: Literal["empty", "head", "text", "row"]
    labels: list[str]
    values: list[TextCell]
    single: bool
    start: int | None = None


def is_page_number(line: Line) -> bool:
    """Whether a line is nothing but a page number with its ornaments (— 5 —, -3-, 第3页)."""
    if len(line.cells) != 1 or len(line.cells[0].text) > 16:
        return False
    return bool(_PAGE_NUMBER.match(fold(line.cells[0].text)))


def rows_of(
    lines: Sequence[Line],
    start: int,
    end: int,
    row_widths: Mapping[str, int],
    head_cores: Container[str],
    group_cores: Container[str] = (),
) -> tuple[list[Candidate], list[str]]:
    """Candidate rows among ``lines[start:end]``, and the pieces of text after the last of them.

    ``row_widths``: core of each label that rows of this table may have → how many figures such a row holds, so that a
    run of single cells is cut where rows are complete; ``head_cores``: cores of the texts of the table's head;
    ``group_cores``: those labels that stand over other rows as well, so that words behind them are labels too.
    """
    widest = max(row_widths.values())
    found: list[Candidate] = []
    pending: list[str] = []
    current: Candidate | None = None
    """The row that single cells on the lines below still belong to."""
    for index in range(start, end):
        line = lines[index]
        if line.header or is_page_number(line):
            continue
        split = _split(line, row_widths, head_cores, group_cores)
        if split.kind == "empty":
            if line.table is None or line.cells[0].column is not None:
                continue
            if len(line.cells) > 1 and (current is None or current.stacked):
                # Bars for the rest of the grid behind a row of one cell a line, the first perhaps of its last cell.
                if current is not None and len(current.values) < _width(current, row_widths, widest):
                    current.values.append(line.cells[0])
                    current.lines.append(index)
                current = None
                continue
            if current is None and pending and core(pending[-1]) in row_widths:
                current = Candidate([], pending, [], [], stacked=True)
                pending = []
                found.append(current)
            if current is not None and current.stacked and not pending:
                current.values.append(line.cells[0])  # a cell on a line of its own that is shown blank
                current.lines.append(index)
            continue
        if split.kind == "head":
            current = None
            pending = []
        elif split.kind == "text":
            glued = _glued(split.labels[-1], row_widths, widest)
            if glued:
                label, digits = glued
                own = [*split.labels[:-1], label]
                if len(digits) == 1:
                    found.append(Candidate(own, pending, [], [index], glued=digits[0]))
                else:  # one space is left between the columns
                    found.append(Candidate(own, pending, [TextCell(one) for one in digits], [index] * len(digits)))
                pending = []
            else:
                pending += split.labels
            current = None
        elif split.single and current is not None and not pending and _continues(current, row_widths, widest):
            current.values.append(split.values[-1])
            current.lines.append(index)
            current.stacked, current.start = True, None
        else:
            _part_last_label(split, row_widths)
            if current is not None and current.blank and not split.labels and not pending:
                # The label's line showed blanks that were only fillers: its figures follow here.
                current.values, current.lines = [], []
            else:
                current = Candidate(split.labels, pending, [], [], start=split.start)
                pending = []
                found.append(current)
            current.values += split.values
            current.lines += [index] * len(split.values)
            current.stacked = split.single
    return [part for row in _without_bare_numbers(found, widest) for part in _parts(row, widest)], pending


def _without_bare_numbers(found: list[Candidate], widest: int) -> list[Candidate]:
    """Without lone numbers between rows that stand whole on their lines: page numbers without ornament."""
    whole = sum(bool(not row.stacked and row.own and row.values) for row in found)
    if whole < _MOSTLY:
        return found
    kept: list[Candidate] = []
    torn: list[str] = []
    for row in found:
        if row.stacked and len(row.values) == 1 and not row.own and widest > 1 and _PAGE.fullmatch(row.values[0].text):
            torn += row.before
            continue
        row.before = [*torn, *row.before]
        torn = []
        kept.append(row)
    return kept


def _continues(row: Candidate, row_widths: Mapping[str, int], widest: int) -> bool:
    """Whether a cell on a line of its own may still belong to this row."""
    if row.stacked or row.blank:
        return True
    width = _width(row, row_widths, widest)
    return sum(parse(cell.text).kind != "blank" for cell in row.values) == len(row.values) < width


def _width(row: Candidate, row_widths: Mapping[str, int], widest: int) -> int:
    """How many figures a row with this label holds."""
    labels = row.own or row.before[-1:]
    return next((row_widths[one] for text in labels if (one := core(text)) in row_widths), widest)


def _split(line: Line, row_cores: Container[str], head_cores: Container[str], group_cores: Container[str]) -> _Split:
    """Part a line. A line that names two rows of the form is the head of a table laid out otherwise."""
    cells = line.cells
    filled = [i for i, cell in enumerate(cells) if cell.text and parse(cell.text).kind != "blank"]
    if not filled:
        return _Split("empty", [], [], False)
    last_label, last_row, heads = -1, -1, 0
    named = set()
    for i in filled:
        text = cells[i].text
        if parse(text).kind != "words":
            continue
        last_label = i
        if len(text) <= _LONGEST_LABEL:
            one = core(text)
            if one in row_cores:
                last_row = i
                named.add(one)
            if one in head_cores:
                heads += 1
    labels = [cells[i].text for i in filled if i <= last_label and parse(cells[i].text).kind == "words"]
    if heads >= 2 or (heads == 1 and last_row < 0) or len(named) > 2:
        return _Split("head", labels, [], False)
    if last_row >= 0 and (last_row == last_label or core(cells[last_row].text) not in group_cores):
        # Words behind a label that is known are what a value cell says (本单位未制作规章).
        labels = [cells[i].text for i in filled if i <= last_row and parse(cells[i].text).kind == "words"]
        last_label = last_row
    printing = set(filled)
    values = [
        cell if i in printing else TextCell("", cell.column, cell.span, cell.rows, cell.box)
        for i, cell in enumerate(cells)
        if i > last_label
    ]
    printed = any(i > last_label for i in filled)
    if not printed and not (last_row >= 0 and line.table is not None and values):
        return _Split("text", labels, [], False)
    trailing = cells[0].column is None and filled == [0]  # bars behind a lone cell are fillers of the grid
    if not labels and len(filled) == 1 and (len(cells) <= 2 or trailing):
        return _Split("row", [], [cells[filled[0]]], True)
    return _Split("row", labels, values, False, len(cells) - len(values))


def _part_last_label(split: _Split, row_widths: Mapping[str, int]) -> None:
    """``规章（设区的市填写） 0`` before further cells is a label and the row's first cell."""
    if not split.labels or split.labels[-1][-1:] not in _ENDS_CELL:
        return
    label = split.labels[-1]
    if mark := _MARKED.match(label):
        found = (mark[1], [mark[2]]) if ends_with_label(core(mark[1]), row_widths) else None
    else:
        found = _glued(label, row_widths, len(label))
    if found and len(found[1]) + len(split.values) <= max(row_widths.values()):
        split.labels[-1] = found[0]
        split.values[:0] = [TextCell(text) for text in found[1]]
        split.start = None


def _glued(text: str, row_cores: Container[str], widest: int) -> tuple[str, list[str]] | None:
    """``规章000`` → label and digits; ``规章 1 0 45`` → label and figures.

    The label is one of the table's, or a damaged one with as many figures behind it as a row has.
    """
    if len(text) > _LONGEST_LABEL + 20:
        return None
    match = _GLUED.match(widths(text))
    if not match:
        return None
    digits = match["digits"].split()
    whole = len(digits) >= widest or (len(digits) == 1 and len(digits[0]) >= widest)
    if ends_with_label(core(match["label"]), row_cores) or (whole and widest > _FEW and "。" not in text):
        return match["label"], digits
    return None


def ends_with_label(bare: str, row_cores: Container[str]) -> bool:
    """Whether a core is a row's label, alone or behind the label of its group; not the end of a sentence."""
    for size in range(len(bare), 1, -1):
        if bare[-size:] in row_cores:
            before = bare[:-size]
            return len(before) <= _LONGEST_GROUP and sum(map(str.isdecimal, before)) <= 1
    return False


def _parts(row: Candidate, width: int) -> list[Candidate]:
    """A run of single cells that is a multiple of a full row is that many rows, the later ones without a label."""
    count = len(row.values)
    if not row.stacked or width == 1 or count <= width or count % width:
        return [row]
    first = Candidate(row.own, row.before, row.values[:width], row.lines[:width], stacked=True)
    later = [
        Candidate([], [], row.values[at : at + width], row.lines[at : at + width], stacked=True)
        for at in range(width, count, width)
    ]
    return [first, *later]
