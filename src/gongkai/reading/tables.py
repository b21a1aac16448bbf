"""A document's lines → the statutory cells, with evidence. The one engine behind every format and layout.

``locating`` finds where tables 二, 三 and 四 stand, ``rows`` makes candidate rows of their lines, ``alignment`` says
which row of the form each is, ``heads`` and ``placing`` which column each value cell is in, ``figures`` what it prints.
What none of them can decide is left to the identities (``settling``), or reported as unplaced.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ..report.finding import Finding, Where
from ..report.form import Block, Cell, CellKey, Form, Table, editions, load_form
from ..report.report import Number
from .alignment import Aligned, align, named_row
from .document import Document, Line, TextCell
from .figures import convert, is_unclear, parse
from .heads import PrintedOrder, doubled_heads, first_column, order_at, printed_orders
from .labels import TableLabels, core, table_labels
from .locating import SHARED, Region, edition_of, find_marks, find_regions
from .placing import Placed, pattern_of, place
from .reading import Evidence
from .rows import Candidate, rows_of
from .settling import Unsettled, settle
from .strip import read_strip

_LONGEST_LABEL = 70
_SEVERAL = 3
"""So many labels of a table do not stand by themselves by chance."""

_BASIS = "读取规则：数字的位置可由文件本身确定的才采信"


@dataclass(slots=True)
class Tables:
    """What the engine read: values, marks and evidence by cell, the tables' regions, and findings of the reading."""

    edition: str | None
    values: dict[CellKey, Number | None] = field(default_factory=dict)
    marks: dict[CellKey, str] = field(default_factory=dict)
    evidence: dict[CellKey, Evidence] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    regions: Mapping[str, Region] = field(default_factory=dict)
    unsettled: list[Unsettled] = field(default_factory=list)


def read_tables(document: Document, year: Callable[[], int | None]) -> Tables:
    """Read all tables of a document. ``year`` is asked where tables of several years are printed side by side."""
    lines = document.lines
    marks = find_marks(lines)
    regions = find_regions(marks, lines)
    edition = edition_of(marks, lines, regions)
    result = Tables(edition, regions=regions)
    form = load_form(edition or editions()[-1])
    for table in form.tables:
        if region := result.regions.get(table.key):
            if table.layout == "strip":
                _read_strip(result, lines, region, table, form, year)
            else:
                _read_rows(result, lines, region, table, form)
    if result.unsettled:
        _settle(result, form)
    if regions:
        _note_unread(result, lines, form)
    return result


def _note_unread(result: Tables, lines: Sequence[Line], form: Form) -> None:
    """Tables whose labels are printed, but in no layout that is known: it is the reading that lacks them."""
    for table in form.tables:
        if table.key in result.regions:
            continue
        labels = table_labels(form.edition, table.key).by_core
        printed = {core(cell.text) for line in lines for cell in line.cells if 0 < len(cell.text) <= _LONGEST_LABEL}
        if len(printed & labels.keys() - SHARED) >= _SEVERAL:
            result.findings.append(
                Finding(
                    "table-unread",
                    "reading",
                    "warning",
                    f"文件中有{table.name}的行标，但排列的方式不能识别，该表各格的数据都没有读到。请对照原文件核对。",
                    _BASIS,
                    tuple(cell.key for cell in form.cells.values() if cell.table is table),
                )
            )


def _read_rows(result: Tables, lines: Sequence[Line], region: Region, table: Table, form: Form) -> None:
    labels = table_labels(form.edition, table.key)
    widths = {one: len(table.blocks[rows[0].block].columns) for one, rows in labels.by_core.items()}
    widths |= {one: len(table.blocks[row.block].columns) for one, row in labels.merged.items()}
    found, trailing = rows_of(
        lines, region.start, region.end, widths, labels.heads - widths.keys(), labels.merged.keys()
    )
    rows = align(found, labels, trailing)
    keys = _keys(form, table)
    head = first_column(lines, region, table)
    orders = [printed_orders(lines, region, table, block) for block in table.blocks]
    patterns = {
        size: pattern_of([row.candidate for row in rows if len(keys[row.label.row.key]) == size], size, head)
        for size in {len(cells) for cells in keys.values()}
    }
    for row in rows:
        cells = keys[row.label.row.key]
        if order := order_at(orders[row.label.block], row.candidate.lines[0]):
            cells = [cells[n] for n in order]
        placed = place(row.candidate, cells, patterns[len(cells)])
        _take(result, lines, table, cells, row, placed)
    _note_bare_rows(result, found, trailing, labels, keys, {row.label.row.key for row in rows})
    for block, other in zip(table.blocks, orders, strict=True):
        if other:
            _note_order(result, table, block, other)
    if table.layout == "blocks":
        _check_heads(result, lines, region, table)


