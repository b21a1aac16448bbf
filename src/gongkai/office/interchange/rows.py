"""From a workbook to the rows that can be imported: what the core reads, with what is wrong row by row."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.law.instruments import instrument
from gongkai.ledger import LedgerMapping, Problem, Question
from gongkai.ledger.entries import Entry, entries
from gongkai.ledger.heads import locate
from gongkai.ledger.reading import read_workbook

REGISTERS = ("applications", "remedies")
"""The registers of a ledger that are imported: what the other sheets hold is no record of the office."""

_FIRST = instrument("regulations_first").in_force_since
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d{3})")
_LONGEST = 100  # characters of a number that identifies a row; of a longer one the digest does


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One filled-in row. ``values``: what could be read, by key of the column. ``identity``: by what it is known again.

    ``problems``: what stands in the way of importing it.
    """

    register: str
    sheet: str
    row: int
    number: str
    identity: str
    values: Mapping[str, str | date]
    problems: tuple[Problem, ...]

    def text(self, key: str) -> str:
        """A text or the code of a term, "" where there is none."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> date | None:
        """A date, None where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, date) else None

    def certain_day(self, key: str) -> date:
        """A date that a row without problems has."""
        day = self.day(key)
        assert day is not None
        return day


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """What a workbook holds. ``questions``: what its office has to be asked; ``problems``: of whole sheets; ``notes``: to be known."""

    rows: tuple[LedgerRow, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def rows_of(data: bytes, mapping: LedgerMapping) -> LedgerRows:
    """The rows of a workbook. Raises UnreadableLedgerError for bytes that are none."""
    layout = locate(read_workbook(data), mapping)
    found = [one for one in layout.registers if one.sheet.key in REGISTERS]
    read = [entry for located in found for entry in entries(located, mapping)]
    questions = dict.fromkeys((*layout.questions, *(question for entry in read for question in entry.questions)))
    whole = [one for one in layout.problems if one.severity == "error" and (one.sheet or not found)]
    notes = [one for one in layout.problems if one.severity == "note"]
    return LedgerRows(tuple(_rows(read)), tuple(questions), tuple(whole), tuple(notes))


def _rows(read: Iterable[Entry]) -> Iterator[LedgerRow]:
    seen: dict[tuple[str, str], Entry] = {}
    alike: Counter[str] = Counter()
    for entry in read:
        register = entry.located.sheet.key
        number = "".join(entry.text("number").split())
        identity = _identity(entry, register, number)
        problems = [one for one in entry.problems if not _no_number(entry, one)]
        problems += _applications(entry) if register == "applications" else _remedies(entry)
        if not number:  # equal rows without a number are as many things as there are rows
            alike[identity] += 1
            identity = f"{identity}.{alike[identity]}"
        elif (register, identity) in seen:
            first = seen[register, identity].ref
            problems.append(entry.problem("number", f"编号“{number}”与工作表“{first.sheet}”第 {first.row} 行重复"))
        seen.setdefault((register, identity), entry)
        values = {key: value for key, value in entry.values.items() if isinstance(value, str | date)}
        yield LedgerRow(register, entry.ref.sheet, entry.ref.row, number, identity, values, tuple(problems))


def _no_number(entry: Entry, problem: Problem) -> bool:
    """A row without a number can be imported; only a report can't be compiled from it."""
    return (
        "number" in entry.located.columns
        and problem.column == entry.located.head("number")
        and not entry.text("number")
    )


def _identity(entry: Entry, register: str, number: str) -> str:
    """The number, with the year where it names none, since offices begin a new count each year; else a digest of what does
    not change while a case goes on."""
    begun = entry.date("received" if register == "applications" else "begun")
    if number and len(number) <= _LONGEST:
        return number if _YEAR.search(number) else f"{begun.year if begun else ''}/{number}"
    lasting = ("number", "received", "applicant_kind", "applicant", "subject", "begun", "kind", "application")
    held = {key: str(entry.values[key]) for key in lasting if key in entry.values}
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _applications(entry: Entry) -> Iterator[Problem]:
    received, finished = entry.date("received"), entry.date("finished")
    yield from _lacking(entry, "received", "applicant_kind")
    if received and received < _FIRST:
        yield entry.problem("received", f"收到日期 {received} 早于《政府信息公开条例》首次施行之日 {_FIRST}")
    yield from _pair(entry, "finished", "outcome", finished, bool(entry.text("outcome")))
    if received and finished and finished < received:
        yield entry.problem("finished", f"办结日期 {finished} 早于收到日期 {received}")


def _remedies(entry: Entry) -> Iterator[Problem]:
    begun, closed, result = entry.date("begun"), entry.date("closed"), entry.text("result")
    yield from _lacking(entry, "kind", "begun")
    if closed and result == "pending":
        yield entry.problem("result", f"填了审结日期 {closed}，审理结果却是“尚未审结”")
    else:
        yield from _pair(entry, "closed", "result", closed, bool(result) and result != "pending")
    if begun and closed and closed < begun:
        yield entry.problem("closed", f"审结日期 {closed} 早于收案日期 {begun}")


def _lacking(entry: Entry, *keys: str) -> Iterator[Problem]:
    """A column that the sheet has not at all; an empty cell of one that it has, the core has told already."""
    for key in keys:
        if key not in entry.located.columns:
            yield entry.problem(None, f"表中没有“{entry.located.sheet.column(key).head}”一列")


def _pair(entry: Entry, day: str, term: str, on: date | None, given: bool) -> Iterator[Problem]:
    """A day and what it was decided go together; what could not be read is no missing value."""
    refused = {problem.column for problem in entry.problems}
    heads = {key: entry.located.sheet.column(key).head for key in (day, term)}
    if on and not given and not _among(entry, term, refused):
        yield entry.problem(term, f"填了{heads[day]}，没有填{heads[term]}")
    if given and not on and not _among(entry, day, refused):
        yield entry.problem(day, f"填了{heads[term]}，没有填{heads[day]}")


def _among(entry: Entry, key: str, refused: set[str | None]) -> bool:
    return key in entry.located.columns and entry.located.head(key) in refused
