"""Bytes of a published document → a reading. The one entrance to ``gongkai.reading``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..report.finding import Finding
from ..report.form import editions, load_form
from ..report.report import Report
from .document import Document, Line, TextCell, UnreadableError
from .folding import without_readings
from .formats import open_document
from .locating import Region
from .naming import full_name, named, names_itself, organ_of_text, year_of_text
from .outline import Outline, is_section_heading, read_outline
from .prose import paragraphs_of
from .reading import Reading
from .tables import read_tables

Convert = Callable[[bytes, str], bytes]
"""Turns a document of an office suite's own format into DOCX; the shell's business, not the core's."""

_BASIS = "年度报告格式"


def read(name: str, data: bytes, *, convert: Convert | None = None) -> Reading:
    """Read one document. ``name`` is only a hint at its format.

    Never raises for what is in ``data``: what can't be read is a finding ``unreadable``. ``convert`` is called for the
    formats that only an office suite reads.
    """
    try:
        document = open_document(name, data, convert)
    except UnreadableError as error:
        return Reading(Report(), findings=(Finding("unreadable", "reading", "error", str(error), _BASIS),))
    found = read_document(document)
    ending = name.lower().rpartition(".")[2]
    if document.format == "txt" and ending in _PACKAGES and any(one.code == "not-a-report" for one in found.findings):
        return Reading(Report(), findings=(Finding("unreadable", "reading", "error", _broken(ending), _BASIS),))
    return found


def _broken(ending: str) -> str:
    kind = ending.upper()
    return f"无法打开：文件名是 {kind}，内容却不是 {kind} 文件，可能已经损坏或者没有传完整，请重新取得该文件。"


def read_document(document: Document) -> Reading:
    """Read a document that a format reader has already opened."""
    _tidy(document)

    def year_by_text() -> int | None:
        return _year(read_outline(paragraphs_of(document, ()), {}), document)

    tables = read_tables(document, year_by_text)
    outline = read_outline(paragraphs_of(document, _lines_of(tables.regions, document)), tables.regions)
    year = _year(outline, document)
    findings = [Finding("unreadable-part", "reading", "warning", problem, _BASIS) for problem in document.problems]
    if document.strays:
        findings.append(
            Finding(
                "stray-mark",
                "reading",
                "note",
                f"文中有 {document.strays} 处文字处理软件留下的标记（如“[bookmark: _GoBack]”），读取时已略去。",
                _BASIS,
            )
        )
    findings += tables.findings
    organ = outline.title.organ if outline.title else None
    organ = organ or _organ_hint(document) or organ_of_text(outline.introduction, outline.sections.get("overview", ""))
    organ = full_name(organ, outline.introduction)
    new_format = {heading.section for heading in outline.headings if heading.level == 1}
    if not tables.values and len(new_format) < 4:
        findings.append(_cut_off(outline) if _breaks_off(outline, year) else _no_report(outline, document))
    report = Report(
        organ=organ,
        year=year,
        edition=tables.edition if tables.values else None,
        title=outline.title.text if outline.title else None,
        introduction=outline.introduction,
        values=tables.values,
        marks=tables.marks,
        sections=outline.sections,
    )
    return Reading(report, outline.headings, tables.evidence, tuple(findings))


def _lines_of(regions: Mapping[str, Region], document: Document) -> set[int]:
    """The lines that belong to the tables. A section's heading among them (above a table, within its head) does not."""
    inside = {index for region in regions.values() for index in range(region.start, region.end)}
    return {index for index in inside if not _is_heading(document.lines[index])}


def _is_heading(line: Line) -> bool:
    return len(line.cells) == 1 and line.table is None and is_section_heading(line.cells[0].text)


_STRAY = re.compile(r"\[bookmark:[^\[\]\n]{0,80}\]\s?")
"""A word processor's mark that got into the text."""
_FIGURES = re.compile(r"\d[\d.]*(?:\s+\d[\d.]*){2,}")
"""A row of figures between which one space is left."""


def _tidy(document: Document) -> None:
    """Part rows of figures, and take out what is no part of the publication: readings mixed in, a processor's marks."""
    for line in document.lines:
        if len(line.cells) == 1 and _FIGURES.fullmatch(line.cells[0].text):
            line.cells = [TextCell(text) for text in line.cells[0].text.split()]
        for cell in line.cells:
            if "(" in cell.text or "（" in cell.text:
                cell.text = without_readings(cell.text)
            if "[bookmark" in cell.text:
                cell.text, count = _STRAY.subn("", cell.text)
                document.strays += count


def _year(outline: Outline, document: Document) -> int | None:
    if outline.title and outline.title.year:
        return outline.title.year
    text = year_of_text(outline.introduction, outline.sections.get("overview", ""))
    if text:
        return text
    for title in document.titles:
        found = named(title)
        if found and found[1]:
            return found[1]
    return None


def _organ_hint(document: Document) -> str | None:
    for title in document.titles:
        found = named(title)
        if found and found[0]:
            return found[0]
    return None


_PACKAGES = frozenset({"docx", "xlsx", "ofd", "odt", "pdf"})
"""Endings of files that are never text: what is text and no report under such a name is a broken file."""

_OPENING = 400
"""So many characters of section one may still be what others write into the introduction."""
_ARTICLE = re.compile(r"第[一二三四五六七八九十百]+条")
_NEXT_PART = re.compile(r"(?m)^\s*[二三四五六七八]、.{2,40}$")


def _breaks_off(outline: Outline, year: int | None) -> bool:
    """Whether a report of a year of the statutory forms ends before the first figure of its tables.

    It names itself one, its parts are those of the forms as far as they go, and nothing follows that is not of them.
    """
    found = [heading.section for heading in outline.headings if heading.level == 1]
    if not found or year is None or not any(load_form(edition).serves(year) for edition in editions()):
        return False
    last = outline.sections[found[-1]]
    if outline.title is None and not names_itself(outline.introduction + outline.sections[found[0]][:_OPENING]):
        return False
    form = load_form(editions()[-1])
    order = [section.key for section in form.sections]
    if found == order[:1]:
        return not _NEXT_PART.search(last)
    articles = {match[0] for block in form.tables[0].blocks if (match := _ARTICLE.match(block.heading))}
    return found == order[:2] and (not last.strip() or any(article in last[:200] for article in articles))


def _cut_off(outline: Outline) -> Finding:
    end = "第一部分" if len(outline.sections) < 2 else "第二部分的开头"
    return Finding(
        "document-cut",
        "reading",
        "warning",
        f"文件似乎不完整：读到{end}为止，没有统计表和后面的各部分，有关内容没有核对。请取得完整的文件后再核对。",
        _BASIS,
    )


def _no_report(outline: Outline, document: Document) -> Finding:
    if outline.title:
        return Finding(
            "older-format",
            "not-applicable",
            "error",
            f"题名为“{outline.title.text[:60]}”，但没有 2019 年或 2021 年统一格式的统计表和六个部分，不能按现行格式读取。",
            _BASIS,
        )
    return Finding(
        "not-a-report",
        "not-applicable",
        "error",
        "没有找到政府信息公开工作年度报告的标题、六个部分和统计表，这份文件不是年度报告，或者不是统一格式的年度报告。",
        _BASIS,
    )
