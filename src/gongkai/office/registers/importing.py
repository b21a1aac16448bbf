"""Importing a spreadsheet into a register: first what would become of each row, then, when that was confirmed, the rows.

A row that the register holds already changes nothing; one that differs is told and left to be corrected by hand. So the same
file imported twice changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q

from gongkai.law import decision_kinds, document_kinds
from gongkai.law.calendar import chinese_date
from gongkai.ledger import dump_mapping
from gongkai.ledger.entries import Entry
from gongkai.reading.folding import fold

from ..clock import now
from ..interchange.answers import mapping_of
from ..organs.authority import note
from ..organs.models import Division, Organ, Person
from ..vault.keys import cipher
from .decisions import Months, Use, enter_figure, in_force
from .documents import add_document, identity_of, same_document
from .models import Document, DocumentChange, RegisterImport, told_months
from .responsible import require
from .sheets import Rows, grids_of, rows_of

_PLAN_KEPT = 600
"""Seconds for which a plan is kept while nothing changes, so that leafing through its rows does not do it all again."""

Verdict = Literal["create", "created", "there", "differs", "refused"]

VERDICTS: Mapping[str, str] = {
    "create": "将登记",
    "created": "已登记",
    "there": "已有，相同",
    "differs": "已有，内容不同",
    "refused": "不能导入",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of a row. ``name``: of which document or figure; ``reason``: Chinese, with a full stop. ``kind``: of a decision."""

    sheet: str
    row: int
    name: str
    verdict: Verdict
    reason: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import will do, or did. ``asks``: kinds of decisions of which another source gives figures of the same months."""

    lines: tuple[Line, ...]
    rows: Rows
    asks: tuple[str, ...] = ()

    @property
    def ready(self) -> int:
        """How many rows can be written; 0 while something has to be answered first."""
        return 0 if self.rows.problems or self.asks else sum(one.verdict == "create" for one in self.lines)


def begin(
    organ: Organ,
    register: str,
    name: str,
    data: bytes,
    options: Mapping[str, str],
    *,
    year: int | None,
    by: Person | None,
    today: date,
) -> RegisterImport:
    """Keep a file for import; writes nothing into the register. Raises UnreadableLedgerError for bytes that are no spreadsheet."""
    require(by, organ, today)
    grids_of(name, data)
    run = RegisterImport.objects.create(
        organ=organ,
        register=register,
        year=year,
        name=name[-200:],
        sha256=hashlib.sha256(data).hexdigest(),
        content=cipher().encrypt(data),
        options=dict(options),
        started_by=by,
        started_at=now(),
    )
    note(run, "registers.import.upload", by, organ, file=run.name, sha256=run.sha256)
    return run


def plan_of(run: RegisterImport, today: date) -> Plan:
    """What carrying out the import would do now: everything is done and taken back, once while nothing changes."""
    rows = _rows(run)
    key = _key_of_plan(run, today)
    if (found := cache.get(key)) is None:
        found = _done(run, rows, None, today, keep=False)
        cache.set(key, found, _PLAN_KEPT)
    lines, asks = found
    return Plan(lines, rows, asks)


def carry_out(run: RegisterImport, *, by: Person | None, today: date) -> Plan:
    """Write the rows that are not there yet, all or none, and remove the file."""
    require(by, run.organ, today)
    with transaction.atomic():
        run = RegisterImport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=run.pk)
        if run.state != RegisterImport.State.PLANNED:
            raise ValidationError("这个文件已经导入或者放弃。")
        rows = _rows(run)
        done, asks = _done(run, rows, by, today, keep=True)
        plan = Plan(done, rows, asks)
        if plan.rows.problems or plan.asks:
            raise ValidationError("文件还有没有回答的问题，请先回答。")
        lines = [replace(one, verdict="created") if one.verdict == "create" else one for one in plan.lines]
        run.report, run.state, run.content = [asdict(one) for one in lines], RegisterImport.State.DONE, None
        run.save(update_fields=["report", "state", "content"])
        note(run, "registers.import", by, run.organ, file=run.name, sha256=run.sha256, created=plan.ready)
    return replace(plan, lines=tuple(lines))


def drop(run: RegisterImport, *, by: Person | None) -> None:
    """Give an import up, and remove its file; one that was carried out meanwhile stays what it is."""
    with transaction.atomic():
        waiting = RegisterImport.objects.select_for_update(of=("self",)).select_related("organ").defer("content")
        locked = waiting.filter(pk=run.pk, state=RegisterImport.State.PLANNED).first()
        if locked is not None:
            locked.state, locked.content = RegisterImport.State.DROPPED, None
            locked.save(update_fields=["state", "content"])
            note(locked, "registers.import.abandon", by, locked.organ, file=locked.name, sha256=locked.sha256)


def drop_abandoned(before: datetime) -> int:
    """Give up the imports that were sent before a moment and never confirmed; returns how many."""
    waiting = list(RegisterImport.objects.filter(content__isnull=False, started_at__lt=before).defer("content"))
    for run in waiting:
        drop(run, by=None)
    return len(waiting)


def told(lines: Iterable[Mapping[str, Any]]) -> str:
    """How many there are of each verdict, as a sentence."""
    found = Counter(line["verdict"] for line in lines)
    parts = "，".join(f"{label} {found[verdict]} 项" for verdict, label in VERDICTS.items() if found[verdict])
    return f"共 {found.total()} 项，{parts}。" if parts else "没有可以导入的内容。"


def _rows(run: RegisterImport) -> Rows:
    data = cipher().decrypt(bytes(run.content))
    return rows_of(run.register, grids_of(run.name, data), mapping_of(run.organ), run.options.get("kind", ""))


def _key_of_plan(run: RegisterImport, today: date) -> str:
    """All that a plan depends on: the file, what was said of it, and how the register stands."""
    if run.register == RegisterImport.Register.DOCUMENTS:
        stands = DocumentChange.objects.filter(document__organ=run.organ).aggregate(Max("pk"))
    else:
        counts = {use.name: Count("pk", filter=Q(use=use)) for use in Use}
        stands = in_force(run.organ, run.year or today.year).order_by().aggregate(Max("pk"), **counts)
    organ = Organ.objects.get(pk=run.organ_id)
    divisions = list(organ.divisions.order_by("pk").values())
    said = (sorted(run.options.items()), dump_mapping(mapping_of(organ)), organ.makes_rules, divisions)
    told = repr((run.pk, run.sha256, run.started_at, today, said, sorted(stands.items())))
    return f"registers-plan-{hashlib.sha256(told.encode()).hexdigest()}"


def _done(
    run: RegisterImport, rows: Rows, by: Person | None, today: date, *, keep: bool
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Do the import; unless ``keep`` is set, take everything back that it wrote. What became of the rows; see `Plan.asks`."""
    lines: list[Line] = []
    asks: dict[str, None] = {}
    with transaction.atomic():
        for entry in [] if rows.problems else rows.entries:
            if entry.problems:
                lines += [
                    _line(entry, "refused", f"{one.column or '这一行'}：{one.reason}。") for one in entry.problems
                ]
            elif run.register == RegisterImport.Register.DOCUMENTS:
                lines.append(_document(run, entry, by, today))
            else:
                lines += _figures(run, entry, by, today, asks)
        if not keep:
            transaction.set_rollback(True)
    return tuple(lines), tuple(asks)


