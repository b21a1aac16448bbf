"""Remarks on a report that was given back (退回意见), and what the organ answered to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .state import FilingEvent

_SETTLED_BY = {"sent_back": "approved", "returned": "accepted"}
"""What is given back inside the organ is settled by the leader's approval, what the office above returns by its acceptance."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``key``: tells it from all others of the filing; ``kind``, ``version``, ``on``, ``actor``: of the step it came
    with. ``cell``: key of the cell, ``section`` and ``sentence``: key of the section and the sentence quoted, each "" where it is
    about none. ``answer``: "" until there is one. ``settled``: the report has been approved or accepted since.
    """

    key: str
    kind: str
    version: int
    on: date
    actor: str
    text: str
    cell: str = ""
    section: str = ""
    sentence: str = ""
    answer: str = ""
    answered_on: date | None = None
    settled: bool = False

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return not self.answer and not self.settled


def remarks_of(events: Sequence[FilingEvent]) -> tuple[Remark, ...]:
    """All remarks, in their order, with the last answer to each. A remark's key is the place of its step and its own: ``3.1``."""
    found: dict[str, Remark] = {}
    for place, event in enumerate(events, 1):
        if event.kind in _SETTLED_BY:
            for number, raw in enumerate(event.data.get("remarks", ()), 1):
                key = f"{place}.{number}"
                text, cell, section, sentence = (
                    str(raw.get(name, "")) for name in ("text", "cell", "section", "sentence")
                )
                found[key] = Remark(
                    key, event.kind, event.version, event.on, event.actor, text, cell, section, sentence
                )
        elif event.kind == "answered" and (asked := found.get(str(event.data.get("remark", "")))):
            found[asked.key] = replace(asked, answer=str(event.data["answer"]), answered_on=event.on)
        else:
            settled = [one for one in found.values() if _SETTLED_BY[one.kind] == event.kind]
            found |= {one.key: replace(one, settled=True) for one in settled}
    return tuple(found.values())
