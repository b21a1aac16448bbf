"""Routes of organs, people and the calendar, each with the roles it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ..access.guard import READ, WRITE, guarded
from ..access.needs import ANY_STAFF, Need, Subject, the_organ
from ..clock import today
from .models import Holding, Person
from .views import audit, calendar, local_holidays, lockouts, organs, own, parts, people, sign_ins, tree


def the_person(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject | None:
    """The account of a route with ``person``; it belongs to the organ where the person works."""
    person = get_object_or_404(Person.objects.select_related("organ"), pk=arguments["person"])
    if person.organ is None:
        return None
    return Subject(person.organ, person, tuple(person.organ.divisions.values_list("key", flat=True)))


def own_role(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject | None:
    """One of the caller's own roles, from ``holding``; somebody else's is not found."""
    mine = request.user.holdings.filter(substitutes=None).select_related("organ", "division")
    return _held(mine.filter(pk=arguments["holding"]).first())


def stood_in_for(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject | None:
    """A substitution for one of the caller's own roles, from ``holding``."""
    standing_in = Holding.objects.filter(substitutes__person=request.user).select_related("organ", "division", "person")
    return _held(standing_in.filter(pk=arguments["holding"]).first())


def the_top(request: HttpRequest, arguments: Mapping[str, Any]) -> Subject | None:
    """The organ at the top: what holds for all organs is set there."""
    root = calendar.the_root(request.user, today())
    return root and Subject(root, root)


def _held(holding: Holding | None) -> Subject | None:
    if holding is None:
        return None
    return Subject(holding.organ, holding, (holding.division.key,) if holding.division else ())


SYSTEM = frozenset({"system_admin"})
SECURITY = frozenset({"security_admin"})
AUDIT = frozenset({"audit_admin"})

SEE_TREE = Need("organs.see_tree", ANY_STAFF)
SEE_ORGAN = Need("organs.see_organ", ANY_STAFF, the_organ)
CHANGE_ORGAN = Need("organs.change_organ", SYSTEM, the_organ)
GRANT = Need("organs.grant", SECURITY, the_organ)
LIST_PEOPLE = Need("organs.list_people", SECURITY)
LOOK_AFTER = Need("organs.look_after_account", SECURITY, the_person)
OWN = Need("organs.own", ANY_STAFF)
OWN_ROLE = Need("organs.own_role", ANY_STAFF, own_role)
OWN_SUBSTITUTE = Need("organs.own_substitute", ANY_STAFF, stood_in_for)
LOAD_CALENDAR = Need("organs.load_calendar", SYSTEM, the_top)
READ_AUDIT = Need("organs.read_audit", AUDIT)

_AT = "organs/at/<str:organ>/"
_CALENDAR_AT = "organs/calendar/at/<str:organ>/"

