"""Needs (权限要求): which roles a route asks for, in which organ, and how the organ follows from the route's arguments.

A need is declared where the route is. What does not belong to the caller's organ is not found (404), so that nobody learns
whether it exists; what belongs to it but needs another role is refused (403).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from gongkai.law.roles import roles

from ..cases.models import Case
from ..organs.invariants import ADMINISTRATORS
from ..organs.models import Organ, Person
from ..organs.queries import counting_in, holdings, supervised_from


@dataclass(frozen=True, slots=True)
class Subject:
    """What a route is about: an organ, the divisions that share it, and the thing itself (a case, …)."""

    organ: Organ
    thing: Any
    divisions: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    """The caller's roles in it; filled in by the guard."""


Find = Callable[[HttpRequest, Mapping[str, Any]], Subject | None]


@dataclass(frozen=True, slots=True)
class Need:
    """``key``: stable name, used by the role walk. ``roles``: one of these must be held; ``find``: the subject of the call,
    None where the route is about no organ in particular: then the roles may be held anywhere.
    """

    key: str
    roles: frozenset[str]
    find: Find | None = None

    def __post_init__(self) -> None:
        if unknown := self.roles - roles().keys():
            raise ValueError(f"{self.key}: no such role: {sorted(unknown)}")


DIVISION_ROLES = frozenset(key for key, role in roles().items() if role.of_division)
"""Held for a division (科室): they reach the cases that are assigned to it, and no other."""

CASE_READERS = frozenset(roles()) - ADMINISTRATORS - {"supervisor"}
"""Who works on cases. handler and division_head hold their role for a division and see the cases assigned to it."""

REGISTRARS = frozenset({"clerk", "office_head"})
FIGURE_READERS = CASE_READERS - DIVISION_ROLES | {"supervisor"}
"""Who reads the figures of a whole organ, and the cases behind them."""

ANY_STAFF = frozenset(roles())


def the_case(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject:
    """The case of a route with ``organ`` (code of the one that registered it) and ``number``; it is the handling organ's."""
    cases = Case.objects.select_related("organ", "handled_by")
    case = get_object_or_404(cases, organ__code=arguments["organ"], number=arguments["number"])
    return Subject(case.handled_by, case, tuple(case.assigned.values_list("key", flat=True)))


def the_organ(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject:
    """The organ of a route with ``organ`` (code); roles held for any of its divisions count too."""
    organ = get_object_or_404(Organ, code=arguments["organ"])
    return Subject(organ, organ, tuple(organ.divisions.values_list("key", flat=True)))


def held_in(person: Person, subject: Subject, day: date) -> frozenset[str]:
    """The person's roles in what a route is about, supervision from above and administration by a government included."""
    held = list(holdings(person, day))
    found = counting_in(held, subject.organ, day, subject.divisions) - {"supervisor"}
    supervising = [one.organ for one in held if one.role == "supervisor"]
    if supervising and subject.organ in supervised_from(supervising):
        found |= {"supervisor"}
    return found


def met(request: HttpRequest, need: Need, arguments: Mapping[str, Any], day: date) -> tuple[bool, Subject | None]:
    """Whether the caller meets the need, and the subject with their roles in it. Raises Http404 for what is none of theirs."""
    person = request.user
    if need.find is None:
        return holdings(person, day).filter(role__in=need.roles).exists(), None
    subject = need.find(request, arguments)
    if subject is None:
        raise Http404
    held = held_in(person, subject, day)
    if not held:
        raise Http404
    return bool(held & need.roles), replace(subject, roles=held)


__all__ = [
    "ADMINISTRATORS",
    "ANY_STAFF",
    "CASE_READERS",
    "DIVISION_ROLES",
    "FIGURE_READERS",
    "REGISTRARS",
    "Find",
    "Need",
    "Subject",
    "held_in",
    "met",
    "the_case",
    "the_organ",
]
