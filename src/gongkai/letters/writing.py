"""The default template of a letter as a Word document with ``{{ }}`` to edit, set after GB/T 9704.

Page, faces and parts of the package are those of the report writer. Every role of paragraph is a named style, so that an
office changes the look of all its letters in Word's list of styles.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from typing import Any

from ..report.writing.docx_parts import NAMESPACE, attribute, element, static_parts
from ..report.writing.layout import PrintedReport
from ..report.writing.theme import A4, FANGSONG, HEI, THEMES, Face
from .body import Block, BodyCell, BodyParagraph, BodyRow, BodyTable, Role, body_text, framed
from .catalogue import letter

_THEME = THEMES["official"]
_TWIPS = 20
_MILLIMETRE = 1440 / 25.4
_EM = round(_THEME.body_size * _TWIPS)
"""A character of the body (3号) in twips."""

_PITCH = round(_THEME.pitch * _TWIPS)
_CELL_SIZE = 14.0
"""小四 is too small to fill in by hand beside a body of 3号: tables are set in 四号, 14 points."""

_CELL_PITCH = round(20 * _TWIPS)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_STYLES: dict[Role, str] = {
    "title": "Title",
    "number": "LetterNumber",
    "addressee": "LetterAddressee",
    "heading": "Heading1",
    "part": "Heading2",
    "text": "BodyText",
    "control": "BodyText",
    "attachments": "LetterAttachments",
    "signature": "LetterSignature",
    "date": "LetterDate",
    "note": "LetterNote",
}


@cache
def default_template(key: str) -> bytes:
    """The DOCX template of a letter as it comes with the program, the same bytes each time. Raises LettersError."""
    chosen = letter(key)
    return write_template(chosen.title, framed(chosen, body_text(key)))


def write_template(title: str, blocks: tuple[Block, ...]) -> bytes:
    """A Word document of these blocks; braces in them stay as they are. ``title``: the document's property."""
    from lxml import etree

    document = etree.Element(f"{{{NAMESPACE}}}document", nsmap={"w": NAMESPACE, "r": _RELATIONS})
    body = element("body", *map(_block, blocks), _section())
    if isinstance(blocks[-1], BodyTable):
        body.insert(len(body) - 1, _styled("LetterEnd", ""))  # Word wants a paragraph after a table that ends the text
    document.append(body)
    printed = PrintedReport(title=title, full_title=title, organ="", introduction=(), sections=())
    parts = {**static_parts(printed, _THEME), "word/document.xml": document}
    parts["word/styles.xml"].extend(_styles())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, etree.tostring(parts[name], xml_declaration=True, encoding="UTF-8", standalone=True))
    return buffer.getvalue()


def _block(block: Block) -> Any:
    return _paragraph(block) if isinstance(block, BodyParagraph) else _table(block)


def _paragraph(paragraph: BodyParagraph) -> Any:
    return _styled(_STYLES[paragraph.role], paragraph.text)


def _styled(style: str, text: str) -> Any:
    """A paragraph; lines of its text are apart by line breaks."""
    result = element("p", element("pPr", element("pStyle", val=style)))
    for at, line in enumerate(text.split("\n")):
        if at:
            result.append(element("r", element("br")))
        result.append(_run(line))
    return result


def _run(text: str) -> Any:
    kept = element("t")
    kept.text = text
    kept.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", kept)


