"""What a reader is told behind one figure of a report: what it consists of, and how it spreads over the year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from gongkai.charts import Behind, Spread
from gongkai.charts.of_reports import parts_of, period_label
from gongkai.report.form import CellKey
from gongkai.report.report import Number
from gongkai.report.wording import unexplained

from ..filings.editions import BEHIND
from ..filings.recorded import PublicEdition
from ..organs.models import Organ

_BY: Final = {"received": "收到日期", "decided": "作出处理决定日期", "closed": "审结日期"}

Why = Literal["", "none", "file", "rolled_up", "differing", "table"]
"""Why there is nothing by month: "none": the figure is nought or none; "file": the report came as a file; "rolled_up": it adds up
reports; "differing": it is not what the records gave; "table": it is no figure of 表三 or 表四."""


@dataclass(frozen=True, slots=True)
class PartShown:
    """A figure that is part of a sum."""

    key: CellKey
    name: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class OrganShown:
    """What an organ's own public report gives for the same cell."""

    code: str
    name: str
    value: Number


@dataclass(frozen=True, slots=True)
class FigurePage:
    """``name``: the cell's; ``because``: sentences on why it is not told by month, or only for the year. ``outcomes``: for
    applications that came in, the report's own figures of how those that were ``finished`` in the year ended, which need not
    all be the same ones. ``organs``: for a government's figure, what the organs that make it up have published of it, if
    anything.
    """

    key: CellKey
    name: str
    unit: str
    value: Number | None
    parts: tuple[PartShown, ...]
    by: str
    spread: Spread | None
    why: Why
    least: int
    because: tuple[str, ...]
    organs: tuple[OrganShown, ...] = ()
    outcomes: tuple[PartShown, ...] = ()
    finished: Number = 0

    @property
    def other(self) -> Number:
        """What of a government's figure the public reports of its organs do not give."""
        return (self.value or 0) - sum((one.value for one in self.organs), start=0)

    @property
    def periods(self) -> list[tuple[str, int]]:
        """The periods in order, with what they count."""
        found = self.spread.periods if self.spread else {}
        return [(period_label(one), found[one]) for one in sorted(found)]


def has_behind(report: PublicEdition) -> bool:
    """Whether there is anything behind the figures of a report."""
    return BEHIND in report.files or (report.filing.organ.kind == Organ.Kind.GOVERNMENT and not report.filing.outside)


def figure_page(
    report: PublicEdition, key: CellKey, behind: Behind | None, parts_public: Sequence[PublicEdition] = ()
) -> FigurePage:
    """What is told about a cell of the report's form. KeyError for a key that is no cell.

    ``parts_public``: for a government's report, the public reports of the organs that make it up.
    """
    content = report.content.report
    form = content.form
    assert form is not None  # it was printed
    cell, value = form.cells[key], content.values.get(key)
    spread = behind.cells.get(key) if behind else None
    parts = _shown(key, report)
    whole = _finished(key)
    return FigurePage(
        key=key,
        name=cell.name,
        unit=cell.unit,
        value=value,
        parts=parts,
        by=_BY[spread.by] if spread else "",
        spread=spread,
        why="" if spread else _why(report, key, value, behind),
        least=behind.least if behind else 0,
        because=_rest(key, spread, behind.least) if spread and behind else (),
        organs=tuple(_organs(key, parts_public)),
        outcomes=_shown(whole, report) if whole else (),
        finished=content.values.get(whole) or 0,
    )


def _finished(key: CellKey) -> CellKey:
    """For applications that came in or were carried in, the cell of those finished from the same kind of applicants; else ""."""
    table, _, rest = key.partition(".")
    row, _, column = rest.partition(".")
    return f"{table}.total.{column}" if table == "applications" and row in ("received", "carried_in") else ""


def _organs(key: CellKey, reports: Sequence[PublicEdition]) -> Iterator[OrganShown]:
    for one in reports:
        if value := one.content.report.values.get(key):
            name = one.content.report.organ or one.filing.organ.name_on(one.on)
            yield OrganShown(one.filing.organ.code, name, value)


def _shown(whole: CellKey, report: PublicEdition) -> tuple[PartShown, ...]:
    """The parts of a sum that are not nought."""
    form, values = report.content.report.form, report.content.report.values
    assert form is not None
    parts = [one for one in parts_of(form, whole) if values.get(one)]
    return tuple(PartShown(one, _part_name(whole, one, report), values[one]) for one in parts)


def _part_name(whole: CellKey, part: CellKey, report: PublicEdition) -> str:
    """How a part is called beside the others: by its column, or by its row where the whole is a row's sum."""
    form = report.content.report.form
    assert form is not None
    cell = form.cells[part]
    if whole.split(".")[1] == part.split(".")[1]:
        return cell.column.name
    group = cell.table.group(cell.row.group)
    row = unexplained(cell.row.label)
    return f"{group.label}：{row}" if group.parent else row


def _why(report: PublicEdition, key: CellKey, value: Number | None, behind: Behind | None) -> Why:
    if not value:
        return "none"
    if not key.startswith(("applications.", "remedies.")):
        return "table"
    if report.filing.outside:
        return "file"
    return "differing" if behind else "rolled_up"


def _rest(key: CellKey, spread: Spread, least: int) -> tuple[str, ...]:
    """Why it is not told by month, or some of it is told only for the year."""
    row, column = key.split(".")[1:]
    if row == "carried_in":
        return ("这些申请是上一年度以前收到的，所以不按本年的月份分列。",)
    if column == "pending":
        return ("这些案件还没有审结，所以没有审结的月份。",)
    found = []
    if spread.rest or spread.level == "quarter":
        found.append(
            f"有的月份少于 {least} 件的，按季度分列；有的季度还少于 {least} 件的，只计入全年。"
            f"与别的数相减会露出少于 {least} 件的，也这样合并。这是为了不让人认出具体的申请人。"
        )
    if not spread.rest:
        return tuple(found)
    if column == "total" and key.startswith("remedies."):
        found.append("尚未审结的案件也只计入全年。")
    if row == "carried_over":
        found.append("上一年度以前收到、仍未办结的申请，也只计入全年。")
    found.append("启用本系统以前已经办结的，没有逐月登记，也只计入全年。")
    return tuple(found)
