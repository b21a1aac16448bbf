"""From the rows of a register to typed entries: each cell read by its column's type, each refusal with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from ..reading.folding import fold
from ..report.wording import unnumbered
from .columns import LedgerColumn, vocabularies
from .heads import Located
from .mapping import Choice, LedgerMapping, Question
from .problem import Problem
from .reading import CellValue, RowRef, is_empty
from .recognising import choices, plain, recognise
from .values import Period, RefusedValue, amount_of, count_of, date_of, is_blank, period_of, shown, text_of

Used = Sequence[tuple[LedgerColumn, int]]
"""The columns found in a sheet, each with its place in the row."""

_TOTALS = ("合计", "总计", "小计", "共计")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register. ``values`` holds the columns that are filled in and could be read.

    ``text``: str; ``date``: date; ``term``: the term's code; ``count``: int; ``amount``: Decimal; ``period``: Period.
    ``problems``: what could not be taken; whether it stands in the way, the register decides. ``understood``: for a
    column of terms the word that stands there in place of the term, and the term, where the program knew it by itself.
    """

    located: Located
    ref: RowRef
    values: Mapping[str, str | date | int | Decimal | Period]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    understood: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def date(self, key: str) -> date | None:
        """The date in a column, None where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def text(self, key: str) -> str:
        """The text, or the code of the term, in a column; "" where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | Decimal | None:
        """The count or amount in a column, None where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, (int, Decimal)) else None

    def problem(self, key: str | None, reason: str, severity: Literal["error", "note"] = "error") -> Problem:
        """A problem of this row, in the column ``key`` or in the whole row."""
        column = self.located.head(key) if key is not None and key in self.located.columns else None
        return Problem(severity, self.ref.sheet, self.ref.row, column, reason)


def entries(located: Located, mapping: LedgerMapping) -> Iterator[Entry]:
    """The filled-in rows below the heads. Blank rows, sums and repeated heads are passed over."""
    heads = located.grid.rows[located.head_row]
    used = [(column, located.columns[column.key]) for column in located.sheet.columns if column.key in located.columns]
    for index, row in enumerate(located.grid.rows[located.head_row + 1 :], located.head_row + 2):
        if all(is_empty(row[place]) for _, place in used) or _is_sum(row) or _repeats_heads(row, heads, used):
            continue
        yield _entry(located, RowRef(located.grid.name, index), row, used, mapping)


def _is_sum(row: Sequence[CellValue]) -> bool:
    first = next((value for value in row if not is_empty(value)), "")
    return isinstance(first, str) and len(first) <= 12 and fold(first).startswith(_TOTALS)


def _repeats_heads(row: Sequence[CellValue], heads: Sequence[CellValue], used: Used) -> bool:
    """Whether a row prints the heads again, as sheets put together page by page do."""
    filled = [place for _, place in used if not is_empty(row[place])]
    return len(filled) > 1 and all(row[place] == heads[place] for place in filled)


def _entry(located: Located, ref: RowRef, row: Sequence[CellValue], used: Used, mapping: LedgerMapping) -> Entry:
    values: dict[str, str | date | int | Decimal | Period] = {}
    problems: list[Problem] = []
    questions: list[Question] = []
    understood: dict[str, tuple[str, str]] = {}
    for column, place in used:
        cell = row[place]
        head = located.head(column.key)
        if is_blank(cell, column.blank):
            if column.required:
                problems.append(Problem("error", ref.sheet, ref.row, head, "没有填写"))
            continue
        try:
            value = values[column.key] = _value(cell, column, mapping)
            if column.type == "term" and (term := _term_of_another_word(text_of(cell), value, column, mapping)):
                understood[column.key] = shown(cell), term
        except RefusedValue as refused:
            problems.append(Problem("error", ref.sheet, ref.row, head, str(refused)))
            if column.type == "term":
                questions.append(_question(ref, column, text_of(cell)))
    return Entry(located, ref, values, tuple(problems), tuple(questions), understood)


def _value(cell: CellValue, column: LedgerColumn, mapping: LedgerMapping) -> str | date | int | Decimal | Period:
    match column.type:
        case "text":
            return text_of(cell)
        case "date":
            return date_of(cell)
        case "count":
            return count_of(cell)
        case "amount":
            return amount_of(cell, "万元")
        case "period":
            return period_of(cell)
        case "term":
            return _term(text_of(cell), column, mapping)


def _term(text: str, column: LedgerColumn, mapping: LedgerMapping) -> str:
    told = mapping.term(column.list, text)
    if told:
        return told
    vocabulary = vocabularies()[column.list]
    term = recognise(text, vocabulary)
    if term:
        return term.code
    possible = choices(text, vocabulary)
    if len(possible) < len(vocabulary.terms):
        names = "、".join(one.label for one in possible)
        raise RefusedValue(f"“{shown(text)}”不够具体，请从“{names}”中选择一项")
    raise RefusedValue(f"“{shown(text)}”不在“{vocabulary.name}”的选项中，请从列表中选择一项")


def _term_of_another_word(word: str, code: object, column: LedgerColumn, mapping: LedgerMapping) -> str | None:
    """The term that a word was taken for, None where the word is the term or the office said what it means."""
    term = next(one for one in vocabularies()[column.list].terms if one.code == code)
    same = (plain(term.label), plain(term.listed), plain(unnumbered(term.group) + term.label))
    return None if mapping.term(column.list, word) or plain(word) in same else term.listed


def _question(ref: RowRef, column: LedgerColumn, word: str) -> Question:
    vocabulary = vocabularies()[column.list]
    offered = tuple(Choice(term.code, term.listed) for term in choices(word, vocabulary))
    text = f"工作表“{ref.sheet}”的“{column.head}”中，“{shown(word)}”是下面的哪一项？"
    return Question("value", ref.sheet, column.list, word, text, offered)
