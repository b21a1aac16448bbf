"""What was asked for when a report was given back, as who goes on with it has to know it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.report.form import CellKey

from ..models import FilingEntry
from ..recorded import Standing
from .overview import Shown, shown_remarks

SETTLED_BY = {"sent_back": "approved", "returned": "accepted"}
"""By which step what was asked for with another is settled."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``remarks``: those not settled yet, unanswered ones first; ``whole``: the last giving back with a word on the whole report,
    None where there is none or it is settled.
    """

    remarks: tuple[Shown, ...]
    whole: FilingEntry | None

    @property
    def unanswered(self) -> int:
        """How many remarks nobody has answered."""
        return sum(one.remark.open for one in self.remarks)

    def on_cell(self, key: CellKey) -> Asked:
        """Only what concerns a cell."""
        return Asked(tuple(one for one in self.remarks if one.remark.cell == key), None)


def asked_in(standing: Standing) -> Asked:
    """What is asked for in a filing and not settled."""
    whole = None
    for entry in standing.entries:
        if entry.kind in SETTLED_BY:
            whole = entry if entry.data.get("reason") else None
        elif whole is not None and entry.kind == SETTLED_BY[whole.kind]:
            whole = None
    return Asked(tuple(one for one in shown_remarks(standing) if not one.remark.settled), whole)
