"""Recording (登记、记录): the one way in which a case comes into being or goes on.

Screens, the public form, the demonstration and imports all call `register` and `record`. Each checks with the core whether
the step is lawful, appends the event to the chain, and writes the projections, in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.law.case.lawful import Refusal

from ..organs.models import Organ, Person
from ..vault.models import StoredFile
from .models import Case, CaseEvent


class RefusedStepError(Exception):
    """The step is not lawful. ``refusals``: why, field by field, in Chinese."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(" ".join(refusal.message for refusal in refusals))
        self.refusals = tuple(refusals)


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
) -> Registered:
    """Register an application: gives it the organ's next number of the year. ``actor`` is None for one sent online.

    ``personal``: values of the step's personal fields in the clear; they go to the vault. Raises RefusedStepError.
    """
    raise NotImplementedError


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
) -> CaseEvent:
    """Append an event to a case. The caller has checked that ``actor`` holds a role that may take the step. Raises RefusedStepError."""
    raise NotImplementedError
