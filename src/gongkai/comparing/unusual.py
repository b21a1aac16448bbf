"""Figures that are unusual against the organ's own past and against its peers, few false alarms where counts are small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import pi, sqrt
from statistics import median

from ..law.records import check_shape, parse_toml
from ..law.terms import LawError
from ..report.finding import Finding, Where
from ..report.form import Cell, CellKey, Form
from ..report.report import Number

UNUSUAL = "unusual-change"
_MAD = 1.4826  # makes the median absolute deviation of normal values their standard deviation
_MEDIAN = pi / 2  # variance of a median, in units of that of a mean

Values = Mapping[CellKey, Number | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """The settings of ``unusual.toml``; see its head."""

    threshold: float
    variation: float
    years: int
    fewest_peers: int
    source: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True)
class Peer:
    """Another organ of the same kind in the same year, and the year before where that is known."""

    values: Values
    before: Values | None = None


@dataclass(frozen=True, slots=True)
class Unusual:
    """A figure out of the ordinary. ``usual``: the median of the organ's former years, or of its peers where it has none.

    ``past``, ``peers``: by how many deviations it differs, None where there is nothing to compare with.
    """

    cell: Cell
    now: Number
    usual: Number
    past: float | None
    peers: float | None

    @property
    def more(self) -> bool:
        """Whether it is more than usual, not less."""
        return self.now > self.usual


@cache
def measure() -> Measure:
    """The settings. Raises LawError."""
    source = "unusual.toml"
    raw = parse_toml(files(__package__).joinpath(source).read_text("utf-8"), source, "unusual")
    shape = {"threshold": float, "variation": float, "years": int, "fewest_peers": int}
    shape |= {"source": str, "certainty": str, "note": str}
    item = check_shape(raw["unusual"], f"{source}：unusual", shape)
    if item["threshold"] <= 0 or item["variation"] < 0:
        raise LawError(f"{source}：unusual：threshold 应当大于 0，variation 不能小于 0。")
    return Measure(**item)


def unusual(
    values: Values, former: Sequence[Values], form: Form, peers: Sequence[Peer] = (), by: Measure | None = None
) -> tuple[Unusual, ...]:
    """The unusual figures, in the order of the form. ``former``: the organ's former years, the newest first.

    Against its own past where there is one: then what its peers' figures did in the same year as well is not unusual.
    Where there is no past, against its peers' figures.
    """
    by = by or measure()
    return tuple(
        found
        for key, cell in form.cells.items()
        if cell.type != "change" and (found := _one(cell, values.get(key), former, peers, by))
    )


def findings(found: Iterable[Unusual], form: Form) -> tuple[Finding, ...]:
    """The unusual figures as warnings that ask for a reason, one for each row of the form."""
    return tuple(_finding(rows, form) for rows in by_row(found))


def by_row(found: Iterable[Unusual]) -> tuple[tuple[Unusual, ...], ...]:
    """Unusual figures that stand in one row of the form, together: they have one reason."""
    rows: dict[tuple[str, str], list[Unusual]] = {}
    for one in found:
        rows.setdefault((one.cell.table.key, one.cell.row.key), []).append(one)
    return tuple(tuple(row) for row in rows.values())


def _finding(row: Sequence[Unusual], form: Form) -> Finding:
    first = row[0].cell
    said = "；".join(_said(one) for one in row)
    numbers = {section.key: number for number, section in enumerate(form.sections, 1)}
    return Finding(
        UNUSUAL,
        "report",
        "warning",
        f"{first.table.name}“{first.row.label}”变化较大：{said}。请核对；数字无误的，请写明原因。",
        f"统计上的异常值（{measure().source}），提示核对",
        cells=tuple(one.cell.key for one in row),
        where=Where(section=numbers[first.table.section]),
    )


def _said(one: Unusual) -> str:
    column = one.cell.column.name
    year = "" if column.startswith("本年") else "本年"
    return f"{column}{year} {one.now}，{'同类机关' if one.past is None else '往年'}一般为 {one.usual}"


def _one(
    cell: Cell, now: Number | None, former: Sequence[Values], peers: Sequence[Peer], by: Measure
) -> Unusual | None:
    if now is None or now < 0:
        return None
    past = [value for year in former[: by.years] if (value := year.get(cell.key)) is not None and value >= 0]
    against_past = _against(now, past, by) if past else None
    if against_past is not None and abs(against_past) < by.threshold:
        return None
    against_peers = _moved(cell.key, now, past[0], peers, by) if past else _level(cell.key, now, peers, by)
    if against_peers is None and against_past is None:
        return None
    if against_peers is not None and abs(against_peers) < by.threshold:
        return None
    usual = sorted(past or _known(cell.key, peers))
    return Unusual(cell, now, usual[len(usual) // 2], against_past, against_peers)


def _against(now: Number, others: Sequence[Number], by: Measure) -> float:
    """By how many deviations a figure lies off the median of others; their own spread counts where it is the greater."""
    scale = [_steady(one) for one in others]
    middle = median(scale)
    spread = _MAD * median(abs(one - middle) for one in scale) if len(scale) > 2 else 0.0
    ordinary = sqrt(1 + by.variation**2 * median([float(one) for one in others]))
    return (_steady(now) - middle) / (max(spread, ordinary) * sqrt(1 + _MEDIAN / len(scale)))


def _moved(key: CellKey, now: Number, before: Number, peers: Sequence[Peer], by: Measure) -> float | None:
    """By how many deviations the figure's change lies off the median change of the peers' figures."""
    known = [
        (then, new)
        for one in peers
        if one.before is not None
        and (new := one.values.get(key)) is not None
        and (then := one.before.get(key)) is not None
        and min(new, then) >= 0
    ]
    if len(known) < by.fewest_peers:
        return None
    scale = [_step(then, new, by) for then, new in known]
    middle = median(scale)
    spread = _MAD * median(abs(one - middle) for one in scale)
    return (_step(before, now, by) - middle) / max(1.0, spread)


def _level(key: CellKey, now: Number, peers: Sequence[Peer], by: Measure) -> float | None:
    known = _known(key, peers)
    return _against(now, known, by) if len(known) >= by.fewest_peers else None


def _known(key: CellKey, peers: Sequence[Peer]) -> list[Number]:
    return [value for one in peers if (value := one.values.get(key)) is not None and value >= 0]


def _step(before: Number, now: Number, by: Measure) -> float:
    """A change in deviations of what chance and ordinary variation give."""
    ordinary = sqrt(1 + by.variation**2 * float(before))
    return (_steady(now) - _steady(before)) / (ordinary * sqrt(2))


def _steady(count: Number) -> float:
    """Anscombe's transform: its deviation is about 1 for counts of any size."""
    return 2 * sqrt(float(count) + 0.375)
