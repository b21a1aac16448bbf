"""OFD documents (GB/T 33190, 版式文件) to lines: pieces of text put together by their place on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..document import Document, Line, TextCell, UnreadableError
from .packages import open_package, parse_xml, parts_of, unpack

if TYPE_CHECKING:
    from lxml.etree import _Element

_POINTS = 72 / 25.4
_PAGE = re.compile(r"(?:.*/)?Page_(\d+)/Content\.xml")
MOST_PAGES = 500
_GAP = 0.8
"""Space between two pieces, in heights of a character, from which they are two cells."""

Piece = tuple[float, float, float, float, str]
"""Left, top, right, height of a piece of text, in millimetres, and the text."""


def read_ofd(data: bytes) -> Document:
    """Read an OFD document. Raises UnreadableError for a damaged one, or one without a text layer."""
    package = open_package(data)
    pages = []
    for name, part in parts_of(package).items():
        if match := _PAGE.fullmatch(name):
            pages.append((name.count("/Tpls/"), int(match.group(1)[:6]), part))
    pages.sort(key=lambda page: page[:2])
    if len(pages) > MOST_PAGES:
        raise UnreadableError(f"OFD 文件超过 {MOST_PAGES} 页，不像一份年度报告，未予读取。")
    lines: list[Line] = []
    for number, (_, _, part) in enumerate(pages, 1):
        root = parse_xml(unpack(package, part), "OFD 文件的页面")
        lines.extend(_lines(_pieces(root), number))
    return Document("ofd", lines)


def _pieces(root: _Element) -> list[Piece]:
    pieces: list[Piece] = []
    for element in root.iter("{*}TextObject"):
        box = _numbers(element.get("Boundary", ""))
        if len(box) != 4:
            continue
        size = (_numbers(element.get("Size", "")) or [box[3]])[0]
        for code in element.iterfind("{*}TextCode"):
            text = code.text or ""
            if text.strip():
                left = box[0] + (_numbers(code.get("X", "")) or [0.0])[0]
                base = box[1] + (_numbers(code.get("Y", "")) or [size])[0]
                pieces.append((left, base - size, max(box[0] + box[2], left), size, text))
    return pieces


def _numbers(text: str) -> list[float]:
    try:
        return [float(part) for part in text.split()[:8]]
    except ValueError:
        return []


def _lines(pieces: list[Piece], page: int) -> list[Line]:
    """Pieces whose middles are on one height make a line; wide gaps part its cells."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece[1] + piece[3] / 2, piece[0])):
        middle = piece[1] + piece[3] / 2
        if rows:
            first = rows[-1][0]
            if abs(first[1] + first[3] / 2 - middle) < 0.4 * max(first[3], piece[3]):
                rows[-1].append(piece)
                continue
        rows.append([piece])
    lines = []
    for row in rows:
        cells: list[TextCell] = []
        end = None
        for left, top, right, height, text in sorted(row):
            box = (left * _POINTS, top * _POINTS, right * _POINTS, (top + height) * _POINTS)
            if cells and end is not None and left - end < _GAP * height:
                last = cells[-1]
                last.text += text
                if last.box:
                    last.box = (*last.box[:2], max(last.box[2], box[2]), max(last.box[3], box[3]))
            else:
                cells.append(TextCell(text, box=box))
            end = right
        for cell in cells:
            cell.text = cell.text.strip()
        lines.append(Line(cells, page=page))
    return lines
