"""Adding up the reports of a government's parts, and keeping what each part gave to each figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..report.form import CellKey, Form
from ..report.report import Number, whole
from .fields import OWN, field_for


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a government's report. ``kind``: see `gongkai.rollup.fields.KINDS`.

    ``values``: the cells of its report, None where it has not filed; ``facts``: its facts of the year.
    """

    name: str
    kind: str
    values: Mapping[CellKey, Number | None] | None
    facts: Mapping[str, Number | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rollup:
    """The sums. Parts are named by their keys.

    ``values``: every cell of the form; None where it is not added, or no part gives it. ``facts``: those that are added.
    ``by_cell``: what each part gave, without those that gave no figure; ``missing``: parts that have not filed;
    ``blank``: for a cell the parts whose reports have no figure there, though their kind counts.
    """

    parts: Mapping[str, Part]
    values: Mapping[CellKey, Number | None]
    facts: Mapping[str, Number]
    by_cell: Mapping[CellKey, Mapping[str, Number]]
    missing: tuple[str, ...]
    blank: Mapping[CellKey, tuple[str, ...]]

    @property
    def whole(self) -> bool:
        """Whether every part has filed."""
        return not self.missing


def roll_up(parts: Mapping[str, Part], form: Form) -> Rollup:
    """The government's figures from those of its parts, each once, as ``rollup.toml`` declares for each cell."""
    filed = {key: part for key, part in parts.items() if part.values is not None}
    by_cell: dict[CellKey, Mapping[str, Number]] = {}
    blank: dict[CellKey, tuple[str, ...]] = {}
    values: dict[CellKey, Number | None] = {}
    for cell in form.cells:
        counting = [(key, part.values or {}) for key, part in filed.items() if field_for(cell).counts(part.kind)]
        given = {key: number for key, figures in counting if (number := figures.get(cell)) is not None}
        by_cell[cell] = given
        values[cell] = _sum(given.values()) if given else None
        if lacking := tuple(key for key, _ in counting if key not in given and parts[key].kind != OWN):
            blank[cell] = lacking
    missing = tuple(key for key in parts if key not in filed)
    return Rollup(dict(parts), values, _facts(filed), by_cell, missing, blank)


def _facts(filed: Mapping[str, Part]) -> dict[str, Number]:
    found: dict[str, Number] = {}
    for part in filed.values():
        for key, value in part.facts.items():
            if not isinstance(value, str) and field_for(f"fact:{key}").counts(part.kind):
                found[key] = _sum((found.get(key, 0), value))
    return {key: number for key, number in found.items() if _whole(key, filed)}


def _whole(key: str, filed: Mapping[str, Part]) -> bool:
    """Whether the sum of a fact says of all parts what it seems to say."""
    of = field_for(f"fact:{key}")
    if not of.told_by_all_but:
        return True
    silent = [part for part in filed.values() if of.counts(part.kind) and key not in part.facts]
    figures = [(part.values or {}).get(of.told_by_all_but, 0 if part.kind == OWN else None) for part in silent]
    return all(figure == 0 for figure in figures)


def _sum(numbers: Iterable[Number]) -> Number:
    total: Number = 0
    for number in numbers:
        total = total + number
    return whole(total) if isinstance(total, Decimal) else total
