"""PDF with a text layer to a document: characters, ruled tables, tables without rulings, paragraphs.

pdfium gives characters with boxes and the drawn paths; what is a line, a cell, a table or a paragraph is found here
and in the modules beside: ``pdf_guard`` (what is refused), ``pdf_chars`` (characters to runs), ``pdf_rulings`` (paths
to rulings), ``pdf_tables`` (rulings to cells), ``pdf_pieces`` and ``pdf_columns`` (tables without rulings), ``pdf_text``
(runs to text), ``pdf_flow`` (lines to paragraphs).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ..document import Document, Line, TextCell, UnreadableError
from .pdf_chars import UNMAPPED, PageText, page_text
from .pdf_columns import Loose, loose_tables
from .pdf_flow import TextLine, goes_on, margins, mark_headers, paragraph
from .pdf_guard import unfolds
from .pdf_rulings import Ruling, Rulings, has_image, page_rulings
from .pdf_tables import SAME_COLUMN, Grid, Region, fill, grids
from .pdf_text import visual_lines

MAX_PAGES = 400
"""Pages read of one document; a report has a dozen."""

MAX_DOCUMENT_CHARS = 1_000_000
"""Characters after which no further page is read."""

SAME_SIDES = 12.0
"""Tables on two pages whose sides differ by less, in points, are one table."""

BOX_HEIGHT = 90.0
"""A single box higher than this, in points, frames text; a lower one may be the one row that a page break left."""


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    grids: list[Grid]
    lines: list[TextLine]
    horizontal: list[Ruling]
    loose: list[Loose] = field(default_factory=list)

    @property
    def foot(self) -> float:
        """Where the last of what is no header ends."""
        bodies = (block.box[3] for block in self.blocks if not (isinstance(block, TextLine) and block.header))
        return max(bodies, default=0.0)

    @property
    def blocks(self) -> list[Grid | Loose | TextLine]:
        """Tables and lines from the top down."""
        blocks: list[Grid | Loose | TextLine] = [*self.grids, *self.loose, *self.lines]
        return sorted(blocks, key=lambda block: block.box[1])


def read_pdf(data: bytes) -> Document:
    """Reads a PDF. Boxes are in points from the top left of the page as seen; columns are those of ruled tables.

    Raises ``UnreadableError`` where the bytes are no PDF, are encrypted, hold no text (a scan), or unfold without end.
    """
    if unfolds(data):
        raise UnreadableError("这份 PDF 里有解开后异常庞大或者无穷嵌套的内容，为安全起见没有读取。")
    with _opened(data) as document:
        pages, missed = _pages(document)
        title = document.get_metadata_value("Title").strip()
    if not pages and missed.damaged:
        raise UnreadableError("这份 PDF 已经损坏，各页都读不出来。")
    if not pages:
        raise UnreadableError("这份 PDF 没有文字层，是扫描件，读不出文字。请先做文字识别，或改用电子版。")
    lines = _stream(pages)
    grid = any(cell.column is not None for line in lines for cell in line.cells)
    return Document("pdf", lines, (title,) if title else (), tuple(missed.problems()), grid)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    """pdfium's document of these bytes, closed at the end."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableError("这份 PDF 加了密，打不开。请换一份没有密码的。") from error
        raise UnreadableError("这份文件不是 PDF，或者已经损坏，打不开。") from error
    try:
        yield document
    finally:
        document.close()


@dataclass(slots=True)
class _Missed:
    """What could not be read: numbers of pages, and counts."""

    damaged: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    unmapped: int = 0
    end: int | None = None
    """The last page read, where not all were."""

    def problems(self) -> Iterator[str]:
        """The same in Chinese, for users."""
        if self.end is not None:
            yield f"这份 PDF 太长，只读了前 {self.end} 页中的文字，其余没有读。"
        if self.damaged:
            yield f"第 {_numbers(self.damaged)} 页已经损坏，没有读出来。"
        if self.scanned:
            yield f"第 {_numbers(self.scanned)} 页没有文字层，可能是扫描的图片，没有读出来。"
        if self.drawn:
            yield f"第 {_numbers(self.drawn)} 页的线条太多，不能据以辨认表格。"
        if self.unmapped:
            yield f"有 {self.unmapped} 个字在文件里没有对应的字符，读作“{UNMAPPED}”。"


