"""Recording: the one way in which a filing comes into being, gets another version, or goes a step on.

Screens, the demonstration, imports and tests all call `begin`, `save` and `take`. Each appends to the chain and writes the
projections in one transaction; nothing else writes any of these tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.law.filing import FilingState, Refusal, filing_steps, refusal, state_of

from ..clock import now
from ..organs.models import Organ, Person
from .chain import digest_of as chain_digest
from .chain import seal_of
from .content import Content, digest_of, to_text
from .editions import rendered
from .gate import is_written_out, unexcused_errors
from .models import Filing, FilingEntry, FilingVersion, PublishedFile
from .prints import KEEPING, keep
from .recorded import Standing, content_of, content_text, events_of, standing_of
from .registry import enter, is_registered
from .rules import rules_for

PROJECTED = ("stage", "newest", "approved", "public", "submitted_on", "accepted_on", "published_on", "touched_at")
"""The columns of a filing that `project` writes."""


class RefusedStepError(Exception):
    """The step is not possible now. ``refusal`` says why, in Chinese."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class ConflictError(Exception):
    """Somebody saved another version meanwhile; ``newest`` is its number."""

    def __init__(self, newest: int) -> None:
        super().__init__(f"别人已经保存了第{newest}版，请看过以后再保存。")
        self.newest = newest


def begin(
    organ: Organ, year: int, content: Content, *, by: Person | None, today: date, why: str, outside: bool = False
) -> Filing:
    """Begin the report of an organ for a year with its first version. Raises IntegrityError where there is one already."""
    with transaction.atomic():
        filing = Filing.objects.create(organ=organ, year=year, outside=outside)
        _save(Standing(filing, (), FilingState()), content, by, today, why)
    return filing


def save(filing: Filing, content: Content, *, based_on: int, by: Person | None, today: date, why: str) -> int:
    """Save another version made from version ``based_on``; returns its number, or ``based_on`` where nothing differs.

    Raises ConflictError where that is not the newest, RefusedStepError where the report is not open for changes.
    """
    with transaction.atomic():
        standing = _locked(filing)
        if standing.filing.newest != based_on:
            raise ConflictError(standing.filing.newest)
        if not standing.state.open:
            message = f"报告现在处于“{standing.state.label}”，不能修改；需要修改的，请先撤回或者由审核人退回。"
            raise RefusedStepError(Refusal(message))
        if to_text(content) == content_text(standing.filing, based_on):
            return based_on
        number = _save(standing, content, by, today, why)
    _refresh(filing, standing.filing)
    return number


def take(
    filing: Filing,
    kind: str,
    *,
    version: int,
    by: Person | None,
    roles: Collection[str],
    today: date,
    data: Mapping[str, Any] | None = None,
) -> FilingEntry:
    """Take a step with a version. ``roles``: those that ``by`` holds in the organ; ``data``: see `FilingEvent`.

    Raises RefusedStepError, or BrokenFilingError where the record was tampered with.
    """
    data = dict(data or {})
    with transaction.atomic():
        standing = _locked(filing)
        locked = standing.filing
        found = refusal(
            kind,
            standing.state,
            newest=locked.newest,
            version=version,
            actor=str(by.pk) if by else "",
            roles=roles,
            on=today,
            rules=rules_for(locked),
            errors=unexcused_errors(locked, content_of(locked, locked.newest)) if kind == "sent" else 0,
            data=data,
        )
        if found:
            raise RefusedStepError(found)
        if kind == "published":
            if not is_written_out(content_of(locked, version).report):
                raise RefusedStepError(Refusal("正文还有【】标出的待补写的地方，不能公布。请先改正，再重新办理。"))
            data["files"] = _publish(locked, version)
        if kind in KEEPING:
            keep(locked, version, content_of(locked, version).report.sections)
        entry = _append(standing, kind, version, data, by, today)
    _refresh(filing, locked)
    return entry


def _locked(filing: Filing) -> Standing:
    return standing_of(Filing.objects.select_for_update(of=("self",)).select_related("organ").get(pk=filing.pk))


def _save(standing: Standing, content: Content, by: Person | None, today: date, why: str) -> int:
    filing, text = standing.filing, to_text(content)
    filing.newest += 1
    FilingVersion.objects.create(filing=filing, number=filing.newest, content=text)
    data = {"digest": digest_of(text), "why": why, "errors": unexcused_errors(filing, content)}
    _append(standing, "saved", filing.newest, data, by, today)
    return filing.newest


def _publish(filing: Filing, version: int) -> dict[str, str]:
    """Make the files of an edition; returns their digests by format."""
    found = {}
    for format, data in rendered(filing, content_of(filing, version)).items():
        found[format] = hashlib.sha256(data).hexdigest()
        PublishedFile.objects.create(filing=filing, version=version, format=format, data=data, sha256=found[format])
    return found


def _append(
    standing: Standing, kind: str, version: int, data: Mapping[str, Any], by: Person | None, today: date
) -> FilingEntry:
    """Append an entry and write what follows from it."""
    filing = standing.filing
    entry = FilingEntry(
        filing=filing,
        number=filing.entries_count + 1,
        kind=kind,
        version=version,
        on=today,
        at=now(),
        actor=by,
        data=dict(data),
        previous=filing.head,
    )
    entry.digest = chain_digest(filing, entry)
    entry.save(force_insert=True)
    filing.entries_count, filing.head = entry.number, entry.digest
    filing.seal = seal_of(filing)
    project(filing, (*standing.entries, entry))
    filing.save()
    if is_registered(entry):
        enter(filing, entry)
    return entry


def project(filing: Filing, entries: tuple[FilingEntry, ...]) -> None:
    """Write onto ``filing`` what its entries give: where it stands, and the days by which it is listed."""
    state = state_of(events_of(entries))
    filing.stage, filing.approved, filing.public = state.stage, state.approved, state.public
    filing.newest = max(one.version for one in entries if one.kind == "saved")
    filing.published_on = state.published[0].on if state.published else None
    filing.submitted_on = _submitted_on(entries)
    accepted = [one.on for one in entries if one.kind == "accepted"]
    filing.accepted_on = accepted[-1] if accepted and state.accepted is not None else None
    filing.touched_at = entries[-1].at


def _submitted_on(entries: tuple[FilingEntry, ...]) -> date | None:
    """The day on which the report came to the office above for the first time; what the organ took back again does not count."""
    found, last = None, ""
    for entry in entries:
        if entry.kind in ("submitted", "received"):
            found = found or entry.on
        elif entry.kind == "recalled" and last == "submitted":
            found = None
        if entry.kind == "saved" or filing_steps()[entry.kind].to:
            last = entry.kind
    return found


def _refresh(filing: Filing, locked: Filing) -> None:
    for field in Filing._meta.concrete_fields:
        setattr(filing, field.attname, getattr(locked, field.attname))
