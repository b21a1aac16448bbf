"""The gate before review: what the checks find, and which of it is excused by a written reason."""

from __future__ import annotations

from gongkai.checking import check
from gongkai.checking.check import sort_findings
from gongkai.report.finding import Finding
from gongkai.report.report import Report

from .content import Content
from .models import Filing
from .recorded import content_of
from .rollup import differences_of


def fingerprint(finding: Finding) -> str:
    """What tells a finding from others when it is found again: rule, cells, sentence, and what it says."""
    sentence = finding.where.sentence if finding.where and finding.where.sentence else ""
    return "|".join((finding.code, ",".join(finding.cells), sentence, finding.message))


def findings_of(filing: Filing, content: Content) -> tuple[Finding, ...]:
    """Everything that the rules find in a version, last year's report beside it where there is one; for a government's report
    also where it differs from the sum of its parts.
    """
    found = check(content.report, previous=previous_report(filing))
    return sort_findings((*found, *differences_of(filing, content.report)))


def unexcused_errors(filing: Filing, content: Content) -> int:
    """How many errors stand without a written reason."""
    excused = {one.finding for one in content.excuses}
    found = findings_of(filing, content)
    return sum(one.severity == "error" and fingerprint(one) not in excused for one in found)


def previous_report(filing: Filing) -> Report | None:
    """Last year's report of the same organ: the public edition, or the newest version where none is public yet."""
    before = Filing.objects.filter(organ=filing.organ, year=filing.year - 1).first()
    return content_of(before, before.public or before.newest).report if before else None
