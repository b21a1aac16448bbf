"""What a worker answered, as values again: a document with its report and findings, and the ways to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.cli.told import changes
from gongkai.report.finding import Finding, Severity, Where
from gongkai.report.form import CellKey
from gongkai.report.report import Number, Report, whole
from gongkai.report.writing import dumps, read_json


@dataclass(frozen=True, slots=True)
class Document:
    """A checked document: what `gongkai.checking.page` draws."""

    path: str
    report: Report
    findings: tuple[Finding, ...]
    read: bool

    @property
    def counts(self) -> Counter[Severity]:
        return Counter(finding.severity for finding in self.findings)

    @property
    def name(self) -> str:
        return self.report.organ or self.report.title or ("没有写明机关" if self.read else "没有读取的文件")

    @property
    def mendable(self) -> bool:
        """Whether there is anything to mend, or to choose."""
        return self.read and any(finding.repair or finding.alternatives for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Question:
    """A contradiction with several equally small repairs. ``key``: name of its field; ``ways``: the repairs in words."""

    key: str
    message: str
    ways: tuple[str, ...]


def document_of(answer: Mapping[str, Any]) -> Document:
    """The document that a worker's answer tells of."""
    told = dict(answer["found"])
    path, findings = told.pop("path", ""), told.pop("findings", ())
    return Document(path, read_json(dumps(told)), tuple(finding_of(one) for one in findings), answer["read"])


def questions(document: Document) -> tuple[Question, ...]:
    """What the visitor has to choose before the report can be mended."""
    return tuple(
        Question(
            key=f"way{number}",
            message=finding.message,
            ways=tuple("；".join(changes(document.report, way)) for way in finding.alternatives),
        )
        for number, finding in enumerate(document.findings, 1)
        if finding.alternatives
    )


def figures_of(document: Document, chosen: Mapping[str, int]) -> dict[CellKey, Number]:
    """The figures to change: the certain ones, and for each question the chosen way, counted from 0."""
    figures: dict[CellKey, Number] = {}
    for number, finding in enumerate(document.findings, 1):
        figures |= finding.repair or {}
        if finding.alternatives:
            figures |= finding.alternatives[chosen[f"way{number}"]]
    return figures


def finding_of(told: Mapping[str, Any]) -> Finding:
    """The finding that an answer tells of."""
    return Finding(
        code=told["code"],
        verdict=told["verdict"],
        severity=told["severity"],
        message=told["message"],
        basis=told.get("basis", ""),
        cells=tuple(told.get("cells", ())),
        where=Where(**told["where"]) if "where" in told else None,
        repair=_figures(told["repair"]) if "repair" in told else None,
        alternatives=tuple(_figures(one) for one in told.get("alternatives", ())),
    )


def _figures(told: Mapping[CellKey, Any]) -> dict[CellKey, Number]:
    return {cell: whole(value) if isinstance(value, Decimal) else value for cell, value in told.items()}
