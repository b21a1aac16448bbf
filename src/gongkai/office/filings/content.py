"""The content of a version as a value, and its one spelling as text, over which its digest is taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongkai.narrative import Tie
from gongkai.report.form import CellKey
from gongkai.report.report import Number, Report, whole
from gongkai.report.writing import dumps, read_json, to_json


@dataclass(frozen=True, slots=True)
class Override:
    """A figure that a person set (人工更正). ``was``: what the records gave then; ``by``: name; ``at``: ISO moment."""

    value: Number | None
    was: Number | None
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Excuse:
    """A written reason for a finding that is left as it is (说明). ``finding``: see `gongkai.office.filings.gate.fingerprint`."""

    finding: str
    message: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Content:
    """``report``: what will be published, overrides applied. ``computed``: what the records gave for each cell, empty for a
    report that came as a file. ``facts``: the facts (`gongkai.narrative.Facts.items`) the text was composed from,
    ``channels``: the sums of the channels (`Facts.channels`) beside them.
    ``source``: where a report that came as a file comes from, "" for one made here.
    """

    report: Report
    computed: Mapping[CellKey, Number | None] = field(default_factory=dict)
    overrides: Mapping[CellKey, Override] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    facts: Mapping[str, Number | str] = field(default_factory=dict)
    excuses: tuple[Excuse, ...] = ()
    source: str = ""
    channels: Mapping[str, Number] = field(default_factory=dict)


def to_text(content: Content) -> str:
    """The content's one spelling."""
    return dumps(
        {
            "report": to_json(content.report),
            "computed": dict(sorted(content.computed.items())),
            "overrides": {key: _plain(one) for key, one in sorted(content.overrides.items())},
            "ties": [{**_plain(one), "sources": list(one.sources)} for one in content.ties],
            "facts": dict(sorted(content.facts.items())),
            "channels": dict(sorted(content.channels.items())),
            "excuses": [_plain(one) for one in content.excuses],
            "source": content.source,
        }
    )


def from_text(text: str) -> Content:
    """The content that `to_text` spelled; what is not in the text, but the report, is empty."""
    raw = json.loads(text, parse_float=_number)
    return Content(
        report=read_json(dumps(raw["report"])),
        computed=raw.get("computed", {}),
        overrides={key: Override(**one) for key, one in raw.get("overrides", {}).items()},
        ties=tuple(Tie(**{**one, "sources": tuple(one["sources"])}) for one in raw.get("ties", ())),
        facts=raw.get("facts", {}),
        excuses=tuple(Excuse(**one) for one in raw.get("excuses", ())),
        source=raw.get("source", ""),
        channels=raw.get("channels", {}),
    )


def digest_of(text: str) -> str:
    """SHA-256 of a content's text, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__slots__}


def _number(text: str) -> Number:
    return whole(Decimal(text))
