"""Rules of what may stand in a cell: a figure, not a blank, a mark, a unit or a remark; and figures that can't be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ..reading.figures import UNITS
from ..reading.folding import fold
from ..report.finding import Finding, Severity
from ..report.form import Cell, Table
from ..report.report import Number
from .basis import FORM, form_basis
from .findings import cells_by_table, doubtful_cells, found_cells, lacks_power, name_cells, stocks, with_values
from .rules import Subject, rule


@rule(
    "blank-cells",
    family="form",
    severity="warning",
    basis=FORM,
    summary="表格应当逐格填写，没有发生的填 0；空白格分不清是没有还是漏填。",
)
def blank_cells(subject: Subject) -> Iterator[Finding]:
    doubtful = doubtful_cells(subject)
    for table, cells in _held(subject):
        blank = [
            cell
            for cell in cells
            if subject.report.values[cell.key] is None
            and cell.key not in subject.report.marks
            and cell.key not in doubtful
        ]
        if not blank:
            continue
        if len(blank) == len(cells) > 1:
            message = f"{table.name}的 {len(cells)} 格都没有填写。没有发生的应当填 0，请逐格填写。"
        else:
            message = (
                f"{table.name}应填 {len(cells)} 格，有 {len(blank)} 格空白：{name_cells(blank)}。"
                "没有发生的应当填 0，请核对后补填。"
            )
        yield found_cells(subject, "blank-cells", "warning", message, blank)


@rule(
    "cell-marks",
    family="form",
    severity="warning",
    basis=FORM,
    summary="表格的格内应当填数字，不用“/”“—”“无”等代替；没有规章制定权的机关在规章一行这样填写的，只作提示。",
)
def cell_marks(subject: Subject) -> Iterator[Finding]:
    marks = subject.report.marks
    lacks, doubtful = lacks_power(subject), doubtful_cells(subject)
    for table, cells in _held(subject):
        marked = [cell for cell in cells if cell.key in marks and cell.key not in doubtful]
        groups: tuple[tuple[Severity, list[Cell]], ...] = (
            ("warning", [cell for cell in marked if not (lacks and cell.row.key == "rules")]),
            ("note", [cell for cell in marked if lacks and cell.row.key == "rules"]),
        )
        for severity, group in groups:
            if not group:
                continue
            kinds = Counter(marks[cell.key] for cell in group)
            printed = "、".join(f"“{mark}”（{count} 格）" for mark, count in kinds.most_common(4))
            yield found_cells(
                subject,
                "cell-marks",
                severity,
                f"{table.name}有 {len(group)} 格没有填数字，填的是{printed}：{name_cells(group)}。"
                "没有发生或者不适用的，建议填 0。",
                group,
            )


@rule(
    "negative-figure",
    family="form",
    severity="warning",
    basis=FORM,
    summary="件数和金额不会是负数；2019 版“本年增/减”一列除外。",
)
def negative_figure(subject: Subject) -> Iterator[Finding]:
    def wrong(cell: Cell, value: Number) -> bool:
        return cell.type != "change" and value < 0

    yield from _one_a_table(subject, "negative-figure", wrong, "是负数", "件数和金额不会小于 0，请核对后更正。")


@rule(
    "fractional-count",
    family="form",
    severity="warning",
    basis=FORM,
    summary="按件、按项统计的数应当是整数，只有金额可以有小数。",
)
def fractional_count(subject: Subject) -> Iterator[Finding]:
    def wrong(cell: Cell, value: Number) -> bool:
        return cell.type != "amount" and value % 1 != 0

    advice = "这些格按件、按项统计，应当是整数，请核对是否填错了行或者单位。"
    yield from _one_a_table(subject, "fractional-count", wrong, "不是整数", advice)


_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile("|".join(UNITS))
_STRAY = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)


@rule(
    "unit-in-cell",
    family="form",
    severity="warning",
    basis=FORM,
    summary="计量单位已经印在表头，格内只填数字；表头没有印单位的格写了单位的，只作提示。",
)
def unit_in_cell(subject: Subject) -> Iterator[Finding]:
    wrong = [(cell, rest) for cell, rest in _remarks(subject) if _UNIT.fullmatch(rest)]
    for printed in (True, False):
        group = [(cell, rest) for cell, rest in wrong if cell.column.unit_printed is printed]
        if not group:
            continue
        if printed:
            advice = "表头已经印有单位，格内请只填换算后的数字。"
        else:
            advice = "该列表头没有印单位，请按主管部门规定的单位填写，并在表外注明。"
        message = f"格内写了计量单位：{_written(group)}。{advice}"
        severity: Severity = "warning" if printed else "note"
        yield found_cells(subject, "unit-in-cell", severity, message, [cell for cell, _ in group])


@rule(
    "remark-in-cell",
    family="form",
    severity="note",
    basis=FORM,
    summary="格内除数字外不写说明、符号；需要说明的写在表下或者正文。",
)
def remark_in_cell(subject: Subject) -> Iterator[Finding]:
    wrong = [(cell, rest) for cell, rest in _remarks(subject) if not _UNIT.fullmatch(rest)]
    if wrong:
        message = f"格内除数字外还有其他内容：{_written(wrong)}。格内请只填数字，需要说明的写在表下或者正文。"
        yield found_cells(subject, "remark-in-cell", "note", message, [cell for cell, _ in wrong])


@rule(
    "in-force-below-new",
    family="form",
    severity="warning",
    basis=FORM + " 表二",
    summary="现行有效件数一般不少于本年制发减去本年废止；2019 版对外公开总数量不少于本年新公开数量。",
)
def in_force_below_new(subject: Subject) -> Iterator[Finding]:
    if subject.form is None:
        return
    values = subject.report.values
    for _, held, added, removed in stocks(subject.form, opening=False):
        there, new, gone = values.get(held.key), values.get(added.key), values.get(removed.key) if removed else None
        if there is None or new is None or there >= new:
            continue
        left = new - (gone or 0)
        sure = there < left
        name = f"{held.table.name}“{held.row.label}”"
        if removed is None:
            message = f"{name}{held.column.name}为 {there}，少于{added.column.name} {new}。请核对这两格。"
        else:
            message = (
                f"{name}{added.column.name} {new}、{removed.column.name} {gone or 0}，{held.column.name}只有 {there}。"
            )
            if sure:
                message += f"即使废止的都是本年制发的，{held.column.name}也应为 {left}，请核对三格。"
            else:
                message += "只有本年制发的又在本年废止才会如此，请核对。"
        cells = [cell for cell in (held, added, removed) if cell]
        yield found_cells(subject, "in-force-below-new", "warning" if sure else "note", message, cells)


@rule(
    "decisions-equal-items",
    family="form",
    severity="note",
    basis=form_basis("2019") + " 表二",
    summary="2019 版“处理决定数量”是本年作出的决定数，不是上一年项目数量加本年增减。",
)
def decisions_equal_items(subject: Subject) -> Iterator[Finding]:
    if subject.form is None:
        return
    values = subject.report.values
    for block, held, change, _ in stocks(subject.form, opening=True):
        others = [column.key for column in block.columns if column not in (held.column, change.column)]
        for cell in (subject.form.cells[f"{held.table.key}.{held.row.key}.{key}"] for key in others):
            decided, before, more = values.get(cell.key), values.get(held.key), values.get(change.key)
            if decided and before and more and decided == before + more:
                yield found_cells(
                    subject,
                    "decisions-equal-items",
                    "note",
                    f"{cell.table.name}“{cell.row.label}”{cell.column.name} {decided}，"
                    f"恰好等于{held.column.name} {before} 加{change.column.name} {more}。"
                    f"{cell.column.name}应填本年作出的决定数，请核对是否填成了项目数量。",
                    (cell, held, change),
                )


def _one_a_table(
    subject: Subject, code: str, is_wrong: Callable[[Cell, Number], bool], said: str, advice: str
) -> Iterator[Finding]:
    """For each table one finding with all its cells whose figures are wrong in the same way."""
    values = subject.report.values
    for table, cells in _held(subject):
        wrong = [cell for cell in cells if (value := values.get(cell.key)) is not None and is_wrong(cell, value)]
        if wrong:
            message = f"{table.name}有 {len(wrong)} 格{said}：{with_values(subject, wrong)}。{advice}"
            yield found_cells(subject, code, "warning", message, wrong)


def _written(remarks: Sequence[tuple[Cell, str]]) -> str:
    """What is written beside the figures, for a message."""
    return "、".join(f"{cell.name}写有“{rest}”" for cell, rest in remarks[:6])


def _held(subject: Subject) -> Iterator[tuple[Table, list[Cell]]]:
    """Each table with the cells of it that the document has."""
    if subject.form is None:
        return
    values = subject.report.values
    for cells in cells_by_table(subject.form).values():
        if held := [cell for cell in cells if cell.key in values]:
            yield held[0].table, held


def _remarks(subject: Subject) -> Iterator[tuple[Cell, str]]:
    """Cells in which something stands beside the figure, with what that is."""
    if subject.form is None or subject.reading is None:
        return
    values = subject.report.values
    for key, evidence in subject.reading.evidence.items():
        raw = evidence.raw
        if raw.isdecimal() or values.get(key) is None:  # by far the most: nothing but a figure
            continue
        folded = fold(_STRAY.sub("", raw))
        match = _FIGURE.search(folded)
        cell = subject.form.cells.get(key)
        if match is None or cell is None or fold(cell.row.label) in folded:
            continue
        rest = (folded[: match.start()] + folded[match.end() :]).strip()
        if _UNIT.fullmatch(rest.strip("()")):
            rest = rest.strip("()")
        if rest and not _FIGURE.fullmatch(rest):
            yield cell, rest
