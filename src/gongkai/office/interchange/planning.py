"""What an import will do, row by row, before anything is written: create, already there, there but different, refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError

from gongkai.law import applicant_kinds, outcomes, remedy_kinds, remedy_results
from gongkai.law.calendar import chinese_date
from gongkai.law.case.event import Event
from gongkai.law.case.lawful import Refusal, refusals
from gongkai.law.case.state import state_of
from gongkai.ledger import LedgerMapping, Problem, Question
from gongkai.ledger.columns import ledger_sheet

from ..calendars import Law, law_of
from ..cases.models import Case
from ..organs.models import Organ
from ..remedies.models import Remedy
from .models import ImportedRow
from .rows import LedgerRow, rows_of

Verdict = Literal["create", "created", "there", "differs", "refused"]

VERDICTS: Mapping[str, str] = {
    "create": "将新建",
    "created": "已新建",
    "there": "已存在",
    "differs": "已存在，内容不同",
    "refused": "不能导入",
}

IMPORTER = "0"
"""By what the core knows who imports, while nothing is recorded yet."""

_COLUMN_OF = {"submitted_on": "received", "signed_on": "received", "on": "received", "outcome": "outcome"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the report. ``column``: how the spreadsheet names it, "" for the whole row. ``reason``: Chinese, with a full stop.

    ``record``: number of the case, or key of the remedy, that the row is; "" where there is none.
    """

    register: str
    sheet: str
    row: int
    number: str
    verdict: Verdict
    column: str = ""
    reason: str = ""
    record: str = ""

    def as_object(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Planned:
    """A row with what will become of it: one line, or one for each reason against it."""

    row: LedgerRow
    lines: tuple[Line, ...]

    @property
    def verdict(self) -> Verdict:
        """What will become of it."""
        return self.lines[0].verdict


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do. Nothing can be imported while there are ``problems``: a sheet that is not understood."""

    planned: tuple[Planned, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def to_create(self) -> tuple[Planned, ...]:
        """The rows that will become records."""
        return tuple(one for one in self.planned if one.verdict == "create")

    @property
    def lines(self) -> list[Line]:
        """The report, in the order of the workbook."""
        return [line for one in self.planned for line in one.lines]


def plan_import(organ: Organ, data: bytes, mapping: LedgerMapping, channel: str, today: date) -> Plan:
    """What importing a workbook into an organ will do. ``channel``: of applications for which the file names none.

    Raises UnreadableLedgerError for bytes that are no workbook.
    """
    found = rows_of(data, mapping)
    law, known = law_of(organ), Known.of(organ, found.rows)
    planned = tuple(_planned(row, known, law, channel, today) for row in found.rows)
    return Plan(planned, found.questions, found.problems, found.notes)


@dataclass(frozen=True, slots=True)
class Known:
    """What the organ has already: by identity of a row imported before, and by number."""

    imported: Mapping[tuple[str, str], Case | Remedy]
    numbered: Mapping[tuple[str, str], Case | Remedy]

    @classmethod
    def of(cls, organ: Organ, rows: Iterable[LedgerRow]) -> Known:
        """Looked up for these rows, few at a time."""
        imported: dict[tuple[str, str], Case | Remedy] = {}
        numbered: dict[tuple[str, str], Case | Remedy] = {}
        for register, chunk in _chunks(rows):
            identities = [row.identity for row in chunk]
            before = ImportedRow.objects.filter(organ=organ, register=register, identity__in=identities)
            for one in before.select_related("case", "remedy"):
                imported[register, one.identity] = one.case or one.remedy
            kept: type[Case] | type[Remedy] = Case if register == "applications" else Remedy
            for record in kept.objects.filter(organ=organ, number__in=[row.number for row in chunk if row.number]):
                numbered[register, record.number] = record
        return cls(imported, numbered)

    def record(self, row: LedgerRow) -> Case | Remedy | None:
        """What the row is already, None for a new one. A number that another year used is no sign."""
        if found := self.imported.get((row.register, row.identity)):
            return found
        found = self.numbered.get((row.register, row.number)) if row.number else None
        begun = row.day("received") or row.day("begun")
        there = found and (found.received_on if isinstance(found, Case) else found.begun_on)
        return found if there and begun and there.year == begun.year else None


def _chunks(rows: Iterable[LedgerRow]) -> Iterator[tuple[str, list[LedgerRow]]]:
    by_register: dict[str, list[LedgerRow]] = {}
    for row in rows:
        by_register.setdefault(row.register, []).append(row)
    for register, own in by_register.items():
        for first in range(0, len(own), 500):
            yield register, own[first : first + 500]


def _planned(row: LedgerRow, known: Known, law: Law, channel: str, today: date) -> Planned:
    if row.problems:
        return Planned(row, tuple(_line(row, "refused", one.column or "", f"{one.reason}。") for one in row.problems))
    if (record := known.record(row)) is not None:
        name = record.number if isinstance(record, Case) else str(record.pk)
        differing = tuple(differences(row, record))
        if not differing:
            return Planned(row, (_line(row, "there", record=name),))
        return Planned(row, tuple(_line(row, "differs", head, reason, name) for head, reason in differing))
    check = _case_refusals(row, law, channel, today) if row.register == "applications" else _remedy_refusals(row, today)
    if wrong := tuple(_line(row, "refused", column, reason) for column, reason in check):
        return Planned(row, wrong)
    return Planned(row, (_line(row, "create"),))


def _line(row: LedgerRow, verdict: Verdict, column: str = "", reason: str = "", record: str = "") -> Line:
    return Line(row.register, row.sheet, row.row, row.number, verdict, column, reason, record)


# ── what a row becomes ────────────────────────────────────────────────────────────────────────────────────────


def registration(row: LedgerRow, channel: str) -> dict[str, Any]:
    """The registration of an application. Its day of receipt is the ledger's, whatever the channel."""
    received, by = row.certain_day("received").isoformat(), row.text("channel") or channel
    days = {"signed_on": received} if by == "post" else {"submitted_on": received}
    if by not in ("in_person", "post"):
        days["confirmed_on"] = received
    described = {"description": row.text("subject")} if row.text("subject") else {}
    kind = {"applicant_kind": row.text("applicant_kind")}
    return {"matter": "application", "channel": by, **kind, **days, **described, "imported": True}


def decision(row: LedgerRow) -> dict[str, Any] | None:
    """The decision of an application, None while it is open."""
    if not row.day("finished"):
        return None
    remark = {"remark": row.text("remark")} if row.text("remark") else {}
    return {"outcome": row.text("outcome"), **remark}


def remedy_of(row: LedgerRow, organ: Organ | None) -> Remedy:
    """The remedy of a row, not saved."""
    result = row.text("result")
    remedy = Remedy(
        kind=row.text("kind"),
        number=row.number,
        earlier=row.text("application")[:60],
        begun_on=row.day("begun"),
        closed_on=row.day("closed"),
        result="" if result == "pending" else result,
        joint=row.text("joint") == "yes",
        remark=row.text("remark")[:200],
    )
    if organ is not None:
        remedy.organ = organ
    return remedy


def _case_refusals(row: LedgerRow, law: Law, channel: str, today: date) -> Iterator[tuple[str, str]]:
    """What the core has against the events that the row would become."""
    if late := tuple(_future(row, today, "received", "finished")):
        yield from late
        return
    received = row.certain_day("received")
    first = Event("registered", received, registration(row, channel), IMPORTER, 1)
    personal = frozenset({"applicant_name"}) if row.text("applicant") else frozenset[str]()
    wrong = refusals(None, first, law.calendar, law.rules, today, personal)
    if wrong or (decided := decision(row)) is None:
        yield from _told(row, wrong, "received")
        return
    second = Event("imported_decision", row.certain_day("finished"), decided, IMPORTER, 2)
    yield from _told(row, refusals(state_of([first]), second, law.calendar, law.rules, today), "finished")


def _future(row: LedgerRow, today: date, *keys: str) -> Iterator[tuple[str, str]]:
    for key in keys:
        if (day := row.day(key)) and day > today:
            yield ledger_sheet(row.register).column(key).head, f"日期不能晚于今天（{_shown(today, {})}）。"


def _told(row: LedgerRow, wrong: Iterable[Refusal], day: str) -> Iterator[tuple[str, str]]:
    sheet = ledger_sheet(row.register)
    for one in wrong:
        key = day if one.field == "on" else _COLUMN_OF.get(one.field, one.field)
        yield next((column.head for column in sheet.columns if column.key == key), ""), one.message


def _remedy_refusals(row: LedgerRow, today: date) -> Iterator[tuple[str, str]]:
    heads = {"begun_on": "收案日期", "closed_on": "审结日期", "result": "审理结果", "number": "案号"}
    yield from _future(row, today, "begun", "closed")
    remedy = remedy_of(row, None)
    try:
        remedy.full_clean(exclude=["organ", "case", "follows"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            yield heads.get(field, ""), " ".join(messages)


# ── what differs ──────────────────────────────────────────────────────────────────────────────────────────────


def differences(row: LedgerRow, record: Case | Remedy) -> Iterator[tuple[str, str]]:
    """Head of the column and a sentence for each value that the ledger has otherwise than the record."""
    for key, there, name in _compared(row, record):
        given = row.values.get(key, "")
        if key in ("result",) and given == "pending":
            given = ""
        if given != (there or ""):
            head = ledger_sheet(row.register).column(key).head
            yield (
                head,
                f"台账中是“{_shown(given, name)}”，系统中是“{_shown(there, name)}”；没有改动，请在系统中核对、更正。",
            )


def _compared(row: LedgerRow, record: Case | Remedy) -> Iterator[tuple[str, Any, Mapping[str, str]]]:
    if isinstance(record, Case):
        yield "received", record.received_on, {}
        yield "applicant_kind", record.applicant_kind, _labels(applicant_kinds().terms)
        yield "finished", record.decided_on, {}
        yield "outcome", record.outcome, _labels(outcomes().terms)
        if row.text("subject"):
            yield "subject", record.description, {}
    else:
        yield "kind", record.kind, _labels(remedy_kinds().terms)
        yield "begun", record.begun_on, {}
        yield "closed", record.closed_on, {}
        yield "result", record.result, _labels(remedy_results().terms)


def _labels(terms: Iterable[Any]) -> Mapping[str, str]:
    return {term.code: term.listed for term in terms}


def _shown(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, date):
        return chinese_date(value)
    text = labels.get(value, value) or "空"
    return text if len(text) <= 40 else f"{text[:40]}……"
