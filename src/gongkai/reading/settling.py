"""Rows whose figures could not be placed by position, settled by the identities where exactly one way satisfies them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from ..report.form import Cell, CellKey, Form, Identity
from ..report.report import Number
from .document import TextCell
from .figures import parse

_MOST = 20_000
"""Most assignments that are tried for one report; beyond, nothing is settled."""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A row (``keys``, in order) whose printed ``cells`` could not be placed. ``glued``: digits without separator."""

    keys: tuple[Cell, ...]
    cells: tuple[TextCell, ...]
    line: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """``values`` None where no way or more than one satisfies the identities."""

    row: Unsettled
    values: Mapping[CellKey, Number | None] | None
    printed: Mapping[CellKey, str] = field(default_factory=dict)


_Way = dict[CellKey, tuple[Number, str]]


def settle(form: Form, values: Mapping[CellKey, Number | None], rows: Sequence[Unsettled]) -> list[Settled]:
    """Decide the rows one identity after the other: first each row by its own sum, then all together by the columns."""
    ways = [_by_row_sum(form, row, list(_ways(row))) for row in rows]
    touched = [
        identity for identity in form.identities if any(cell.key in identity.cells for row in rows for cell in row.keys)
    ]
    count = 1
    for one in ways:
        count *= max(1, len(one))
    if any(not one for one in ways) or count > _MOST:
        return [_settled(row, one if len(one) == 1 else []) for row, one in zip(rows, ways, strict=True)]
    if count > 1:
        fitting = [choice for choice in product(*ways) if _holds(touched, values, choice)]
        if len(fitting) == 1:
            ways = [[way] for way in fitting[0]]
    return [_settled(row, one if len(one) == 1 else []) for row, one in zip(rows, ways, strict=True)]


def _settled(row: Unsettled, ways: Sequence[_Way]) -> Settled:
    if not ways:
        return Settled(row, None)
    way = ways[0]
    full: dict[CellKey, Number | None] = {cell.key: way[cell.key][0] if cell.key in way else None for cell in row.keys}
    return Settled(row, full, {key: text for key, (_, text) in way.items()})


def _ways(row: Unsettled) -> Iterator[_Way]:
    """Every way to put the printed figures into the row's columns, in order."""
    width = len(row.keys)
    if row.glued:
        for parts in splits(row.cells[0].text, width):
            yield {cell.key: (int(part), part) for cell, part in zip(row.keys, parts, strict=True)}
        return
    figures = [(parse(cell.text).value, cell.text) for cell in row.cells]
    if len(figures) > width or any(value is None for value, _ in figures):
        return
    for columns in combinations(range(width), len(figures)):
        yield {row.keys[c].key: (v, t) for c, (v, t) in zip(columns, figures, strict=True) if v is not None}


def splits(digits: str, parts: int) -> Iterator[list[str]]:
    """Every way to cut digits into so many numbers without a leading zero."""
    if not digits.isdecimal() or not parts <= len(digits) <= parts + 6:
        return
    for cuts in combinations(range(1, len(digits)), parts - 1):
        pieces = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, len(digits)), strict=True)]
        if all(piece == "0" or piece[0] != "0" for piece in pieces):
            yield pieces


def _by_row_sum(form: Form, row: Unsettled, ways: Sequence[_Way]) -> list[_Way]:
    keys = {cell.key for cell in row.keys}
    own = [identity for identity in form.identities if keys.issuperset(identity.cells)]
    return [way for way in ways if _holds(own, {}, (way,))]


def _holds(identities: Sequence[Identity], values: Mapping[CellKey, Number | None], ways: Sequence[_Way]) -> bool:
    """Whether these identities hold, blanks counting as nothing."""
    chosen = {key: value for way in ways for key, (value, _) in way.items()}

    def total(keys: Sequence[CellKey]) -> Number:
        return sum((chosen[key] if key in chosen else values.get(key) or 0 for key in keys), 0)

    return all(total(identity.left) == total(identity.right) for identity in identities)
