"""Why an event can't be recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules


@dataclass(frozen=True, slots=True)
class Refusal:
    """``field``: key of the field at fault, "on" for the event's day, "" for the step itself. ``message``: a whole Chinese
    sentence. ``article``: what it rests on, "" where it is a matter of keeping good records."""

    field: str
    message: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """What a step is measured by: the calendar, the organ's time limits, and today."""

    calendar: Calendar
    rules: Rules
    today: date
