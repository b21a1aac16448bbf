"""The inbox (收件箱): a person's open cases of an organ, by what awaits whom, the fewest working days left first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, Q, QuerySet, Value, When

from gongkai.law.calendar import Calendar
from gongkai.law.case.lists import label_of
from gongkai.law.case.steps import steps

from ..access.needs import CASE_READERS, DIVISION_ROLES
from ..organs.models import Organ, Person
from ..organs.queries import holdings
from ..vault.secrets import masked, reveal
from .models import Case, EventSecret
from .presenting import NEAR, Chip, left, status_words
from .projections import applicant_index_of, working_days_left

_ANSWERED = Q(answered_on__isnull=False)
"""The answer is given: in time or not, nothing runs any more; only the proof of delivery is awaited."""

STAGES = ("reviewed", "legally_reviewed", "confidentiality_reviewed", "approved")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose inbox, of which organ, on which day. ``roles``: the person's in the organ, for the whole of it or a division;
    ``divisions``: to whose cases the person is confined, None where they see all.
    """

    organ: Organ
    day: date
    calendar: Calendar
    roles: frozenset[str]
    divisions: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab. ``order``: how its cases are ordered, in words; ``counted``: whether its number is shown."""

    key: str
    label: str
    order: str = "剩余工作日少的在前"
    counted: bool = True


TABS = (
    Tab("open", "在办", "待确认的在前，其余按剩余工作日从少到多"),
    Tab("unconfirmed", "待确认", "先提交的在前"),
    Tab("unassigned", "待分办"),
    Tab("consulting", "停止计算、征求意见中"),
    Tab("waiting", "待补正、说明、缴费"),
    Tab("mine", "待我审核、批准"),
    Tab("issue", "待制发"),
    Tab("deliver", "待送达"),
    Tab("near", f"{NEAR}个工作日内到期"),
    Tab("overdue", "逾期"),
    Tab("closed", "已办结", "后办结的在前", counted=False),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the inbox lists it. ``due``: as on the case's page; while an opinion is awaited, as if it came in today."""

    case: Case
    applicant: str
    kind: str
    due: date | None
    left: Chip
    status: str
    divisions: tuple[str, ...]


def place_of(person: Person, organ: Organ, calendar: Calendar, day: date) -> Place:
    """The person's place in the organ: all of it, or the divisions they hold a role for."""
    held = [one for one in holdings(person, day).filter(organ=organ) if one.role in CASE_READERS]
    whole = any(one.division is None and one.role not in DIVISION_ROLES for one in held)
    divisions = None if whole else tuple(sorted({one.division.key for one in held if one.division}))
    return Place(organ, day, calendar, frozenset(one.role for one in held), divisions)


def cases_of(where: Place) -> QuerySet[Case]:
    """The cases that the organ handles and the person may see."""
    found = Case.objects.filter(handled_by=where.organ).select_related("organ")
    if where.divisions is not None:
        found = found.filter(
            pk__in=Case.assigned.through.objects.filter(division__key__in=where.divisions).values("case")
        )
    return found


def in_tab(where: Place, tab: str, search: str = "", applicant: str = "") -> QuerySet[Case]:
    """The cases of a tab in its order; those of any tab that a search finds, or of one applicant."""
    asked = Q(applicant_index=applicant) if applicant else _sought(search) if search else _conditions(where)[tab]
    found = cases_of(where).filter(asked)
    if tab == "closed" or search or applicant:
        return found.order_by("-pk")
    return found.order_by(_FIRST, _urgency(where), "pk")


def counts(where: Place) -> dict[str, int]:
    """How many cases each tab holds, in one query over the open cases."""
    conditions = {tab.key: _conditions(where)[tab.key] for tab in TABS if tab.counted}
    return dict(
        cases_of(where)
        .exclude(status="closed")
        .aggregate(**{key: Count("pk", filter=one) for key, one in conditions.items()})
    )


def rows(where: Place, cases: Sequence[Case]) -> list[Row]:
    """The rows of a page of cases."""
    names = applicants(cases)
    return [_row(where, case, names.get(case.pk, "")) for case in cases]


