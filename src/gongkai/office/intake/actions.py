"""What people do with a received file: say whose it is, compare figures, set it aside, take it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.law.calendar import chinese_date
from gongkai.report.form import CellKey, form_for_year
from gongkai.report.report import Number

from ..clock import now
from ..filings.content import Content, Override
from ..filings.models import Filing
from ..filings.record import ConflictError, RefusedStepError, begin, save
from ..filings.record import take as take_step
from ..organs.authority import note
from ..organs.models import Organ, Person
from ..organs.queries import name_on
from .models import Batch, Received
from .readings import TakenDown, Typed, taken_down, typed_text
from .standings import standing_of

REASON = "核对原件"
"""Why a figure of a report that came as a file differs from what was read."""


class RefusedError(Exception):
    """It is not possible now; the text is a Chinese sentence."""


def place(received: Received, organ: Organ, year: int, *, by: Person) -> None:
    """Say whose report of which year a file is. Raises RefusedError."""
    with transaction.atomic():
        locked = _locked(received, Received.State.READ)
        locked.organ, locked.match, locked.year = organ, "chosen", year
        locked.save(update_fields=["organ", "match", "year"])
        note(locked.batch, "intake.place", by, locked.batch.organ, file=locked.name, of=organ.code, year=year)


def set_aside(received: Received, *, by: Person) -> None:
    """Not take a file in. Raises RefusedError for one that was taken in."""
    with transaction.atomic():
        locked = _locked(received, Received.State.READ, Received.State.UNREAD)
        locked.state = Received.State.DROPPED
        locked.save(update_fields=["state"])
        note(locked.batch, "intake.drop", by, locked.batch.organ, file=locked.name)


def bring_back(received: Received, *, by: Person) -> None:
    """Undo `set_aside`."""
    with transaction.atomic():
        locked = _locked(received, Received.State.DROPPED)
        locked.state = Received.State.READ if locked.reading else Received.State.UNREAD
        locked.save(update_fields=["state"])
        note(locked.batch, "intake.back", by, locked.batch.organ, file=locked.name)


def compare(received: Received, given: Mapping[CellKey, tuple[Number | None, str]], *, by: Person) -> TakenDown:
    """Write what a person found in the document: figure and mark of each cell compared. Raises RefusedError."""
    with transaction.atomic():
        locked = _locked(received, Received.State.READ)
        found = taken_down(locked)
        at = now().isoformat()
        typed = dict(found.typed)
        for key, (value, mark) in given.items():
            before = typed.get(key)
            if before is None or (before.value, before.mark) != (value, mark):
                typed[key] = Typed(value, mark, found.raw(key), found.report.values.get(key), str(by), at)
        after = replace(found, typed=typed)
        locked.typed, locked.doubts = typed_text(typed), len(after.open)
        locked.save(update_fields=["typed", "doubts"])
        corrected = {key: str(one.value) for key, one in typed.items() if key in given and one.corrected}
        note(
            locked.batch,
            "intake.compare",
            by,
            locked.batch.organ,
            file=locked.name,
            cells=len(given),
            corrected=corrected,
        )
    received.typed, received.doubts = locked.typed, locked.doubts
    return after


def content_of(received: Received) -> Content:
    """What a filing made from the file holds: the report with what was typed, nothing computed, the text as read."""
    found = taken_down(received)
    report = found.corrected
    assert received.organ is not None and received.year is not None
    form = report.form or form_for_year(received.year)
    report = replace(
        report,
        organ=report.organ
        if received.match in ("name", "former")
        else name_on(received.organ, date(received.year, 12, 31)),
        year=received.year,
        edition=report.edition or form.edition,
        sections={**{section.key: "" for section in form.sections}, **report.sections},
    )
    day = received.batch.received_on
    overrides = {
        key: Override(one.value, one.read, REASON, one.by, one.at) for key, one in found.typed.items() if one.corrected
    }
    return Content(report, overrides=overrides, source=f"{received.name}，{chinese_date(day)}收到")


def take_in(received: Received, *, by: Person, roles: Collection[str], today: date) -> Filing:
    """Make a file the filing of its organ and year, or the next version of one that was returned. Raises RefusedError.

    An organ's own earlier report becomes a draft of its own, which nobody has to hand in anywhere.
    """
    with transaction.atomic():
        locked = _locked(received, Received.State.READ)
        standing = standing_of(locked)
        if not standing.ready:
            raise RefusedError("".join(standing.reasons) or "这份文件现在不能接收。")
        try:
            filing = _filed(locked, standing.existing, by=by, roles=roles, today=today)
        except (RefusedStepError, ConflictError) as error:
            raise RefusedError(str(error)) from error
        except IntegrityError as error:
            raise RefusedError("这一机关的报告刚刚由别人接收，请刷新后再看。") from error
        locked.state, locked.filing, locked.version = Received.State.TAKEN, filing, filing.newest
        locked.taken_by, locked.taken_at, locked.drawn = by, now(), ""
        locked.save(update_fields=["state", "filing", "version", "taken_by", "taken_at", "drawn"])
        locked.pages.all().delete()  # they can be drawn again
        note(
            locked.batch,
            "intake.take",
            by,
            locked.batch.organ,
            file=locked.name,
            of=filing.organ.code,
            version=filing.newest,
        )
    received.refresh_from_db()
    return filing


def _filed(received: Received, existing: Filing | None, *, by: Person, roles: Collection[str], today: date) -> Filing:
    content = content_of(received)
    assert received.organ is not None and received.year is not None
    if received.batch.own:
        why = f"由原有的报告“{received.name}”导入"
        return begin(received.organ, received.year, content, by=by, today=today, why=why)
    why = f"接收文件“{received.name}”"
    if existing is None:
        existing = begin(received.organ, received.year, content, by=by, today=today, why=why, outside=True)
        number = existing.newest
    else:
        number = save(existing, content, based_on=existing.newest, by=by, today=today, why=why)
    take_step(existing, "received", version=number, by=by, roles=roles, today=today)
    return existing


def close(batch: Batch, *, by: Person | None) -> None:
    """End a batch: what was not taken in goes, with its files."""
    with transaction.atomic():
        Batch.objects.select_for_update().get(pk=batch.pk)
        left = batch.received.exclude(state=Received.State.TAKEN)
        number = left.count()
        left.delete()
        note(batch, "intake.close", by, batch.organ, erased=number)
        if batch.received.exists():
            Batch.objects.filter(pk=batch.pk).update(state=Batch.State.CLOSED, moved_at=now())
        else:
            batch.delete()


def _locked(received: Received, *states: object) -> Received:
    rows = Received.objects.select_for_update(of=("self",)).select_related("batch__organ", "organ", "file")
    locked = rows.filter(pk=received.pk).first()
    if locked is None or locked.state not in states:
        raise RefusedError("这份文件已经由别人办理过，请刷新后再看。")
    return locked