def _pages(document: Any) -> tuple[list[_Page], _Missed]:
    """The pages that hold text, with their tables and lines, and what could not be read."""
    import pypdfium2

    pages: list[_Page] = []
    missed = _Missed(end=MAX_PAGES if len(document) > MAX_PAGES else None)
    read = 0
    for number in range(1, min(len(document), MAX_PAGES) + 1):
        try:
            page = document[number - 1]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            missed.damaged.append(number)
            continue
        handle = ctypes.cast(page.raw, ctypes.c_void_p).value or 0
        text = page_text(handle, ctypes.cast(text_page.raw, ctypes.c_void_p).value or 0)
        if text.runs:
            rulings = page_rulings(handle, text.frame)
            if rulings.cut:
                missed.drawn.append(number)
            pages.append(_page(number, text, rulings))
        elif has_image(handle):
            missed.scanned.append(number)
        text_page.close()
        page.close()
        missed.unmapped += text.unmapped
        read += sum(len(run.text) for run in text.runs)
        if text.cut or read > MAX_DOCUMENT_CHARS:
            missed.end = number
            break
    return pages, missed


def _page(number: int, text: PageText, rulings: Rulings) -> _Page:
    """A page's text in its ruled tables and in lines beside them."""
    tables = grids(rulings)
    outside = fill(tables, text.runs)
    frames = [table for table in tables if _frames_text(table, tables)]
    outside += [run for table in frames for region in table.regions for run in region.runs]
    tables = [t for t in tables if t not in frames and any(region.runs for region in t.regions)]
    lines = [TextLine.of(line, number) for line in visual_lines(outside)]
    return _Page(number, *text.frame.size, tables, lines, rulings.horizontal)


def _numbers(pages: Sequence[int]) -> str:
    return "、".join(map(str, pages[:10])) + ("等" if len(pages) > 10 else "")


def _frames_text(grid: Grid, grids: Sequence[Grid]) -> bool:
    """Whether a single box is a frame around text or around tables, not a row."""
    if len(grid.regions) > 1:
        return False
    left, top, right, bottom = grid.box
    inside = any(
        other is not grid and left <= other.xs[0] and other.xs[-1] <= right and top <= other.ys[0] <= bottom
        for other in grids
    )
    return inside or bottom - top > BOX_HEIGHT


def _stream(pages: Sequence[_Page]) -> list[Line]:
    """The document's lines in reading order."""
    mark_headers([(page.height, page.lines) for page in pages])
    _dissolve_single_boxes(pages)
    continued = False
    for page in pages:
        headers = [line for line in page.lines if line.header]
        body = [line for line in page.lines if not line.header]
        page.loose, lines = loose_tables(body, page.horizontal, continued)
        page.lines = headers + lines
        continued = any(block.box[3] >= page.foot for block in page.loose)
    tables = _tables(pages)
    columns = [_columns([part for part in parts if isinstance(part, Grid)]) for parts in tables]
    place = {id(grid): (number, part) for number, parts in enumerate(tables) for part, grid in enumerate(parts)}
    widths = {round(page.width) for page in pages}
    limits = {w: margins([line for page in pages if round(page.width) == w for line in page.lines], w) for w in widths}
    out: list[Line] = []
    open_lines: list[TextLine] = []

    def close() -> None:
        if open_lines:
            out.append(_paragraph(open_lines))
            open_lines.clear()

    for page in pages:
        limit = limits[round(page.width)]
        for block in page.blocks:
            if isinstance(block, Grid | Loose):
                close()
                number, part = place[id(block)]
                above = sum(before.depth for before in tables[number][:part])
                if isinstance(block, Grid):
                    out.extend(_rows(block, columns[number], number + 1, above, page.number))
                else:
                    rows = enumerate(block.cells(), above)
                    out.extend(Line(cells, number + 1, row, page=page.number) for row, cells in rows)
            elif block.header:
                cell = TextCell(block.text, box=block.box)
                out.append(Line([cell], page=page.number, header=True))
            else:
                if open_lines and not goes_on(open_lines[-1], block, limit):
                    close()
                open_lines.append(block)
    close()
    return out


