"""What a district has set for the annual reports of its organs, as the core asks for it, and what is due when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Calendar
from gongkai.law.filing import (
    Due,
    FilingDates,
    FilingRules,
    FilingState,
    Press,
    due_of,
    filing_dates,
    first_due,
    last_working,
    next_steps,
    press_of,
    until,
)

from ..calendars import calendar
from ..organs.models import Organ
from ..organs.queries import ancestors
from .models import DistrictRules, Filing, FilingEntry

OF_GOVERNMENTS = "government."
"""Before the key of a step in `DistrictRules.days`: the day for the reports of governments; without it, of all other organs."""


@dataclass(frozen=True, slots=True)
class District:
    """A territory as its supervising office has set it. ``government``: None for the topmost government's own report."""

    government: Organ | None
    rules: DistrictRules
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits: a step that comes next, by when (None: no day is set for it), and how much that presses."""

    step: str
    due: Due | None
    press: Press


def district_of(organ: Organ) -> Organ | None:
    """The government whose supervising office an organ files with: the nearest above it, None for the topmost."""
    return next((one for one in ancestors(organ) if one.kind == Organ.Kind.GOVERNMENT), None)


def district_rules(government: Organ | None) -> DistrictRules:
    """What the government has set; the defaults where it has set nothing."""
    found = DistrictRules.objects.filter(organ=government).first() if government else None
    return found or DistrictRules(organ=government)


def district_at(government: Organ) -> District:
    """A government's territory."""
    return District(government, district_rules(government), calendar(government))


def district_for(organ: Organ) -> District:
    """The territory in which an organ files. The topmost government's own days are those that it has set itself."""
    government = district_of(organ)
    setting = government or organ
    return District(government, district_rules(setting), calendar(setting))


def dates_in(district: District, organ: Organ, year: int) -> FilingDates:
    """The days for an organ's report of a year."""
    government = organ.kind == Organ.Kind.GOVERNMENT
    return filing_dates(
        year,
        government=government,
        township=organ.kind == Organ.Kind.TOWNSHIP,
        days=local_days(district.rules, government=government),
        basis=district.rules.basis,
    )


def local_days(rules: DistrictRules, *, government: bool) -> dict[str, str]:
    """The days that are set for the reports of governments, or of all other organs, by step."""
    days = {key: text for key, text in rules.days.items() if key.startswith(OF_GOVERNMENTS) is government}
    return {key.removeprefix(OF_GOVERNMENTS): text for key, text in days.items()}


def dates_of(filing: Filing) -> FilingDates:
    """The days for a filing."""
    return dates_in(district_for(filing.organ), filing.organ, filing.year)


def rules_for(filing: Filing) -> FilingRules:
    """The rules by which a filing goes its way."""
    return rules_in(district_for(filing.organ), filing.organ, filing.year, outside=filing.outside)


def rules_in(district: District, organ: Organ, year: int, *, outside: bool) -> FilingRules:
    """The same for an organ of a district."""
    return FilingRules(
        acceptance=district.rules.acceptance,
        supervised=district.government is not None,
        outside=outside,
        unwaited=last_working(dates_in(district, organ, year).statutory, district.calendar),
    )


def pending_of(
    filing: Filing, state: FilingState, entries: Iterable[FilingEntry], on: date, district: District
) -> list[Pending]:
    """What waits in a filing with these entries, in the order of the way."""
    organ, year = filing.organ, filing.year
    steps = next_steps(state, rules_in(district, organ, year, outside=filing.outside), on)
    if state.stage == "returned" and (day := returned_until(entries)):
        dues = {step: until(step, date.fromisoformat(day), district.calendar, on) for step in steps}
    elif state.correcting:  # the days are those of the first edition
        dues = {}
    else:
        dates = dates_in(district, organ, year)
        dues = {
            step: due_of(step, dates, district.calendar, on)
            for step in steps
            if step != "accepted" or not state.published
        }
    return [Pending(step, dues.get(step), press(dues.get(step), on, district)) for step in steps]


def returned_until(entries: Iterable[FilingEntry]) -> str:
    """The day that the office above set when it returned a report last, as ISO; "" for none."""
    back = [one for one in entries if one.kind == "returned"]
    return str(back[-1].data.get("until", "")) if back else ""


def nearest(pending: list[Pending]) -> Pending | None:
    """What is due first; where nothing has a day, what comes first."""
    first = first_due([one.due for one in pending if one.due])
    return next((one for one in pending if one.due is first), None)


def press(due: Due | None, on: date, district: District) -> Press:
    """How much a day presses in a district."""
    return press_of(due, on, district.calendar, district.rules.remind_before) if due else ""
