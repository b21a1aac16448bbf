"""Rules of the form as a whole: the edition, the tables and cells that must be there, the power to make 规章."""

from __future__ import annotations

from collections.abc import Iterator

from ..law.powers import organ_kind, organ_kinds
from ..reading.folding import fold, simplify
from ..report.finding import Finding, Where
from ..report.form import Cell, CellKey, Table, form_for_year
from .basis import FORM, form_basis
from .coverage import coverage
from .findings import (
    cells_by_table,
    doubtful_cells,
    found,
    found_cells,
    keys_of,
    lacks_power,
    name_cells,
    place_of,
    with_values,
)
from .passages import fold_text, form_of, section_numbers
from .rules import Subject, rule

_ROW_SHORT = "row-short"
"""The reading's own finding where a row prints fewer cells than its table has columns."""

_TROUBLE = 8
"""A reading in doubt of more than one figure in so many may have lost what seems to be missing."""


@rule(
    "edition-for-year",
    family="form",
    severity="warning",
    basis=FORM,
    summary="报告年度应当使用当年适用的格式：2019、2020 年度用 2019 版，2021 年度起用 2021 版。",
)
def edition_for_year(subject: Subject) -> Iterator[Finding]:
    form, year = subject.form, subject.report.year
    if form is None or year is None:
        return
    due = form_for_year(year)
    if due.edition != form.edition:
        yield found(
            "edition-for-year",
            "warning",
            f"{year} 年度报告应当使用 {due.edition} 版格式（{due.notice}），本报告的表格是 {form.edition} 版格式"
            f"（{form.notice}）。请改用 {due.edition} 版格式的表格重新填报。",
        )


@rule(
    "missing-table",
    family="form",
    severity="error",
    basis=FORM,
    summary="第二、三、四部分应当各有一张统计表，并且是可以读取的文字表格，不是图片。",
)
def missing_table(subject: Subject) -> Iterator[Finding]:
    if subject.form is None:
        if coverage(subject).cut:
            return
        if subject.reading is not None and not subject.report.values and any(subject.report.sections.values()):
            yield found(
                "missing-table",
                "warning",
                "没有读到表二、表三、表四。请核对报告是否附有三张统计表；表格如果是图片，请改为文字表格，便于公众查阅和统计。",
            )
        return
    lost, held = _missing_tables(subject)
    if not held and lost:  # nothing at all could be read: pictures, or a layout that the reader does not know
        names = "、".join(table.name for table in lost)
        yield found(
            "missing-table",
            "warning",
            f"没有读到{names}。请核对报告是否附有统计表；表格如果是图片，请改为文字表格，便于公众查阅和统计。",
        )
        return
    numbers = section_numbers(subject.form)
    for table in lost:
        section = subject.form.section(table.section)
        cells = keys_of(cells_by_table(subject.form)[table.key])
        where = Where(section=numbers[table.section])
        if _has_traces(subject, table) or _in_trouble(subject, cells):
            yield found(
                "missing-table",
                "warning",
                f"第{section.number}部分“{section.heading}”的{table.name}没有读出来，有关的格没有核对。请对照原文件核对该表。",
                cells=cells,
                where=where,
                verdict="reading",
            )
        else:
            yield found(
                "missing-table",
                "error",
                f"报告缺少{table.name}：第{section.number}部分“{section.heading}”应当是一张 {len(cells)} 格的统计表，"
                "报告中没有这张表。请补上；表格如果是图片，请改为文字表格。",
                cells=cells,
                where=where,
            )


@rule(
    "missing-cells",
    family="form",
    severity="error",
    basis=FORM,
    summary="统计表的行、列、格应当与格式一致，不能缺少。",
)
def missing_cells(subject: Subject) -> Iterator[Finding]:
    if subject.form is None:
        return
    lost, held = _missing_tables(subject)
    if not held:
        return
    merged = {cell.key for cell in _merged_away(subject)}
    by_table: dict[str, list[Cell]] = {}
    for cell in coverage(subject).missing:
        if cell.table not in lost and cell.key not in merged:
            by_table.setdefault(cell.table.key, []).append(cell)
    for cells in by_table.values():
        table = cells[0].table
        sure = _surely_missing(subject, cells)
        rows = _short_rows(subject, cells)
        if len(rows) == 1:
            row, want, have = rows[0]
            lead = f"{table.name}“{row}”一行应有 {want} 格，只有 {have} 格，缺少"
        else:
            total = len(cells_by_table(subject.form)[table.key])
            lead = f"{table.name}应有 {total} 格，缺少 {len(cells)} 格："
        yield found(
            "missing-cells",
            "error" if sure else "warning",
            f"{lead}{name_cells(cells)}。请对照格式补齐行、列，没有发生的填 0。",
            cells=keys_of(sorted(cells, key=lambda cell: cell not in sure)),
            where=place_of(subject, cells[0]),
        )


@rule(
    "other-handling-merged",
    family="form",
    severity="warning",
    basis=form_basis("2021") + " 表三（六）",
    summary="2021 版表三“（六）其他处理”分三行填写，不合成一行。",
)
def other_handling_merged(subject: Subject) -> Iterator[Finding]:
    away = _merged_away(subject)
    if not away or subject.form is None:
        return
    table = away[0].table
    rows = [row for row in table.blocks[0].rows if row.group == away[0].row.group]
    merged = next(row.merged for row in rows if row.merged)
    kept = [cell.key for cell in subject.form.cells.values() if cell.row in rows and cell.key in subject.report.values]
    labels = "；".join(row.label for row in rows)
    yield found(
        "other-handling-merged",
        "warning",
        f"{table.name}“{merged}”只印了一行，{subject.form.edition} 版格式分为 {len(rows)} 行：{labels}。"
        "请按这几行分别填写。",
        cells=kept,
        where=place_of(subject, subject.form.cells[kept[0]]) if kept else None,
    )


