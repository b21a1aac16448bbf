"""A report as a Word document: plain WordprocessingML, the official tables with their merged cells, real headings.

The bytes depend on the report alone: no date, no identifiers, fixed times inside the archive.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any

from .docx_parts import NAMESPACE, attribute, element, static_parts
from .layout import Paragraph, PrintedReport
from .tables import PrintedCell, PrintedTable
from .theme import A4, BAND_SHADE, ROW_HEIGHT, THEMES, Theme, title_lines

_TWIPS = 20
"""Twentieths of a point, Word's unit of length."""

_MILLIMETRE = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Control:
    """A content control (内容控件) around characters of a section's text, from ``start`` to ``end``.

    ``tag`` is for programs, ``name`` is what Word shows; Word takes no more than 64 characters of either.
    """

    start: int
    end: int
    tag: str
    name: str


Controls = Mapping[str, Sequence[Control]]
"""The controls of each section by its key, those of the introduction (导语) under ``introduction``."""


def write_docx(printed: PrintedReport, theme_name: str = "official", controls: Controls | None = None) -> bytes:
    """The document's bytes. Fonts are named after the theme, with what may stand in for them."""
    from lxml import etree

    theme = THEMES[theme_name]
    document = etree.Element(f"{{{NAMESPACE}}}document", nsmap={"w": NAMESPACE, "r": _RELATIONS})
    body = element("body", *_body(printed, theme, controls or {}), _section_properties(theme))
    document.append(body)
    parts = {**static_parts(printed, theme), "word/document.xml": document}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, etree.tostring(parts[name], xml_declaration=True, encoding="UTF-8", standalone=True))
    return buffer.getvalue()


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _body(printed: PrintedReport, theme: Theme, controls: Controls) -> Iterator[Any]:
    numbers = count(1)
    yield _title(printed, theme)
    for paragraph in printed.introduction:
        yield _paragraph(paragraph, controls.get("introduction", ()), numbers)
    after_table = False
    for section in printed.sections:
        extra = [element("spacing", before=round(theme.pitch / 2 * _TWIPS))] if after_table else []
        yield _styled("Heading1", [_run(section.heading)], *extra)
        for paragraph in section.paragraphs:
            yield _paragraph(paragraph, controls.get(section.key, ()), numbers)
        if section.table:
            yield _table(section.table, theme)
        after_table = section.table is not None


def _title(printed: PrintedReport, theme: Theme) -> Any:
    lines = title_lines(printed.title, printed.organ, theme)
    runs = [_run(lines[0])]
    for line in lines[1:]:
        runs += [element("r", element("br")), _run(line)]
    return _styled("Title", runs)


def _paragraph(paragraph: Paragraph, controls: Sequence[Control], numbers: Iterator[int]) -> Any:
    """``numbers``: gives each control a number of its own in the document."""
    ends = paragraph.start + len(paragraph.text)
    those = sorted(
        (one for one in controls if paragraph.start <= one.start < one.end <= ends), key=lambda one: one.start
    )
    if paragraph.alone:
        return _styled("Heading2", _runs(paragraph, 0, len(paragraph.text), those, numbers))
    head = paragraph.heading
    runs = _runs(paragraph, 0, head, those, numbers, element("rStyle", val="PartHeading")) if head else []
    return _styled("BodyText", [*runs, *_runs(paragraph, head, len(paragraph.text), those, numbers)])


def _runs(
    paragraph: Paragraph, first: int, last: int, controls: Sequence[Control], numbers: Iterator[int], *properties: Any
) -> list[Any]:
    """The characters of a paragraph from ``first`` to ``last``, with the controls that lie wholly among them."""
    runs, at = [], first
    for one in controls:
        start, end = one.start - paragraph.start, one.end - paragraph.start
        if at <= start and end <= last:
            if at < start:
                runs.append(_run(paragraph.text[at:start], *map(deepcopy, properties)))
            inner = _run(paragraph.text[start:end], *map(deepcopy, properties))
            runs.append(_control(one, next(numbers), inner))
            at = end
    if at < last or not runs:
        runs.append(_run(paragraph.text[at:last], *properties))
    return runs


