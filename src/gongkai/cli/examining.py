"""Reading and checking one document after the other: what ``read``, ``check``, ``repair`` and the examples share."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from ..checking import check, sort_findings
from ..reading import Reading, read
from ..reading.formats.office_suite import convert
from ..report.errors import ReportError
from ..report.finding import Finding
from ..report.report import Report
from ..report.writing import read_json
from .sources import Source

NOT_READ = frozenset(["unreadable", "not-a-report", "older-format", "internal-error"])
"""Codes of findings that say that a file was not read as a report."""

_BASIS = "年度报告格式"

_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*["}]')


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
        if _JSON_OBJECT.match(source.data):
            return Reading(read_json(source.data))
        return read(source.path, source.data, convert=convert)
    except ReportError as error:
        return _unread("unreadable", str(error))
    except Exception as error:
        return _unread("internal-error", _apology(error))


def examine(source: Source, previous: Sequence[Report] = ()) -> Outcome:
    """Read and check one document. ``previous``: last year's reports, of which the one of the same organ counts."""
    reading = read_source(source)
    try:
        findings = check(reading, previous=_last_year(reading.report, previous))
    except Exception as error:
        findings = _unread("internal-error", _apology(error)).findings
    return Outcome(source.path, reading, sort_findings((*reading.findings, *findings)))


def examine_all(found: Iterable[Source], previous: Sequence[Report] = (), jobs: int = 1) -> Iterator[Outcome]:
    """Outcomes in the order of the sources, each as soon as it is there. ``jobs``: processes at work."""
    work = partial(examine, previous=tuple(previous))
    return map(work, found) if jobs == 1 else _side_by_side(work, found, jobs)


def _side_by_side(work: Callable[[Source], Outcome], found: Iterable[Source], jobs: int) -> Iterator[Outcome]:
    """In several processes, no more documents in memory than keep them busy."""
    from concurrent.futures import ProcessPoolExecutor

    rest = iter(found)
    with ProcessPoolExecutor(jobs) as pool:
        waiting = deque(pool.submit(work, source) for source in islice(rest, 4 * jobs))
        while waiting:
            outcome = waiting.popleft().result()
            waiting.extend(pool.submit(work, source) for source in islice(rest, 1))
            yield outcome


def _last_year(report: Report, previous: Sequence[Report]) -> Report | None:
    """Last year's report of the same organ; where only one was given for this document, that one."""
    if len(previous) == 1 and previous[0].organ in (None, report.organ):
        return previous[0]
    return next(
        (
            one
            for one in previous
            if one.organ and one.organ == report.organ and report.year and one.year == report.year - 1
        ),
        None,
    )


def _unread(code: str, message: str) -> Reading:
    return Reading(Report(), findings=(Finding(code, "reading", "error", message, _BASIS),))


def _apology(error: Exception) -> str:
    what = f"{type(error).__name__}：{error}"[:200]
    return f"程序处理这份文件时出了错（{what}），这不是文件的问题。请把文件和这句话一起报告给开发者。"
