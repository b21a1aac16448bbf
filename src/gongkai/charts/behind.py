"""What may be shown behind the figures of 表三 and 表四: counts by month or quarter, never a case, never a small count.

Made once, when a report is published, from the records as they were counted then. Only what may be shown is kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ..law import outcome_row
from ..law.case.counting import CountedCase, rows_between
from ..report.form import CellKey, Form
from ..report.report import Number
from .joining import LEVELS, Level, Months, levels_of, quarter_of

UNDATED: Final = "undated"
"""Where a count has no month: an opening balance."""

EARLIER: Final = "earlier"
"""Where a count lies that came before the year."""

_PENDING: Final = "pending"

BRACKETS: Final = ((0, 5), (6, 10), (11, 15), (16, 20), (21, 40), (41, None))
"""Working days to the answer, from and to, both included: 20 is the period of the law, 40 that with its extension (第三十三条)."""


@dataclass(frozen=True, slots=True)
class CountedRemedy:
    """A reconsideration or lawsuit as 表四 counts it: row, column, and the day on which it ended, None while it goes on."""

    row: str
    column: str
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure by ``periods`` ("01" to "12", or "Q1" to "Q4"), those without a count left out; ``rest``: what is told only for
    the year. ``by``: received, decided or closed: whose day it goes by.
    """

    by: str
    periods: Mapping[str, int]
    rest: int

    @property
    def level(self) -> Level:
        """How finely it is told."""
        return "quarter" if any(period.startswith("Q") for period in self.periods) else "month"


@dataclass(frozen=True, slots=True)
class Behind:
    """``cells``: of each figure that agrees with the records, how it spreads over the year. ``differing``: keys of figures that
    do not, set by a person or changed since. ``answers``: answers by working days (from, to or None, number).
    ``least``: from how many on counts were told apart.
    """

    least: int
    cells: Mapping[CellKey, Spread]
    differing: tuple[CellKey, ...] = ()
    answers: tuple[tuple[int, int | None, int], ...] = ()


def behind_figures(
    form: Form,
    year: int,
    values: Mapping[CellKey, Number | None],
    *,
    cases: Iterable[CountedCase],
    remedies: Iterable[CountedRemedy],
    undated: Mapping[CellKey, int],
    answer_days: Iterable[int],
    least: int,
    before: Behind | None = None,
) -> Behind:
    """What may be shown behind the published ``values``. ``undated``: what opening balances add to each cell, sums included;
    ``answer_days``: working days to each answer of the year; ``before``: what the edition before showed.
    """
    counts = _counts(form, year, cases, remedies, undated)
    told = {key: one.total() for key, one in counts.items()}
    agreeing = {key for key in counts if told[key] == (values.get(key) or 0)}
    around = _around(form)
    boxes = {key: _dated(key, counts) for key in _boxes(form)}
    earlier = {key: (one.level, one.periods) for key, one in before.cells.items()} if before else None
    levels = levels_of(boxes, around, least, earlier)
    shown = {key: _shown(boxes[key], levels.get(key)) for key in boxes if key in agreeing}
    cells = {key: Spread(_by(key), periods, told[key] - sum(periods.values())) for key, periods in shown.items()}
    for key in counts.keys() - boxes.keys():
        if key in agreeing:
            periods = _summed([shown.get(part, {}) for part in _parts(form, key)])
            cells[key] = Spread(_by(key), periods, told[key] - sum(periods.values()))
    kept = {key: one for key, one in sorted(cells.items()) if told[key] and one.rest >= 0}
    return Behind(least, kept, tuple(sorted(counts.keys() - agreeing)), joined(answer_days, least))


def joined(days: Iterable[int], least: int) -> tuple[tuple[int, int | None, int], ...]:
    """Answers by working days; a bracket with few is joined with its neighbours. Nothing where there are too few in all."""
    numbers = list(days)
    found: list[tuple[int, int | None, int]] = []
    for first, last in BRACKETS:
        count = sum(first <= one and (last is None or one <= last) for one in numbers)
        if found and (0 < found[-1][2] < least or 0 < count < least):
            before = found.pop()
            found.append((before[0], last, before[2] + count))
        else:
            found.append((first, last, count))
    while len(found) > 1 and 0 < found[-1][2] < least:
        last_one, before = found.pop(), found.pop()
        found.append((before[0], last_one[1], before[2] + last_one[2]))
    return tuple(found) if len(numbers) >= least else ()


def write_behind(behind: Behind) -> bytes:
    """As JSON, of one spelling."""
    plain = {
        "least": behind.least,
        "cells": {
            key: {"by": one.by, "periods": dict(sorted(one.periods.items())), "rest": one.rest}
            for key, one in behind.cells.items()
        },
        "differing": list(behind.differing),
        "answers": [list(one) for one in behind.answers],
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1).encode()


