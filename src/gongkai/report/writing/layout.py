"""The printed report as one value, derived from the form once and used by every format.

The text of a report becomes a title, an introduction and sections of paragraphs, its figures become the printed tables
(``tables``). DOCX, HTML, PDF and XLSX only draw it.

What does not come back when the printed document is read: the statutory tables are printed whole, so a cell that the
report lacks altogether (no key) is printed blank and reads back as a blank cell (None). One exception: where
（六）其他处理 stands as one row, it is printed as one row again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..errors import WritingError
from ..form import Form, Section, editions
from ..report import Report
from .tables import PrintedTable, print_table, printable


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``heading``: how many characters at its beginning are a heading of the second level, as in
    （一）主动公开; all where it stands alone, 0 for plain text. ``start``: where it begins in its section's text."""

    text: str
    heading: int = 0
    start: int = field(default=0, compare=False)

    @property
    def alone(self) -> bool:
        """Whether the whole paragraph is a heading."""
        return 0 < self.heading == len(self.text)


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section: heading with its number, then its text, then its table if it has one."""

    key: str
    number: str
    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: PrintedTable | None


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report ready to be drawn. ``full_title`` names organ and year also where the printed title does not."""

    title: str
    full_title: str
    organ: str
    introduction: tuple[Paragraph, ...]
    sections: tuple[PrintedSection, ...]

    def tables(self) -> tuple[PrintedTable, ...]:
        """The statutory tables, in order."""
        return tuple(section.table for section in self.sections if section.table)


def lay_out(report: Report) -> PrintedReport:
    """The printed form of a report. Raises WritingError where the report does not say which edition's tables it has."""
    form = report.form
    if form is None:
        raise WritingError(
            f"报告没有注明年度报告格式的版本（edition），无法排印统计表。请注明其中之一：{'、'.join(editions())}。"
        )
    sections = tuple(
        PrintedSection(
            section.key,
            section.number,
            f"{section.number}、{section.heading}",
            _paragraphs(report.sections.get(section.key, "")),
            _section_table(form, section, report),
        )
        for section in form.sections
    )
    title = printed_title(report, form)
    stated = all(str(part) in title for part in (report.organ, report.year) if part is not None)
    return PrintedReport(
        title=title,
        full_title=title if stated else _full_title(report, form),
        organ=printable(report.organ or ""),
        introduction=_paragraphs(report.introduction),
        sections=sections,
    )


def printed_title(report: Report, form: Form) -> str:
    """The title as printed: the report's own, else the form's with organ and year; what is unknown is left out."""
    return printable(report.title) if report.title else _full_title(report, form)


def _full_title(report: Report, form: Form) -> str:
    pattern = form.title if report.year is not None else form.title.replace("{year}年", "")
    return printable(pattern.format(organ=report.organ or "", year=report.year))


_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)][^。；！？\n]{1,40}")


def _paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text. A paragraph that opens with （一） begins with a heading: up to its first full stop
    where text follows, else the whole, unless it ends like a sentence's middle or is too long to be one."""
    result, start = [], 0
    for whole in printable(text).splitlines(keepends=True):
        line = "".join(whole.splitlines())
        if line.strip():
            found = _SECOND_LEVEL.match(line)
            heading = 0
            if found and found.end() == len(line):
                heading = len(line) if line[-1] not in "，、：；" else 0
            elif found and line[found.end()] == "。":
                heading = found.end() + 1
            result.append(Paragraph(line, heading, start))
        start += len(whole)
    return tuple(result)


def _section_table(form: Form, section: Section, report: Report) -> PrintedTable | None:
    for table in form.tables:
        if table.section == section.key:
            return print_table(table, section.heading, report.values, report.marks)
    return None
