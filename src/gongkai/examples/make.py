"""Making the folder of examples: ledgers, the reports compiled from them, and the reports as published."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..ledger import compile_ledger
from ..ledger.sample import ledger_from_report
from ..report.errors import GongkaiError, WritingError
from ..report.report import Report
from ..report.writing import PrintedReport, lay_out, write
from ..report.writing.tables import PrintedTable
from .organ import Organ, organs

LEDGERS, COMPILED, PUBLISHED = "1-台账", "2-编制的报告", "3-已发布的报告"
"""The folders, in the order of the work: ledger, report compiled from it, report as it was published."""

_COMPILED_FORMATS = ("docx", "pdf", "html", "xlsx")


class ExampleError(GongkaiError):
    """An example's data does not fit what it is to be printed into."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: paths, and sentences about what could not be made here."""

    ledgers: tuple[Path, ...]
    compiled: tuple[Path, ...]
    published: tuple[Path, ...]
    remarks: tuple[str, ...]


def make_examples(folder: Path) -> Made:
    """Write all examples below ``folder``; files of an earlier run are replaced."""
    ledgers, compiled, published, remarks = [], [], [], []
    archived: dict[str, bytes] = {}
    for number, organ in enumerate(organs()):
        name = f"{organ.name}{organ.report.year}年"
        ledger = ledger_from_report(organ.report, organ.facts)
        ledgers.append(_put(folder / LEDGERS / f"{name}台账.xlsx", ledger))
        report, trace = _compile(organ, ledger)
        data, format, why = _written(report, _COMPILED_FORMATS[number % len(_COMPILED_FORMATS)], trace)
        remarks += why
        compiled.append(_put(folder / COMPILED / f"{name}.{format}", data))
        data, format, why = _as_published(organ, report)
        remarks += why
        if organ.archived:
            archived[f"{name}.{format}"] = data
        else:
            published.append(_put(folder / PUBLISHED / f"{name}.{format}", data))
    published.append(_put(folder / PUBLISHED / "各单位报送.zip", _archive(archived)))
    return Made(tuple(ledgers), tuple(compiled), tuple(published), tuple(dict.fromkeys(remarks)))


def _archive(contents: Mapping[str, bytes]) -> bytes:
    """A ZIP of these files, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in contents.items():
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 31, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _compile(organ: Organ, ledger: bytes) -> tuple[Report, dict[str, list[str]]]:
    made = compile_ledger(ledger, organ.name, organ.report.year or 0)
    if made.report is None:
        raise ExampleError("".join(problem.text for problem in made.errors))
    trace = {cell: [f"{ref.sheet}!{ref.row}" for ref in rows] for cell, rows in made.trace.items()}
    return made.report, trace


def _written(report: Report, format: str, trace: dict[str, list[str]] | None = None) -> tuple[bytes, str, list[str]]:
    """The report in a format; where a PDF lacks fonts, as a web page, with the reason."""
    try:
        return write(report, format, trace=trace), format, []
    except WritingError as error:
        if format != "pdf":
            raise
        return write(report, "html"), "html", [f"{error}示例中的 PDF 改为网页。"]


def _as_published(organ: Organ, report: Report) -> tuple[bytes, str, list[str]]:
    """The report with the organ's mistakes, in the format in which it published."""
    report = replace(report, values={**report.values, **organ.misprints})
    if organ.published == "txt":
        return _edited("\n".join(_text(lay_out(report))), organ).encode(), "txt", []
    if organ.published == "html":
        return _edited(write(report, "html").decode(), organ).encode(), "html", []
    sections = {key: _edited(text, organ, strict=False) for key, text in report.sections.items()}
    return _written(replace(report, sections=sections), organ.published)


def _edited(text: str, organ: Organ, strict: bool = True) -> str:
    for find, put in organ.edits:
        if strict and find not in text:
            raise ExampleError(f"{organ.key}：没有“{find}”，不能改为“{put}”。")
        text = text.replace(find, put, 1)
    return text


def _text(printed: PrintedReport) -> Iterator[str]:
    """A report as text copied out of a word processor: a row a line, cells parted by tabs."""
    yield printed.title
    yield from (paragraph.text for paragraph in printed.introduction)
    for section in printed.sections:
        yield section.heading
        yield from (paragraph.text for paragraph in section.paragraphs)
        if section.table:
            yield from _rows(section.table)


def _rows(table: PrintedTable) -> Iterator[str]:
    grid = table.grid()
    for line, row in enumerate(table.rows):
        starts = {cell.place[1]: cell for cell in row}
        taken = [column for at, column in grid if at == line]
        columns = range(min(taken), max(taken) + 1)
        yield "\t".join(
            starts[column].text if column in starts else ""
            for column in columns
            if column in starts or (grid[line, column].place[0] < line and grid[line, column].place[1] == column)
        )


def _put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
