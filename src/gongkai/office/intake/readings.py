"""What the worker told of a document, and what people typed about it, as values again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongkai.reading import Evidence
from gongkai.report.finding import Finding
from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Number, Report, whole
from gongkai.report.writing import dumps

from ..portal.checking.results import document_of, finding_of
from .doubts import Doubt, cells_to_confirm
from .models import Received


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person said a cell prints, beside the document. ``value`` with ``mark`` for a cell without a figure ("/"), both empty
    for a blank one. ``raw``: as read from the document; ``read``: what was read, None for none. ``at``: ISO moment."""

    value: Number | None
    mark: str
    raw: str
    read: Number | None
    by: str
    at: str

    @property
    def corrected(self) -> bool:
        """Whether it differs from what was read."""
        return self.value != self.read


@dataclass(frozen=True)
class TakenDown:
    """A received document. ``report``: as read; ``seen``: where each figure stands; ``doubts``: what the reading doubts.

    ``typed``: what people confirmed or corrected. ``findings``: what the rules found in the report as read.
    """

    report: Report
    findings: tuple[Finding, ...]
    doubts: tuple[Finding, ...]
    seen: Mapping[CellKey, Evidence]
    typed: Mapping[CellKey, Typed]

    @property
    def form(self) -> Form:
        """The form of the report; of one whose tables were not read, that of its year."""
        return self.report.form or form_for_year(self.report.year or 9999)

    @cached_property
    def doubtful(self) -> Mapping[CellKey, Doubt]:
        """The cells that a person has to compare, whether that was done or not."""
        return cells_to_confirm(self.report, self.doubts)

    @property
    def open(self) -> tuple[Doubt, ...]:
        """Those that nobody has compared yet."""
        return tuple(one for key, one in self.doubtful.items() if key not in self.typed)

    @cached_property
    def corrected(self) -> Report:
        """The report with what was typed. A cell that was found blank where nothing had been read stays one that is not printed."""
        values, marks = dict(self.report.values), dict(self.report.marks)
        for key, one in self.typed.items():
            marks.pop(key, None)
            if one.mark:
                marks[key] = one.mark
            if one.value is not None or one.mark or key in values:
                values[key] = one.value
        return replace(
            self.report, values=values, marks=marks, edition=self.form.edition if values else self.report.edition
        )

    def raw(self, key: CellKey) -> str:
        """What the document prints in a cell, as far as it was read."""
        return self.seen[key].raw if key in self.seen else ""


def taken_down(received: Received) -> TakenDown:
    """What was read of a file, and typed since. For a file that was read."""
    told = json.loads(received.reading, parse_float=Decimal)
    document = document_of(told)
    return TakenDown(
        report=document.report,
        findings=document.findings,
        doubts=tuple(finding_of(one) for one in told["doubts"]),
        seen={key: _evidence(one) for key, one in told["seen"].items()},
        typed=typed_of(received),
    )


def typed_of(received: Received) -> dict[CellKey, Typed]:
    """What people typed about a file's cells."""
    raw = json.loads(received.typed, parse_float=lambda text: whole(Decimal(text))) if received.typed else {}
    return {key: Typed(**one) for key, one in raw.items()}


def typed_text(typed: Mapping[CellKey, Typed]) -> str:
    """Their one spelling."""
    return dumps({key: {name: getattr(one, name) for name in Typed.__slots__} for key, one in typed.items()})


def _evidence(told: Mapping[str, Any]) -> Evidence:
    box = told.get("box")
    return Evidence(**{**told, "box": tuple(float(edge) for edge in box) if box else None})
