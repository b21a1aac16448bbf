"""Parts of a case's state: consultations, assignments, findings, the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Party = Literal["third_party", "co_producer", "other_organ"]


@dataclass(frozen=True, slots=True)
class Consultation:
    """征求意见: of a third party, a co-producing organ or another organ. Days as recorded, None while they lack.

    ``reasonable``: whether the organ holds the objection's reasons to be reasonable (第三十二条), None where it need not say.
    ``informed_on``: when the third party was told why the information is disclosed all the same.
    """

    number: int  # of the event that began it
    whom: Party
    name: str
    sent_on: date
    received_on: date | None = None
    answered_on: date | None = None
    opinion: str = ""  # agree, object, partly; "" while there is none
    reasonable: bool | None = None
    informed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """分办: a division that was asked, until when inside the organ, and when its finding came back (None while it lacks)."""

    number: int
    division: str
    on: date
    internal_due: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """反馈的检索结果, of a division or ("") of the disclosure office itself. ``proposed``: outcome it proposes, or ""."""

    number: int
    finding: str
    on: date
    division: str = ""
    proposed: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft in its newest version (``version`` from 1; ``number``: of its event).

    ``drafters``: everybody who wrote a version: none of them reviews or approves it. ``submitted_on``, ``approved_on``:
    None while it is not; ``passed``: the stages of review it has passed since.
    """

    number: int
    version: int
    outcome: str
    grounds: tuple[str, ...]
    drafters: tuple[str, ...]
    public_interest: bool = False
    submitted_on: date | None = None
    passed: tuple[str, ...] = ()
    approved_on: date | None = None
