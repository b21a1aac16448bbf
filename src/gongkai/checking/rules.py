"""The register of rules. A rule is one function from a subject to findings, with its code, basis and summary as data.

A module a family; importing ``gongkai.checking`` registers them all. ``docs/rules.md`` is generated from this register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from ..reading.reading import Reading
from ..reading.stated import Stated
from ..report.finding import Finding, Severity
from ..report.form import Form
from ..report.report import Report

Family = Literal["identity", "form", "structure", "narrative", "previous", "text", "sections", "personal"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules look at. ``reading`` is None for a report that was not read from a document.

    ``form`` is None where the edition is unknown. ``stated``: the figures that the narrative states.
    ``previous``: last year's report, where given.
    """

    report: Report
    form: Form | None
    stated: tuple[Stated, ...] = ()
    reading: Reading | None = None
    previous: Report | None = None

    @property
    def last_year(self) -> Report | None:
        """The previous report, unless it says that it is of another year than the last."""
        before, year = self.previous, self.report.year
        if before is None or (before.year is not None and year is not None and before.year != year - 1):
            return None
        return before


@dataclass(frozen=True, slots=True)
class Rule:
    """``severity`` is the highest the rule may give; ``summary`` one Chinese sentence for ``docs/rules.md``."""

    code: str
    family: Family
    severity: Severity
    basis: str
    summary: str
    check: Callable[[Subject], Iterable[Finding]]


RULES: dict[str, Rule] = {}


def rule(
    code: str, *, family: Family, severity: Severity, basis: str, summary: str
) -> Callable[[Callable[[Subject], Iterable[Finding]]], Callable[[Subject], Iterable[Finding]]]:
    """Register the decorated function as a rule. Codes are stable and unique."""

    def register(check: Callable[[Subject], Iterable[Finding]]) -> Callable[[Subject], Iterable[Finding]]:
        if code in RULES:
            raise ValueError(f"rule {code} is registered twice")
        RULES[code] = Rule(code, family, severity, basis, summary, check)
        return check

    return register
