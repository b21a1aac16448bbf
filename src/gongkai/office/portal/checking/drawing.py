"""What a document looks like, for a person who compares it with what was read: its pages as images, else its lines.

Runs in the worker's process. A PDF shows its own pages; a text document those that an office suite prints, where one is
installed; other formats have no pages, and show the text and tables as they were read.
"""

from __future__ import annotations

import base64
import contextlib
import io
import resource
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.reading import read
from gongkai.reading.document import Document, UnreadableError
from gongkai.reading.formats import open_document
from gongkai.reading.formats.office_suite import as_pdf, convert

MOST_PAGES = 40
"""Pages drawn of one document; a report has some ten."""

MOST_LINES = 3_000
"""Lines shown of a document without pages."""

_SCALE = 1.6
"""Pixels a point: 115 dots an inch, at which a figure in a table of small print is read without effort."""

_LARGEST = 1_600.0
"""Points of the longer side beyond which a page is drawn smaller."""

_MEMORY = 1 << 30
"""Bytes of address space of this process while it draws: several times what the program and a scanned page take."""

_WITHOUT_PAGES = frozenset({"html", "xlsx", "xls", "txt", "ofd"})


def drawn(name: str, data: bytes) -> Iterator[Mapping[str, Any]]:
    """``page`` (number from 1, width and height in points, PNG) for each page; or ``lines``. Before them ``places`` of the figures
    on the pages of a document that had to be printed first; ``remark``: what can't be shown, and why."""
    if is_pdf(data):
        yield from _pages(data)
        return
    try:
        document = open_document(name, data, convert)
    except UnreadableError as error:
        yield {"remark": str(error)}
        return
    if document.format in _WITHOUT_PAGES:
        yield {"remark": "这种格式的文件没有固定的页面，以下是从文件中读到的文字和表格。"}
        yield _lines(document)
        return
    try:
        printed = as_pdf(data, document.format)
    except UnreadableError as error:
        yield {"remark": f"没有能够生成页面图像：{error}以下是从文件中读到的文字和表格。"}
        yield _lines(document)
        return
    places = read("report.pdf", printed).evidence
    yield {"places": {key: {"page": one.page, "box": one.box} for key, one in places.items() if one.page and one.box}}
    yield from _pages(printed)


def is_pdf(data: bytes) -> bool:
    """Whether a document has pages of its own, and need not be printed first."""
    return b"%PDF-" in data[:1024]


def _pages(data: bytes) -> Iterator[Mapping[str, Any]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield {"remark": "文件不能打开，没有页面图像。"}
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    if len(document) > MOST_PAGES:
        yield {"remark": f"文件共 {len(document)} 页，只显示前 {MOST_PAGES} 页。"}
    for number in range(min(len(document), MOST_PAGES)):
        try:
            yield _page(document, number)
        except (pypdfium2.PdfiumError, MemoryError, ValueError):
            yield {"remark": f"第 {number + 1} 页没有能够生成图像，请对照下载的原件核对。"}


def _page(document: Any, number: int) -> Mapping[str, Any]:
    """Page ``number``, from 0, of a PDF."""
    page = document[number]
    width, height = page.get_size()
    scale = _SCALE * min(1.0, _LARGEST / max(width, height, 1.0))
    png = io.BytesIO()
    page.render(scale=scale).to_pil().convert("L").save(png, "PNG")
    return {
        "page": number + 1,
        "width": round(width, 1),
        "height": round(height, 1),
        "png": base64.b64encode(png.getvalue()).decode(),
    }


def _lines(document: Document) -> Mapping[str, Any]:
    """Rows count from 1, as in the evidence."""
    shown = [
        {
            "table": line.table,
            "row": None if line.row is None else line.row + 1,
            "line": line.number,
            "cells": [[cell.text, cell.span, cell.rows] for cell in line.cells],
        }
        for line in document.lines[:MOST_LINES]
    ]
    return {"lines": shown}
