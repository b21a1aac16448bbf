"""Recording (登记、记录): the one way in which a case comes into being or goes on.

Screens, the public form, the demonstration and imports all call `register` and `record`. Each checks with the core whether
the step is lawful, appends the event to the chain, and writes the projections, in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.law.case.event import Event
from gongkai.law.case.lawful import Refusal, refusals
from gongkai.law.case.state import CaseState, advanced, state_of

from ..calendars import Law, law_of
from ..clock import now
from ..organs.models import Organ, Person
from ..vault.models import Secret, StoredFile
from ..vault.secrets import prepared
from . import query_codes
from .chain import case_seal, digest_of
from .events import as_event, key_of, reference_to, secrets_of
from .handling import handler
from .models import Case, CaseEvent, EventFile, EventSecret
from .numbers import keep_case_number, next_case_number
from .projections import columns
from .references import unknown_references


class RefusedStepError(Exception):
    """The step is not lawful. ``refusals``: why, field by field, in Chinese."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(" ".join(refusal.message for refusal in refusals))
        self.refusals = tuple(refusals)


class BrokenRecordError(Exception):
    """The case's record is not what was recorded: nothing may be appended before `gongkai verify` has told what is wrong."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A new case, and the code by which its applicant may look it up: shown once, kept only as a digest."""

    case: Case
    query_code: str


def register(
    organ: Organ,
    *,
    on: date,
    data: Mapping[str, Any],
    personal: Mapping[str, str],
    files: Mapping[str, Sequence[StoredFile]],
    actor: Person | None,
    today: date,
    number: str = "",
    law: Law | None = None,
) -> Registered:
    """Register an application: gives it the organ's next number of the year. ``actor`` is None for one sent online.

    ``personal``: values of the step's personal fields in the clear; they go to the vault. ``number``: the one it had in a
    ledger, kept where it can be. ``law``: the organ's, where the caller has it at hand. Raises RefusedStepError.
    """
    secrets = _prepared(personal)
    event = _event("registered", on, data, secrets, files, actor, number=1)
    with transaction.atomic():
        law = law or law_of(organ)
        _check(organ, organ, law, None, event, today)
        code = query_codes.new_code()
        given = number if keep_case_number(organ, number) else next_case_number(organ, on.year)
        case = Case.objects.create(organ=organ, handled_by=organ, number=given, query_code=query_codes.digest_of(code))
        _append(case, law, None, event, secrets, files, actor)
    return Registered(case, code)


def record(
    case: Case,
    kind: str,
    *,
    on: date,
    data: Mapping[str, Any],
    personal: Mapping[str, str],
    files: Mapping[str, Sequence[StoredFile]],
    actor: Person | None,
    today: date,
    law: Law | None = None,
) -> CaseEvent:
    """Append an event to a case, and bring ``case`` up to date with it.

    The caller has checked that ``actor`` holds a role that may take the step. ``law``: that of the organ that handles the case,
    where the caller has it at hand. Raises RefusedStepError, or BrokenRecordError where the record was tampered with.
    """
    secrets = _prepared(personal)
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("organ", "handled_by").get(pk=case.pk)
        state = _recorded(locked)
        event = _event(kind, on, data, secrets, files, actor, number=locked.events_count + 1)
        law = law or law_of(locked.handled_by)
        _check(locked.handled_by, locked.organ, law, state, event, today)
        row = _append(locked, law, state, event, secrets, files, actor)
    for field in Case._meta.concrete_fields:
        setattr(case, field.attname, getattr(locked, field.attname))
    return row


def new_query_code(case: Case) -> str:
    """Another code for an applicant who lost theirs; the earlier one no longer opens the case. The caller logs it."""
    code = query_codes.new_code()
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("organ", "handled_by").get(pk=case.pk)
        _recorded(locked)
        locked.query_code = query_codes.digest_of(code)
        _seal(locked)
        locked.save(update_fields=["query_code", "seal"])
    case.query_code, case.seal = locked.query_code, locked.seal
    return code


def _prepared(personal: Mapping[str, str]) -> tuple[Secret, ...]:
    return tuple(prepared(field, value) for field, value in personal.items() if value)


def _event(
    kind: str,
    on: date,
    data: Mapping[str, Any],
    secrets: Sequence[Secret],
    files: Mapping[str, Sequence[StoredFile]],
    actor: Person | None,
    *,
    number: int,
) -> Event:
    """The event as it would be recorded: of personal values and files their digests."""
    held = dict(data)
    if secrets:
        held["personal"] = {one.field: one.digest for one in secrets}
    held |= {field: [reference_to(one) for one in stored] for field, stored in files.items() if stored}
    return Event(kind, on, held, key_of(actor), number)


def _check(organ: Organ, register: Organ, law: Law, state: CaseState | None, event: Event, today: date) -> None:
    found = refusals(state, event, law.calendar, law.rules, today) or unknown_references(organ, register, state, event)
    if found:
        raise RefusedStepError(found)


def _recorded(case: Case) -> CaseState:
    """The state after the recorded events, of whose chain length and end are what was sealed."""
    rows = list(case.events.order_by("number"))
    head = rows[-1].digest if rows else ""
    seal = case_seal(case.organ.code, case.number, len(rows), head, case.query_code)
    if not rows or (len(rows), head, seal) != (case.events_count, case.head, case.seal):
        raise BrokenRecordError(
            f"案件 {case.number} 的记录与封存的记录不一致，不能继续办理；请由审计管理员用 gongkai verify 核验。"
        )
    return state_of(map(as_event, rows))


def _append(
    case: Case,
    law: Law,
    state: CaseState | None,
    event: Event,
    secrets: Sequence[Secret],
    files: Mapping[str, Sequence[StoredFile]],
    actor: Person | None,
) -> CaseEvent:
    """Write the event, what it speaks of, and what follows from it for the case."""
    row = CaseEvent(
        case=case,
        number=event.number,
        kind=event.kind,
        on=event.on,
        data=dict(event.data),
        actor=actor,
        at=now(),
        previous=case.head,
    )
    row.digest = digest_of(
        organ=case.organ.code,
        case=case.number,
        number=row.number,
        kind=row.kind,
        on=row.on,
        data=row.data,
        actor=event.actor,
        at=row.at,
        previous=row.previous,
    )
    row.save(force_insert=True)
    Secret.objects.bulk_create(secrets)
    EventSecret.objects.bulk_create(EventSecret(event=row, secret=one) for one in secrets)
    EventFile.objects.bulk_create(
        EventFile(event=row, file=one, field=field) for field, stored in files.items() for one in stored
    )
    case.events_count, case.head = event.number, row.digest
    _seal(case)
    divisions = state.divisions if state else ()
    _project(case, law, advanced(state, event), divisions)
    return row


def _seal(case: Case) -> None:
    case.seal = case_seal(case.organ.code, case.number, case.events_count, case.head, case.query_code)


def _project(case: Case, law: Law, state: CaseState, divisions: tuple[str, ...]) -> None:
    """``divisions``: to which it was assigned before."""
    organ = handler(case, state)
    moved = organ != case.handled_by
    if moved:
        law = law_of(organ)
    for column, value in columns(state, organ, law.calendar, law.rules, secrets_of(case)).items():
        setattr(case, column, value)
    case.save()
    if moved or state.divisions != divisions:
        assign(case, state)


def assign(case: Case, state: CaseState) -> None:
    """Write which divisions the case is assigned to."""
    if set(case.assigned.values_list("organ", "key")) != {(case.handled_by_id, key) for key in state.divisions}:
        case.assigned.set(case.handled_by.divisions.filter(key__in=state.divisions))
