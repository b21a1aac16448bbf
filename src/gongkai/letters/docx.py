"""A Word document as paragraphs and tables ready to be set (排印), and what in it can't be printed.

The reader knows the elements it prints and those that print nothing; whatever else it meets is reported, so that no text
is dropped unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .document import Align, Cell, LetterDocument, Page, Paragraph, Run, Table
from .measures import colour, families, gap, indent, number, pitch, points, size
from .package import WORD, parse_part, read_parts
from .styles import Styles, is_on, read_styles

_A4 = {"w": "11906", "h": "16838"}
_ALIGN: Mapping[str, Align] = {"center": "center", "right": "right", "end": "right", "left": "left", "start": "left"}
_INSIDE = {"hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent", "dir", "bdo", "fldSimple"}
_SILENT = {
    "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "tblPrEx", "smartTagPr", "customXmlPr",
    "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "lastRenderedPageBreak", "softHyphen",
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "del", "moveFrom", "delText", "instrText",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
}  # fmt: skip
_SIGNS = {"tab": "\u3000\u3000", "cr": "\n", "noBreakHyphen": "-"}
_REVISIONS = {"ins", "del", "moveFrom", "moveTo"}
_NAMES = {
    "drawing": "图片或者图形", "pict": "图片或者文本框", "object": "嵌入的对象", "AlternateContent": "文本框或者图形",
    "txbxContent": "文本框", "footnoteReference": "脚注", "endnoteReference": "尾注", "sym": "特殊符号字体的字",
    "oMath": "公式", "oMathPara": "公式", "ruby": "拼音", "fldChar": "正文中的域", "fldSimple": "正文中的域", "altChunk": "嵌入的文件",
    "ptab": "对齐制表位", "tbl": "表格中的表格",
}  # fmt: skip
_PAGE_NUMBER = re.compile(r"[\s\d\-—–－一·.]*$")


def read_document(data: bytes) -> LetterDocument:
    """The document in these bytes. Raises LettersError where they are no readable Word file."""
    parts = read_parts(data)
    root = parse_part(parts, "word/document.xml")
    styles = read_styles(parse_part(parts, "word/styles.xml") if "word/styles.xml" in parts else None)
    reader = _Reader(styles)
    body = root.find(f"{WORD}body")
    blocks = tuple(reader.blocks(body)) if body is not None else ()
    reader.sections(root)
    footed = reader.margins(parts)
    settings = parse_part(parts, "word/settings.xml") if "word/settings.xml" in parts else None
    aside = settings is not None and settings.find(f"{WORD}evenAndOddHeaders") is not None
    return LetterDocument(_page(root, footed, aside), blocks, tuple(reader.unprintable))


def _page(root: Any, numbered: bool, aside: bool) -> Page:
    section = next(reversed(list(root.iter(f"{WORD}sectPr"))), None)
    size = None if section is None else section.find(f"{WORD}pgSz")
    margins = None if section is None else section.find(f"{WORD}pgMar")

    def twips(element: Any | None, name: str, otherwise: str) -> float:
        return points("" if element is None else element.get(WORD + name, ""), otherwise)

    return Page(
        width=twips(size, "w", _A4["w"]),
        height=twips(size, "h", _A4["h"]),
        top=abs(twips(margins, "top", "1440")),
        right=twips(margins, "right", "1800"),
        bottom=abs(twips(margins, "bottom", "1440")),
        left=twips(margins, "left", "1800"),
        footer=twips(margins, "footer", "992"),
        numbered=numbered,
        aside=aside,
    )


class _Reader:
    """Reads blocks and remembers what it could not."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.unprintable: dict[str, None] = {}

    def blocks(self, parent: Any) -> Iterator[Paragraph | Table]:
        for child in parent:
            name = _local(child)
            if name == "p":
                yield self._paragraph(child)
            elif name == "tbl":
                yield self._table(child)
            else:
                self._revised(name)
                if name in _INSIDE:
                    yield from self.blocks(child)
                elif name not in _SILENT:
                    self._cannot(name)

    def sections(self, root: Any) -> None:
        found = list(root.iter(f"{WORD}sectPr"))
        if len(found) > 1:
            self.unprintable["分节"] = None
        if any(int(number(one.get(f"{WORD}num"), 1)) > 1 for section in found for one in section.iter(f"{WORD}cols")):
            self.unprintable["分栏"] = None

    def margins(self, parts: Mapping[str, bytes]) -> bool:
        """Looks at headers and footers; whether a footer shows the page's number."""
        numbered = False
        for name in sorted(parts):
            kind = re.match(r"word/(header|footer)\d*\.xml$", name)
            if not kind:
                continue
            root = parse_part(parts, name)
            text = "".join(one.text or "" for one in root.iter(f"{WORD}t"))
            what = "页眉" if kind[1] == "header" else "页脚"
            if any(root.iter(f"{WORD}drawing", f"{WORD}pict", f"{WORD}object")):
                self.unprintable[f"{what}中的图形"] = None
            if not (_PAGE_NUMBER if kind[1] == "footer" else re.compile(r"\s*$")).match(text):
                self.unprintable[f"{what}中的文字“{text.strip()[:20]}”"] = None
            fields = "".join(one.text or "" for one in root.iter(f"{WORD}instrText"))
            fields += "".join(one.get(f"{WORD}instr", "") for one in root.iter(f"{WORD}fldSimple"))
            numbered |= kind[1] == "footer" and "PAGE" in fields.upper()
        return numbered

    def _cannot(self, name: str) -> None:
        self.unprintable[_NAMES.get(name, f"不认识的内容（{name}）")] = None

    def _revised(self, name: str) -> None:
        if name in _REVISIONS:
            self.unprintable["没有接受或者拒绝的修订"] = None

    def _paragraph(self, element: Any) -> Paragraph:
        own = element.find(f"{WORD}pPr")
        properties = self.styles.paragraph(own)
        if properties.get("numPr", {}).get("numId", "0") not in ("", "0"):
            self.unprintable["自动编号（请改为直接输入序号）"] = None
        if "framePr" in properties:
            self.unprintable["图文框"] = None
        mark = own.find(f"{WORD}rPr") if own is not None else None
        height = size(self.styles.run(own, mark))
        runs, new_page = [], is_on(properties, "pageBreakBefore")
        for run in self._runs(element, own):
            if run is None:
                new_page = True
            else:
                runs.append(run)
        indents, spacing = properties.get("ind", {}), properties.get("spacing", {})
        return Paragraph(
            runs=tuple(runs),
            align=_ALIGN.get(properties.get("jc", {}).get("val", "both"), "both"),
            left=indent(indents, "left", height) or indent(indents, "start", height),
            right=indent(indents, "right", height) or indent(indents, "end", height),
            first=indent(indents, "firstLine", height) - indent(indents, "hanging", height),
            before=gap(spacing, "before"),
            after=gap(spacing, "after"),
            pitch=pitch(spacing, max((run.size for run in runs), default=height)),
            size=height,
            keep_next=is_on(properties, "keepNext"),
            new_page=new_page,
        )

    def _runs(self, parent: Any, paragraph: Any | None) -> Iterator[Run | None]:
        """The runs of a paragraph; None for a break to the next page."""
        for child in parent:
            name = _local(child)
            if name == "r":
                yield from self._run(child, paragraph)
                continue
            self._revised(name)
            if name == "fldSimple":
                self._cannot(name)
            if name in _INSIDE:
                yield from self._runs(child, paragraph)
            elif name not in _SILENT:
                self._cannot(name)

    def _run(self, element: Any, paragraph: Any | None) -> Iterator[Run | None]:
        properties = self.styles.run(paragraph, element.find(f"{WORD}rPr"))
        text = ""
        for child in element:
            name = _local(child)
            if name == "t":
                text += child.text or ""
            elif name == "br":
                if child.get(f"{WORD}type") in ("page", "column"):
                    yield None
                else:
                    text += "\n"
            elif name in _SIGNS:
                text += _SIGNS[name]
            elif name not in _SILENT:
                self._cannot(name)
        if not text:
            return
        if is_on(properties, "vanish"):
            self.unprintable["隐藏的文字"] = None
        yield Run(
            text=text,
            families=families(properties.get("rFonts", {})),
            size=size(properties),
            bold=is_on(properties, "b"),
            italic=is_on(properties, "i"),
            underline=is_on(properties, "u"),
            colour=colour(properties),
            tracking=points(properties.get("spacing", {}).get("val", ""), "0"),
        )

    def _table(self, element: Any) -> Table:
        own = element.find(f"{WORD}tblPr")
        rows = list(self._inner(element, "tr"))
        widths = [points(one.get(f"{WORD}w", ""), "0") for one in element.iterfind(f"{WORD}tblGrid/{WORD}gridCol")]
        heights: list[float] = []
        cells: list[Cell] = []
        open_above: dict[int, int] = {}
        for line, row in enumerate(rows):
            least = row.find(f"{WORD}trPr/{WORD}trHeight")
            heights.append(0.0 if least is None else points(least.get(f"{WORD}val", ""), "0"))
            column = 0
            for cell in self._inner(row, "tc"):
                column += self._cell(cell, line, column, cells, open_above)
            widths += [60.0] * (column - len(widths))  # a damaged table may have more cells than its grid
        ruled = any(_has_lines(one) for one in self.styles.table(own)) or any(
            _has_lines(one) for row in rows for one in row.iter(f"{WORD}tcPr")
        )
        return Table(tuple(widths), tuple(heights), tuple(cells), ruled)

    def _inner(self, parent: Any, wanted: str) -> Iterator[Any]:
        for child in parent:
            name = _local(child)
            if name == wanted:
                yield child
            elif name in _INSIDE:
                yield from self._inner(child, wanted)
            elif name not in _SILENT:
                self._cannot(name)

    def _cell(self, element: Any, row: int, column: int, cells: list[Cell], open_above: dict[int, int]) -> int:
        """Adds a cell, or lengthens the one above that it continues; the number of columns it takes.
        ``open_above``: by column the index of the cell that the next row may continue."""
        properties = element.find(f"{WORD}tcPr")
        span, merge = 1, None
        if properties is not None:
            found = properties.find(f"{WORD}gridSpan")
            span = max(1, int(number(None if found is None else found.get(f"{WORD}val"), 1)))
            merge = properties.find(f"{WORD}vMerge")
        blocks = list(self.blocks(element))
        if any(isinstance(block, Table) for block in blocks):
            self._cannot("tbl")
        paragraphs = tuple(block for block in blocks if isinstance(block, Paragraph))
        continues = merge is not None and merge.get(f"{WORD}val", "continue") == "continue"
        if continues and column in open_above:
            above = cells[open_above[column]]
            if any(one.runs for one in paragraphs):
                self.unprintable["合并单元格中被遮住的文字"] = None
            cells[open_above[column]] = Cell(
                above.row, above.column, row - above.row + 1, above.span, above.paragraphs, above.centred
            )
            return above.span
        open_above.pop(column, None)
        if merge is not None:
            open_above[column] = len(cells)
        vertical = None if properties is None else properties.find(f"{WORD}vAlign")
        centred = vertical is not None and vertical.get(f"{WORD}val") == "center"
        cells.append(Cell(row, column, 1, span, paragraphs, centred))
        return span


def _local(element: Any) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name


def _has_lines(properties: Any) -> bool:
    return any(
        line.get(f"{WORD}val") not in ("nil", "none")
        for borders in properties
        if _local(borders) in ("tblBorders", "tcBorders")
        for line in borders
    )
