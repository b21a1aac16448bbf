"""The statutory form as data (政府信息公开工作年度报告格式).

One declarative file an edition, ``editions/2021.toml`` and ``editions/2019.toml``, loaded strictly: an unknown, missing
or repeated key fails with file and place. Cell keys, labels, types, units, articles and identities come from here and
from nowhere else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Literal

from .errors import FormError
from .wording import unexplained

CellKey = str
"""A cell's key as the contract spells it: ``applications.received.natural_person``."""

CellType = Literal["count", "change", "amount"]
"""``count``: a non-negative whole number; ``change``: a signed whole number; ``amount``: a non-negative decimal."""

_PACKAGE = "gongkai.report.editions"


@dataclass(frozen=True, slots=True)
class Part:
    """One of the five parts of section one (主动公开、依申请公开、政府信息管理、平台建设、监督保障)."""

    key: str
    heading: str
    article: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections. ``kind`` is ``text`` or ``table``; ``number`` is its Chinese numeral.

    ``telling``: words that tell it from the others, however its heading is worded.
    """

    key: str
    number: str
    heading: str
    kind: Literal["text", "table"]
    variants: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures. ``key`` is empty where a block of table 二 has a single column."""

    heading: str
    key: str = ""
    group: str = ""
    total: bool = False
    type: CellType = "count"
    unit: str = "件"
    unit_printed: bool = True
    """Whether the official form prints the unit in the heading (采购总金额 has none)."""
    called: str = ""
    """How a message calls it where the heading alone does not tell it from another (其他)."""
    variants: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How a message names the column."""
        return self.called or unexplained(self.heading)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of figures; ``result`` marks a 办理结果, ``merged`` the label where the rows of its group are printed as one."""

    key: str
    label: str
    group: str = ""
    result: bool = False
    article: str = ""
    merged: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several rows or columns, itself without figures (（三）不予公开, 法人或其他组织)."""

    key: str
    label: str
    parent: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stock:
    """A block whose column ``of`` counts what there is (现行有效), and others what came and went within the year.

    ``removes`` is empty where the form does not print what went, or ``adds`` is a change with its sign. ``opening``:
    ``of`` is counted at the beginning of the year (上一年项目数量), else at its end.
    """

    of: str
    adds: str
    removes: str = ""
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and columns under one heading: a strip of table 二, or the whole of table 三 or 四."""

    heading: str
    article: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    stock: Stock | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A statistical table. ``layout``: ``blocks`` (table 二), ``matrix`` (三), ``strip`` (四: all rows on one line)."""

    key: str
    name: str
    section: str
    layout: Literal["blocks", "matrix", "strip"]
    blocks: tuple[Block, ...]
    row_groups: tuple[Group, ...] = ()
    column_groups: tuple[Group, ...] = ()
    row_head: str = ""
    corner: str = ""
    head: str = ""

    def group(self, key: str) -> Group:
        """The row or column group with this key."""
        for group in chain(self.row_groups, self.column_groups):
            if group.key == key:
                return group
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for a figure: where it stands in the form, and what may stand in it."""

    key: CellKey
    table: Table
    block: Block
    row: Row
    column: Column

    @property
    def type(self) -> CellType:
        return self.column.type

    @property
    def unit(self) -> str:
        return self.column.unit

    @property
    def name(self) -> str:
        """How a message names the cell: ``表三“（七）总计”自然人``."""
        row = unexplained(self.row.label)
        if self.table.layout == "matrix" and self.row.group and (group := self.table.group(self.row.group)).parent:
            row = f"{group.label}{row}"
        return f"{self.table.name}“{row}”{self.column.name}"


@dataclass(frozen=True, slots=True)
class Identity:
    """A 勾稽关系: the figures of ``left`` add up to those of ``right``.

    ``code`` names the kind (``row-sum``), ``scope`` the row or column it was taken for.
    """

    code: str
    scope: str
    name: str
    basis: str
    left: tuple[CellKey, ...]
    right: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return self.left + self.right


