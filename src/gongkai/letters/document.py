"""A letter ready to be set (排印): paragraphs and tables with all that a page needs to know of them, free of Word's XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look. ``families``: of its typeface, best first. Sizes and ``tracking`` in points; ``colour``: ``#RRGGBB``."""

    text: str
    families: tuple[str, ...]
    size: float
    bold: bool
    italic: bool
    underline: bool
    colour: str
    tracking: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. Lengths in points: ``first`` of the first line's indent, below 0 where it hangs; ``pitch`` from line
    to line, 0 for the typeface's own. ``size``: of its mark, the height of an empty paragraph."""

    runs: tuple[Run, ...]
    align: Align
    left: float
    right: float
    first: float
    before: float
    after: float
    pitch: float
    size: float
    keep_next: bool
    new_page: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell from ``row`` and ``column`` (from 0) on over ``rows`` and ``span``."""

    row: int
    column: int
    rows: int
    span: int
    paragraphs: tuple[Paragraph, ...]
    centred: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``widths`` of columns and least ``heights`` of rows in points. ``ruled``: with lines."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[Cell, ...]
    ruled: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Size and margins of the page in points. ``numbered``: the footer shows the page's number, ``aside`` on outer sides."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    footer: float
    numbered: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """A document as read. ``unprintable``: what the program can't print, in Chinese words, each once."""

    page: Page
    blocks: tuple[Paragraph | Table, ...]
    unprintable: tuple[str, ...]
