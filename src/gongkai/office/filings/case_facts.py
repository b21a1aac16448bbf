"""Facts of the year that the cases give (依申请公开的办理情况、信息处理费): for some organs at once, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.db.models import Q

from gongkai.law.calendar import Calendar
from gongkai.law.case.event import Event
from gongkai.law.case.state import effective
from gongkai.law.time_limits import Rules
from gongkai.report.report import Number, whole

from ..calendars import calendar, rules
from ..cases.models import CaseEvent
from ..figures.applications import counted
from ..figures.periods import Period
from ..organs.models import Organ

_DATED = ("answered_on_the_spot", "correction_requested", "delay_set", "extension_notified", "fee_notified", "reopened")
"""Kinds of events of which only the day matters."""

_TELLING = ("consulted", "extension_approved", "fee_paid")
"""Kinds of events of which something that they say matters, too."""

_BEGINNING_ANEW = ("fee_paid", "reopened")
_PLACES = Decimal("0.1")
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class _Told:
    """What the events of a case tell. ``last``: day of the last event by kind; ``within``: kinds that happened in the period."""

    organ: int
    last: dict[str, date] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)
    extension: int = 0
    asked: bool = False
    paid: Decimal = Decimal(0)

    def add(self, kind: str, on: date, period: Period, data: Mapping[str, object]) -> None:
        self.last[kind] = max(on, self.last.get(kind, on))
        inside = period.first <= on <= period.last
        if inside:
            self.within.add(kind)
        match kind:
            case "extension_approved":
                self.extension = int(str(data.get("days") or 0))
            case "consulted" if inside and data.get("whom") == "third_party":
                self.asked = True
            case "fee_paid" if inside:
                self.paid += _money(data.get("amount"))


def case_facts(organs: Sequence[Organ], period: Period) -> dict[int, dict[str, Number]]:
    """Facts by key (source ``cases`` of `gongkai.narrative`) for each organ (by primary key).

    Answered in time or late: of the applications decided in the period, by the day of the answer (国办公开办函〔2016〕235号) and
    the day it was due. Extensions, consultations, requests to correct and fees count by the day of the event. What was
    entered as opening balance has no events and tells nothing here.
    """
    told = _events(organs, period)
    clocks = _clocks(organs)
    found: dict[int, Counter[str]] = {organ.pk: Counter() for organ in organs}
    days: dict[int, list[int]] = defaultdict(list)
    answered = counted(organs, period).filter(
        decided_on__gte=period.first, decided_on__lte=period.last, answered_on__isnull=False, due__isnull=False
    )
    for case, organ, received, on, due in answered.order_by().values_list(
        "pk", "handled_by", "received_on", "answered_on", "due"
    ):
        found[organ]["overdue" if on > due else "on_time"] += 1
        days[organ].append(_days_taken(told.get(case), received, on, due, *clocks[organ]))
    paid: dict[int, Decimal] = defaultdict(Decimal)
    for one in told.values():
        own = found[one.organ]
        own["on_spot"] += "answered_on_the_spot" in one.within
        own["extended"] += "extension_notified" in one.within
        own["corrected"] += "correction_requested" in one.within
        own["fee_notices"] += "fee_notified" in one.within
        own["consulted"] += one.asked
        paid[one.organ] += one.paid
    keys = ("on_time", "overdue", "on_spot", "extended", "consulted", "corrected", "fee_notices")
    return {
        organ: {key: own[key] for key in keys} | {"processing_fee": whole(paid[organ])} | _average(days[organ])
        for organ, own in found.items()
    }


def _events(organs: Sequence[Organ], period: Period) -> dict[int, _Told]:
    """What the events tell of each case that has a part in the period, as set right since; by primary key of the case."""
    rows = CaseEvent.objects.filter(
        Q(case__decided_on__isnull=True) | Q(case__decided_on__gte=period.first),
        case__handled_by__in=list(organs),
        case__counted=True,
        case__received_on__lte=period.last,
    ).order_by()
    found: dict[int, _Told] = {}
    corrected = set()
    plain = []
    for case, organ, kind, on in rows.filter(kind__in=(*_DATED, "record_corrected")).values_list(
        "case", "case__handled_by", "kind", "on"
    ):
        if kind == "record_corrected":
            corrected.add(case)
        else:
            plain.append((case, organ, kind, on))
    for case, organ, kind, on in plain:
        if case not in corrected:
            found.setdefault(case, _Told(organ)).add(kind, on, period, {})
    telling = Q(kind__in=_TELLING)
    if corrected:
        telling |= Q(case__in=corrected, kind__in=(*_DATED, "record_corrected"))
    again: dict[tuple[int, int], list[Event]] = defaultdict(list)
    for case, organ, number, kind, on, data in (
        rows.filter(telling).order_by("number").values_list("case", "case__handled_by", "number", "kind", "on", "data")
    ):
        if case in corrected:
            again[case, organ].append(Event(kind, on, data, number=number))
        else:
            found.setdefault(case, _Told(organ)).add(kind, on, period, data)
    for (case, organ), events in again.items():
        one = found.setdefault(case, _Told(organ))
        for event in effective(events):
            one.add(event.kind, event.on, period, event.data)
    return found


def _clocks(organs: Iterable[Organ]) -> dict[int, tuple[Calendar, Rules]]:
    """By what each organ counts; organs of one region share a calendar, which is read once."""
    by_region: dict[str, Calendar] = {}
    found = {}
    for organ in organs:
        if organ.calendar_region not in by_region:
            by_region[organ.calendar_region] = calendar(organ)
        found[organ.pk] = (by_region[organ.calendar_region], rules(organ))
    return found


def _days_taken(told: _Told | None, received: date, on: date, due: date, days: Calendar, limits: Rules) -> int:
    """Working days that an answer took of its period: the period's length without what was left on the day of the answer.

    So whatever the clock leaves out (补正、征求意见) is left out here. Where the period is not the ordinary one, the days
    since it began anew.
    """
    last = told.last if told else {}
    anew = max((last[kind] for kind in _BEGINNING_ANEW if kind in last), default=None)
    if anew or "delay_set" in last:
        return days.working_days((anew or received) + _ONE_DAY, on)
    length = limits["reply"].length + (told.extension if told and "extension_notified" in last else 0)
    if on <= due:
        return max(0, length - days.working_days(on + _ONE_DAY, due))
    return length + days.working_days(due + _ONE_DAY, on)


def _average(days: Sequence[int]) -> dict[str, Number]:
    """The mean to one decimal, half up; none where nothing was answered."""
    if not days:
        return {}
    mean = Decimal(sum(days)) / len(days)
    return {"average_days": whole(mean.quantize(_PLACES, "ROUND_HALF_UP"))}


def _money(value: object) -> Decimal:
    try:
        return Decimal(str(value or 0))
    except InvalidOperation:
        return Decimal(0)
