"""Where a government's own report and the sum of its parts differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..report.finding import Finding, Where
from ..report.form import Cell, CellKey, Form
from ..report.report import Number
from .fields import field_for
from .rollup import Rollup

DIFFERS = "total-differs-from-parts"
MISSING = "parts-missing"
_BASIS = "政府信息公开条例 第四十九条第二款；本级人民政府的年度报告汇总所属部门和下级人民政府的数据，是各地通行做法，条例没有写明【推断】"
_MOST = 6


def differences(values: Mapping[CellKey, Number | None], rollup: Rollup, form: Form) -> tuple[Finding, ...]:
    """Findings for what a government's report prints and its parts don't add up to, one for each row of the form.

    An error where every part has filed. While some are missing, which is a finding of its own, they may account for what the
    report prints beyond the sum: only what is less than the sum is told, as a warning.
    """
    return (*_missing(rollup), *_differing(values, rollup, form))


def _missing(rollup: Rollup) -> Iterator[Finding]:
    if rollup.missing:
        names = [rollup.parts[key].name for key in rollup.missing]
        some = "、".join(names[:_MOST]) + ("等" if len(names) > _MOST else "")
        message = (
            f"应当汇总的 {len(rollup.parts)} 个单位中，{len(names)} 个还没有报送：{some}。"
            "汇总数不完整，请在这些单位报送以后重新汇总。"
        )
        yield Finding(MISSING, "not-applicable", "warning", message, _BASIS)


def _differing(values: Mapping[CellKey, Number | None], rollup: Rollup, form: Form) -> Iterator[Finding]:
    rows: dict[tuple[str, str], list[Cell]] = {}
    for key, cell in form.cells.items():
        summed, printed = rollup.values[key], values.get(key) or 0
        if summed is not None and (printed != summed if rollup.whole else printed < summed):
            rows.setdefault((cell.table.key, cell.row.key), []).append(cell)
    numbers = {section.key: number for number, section in enumerate(form.sections, 1)}
    for cells in rows.values():
        said = "；".join(_said(cell, values.get(cell.key), rollup) for cell in cells)
        first = cells[0]
        message = (
            f"{first.table.name}“{first.row.label}”与各单位报告的合计不一致：{said}。"
            "请核对各单位的数据；确有原因的，请写明差异的原因。"
        )
        yield Finding(
            DIFFERS,
            "report",
            "error" if rollup.whole else "warning",
            message,
            field_for(first.key).article or _BASIS,
            cells=tuple(cell.key for cell in cells),
            where=Where(section=numbers[first.table.section]),
        )


def _said(cell: Cell, printed: Number | None, rollup: Rollup) -> str:
    summed = rollup.values[cell.key]
    assert summed is not None  # only cells that are added are said
    filled = "没有填" if printed is None else f"填报 {printed}"
    return f"{cell.column.name}{filled}，合计 {summed}，相差 {abs((printed or 0) - summed)}"