def _paragraph(lines: Sequence[TextLine]) -> Line:
    """A paragraph as a line; its box is that of its part on the page where it begins."""
    page = lines[0].page
    here = [line for line in lines if line.page == page]
    box = (min(line.x0 for line in here), here[0].top, max(line.x1 for line in here), here[-1].bottom)
    return Line([TextCell(paragraph(lines), box=box)], page=page)


def _dissolve_single_boxes(pages: Sequence[_Page]) -> None:
    """Turns boxes of one cell back into lines of text, except a row that a page break left of a table."""
    rows = {id(part) for parts in _tables(pages) if any(_is_table(part) for part in parts) for part in parts}
    for page in pages:
        boxes = [grid for grid in page.grids if id(grid) not in rows]
        if boxes:
            runs = [run for grid in boxes for region in grid.regions for run in region.runs]
            page.grids = [grid for grid in page.grids if id(grid) in rows]
            page.lines += [TextLine.of(line, page.number) for line in visual_lines(runs)]
            page.lines.sort(key=lambda line: line.top)


def _is_table(part: Grid | Loose) -> bool:
    return isinstance(part, Loose) or len(part.regions) > 1


def _tables(pages: Sequence[_Page]) -> list[list[Grid | Loose]]:
    """The tables, each with its parts: one that ends a page goes on in one as wide that begins the next."""
    tables: list[list[Grid | Loose]] = []
    last: tuple[Grid | Loose, int] | None = None
    for page in pages:
        for block in page.blocks:
            if isinstance(block, TextLine):
                if not block.header:
                    last = None
                continue
            if last and last[1] == page.number - 1 and _same_sides(last[0], block):
                tables[-1].append(block)
            else:
                tables.append([block])
            last = (block, page.number)
    return tables


def _same_sides(one: Grid | Loose, other: Grid | Loose) -> bool:
    """Whether two tables of one kind are equally wide; without rulings width depends on the longest label."""
    if isinstance(one, Loose) or isinstance(other, Loose):
        return type(one) is type(other)
    return abs(one.xs[0] - other.xs[0]) < SAME_SIDES and abs(one.xs[-1] - other.xs[-1]) < SAME_SIDES


def _columns(parts: Sequence[Grid]) -> list[float]:
    """Where the columns of a table begin, from the grid lines of all its parts."""
    places: list[float] = []
    for x in sorted(x for grid in parts for x in grid.xs):
        if not places or x - places[-1] > SAME_COLUMN:
            places.append(x)
    return places


def _rows(grid: Grid, columns: Sequence[float], table: int, above: int, page: int) -> Iterator[Line]:
    """The rows of a part of a table; ``above``: rows on the pages before."""
    column = [min(range(len(columns)), key=lambda index: abs(columns[index] - x)) for x in grid.xs]

    def cell(region: Region) -> TextCell:
        first, after = column[region.column], column[region.column + region.columns]
        return TextCell(region.text, first, max(1, after - first), region.rows, region.box)

    starts: dict[int, list[Region]] = {}
    for region in grid.regions:
        starts.setdefault(region.row, []).append(region)
    for row in sorted(starts):
        yield Line([cell(region) for region in starts[row]], table, above + row, page=page)
