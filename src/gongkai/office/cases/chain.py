"""The chain (记录链): each event's digest covers the one before, and a keyed seal covers length and end.

Whoever changes, removes, adds or moves an event would have to make every later digest anew, and has no key for the seal.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from ..vault.keys import sealed


def digest_of(
    *,
    organ: str,
    case: str,
    number: int,
    kind: str,
    on: date,
    data: Mapping[str, Any],
    actor: str,
    at: datetime,
    previous: str,
) -> str:
    """SHA-256 of an event, as hexadecimal digits. ``organ``: its code; ``case``: its number; ``actor``: as in `Event.actor`."""
    covered = [organ, case, number, kind, on.isoformat(), data, actor, _moment(at), previous]
    return hashlib.sha256(_canonical(covered)).hexdigest()


def case_seal(organ: str, case: str, count: int, head: str, query_code: str) -> str:
    """What a case is sealed with whose chain of ``count`` events ends with ``head``. ``query_code``: digest of the applicant's code."""
    return sealed(_canonical([organ, case, count, head, query_code]), "case")


def register_seal(organ: str, year: int, last: int) -> str:
    """What a register whose last number is ``last`` is sealed with."""
    return sealed(_canonical([organ, year, last]), "register")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _canonical(value: object) -> bytes:
    """One spelling for equal values, whatever order a database keeps the keys in."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
