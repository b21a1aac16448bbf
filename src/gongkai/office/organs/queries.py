"""Reads of organs and roles, each for a given day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from django.db.models import Q, QuerySet

from .invariants import ADMINISTRATORS
from .models import Dated, Division, Holding, Leader, Organ, Person

By = Literal["parent", "vertical"]


def name_on(organ: Organ, day: date) -> str:
    """The organ's name on a day: the last that had begun; before the first, the first."""
    return organ.name_on(day)


def is_peoples_government(organ: Organ, day: date) -> bool:
    """各级人民政府: a government, or a township's; a subdistrict's office (街道办事处), which is listed with townships, is none."""
    return organ.kind == Organ.Kind.GOVERNMENT or (
        organ.kind == Organ.Kind.TOWNSHIP and name_on(organ, day).endswith("人民政府")
    )


def subtree(organ: Organ, by: By = "parent") -> list[Organ]:
    """The organ and all below it, by territory or by vertical system, whether they still exist or not."""
    return _below([organ], by)


def ancestors(organ: Organ) -> list[Organ]:
    """The organs above it by territory, the nearest first."""
    found: list[Organ] = []
    above = organ.parent
    while above is not None and above not in found:
        found.append(above)
        above = above.parent
    return found


def existing(day: date) -> QuerySet[Organ]:
    """The organs that exist on a day, with what their names need."""
    return Organ.objects.filter(Dated.on(day)).prefetch_related("names")


def heirs(organ: Organ, day: date) -> list[Organ]:
    """The organs that answer for it on a day: itself while it exists; afterwards its successor, or that one's, too.

    An organ that was abolished still has its record; whoever took over its duties reads it and goes on with it.
    """
    found = [organ]
    while (last := found[-1]).until is not None and last.until < day and last.successor is not None:
        if last.successor in found:
            break
        found.append(last.successor)
    return found


def with_inheritances(organs: Iterable[Organ], day: date) -> list[Organ]:
    """These organs, and those that were abolished before ``day`` and whose duties they took over."""
    found = list(organs)
    layer = found
    while layer:
        layer = list(Organ.objects.filter(successor__in=layer, until__lt=day).exclude(pk__in=[one.pk for one in found]))
        found += layer
    return found


def holdings(person: Person, day: date) -> QuerySet[Holding]:
    """What the person holds on a day, in organs that exist then, substitutions included."""
    held = Holding.objects.filter(Dated.on(day), person=person).filter(organ__since__lte=day)
    held = held.filter(Q(organ__until__isnull=True) | Q(organ__until__gte=day))
    return held.select_related("organ", "division")


def roles_in(person: Person, organ: Organ, day: date, divisions: Iterable[str] = ()) -> frozenset[str]:
    """The roles the person holds in an organ on a day: those held for the whole organ, and those held for one of ``divisions``.

    A role held for another division of the organ does not count. In an abolished organ the roles count that are held for
    the whole of its successor. The three administrators' roles, held at a government, count in all organs of its territory.
    """
    return counting_in(holdings(person, day), organ, day, divisions)


def counting_in(held: Iterable[Holding], organ: Organ, day: date, divisions: Iterable[str] = ()) -> frozenset[str]:
    """The roles among what somebody holds on a day that count in an organ; see `roles_in`."""
    wanted = set(divisions)
    answering = {one.pk for one in heirs(organ, day)}
    found, reaching = set(), []
    for one in held:
        if one.organ_id in answering:
            if one.division is None or (one.organ_id == organ.pk and one.division.key in wanted):
                found.add(one.role)
        elif one.role in ADMINISTRATORS and one.organ.kind == Organ.Kind.GOVERNMENT:
            reaching.append(one)
    if reaching:
        above = {one.pk for one in ancestors(organ)}
        found |= {one.role for one in reaching if one.organ_id in above}
    return frozenset(found)


def organs_with(person: Person, role_codes: Iterable[str], day: date) -> list[Organ]:
    """The organs in which the person holds one of these roles, for the organ or for a division of it."""
    held = holdings(person, day).filter(role__in=list(role_codes))
    return list(Organ.objects.filter(pk__in=held.values("organ")))


def administered(person: Person, role_codes: Iterable[str], day: date) -> list[Organ]:
    """The organs in which one of these administrators' roles counts: where it is held, and below a government's."""
    held = organs_with(person, set(role_codes) & ADMINISTRATORS, day)
    reaching = [one for one in held if one.kind == Organ.Kind.GOVERNMENT]
    found = {one.pk: one for one in [*held, *_below(reaching, "parent")]}
    return sorted(with_inheritances(found.values(), day), key=lambda one: one.code)


def supervised(person: Person, day: date) -> list[Organ]:
    """The organs that the person supervises (第三条、第四十六条 and following): all of the territory, and of the vertical system.

    The office (办公室) of a government supervises the government's whole territory, a department those that it leads.
    """
    return supervised_from(organs_with(person, ["supervisor"], day))


def supervised_from(tops: Sequence[Organ]) -> list[Organ]:
    """What is supervised by whoever holds the role in these organs; see `supervised`."""
    bases = [one.parent if one.kind == Organ.Kind.OFFICE and one.parent else one for one in tops]
    found = {one.pk: one for one in [*_below(bases, "parent"), *_below(tops, "vertical")]}
    return list(found.values())


def divisions_of(organ: Organ, day: date) -> QuerySet[Division]:
    """The divisions the organ has on a day."""
    return organ.divisions.filter(Dated.on(day))


def holders(organ: Organ, role: str, day: date) -> list[Person]:
    """Who holds a role in an organ on a day, for the organ or a division, substitutes included; only accounts in use."""
    return list(
        Person.objects.filter(is_active=True, holdings__in=organ.holdings.filter(Dated.on(day), role=role)).distinct()
    )


def leader_on(organ: Organ, kind: str, day: date) -> Leader | None:
    """The named leader of a kind on a day; of several 分管负责人 the one first in office."""
    return organ.leaders.filter(Dated.on(day), kind=kind).order_by("since").first()


def _below(tops: Sequence[Organ], by: By) -> list[Organ]:
    found, layer = list(tops), list(tops)
    while layer:
        layer = list(Organ.objects.filter(**{f"{by}__in": layer}).exclude(pk__in=[one.pk for one in found]))
        found += layer
    return found
