"""From a filled-in ledger to the year's report, every figure with the rows behind it.

Nothing is half taken: where one row can't be, the problems are given and there is no report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..narrative import Facts, compose
from ..report.form import CellKey, Form, form_for_year, load_form
from ..report.report import Number, Report
from .columns import ledger_sheet
from .entries import Entry, entries
from .facts import gather_facts
from .heads import locate
from .mapping import LedgerMapping, Question
from .problem import Problem
from .reading import Grid, RowRef, read_workbook
from .summary import YEAR_CELL
from .tally import Tally, tally_applications, tally_decisions, tally_documents, tally_remedies

_STATISTICS = ("remedies", "documents", "decisions")
"""The registers behind 表二 and 表四, which a ledger may lack; without 依申请公开 there is no report."""


@dataclass(frozen=True, slots=True)
class Compilation:
    """What came of a ledger.

    ``report``: None if any problem is an error. ``trace``: for every cell the rows it counts, in the ledger's order;
    empty for a figure of 0. ``questions``: what the office has to be asked about its spreadsheet; answers go into a
    mapping (``gongkai.ledger.mapping.answered``), with which the ledger is compiled again. ``facts``: what the
    narrative was composed from.
    """

    report: Report | None
    trace: Mapping[CellKey, tuple[RowRef, ...]]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    facts: Facts

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stand in the way of a report."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def compile_ledger(
    data: bytes,
    organ: str,
    year: int,
    *,
    previous: Report | None = None,
    mapping: LedgerMapping | None = None,
    edition: str | None = None,
) -> Compilation:
    """Compile the report of ``organ`` for ``year`` from a workbook.

    ``previous``: last year's report, for comparison only; no figure is taken from it. ``mapping``: earlier answers
    about this office's spreadsheets. ``edition``: the one of the year where not given. Raises UnreadableLedgerError for
    bytes that are no workbook, FormError for an unknown edition.
    """
    form = load_form(edition) if edition else form_for_year(year)
    known = mapping or LedgerMapping()
    grids = read_workbook(data)
    layout = locate(grids, known)
    rows: dict[str, list[Entry]] = {}
    for located in layout.registers:
        rows.setdefault(located.sheet.key, []).extend(entries(located, known))
    tallies = {
        "applications": tally_applications(rows.get("applications", ()), year, form),
        "remedies": tally_remedies(rows.get("remedies", ()), year, form),
        "documents": tally_documents(rows.get("documents", ()), year, form),
        "decisions": tally_decisions(rows.get("decisions", ()), year, form),
    }
    facts, refused = gather_facts(rows.get("facts", ()), rows.get("media", ()), rows.get("problems", ()))
    told = [entry for tally in tallies.values() for entry in tally.used]
    told += [entry for key in ("facts", "media", "problems") for entry in rows.get(key, ())]
    problems = [*layout.problems, *(problem for tally in tallies.values() for problem in tally.problems), *refused]
    questions = _once((*layout.questions, *(question for entry in told for question in entry.questions)))
    problems += _understood(told)
    values, trace = _figures(form, tallies, rows.keys())
    problems += _year_written(grids, year)
    problems += _absent(form, values, rows.keys())
    if previous is not None and not any(problem.severity == "error" for problem in problems):
        problems += _against_previous(values, year, previous)
    if questions or any(problem.severity == "error" for problem in problems):
        return Compilation(None, {}, tuple(problems), questions, facts)
    title = form.title.format(organ=organ, year=year)
    bare = Report(organ=organ, year=year, edition=form.edition, title=title, values=values)
    narrative = compose(bare, facts)
    problems += [Problem("note", None, None, None, gap) for gap in narrative.gaps]
    report = replace(bare, introduction=narrative.introduction, sections=narrative.sections)
    return Compilation(report, trace, tuple(problems), (), facts)


def _understood(told: Iterable[Entry]) -> Iterable[Problem]:
    """A note, for each column of terms, of the words that were taken for one, so that a wrong one is seen at once."""
    words: dict[tuple[str, str], dict[str, str]] = {}
    for entry in told:
        for key, (word, term) in entry.understood.items():
            words.setdefault((entry.ref.sheet, entry.located.head(key)), {})[word] = term
    for (sheet, head), taken in words.items():
        listed = "，".join(f"“{word}”作为“{term}”" for word, term in taken.items())
        yield Problem("note", sheet, None, head, f"按用语识别：{listed}")


def _figures(
    form: Form, tallies: Mapping[str, Tally], sheets: Iterable[str]
) -> tuple[dict[CellKey, Number | None], dict[CellKey, tuple[RowRef, ...]]]:
    """Every cell of the form, in its order; one whose sheet the ledger lacks is left blank, not 0."""
    given = set(sheets)
    values: dict[CellKey, Number | None] = dict.fromkeys(form.cells)
    trace: dict[CellKey, tuple[RowRef, ...]] = {}
    for sheet, tally in tallies.items():
        if sheet in given:
            values |= tally.values
            trace |= tally.trace
    return values, trace


def _year_written(grids: Sequence[Grid], year: int) -> Iterable[Problem]:
    """A note where the clerk wrote another year on the sheet 汇总 than the one compiled."""
    for grid in grids:
        if grid.name == YEAR_CELL.sheet and len(grid.rows) >= YEAR_CELL.row:
            written = grid.rows[YEAR_CELL.row - 1][1]
            if isinstance(written, (int, float)) and written != year:
                reason = f"报告年度填的是 {written:g}，编制的是 {year} 年度报告，请核对"
                yield Problem("note", grid.name, YEAR_CELL.row, None, reason)


def _absent(form: Form, values: Mapping[CellKey, Number | None], sheets: Iterable[str]) -> Iterable[Problem]:
    """Notes of what the ledger does not say: sheets that are not there, cells that no sheet fills."""
    given = set(sheets)
    for key in _STATISTICS:
        if key not in given:
            reason = f"台账没有“{ledger_sheet(key).name}”的登记，由它统计的数字留空，请补填"
            yield Problem("note", None, None, None, reason)
    if given.issuperset(_STATISTICS) and (blank := [key for key in values if values[key] is None]):
        names = "、".join(form.cells[key].name for key in blank)
        yield Problem("note", None, None, None, f"台账不登记这些数字，留空，请补填：{names}")


def _against_previous(values: Mapping[CellKey, Number | None], year: int, previous: Report) -> Iterable[Problem]:
    """A note for each kind of applicant of whom last year's report carried over more or fewer than the ledger holds.

    A report that says to be of another year than the last is not compared.
    """
    if previous.year not in (None, year - 1):
        return
    for key, number in values.items():
        if not key.startswith("applications.carried_in.") or key.endswith(".total"):
            continue
        before = previous.values.get(key.replace("carried_in", "carried_over"))
        form = previous.form
        if before is not None and form is not None and number != before:
            kind = form.cells[key].column.heading
            reason = f"“{kind}”一列，上年报告结转下年度 {before} 件，台账中上年结转 {number} 件，请核对台账是否登记齐全"
            yield Problem("note", ledger_sheet("applications").name, None, None, reason)


def _once(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Each question once, however many rows raise it."""
    seen: dict[tuple[str, str, str], Question] = {}
    for question in questions:
        sheet = question.sheet if question.kind != "value" else ""
        seen.setdefault((question.subject, sheet, question.word.strip()), question)
    return tuple(seen.values())
