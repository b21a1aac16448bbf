"""PDF: reading and checking against pdfium's own text with every character's box, and pdfplumber's tables."""

from __future__ import annotations

import io
from collections.abc import Iterator

from gongkai.checking import check
from gongkai.reading import read

from .documents import groups
from .measuring import Measured, medians, ratio


def characters_of_pdfium(data: bytes) -> list[tuple[str, list[tuple[float, float, float, float]]]]:
    """Each page's text and the box of each of its characters."""
    import pypdfium2

    pages = []
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            text = page.get_textpage()
            pages.append((text.get_text_range(), [text.get_charbox(index) for index in range(text.count_chars())]))
            text.close()
            page.close()
    return pages


def tables_of_pdfplumber(data: bytes) -> list[object]:
    """The tables of all pages."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def measure() -> Iterator[Measured]:
    """At most twice pdfium's time, at most a tenth of pdfplumber's."""
    for group, documents in groups("pdf", count=4).items():
        runs = {
            name: medians(
                {
                    "checked": lambda name=name, data=data: check(read(name, data)),
                    "pdfium": lambda data=data: characters_of_pdfium(data),
                    "pdfplumber": lambda data=data: tables_of_pdfplumber(data),
                },
                seconds=8.0,
            )
            for name, data in documents.items()
        }
        yield ratio(f"PDF read and checked, to pdfium's text and boxes, {group}", "checked", "pdfium", runs, 2.0)
        yield ratio(f"PDF read and checked, to pdfplumber's tables, {group}", "checked", "pdfplumber", runs, 0.1)
