"""Running the rules: a report or a reading in, every finding out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from ..reading.reading import Reading
from ..report.finding import Finding, Severity
from ..report.report import Report
from .rules import RULES, Subject

_WEIGHT: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
_MOST = 100  # findings of one rule: more help nobody, and a broken document could give millions
_NO_REPORT = frozenset(["not-a-report", "older-format", "unreadable"])


def check(subject: Reading | Report, *, previous: Reading | Report | None = None) -> tuple[Finding, ...]:
    """Everything that the rules find, errors first, then in the order of the sections.

    ``subject``: a report as read from a document, or one given as data. ``previous``: last year's report of the same
    organ, where there is one. The findings of the reading itself are not repeated. Of a document that the reader does
    not take for an annual report nothing is said.
    """
    reading = subject if isinstance(subject, Reading) else None
    report = subject.report if isinstance(subject, Reading) else subject
    before = previous.report if isinstance(previous, Reading) else previous
    if reading is not None and any(finding.code in _NO_REPORT for finding in reading.findings):
        return ()
    from ..reading.narrative import stated_figures

    case = Subject(report, report.form, stated_figures(report), reading, before)
    return sort_findings(finding for rule in RULES.values() for finding in islice(rule.check(case), _MOST))


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as they are shown: errors first, then warnings, then notes, each in the order of the sections."""
    return tuple(sorted(findings, key=lambda one: (_WEIGHT[one.severity], _section(one))))


def _section(finding: Finding) -> int:
    return finding.where.section or 0 if finding.where else 0
