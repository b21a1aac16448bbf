"""How much of the form a document holds, so that one that is cut off is not blamed for what may have followed."""

from __future__ import annotations

from dataclasses import dataclass

from ..report.form import Cell
from .rules import Subject


@dataclass(frozen=True, slots=True)
class Coverage:
    """``cut``: the document breaks off inside its tables and nothing of the later sections is there.

    ``missing``: cells that the document should hold and doesn't, in the order of the form; ``beyond``: cells after the
    point where it breaks off. Both are empty where the edition is unknown: it breaks off before the tables.
    """

    cut: bool = False
    missing: tuple[Cell, ...] = ()
    beyond: tuple[Cell, ...] = ()

    @property
    def tables_beyond(self) -> frozenset[str]:
        """Keys of the tables of which nothing was reached."""
        return frozenset(cell.table.key for cell in self.beyond)


def coverage(subject: Subject) -> Coverage:
    """What the document holds of its form."""
    if subject.form is None:
        found = subject.reading.findings if subject.reading is not None else ()
        return Coverage(cut=any(finding.code == "document-cut" for finding in found))
    values = subject.report.values
    cells = tuple(subject.form.cells.values())
    absent = [index for index, cell in enumerate(cells) if cell.key not in values]
    if not absent:
        return Coverage()
    end = len(cells)
    cut = subject.reading is not None and absent[-1] == end - 1 and not _has_later_sections(subject)
    if cut:
        end = max((index for index, cell in enumerate(cells) if cell.key in values), default=-1) + 1
    return Coverage(cut, tuple(cells[index] for index in absent if index < end), cells[end:] if cut else ())


def _has_later_sections(subject: Subject) -> bool:
    """Whether a section of text stands after the tables, which a document that is cut off inside them can't have."""
    assert subject.form is not None
    sections = subject.form.sections
    last_table = max(index for index, section in enumerate(sections) if section.kind == "table")
    return any(subject.report.sections.get(section.key, "").strip() for section in sections[last_table + 1 :])
