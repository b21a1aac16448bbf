"""Reads of the public pages: the organs one can apply to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from ..organs.models import Dated, Organ
from ..organs.queries import name_on


@dataclass(slots=True)
class Branch:
    """An organ in the tree by territory, with those below it."""

    organ: Organ
    name: str
    below: list[Branch] = field(default_factory=list)


def organs_on(day: date) -> list[Organ]:
    """The organs that exist on a day, by code."""
    return list(Organ.objects.filter(Dated.on(day)).prefetch_related("names"))


def organ_count(day: date) -> int:
    """How many organs exist on a day."""
    return Organ.objects.filter(Dated.on(day)).count()


def organ_or_404(code: str, day: date) -> Organ:
    """The organ with a code. Raises Http404 where it does not exist on the day."""
    organ = Organ.objects.filter(Dated.on(day), code=code).prefetch_related("names").first()
    if organ is None:
        raise Http404
    return organ


def tree(day: date) -> list[Branch]:
    """All organs of a day by territory. One whose government no longer exists stands at the top."""
    branches = {organ.pk: Branch(organ, name_on(organ, day)) for organ in organs_on(day)}
    tops = []
    for branch in branches.values():
        above = branches.get(branch.organ.parent_id or 0)
        (above.below if above else tops).append(branch)
    return tops


def search(words: str, day: date) -> list[Branch]:
    """The organs whose name holds every one of the words."""
    wanted = words.split()
    branches = (Branch(organ, name_on(organ, day)) for organ in organs_on(day))
    return [
        branch for branch in branches if all(word in branch.name or word in _short(branch.organ) for word in wanted)
    ]


def above(organ: Organ, day: date) -> Iterator[str]:
    """The names of the governments an organ belongs to, the nearest first."""
    seen = {organ.pk}
    while (organ := organ.parent) is not None and organ.pk not in seen:
        seen.add(organ.pk)
        yield name_on(organ, day)


def _short(organ: Organ) -> str:
    return "".join(name.short for name in organ.names.all())
