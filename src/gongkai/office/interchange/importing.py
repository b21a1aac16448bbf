"""Carrying out an import: rows become cases and remedies through the same functions as the screens use.

A small import is one transaction. A large one is written a chunk at a time, so that others can go on working meanwhile; since
a row that is there already is never written again, one that was interrupted is simply started once more.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db import connections, transaction

from gongkai.ledger import Problem, Question, UnreadableLedgerError, dump_mapping, load_mapping

from ..calendars import Law, law_of
from ..cases.handling import case_called
from ..cases.models import Case
from ..cases.record import RefusedStepError, record, register
from ..clock import now, today
from ..organs.authority import note
from ..organs.models import Organ, Person
from ..vault.keys import cipher
from .answers import mapping_of
from .models import ImportedRow, ImportRun, LedgerAnswers
from .planning import Known, Line, Plan, Planned, decision, plan_import, registration, remedy_of
from .rows import rows_of

AT_ONCE = 300
"""Rows that are written while a person waits for the answer; more are written in the background."""

READ_AT_ONCE = 100_000
"""Bytes of a file (some 1,000 rows) that is read while a person waits; a larger one is read in the background."""

CHUNK = 100
"""Rows written in one transaction of a large import: a second or two in which nobody else can write to SQLite."""

SILENT = timedelta(minutes=2)
"""After so long without a chunk an import was interrupted: the server was stopped."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Understood:
    """What of a file is understood: what its office has to be asked, what stands in the way, what is to be known."""

    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def begin(organ: Organ, name: str, data: bytes, channel: str, by: Person, *, waits: bool = True) -> ImportRun:
    """Keep a file for import, and plan it; writes no case. ``waits``: at once, however large the file is.

    Raises UnreadableLedgerError for bytes that are no workbook; of a file read in the background the run tells it.
    """
    run = ImportRun(
        organ=organ,
        name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        content=cipher().encrypt(data),
        channel=channel,
        state=ImportRun.State.READING,
        started_by=by,
        started_at=now(),
    )
    at_once = waits or len(data) <= READ_AT_ONCE
    if at_once:
        _keep_plan(run, plan_import(organ, data, mapping_of(organ), channel, today()))
    run.save()
    note(run, "interchange.upload", by, organ, file=run.name, sha256=run.sha256)
    if not at_once:
        _read_in_background(run)
    return run


def plan_of(run: ImportRun) -> Plan:
    """The plan of a file that is still there, made anew."""
    return plan_import(run.organ, content_of(run), mapping_of(run.organ), run.channel, today())


def reading_of(run: ImportRun) -> Understood:
    """What of the file is understood, without asking what would become of it."""
    return _understood(run.pk, run.sha256, dump_mapping(mapping_of(run.organ)))


@lru_cache(maxsize=16)
def _understood(pk: int, sha256: str, mapping: str) -> Understood:
    """Kept, since a large file takes seconds to read and each look at the page asks for it."""
    found = rows_of(content_of(ImportRun.objects.get(pk=pk)), load_mapping(mapping))
    return Understood(found.questions, found.problems, found.notes)


def replan(run: ImportRun) -> None:
    """Make the plan anew, after an answer or when reading it was interrupted: at once where the file is small."""
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.READING)
    run.state = ImportRun.State.READING
    if len(content_of(run)) <= READ_AT_ONCE:
        _keep_plan(run, plan_of(run))
        run.save(update_fields=["report", "to_write", "state"])
    else:
        _read_in_background(run)


def _read_in_background(run: ImportRun) -> None:
    run.moved_at = now()
    run.save(update_fields=["moved_at"])
    threading.Thread(target=_reading, args=(run.pk,), daemon=True).start()


def _reading(pk: int) -> None:
    """Plan an import whose file is large. One that ends without an answer shows as interrupted after a while."""
    try:
        read(ImportRun.objects.select_related("organ").get(pk=pk))
    except Exception:
        _log.exception("reading the file of import %s was interrupted", pk)
    finally:
        connections.close_all()


def read(run: ImportRun) -> None:
    """Read and plan a file that is kept; one that is no workbook is given up, and the run says why."""
    try:
        plan = plan_of(run)
    except UnreadableLedgerError as error:
        run.trouble = str(error)
        run.save(update_fields=["trouble"])
        drop(run)
        return
    _keep_plan(run, plan)
    still = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.READING)  # unless it was given up meanwhile
    if still.update(report=run.report, to_write=run.to_write, state=run.state):
        reading_of(run)  # so that the first look at the page finds it kept


def content_of(run: ImportRun) -> bytes:
    """The file. Raises ValueError where it was removed."""
    if run.content is None:
        raise ValueError("the file of a finished import is not kept")
    return cipher().decrypt(bytes(run.content))


def drop(run: ImportRun) -> None:
    """Give an import up, and remove its file."""
    run.state, run.content, run.finished_at = ImportRun.State.DROPPED, None, now()
    run.save(update_fields=["state", "content", "finished_at"])


def drop_abandoned(before: datetime) -> int:
    """Give up the imports that were sent before a moment and not carried out to the end; returns how many."""
    waiting = ImportRun.objects.filter(content__isnull=False, started_at__lt=before).exclude(
        state=ImportRun.State.RUNNING
    )
    found = list(waiting.defer("content", "report"))
    for run in found:
        drop(run)
    return len(found)


def interrupted(run: ImportRun) -> bool:
    """Whether an import that should be read or running has not moved for so long that nothing does it any more."""
    return run.state in (ImportRun.State.READING, ImportRun.State.RUNNING) and (
        run.moved_at is None or now() - run.moved_at > SILENT
    )