@dataclass(frozen=True)
class Form:
    """One edition of the statutory form."""

    edition: str
    notice: str
    title: str
    basis: str
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    cells: Mapping[CellKey, Cell] = field(repr=False)
    identities: tuple[Identity, ...] = field(repr=False)

    def table(self, key: str) -> Table:
        """Table by key: ``proactive`` (表二), ``applications`` (表三), ``remedies`` (表四)."""
        return next(table for table in self.tables if table.key == key)

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)

    def serves(self, year: int) -> bool:
        """Whether this edition is the one prescribed for a reporting year."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@cache
def editions() -> tuple[str, ...]:
    """The editions there are a file for, oldest first."""
    names = (entry.name for entry in files(_PACKAGE).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_form(edition: str) -> Form:
    """The form of an edition (``"2021"``, ``"2019"``). Raises FormError for an edition without a file."""
    if edition not in editions():
        raise FormError(f"没有“{edition}”版年度报告格式；现有：{'、'.join(editions())}。")
    text = files(_PACKAGE).joinpath(f"{edition}.toml").read_text("utf-8")
    return parse_form(text, f"{edition}.toml")


def form_for_year(year: int) -> Form:
    """The form prescribed for a reporting year; the oldest one for years before it."""
    for edition in reversed(editions()):
        form = load_form(edition)
        if form.serves(year):
            return form
    return load_form(editions()[0])


def parse_form(text: str, source: str) -> Form:
    """Build a form from the text of an edition file. Every mistake is a FormError that names file and place."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # repeated keys are reported here too
        raise FormError(f"{source}：不是有效的 TOML：{error}") from error
    reader = _Strict(source)
    reader.keys(
        raw,
        "（顶层）",
        {"edition", "notice", "first_year", "title", "basis", "sections", "tables", "identities"},
        {"last_year"},
    )
    sections = tuple(_section(reader, item, f"sections[{n}]") for n, item in enumerate(raw["sections"]))
    tables = tuple(_table(reader, item, f"tables[{n}]") for n, item in enumerate(raw["tables"]))
    known_sections = {section.key for section in sections}
    for table in tables:
        if table.section not in known_sections:
            reader.fail(f"tables.{table.key}.section", f"没有“{table.section}”这一部分")
    cells: dict[CellKey, Cell] = {}
    for table in tables:
        for cell in _cells(table):
            if cell.key in cells:
                reader.fail(f"tables.{table.key}", f"格键“{cell.key}”重复")
            cells[cell.key] = cell
    identities = tuple(
        chain.from_iterable(
            _identities(reader, item, tables, cells, f"identities[{n}]") for n, item in enumerate(raw["identities"])
        )
    )
    return Form(
        edition=raw["edition"],
        notice=raw["notice"],
        title=raw["title"],
        basis=raw["basis"],
        first_year=raw["first_year"],
        last_year=raw.get("last_year"),
        sections=sections,
        tables=tables,
        cells=cells,
        identities=identities,
    )


class _Strict:
    """Refuses what an edition file must not contain, naming file and place."""

    def __init__(self, source: str) -> None:
        self.source = source

    def fail(self, place: str, why: str) -> None:
        raise FormError(f"{self.source}：{place}：{why}。")

    def keys(self, item: Mapping[str, Any], place: str, required: set[str], optional: set[str]) -> None:
        if missing := required - item.keys():
            self.fail(place, f"缺少 {'、'.join(sorted(missing))}")
        if unknown := item.keys() - required - optional:
            self.fail(place, f"不认识 {'、'.join(sorted(unknown))}")

    def build(
        self, kind: type[Any], item: Mapping[str, Any], place: str, required: set[str], optional: set[str]
    ) -> Any:
        self.keys(item, place, required, optional)
        return kind(**{k: tuple(v) if k == "variants" else v for k, v in item.items()})


def _section(reader: _Strict, item: dict[str, Any], place: str) -> Section:
    reader.keys(item, place, {"key", "number", "heading", "kind"}, {"variants", "telling", "parts"})
    parts = tuple(
        reader.build(Part, part, f"{place}.parts[{n}]", {"key", "heading", "article"}, {"variants"})
        for n, part in enumerate(item.get("parts", ()))
    )
    for name in ("variants", "telling"):
        if not isinstance(item.get(name, []), list):
            reader.fail(f"{place}.{name}", "应当是一组文字")
    variants, telling = (tuple(item.get(name, ())) for name in ("variants", "telling"))
    return Section(item["key"], item["number"], item["heading"], item["kind"], variants, telling, parts)


