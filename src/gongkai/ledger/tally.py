"""From entries to the figures of one table: each figure together with the rows it counts.

A count is the number of its rows, so that the identities of the form hold by construction and no figure can differ from
what it traces to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..law import decision_cell, decision_kinds, document_figures, document_kinds, outcome_row
from ..law.instruments import instrument
from ..report.form import CellKey, Form
from ..report.report import Number, whole
from .entries import Entry
from .problem import Problem, ranges
from .reading import RowRef

_FIRST = instrument("regulations_first")
"""The Regulations as they first took effect: no application can be older."""


@dataclass(slots=True)
class Tally:
    """Figures, the rows behind each, and problems. A cell without a row is 0 and traces to none."""

    values: dict[CellKey, Number] = field(default_factory=dict)
    trace: dict[CellKey, tuple[RowRef, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: list[Entry] = field(default_factory=list)
    """Entries that were counted, or would have been but for their problems."""


def tally_applications(entries: Sequence[Entry], year: int, form: Form) -> Tally:
    """表三. Received and carried in by date of receipt, results by date of the decision, the rest carried over."""
    tally = Tally()
    rows: dict[CellKey, list[RowRef]] = {key: [] for key in form.cells if key.startswith("applications.")}
    others = []
    for entry in entries:
        if _elsewhen(entry.date("received"), entry.date("finished"), year):
            others.append(entry)
            continue
        tally.used.append(entry)
        problems = [*entry.problems, *_application_problems(entry, year)]
        tally.problems += problems
        if any(problem.severity == "error" for problem in problems):
            continue
        for row in _application_rows(entry, year, form):
            for column in (entry.text("applicant_kind"), "total"):
                rows[f"applications.{row}.{column}"].append(entry.ref)
    _count(tally, rows)
    tally.problems += _twice(tally.used, lambda one: one.text("number"), "number", "编号")
    tally.problems += _other_years(others, year)
    return tally


def _elsewhen(begun: date | None, ended: date | None, year: int) -> bool:
    """Whether something that lasted from ``begun`` to ``ended`` has no part in the year."""
    return (begun is not None and begun.year > year) or (ended is not None and ended.year < year)


def _application_rows(entry: Entry, year: int, form: Form) -> tuple[str, ...]:
    """The rows of 表三 that an application counts in: where it came from, and where it went."""
    received, finished = entry.date("received"), entry.date("finished")
    assert received is not None  # a row without it is a problem and never counted
    origin = "received" if received.year == year else "carried_in"
    if finished is None or finished.year > year:
        return origin, "carried_over"
    return origin, outcome_row(entry.text("outcome"), form), "total"


def _application_problems(entry: Entry, year: int) -> Iterable[Problem]:
    received, finished = entry.date("received"), entry.date("finished")
    bad = {problem.column for problem in entry.problems}
    outcome_bad = "outcome" in entry.located.columns and entry.located.head("outcome") in bad
    finished_bad = "finished" in entry.located.columns and entry.located.head("finished") in bad
    yield from _order_problems(entry)
    if finished and not entry.text("outcome") and not outcome_bad:
        yield entry.problem("outcome", "填了办结日期，没有填办理结果")
    if entry.text("outcome") and not finished and not finished_bad:
        yield entry.problem("finished", "填了办理结果，没有填办结日期")
    if received and received < _FIRST.in_force_since:
        reason = f"收到日期 {received} 早于《{_FIRST.short}》首次施行之日 {_FIRST.in_force_since}"
        yield entry.problem("received", reason)
    elif received and received.year < year - 1:
        reason = f"{received} 收到的申请到 {year} 年仍未办结，跨了两个年度，请核对收到日期"
        yield entry.problem("received", reason, "note")
    carried = entry.text("carried")
    if received and carried and (carried == "yes") != (received.year < year):
        said = "是" if carried == "yes" else "否"
        yield entry.problem("carried", f"填的是“{said}”，与收到日期 {received} 不符（报告年度为 {year} 年）")


def tally_remedies(entries: Sequence[Entry], year: int, form: Form) -> Tally:
    """表四. Concluded in the year by result, begun and not concluded by its end as 尚未审结."""
    tally = Tally()
    rows: dict[CellKey, list[RowRef]] = {key: [] for key in form.cells if key.startswith("remedies.")}
    others, joint = [], []
    for entry in entries:
        if _elsewhen(entry.date("begun"), entry.date("closed"), year):
            others.append(entry)
            continue
        tally.used.append(entry)
        problems = [*entry.problems, *_remedy_problems(entry)]
        tally.problems += problems
        if any(problem.severity == "error" for problem in problems):
            continue
        if entry.text("joint") == "yes":
            joint.append(entry)
            continue
        closed = entry.date("closed")
        result = entry.text("result") if closed and closed.year == year else "pending"
        for column in (result, "total"):
            rows[f"remedies.{entry.text('kind')}.{column}"].append(entry.ref)
    _count(tally, rows)
    tally.problems += _twice(tally.used, lambda one: one.text("number"), "number", "案号")
    tally.problems += _other_years(others, year)
    tally.problems += _grouped(joint, "本机关仅因复议成为共同被告，由原行为机关计数，没有计入表四")
    return tally


def _remedy_problems(entry: Entry) -> Iterable[Problem]:
    closed, result = entry.date("closed"), entry.text("result")
    bad = {problem.column for problem in entry.problems}
    yield from _order_problems(entry)
    if closed and result == "pending":
        yield entry.problem("result", f"填了审结日期 {closed}，审理结果却是“尚未审结”")
    if closed and not result and entry.located.head("result") not in bad:
        yield entry.problem("result", "填了审结日期，没有填审理结果")
    if result and result != "pending" and not closed and entry.located.head("closed") not in bad:
        yield entry.problem("closed", "填了审理结果，没有填审结日期")


def tally_documents(entries: Sequence[Entry], year: int, form: Form) -> Tally:
    """表二 规章、行政规范性文件: issued and repealed within the year, in force at the end of 31 December."""
    tally = Tally()
    figures = [column.key for column in document_figures()]
    keys = {f"proactive.{kind.code}.{figure}" for kind in document_kinds().terms for figure in figures}
    rows: dict[CellKey, list[RowRef]] = {key: [] for key in form.cells if key in keys}
    last = date(year, 12, 31)
    others = []
    for entry in entries:
        issued, repealed, expires = entry.date("issued"), entry.date("repealed"), entry.date("expires")
        if _elsewhen(issued, repealed, year):
            others.append(entry)
            continue
        tally.used.append(entry)
        problems = [*entry.problems, *_order_problems(entry)]
        tally.problems += problems
        if problems or issued is None:
            continue
        in_force = (repealed is None or repealed > last) and (expires is None or expires >= last)
        counted = (issued.year == year, repealed is not None and repealed.year == year, in_force)
        for figure, true in zip(figures, counted, strict=True):
            key = f"proactive.{entry.text('kind')}.{figure}"
            if true and key in rows:
                rows[key].append(entry.ref)
    _count(tally, rows)
    tally.problems += _twice(tally.used, _document_name, "title", "文件")
    tally.problems += _other_years(others, year)
    return tally


def _document_name(entry: Entry) -> str:
    """What makes two rows the same document: its title and its number, as far as they are given."""
    return f"{entry.text('title')} {entry.text('number')}".strip()


def tally_decisions(entries: Sequence[Entry], year: int, form: Form) -> Tally:
    """表二 决定数量和收费: summed exactly over the divisions and periods of the year, none of them twice."""
    tally = Tally()
    cells = {term.code: decision_cell(term.code, form) for term in decision_kinds().terms}
    sums: dict[CellKey, Decimal] = {cell: Decimal(0) for cell in cells.values() if cell}
    rows: dict[CellKey, list[RowRef]] = {cell: [] for cell in sums}
    counted: dict[str, list[tuple[str, frozenset[int], Entry]]] = {code: [] for code in cells}
    others = []
    for entry in entries:
        period = entry.values.get("period")
        named, months = period if isinstance(period, tuple) else (None, frozenset[int]())
        if named is not None and named != year:
            others.append(entry)
            continue
        tally.used.append(entry)
        tally.problems += entry.problems
        for code, cell in cells.items():
            number = entry.number(code)
            if number is None or not months:
                continue
            division = entry.text("division")
            tally.problems += _overlap(entry, code, division, months, counted[code])
            counted[code].append((division, months, entry))
            if cell:
                sums[cell] += number
                rows[cell].append(entry.ref)
    for cell, total in sums.items():
        tally.values[cell] = whole(total.normalize())
        tally.trace[cell] = tuple(rows[cell])
    tally.problems += _other_years(others, year)
    return tally


def _overlap(
    entry: Entry, code: str, division: str, months: frozenset[int], before: Sequence[tuple[str, frozenset[int], Entry]]
) -> Iterable[Problem]:
    """The same months of the same division twice; a row without a division may stand for any of them."""
    for other, counted, first in before:
        if months & counted and (other == division or not other or not division):
            row = _place(first.ref, entry.ref)
            if other == division:
                reason = f"与{row}的机构相同、期间重叠，会重复计数，请合并或者删去一行"
            else:
                reason = f"与{row}的期间重叠，其中一行没有写承办机构，不能确定是否重复计数，请写明承办机构"
            yield entry.problem(code, reason)
            return


def _order_problems(entry: Entry) -> Iterable[Problem]:
    """Dates that precede the date they can only follow."""
    sheet = entry.located.sheet
    for column in sheet.columns:
        first, then = (entry.date(column.after), entry.date(column.key)) if column.after else (None, None)
        if first and then and then < first:
            yield entry.problem(column.key, f"{column.head} {then} 早于{sheet.column(column.after).head} {first}")


def _count(tally: Tally, rows: Mapping[CellKey, list[RowRef]]) -> None:
    for key, refs in rows.items():
        tally.values[key] = len(refs)
        tally.trace[key] = tuple(refs)


def _twice(entries: Iterable[Entry], name: Callable[[Entry], str], key: str, what: str) -> Iterable[Problem]:
    """Rows that repeat the number of a row above. Offices begin a new count each year: the year is part of it."""
    first: dict[tuple[str, int | None], Entry] = {}
    for entry in entries:
        number = "".join(name(entry).split())
        if not number:
            continue
        received = entry.date("received")
        mark = (number, received.year if received else None)
        if mark in first:
            where = _place(first[mark].ref, entry.ref)
            yield entry.problem(key, f"{what}“{number}”与{where}重复")
        else:
            first[mark] = entry


def _place(ref: RowRef, seen_from: RowRef) -> str:
    """How a message on one row names another."""
    return f"第 {ref.row} 行" if ref.sheet == seen_from.sheet else f"工作表“{ref.sheet}”第 {ref.row} 行"


def _other_years(entries: Sequence[Entry], year: int) -> Iterable[Problem]:
    return _grouped(entries, f"不属于 {year} 年度，没有计入")


def _grouped(entries: Sequence[Entry], reason: str) -> Iterable[Problem]:
    """One note a sheet for all rows that share a reason."""
    for sheet, number in Counter(entry.ref.sheet for entry in entries).items():
        rows = tuple(entry.ref.row for entry in entries if entry.ref.sheet == sheet)
        yield Problem("note", sheet, None, None, f"有 {number} 行（第 {ranges(rows)} 行）{reason}")
