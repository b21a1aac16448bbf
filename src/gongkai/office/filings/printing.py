"""A report in a page of the office as it will be published: the same text and the same tables that the files are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from gongkai.report.report import Report
from gongkai.report.writing.html import draw_table
from gongkai.report.writing.layout import Paragraph, PrintedReport, lay_out


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section: its heading, its text, and its table as HTML where it has one."""

    key: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: SafeString


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What `filings/report.html` draws."""

    title: str
    introduction: tuple[Paragraph, ...]
    sections: tuple[ShownSection, ...]


PREFIX = "report-"
"""Before the ids of the sections, so that a page may have other things of the same name."""


def shown(report: Report) -> ShownReport:
    """The report ready to be drawn in a page."""
    printed: PrintedReport = lay_out(report)
    sections = []
    for one in printed.sections:
        lines = draw_table(one.table, PREFIX, widths=False) if one.table else ()
        sections.append(ShownSection(one.key, one.heading, one.paragraphs, mark_safe("\n".join(lines))))
    return ShownReport(printed.title, printed.introduction, tuple(sections))
