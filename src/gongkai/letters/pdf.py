"""A filled letter as PDF, set by typst from the paragraphs and tables of its Word document, so that both say the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from ..report.errors import WritingError
from ..report.writing.pdf import refuse_uncovered, typeset
from ..report.writing.theme import SONG
from .document import Cell, LetterDocument, Paragraph, Table
from .docx import read_document
from .errors import LettersError


def to_pdf(docx: bytes) -> bytes:
    """The document's PDF, the same bytes for the same document and fonts.

    Raises LettersError where the document holds what can't be printed (images, text boxes, numbering that Word
    computes), naming it, and where no installed font has one of its characters: nothing is dropped in silence.
    """
    document = read_document(docx)
    if document.unprintable:
        raise LettersError(
            f"不能印成 PDF：文档中有{'、'.join(document.unprintable)}。请在 Word 中删去或者改成普通文字、表格。"
        )
    letter = json.dumps(_letter(document), ensure_ascii=False)
    try:
        refuse_uncovered(letter)
    except WritingError as error:
        raise LettersError(str(error)) from error
    return typeset(files("gongkai.letters").joinpath("letter.typ").read_bytes(), {"letter": letter})


def _letter(document: LetterDocument) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    after = 0.0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append({"kind": "paragraph", "gap": after + block.before, **_paragraph(block)})
            after = block.after
        else:
            blocks.append({"kind": "table", "gap": after, **_table(block)})
            after = 0.0
    return {
        "title": _title(document),
        "page": asdict(document.page),
        "number_families": SONG.families,
        "blocks": blocks,
    }


def _title(document: LetterDocument) -> str:
    """The text of the first paragraph, for the viewer's window and screen readers."""
    first = next((block for block in document.blocks if isinstance(block, Paragraph) and block.runs), None)
    return "".join(run.text for run in first.runs).replace("\n", "") if first else "文书"


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return asdict(paragraph) | {"height": max((run.size for run in paragraph.runs), default=paragraph.size)}


def _table(table: Table) -> dict[str, Any]:
    return {
        "widths": table.widths,
        "ruled": table.ruled,
        "cells": [_cell(cell, table) for cell in table.cells],
    }


def _cell(cell: Cell, table: Table) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "rows": cell.rows,
        "span": cell.span,
        "centred": cell.centred,
        "height": table.heights[cell.row] if cell.rows == 1 else 0,
        "paragraphs": [_paragraph(one) for one in cell.paragraphs],
    }