def _document(run: RegisterImport, entry: Entry, by: Person | None, today: date) -> Line:
    issued = entry.date("issued")
    assert issued is not None  # required in every row
    values = {
        "kind": entry.text("kind"),
        "title": " ".join(entry.text("title").split()),
        "number": " ".join(entry.text("number").split()),
        "issued_on": issued,
        "repealed_on": entry.date("repealed"),
        "expires_on": entry.date("expires"),
        "remark": entry.text("remark")[:200],
    }
    there = same_document(run.organ, identity_of(str(values["title"]), str(values["number"]), issued))
    if there is not None:
        differing = tuple(_differences(there, values))
        reason = f"登记簿中{'；'.join(differing)}。没有改动，需要更正的请在文件页更正。" if differing else ""
        return _line(entry, "differs" if differing else "there", reason, str(there))
    try:
        with transaction.atomic():
            document = add_document(run.organ, by=by, today=today, **values)
    except ValidationError as error:
        return _line(entry, "refused", " ".join(error.messages), str(values["title"]))
    return _line(entry, "create", name=str(document))


def _differences(there: Document, values: Mapping[str, Any]) -> Iterator[str]:
    """What the register has otherwise than the row; what the row leaves open is no difference."""
    for field in ("kind", "title", "issued_on", "repealed_on", "expires_on"):
        given, kept = values[field], getattr(there, field)
        if given is None or fold(str(given)) == fold(str(kept)):
            continue
        shown = (
            document_kinds()[kept].label
            if field == "kind"
            else chinese_date(kept)
            if isinstance(kept, date)
            else kept or "空"
        )
        yield f"“{Document._meta.get_field(field).verbose_name}”是“{shown}”"


