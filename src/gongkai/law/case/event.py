"""One event of a case (案件事件): what happened, on which day it counts, who recorded it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Event:
    """A dated fact of a case.

    ``kind``: key of a step of ``steps.toml``. ``on``: the day on which it counts in law, not the day it was typed in.
    ``data``: its fields by the keys of that step, as JSON holds them: text, whole numbers, true and false, dates as
    ``YYYY-MM-DD``, lists of those. A personal value (field marked ``personal``) is not here: only its salted digest is.
    ``actor``: key of the person who recorded it; "" for the applicant online and for the system. ``number``: its place
    in the case, from 1; 0 while it is not recorded yet.
    """

    kind: str
    on: date
    data: Mapping[str, Any] = field(default_factory=dict)
    actor: str = ""
    number: int = 0

    def day(self, key: str) -> date | None:
        """The date in a field, None where it is left out."""
        value = self.data.get(key)
        return date.fromisoformat(value) if value else None
