"""Facts of the year that the cases give (依申请公开的办理情况、信息处理费): for some organs at once, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from operator import attrgetter

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from gongkai.law.calendar import Calendar
from gongkai.law.case.event import Event
from gongkai.law.case.state import effective
from gongkai.law.time_limits import Rules
from gongkai.report.report import Number, whole

from ..calendars import calendars, rules
from ..cases.models import CaseEvent
from ..figures.applications import counted
from ..figures.periods import Period
from ..organs.models import Organ

_DATED = ("answered_on_the_spot", "correction_requested", "delay_set", "extension_notified", "fee_notified", "reopened")
"""Kinds of events of which only the day matters."""

_TELLING = ("consulted", "extension_approved", "fee_paid")
"""Kinds of events of which something that they say matters, too."""

_CORRECTION = "record_corrected"
_AT_ONCE = 20_000
"""Events whose data are asked for at once: fewer than parameters of a query."""

_BEGINNING_ANEW = ("fee_paid", "reopened")
_PLACES = Decimal("0.1")

Day = str
"""A day as YYYY-MM-DD: so it comes from the database, and is compared, without being made into a date a thousand times."""


@dataclass(slots=True)
class _Told:
    """What the events of a case tell. ``last``: day of the last event by kind; ``within``: kinds that happened in the period."""

    organ: int
    last: dict[str, Day] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)
    extension: int = 0
    asked: bool = False
    paid: Decimal = Decimal(0)

    def add(self, kind: str, on: Day, inside: bool, data: Mapping[str, object]) -> None:
        """One more event; ``inside``: within the period."""
        self.last[kind] = max(on, self.last.get(kind, on))
        if inside:
            self.within.add(kind)
        match kind:
            case "extension_approved":
                self.extension = int(str(data.get("days") or 0))
            case "consulted" if inside and data.get("whom") == "third_party":
                self.asked = True
            case "fee_paid" if inside:
                self.paid += _money(data.get("amount"))


class _Clock:
    """By what an organ counts; each day is looked up in the calendar once."""

    _ORIGIN = date(2008, 5, 1)
    """The Regulations came into force: nothing is older."""

    def __init__(self, days: Calendar) -> None:
        self._days = days
        self._through: dict[Day, int] = {}

    def between(self, after: Day, last: Day) -> int:
        """Working days after the one day up to the other, negative where the other comes first."""
        return self._at(last) - self._at(after)

    def _at(self, day: Day) -> int:
        if day not in self._through:
            self._through[day] = self._days.working_days(self._ORIGIN, date.fromisoformat(day))
        return self._through[day]


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
    columns = {name: Cast(name, CharField()) for name in ("received_on", "answered_on", "due")}
    for case, organ, received, on, due in answered.order_by().values_list("pk", "handled_by", *columns.values()):
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
        kind__in=(*_DATED, *_TELLING, _CORRECTION),
    ).order_by()
    listed = list(rows.values_list("pk", "case", "case__handled_by", "kind", Cast("on", CharField())))
    corrected = {case for _, case, _, kind, _ in listed if kind == _CORRECTION}
    asked = [pk for pk, case, _, kind, _ in listed if kind in _TELLING or case in corrected]
    data = dict(_data(asked))
    first, last = period.first.isoformat(), period.last.isoformat()
    found: dict[int, _Told] = {}
    again: dict[int, list[Event]] = defaultdict(list)
    for pk, case, organ, kind, on in listed:
        told = found.setdefault(case, _Told(organ))
        number, said = data.get(pk, (0, {}))
        if case in corrected:
            again[case].append(Event(kind, date.fromisoformat(on), said, number=number))
        else:
            told.add(kind, on, first <= on <= last, said)
    for case, events in again.items():
        for event in effective(sorted(events, key=attrgetter("number"))):
            found[case].add(event.kind, event.on.isoformat(), period.first <= event.on <= period.last, event.data)
    return found


def _data(events: Sequence[int]) -> Iterable[tuple[int, tuple[int, Mapping[str, object]]]]:
    """Number and data of some events, by their primary keys."""
    for at in range(0, len(events), _AT_ONCE):
        found = CaseEvent.objects.filter(pk__in=events[at : at + _AT_ONCE]).order_by()
        for pk, number, said in found.values_list("pk", "number", "data"):
            yield pk, (number, said)


def _clocks(organs: Sequence[Organ]) -> dict[int, tuple[_Clock, Rules]]:
    """By what each organ counts; organs with the same holidays share a calendar, which is read once."""
    of_organ = calendars(organs)
    clocks = {id(one): _Clock(one) for one in of_organ.values()}
    return {organ.pk: (clocks[id(of_organ[organ.pk])], rules(organ)) for organ in organs}


def _days_taken(told: _Told | None, received: Day, on: Day, due: Day, clock: _Clock, limits: Rules) -> int:
    """Working days that an answer took of its period: the period's length without what was left on the day of the answer.

    So whatever the clock leaves out (补正、征求意见) is left out here. Where the period is not the ordinary one, the days
    since it began anew.
    """
    length = limits["reply"].length
    if told is not None:
        anew = max((told.last[kind] for kind in _BEGINNING_ANEW if kind in told.last), default="")
        if anew or "delay_set" in told.last:
            return clock.between(anew or received, on)
        length += told.extension if "extension_notified" in told.last else 0
    return max(0, length - clock.between(on, due))


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