def start(run: ImportRun) -> None:
    """Carry an import out: at once where it is small, else in the background."""
    claimed = ImportRun.objects.filter(pk=run.pk).exclude(state__in=("reading", "done", "dropped"))
    if not interrupted(run):
        claimed = claimed.exclude(state="running")  # pressed twice
    if not claimed.update(state="running", moved_at=now()):
        return
    run.refresh_from_db()
    if run.to_write <= AT_ONCE and len(content_of(run)) <= READ_AT_ONCE:
        carry_out(run)
    else:
        threading.Thread(target=_in_background, args=(run.pk,), daemon=True).start()


def _in_background(pk: int) -> None:
    try:
        carry_out(ImportRun.objects.select_related("organ", "started_by").get(pk=pk), chunk=CHUNK)
    except Exception:
        _log.exception("import %s was interrupted", pk)
        ImportRun.objects.filter(pk=pk).update(state=ImportRun.State.STOPPED)
    finally:
        connections.close_all()


def carry_out(run: ImportRun, *, chunk: int = 0, told: Callable[[int], None] = lambda written: None) -> Plan:
    """Write the rows that are not there yet. ``chunk``: rows of one transaction, 0 for one transaction for all.

    ``told`` gets the number of rows written after each transaction.
    """
    plan = plan_of(run)
    rows, day = plan.to_create, today()
    step = chunk or max(1, len(rows))
    lines: dict[tuple[str, int], Line] = {}
    run.to_write = run.written + len(rows)
    for first in range(0, len(rows), step):
        part = rows[first : first + step]
        with transaction.atomic():
            lines |= {(one.sheet, one.row): one for one in _written(run, part, day)}
        run.written = min(run.to_write, run.written + len(part))
        run.moved_at = now()
        run.save(update_fields=["written", "to_write", "moved_at"])
        told(run.written)
    report = [lines.get((line.sheet, line.row), line) for line in plan.lines]
    with transaction.atomic():
        run.report = _with_earlier(run, report)
        run.state, run.finished_at, run.content = ImportRun.State.DONE, now(), None
        run.save()
        created = sum(one["verdict"] == "created" for one in run.report)
        note(run, "interchange.import", run.started_by, run.organ, file=run.name, sha256=run.sha256, created=created)
    return plan


def _with_earlier(run: ImportRun, report: list[Line]) -> list[dict[str, object]]:
    """What this same import had created before it was interrupted, it created."""
    own = {row.number for row in run.rows.all()} if run.written else set()
    return [
        (
            replace(one, verdict="created") if one.verdict == "there" and one.number in own and one.number else one
        ).as_object()
        for one in report
    ]


def _keep_plan(run: ImportRun, plan: Plan) -> None:
    run.state = ImportRun.State.PLANNED
    run.report = [line.as_object() for line in plan.lines]
    run.to_write = len(plan.to_create)


def _written(run: ImportRun, rows: Sequence[Planned], day: date) -> Iterator[Line]:
    """Write some rows, in the order of days, so that cases without a number of their own are numbered in it."""
    LedgerAnswers.objects.get_or_create(organ=run.organ)
    LedgerAnswers.objects.select_for_update().get(organ=run.organ)  # one import at a time in an organ
    known = Known.of(run.organ, [one.row for one in rows])
    law = law_of(run.organ)
    ordered = sorted(rows, key=lambda one: (one.row.register, one.row.day("received") or one.row.day("begun")))
    for one in ordered:
        line = one.lines[0]
        if known.record(one.row) is not None:
            yield replace(line, verdict="there")
            continue
        try:
            with transaction.atomic():
                if one.row.register == "applications":
                    yield _case(run, one, law, day)
                else:
                    yield _remedy(run, one)
        except RefusedStepError as error:
            yield replace(line, verdict="refused", reason=str(error))


def _case(run: ImportRun, one: Planned, law: Law, day: date) -> Line:
    row = one.row
    applicant = row.text("applicant")
    case = register(
        run.organ,
        on=row.certain_day("received"),
        data=registration(row, run.channel),
        personal={"applicant_name": applicant} if applicant else {},
        files={},
        actor=run.started_by,
        today=day,
        number=row.number,
        law=law,
    ).case
    if (decided := decision(row)) is not None:
        record(
            case,
            "imported_decision",
            on=row.certain_day("finished"),
            data=decided,
            personal={},
            files={},
            actor=run.started_by,
            today=day,
            law=law,
        )
    _remember(run, one, case=case)
    moved = (
        f"原编号“{row.number}”已被占用或者不能用作编号，登记为“{case.number}”。"
        if row.number not in ("", case.number)
        else ""
    )
    return replace(one.lines[0], verdict="created", record=case.number, reason=moved)


def _remedy(run: ImportRun, one: Planned) -> Line:
    remedy = remedy_of(one.row, run.organ)
    if remedy.earlier:
        remedy.case = _case_numbered(run.organ, remedy.earlier)
        remedy.earlier = "" if remedy.case else remedy.earlier
    remedy.full_clean()
    remedy.save()
    _remember(run, one, remedy=remedy)
    return replace(one.lines[0], verdict="created", record=str(remedy.pk))


def _case_numbered(organ: Organ, number: str) -> Case | None:
    """The case that a ledger names: by its number here, or the one it had there."""
    if found := case_called(organ, number):
        return found
    rows = list(ImportedRow.objects.filter(organ=organ, register="applications", number=number)[:2])
    return rows[0].case if len(rows) == 1 else None


def _remember(run: ImportRun, one: Planned, **record: object) -> None:
    row = one.row
    ImportedRow.objects.create(
        organ=run.organ, register=row.register, identity=row.identity, number=row.number[:120], run=run, **record
    )