def _keys(form: Form, table: Table) -> dict[str, list[Cell]]:
    keys: dict[str, list[Cell]] = {}
    for cell in form.cells.values():
        if cell.table is table:
            keys.setdefault(cell.row.key, []).append(cell)
    return keys


def _take(
    result: Tables, lines: Sequence[Line], table: Table, cells: Sequence[Cell], row: Aligned, placed: Placed
) -> None:
    """Enter a placed row into the result, or what could not be placed into the unsettled."""
    if row.how != "label":
        own = "".join(row.candidate.own) or "".join(row.candidate.before[-1:])
        result.findings.append(
            Finding(
                "row-by-likeness" if row.how == "likeness" else "row-by-order",
                "reading",
                "note",
                f"{table.name}有一行行标印作“{own[:40]}”，按"
                f"{'相近的行标' if row.how == 'likeness' else '前后各行的顺序'}读作“{row.label.row.label}”。",
                _BASIS,
                tuple(cell.key for cell in cells),
            )
        )
    if placed.unplaced:
        for cell in cells:
            result.values[cell.key] = None
        result.unsettled.append(
            Unsettled(tuple(cells), placed.unplaced, row.candidate.lines[0], bool(row.candidate.glued))
        )
        return
    for cell, text, line in zip(cells, placed.cells, placed.lines, strict=True):
        if text is not None and line is not None:
            _enter(result, lines, cell, text, line)
        elif not placed.short:
            result.values[cell.key] = None
    if placed.short:
        missing = [cell for cell, text in zip(cells, placed.cells, strict=True) if text is None]
        result.findings.append(
            Finding(
                "row-short",
                "reading",
                "warning",
                f"{cells[0].table.name}“{cells[0].row.label}”一行应有 {len(cells)} 格，只印出"
                f" {len(cells) - len(missing)} 格，已按从左到右读取；{'、'.join(cell.name for cell in missing)}没有读到。",
                _BASIS,
                tuple(cell.key for cell in (*missing, *(cell for cell in cells if cell not in missing))),
            )
        )


def _enter(result: Tables, lines: Sequence[Line], cell: Cell, text: TextCell, index: int) -> None:
    line = lines[index]
    figure = parse(text.text)
    result.evidence[cell.key] = Evidence(
        raw=text.text,
        page=line.page,
        table=line.table,
        row=None if line.row is None else line.row + 1,
        column=None if text.column is None else text.column + 1,
        line=line.number,
        box=text.box if line.page is not None else None,
    )
    if figure.value is None:
        result.values[cell.key] = None
        if figure.mark:
            result.marks[cell.key] = figure.mark
        if is_unclear(figure):
            result.findings.append(
                Finding(
                    "figure-unclear",
                    "reading",
                    "warning",
                    f"{cell.name}印作“{' '.join(figure.mark.split())}”，不能确定是哪一个数，未予采信。请对照原文件核对。",
                    _BASIS,
                    (cell.key,),
                )
            )
        return
    converted = convert(figure, cell)
    result.values[cell.key] = converted.value
    if not converted.unit_known and converted.value:
        result.findings.append(
            Finding(
                "unit-missing",
                "reading",
                "note",
                f"{cell.name}填报 {text.text.strip()}，未印单位，也无法由表头确定；按印出的数字读取，未作换算（该格应以{cell.unit}计）。",
                _BASIS,
                (cell.key,),
            )
        )


def _note_bare_rows(
    result: Tables,
    found: Sequence[Candidate],
    trailing: Sequence[str],
    labels: TableLabels,
    keys: Mapping[str, Sequence[Cell]],
    read: set[str],
) -> None:
    """Rows whose label is printed but no value cell at all: blank cells that vanished from the text."""
    bare: list[CellKey] = []
    for text in [text for row in found for text in (*row.before, *row.own)] + list(trailing):
        if core(text) in SHARED:
            continue
        row, merged = named_row(text, labels)
        if row is None or merged or row.row.key in read or (not row.number and row.row.group):
            continue
        read.add(row.row.key)
        for cell in keys[row.row.key]:
            result.values.setdefault(cell.key, None)
            bare.append(cell.key)
    if bare:
        result.findings.append(
            Finding(
                "row-without-cells",
                "reading",
                "warning",
                f"有 {len({key.rsplit('.', 1)[0] for key in bare})} 行只有行标，没有读到任何数值，按空白处理。",
                _BASIS,
                tuple(bare),
            )
        )


