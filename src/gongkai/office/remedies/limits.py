"""By when the organ must answer in a reconsideration or a lawsuit (行政复议法、行政诉讼法): asked of the core."""

from __future__ import annotations

from gongkai.law.remedy_limits import RemedyLimit, answer_to_lawsuit, answer_to_reconsideration

from .. import calendars
from .models import Remedy


def answer_limit(remedy: Remedy) -> RemedyLimit:
    """The day on which the organ's answer is due, with its article and how it was counted."""
    calendar, rules = calendars.calendar(remedy.organ), calendars.rules(remedy.organ)
    if remedy.kind == "reconsideration":
        return answer_to_reconsideration(remedy.begun_on, calendar, rules, summary=remedy.summary)
    return answer_to_lawsuit(remedy.begun_on, calendar, rules)
