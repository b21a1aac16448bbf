"""The chain of a filing's entries: as with cases, each digest covers the one before, a keyed seal covers length and end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from ..vault.keys import sealed
from .models import Filing, FilingEntry


def digest_of(filing: Filing, entry: FilingEntry) -> str:
    """SHA-256 of an entry, as hexadecimal digits."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    actor = str(entry.actor_id or "")
    own = [entry.number, entry.kind, entry.version, entry.on.isoformat(), at, actor, entry.data, entry.previous]
    return hashlib.sha256(_canonical([filing.organ.code, filing.year, filing.outside, *own])).hexdigest()


def seal_of(filing: Filing) -> str:
    """What a filing is sealed with whose chain of ``entries_count`` ends with ``head``."""
    covered = [filing.organ.code, filing.year, filing.outside, filing.entries_count, filing.head]
    return sealed(_canonical(covered), "filing")


def registration_digest(number: int, organ: str, year: int, entry: int, digest: str, previous: str) -> str:
    """What a line of the registry is sealed with; see `Registration`."""
    return sealed(_canonical([number, organ, year, entry, digest, previous]), "filing registration")


def registry_seal(count: int, head: str) -> str:
    """What the registry is sealed with whose ``count`` lines end with ``head``."""
    return sealed(_canonical([count, head]), "filing registry")


def is_whole(filing: Filing, entries: Sequence[FilingEntry]) -> bool:
    """Whether these are the filing's entries as they were recorded, all of them and in order."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        if entry.number != number or entry.previous != previous or entry.digest != digest_of(filing, entry):
            return False
        previous = entry.digest
    return (len(entries), previous, seal_of(filing)) == (filing.entries_count, filing.head, filing.seal)


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def moment(at: datetime) -> str:
    """A moment as a content keeps it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
