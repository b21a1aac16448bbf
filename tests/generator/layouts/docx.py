"""Word documents: merged cells as in the official form; text in many runs; numbers that Word counts; nested content."""

from __future__ import annotations

import io
import random
import re
import zipfile
from xml.sax.saxutils import escape

from ..draft import Cell, Draft, Paragraph, Table
from .base import Layout, Setter, with_covered

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


class _Words:
    """Sets paragraphs and tables in one style, and keeps the lists that Word is to count."""

    def __init__(self, rng: random.Random, style: str) -> None:
        self.rng, self.style = rng, style
        self.lists: list[tuple[int, int]] = []  # kind of numbering, and where it starts

    def run(self, text: str) -> str:
        body = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        return f'<w:r><w:rPr><w:rFonts w:eastAsia="仿宋"/></w:rPr><w:t xml:space="preserve">{body}</w:t></w:r>'

    def runs(self, text: str) -> str:
        """The text in runs; in the broken style cut at random, with what Word leaves between the pieces."""
        if not text:
            return ""
        if self.style != "runs" or len(text) < 2:
            return self.run(text)
        cuts = sorted(self.rng.sample(range(1, len(text)), min(len(text) - 1, self.rng.randint(0, 4))))
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        between = ("", '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="0" w:name="_GoBack"/>',
                   '<w:bookmarkEnd w:id="0"/>', "<w:del><w:r><w:delText>9</w:delText></w:r></w:del>")  # fmt: skip
        set_pieces = [f"<w:ins>{self.run(p)}</w:ins>" if self.rng.random() < 0.1 else self.run(p) for p in pieces]
        return "".join(piece + self.rng.choice(between) for piece in set_pieces)

    def paragraph(self, text: str, properties: str = "") -> str:
        number, text = self._counted(text)
        properties = f"<w:pPr>{properties}{number}</w:pPr>" if properties or number else ""
        return f"<w:p>{properties}{self.runs(text)}</w:p>"

    def _counted(self, text: str) -> tuple[str, str]:
        """In the counted style, take a heading's or label's number out of the text and let Word count it."""
        if self.style != "counted":
            return "", text
        kinds = ((r"([一二三四五六])、", "一二三四五六"), (r"([1-8])\.(?!\d)", "12345678"))
        for kind, (pattern, digits) in enumerate(kinds):
            if found := re.match(pattern, text):
                start = digits.index(found[1]) + 1
                self.lists.append((kind, start))
                level = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{len(self.lists)}"/></w:numPr>'
                return level, text[found.end() :]
        return "", text

    def cell(self, cell: Cell, merge: str) -> str:
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        if self.style == "paragraphs" and not cell.key and len(cell.text) == 4:
            inside = self.paragraph(cell.text[:2]) + self.paragraph(cell.text[2:])
        else:
            inside = self.paragraph(cell.text, '<w:jc w:val="center"/>' if cell.key else "")
        if self.style == "nested" and cell.key and self.rng.random() < 0.1:
            inside = f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inside}</w:tc>"

    def table(self, table: Table) -> str:
        rows = []
        for row in with_covered(table):
            cells = []
            for cell in row:
                part = "continue" if cell.covered else "restart" if cell.rows > 1 else ""
                merge = f'<w:vMerge w:val="{part}"/>' if part and self.style != "flat" else ""
                cells.append(self.cell(cell, merge))
            rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
        grid = "".join('<w:gridCol w:w="900"/>' for _ in range(table.width))
        width = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        return f"<w:tbl>{width}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"

    def block(self, block: Paragraph | Table) -> str:
        if isinstance(block, Table):
            return self.table(block)
        centred = '<w:jc w:val="center"/>' if block.kind == "title" else ""
        style = '<w:pStyle w:val="1"/>' if block.kind == "heading" and self.rng.random() < 0.3 else ""
        return self.paragraph(block.text, style + centred)

    def numbering(self) -> str:
        """The part that says how Word counts: one list for each paragraph, so that each starts where it must."""
        formats = (("chineseCounting", "%1、"), ("decimal", "%1."))
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{shown}"/></w:lvl></w:abstractNum>'
            for n, (kind, shown) in enumerate(formats)
        )
        lists = "".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="{kind}"/><w:lvlOverride w:ilvl="0">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
            for n, (kind, start) in enumerate(self.lists, 1)
        )
        return f"{_HEAD}<w:numbering {_W}>{abstract}{lists}</w:numbering>"


def as_docx(style: str) -> Setter:
    """A Word document in one of the styles: ``counted`` has numbers that Word counts, ``flat`` no cell merged down."""

    def set_docx(draft: Draft, rng: random.Random) -> bytes:
        words = _Words(rng, style)
        parts = [words.block(block) for block in draft.blocks]
        body = "".join(part + "<w:p/>" * (part.startswith("<w:tbl>")) for part in parts)
        if style == "nested":
            body = f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>"
            if rng.random() < 0.4:
                grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
                body = f"<w:tbl>{grid}<w:tr><w:tc><w:tcPr/>{body}<w:p/></w:tc></w:tr></w:tbl>"
        document = f"{_HEAD}<w:document {_W}><w:body>{body}<w:sectPr/></w:body></w:document>"
        return _pack(document, words.numbering() if words.lists else "")

    return set_docx


def _pack(document: str, numbering: str) -> bytes:
    numbered = f'<Override PartName="/word/numbering.xml" ContentType="{_TYPE}.numbering+xml"/>' if numbering else ""
    members = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>{numbered}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }
    if numbering:
        members["word/numbering.xml"] = numbering
        members["word/_rels/document.xml.rels"] = (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_REL}/numbering" Target="numbering.xml"/></Relationships>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


LAYOUTS = tuple(
    Layout(f"docx_{style}", "docx", as_docx(style))
    for style in ("plain", "runs", "counted", "paragraphs", "nested", "flat")
)
