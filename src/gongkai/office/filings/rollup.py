"""Rolling up (汇总): the parts of a government's report, what each of them has filed, and their sum.

A number of queries that does not grow with the number of organs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.report.finding import Finding
from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Number, Report
from gongkai.rollup import OWN, Part, Rollup, differences, roll_up

from ..figures.periods import year_of
from ..figures.tables import figures_by_organ
from ..organs.models import Organ
from ..organs.queries import existing
from ..registers.queries import register_figures
from .filed import Filed, filed_contents
from .models import Filing


@dataclass(frozen=True, slots=True)
class RolledPart:
    """A part of a government's report. ``under``: the lower government in whose place it stands, which has not filed.

    ``filing``: None where there is none yet; ``filed``: the version of it that counts, None where none does; one whose record
    is broken counts as not filed. ``own``: it is what a government itself registers.
    """

    organ: Organ
    name: str
    filing: Filing | None = None
    filed: Filed | None = None
    own: bool = False
    under: Organ | None = None

    @property
    def key(self) -> str:
        """Its key in the rollup."""
        return f"own:{self.organ.code}" if self.own else self.organ.code


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A government's figures for a year, with the parts they come from; ``left_out``: organs of the territory that a superior
    outside it leads (垂直管理), with that superior.
    """

    rollup: Rollup
    parts: tuple[RolledPart, ...]
    left_out: tuple[tuple[str, str], ...]


def rolled_up(government: Organ, year: int, form: Form | None = None) -> Rollup:
    """The sum of the government's parts for a year; see `rolled_up_with_parts`."""
    return rolled_up_with_parts(government, year, form).rollup


def rolled_up_with_parts(government: Organ, year: int, form: Form | None = None) -> RolledUp:
    """The sum of the newest filed reports of the government's parts, and of what it registers itself, each once."""
    form = form or form_for_year(year)
    territory = Territory.on(date(year, 12, 31))
    below = territory.below(government)
    filings = {one.organ_id: one for one in Filing.objects.filter(organ__in=below, year=year)}
    filed = {one.filing.organ_id: one for one in filed_contents(filings.values()).values()}
    parts = [_own(government, None, territory)]
    for organ, under in territory.parts(government, set(filed)):
        if under is not None and organ == under:
            parts.append(_own(organ, organ, territory))
        else:
            parts.append(
                RolledPart(organ, territory.names[organ.pk], filings.get(organ.pk), filed.get(organ.pk), under=under)
            )
    registered = _registered([one.organ for one in parts if one.own], year, form)
    rollup = roll_up({one.key: _part(one, registered) for one in parts}, form)
    return RolledUp(rollup, tuple(parts), territory.left_out(government))


def differences_of(filing: Filing, report: Report) -> tuple[Finding, ...]:
    """Where a government's report differs from the sum of what its parts have filed. () where it has no parts here."""
    if filing.organ.kind != Organ.Kind.GOVERNMENT or report.form is None:
        return ()
    found = rolled_up_with_parts(filing.organ, filing.year, report.form)
    return differences(report.values, found.rollup, report.form) if len(found.parts) > 1 else ()


def parts_of(government: Organ, day: date) -> list[Organ]:
    """The organs whose reports make up the government's on a day, were every lower government to file."""
    territory = Territory.on(day)
    everyone = {one.pk for one in territory.below(government)}
    return [organ for organ, _ in territory.parts(government, everyone)]


@dataclass(frozen=True, slots=True)
class Territory:
    """The organs that existed on a day, and who stands below whom. ``names``: by primary key."""

    organs: Mapping[int, Organ]
    children: Mapping[int | None, Sequence[Organ]]
    names: Mapping[int, str]

    @classmethod
    def on(cls, day: date) -> Territory:
        """As it was on a day. Two queries."""
        organs = {one.pk: one for one in existing(day)}
        children: dict[int | None, list[Organ]] = {}
        for one in organs.values():
            children.setdefault(one.parent_id, []).append(one)
        return cls(organs, children, {pk: one.name_on(day) for pk, one in organs.items()})

    def below(self, organ: Organ) -> list[Organ]:
        """The organs below one by territory."""
        found = list(self.children.get(organ.pk, ()))
        for one in found:
            found += self.children.get(one.pk, ())
        return found

    def parts(self, government: Organ, filed: Collection[int]) -> Iterable[tuple[Organ, Organ | None]]:
        """The parts of a government's report, each with the lower government it stands for, if any.

        A lower government that has filed (primary key in ``filed``) stands for its whole territory; otherwise its parts do,
        and itself, as what it registers. Whom a superior outside the government's territory leads is no part of it.
        """
        inside = {one.pk for one in self.below(government)} | {government.pk}
        yield from self._parts(government, inside, filed, None)

    def _parts(
        self, top: Organ, inside: Collection[int], filed: Collection[int], under: Organ | None
    ) -> Iterable[tuple[Organ, Organ | None]]:
        for organ in self.children.get(top.pk, ()):
            if organ.vertical_id is not None and organ.vertical_id not in inside:
                continue
            if organ.kind != Organ.Kind.GOVERNMENT:
                yield organ, under
                yield from self._parts(organ, inside, filed, under)
            elif organ.pk in filed:
                yield organ, under
                yield from ((one, under) for one in self._skipped_by(organ, inside))
            else:
                yield organ, organ
                yield from self._parts(organ, inside, filed, organ)

    def _skipped_by(self, lower: Organ, inside: Collection[int]) -> Iterable[Organ]:
        """Organs in a lower government's territory that its own report leaves out, whose superior is in this territory."""
        below = self.below(lower)
        own = {one.pk for one in below} | {lower.pk}
        return [one for one in below if one.vertical_id in inside and one.vertical_id not in own]

    def left_out(self, government: Organ) -> tuple[tuple[str, str], ...]:
        """Whom a superior outside leads: name, and name of the superior."""
        below = self.below(government)
        inside = {one.pk for one in below} | {government.pk}
        return tuple(
            (self.names[one.pk], self.names.get(one.vertical_id, "上级机关"))
            for one in below
            if one.vertical_id is not None and one.vertical_id not in inside
        )


def _own(government: Organ, under: Organ | None, territory: Territory) -> RolledPart:
    name = territory.names.get(government.pk) or str(government)
    return RolledPart(government, f"{name}（本级登记）", own=True, under=under)


def _part(part: RolledPart, registered: Mapping[int, Mapping[CellKey, Number]]) -> Part:
    if part.own:
        return Part(part.name, OWN, registered[part.organ.pk])
    if part.filed is None or part.filed.broken:
        return Part(part.name, part.organ.kind, None)
    return Part(part.name, part.organ.kind, part.filed.values, part.filed.facts)


def _registered(organs: Sequence[Organ], year: int, form: Form) -> dict[int, dict[CellKey, Number]]:
    """What governments register themselves."""
    counted, registered = figures_by_organ(organs, year_of(year), form), register_figures(organs, year, form)
    return {one.pk: {**counted[one.pk], **registered[one.pk]} for one in organs}