def _control(control: Control, number: int, inner: Any) -> Any:
    properties = element(
        "sdtPr",
        element("alias", val=control.name),
        element("tag", val=control.tag),
        element("id", val=number),
        element("text"),
    )
    return element("sdt", properties, element("sdtContent", inner))


def _styled(style: str, runs: list[Any], *properties: Any) -> Any:
    return element("p", element("pPr", element("pStyle", val=style), *properties), *runs)


def _run(text: str, *properties: Any) -> Any:
    run = element("r")
    if properties:
        run.append(element("rPr", *properties))
    for at, piece in enumerate(text.split("\t")):
        if at:
            run.append(element("tab"))
        kept = element("t")
        kept.text = piece
        kept.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(kept)
    return run


def _table(table: PrintedTable, theme: Theme) -> Any:
    edges = _edges(table, theme)
    columns = [right - left for left, right in pairwise(edges)]
    properties = element(
        "tblPr",
        element("tblStyle", val="ReportTable"),
        element("tblW", w=edges[-1], type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0020" if table.heading_rows else "0000", firstRow=int(table.heading_rows > 0)),
        element("tblCaption", val=f"{table.name} {table.caption}"),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in columns))
    covered = table.grid()
    rows = (_row(table, line, covered, edges) for line in range(len(table.rows)))
    return element("tbl", properties, grid, *rows)


def _edges(table: PrintedTable, theme: Theme) -> list[int]:
    """Where the columns begin and end, in twips from the table's left side."""
    edges, reached = [0], 0.0
    for width in table.widths:
        reached += width
        edges.append(round(reached * theme.width * _TWIPS))
    return edges


def _row(table: PrintedTable, line: int, covered: dict[tuple[int, int], PrintedCell], edges: list[int]) -> Any:
    properties = element(
        "trPr", element("cantSplit"), element("trHeight", val=round(ROW_HEIGHT * _TWIPS), hRule="atLeast")
    )
    if line < table.heading_rows:
        properties.append(element("tblHeader"))
    row = element("tr", properties)
    column = 0
    keep = line < len(table.rows) - 1
    while column < len(table.widths):
        cell = covered[line, column]
        row.append(_cell(cell, cell.place[0] == line, edges[column + cell.span] - edges[column], keep))
        column += cell.span
    return row


def _cell(cell: PrintedCell, first: bool, width: int, keep: bool) -> Any:
    """A cell, or what Word wants in the rows that a merged cell covers further down. ``keep``: on the page of the next
    row, so that a table stays on one page if one holds it."""
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=cell.span))
    if cell.rows > 1:
        properties.append(element("vMerge", val="restart") if first else element("vMerge"))
    if cell.role == "band":
        properties.append(element("shd", val="clear", color="auto", fill=BAND_SHADE))
    if cell.vertical:
        properties.append(element("textDirection", val="tbRlV"))
    properties.append(element("vAlign", val="center"))
    result = element("tc", properties)
    for text in cell.text.split("\n") if first else [""]:
        extra = [element("keepNext")] if keep else []
        result.append(_styled(_style(cell), [_run(text)] if text else [], *extra))
    return result


def _style(cell: PrintedCell) -> str:
    match cell.role:
        case "figure":
            return "TableFigure"
        case "corner":
            return "TableNote"
    return "TableHead" if cell.centred else "TableLabel"


def _section_properties(theme: Theme) -> Any:
    def twips(millimetres: float) -> int:
        return round(millimetres * _MILLIMETRE)

    references = [_reference("default", "rId4")] + ([_reference("even", "rId5")] if theme.numbered_aside else [])
    return element(
        "sectPr",
        *references,
        element("pgSz", w=twips(A4[0]), h=twips(A4[1])),
        element(
            "pgMar",
            top=twips(theme.top),
            right=twips(theme.right),
            bottom=twips(theme.bottom),
            left=twips(theme.left),
            header=851,
            footer=twips(theme.footer),
            gutter=0,
        ),
        element("docGrid", type="lines", linePitch=int(theme.pitch * _TWIPS)),
    )


def _reference(kind: str, target: str) -> Any:
    reference = element("footerReference", type=kind)
    reference.set(attribute("id", _RELATIONS), target)
    return reference