office_patterns = [
    guarded("organs/", tree.tree, name="organs_tree", need=SEE_TREE, methods=READ),
    guarded(_AT, organs.organ, name="organs_organ", need=SEE_ORGAN, methods=READ),
    guarded(f"{_AT}found/", organs.found, name="organs_found", need=CHANGE_ORGAN),
    guarded(f"{_AT}rename/", organs.rename, name="organs_rename", need=CHANGE_ORGAN),
    guarded(f"{_AT}move/", organs.move, name="organs_move", need=CHANGE_ORGAN),
    guarded(f"{_AT}merge/", organs.merge, name="organs_merge", need=CHANGE_ORGAN),
    guarded(f"{_AT}abolish/", organs.abolish, name="organs_abolish", need=CHANGE_ORGAN),
    guarded(f"{_AT}powers/", organs.powers, name="organs_powers", need=CHANGE_ORGAN),
    guarded(f"{_AT}contact/", organs.contact, name="organs_contact", need=CHANGE_ORGAN),
    guarded(f"{_AT}channels/", organs.announce, name="organs_channels", need=CHANGE_ORGAN),
    guarded(f"{_AT}limits/", organs.limits, name="organs_limits", need=CHANGE_ORGAN),
    guarded(f"{_AT}divisions/add/", parts.add_division, name="organs_division_add", need=CHANGE_ORGAN),
    guarded(f"{_AT}divisions/<str:key>/name/", parts.rename_division, name="organs_division_name", need=CHANGE_ORGAN),
    guarded(f"{_AT}divisions/<str:key>/close/", parts.close_division, name="organs_division_close", need=CHANGE_ORGAN),
    guarded(f"{_AT}leaders/add/", parts.add_leader, name="organs_leader_add", need=CHANGE_ORGAN),
    guarded(f"{_AT}leaders/<int:leader>/end/", parts.end_leader, name="organs_leader_end", need=CHANGE_ORGAN),
    guarded(f"{_AT}roles/grant/", parts.grant, name="organs_role_grant", need=GRANT),
    guarded(f"{_AT}roles/<int:holding>/end/", parts.end_role, name="organs_role_end", need=GRANT),
    guarded(f"{_AT}people/add/", people.add, name="organs_person_add", need=GRANT),
    guarded("organs/people/", people.people, name="organs_people", need=LIST_PEOPLE, methods=READ),
    guarded("organs/people/<int:person>/", people.person, name="organs_person", need=LOOK_AFTER, methods=READ),
    guarded("organs/people/<int:person>/change/", people.change, name="organs_person_change", need=LOOK_AFTER),
    guarded(
        "organs/people/<int:person>/password/",
        people.reset_password,
        name="organs_person_password",
        need=LOOK_AFTER,
        methods=WRITE,
    ),
    guarded(
        "organs/people/<int:person>/deactivate/",
        people.deactivate,
        name="organs_person_deactivate",
        need=LOOK_AFTER,
        methods=WRITE,
    ),
    guarded(
        "organs/people/<int:person>/reactivate/",
        people.reactivate,
        name="organs_person_reactivate",
        need=LOOK_AFTER,
        methods=WRITE,
    ),
    guarded("organs/lockouts/", lockouts.lockouts, name="organs_lockouts", need=LIST_PEOPLE, methods=READ),
    guarded(
        "organs/people/<int:person>/unlock/",
        lockouts.unlock,
        name="organs_person_unlock",
        need=LOOK_AFTER,
        methods=WRITE,
    ),
    guarded("organs/substitutes/", own.substitutes, name="organs_substitutes", need=OWN, methods=READ),
    guarded(
        "organs/substitutes/<int:holding>/name/", own.name_substitute, name="organs_substitute_name", need=OWN_ROLE
    ),
    guarded(
        "organs/substitutes/<int:holding>/end/",
        own.end_substitution,
        name="organs_substitute_end",
        need=OWN_SUBSTITUTE,
        methods=WRITE,
    ),
    guarded("organs/password/", own.password, name="organs_password", need=OWN),
    guarded("organs/calendar/", calendar.calendar, name="organs_calendar", need=OWN, methods=READ),
    guarded("organs/calendar/load/", calendar.load, name="organs_calendar_load", need=LOAD_CALENDAR),
    guarded(f"{_CALENDAR_AT}add/", local_holidays.add, name="organs_holiday_add", need=CHANGE_ORGAN),
    guarded(
        f"{_CALENDAR_AT}<int:holiday>/withdraw/",
        local_holidays.withdraw,
        name="organs_holiday_withdraw",
        need=CHANGE_ORGAN,
    ),
    guarded("organs/audit/", audit.audit, name="organs_audit", need=READ_AUDIT, methods=READ),
    guarded("organs/audit/export/", audit.export, name="organs_audit_export", need=READ_AUDIT, methods=READ),
    guarded("organs/audit/sign-ins/", sign_ins.sign_ins, name="organs_sign_ins", need=READ_AUDIT, methods=READ),
    guarded(
        "organs/audit/sign-ins/export/", sign_ins.export, name="organs_sign_ins_export", need=READ_AUDIT, methods=READ
    ),
]
