"""Whose report a document is: the organ that it names, among those that send their reports to this office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.reading.folding import fold

from ..organs.models import Dated, Organ
from ..organs.queries import subtree

HOW = {
    "name": "名称相同",
    "short": "简称相同",
    "former": "是原名称",
    "likeness": "名称相近",
    "file": "只有文件名中有这个机关",
    "chosen": "由人选定",
}
"""How an organ was found, in Chinese."""

SURE = frozenset({"name", "short", "former", "chosen"})
"""Ways of finding it that need no second look."""

_LEAST = 4
"""A name of fewer characters (财政局) would be the end of too many."""


@dataclass(frozen=True, slots=True)
class Match:
    """``how``: a key of HOW."""

    organ: Organ
    how: str


@dataclass(frozen=True, slots=True)
class _Name:
    organ: Organ
    text: str
    how: str


class Register:
    """The names by which the organs go and went. ``day``: on which a name is the present one, usually the last of the year."""

    def __init__(self, organs: Sequence[Organ], day: date) -> None:
        self._names: list[_Name] = []
        for organ in organs:
            present = organ.name_on(day)
            for one in organ.names.all():
                how = "name" if one.name == present else "former"
                self._names.append(_Name(organ, _plain(one.name), how))
                if one.short:
                    self._names.append(_Name(organ, _plain(one.short), "short" if how == "name" else how))

    def find(self, named: str, file: str) -> Match | None:
        """The organ that a document names, else the one in its file's name; None where none or several are meant."""
        if text := _plain(named):
            if found := self._same(text):
                return found
            near = {one.organ.pk: one.organ for one in self._names if _near(text, one.text)}
            if near:
                return Match(next(iter(near.values())), "likeness") if len(near) == 1 else None
        text = _plain(file)
        inside = [one for one in self._names if len(one.text) >= _LEAST and one.text in text]
        longest = max((len(one.text) for one in inside), default=0)
        meant = {one.organ.pk: one.organ for one in inside if len(one.text) == longest}
        return Match(next(iter(meant.values())), "file") if len(meant) == 1 else None

    def _same(self, text: str) -> Match | None:
        for how in ("name", "short", "former"):
            meant = {one.organ.pk: one.organ for one in self._names if one.how == how and one.text == text}
            if len(meant) == 1:
                return Match(next(iter(meant.values())), how)
        return None


def senders(government: Organ, year: int, today: date) -> list[Organ]:
    """The organs whose reports for a year the government's office receives: those below it, but not below another government.

    An organ that was abolished since the year began still has its report to send.
    """
    below = [one for one in subtree(government) if one != government]
    found = Organ.objects.filter(Dated.between(date(year, 1, 1), today), pk__in=[one.pk for one in below])
    inner = {one.pk for one in below if one.kind == Organ.Kind.GOVERNMENT}
    parents = {one.pk: one.parent_id for one in below}

    def direct(organ: Organ) -> bool:
        above = parents[organ.pk]
        while above in parents:
            if above in inner:
                return False
            above = parents[above]
        return True

    return [one for one in found.prefetch_related("names") if direct(one)]


def _plain(name: str) -> str:
    return fold(name).strip(",.;:")


def _near(first: str, second: str) -> bool:
    """Whether one is the other with a place before it, or without 人民政府."""
    shorter, longer = sorted((first, second), key=len)
    if shorter + "人民政府" == longer:
        return True
    return len(shorter) >= _LEAST and longer.endswith(shorter)
