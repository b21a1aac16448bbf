"""Web pages (HTML) as saved from a site, to lines: what a reader of the page sees, tables with their true columns.

One pass over the events of libxml2's parser, without a tree: memory stays small and nesting costs nothing. Navigation
is kept, since only the engine can tell where the report begins; what a browser does not show is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..document import Document, UnreadableError
from .decoding import decode
from .grid import MOST_DEPTH, MOST_SPAN, GridCell, GridTable, lines_of

MOST_TAGS = 200_000
"""More than any page of a report has by far; a page beyond it is refused."""

_BLOCK, _TABLE, _ROW, _CELL, _BREAK, _DROP, _TITLE, _META, _PRE, _HEADING, _RAISED = range(1, 12)

_BLOCKS = (
    "p div ul ol li dl dt dd section article header footer nav main aside blockquote form fieldset legend hr center "
    "address figure figcaption caption details summary body html head thead tbody tfoot colgroup"
)
_UNSEEN = (
    "script style noscript template select option button svg textarea iframe object audio video canvas rt rp datalist"
)
_KINDS = {
    **dict.fromkeys(_BLOCKS.split(), _BLOCK),
    **dict.fromkeys(_UNSEEN.split(), _DROP),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING),
    "table": _TABLE,
    "tr": _ROW,
    "td": _CELL,
    "th": _CELL,
    "br": _BREAK,
    "title": _TITLE,
    "meta": _META,
    "pre": _PRE,
    "sup": _RAISED,
}

_BREAK_MARK = "\v"  # decoding leaves none in a text, so it can stand for <br>
_HIDDEN = re.compile(r"(?:display|mso-hide|visibility)\s*:\s*(?:none|all|hidden)")
_WIDE = "\u2e80-\u9fff\uff00-\uffef“”‘’—…"
_BETWEEN_WIDE = re.compile(f"(?<=[{_WIDE}])[ \t\r]*\n[ \t\r\n]*(?=[{_WIDE}])")
_SPACES = re.compile("[ \t\r\n\xa0]{2,}|[\t\r\n\xa0]")
_LONGEST = 1_000_000
"""Characters beyond which a paragraph is not worth the care."""

_TITLES_STATED = frozenset({"articletitle", "title", "og:title"})


def read_html(data: bytes) -> Document:
    """Read a web page. Raises UnreadableError for a page beyond any measure."""
    text, problems = decode(data)
    return read_html_text(text, problems)


def read_html_text(text: str, problems: tuple[str, ...] = ()) -> Document:
    """Read a page whose text is decoded already."""
    from lxml import etree

    if text.count("<") > MOST_TAGS:
        raise UnreadableError(f"网页的标签超过 {MOST_TAGS} 个，不像一份年度报告，未予读取。")
    for name in ("noscript", "template", "select", "svg"):
        text = _without(text, name)
    page = _Page()
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    try:
        parser.feed(text.encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError:  # no element at all
        page.close()
    return Document("html", lines_of(page.content), tuple(dict.fromkeys(page.titles)), problems, grid=True)


def _without(text: str, name: str) -> str:
    """The page without the elements of this name, whose wrong contents would make the parser overlook their end."""
    if f"<{name}" not in text:
        return text
    opening = re.compile(f"<{name}[\\s>]")
    kept, place = [], 0
    while match := opening.search(text, place):
        end = text.find(f"</{name}>", match.end())
        if end < 0:
            break
        kept.append(text[place : match.start()])
        place = end + len(name) + 3
    kept.append(text[place:])
    return "".join(kept)


class _Frame:
    """A table that is open: where its content goes, and where reading goes on after it."""

    __slots__ = ("cell", "outer", "row", "table")

    def __init__(self, outer: list[str | GridTable]) -> None:
        self.table = GridTable()
        self.row: list[GridCell] | None = None
        self.cell: GridCell | None = None
        self.outer = outer


class _Page:
    """Receives the parser's events. ``content``: paragraphs and tables; ``titles``: what the page calls itself."""

    def __init__(self) -> None:
        self.content: list[str | GridTable] = []
        self.titles: list[str] = []
        self._sink = self.content
        self._text: list[str] = []
        self._frames: list[_Frame] = []
        self._too_deep = 0
        self._hidden = 0
        self._pre = 0
        self._note = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._hidden:
            self._hidden += 1
            return
        if attributes and (
            "hidden" in attributes or ((style := attributes.get("style")) is not None and _hides(style.lower()))
        ):
            self._hidden = 1
            return
        kind = _KINDS.get(tag)
        if kind is None:
            return
        if kind == _BREAK:
            self._text.append(_BREAK_MARK)
        elif kind == _DROP:
            self._hidden = 1
        elif kind == _RAISED:
            if self._text and self._text[-1][-1:].isdecimal():  # the number of a note, which is no digit of the figure
                self._text.append("(")
                self._note = True
        elif kind == _META:
            name = (attributes.get("name") or attributes.get("property") or "").lower()
            if name in _TITLES_STATED and (title := " ".join(attributes.get("content", "").split())):
                self.titles.append(title)
        else:
            if self._text:
                self._flush()
            if kind == _CELL:
                self._open_cell(attributes)
            elif kind == _ROW:
                self._open_row()
            elif kind == _TABLE:
                self._open_table()
            elif kind == _PRE:
                self._pre += 1
            elif kind == _HEADING and self._frames and (cell := self._frames[-1].cell):
                cell.heading = True

    def end(self, tag: str) -> None:
        if self._hidden:
            self._hidden -= 1
            return
        kind = _KINDS.get(tag)
        if kind is None or kind in (_BREAK, _META):
            return
        if kind == _RAISED:
            if self._note:
                self._text.append(")")
                self._note = False
            return
        if kind == _TITLE:
            title = " ".join("".join(self._text).split())
            self._text.clear()
            if title:
                self.titles.append(title)
            return
        if self._text:
            self._flush()
        if kind == _CELL:
            self._close_cell()
        elif kind == _ROW:
            self._close_row()
        elif kind == _TABLE:
            self._close_table()
        elif kind == _PRE:
            self._pre -= 1

    def data(self, data: str) -> None:
        if not self._hidden:
            self._text.append(data.replace("\n", _BREAK_MARK) if self._pre else data)

    def close(self) -> None:
        self._flush()
        while self._frames:
            self._close_table()

    def _flush(self) -> None:
        """End the paragraph that is being read."""
        text = "".join(self._text)
        self._text.clear()
        if text.isalnum():  # most cells
            self._sink.append(text)
            return
        if text.isspace():
            return
        if len(text) > _LONGEST:
            text = text.replace("\n", " ")
        else:
            if "\n" in text:
                text = _BETWEEN_WIDE.sub("", text)  # the source's line breaks are no spaces between Chinese characters
            text = _SPACES.sub(" ", text)
        for part in text.split(_BREAK_MARK) if _BREAK_MARK in text else (text,):
            if part := part.strip():
                self._sink.append(part)

    def _open_table(self) -> None:
        if len(self._frames) >= MOST_DEPTH:
            self._too_deep += 1
            return
        self._frames.append(_Frame(self._sink))
        self._sink = self._loose()

    def _loose(self) -> list[str | GridTable]:
        """A place, as a row of its own, for what stands in a table but in no cell."""
        cell = GridCell(loose=True)
        self._frames[-1].table.rows.append([cell])
        return cell.content

    def _open_row(self) -> None:
        if self._frames and not self._too_deep:
            self._close_row()
            frame = self._frames[-1]
            frame.row = []
            frame.table.rows.append(frame.row)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        if not self._frames or self._too_deep:
            return
        frame = self._frames[-1]
        if frame.row is None:
            self._open_row()
        cell = GridCell()
        if attributes:
            if (span := attributes.get("colspan")) is not None:
                cell.span = _span(span)
            if (rows := attributes.get("rowspan")) is not None:
                cell.rows = _span(rows)
        frame.cell = cell
        if frame.row is not None:
            frame.row.append(cell)
        self._sink = cell.content

    def _close_cell(self) -> None:
        """End a cell. What stands between cells, where nothing should, is kept with the cell before it."""
        if self._frames and not self._too_deep:
            self._frames[-1].cell = None

    def _close_row(self) -> None:
        if self._frames and not self._too_deep:
            frame = self._frames[-1]
            frame.cell = None
            if frame.row is not None:
                frame.row = None
                self._sink = self._loose()

    def _close_table(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif self._frames:
            frame = self._frames.pop()
            self._sink = frame.outer
            table = frame.table
            table.rows = [row for row in table.rows if row and (not row[0].loose or row[0].content)]
            table.place()
            self._sink.append(table)


def _hides(style: str) -> bool:
    """Whether a style sheet's declarations hide an element; the words are looked for first, which is faster."""
    return ("none" in style or "hid" in style) and _HIDDEN.search(style) is not None


def _span(value: str) -> int:
    """A span as written, 1 where it is no number, at most MOST_SPAN."""
    digits = value.strip()[:6]
    return max(1, min(int(digits), MOST_SPAN)) if digits.isascii() and digits.isdigit() else 1
