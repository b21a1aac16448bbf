"""Which steps are lawful next (下一步), and why another is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from .event import Event
from .state import CaseState
from .steps import Step

if TYPE_CHECKING:
    from ..calendar import Calendar
    from ..time_limits import Rules


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an event can't be recorded. ``field``: key of the field at fault, "" for the step itself. ``message``: a whole Chinese sentence."""

    field: str
    message: str
    article: str = ""


def offered(state: CaseState, calendar: Calendar, rules: Rules, today: date) -> tuple[Step, ...]:
    """The steps that are lawful now, in the order of the file, whoever may take them."""
    raise NotImplementedError


def refusals(state: CaseState | None, event: Event, calendar: Calendar, rules: Rules, today: date) -> tuple[Refusal, ...]:
    """Everything that speaks against recording the event; empty where it is lawful. Covers fields (missing, unknown, of a wrong type, dates
    in the future or out of order), the step (not offered in this state) and persons (nobody approves their own draft)."""
    raise NotImplementedError