def read_behind(data: bytes) -> Behind:
    """What `write_behind` wrote."""
    raw = json.loads(data)
    cells = {key: Spread(one["by"], one["periods"], one["rest"]) for key, one in raw["cells"].items()}
    return Behind(
        raw["least"], cells, tuple(raw["differing"]), tuple((one[0], one[1], one[2]) for one in raw["answers"])
    )


def _counts(
    form: Form,
    year: int,
    cases: Iterable[CountedCase],
    remedies: Iterable[CountedRemedy],
    undated: Mapping[CellKey, int],
) -> dict[CellKey, Counter[str]]:
    """Every cell of the two tables by month."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    counts = {key: Counter[str]() for key in form.cells if key.startswith(("applications.", "remedies."))}
    for case in cases:
        for row in rows_between(case, first, last):
            if row in ("received", "carried_in", "carried_over"):
                rows, day = [row], case.received_on
            else:
                rows, day = [outcome_row(row, form), "total"], case.decided_on or last
            month = f"{day.month:02}" if day >= first else EARLIER
            for one in rows:
                for column in (case.applicant_kind, "total"):
                    counts[f"applications.{one}.{column}"][month] += 1
    for remedy in remedies:
        closed = remedy.closed_on if remedy.closed_on and remedy.closed_on <= last else None
        for column in (remedy.column if closed else "pending", "total"):
            counts[f"remedies.{remedy.row}.{column}"][f"{closed.month:02}" if closed else _PENDING] += 1
    for key, number in undated.items():
        counts[key][UNDATED] += number
    return counts


def _boxes(form: Form) -> list[CellKey]:
    """The figures that lie in one another, outer ones first: what came in, with what of it is carried over; the results, by
    kind of result and of applicant; what was concluded of each kind of remedy.
    """
    applicants = [column.key for column in form.table("applications").blocks[0].columns if not column.total]
    results = [row.key for row in form.table("applications").blocks[0].rows if row.result]
    found = ["applications.received.total"]
    found += [f"applications.received.{one}" for one in applicants]
    found += [f"applications.carried_over.{one}" for one in applicants]
    found.append("applications.total.total")
    found += [f"applications.{row}.total" for row in results]
    found += [f"applications.{row}.{one}" for row in results for one in applicants]
    found += [f"remedies.{row.key}.total" for row in form.table("remedies").blocks[0].rows]
    columns = [
        column.key for column in form.table("remedies").blocks[0].columns if column.key not in ("total", "pending")
    ]
    return [*found, *(f"remedies.{row.key}.{one}" for row in form.table("remedies").blocks[0].rows for one in columns)]


def _around(form: Form) -> dict[CellKey, CellKey]:
    """For each box the one in which it lies."""
    found = {}
    for key in _boxes(form):
        table, row, column = key.split(".")
        if row == "carried_over":
            found[key] = f"applications.received.{column}"
        elif column != "total":
            found[key] = f"{table}.{row}.total"
        elif table == "applications" and row not in ("received", "total"):
            found[key] = "applications.total.total"
    return found


def _parts(form: Form, key: CellKey) -> list[CellKey]:
    """The boxes whose sum another figure is: all results of one kind of applicant, all that is carried over."""
    table, row, column = key.split(".")
    boxes = _boxes(form)
    if table == "applications" and row == "total":
        results = {one.key for one in form.table("applications").blocks[0].rows if one.result}
        return [one for one in boxes if one.split(".")[1] in results and one.endswith(f".{column}")]
    if table == "applications" and row == "carried_over":
        return [one for one in boxes if one.startswith("applications.carried_over.")]
    return []


def _dated(key: CellKey, counts: Mapping[CellKey, Counter[str]]) -> Months:
    """What of a figure is to be told by month; what goes on is a figure of the report itself."""
    return {month: number for month, number in counts[key].items() if month != _PENDING}


def _shown(months: Months, level: Level | None) -> dict[str, int]:
    found: Counter[str] = Counter()
    for month, number in months.items():
        if level and number and month.isdigit():
            found[month if level == LEVELS[0] else quarter_of(month)] += number
    return dict(found)


def _summed(parts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """The sum of what its parts tell, by quarter where one of them does."""
    quarters = any(period.startswith("Q") for part in parts for period in part)
    found: Counter[str] = Counter()
    for part in parts:
        for period, number in part.items():
            found[quarter_of(period) if quarters else period] += number
    return dict(found)


def _by(key: CellKey) -> str:
    table, row, _ = key.split(".")
    if table == "remedies":
        return "closed"
    return "received" if row in ("received", "carried_in", "carried_over") else "decided"
