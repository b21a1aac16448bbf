"""The days by which a report has to be filed and published (第四十九条), the district's own earlier ones, and reminders.

The statutory days are days of the calendar that no day off moves: 2026-01-31 is a Saturday, 2027-01-31 a Sunday. So what is
due on a day off is reminded of by the last working day before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from ..calendar import Calendar, chinese_date
from ..terms import LawError
from .statutory import filing_terms, month_and_day
from .steps import filing_steps


@dataclass(frozen=True, slots=True)
class FilingDates:
    """``statutory``: the last day of submitting and publishing; ``local``: the district's earlier days by step; ``basis``: what
    these rest on.
    """

    statutory: date
    article: str
    local: Mapping[str, date] = field(default_factory=dict)
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which a step has to be taken, and why: a Chinese sentence, as of the day asked. ``article``: the law, or the
    district's own document.

    ``working``: the last working day on which it can be done in time.
    """

    step: str
    day: date
    why: str
    article: str
    working: date


Press = Literal["", "soon", "last", "late"]
"""How much a day presses: far away, within the days of reminding, the last working day has come, over."""


def filing_dates(
    year: int, *, government: bool, township: bool = False, days: Mapping[str, str] | None = None, basis: str = ""
) -> FilingDates:
    """The days for the report of ``year``: a department's, a township's, or a government's own.

    ``days``: earlier local ones by step, as ``MM-DD`` of the year after.
    """
    due = filing_terms().last_days["government" if government else "township" if township else "department"]
    local = {step: date(year + 1, *month_and_day(text)) for step, text in (days or {}).items()}
    return FilingDates(date(year + 1, *due.last), due.article, local, basis)


def day_faults(days: Mapping[str, str], *, government: bool) -> dict[str, str]:
    """What is wrong with local days (``MM-DD`` by step), by step: Chinese sentences; empty where nothing is."""
    faults: dict[str, str] = {}
    last = filing_terms().last_days["government" if government else "department"].last
    before: tuple[tuple[int, int], str] | None = None
    for step in filing_terms().local_steps:
        if not (text := days.get(step, "")):
            continue
        try:
            given = month_and_day(text)
            date(2001, *given)  # a year without 29 February, which most years lack
        except (LawError, ValueError):
            faults[step] = "请写成月和日，例如“01-20”。"
            continue
        if given > last:
            faults[step] = f"不能晚于法定日期{last[0]}月{last[1]}日。"
        elif before and given < before[0]:
            faults[step] = f"不能早于前面一步“{before[1]}”的日期。"
        before = given, filing_steps()[step].label
    return faults


def due_of(step: str, dates: FilingDates, calendar: Calendar, on: date) -> Due:
    """By when a step has to be taken: its own local day, or the earliest day of a step that comes after it.

    A step without a day of its own (接收, 审核通过) is due with the step that waits for it. ``on``: the day on which it is told.
    """
    terms = filing_terms()
    rest = terms.local_steps[terms.local_steps.index(terms.stands_for.get(step, step)) :]
    held = [(dates.local[one], one) for one in rest if one in dates.local]
    first = min(held, key=lambda one: one[0], default=None)
    if first is None or first[0] >= dates.statutory:
        day, article = dates.statutory, dates.article
        whose, what = "法定日期", "报送并向社会公布"
    else:
        day, article = first[0], dates.basis or "本地规定"
        whose, what = "本地规定", filing_steps()[first[1]].label
    working = last_working(day, calendar)
    why = f"{whose}：{chinese_date(day)}前{what}{_past(day, on)}。"
    if working < day and on <= day:
        advice = f"请在{chinese_date(working)}前办好" if on <= working else "最后一个工作日已过，请尽快办好"
        why += f"这一天是{calendar.why(day)}，日期不顺延，{advice}。"
    return Due(step, day, why, article, working)


def until(step: str, day: date, calendar: Calendar, on: date) -> Due:
    """The day by which the supervising office wants a returned report back (第四十七条). ``on``: as for `due_of`."""
    why = f"主管部门要求在{chinese_date(day)}前改正{_past(day, on)}。"
    return Due(step, day, why, filing_terms().returned, last_working(day, calendar))


def _past(day: date, on: date) -> str:
    return "，已经过期，请尽快办理" if on > day else ""


def first_due(dues: Sequence[Due]) -> Due | None:
    """The one that comes first."""
    return min(dues, key=lambda one: one.day, default=None)


def press_of(due: Due, on: date, calendar: Calendar, remind_before: int) -> Press:
    """How much a day presses on ``on``. ``remind_before``: working days before the last working day from which it is reminded of."""
    if on > due.day:
        return "late"
    if on >= due.working:
        return "last"
    return "soon" if calendar.working_days(on + timedelta(1), due.working) <= remind_before else ""


def last_working(day: date, calendar: Calendar) -> date:
    """The day itself where offices work on it, else the last working day before it."""
    while not calendar.is_working(day):
        day -= timedelta(1)
    return day
