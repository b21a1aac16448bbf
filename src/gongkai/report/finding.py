"""A finding: one thing that is wrong, doubtful or could not be looked at. Nothing prints, nothing raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .form import CellKey
from .report import Number

Verdict = Literal["report", "reading", "not-applicable"]
"""``report``: the publication is at fault; ``reading``: the reading is doubtful; ``not-applicable``: a rule could not be
applied, and the message says why."""

Severity = Literal["error", "warning", "note"]

SEVERITY_NAMES: Mapping[Severity, str] = {"error": "错误", "warning": "提醒", "note": "提示"}
"""How severities are called wherever people read them, the gravest first."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where in the document: the section's number (1–6), page, table, row and column (all from 1), line, sentence."""

    section: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None
    sentence: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding, as the contract prints it.

    ``cells``: the wrong ones first. ``message``: whole Chinese sentences that give both sides of the comparison.
    ``basis``: article, form or practice. ``repair`` where the smallest repair is unique, else ``alternatives``.
    """

    code: str
    verdict: Verdict
    severity: Severity
    message: str
    basis: str
    cells: tuple[CellKey, ...] = ()
    where: Where | None = None
    repair: Mapping[CellKey, Number] | None = None
    alternatives: tuple[Mapping[CellKey, Number], ...] = field(default=())
