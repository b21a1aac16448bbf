"""A reading: the report that a document prints, with where each figure stands and what was doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..report.finding import Finding
from ..report.form import CellKey
from ..report.report import Report
from .document import Box


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a figure was read: raw text of its cell, and its place; what does not apply is None."""

    raw: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed: ``printed`` the whole line, ``number`` its numbering ("二、", "（3）", ""), ``text`` the rest.

    ``section``: the key of the section it opens, or in which it stands; ``level``: 1 for a section, 2 for a part, 3
    below. ``paragraph``: index of the paragraph in the section's text at which it stands (-1 for level 1).
    """

    printed: str
    number: str
    text: str
    section: str
    level: int
    paragraph: int = -1


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one document. ``headings`` in the order of the document; ``findings`` only of the reading."""

    report: Report
    headings: tuple[Heading, ...] = ()
    evidence: Mapping[CellKey, Evidence] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
