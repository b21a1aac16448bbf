"""A report as a value (政府信息公开工作年度报告): what was published, cell by cell and section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .form import CellKey, Form, load_form

Number = int | Decimal
"""A figure: ``int`` where it is whole, ``Decimal`` (exactly as printed) where it is not. Never a float."""


@dataclass(frozen=True, slots=True)
class Report:
    """One organ's annual report for one year.

    ``values``: a number for a printed figure; None for a cell that is there but holds none; no key for a cell that
    the document lacks. ``marks``: what a cell without a figure prints ("/", "—", "无"); None without a mark is blank.
    ``sections``: the text of the six sections outside their tables, paragraphs separated by a newline, without the
    section's own heading. ``introduction`` is the text between title and section one (导语).
    ``organ``, ``year``, ``edition`` and ``title`` are None where nothing tells.
    """

    organ: str | None = None
    year: int | None = None
    edition: str | None = None
    title: str | None = None
    introduction: str = ""
    values: Mapping[CellKey, Number | None] = field(default_factory=dict)
    marks: Mapping[CellKey, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> Form | None:
        """The form its tables follow, None where the edition is unknown."""
        return load_form(self.edition) if self.edition else None


def whole(number: Decimal) -> Number:
    """The same number as ``int`` where it is whole: Decimal("3.0") is 3."""
    return int(number) if number == number.to_integral_value() else number
