"""Word documents (DOCX) to lines, straight from the body's XML in its order.

Kept: what Word prints, insertions not yet accepted and automatic numbers included. Dropped: deletions, hidden text,
comments, notes, headers and footers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..document import Document, UnreadableError
from .docx_numbering import Numbering, W, read_numbering
from .grid import MOST_COLUMNS, MOST_SPAN, GridCell, GridTable, lines_of
from .packages import open_package, parse_xml, parts_of, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile, ZipInfo

    from lxml.etree import _Element

MAIN_PART = "word/document.xml"

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_P, _TBL, _TR, _TC, _T = W + "p", W + "tbl", W + "tr", W + "tc", W + "t"
_PPR, _TCPR = W + "pPr", W + "tcPr"
_SPAN, _DOWN, _SIDEWAYS = W + "gridSpan", W + "vMerge", W + "hMerge"
_VAL = W + "val"
_ALTERNATE, _CHOICE, _FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"
_BOX = W + "txbxContent"

_BREAK = "\v"  # XML holds none, while line feeds in its texts are only spaces
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": _BREAK,
    W + "cr": _BREAK,
    W + "noBreakHyphen": "-",
}
_DROPPED = frozenset({W + "del", W + "moveFrom", W + "rt", W + "pPr", W + "instrText", W + "delText"})
_WRAPPERS = frozenset(
    {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag", _ALTERNATE, _CHOICE}
)
_SPECIAL = (W + "del", W + "moveFrom", W + "vanish", W + "vertAlign", W + "ruby", _ALTERNATE, _BOX)
"""What makes a paragraph need a closer look than its texts in a row."""

_FLAT = (_T, *_SIGNS, *_SPECIAL)


def read_docx(data: bytes) -> Document:
    """Read a Word document. Raises UnreadableError for a damaged or encrypted one, or one beyond the limits."""
    package = open_package(data)
    parts = parts_of(package)
    name = _main_part(package, parts)
    if name is None:
        raise UnreadableError("文件不是完整的 Word 文档：缺少正文部分。")
    root = _parse_main(unpack(package, parts[name]))
    body = root.find(W + "body")
    if body is None:
        raise UnreadableError("文件不是完整的 Word 文档：缺少正文部分。")
    folder = name.rpartition("/")[0]
    numbering, problems = _numbering(package, parts, folder)
    content: list[str | GridTable] = []
    _Body(numbering).read(body, content)
    return Document("docx", lines_of(content), _titles(package, parts), problems, grid=True)


def _main_part(package: ZipFile, parts: Mapping[str, ZipInfo]) -> str | None:
    """The name of the document's main part; writers other than Word may call it as they like."""
    if MAIN_PART in parts:
        return MAIN_PART
    if "_rels/.rels" in parts:
        relations = parse_xml(unpack(package, parts["_rels/.rels"]), "Word 文档")
        for one in relations.iterfind(_RELATIONS + "Relationship"):
            target = str(one.get("Target", "")).lstrip("/")
            if one.get("Type", "").endswith("/officeDocument") and target in parts:
                return target
    return None


def _parse(package: ZipFile, part: ZipInfo, what: str) -> _Element:
    return parse_xml(_transitional(unpack(package, part)), what)


def _transitional(data: bytes) -> bytes:
    return data.replace(_STRICT, _TRANSITIONAL) if _STRICT in data[:4096] else data


def _parse_main(data: bytes) -> _Element:
    """The main part without fonts, sizes and borders, which are most of it: parsing takes a third of the time."""
    data = _transitional(data)
    plain = data
    if b"<w:vanish" not in data and b'"superscript"' not in data:
        plain = _without(plain, b"<w:rPr>", b"</w:rPr>")
    plain = _without(plain, b"<w:tcBorders>", b"</w:tcBorders>")
    what = "Word 文档正文"
    try:
        return parse_xml(plain, what)
    except UnreadableError:  # they were nested, as in tracked changes of a font
        return parse_xml(data, what)


def _without(data: bytes, opening: bytes, closing: bytes) -> bytes:
    """The data without what stands between these two, as long as each opening has its closing."""
    first, *pieces = data.split(opening)
    kept = [first]
    for piece in pieces:
        _, found, rest = piece.partition(closing)
        if not found:
            return data
        kept.append(rest)
    return b"".join(kept)


def _numbering(package: ZipFile, parts: Mapping[str, ZipInfo], folder: str) -> tuple[Numbering, tuple[str, ...]]:
    """The document's lists; damaged ones are a problem to tell of, not a reason to refuse the text."""
    number, style = f"{folder}/numbering.xml".lstrip("/"), f"{folder}/styles.xml".lstrip("/")
    if number not in parts:
        return read_numbering(None, None), ()
    try:
        styles = _parse(package, parts[style], "Word 文档样式") if style in parts else None
        return read_numbering(_parse(package, parts[number], "Word 文档编号"), styles), ()
    except UnreadableError:
        return read_numbering(None, None), ("文档的自动编号部分已损坏，正文中由 Word 自动生成的序号未能读出。",)


def _titles(package: ZipFile, parts: Mapping[str, ZipInfo]) -> tuple[str, ...]:
    part = parts.get("docProps/core.xml")
    if part is None:
        return ()
    try:
        root = parse_xml(unpack(package, part), "文档属性")
    except UnreadableError:
        return ()
    title = root.findtext("{http://purl.org/dc/elements/1.1/}title")
    return (title.strip(),) if title and title.strip() else ()


