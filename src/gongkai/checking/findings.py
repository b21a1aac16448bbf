"""What the rules share: making findings, naming and placing cells, and what the reading is in doubt about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..law.powers import organ_kind
from ..reading.folding import simplify
from ..report.finding import Finding, Severity, Verdict, Where
from ..report.form import Block, Cell, CellKey, Form
from .passages import section_numbers
from .rules import RULES, Subject


def found(
    code: str,
    severity: Severity,
    message: str,
    *,
    cells: Iterable[CellKey] = (),
    where: Where | None = None,
    verdict: Verdict = "report",
) -> Finding:
    """A finding of a registered rule, with the basis that the register gives it."""
    return Finding(code, verdict, severity, message, RULES[code].basis, tuple(cells), where)


def found_cells(subject: Subject, code: str, severity: Severity, message: str, cells: Sequence[Cell]) -> Finding:
    """A finding about cells, the wrong ones first, that stands where the first of them stands."""
    return found(code, severity, message, cells=keys_of(cells), where=place_of(subject, cells[0]))


def enumerate_some(words: list[str], most: int, unit: str) -> str:
    """Words joined by 、; beyond ``most`` the first ones and how many there are in all."""
    if len(words) <= most:
        return "、".join(words)
    return f"{'、'.join(words[:most])}等 {len(words)} {unit}"


def name_cells(cells: Iterable[Cell], most: int = 6) -> str:
    """The cells' names for a message; beyond ``most`` only their number: 表三“（七）总计”自然人、…等 9 格."""
    return enumerate_some([cell.name for cell in cells], most, "格")


def with_values(subject: Subject, cells: list[Cell]) -> str:
    """Cells with what they print: 表二“规章”现行有效件数填报 6."""
    return enumerate_some([f"{cell.name}填报 {subject.report.values[cell.key]}" for cell in cells], 6, "格")


def keys_of(cells: Iterable[Cell]) -> tuple[CellKey, ...]:
    return tuple(cell.key for cell in cells)


def cells_by_table(form: Form) -> dict[str, list[Cell]]:
    """The form's cells by the key of their table, both in the order of the form."""
    tables: dict[str, list[Cell]] = {table.key: [] for table in form.tables}
    for cell in form.cells.values():
        tables[cell.table.key].append(cell)
    return tables


def stocks(form: Form, *, opening: bool) -> Iterator[tuple[Block, Cell, Cell, Cell | None]]:
    """The rows that count what there is, at the end of the year or at its beginning (``opening``).

    Each with its block and the cells of what there is, what was added, and what was taken away (None: not printed).
    """
    for table in form.tables:
        for block in table.blocks:
            if block.stock is None or block.stock.opening is not opening:
                continue
            for row in block.rows:
                base = f"{table.key}.{row.key}."
                removed = form.cells[base + block.stock.removes] if block.stock.removes else None
                yield block, form.cells[base + block.stock.of], form.cells[base + block.stock.adds], removed


def place_of(subject: Subject, cell: Cell) -> Where:
    """Where a cell stands, from its evidence or, failing that, from another cell of its row."""
    assert subject.form is not None
    section = section_numbers(subject.form)[cell.table.section]
    if subject.reading is not None:
        row = [c.key for c in subject.form.cells.values() if c.row is cell.row and c.table is cell.table]
        for key in (cell.key, *row):
            if (seen := subject.reading.evidence.get(key)) is not None:
                column = seen.column if key == cell.key else None
                return Where(section, seen.page, seen.table, seen.row, column, seen.line)
    return Where(section=section)


def doubtful_cells(subject: Subject) -> frozenset[CellKey]:
    """Cells of which the reading itself says that it is doubtful: not the publication's fault."""
    if subject.reading is None:
        return frozenset()
    return frozenset(
        key for finding in subject.reading.findings if finding.verdict == "reading" for key in finding.cells
    )


def lacks_power(subject: Subject) -> bool:
    """Whether the organ certainly lacks the power to make 规章."""
    organ = subject.report.organ
    kind = organ_kind(simplify(organ)) if organ else None
    return kind is not None and kind.power == "lacks"
