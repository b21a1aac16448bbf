"""Where a document's tables stand, and which edition of the form they follow: by printed labels, not by headings.

Headings are often missing, doubled or renamed; the rows' labels are not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..report.form import editions, load_form
from .document import Line
from .figures import parse
from .folding import fold
from .labels import core, distinctive_cores, table_labels
from .rows import ends_with_label, is_page_number

_LONGEST = 70
SHARED = frozenset({"其他", "总计", "合计"})
"""Cores that head columns as well as rows, of several tables: they locate nothing."""

_HEAD_GAP = 25
"""Most lines between two lines of one table's head (a head of one cell a line is long)."""

_ROW = 5
"""So many figures on a line are a row of table 三, whatever its label."""


@dataclass(slots=True)
class Region:
    """Lines ``start`` to ``end`` (exclusive) of the document that are a table."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that prints a label (``row``: the row's key) or a head (``row`` None) of a table."""

    line: int
    table: str
    row: str | None
    core: str


def find_marks(lines: Sequence[Line]) -> list[Mark]:
    """Every cell that prints a label or head of the form, in reading order."""
    known = _known()
    marks = []
    for index, line in enumerate(lines):
        if line.header:
            continue
        for cell in line.cells:
            text = cell.text
            if not text or len(text) > _LONGEST or text.isdecimal():
                continue
            one = core(text)
            places = known.get(one)
            if places is None and len(line.cells) == 1 and "。" not in text and "；" not in text:
                places = _glued(one) or _glued_heads(one)
            for table, row in places or ():
                marks.append(Mark(index, table, row, one))
    return _without_foreign_heads(marks)


def _without_foreign_heads(marks: Sequence[Mark]) -> list[Mark]:
    """Without row marks of lines that name two rows at once: heads of some other table."""
    rows: dict[tuple[int, str], set[str | None]] = {}
    for mark in marks:
        if mark.row is not None and mark.core not in _group_cores():
            rows.setdefault((mark.line, mark.table), set()).add(mark.row)
    return [mark for mark in marks if mark.row is None or len(rows.get((mark.line, mark.table), ())) <= 1]


@cache
def _known() -> Mapping[str, tuple[tuple[str, str | None], ...]]:
    """Core → the tables and rows that may print it, over all editions. The heads of table 四 are its rows' labels too."""
    known: dict[str, dict[tuple[str, str | None], None]] = {}
    for edition in editions():
        for table in load_form(edition).tables:
            labels = table_labels(edition, table.key)
            for one in labels.heads:
                known.setdefault(one, {})[table.key, None] = None
            for one, rows in labels.by_core.items():
                for row in rows:
                    known.setdefault(one, {})[table.key, None if table.layout == "strip" else row.row.key] = None
    return {one: tuple(places) for one, places in known.items() if one and one not in SHARED}


def _glued(one: str) -> tuple[tuple[str, str | None], ...]:
    """``规章000`` and ``…申请数量0000000`` print a label as well."""
    bare = one.rstrip("0123456789件条项元")
    if not one[len(bare) :].strip("件条项元") or not ends_with_label(bare, _row_cores()):
        return ()
    known = _known()
    return next(known[bare[-size:]] for size in range(len(bare), 1, -1) if bare[-size:] in _row_cores())


def _glued_heads(one: str) -> tuple[tuple[str, str | None], ...]:
    """A head that is part of a longer text: heads glued to each other, the law's name before an article, a torn corner."""
    for table, heads in _head_cores().items():
        rest = one
        while rest and rest.startswith(heads.all):
            rest = rest[len(next(head for head in heads.all if rest.startswith(head))) :]
        if not rest or (len(one) < 40 and one.endswith(heads.long)) or (len(one) > 7 and f"\n{one}" in heads.listed):
            return ((table, None),)
    return ()


@cache
def _group_cores() -> frozenset[str]:
    """Cores of labels over several rows, in any edition (（六）其他处理 is a row of its own in one)."""
    return frozenset(
        one
        for edition in editions()
        for table in load_form(edition).tables
        for one in table_labels(edition, table.key).groups
    )


@dataclass(frozen=True, slots=True)
class _Heads:
    """Cores of a table's heads, the longest first: ``all``, the ``long`` ones, and all ``listed`` each after a line break."""

    all: tuple[str, ...]
    long: tuple[str, ...]
    listed: str


@cache
def _head_cores() -> Mapping[str, _Heads]:
    """Table key → cores of its heads over all editions."""
    heads: dict[str, set[str]] = {}
    for edition in editions():
        for table in load_form(edition).tables:
            heads.setdefault(table.key, set()).update(table_labels(edition, table.key).heads - {""})
    ranked = {key: tuple(sorted(cores, key=len, reverse=True)) for key, cores in heads.items()}
    return {
        key: _Heads(cores, tuple(one for one in cores if len(one) > 5), "".join(f"\n{one}" for one in cores))
        for key, cores in ranked.items()
    }


@cache
def _row_cores() -> frozenset[str]:
    return frozenset(one for one, places in _known().items() if any(row is not None for _, row in places))


def edition_of(marks: Sequence[Mark], lines: Sequence[Line], regions: Mapping[str, Region]) -> str | None:
    """The edition whose own labels are printed most; None where only common ones are."""
    votes = {edition: sum(mark.core in distinctive_cores(edition) for mark in marks) for edition in editions()}
    if not any(votes.values()):  # labels and heads glued to each other are no marks, but can be seen
        text = core("".join(line.text for region in regions.values() for line in lines[region.start : region.end]))
        votes = {
            edition: sum(one in text for one in distinctive_cores(edition) if len(one) > 5) for edition in editions()
        }
    best = max(votes, key=lambda edition: votes[edition])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else None