class _Body:
    """Walks the body once, in order; numbering makes the order matter."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._numbered = bool(numbering)

    def read(self, parent: _Element, content: list[str | GridTable]) -> None:
        """Append the paragraphs and tables of a body, a cell or a text box."""
        for child in _children(parent):
            tag = child.tag
            if tag == _P:
                self._paragraph(child, content)
            elif tag == _TBL:
                content.append(self._table(child))

    def _paragraph(self, paragraph: _Element, content: list[str | GridTable]) -> None:
        if not len(paragraph):
            return
        prefix = ""
        first = paragraph[0]
        if self._numbered and first.tag == _PPR:
            prefix = self._number(first)
        parts: list[str] = []
        boxes: list[_Element] = []
        for node in paragraph.iter(_FLAT):
            tag = node.tag
            if tag == _T:
                parts.append(node.text or "")
            elif tag in _SIGNS:
                if node.getparent().tag != W + "tabs":  # tab stops bear the same name
                    parts.append(_SIGNS[tag])
            else:
                parts.clear()
                _collect(paragraph, parts, boxes)
                break
        if parts:
            text = "".join(parts).replace("\xa0", " ").replace("\n", " ")
            for line in text.split(_BREAK):
                if line := line.strip():
                    content.append(prefix + line)
                    prefix = ""
        for box in boxes:
            self.read(box, content)

    def _number(self, properties: _Element) -> str:
        """The number that Word prints before a paragraph with these properties."""
        number = properties.find(W + "numPr")
        place = None
        if (style := properties.find(W + "pStyle")) is not None:
            place = self._numbering.of_style(style.get(_VAL, ""))
        if number is not None:
            link, level = number.find(W + "numId"), number.find(W + "ilvl")
            list_id = link.get(_VAL, "") if link is not None else place[0] if place else ""
            written = level.get(_VAL, "") if level is not None else ""
            place = (list_id, int(written) if written in "012345678" and written else place[1] if place else 0)
        return self._numbering.next(*place) if place else ""

    def _table(self, element: _Element) -> GridTable:
        table = GridTable()
        above: dict[int, GridCell] = {}  # for each column, the cell that a continued one belongs to
        for row in _children(element):
            if row.tag != _TR:
                continue
            properties = row.find(W + "trPr")
            column = 0
            if properties is not None:
                if properties.find(W + "del") is not None:
                    continue
                if (before := properties.find(W + "gridBefore")) is not None:
                    column = _span(before.get(_VAL))
            table.rows.append(self._row(row, column, above))
        return table

    def _row(self, row: _Element, column: int, above: dict[int, GridCell]) -> list[GridCell]:
        cells: list[GridCell] = []
        for element in _children(row):
            if element.tag != _TC:
                continue
            span, merge, sideways = _cell_properties(element)
            if sideways and cells:
                cells[-1].span += span
                column += span
                continue
            if merge == "continue" and column in above:
                above[column].rows += 1
            else:
                cell = GridCell([], span, 1, column if column < MOST_COLUMNS else None)
                self.read(element, cell.content)
                cells.append(cell)
                if merge:
                    above[column] = cell
                else:
                    above.pop(column, None)
            column += span
        return cells


def _cell_properties(cell: _Element) -> tuple[int, str, bool]:
    """Columns covered; ``restart`` or ``continue`` where merged downwards; whether it goes on with the cell before."""
    span, merge, sideways = 1, "", False
    if len(cell) and (properties := cell[0]).tag == _TCPR:
        for one in properties:
            tag = one.tag
            if tag == _SPAN:
                span = _span(one.get(_VAL))
            elif tag == _DOWN:
                merge = one.get(_VAL) or "continue"
            elif tag == _SIDEWAYS:
                sideways = (one.get(_VAL) or "continue") == "continue"
    return span, merge, sideways


def _span(value: str | None) -> int:
    return max(1, min(int(value[:6]), MOST_SPAN)) if value and value.isascii() and value.isdigit() else 1


def _children(parent: _Element) -> Iterator[_Element]:
    """Children, with what only wraps them (content controls, insertions, custom XML) opened."""
    for child in parent:
        tag = child.tag
        if tag not in _WRAPPERS:
            yield child
        elif tag == _ALTERNATE:
            if (chosen := _chosen(child)) is not None:
                yield from _children(chosen)
        else:
            yield from _children(child)


def _chosen(alternate: _Element) -> _Element | None:
    """The one of several renderings that is shown: the first choice, else the fallback."""
    choice = alternate.find(_CHOICE)
    return choice if choice is not None else alternate.find(_FALLBACK)


def _collect(element: _Element, parts: list[str], boxes: list[_Element]) -> None:
    """The texts below an element as shown; text boxes are set aside, to be read after the paragraph."""
    for child in element:
        tag = child.tag
        if tag == _T:
            parts.append(child.text or "")
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
        elif tag == _BOX:
            boxes.append(child)
        elif tag == _ALTERNATE:
            if (chosen := _chosen(child)) is not None:
                _collect(chosen, parts, boxes)
        elif tag == W + "r":
            if _is_note(child) and parts and parts[-1][-1:].isdecimal():
                raised: list[str] = []
                _collect(child, raised, boxes)
                parts.append(f"({''.join(raised)})")  # the number of a note is no digit of the figure
            elif not _vanishes(child):
                _collect(child, parts, boxes)
        elif tag not in _DROPPED and len(child):
            _collect(child, parts, boxes)


def _vanishes(run: _Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(_VAL) not in ("0", "false", "off")


def _is_note(run: _Element) -> bool:
    raised = run.find(f"{W}rPr/{W}vertAlign")
    return raised is not None and raised.get(_VAL) == "superscript" and not _vanishes(run)
