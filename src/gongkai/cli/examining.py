"""Reading and checking one document after the other: what ``read``, ``check``, ``repair`` and the examples share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..checking import check, sort_findings
from ..reading import Reading, read
from ..reading.formats.office_suite import convert
from ..report.errors import GongkaiError, ReportError
from ..report.finding import Finding
from ..report.report import Report
from ..report.writing import read_json
from .sources import Source, sources

NOT_READ = frozenset(["unreadable", "not-a-report", "older-format", "internal-error"])
"""Codes of findings that say that a file was not read as a report."""

_BASIS = "年度报告格式"

_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')


class PreviousError(GongkaiError):
    """Last year's report, which the user asked to compare with, can't be read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document, read and checked. ``findings``: those of the reading and of the rules, errors first."""

    path: str
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def report(self) -> Report:
        return self.reading.report

    @property
    def read(self) -> bool:
        """Whether the document was read as an annual report."""
        return not any(finding.code in NOT_READ for finding in self.findings)

    @property
    def faulty(self) -> bool:
        """Whether some finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


def read_source(source: Source) -> Reading:
    """Read one document, or a report that this program wrote as JSON. Never raises for what is in it."""
    if source.data is None:
        return _unread("unreadable", source.problem)
    try:
        if _is_json(source):
            report = read_json(source.data)
            told = report.values or report.sections or report.title
            return Reading(report) if told else _unread("not-a-report", "文件是 JSON，但其中没有年度报告的内容。")
        return read(source.path, source.data, convert=convert)
    except ReportError as error:
        return _unread("unreadable", str(error))
    except Exception as error:
        return _unread("internal-error", _apology(error))


def _is_json(source: Source) -> bool:
    return source.data is not None and _JSON_OBJECT.match(source.data) is not None


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year's reports to compare with. ``sure``: there is one of each, so they belong together whatever is named."""

    reports: tuple[Report, ...] = ()
    sure: bool = False

    def of(self, report: Report) -> Report | None:
        """Last year's report of the same organ, None where none was given."""
        if self.sure and len(self.reports) == 1:
            return self.reports[0]
        same = [one for one in self.reports if one.organ and one.organ == report.organ]
        return next((one for one in same if report.year is None or one.year == report.year - 1), None)


def examine(source: Source, last_year: LastYear = LastYear()) -> Outcome:
    """Read and check one document."""
    reading = read_source(source)
    try:
        as_data = _is_json(source) and not reading.findings  # without the headings that a document prints
        findings = check(reading.report if as_data else reading, previous=last_year.of(reading.report))
    except Exception as error:
        findings = _unread("internal-error", _apology(error)).findings
    return Outcome(source.path, reading, sort_findings((*reading.findings, *findings)))


def examine_all(found: Iterable[Source], last_year: LastYear = LastYear()) -> Iterator[Outcome]:
    """Outcomes in the order of the sources, each as soon as it is there."""
    return (examine(source, last_year) for source in found)


def _unread(code: str, message: str) -> Reading:
    return Reading(Report(), findings=(Finding(code, "reading", "error", message, _BASIS),))


def _apology(error: Exception) -> str:
    what = f"{type(error).__name__}：{error}"[:200]
    return f"程序处理这份文件时出了错（{what}），这不是文件的问题。请把文件和这句话一起报告给开发者。"


def read_previous(path: str) -> tuple[Report, ...]:
    """Last year's reports at a path: a file, or a folder or archive of several. Raises PreviousError for none."""
    readings = [read_source(source) for source in sources([path])]
    reports = tuple(one.report for one in readings if not any(finding.code in NOT_READ for finding in one.findings))
    if not reports:
        why = next((finding.message for one in readings for finding in one.findings), "其中没有文件。")
        raise PreviousError(f"不能读取上年的年度报告（{path}）：{why}")
    return reports
