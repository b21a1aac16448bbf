"""Real published reports with hand-checked labels, where they are at hand beside the repository.

Every figure is right, none invented; organ, year and edition as the document says; every listed error is found, and no
error is told of a report that has none.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli.examining import Outcome, examine
from gongkai.cli.sources import sources

REPORTS = Path(__file__).parents[1].parent / "shared" / "reports"
LABELS = sorted((REPORTS / "labels").glob("*.json"))
NEGATIVES = sorted((REPORTS / "negatives").glob("*"))

UNPLACED = {"suqian_2023": 8, "shanghai_office_2025": 20}
"""Figures that a document does not print in a way that tells their cell: half of a line cut off, rows torn apart."""

pytestmark = pytest.mark.skipif(not LABELS, reason="the real reports are not at hand")


@cache
def document(name: str) -> Path:
    return next(path for path in REPORTS.rglob(f"{name}.*") if path.suffix not in (".json", ".md"))


@cache
def outcome_of(path: Path) -> Outcome:
    (source,) = sources([str(path)])
    return examine(source)


def label_of(path: Path) -> dict[str, Any]:
    label = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    assert isinstance(label, dict)
    return label


labelled = pytest.mark.parametrize("path", LABELS, ids=lambda path: path.stem)


@labelled
def test_every_figure_is_right_and_none_is_invented(path):
    label, values = label_of(path), outcome_of(document(path.stem)).report.values
    wrong = {
        cell: (figure, values[cell])
        for cell, figure in label["values"].items()
        if values.get(cell) is not None and values[cell] != figure
    }
    assert wrong == {}
    missed = [cell for cell, figure in label["values"].items() if figure is not None and values.get(cell) is None]
    assert len(missed) <= UNPLACED.get(path.stem, 0), missed
    if not label.get("partial"):
        assert [cell for cell, value in values.items() if value is not None and cell not in label["values"]] == []


@labelled
def test_organ_year_and_edition_are_as_the_document_says(path):
    label, report = label_of(path), outcome_of(document(path.stem)).report
    for field in ("organ", "year", "edition"):
        if field in label:
            assert getattr(report, field) == label[field]


@labelled
def test_every_listed_error_is_found(path):
    findings = outcome_of(document(path.stem)).findings
    for error in label_of(path).get("errors", []):
        assert any(names(finding, error) for finding in findings), error


@labelled
def test_no_error_is_told_of_a_report_that_has_none(path):
    if label_of(path).get("no_error"):
        findings = outcome_of(document(path.stem)).findings
        assert [finding.message for finding in findings if finding.severity == "error"] == []


@pytest.mark.parametrize("path", NEGATIVES, ids=lambda path: path.stem)
def test_no_figure_is_read_from_what_is_no_report_of_these_formats(path):
    outcome = outcome_of(path)
    assert [value for value in outcome.report.values.values() if value is not None] == []
    assert outcome.report.edition is None


def names(finding: Any, error: dict[str, Any]) -> bool:
    """Whether a finding names a known error: its severity, one of its cells, its repair, one of its words."""
    if error["severity"] == "error" and finding.severity != "error":
        return False
    if error.get("cells") and not set(error["cells"]) & set(finding.cells):
        return False
    if error.get("repair") and not error["repair"].items() <= dict(finding.repair or {}).items():
        return False
    return not error.get("words") or any(word in finding.message for word in error["words"])
