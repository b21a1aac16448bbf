"""Which sheet is which register and which column is which, by names and heads, in our workbook and in any other.

A head is matched exactly first, then by the words it contains; what a person answered before outranks both. Where
nothing tells, a question is asked instead of a guess made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..reading.folding import fold
from .columns import LedgerColumn, LedgerSheet, ledger_sheets
from .mapping import Choice, LedgerMapping, Question
from .problem import Problem
from .reading import CellValue, Grid, column_name, is_empty

OWN_SHEETS = ("说明", "汇总", "选项")
"""Sheets of our own workbook that hold nothing to compile."""

_HEAD_ROWS = 20
"""How far down a head row is looked for: below a title, a note, the name of the office."""

_CONTAINED = 4
"""Shortest wording that is recognised inside a longer head; 结果 or 类型 alone says too little."""

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class Located:
    """A register found in a sheet: its head row (index from 0) and where each column stands (index from 0)."""

    sheet: LedgerSheet
    grid: Grid
    head_row: int
    columns: Mapping[str, int]

    def head(self, key: str) -> str:
        """How a message names the column: ``H列“办结日期”``."""
        index = self.columns[key]
        return f"{column_name(index)}列“{_head_text(self.grid.rows[self.head_row][index])}”"


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found in a workbook, and what has to be asked or told."""

    registers: tuple[Located, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def locate(grids: Sequence[Grid], mapping: LedgerMapping) -> Layout:
    """Find the registers in the sheets of a workbook."""
    registers: list[Located] = []
    questions: list[Question] = []
    problems: list[Problem] = []
    unknown: list[Grid] = []
    for grid in grids:
        if grid.empty or grid.name in OWN_SHEETS:
            continue
        found = _best(grid, mapping)
        if found is None:
            unknown.append(grid)
            continue
        missing, asked = _missing(found, mapping)
        questions += asked
        problems += missing
        if not missing:
            registers.append(found)
            problems += _taken_for(found)
    if not any(one.sheet.key == "applications" for one in registers) and not questions:
        subject = ledger_sheets()[0]
        problems.append(Problem("error", None, None, None, f"没有找到“{subject.name}”的登记，无法统计表三"))
        if unknown:
            text = f"哪一张工作表是“{subject.name}”的登记？"
            choices = tuple(Choice(grid.name, grid.name) for grid in unknown)
            questions.append(Question("sheet", "", subject.key, "", text, choices))
    problems += [Problem("note", grid.name, None, None, "没有认出是哪一种登记，没有使用这张工作表") for grid in unknown]
    return Layout(tuple(registers), tuple(questions), tuple(problems))


def _best(grid: Grid, mapping: LedgerMapping) -> Located | None:
    """The register and the head row that explain a sheet best, None where none explains it."""
    told = mapping.sheet(grid.name)
    best: tuple[float, Located] | None = None
    for sheet in ledger_sheets():
        if told and sheet.key != told:
            continue
        named = bool(told) or _named(grid.name, sheet)
        if sheet.named and not named:
            continue
        for index, row in enumerate(grid.rows[:_HEAD_ROWS]):
            columns, weight = _columns(row, sheet, mapping)
            located = Located(sheet, grid, index, columns)
            if not (named and len(columns) > 1) and not _convincing(located):
                continue
            score = weight + (5 if named else 0)
            if best is None or score > best[0]:
                best = (score, located)
    return best[1] if best else None


def _named(name: str, sheet: LedgerSheet) -> bool:
    folded = fold(name)
    return folded == fold(sheet.name) or any(fold(one) in folded for one in (sheet.name, *sheet.variants))


def _convincing(located: Located) -> bool:
    """Whether the heads alone show what a sheet is: all that is needed, or so much that asking for the rest is fair."""
    sheet, columns = located.sheet, located.columns
    needed = [column.key for column in sheet.columns if column.needed]
    figures = [column.key for column in sheet.columns if column.type in ("count", "amount")]
    if all(key in columns for key in needed) and len(columns) > 1:
        return not figures or any(key in columns for key in figures)
    return sheet.key == "applications" and len(columns) >= 3 and any(key in columns for key in needed)


def _columns(row: Sequence[CellValue], sheet: LedgerSheet, mapping: LedgerMapping) -> tuple[dict[str, int], float]:
    """Where the columns of a register stand in a head row, and how well they were recognised."""
    ranked: list[tuple[int, int, str, int]] = []
    for index, value in enumerate(row):
        head = _head_text(value)
        if not head or len(head) > 40:
            continue
        told = mapping.column(sheet.key, head)
        if told:
            ranked.append((0, 0, told, index))
            continue
        ranked += [(*rank, key, index) for rank, key in _ranks(head, sheet)]
    columns: dict[str, int] = {}
    settled: set[str] = set()
    taken: set[int] = set()
    weight = 0.0
    for (grade, _, key), group in groupby(sorted(ranked), key=lambda one: one[:3]):
        free = [index for *_, index in group if index not in taken]
        if key in settled or not free:
            continue
        settled.add(key)
        if len(free) == 1:  # two heads that fit equally well are asked about, not chosen between
            columns[key] = free[0]
            taken.add(free[0])
            weight += 1 / (1 + grade) + (1 if sheet.column(key).needed else 0)
    return columns, weight


def _ranks(head: str, sheet: LedgerSheet) -> Iterator[tuple[tuple[int, int], str]]:
    """How well a head fits each column: grade 0 as we print it, 1 another word for it, 2 containing one; then order."""
    folded = fold(head)
    bare = fold(_BRACKETS.sub("", head)) or folded
    for column in sheet.columns:
        wordings = [fold(one) for one in (column.head, *column.variants)]
        if any(fold(word) in bare for word in column.unlike) and bare not in wordings:
            continue
        if folded == wordings[0] or bare == fold(_BRACKETS.sub("", column.head)):
            yield (0, 0), column.key
        elif bare in wordings:
            yield (1, wordings.index(bare)), column.key
        else:
            contained = [len(one) for one in wordings if len(one) >= _CONTAINED and one in bare]
            if contained:
                yield (2, -max(contained)), column.key


def _missing(found: Located, mapping: LedgerMapping) -> tuple[list[Problem], list[Question]]:
    """Columns a register can't do without and that were not found, with the question that would settle each."""
    heads = found.grid.rows[found.head_row]
    used = set(found.columns.values())
    free = tuple(
        Choice(_head_text(head), f"{column_name(index)}列“{_head_text(head)}”")
        for index, head in enumerate(heads)
        if _head_text(head) and index not in used and mapping.column(found.sheet.key, _head_text(head)) is None
    )
    problems = []
    questions = []
    for column in found.sheet.columns:
        if column.needed and column.key not in found.columns:
            row = found.head_row + 1
            problems.append(Problem("error", found.grid.name, row, None, f"表头中没有找到“{column.head}”一列"))
            if free:
                text = f"工作表“{found.grid.name}”中，哪一列是“{column.head}”？"
                subject = f"{found.sheet.key}.{column.key}"
                questions.append(Question("column", found.grid.name, subject, column.head, text, free))
    return problems, questions


def _taken_for(found: Located) -> Iterator[Problem]:
    """A note of the columns whose heads are not ours, so that a wrong recognition is seen at once."""
    others = [
        f"“{_head_text(found.grid.rows[found.head_row][index])}”作为“{column.head}”"
        for column, index in _used(found)
        if fold(_head_text(found.grid.rows[found.head_row][index])) != fold(column.head)
    ]
    if others:
        yield Problem("note", found.grid.name, found.head_row + 1, None, f"按列名识别：{'，'.join(others)}")


def _used(found: Located) -> Iterator[tuple[LedgerColumn, int]]:
    for column in found.sheet.columns:
        if column.key in found.columns:
            yield column, found.columns[column.key]


def _head_text(value: CellValue) -> str:
    """A head without line breaks and spaces; a number is none."""
    return "".join(value.split()) if isinstance(value, str) and not is_empty(value) else ""
