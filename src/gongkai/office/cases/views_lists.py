"""Lists across the cases of an organ: opinions that are awaited (第三十二条、第三十四条), refusals to be looked at again (第十八条),
information that many asked for (第四十四条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.law.calendar import Calendar
from gongkai.law.case.event import Event
from gongkai.law.case.facts import Consultation
from gongkai.law.case.grounds import decisions
from gongkai.law.case.lists import label_of
from gongkai.law.case.side_limits import SideLimit, side_limits
from gongkai.law.case.state import state_of
from gongkai.law.case.steps import steps
from gongkai.law.time_limits import Rules

from ..calendars import calendar, rules
from ..clock import today
from ..organs.models import Organ
from .desk import within
from .events import as_event, with_rows
from .inbox import Place, cases_of, place_of
from .models import Case

AHEAD = timedelta(days=31)
"""How long before it is due a refusal is listed."""

SHOWN = 100


@dataclass(frozen=True, slots=True)
class RefusalDue:
    """A refusal whose periodic review comes up. ``since``: when it was decided, or looked at last."""

    case: Case
    outcome: str
    since: date
    due: date
    late: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """Information that several applicants asked for. ``number``: of the cases; ``cases``: the first of them."""

    description: str
    applicants: int
    number: int
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class Awaited:
    """An opinion that is awaited. ``limit``: until when, and what its lack means; ``reminded``: how often it was asked for since,
    ``last``: when last."""

    case: Case
    consultation: Consultation
    whom: str
    limit: SideLimit
    late: bool
    reminded: int
    last: date | None


def consultations(request: HttpRequest, organ: str) -> HttpResponse:
    """The opinions that the organ awaits, the nearest day first."""
    found: Organ = request.subject.organ
    day = today()
    days, limits = calendar(found), rules(found)
    where = place_of(request.user, found, days, day)
    context = {
        "organ": found,
        "awaited": awaited_opinions(where, limits),
        "may_remind": within(steps()["consultation_reminded"], where.roles),
        "title": "等待答复的征求意见",
        "help": "逾期没有提出意见的后果，第三方和共同制作的机关不同：前者不等于同意，后者视为同意公开。",
        "trail": [("收件箱", reverse("cases_organ_inbox", args=[organ]))],
    }
    return render(request, "cases/consultations.html", context)


def awaited_opinions(where: Place, limits: Rules) -> list[Awaited]:
    """The opinions without which cases are not decided yet."""
    asking = cases_of(where).filter(decided_on=None, events__kind="consulted").exclude(status="closed").distinct()
    found = []
    for case, rows in with_rows(asking):
        state = state_of(map(as_event, rows))
        ends = {limit.event: limit for limit in side_limits(state, where.calendar, limits, where.day)}
        for one in state.consultations:
            if one.answered_on is None and (limit := ends.get(one.number)):
                whom = label_of("consulted_parties", one.whom)
                reminders = [each.on for each in state.effective if _reminds(each, one)]
                last = max(reminders, default=None)
                found.append(Awaited(case, one, whom, limit, limit.due < where.day, len(reminders), last))
    return sorted(found, key=lambda one: (one.limit.due, one.case.pk, one.consultation.number))


def _reminds(event: Event, one: Consultation) -> bool:
    return event.kind == "consultation_reminded" and event.data["consultation"] == one.number


def reviews(request: HttpRequest, organ: str) -> HttpResponse:
    """The lists of an organ."""
    found: Organ = request.subject.organ
    day = today()
    days, limits = calendar(found), rules(found)
    where = place_of(request.user, found, days, day)
    context = {
        "organ": found,
        "refusals": refusals_due(where, days, limits),
        "may_review": within(steps()["refusal_reviewed"], where.roles),
        "limit": limits["refusal_review"],
        "suggestions": suggestions(where),
        "asked": asked_by_many(where),
        "title": "定期评估、主动公开建议",
        "trail": [("收件箱", reverse("cases_organ_inbox", args=[organ]))],
    }
    return render(request, "cases/reviews.html", context)


def refusals_due(where: Place, days: Calendar, limits: Rules) -> list[RefusalDue]:
    """Refusals (also in part) that are to be reviewed by now or within a month, the oldest first."""
    codes = [
        code
        for code, one in decisions().items()
        if one.refuses and (code.startswith("withheld") or code == "partly_disclosed")
    ]
    reviewed = Max("events__on", filter=Q(events__kind="refusal_reviewed"))
    refused = cases_of(where).filter(outcome__in=codes, decided_on__isnull=False)
    since = refused.annotate(since=Coalesce(reviewed, F("decided_on"))).order_by("since")
    found = []
    for case in since.filter(since__lte=where.day)[: 20 * SHOWN].iterator():
        due = limits["refusal_review"].ends(case.since, days)
        if due > where.day + AHEAD:
            break
        found.append(RefusalDue(case, label_of("outcomes", case.outcome), case.since, due, due < where.day))
        if len(found) == SHOWN:
            break
    return found


def suggestions(where: Place) -> list[Case]:
    """Cases in which disclosure was suggested and not decided since."""
    suggested = Max("events__number", filter=Q(events__kind="disclosure_suggested"))
    decided = Coalesce(Max("events__number", filter=Q(events__kind="disclosure_decided")), 0)
    return list(
        cases_of(where).annotate(suggested=suggested, decided=decided).filter(suggested__gt=F("decided"))[:SHOWN]
    )


def asked_by_many(where: Place) -> list[Asked]:
    """Equal descriptions by more than one applicant, the most asked for first."""
    groups = (
        cases_of(where)
        .exclude(content_index="")
        .order_by()
        .values("content_index")
        .annotate(applicants=Count("applicant_index", distinct=True), number=Count("pk"), first=Min("pk"))
        .filter(applicants__gte=2)
        .order_by("-applicants", "first")[:20]
    )
    found = []
    for group in groups:
        cases = list(cases_of(where).filter(content_index=group["content_index"]).order_by("pk")[:10])
        found.append(Asked(cases[0].description, group["applicants"], group["number"], cases))
    return found