def applicants(cases: Sequence[Case]) -> dict[int, str]:
    """The applicants' names, masked, by case."""
    held = EventSecret.objects.filter(event__case__in=[one.pk for one in cases], secret__field="applicant_name")
    found = held.select_related("secret").order_by("pk").values_list("event__case", "secret")
    secrets = {one.secret_id: one.secret for one in held.select_related("secret")}
    return {case: masked("applicant_name", reveal(secrets[key]) or "") for case, key in found}


def days_left(where: Place, case: Case) -> tuple[int | None, bool]:
    """Working days left and whether the clock stands still, by the projected columns."""
    if case.days_left is not None and (case.stopped_until is None or where.day <= case.stopped_until):
        return case.days_left, True
    return (None if case.due is None else working_days_left(where.calendar, case.due, where.day)), False


def _row(where: Place, case: Case, applicant: str) -> Row:
    answered = case.answered_on is not None
    days, stopped = days_left(where, case)
    divisions = tuple(one.name for one in case.assigned.all())
    return Row(
        case=case,
        applicant=applicant,
        kind=label_of("applicant_kinds", case.applicant_kind) if case.applicant_kind else "",
        due=_day(where, days) if stopped and days is not None else case.due,
        left=left(days, status=case.status, stopped=stopped, answered=answered),
        status=status_words(case.status, case.review_stage, assigned=bool(divisions)),
        divisions=divisions,
    )


def _conditions(where: Place) -> dict[str, Q]:
    unassigned = ~Q(pk__in=Case.assigned.through.objects.values("case"))
    running = running_on(where.day)
    soon = where.calendar.after(where.day, NEAR)
    mine = [stage for stage in STAGES if not where.roles.isdisjoint(steps()[stage].roles)]
    return {
        "open": ~Q(status="closed"),
        "unconfirmed": Q(status="unconfirmed"),
        "unassigned": Q(status="open") & unassigned,
        "consulting": Q(days_left__isnull=False)
        & (Q(stopped_until=None) | Q(stopped_until__gte=where.day))
        & ~Q(status="closed"),
        "waiting": Q(status__in=["awaiting_correction", "awaiting_reasons", "awaiting_fee"]),
        "mine": Q(status="in_review", review_stage__in=mine),
        "issue": Q(status="to_issue"),
        "deliver": Q(status="to_deliver"),
        "near": running & Q(due__gte=where.day, due__lte=soon),
        "overdue": running & Q(due__lt=where.day),
        "closed": Q(status="closed"),
    }


def running_on(day: date) -> Q:
    """The condition that a day for the answer is running: no answer yet, and the clock does not stand still."""
    return Q(due__isnull=False) & (Q(stopped_until=None) | Q(stopped_until__lt=day)) & ~Q(status="closed") & ~_ANSWERED


def applicant_sought(where: Place, search: str) -> str:
    """The index of the applicant that is looked for by the number of a document; "" where something else is looked for."""
    if not _DOCUMENT.fullmatch(search) or cases_of(where).filter(number__startswith=search).exists():
        return ""
    return applicant_index_of({"id_number": search})


_DOCUMENT = re.compile(r"(?=(?:[A-Za-z]*[0-9]){6})[0-9A-Za-z]{6,20}")


def _sought(search: str) -> Q:
    return Q(number__startswith=search) | Q(description__icontains=search)


_FIRST = Choose(When(status="unconfirmed", then=Value(0)), When(_ANSWERED, then=Value(2)), default=Value(1))


def _urgency(where: Place) -> object:
    """The day by which an answer is due if the clock went on today: orders running and standing cases alike."""
    held = Case.objects.filter(handled_by=where.organ, days_left__isnull=False).exclude(status="closed").order_by()
    standing = Q(days_left__isnull=False) & (Q(stopped_until=None) | Q(stopped_until__gte=where.day))
    days = sorted(set(held.values_list("days_left", flat=True).distinct()))
    branches = [
        When(standing & Q(days_left=one), then=Value(_day(where, one), output_field=DateField())) for one in days
    ]
    return Choose(*branches, default=F("due"), output_field=DateField()).asc(nulls_last=True)


def _day(where: Place, days: int) -> date:
    return where.calendar.after(where.day, days) if days > 0 else where.day
