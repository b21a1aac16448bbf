"""Reads of organs and roles, each for a given day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db.models import QuerySet

from .models import Dated, Division, Holding, Organ, OrganName, Person


def name_on(organ: Organ, day: date) -> str:
    """The organ's name on a day: the last that had begun; before the first, the first."""
    names = sorted(organ.names.all(), key=lambda one: one.since)
    begun = [one for one in names if one.since <= day]
    return (begun[-1] if begun else names[0]).name if names else organ.code


def subtree(organ: Organ, by: Literal["parent", "vertical"] = "parent") -> list[Organ]:
    """The organ and all below it, by territory or by vertical system, whether they still exist or not."""
    found, layer = [organ], [organ]
    while layer:
        layer = list(Organ.objects.filter(**{f"{by}__in": layer}).exclude(pk__in=[one.pk for one in found]))
        found += layer
    return found


def holdings(person: Person, day: date) -> QuerySet[Holding]:
    """What the person holds on a day, in organs that exist then, substitutions included."""
    held = Holding.objects.filter(Dated.on(day), person=person)
    return held.select_related("organ", "division").filter(organ__since__lte=day)


def roles_in(person: Person, organ: Organ, day: date, divisions: Iterable[str] = ()) -> frozenset[str]:
    """The roles the person holds in an organ on a day: those held for the whole organ, and those held for one of ``divisions``.

    A role held for another division of the organ does not count.
    """
    wanted = set(divisions)
    held = holdings(person, day).filter(organ=organ)
    return frozenset(one.role for one in held if one.division is None or one.division.key in wanted)


def organs_with(person: Person, role_codes: Iterable[str], day: date) -> list[Organ]:
    """The organs in which the person holds one of these roles, for the organ or for a division of it."""
    held = holdings(person, day).filter(role__in=list(role_codes))
    return list(Organ.objects.filter(pk__in=held.values("organ")))


def supervised(person: Person, day: date) -> list[Organ]:
    """The organs that the person supervises: those with the role, and all below them by territory."""
    found: dict[int, Organ] = {}
    for top in organs_with(person, ["supervisor"], day):
        found |= {one.pk: one for one in subtree(top)}
    return list(found.values())


def divisions_of(organ: Organ, day: date) -> QuerySet[Division]:
    """The divisions the organ has on a day."""
    return organ.divisions.filter(Dated.on(day))


__all__ = ["OrganName", "divisions_of", "holdings", "name_on", "organs_with", "roles_in", "subtree", "supervised"]