def _read_strip(
    result: Tables, lines: Sequence[Line], region: Region, table: Table, form: Form, year: Callable[[], int | None]
) -> None:
    (block,) = table.blocks
    orders = printed_orders(lines, region, table, block)
    order = orders[-1].columns if orders else range(len(block.columns))
    keys = [cell for row in _keys(form, table).values() for cell in (row[n] for n in order)]
    strip = read_strip(lines, region, keys, table, form, year)
    if orders:
        _note_order(result, table, block, orders)
    for key, text in strip.cells.items():
        if text is None:
            result.values[key] = None
        else:
            _enter(result, lines, form.cells[key], text, strip.lines[key])
    if strip.cells and not strip.lines and not strip.unplaced:
        result.findings.append(
            Finding(
                "row-without-cells",
                "reading",
                "warning",
                f"{table.name}只有表头，没有读到任何数值，按空白处理。",
                _BASIS,
                tuple(strip.cells),
            )
        )
    absent = [cell for cell in form.cells.values() if cell.table is table and cell.key not in strip.cells]
    if strip.cells and absent:
        result.findings.append(
            Finding(
                "table-cut",
                "reading",
                "warning",
                f"{table.name}只印出 {len(strip.cells)} 格，其余 {len(absent)} 格（从“{absent[0].name}”起）没有读到。",
                _BASIS,
                tuple(cell.key for cell in absent),
            )
        )
    if strip.unplaced:
        result.findings.append(_unplaced([form.cells[key] for key in strip.cells], strip.unplaced))


def _settle(result: Tables, form: Form) -> None:
    for settled in settle(form, result.values, result.unsettled):
        cells = settled.row.cells
        if settled.values is None:
            result.findings.append(_unplaced(settled.row.keys, cells))
            continue
        result.values.update(settled.values)
        for key, text in settled.printed.items():
            result.evidence[key] = Evidence(raw=text)
        result.findings.append(
            Finding(
                "read-by-identities",
                "reading",
                "note",
                f"{settled.row.keys[0].table.name}“{settled.row.keys[0].row.label}”一行印出"
                f"“{' '.join(cell.text for cell in cells)}”，各数属哪一列不能从位置看出；只有一种分法符合全部勾稽关系，已照此读取。",
                _BASIS,
                tuple(key.key for key in settled.row.keys),
            )
        )


def _unplaced(keys: Sequence[Cell], cells: Sequence[TextCell]) -> Finding:
    figures = "、".join(cell.text.strip() for cell in cells[:15])
    return Finding(
        "figures-unplaced",
        "reading",
        "warning",
        f"{keys[0].table.name}“{keys[0].row.label}”一行应有 {len(keys)} 格，读到的是“{figures}”，"
        "不能确定各数属哪一列，未予采信。请对照原文件核对。",
        _BASIS,
        tuple(cell.key for cell in keys),
    )


def _check_heads(result: Tables, lines: Sequence[Line], region: Region, table: Table) -> None:
    """A column head printed twice where another belongs."""
    for block, doubled, wrong in islice(doubled_heads(lines, region, table), 1):
        result.findings.append(
            Finding(
                "column-heads",
                "report",
                "warning",
                f"{table.name}{block.heading}的列标“{block.columns[doubled].heading}”印了两次，"
                f"第 {wrong + 1} 列的表头应为“{block.columns[wrong].heading}”。数字按列的位置读取。",
                "年度报告格式表头",
                tuple(".".join(filter(None, (table.key, row.key, block.columns[wrong].key))) for row in block.rows),
                where=Where(section=2),
            )
        )


def _note_order(result: Tables, table: Table, block: Block, orders: Sequence[PrintedOrder]) -> None:
    """The columns are printed in another order than the form's: they are read by their heads, and it is told."""
    printed = next(one.columns for one in orders if one.columns != tuple(range(len(block.columns))))
    moved = [block.columns[n] for place, n in enumerate(printed) if n != place]
    heads = "、".join(block.columns[n].heading for n in printed)
    result.findings.append(
        Finding(
            "column-order",
            "reading",
            "warning",
            f"{table.name}{block.heading}的各列按“{heads}”的次序印出，与格式的次序不同；已按印出的表头读取，请对照原文件核对。",
            _BASIS,
            tuple(".".join(filter(None, (table.key, row.key, column.key))) for row in block.rows for column in moved),
        )
    )