def _table(table: BodyTable) -> Any:
    em = _CELL_SIZE * _TWIPS
    share = _THEME.width * _TWIPS / (sum(table.widths) * em)  # tables fill the type area
    widths = [round(width * em * share) for width in table.widths]
    properties = element(
        "tblPr",
        element("tblStyle", val="ReportTable"),
        element("tblW", w=sum(widths), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *(_row(row, widths) for row in table.rows))


def _row(row: BodyRow, widths: list[int]) -> Any:
    height = round((row.lines + 0.5) * _CELL_PITCH)
    result = element("tr", element("trPr", element("cantSplit"), element("trHeight", val=height, hRule="atLeast")))
    column = 0
    for cell in row.cells:
        result.append(_cell(cell, sum(widths[column : column + cell.span])))
        column += cell.span
    return result


def _cell(cell: BodyCell, width: int) -> Any:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if cell.span > 1:
        properties.append(element("gridSpan", val=cell.span))
    properties.append(element("vAlign", val="center"))
    return element("tc", properties, _styled("LetterLabel" if cell.label else "LetterCell", cell.text))


def _styles() -> list[Any]:
    """The letters' own styles, beside those of the report."""
    box = (
        round(_THEME.width * _TWIPS) - 15 * _EM
    )  # the name is centred over a date that ends four characters from the edge
    tracking = element("spacing", val=round(_THEME.tracking * _TWIPS))
    return [
        _style("LetterNumber", "文号", "Normal", element("spacing", after=_PITCH), element("jc", val="center")),
        _style("LetterAddressee", "主送", "Normal", element("jc", val="left"), run=[tracking]),
        _style(
            "LetterAttachments",
            "附件说明",
            "BodyText",
            element("spacing", before=_PITCH),
            element("ind", left=5 * _EM, leftChars=0, hanging=3 * _EM, hangingChars=0, firstLineChars=0),
            element("jc", val="left"),
        ),
        _style(
            "LetterSignature",
            "署名",
            "Normal",
            element("keepNext"),
            element("keepLines"),
            element("spacing", before=2 * _PITCH),
            element("ind", left=box),
            element("jc", val="center"),
        ),
        _style("LetterDate", "成文日期", "Normal", element("ind", right=4 * _EM), element("jc", val="right")),
        _style("LetterNote", "附注", "BodyText"),
        _style(
            "LetterCell",
            "表格内容",
            "Normal",
            element("snapToGrid", val=0),
            element("spacing", line=_CELL_PITCH, lineRule="exact"),
            element("jc", val="left"),
            run=_face(FANGSONG, _CELL_SIZE),
        ),
        _style(
            "LetterEnd",
            "表格之后",
            "Normal",
            element("snapToGrid", val=0),
            element("spacing", line=_TWIPS, lineRule="exact"),
            run=[element("sz", val=2), element("szCs", val=2)],
        ),
        _style("LetterLabel", "表格栏目", "LetterCell", element("jc", val="center"), run=_face(HEI, _CELL_SIZE)),
    ]


def _face(face: Face, size: float) -> list[Any]:
    fonts = element("rFonts", ascii=face.name, hAnsi=face.name, eastAsia=face.name, cs=face.name)
    return [fonts, element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))]


def _style(identity: str, name: str, based_on: str, *properties: Any, run: list[Any] | None = None) -> Any:
    style = element("style", element("name", val=name), element("basedOn", val=based_on), element("qFormat"))
    for key, value in (("type", "paragraph"), ("customStyle", "1"), ("styleId", identity)):
        style.set(attribute(key), value)
    if properties:
        style.append(element("pPr", *properties))
    if run:
        style.append(element("rPr", *run))
    return style


def _section() -> Any:
    def twips(millimetres: float) -> int:
        return round(millimetres * _MILLIMETRE)

    margins = {side: twips(getattr(_THEME, side)) for side in ("top", "right", "bottom", "left", "footer")}
    return element(
        "sectPr",
        *(_footer(kind, target) for kind, target in (("default", "rId4"), ("even", "rId5"))),
        element("pgSz", w=twips(A4[0]), h=twips(A4[1])),
        element("pgMar", **margins, header=851, gutter=0),
        element("docGrid", type="lines", linePitch=int(_THEME.pitch * _TWIPS)),
    )


def _footer(kind: str, target: str) -> Any:
    reference = element("footerReference", type=kind)
    reference.set(attribute("id", _RELATIONS), target)
    return reference
