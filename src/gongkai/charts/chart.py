"""A chart as a value: groups of bars, and the same figures as the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..report.report import Number

Value = Number | None
"""What a bar shows; None where the report holds no figure."""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one label, one for each series of the chart."""

    label: str
    values: tuple[Value, ...]

    @property
    def total(self) -> Number:
        """The sum of its bars."""
        return sum((value or 0 for value in self.values), start=0)


@dataclass(frozen=True, slots=True)
class Chart:
    """``key``: tells it from other charts on a page. ``head``: what the groups are, the head of the table's first column.

    ``series``: what the bars of a group are; one series needs no name. ``shares``: whether each figure is also told as a share
    of all. ``stacked``: the bars of a group lie one behind the other in one bar of full length, each as a share of its group.
    ``note``: a sentence on how it was counted.
    """

    key: str
    title: str
    head: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    unit: str = "件"
    shares: bool = False
    note: str = ""
    stacked: bool = False

    @property
    def total(self) -> Number:
        """The sum of the first series."""
        return sum((group.values[0] or 0 for group in self.groups), start=0)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw: no figure above nought."""
        return not any(value for group in self.groups for value in group.values)

    @property
    def described(self) -> str:
        """The whole chart as a Chinese sentence, for whoever hears it."""
        groups = (f"{group.label}{self._told(group)}" for group in self.groups)
        return f"{self.title}。{'；'.join(groups)}。" if self.groups else f"{self.title}。没有数据。"

    @property
    def rows(self) -> list[dict[str, str | list[str]]]:
        """The chart as rows of a table: label, what each series shows, and the share."""
        return [
            {
                "label": one.label,
                "values": [self._cell(one, value) for value in one.values],
                "share": self.share(one.values[0]),
            }
            for one in self.groups
        ]

    def share(self, value: Value) -> str:
        """A figure's share of all, as 12.5%; "" where there is none."""
        total = self.total
        if not self.shares or value is None or not total:
            return ""
        return percent(value, total)

    def _cell(self, group: Group, value: Value) -> str:
        share = percent(value, group.total) if self.stacked and value and group.total else ""
        return written(value) + (f"（{share}）" if share else "")

    def _told(self, group: Group) -> str:
        if len(self.series) == 1:
            share = self.share(group.values[0])
            return f"{written(group.values[0], self.unit)}{f'，占{share}' if share else ''}"
        told = (self._cell(group, value) if self.stacked else written(value, self.unit) for value in group.values)
        parts = (f"{name}{text}" for name, text in zip(self.series, told, strict=True))
        return f"：{'、'.join(parts)}"


def percent(value: Number, total: Number) -> str:
    """A part of a whole as 12.5%."""
    return f"{(Decimal(100) * value / total).quantize(Decimal('0.1'))}%"


def written(value: Value, unit: str = "") -> str:
    """A figure with its unit; 没有数据 where there is none."""
    return (
        "没有数据"
        if value is None
        else f"{value:f} {unit}".strip()
        if isinstance(value, Decimal)
        else f"{value} {unit}".strip()
    )


def single(key: str, title: str, head: str, labelled: Sequence[tuple[str, Value]], **more: str | bool) -> Chart:
    """A chart of one series."""
    groups = tuple(Group(label, (value,)) for label, value in labelled)
    unit, note = str(more.get("unit", "件")), str(more.get("note", ""))
    return Chart(key, title, head, ("数量",), groups, unit, bool(more.get("shares")), note)