def _figures(
    run: RegisterImport, entry: Entry, by: Person | None, today: date, asks: dict[str, None]
) -> Iterator[Line]:
    """A line for each kind that the row gives a figure of."""
    year = run.year or today.year
    period = entry.values["period"]
    assert isinstance(period, tuple)
    named, covered = period
    first, last = min(covered), max(covered)
    if named is not None and named != year:
        yield _line(
            entry, "refused", f"期间是 {named} 年的，请在 {named} 年的登记簿中导入。", told_months(named, first, last)
        )
        return
    division = _division(run.organ, entry.text("division"), year)
    if entry.text("division") and division is None:
        yield _line(
            entry, "refused", f"本机关没有名为“{entry.text('division')}”的内设机构，请改成登记的名称，或者留空。"
        )
        return
    months, source = Months(first, last), run.options.get("source", "")
    for term in decision_kinds().terms:
        if (number := entry.number(term.code)) is None:
            continue
        name = f"{told_months(year, first, last)} {term.label}"
        of_months = in_force(run.organ, year).filter(
            kind=term.code, source=source, division_key=division.key if division else "", first=first, last=last
        )
        there = of_months.first()
        if there is not None:
            same = there.number == Decimal(number)
            reason = "" if same else f"登记簿中是 {there.number}，没有改动，需要更正的请在填报表中更正。"
            yield Line(entry.ref.sheet, entry.ref.row, name, "there" if same else "differs", reason, term.code)
            continue
        use = run.options.get(f"use_{term.code}", "") if _rivalled(run, year, term.code, source) else ""
        try:
            with transaction.atomic():
                enter_figure(
                    run.organ, year, kind=term.code, months=months, source=source, number=number, division=division, use=use,
                    by=by, today=today,
                )  # fmt: skip
        except ValidationError as error:
            if "use" in error.message_dict:
                asks[term.code] = None
            yield Line(entry.ref.sheet, entry.ref.row, name, "refused", " ".join(error.messages), term.code)
        else:
            yield Line(entry.ref.sheet, entry.ref.row, name, "create", kind=term.code)


def _rivalled(run: RegisterImport, year: int, kind: str, source: str) -> bool:
    """Whether other sources give figures of the kind: only then an answer is asked for."""
    others = in_force(run.organ, year).filter(kind=kind, use=Use.ONLY).exclude(source=source)
    return others.exists()


def _division(organ: Organ, name: str, year: int) -> Division | None:
    """The division of that name in the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    there = organ.divisions.filter(Division.between(first, last)) if name else organ.divisions.none()
    return next((one for one in there if fold(one.name) == fold(name)), None)


def _line(entry: Entry, verdict: Verdict, reason: str = "", name: str = "") -> Line:
    named = name or entry.text("title") or entry.text("division")
    return Line(entry.ref.sheet, entry.ref.row, named, verdict, reason)
