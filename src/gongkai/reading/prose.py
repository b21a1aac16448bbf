"""Lines outside the tables → paragraphs: joined where a text was wrapped by hand, page numbers left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass

from .document import Document, Line
from .naming import named
from .rows import is_page_number

_OPENS_PARAGRAPH = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d)|[一二三四五六七八九十]是|第[一二三四五六七八九十]+[，、])"
)
_HEADING = re.compile(r"^\s*[一二三四五六七八九十]{1,3}、")
_ENDS = ("。", "！", "？", "；", "：")
_LONG_LINE = 15
_LONGEST_WRAPPED = 130
_WIDEST = 200
"""Characters of a line that are looked at: clearly more than any page holds."""
_METADATA_LINES = 40
"""The page's metadata stand before so many lines."""
_SHARE_WRAPPED = 0.4


@dataclass(slots=True)
class Paragraph:
    """A paragraph's text, and the index of its first line in the document."""

    text: str
    line: int


def paragraphs_of(document: Document, in_tables: Container[int]) -> list[Paragraph]:
    """The paragraphs of a document, in order, without what stands in the tables' lines."""
    lines = document.lines
    rows = [
        index
        for index, line in enumerate(lines)
        if index not in in_tables and not line.header and not is_page_number(line)
    ]
    texts = {index: _titled(lines[index], index) if _is_row(lines[index]) else _text(lines[index]) for index in rows}
    width = _wrapped_at(list(texts.values())) if document.format == "txt" else None
    found: list[Paragraph] = []
    last = ""
    for index in rows:
        text = texts[index]
        if not text:
            continue
        if found and width and _runs_on(last, text, width):
            found[-1].text = _join(found[-1].text, text)
        else:
            found.append(Paragraph(text, index))
        last = text
    return found


def _runs_on(last: str, text: str, width: int) -> bool:
    """Whether a line continues the one before it in a text that was wrapped at ``width``."""
    if last.endswith(_ENDS) or _OPENS_PARAGRAPH.match(text) or named(last):
        return False
    return _width(last) >= (width - 6 if _HEADING.match(last) else 0.6 * width)


def _is_row(line: Line) -> bool:
    """A row of some other table than the three (metadata, a list of differences)."""
    return line.table is not None and sum(bool(cell.text) for cell in line.cells) > 1


def _titled(line: Line, index: int) -> str:
    """The report's title in a row of the page's metadata (标题、名称), empty where the row holds none or several."""
    if index >= _METADATA_LINES:
        return ""
    titles = [cell.text for cell in line.cells if len(cell.text) > 12 and all(named(cell.text) or (None,))]
    return titles[0].strip() if len(titles) == 1 else ""


def _text(line: Line) -> str:
    if len(line.cells) == 1:
        return line.cells[0].text.strip()
    return " ".join(cell.text.strip() for cell in line.cells if cell.text).strip()


def _width(text: str) -> int:
    """Columns that a text takes on a page of fixed pitch: two for a full-width character; no more than a page holds."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text[:_WIDEST])


def _wrapped_at(texts: Sequence[str]) -> int | None:
    """The width at which the text was wrapped, None where each paragraph is one line."""
    widths = sorted(_width(text) for text in texts if len(text) >= _LONG_LINE)
    if len(widths) < 8:
        return None
    full = widths[int(len(widths) * 0.9)]
    if full > _LONGEST_WRAPPED or widths[-1] > full + 20:
        return None
    near = sum(full - 6 <= width <= full + 6 for width in widths)
    return full if near >= _SHARE_WRAPPED * len(widths) else None


def _join(before: str, after: str) -> str:
    spaced = before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha()
    return f"{before} {after}" if spaced else before + after