def _table(reader: _Strict, item: dict[str, Any], place: str) -> Table:
    reader.keys(
        item,
        place,
        {"key", "name", "section", "layout"},
        {"blocks", "rows", "columns", "row_groups", "column_groups", "row_head", "corner", "head"},
    )
    if item["layout"] not in ("blocks", "matrix", "strip"):
        reader.fail(f"{place}.layout", f"不认识“{item['layout']}”")
    blocks_raw = item.get("blocks") or [
        {"heading": "", "article": "", "rows": item.get("rows", []), "columns": item.get("columns", [])}
    ]
    blocks = []
    for n, block in enumerate(blocks_raw):
        where = f"{place}.blocks[{n}]"
        reader.keys(block, where, {"heading", "article", "rows", "columns"}, {"stock"})
        rows = tuple(
            reader.build(
                Row, row, f"{where}.rows[{m}]", {"key", "label"}, {"group", "result", "article", "merged", "variants"}
            )
            for m, row in enumerate(block["rows"])
        )
        columns = tuple(
            reader.build(
                Column,
                column,
                f"{where}.columns[{m}]",
                {"heading"},
                {"key", "group", "total", "type", "unit", "unit_printed", "called", "variants"},
            )
            for m, column in enumerate(block["columns"])
        )
        stock = None
        if "stock" in block:
            stock = reader.build(Stock, block["stock"], f"{where}.stock", {"of", "adds"}, {"removes", "opening"})
            if unknown := {stock.of, stock.adds, stock.removes} - {column.key for column in columns} - {""}:
                reader.fail(f"{where}.stock", f"没有“{'、'.join(sorted(unknown))}”这一列")
        blocks.append(Block(block["heading"], block["article"], rows, columns, stock))
    row_groups = tuple(
        reader.build(Group, group, f"{place}.row_groups[{n}]", {"key", "label"}, {"parent", "variants"})
        for n, group in enumerate(item.get("row_groups", ()))
    )
    column_groups = []
    for n, group in enumerate(item.get("column_groups", ())):
        reader.keys(group, f"{place}.column_groups[{n}]", {"key", "heading"}, {"variants"})
        column_groups.append(Group(group["key"], group["heading"], variants=tuple(group.get("variants", ()))))
    table = Table(
        key=item["key"],
        name=item["name"],
        section=item["section"],
        layout=item["layout"],
        blocks=tuple(blocks),
        row_groups=row_groups,
        column_groups=tuple(column_groups),
        row_head=item.get("row_head", ""),
        corner=item.get("corner", ""),
        head=item.get("head", ""),
    )
    known = {group.key for group in (*row_groups, *column_groups)}
    for block in blocks:
        used = {row.group for row in block.rows} | {column.group for column in block.columns}
        if unknown := used - known - {""}:
            reader.fail(place, f"没有“{'、'.join(sorted(unknown))}”这一分组")
    return table


def _cells(table: Table) -> Iterator[Cell]:
    for block in table.blocks:
        for row in block.rows:
            for column in block.columns:
                key = ".".join(filter(None, (table.key, row.key, column.key)))
                yield Cell(key, table, block, row, column)


def _identities(
    reader: _Strict, item: dict[str, Any], tables: tuple[Table, ...], cells: Mapping[CellKey, Cell], place: str
) -> Iterator[Identity]:
    reader.keys(item, place, {"code", "table", "for_each", "left", "right", "name", "basis"}, set())
    table = next((table for table in tables if table.key == item["table"]), None)
    if table is None or item["for_each"] not in ("row", "column"):
        reader.fail(place, "table 或 for_each 不对")
        return
    block = table.blocks[0]
    spread = {
        "result": [row.key for row in block.rows if row.result],
        "part": [column.key for column in block.columns if not column.total],
    }

    def expand(patterns: list[str], scope: str) -> tuple[CellKey, ...]:
        keys: list[CellKey] = []
        for pattern in patterns:
            one = pattern.replace("{" + item["for_each"] + "}", scope)
            name = next((name for name in spread if "{" + name + "}" in one), None)
            keys += [one.replace("{" + name + "}", key) for key in spread[name]] if name else [one]
        full = tuple(f"{table.key}.{key}" for key in keys)
        for key in full:
            if key not in cells:
                reader.fail(place, f"没有格键“{key}”")
        return full

    for line in block.rows if item["for_each"] == "row" else block.columns:
        scope = line.key
        left, right = expand(item["left"], scope), expand(item["right"], scope)
        yield Identity(item["code"], scope, item["name"], item["basis"], left, right)
