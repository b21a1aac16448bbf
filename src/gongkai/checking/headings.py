"""The headings of a reading, and how a message names sections."""

from __future__ import annotations

from ..reading.reading import Heading
from ..report.form import Section
from .findings import enumerate_some
from .rules import Subject


def top_headings(subject: Subject) -> list[Heading]:
    """The headings of the sections, in the order of the document."""
    return [heading for heading in subject.reading.headings if heading.level == 1] if subject.reading else []


def named_sections(sections: list[Section]) -> str:
    return enumerate_some([f"第{section.number}部分“{section.heading}”" for section in sections], 6, "个部分")