def find_regions(marks: Sequence[Mark], lines: Sequence[Line]) -> dict[str, Region]:
    """The lines of each table, by table key. Of several instances of a table the fullest one."""
    regions: dict[str, Region] = {}
    for table in load_form(editions()[-1]).tables:
        if table.layout == "strip":
            continue
        rows = [mark for mark in marks if mark.table == table.key and mark.row is not None]
        best = _fullest(_instances(rows, lines), lines)
        if not best or (not _figures(lines, best) and len({mark.row for mark in best}) < 3):
            continue
        first, last = best[0].line, best[-1].line
        heads = [mark.line for mark in marks if mark.table == table.key and mark.row is None]
        limit = min((mark.line for mark in marks if mark.table != table.key and mark.line > last), default=len(lines))
        regions[table.key] = Region(_head_start(heads, first), _values_end(lines, last, limit))
    before = 0
    for region in regions.values():
        region.start = max(region.start, before) if region.start < before < region.end else region.start
        before = max(before, region.end)
    strip = _strip()
    heads = [mark.line for mark in marks if mark.table == strip.key and mark.line >= before]
    if not heads and before:
        heads = [
            n
            for n in range(before, len(lines))
            if len(lines[n].text) < _LONGEST and strip.title.search(fold(lines[n].text))
        ][:1]
    if heads:
        regions[strip.key] = Region(heads[0], _strip_end(lines, heads))
    return regions


@dataclass(frozen=True, slots=True)
class _Strip:
    """How table 四, whose rows are printed on one line, is found where none of its heads stands.

    ``title``: what it counts, named in one line (行政复议、行政诉讼); ``next_section``: how the section behind it begins.
    """

    key: str
    title: re.Pattern[str]
    next_section: re.Pattern[str]


@cache
def _strip() -> _Strip:
    form = load_form(editions()[-1])
    table = next(table for table in form.tables if table.layout == "strip")
    counted = dict.fromkeys(
        table.group(row.group).label if row.group else row.label for block in table.blocks for row in block.rows
    )
    sections = [section.key for section in form.sections]
    following = form.sections[sections.index(table.section) + 1]
    words = (fold(word) for word in (*following.telling, following.heading))
    return _Strip(
        table.key,
        re.compile(".{0,4}".join(fold(label) for label in counted)),
        re.compile(rf"^#*\(?[一二三四五六七八九十\d]?[),.:]*.{{0,18}}(?:{'|'.join(words)})"),
    )


def _instances(rows: Sequence[Mark], lines: Sequence[Line]) -> list[list[Mark]]:
    """Runs of marks in which no row comes twice: two reports side by side, a list of differences, are told apart.

    A row's label may be torn, so that it comes twice in succession. What stands before prose may be a menu's.
    """
    instances: list[list[Mark]] = []
    seen: set[str | None] = set()
    last: Mark | None = None
    for mark in rows:
        if last is None or (mark.row in seen and mark.row != last.row) or _prose_between(lines, last, mark):
            instances.append([])
            seen = set()
        instances[-1].append(mark)
        seen.add(mark.row)
        last = mark
    return instances


def _prose_between(lines: Sequence[Line], first: Mark, second: Mark) -> bool:
    return any(
        len(line.cells) == 1 and line.table is None and line.cells[0].text.endswith("。")
        for line in lines[first.line + 1 : second.line]
    )


def _fullest(instances: Sequence[list[Mark]], lines: Sequence[Line]) -> list[Mark]:
    """The instance with most figures, with those others that hold only rows it lacks (a table torn in two)."""
    ranked = sorted(instances, key=lambda ones: -_figures(lines, ones))
    best = ranked[0] if ranked else []
    for other in ranked[1:]:
        if _figures(lines, other) and not {mark.row for mark in other} & {mark.row for mark in best}:
            best = sorted([*best, *other], key=lambda mark: mark.line)
    return best


def _figures(lines: Sequence[Line], marks: Sequence[Mark]) -> int:
    """How many figures stand from the first of these marks to a little behind the last."""
    end = min(marks[-1].line + 8, len(lines))
    glued = sum(mark.core[-1].isdecimal() for mark in marks)
    return glued + sum(
        parse(cell.text).kind == "figure" for line in lines[marks[0].line : end] for cell in line.cells if cell.text
    )


def _head_start(heads: Sequence[int], first: int) -> int:
    start = first
    for line in reversed(heads):
        if line > first:
            continue
        if start - line > _HEAD_GAP:
            break
        start = line
    return start


def _values_end(lines: Sequence[Line], last: int, limit: int) -> int:
    """The line after the table: what follows the last label and holds no words, is of its grid, or is a row of figures."""
    end = last + 1
    while end < limit:
        line = lines[end]
        kinds = [parse(cell.text).kind for cell in line.cells if cell.text]
        row = line.table == lines[last].table if line.table is not None else kinds.count("figure") >= _ROW
        if "words" in kinds and not row and not line.header and not is_page_number(line):
            break
        end += 1
    return end


def _strip_end(lines: Sequence[Line], heads: Sequence[int]) -> int:
    """Table 四 ends before the section behind it, or where prose begins behind its heads."""
    last = heads[0]
    for head in heads:
        if head - last > 40:
            break
        last = head
    end = last + 1
    while end < min(last + 60, len(lines)):
        line = lines[end]
        text = fold(line.text)
        if _strip().next_section.match(text) or (len(line.cells) == 1 and len(text) > 45):
            break
        end += 1
    return end
