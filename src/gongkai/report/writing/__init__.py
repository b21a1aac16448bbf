"""Writing a report: DOCX, HTML, PDF, XLSX and JSON, all drawn from one printed form (``layout``).

What is written reads back as it was. Where the printed document can't say it, the nearest thing is printed: a title
that is None is made from organ and year; a cell that the report lacks altogether is printed blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from ..errors import WritingError
from ..form import CellKey, load_form
from ..report import Report
from .json import dumps, finding_to_dict, read_json, to_json
from .layout import PrintedReport, lay_out

Format = Literal["docx", "html", "pdf", "xlsx", "json"]
Theme = Literal["official", "plain"]
Trace = Mapping[CellKey, Sequence[str]]
"""For each figure the rows of the ledger that it counts, as a user finds them: ``申请!12``."""

FORMATS: tuple[Format, ...] = get_args(Format)
THEMES: tuple[Theme, ...] = get_args(Theme)


def write(report: Report, format: str, *, theme: str = "official", trace: Trace | None = None) -> bytes:
    """The report as a file of a format (``docx``, ``html``, ``pdf``, ``xlsx``, ``json``).

    ``theme``: ``official`` is set after GB/T 9704, ``plain`` with an office suite's defaults. ``trace``: the source
    rows of each figure, listed on a sheet of their own in XLSX; other formats have no place for it. Raises
    WritingError for an unknown format or theme, a report without edition, and a PDF for which no font is installed.
    """
    if format not in FORMATS:
        raise WritingError(f"不能写成“{format}”格式。可写的格式有：{'、'.join(FORMATS)}。")
    if theme not in THEMES:
        raise WritingError(f"没有“{theme}”版式。现有：{'、'.join(THEMES)}。")
    match format:
        case "docx":
            from .docx import write_docx

            return write_docx(lay_out(report), theme)
        case "html":
            from .html import write_html

            return write_html(lay_out(report), theme)
        case "pdf":
            from .pdf import write_pdf

            return write_pdf(lay_out(report), theme)
        case "xlsx":
            from .xlsx import write_xlsx

            return write_xlsx(lay_out(report), trace)
    from .json import write_json

    return write_json(report)


def blank_report(edition: str) -> Report:
    """An empty report of an edition: every cell of its tables there, none filled. Raises FormError."""
    return Report(edition=edition, values=dict.fromkeys(load_form(edition).cells))


__all__ = [
    "FORMATS",
    "THEMES",
    "Format",
    "PrintedReport",
    "Theme",
    "Trace",
    "blank_report",
    "dumps",
    "finding_to_dict",
    "lay_out",
    "read_json",
    "to_json",
    "write",
]
