"""The cells of a received report as a person compares them with the document: what is shown of each, and what they answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from gongkai.reading.figures import convert, parse
from gongkai.report.form import Cell, CellKey, Form
from gongkai.report.report import Number
from gongkai.report.writing.html import draw_table
from gongkai.report.writing.tables import PrintedCell, print_table, printed_number

from .pictures import Cut, Drawn, cut_of, line_of, row_cut_of
from .readings import TakenDown

Answer = tuple[Number | None, str]
"""Figure, and mark where the cell prints one instead."""


@dataclass(frozen=True, slots=True)
class Item:
    """A cell in the list. ``column``: the head of its column, where it stands with others of its row. ``text``: what stands in
    its input; ``read``: what was read, in words; ``cut``: the piece of the page; ``line``: the row's text in a document without
    pages; ``said``: what a person said before; ``wrong``: what is wrong with the input.
    """

    key: CellKey
    name: str
    column: str
    read: str
    raw: str
    text: str
    unread: bool
    reasons: tuple[str, ...]
    cut: Cut | None
    line: str
    said: str
    ticked: bool
    wrong: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of the list that stand in one row of the form, to be looked at together; of a single one its item tells all.

    ``key``: table and row; ``unread``: how many of them the document was not seen to print; ``reasons``: of all of them.
    """

    key: str
    name: str
    items: tuple[Item, ...]
    cut: Cut | None
    line: str
    unread: int
    reasons: tuple[str, ...]
    ticked: bool


def rows_of(items: Sequence[Item], found: TakenDown, shown: Drawn, posted: QueryDict | None = None) -> list[Row]:
    """The cells of a list by the rows of the form in which they stand."""
    return [
        _row(key, list(some), found, shown, posted)
        for key, some in groupby(items, lambda one: _row_key(found.form.cells[one.key]))
    ]


def _row(key: str, items: Sequence[Item], found: TakenDown, shown: Drawn, posted: QueryDict | None) -> Row:
    first = items[0]
    return Row(
        key=key,
        name=first.name.removesuffix(first.column),
        items=tuple(items),
        cut=first.cut if len(items) == 1 else row_cut_of(first.key, found, shown),
        line=next((one.line for one in items if one.line), ""),
        unread=sum(one.unread for one in items),
        reasons=tuple(dict.fromkeys(reason for one in items for reason in one.reasons)),
        ticked=posted is not None and f"row:{key}" in posted,
    )


def _row_key(cell: Cell) -> str:
    return f"{cell.table.key}.{cell.row.key}"


def items_of(
    keys: Collection[CellKey],
    found: TakenDown,
    shown: Drawn,
    posted: QueryDict | None = None,
    wrong: Mapping[CellKey, str] | None = None,
) -> list[Item]:
    """The cells of a list, in the order of the form. ``posted``: what was typed and could not be saved."""
    return [_item(key, found, shown, posted, (wrong or {}).get(key, "")) for key in found.form.cells if key in keys]


def _item(key: CellKey, found: TakenDown, shown: Drawn, posted: QueryDict | None, wrong: str) -> Item:
    doubt, typed = found.doubtful.get(key), found.typed.get(key)
    cut = cut_of(key, found, shown)
    index = None if cut else line_of(key, found, shown)
    return Item(
        key=key,
        name=found.form.cells[key].name,
        column=found.form.cells[key].column.name,
        read=_told(key, found),
        raw=found.raw(key),
        text=posted.get(f"value:{key}", "") if posted is not None else text_of(key, found),
        unread=doubt.unread if doubt else False,
        reasons=doubt.reasons if doubt else (),
        cut=cut,
        line="" if index is None else "　".join(text for text, _, _ in shown.lines[index]["cells"] if text.strip()),
        said=f"{typed.by}已核对" if typed else "",
        ticked=posted is not None and f"ok:{key}" in posted,
        wrong=wrong,
    )


def text_of(key: CellKey, found: TakenDown) -> str:
    """What a cell prints, as one types it."""
    report = found.corrected
    value = report.values.get(key)
    return printed_number(value) if value is not None else report.marks.get(key, "")


def _told(key: CellKey, found: TakenDown) -> str:
    value, mark = found.report.values.get(key), found.report.marks.get(key, "")
    if value is not None:
        return printed_number(value)
    return f"“{mark}”" if mark else "空白" if key in found.report.values else "没有读到"


def answers(posted: QueryDict, found: TakenDown) -> tuple[dict[CellKey, Answer], dict[CellKey, str]]:
    """What a person answered, and what of it can't be taken: only cells whose box was ticked or whose figure was changed;
    every cell of a row whose box was ticked, the empty ones, too; with ``all`` every cell in which something stands, and with
    ``blank`` the empty ones: a figure may be missing there."""
    given: dict[CellKey, Answer] = {}
    wrong: dict[CellKey, str] = {}
    for key in posted.getlist("cell"):
        if key not in found.form.cells or f"value:{key}" not in posted:
            continue
        text = posted.get(f"value:{key}", "").strip()
        row = f"row:{_row_key(found.form.cells[key])}"
        meant = f"ok:{key}" in posted or row in posted or text != text_of(key, found)
        if "all" in posted:
            meant |= bool(text) or "blank" in posted
        if not meant:
            continue
        try:
            given[key] = understood(text, found.form.cells[key])
        except ValueError as error:
            wrong[key] = str(error)
    return given, wrong


def understood(text: str, cell: Cell) -> Answer:
    """What somebody typed for a cell. Raises ValueError with a Chinese sentence."""
    figure = parse(text)
    match figure.kind:
        case "blank":
            return None, ""
        case "mark":
            return None, figure.mark
        case "words":
            raise ValueError("请填写一个数；原件印的是“/”等符号的，照填符号；原件是空白的，清空后勾选“已核对”。")
    value = convert(figure, cell).value
    if cell.type != "amount" and not isinstance(value, int):
        raise ValueError("这一格是件数，应当填写整数。")
    if value < 0 and not figure.signed:
        raise ValueError("请核对正负号。")
    return value, ""


def drawn_tables(form: Form, found: TakenDown, address: str) -> list[tuple[str, str, SafeString]]:
    """Section, name and HTML of the statutory tables with what was read and corrected; doubtful cells lead to where they are
    compared, others to being added to what is compared. ``address``: of the file's page, "" where nothing can be changed any more."""
    report = found.corrected
    still_open = {one.cell for one in found.open}

    def mark(cell: PrintedCell) -> tuple[str, str]:
        key = cell.key or ""
        text = escape(cell.text) or '<span class="o-hidden">空白</span>'
        if key in still_open:
            text = f'{text}<span class="intake-sign" aria-hidden="true">？</span><span class="o-hidden">待核对</span>'
            return 'class="intake-open"', f'<a href="#cell-{key}">{text}</a>' if address else text
        typed = found.typed.get(key)
        shown = 'class="intake-corrected"' if typed and typed.corrected else ""
        if typed and typed.corrected:
            text += '<span class="intake-sign" aria-hidden="true">✎</span><span class="o-hidden">已更正</span>'
        return shown, f'<a href="{address}?cell={key}#cell-{key}">{text}</a>' if address else text

    tables = []
    for table in form.tables:
        printed = print_table(table, table.name, report.values, report.marks)
        html = "\n".join(draw_table(printed, "t-", mark, widths=False))
        tables.append((table.section, table.name, mark_safe(html)))  # every text in it was escaped
    return tables