@rule(
    "document-cut",
    family="form",
    severity="warning",
    basis=FORM,
    summary="文件在表格中间中断，后面的内容没有读到，有关规则只核对读到的部分。",
)
def document_cut(subject: Subject) -> Iterator[Finding]:
    held = coverage(subject)
    if held.beyond:
        first, table = held.beyond[0], held.beyond[0].table
        yield found(
            "document-cut",
            "warning",
            f"文件似乎不完整：从{table.name}“{first.row.label}”起，后面的表格和各部分都没有读到，有关内容没有核对。"
            "请取得完整的文件后再核对。",
            where=Where(section=section_numbers(form_of(subject.report, subject.form))[table.section]),
            verdict="reading",
        )


@rule(
    "rules-without-power",
    family="form",
    severity="error",
    basis=f"{organ_kinds()[0].basis}；政府信息公开条例 第二十条第（一）项",
    summary="只有国务院部门、省级人民政府、设区的市和自治州人民政府有规章制定权，其他机关的规章数应当为 0。",
)
def rules_without_power(subject: Subject) -> Iterator[Finding]:
    if subject.form is None or not lacks_power(subject):
        return
    values = subject.report.values
    wrong = [
        cell for cell in subject.form.cells.values() if cell.row.key == "rules" and (values.get(cell.key) or 0) > 0
    ]
    if not wrong:
        return
    kind = organ_kind(simplify(subject.report.organ or ""))
    assert kind is not None
    yield found_cells(
        subject,
        "rules-without-power",
        "error",
        f"{with_values(subject, wrong)}，而{subject.report.organ}属于{kind.name}，没有规章制定权，应当为 0。"
        "请核对是否把规范性文件或者内部制度填在了规章一行。",
        wrong,
    )


def _missing_tables(subject: Subject) -> tuple[list[Table], list[Table]]:
    """The tables of which no cell is there though the document should hold them, and those of which some is."""
    assert subject.form is not None
    values = subject.report.values
    beyond = coverage(subject).tables_beyond
    held: list[Table] = []
    lost: list[Table] = []
    for table in subject.form.tables:
        if any(cell.key in values for cell in cells_by_table(subject.form)[table.key]):
            held.append(table)
        elif table.key not in beyond:
            lost.append(table)
    return lost, held


def _has_traces(subject: Subject, table: Table) -> bool:
    """Whether words of the table stand in the text: then it is the reading that failed to make a table of them."""
    text = fold_text("".join(subject.report.sections.values()) + subject.report.introduction)
    labels = {fold(block.heading) for block in table.blocks if block.heading}
    labels |= {fold(column.heading) for block in table.blocks for column in block.columns if len(column.heading) > 2}
    return sum(label in text for label in labels) >= 2


def _in_trouble(subject: Subject, cells: tuple[CellKey, ...]) -> bool:
    """Whether the reading is in doubt about these cells, or about so many others that it may have lost these."""
    doubtful = doubtful_cells(subject)
    return not doubtful.isdisjoint(cells) or len(doubtful) * _TROUBLE > len(subject.report.values)


def _surely_missing(subject: Subject, missing: list[Cell]) -> list[Cell]:
    """Those of a table's missing cells that the document surely lacks, not only the reading.

    The reading saw a row end early; or the document has a grid, little of the table is missing and the reading has no
    doubt of these cells nor, where whole rows are missing, of any row of the table. A report given as data lacks what
    it lacks.
    """
    assert subject.form is not None
    if subject.reading is None:
        return missing
    seen = {key for finding in subject.reading.findings if finding.code == _ROW_SHORT for key in finding.cells}
    whole = cells_by_table(subject.form)[missing[0].table.key]
    evidence = [one for cell in whole if (one := subject.reading.evidence.get(cell.key)) is not None]
    gridless = not evidence or any(one.column is None for one in evidence)
    doubtful = doubtful_cells(subject) - seen
    if len(doubtful) * _TROUBLE > len(subject.report.values):
        return []
    in_doubt = {cell.key for cell in whole if cell.key in doubtful}
    if gridless or len(in_doubt.union(keys_of(missing))) * 4 > len(whole):
        return [cell for cell in missing if cell.key in seen]
    there = {cell.row.key for cell in whole if cell.key in subject.report.values}
    return [cell for cell in missing if cell.key not in doubtful and (cell.row.key in there or not in_doubt)]


def _merged_away(subject: Subject) -> list[Cell]:
    """Cells of rows that the document prints as one with the row that carries the merged label."""
    if subject.form is None:
        return []
    values = subject.report.values
    away: list[Cell] = []
    for cells in cells_by_table(subject.form).values():
        for row in [row for row in cells[0].block.rows if row.merged and row.group]:
            group = [cell for cell in cells if cell.row.group == row.group]
            others = [cell for cell in group if cell.row is not row]
            kept = any(cell.key in values for cell in group if cell.row is row)
            if kept and not any(cell.key in values for cell in others):
                away += others
    return away


def _short_rows(subject: Subject, missing: list[Cell]) -> list[tuple[str, int, int]]:
    """The rows that lack these cells of one table: label, cells that it should have, cells that it has."""
    assert subject.form is not None
    cells = cells_by_table(subject.form)[missing[0].table.key]
    rows: dict[str, tuple[str, int, int]] = {}
    for row in {cell.row.key: cell.row for cell in missing}.values():
        whole = [cell for cell in cells if cell.row is row]
        have = sum(1 for cell in whole if cell.key in subject.report.values)
        rows[row.key] = (row.label, len(whole), have)
    return list(rows.values())
