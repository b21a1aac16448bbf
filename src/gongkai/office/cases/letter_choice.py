"""Which letters (文书) an event of a case calls for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from gongkai.law.case.steps import Step
from gongkai.letters import Letter, letter, letters, letters_for_outcome, letters_for_step

from .desk import Desk
from .models import CaseEvent
from .needs import reveal

OF_OUTCOME = ("decided", "answered_on_the_spot", "drafted")
"""Steps whose letter follows from the outcome they name. All others have theirs in the catalogue of letters."""


def letters_of_event(one: Desk, row: CaseEvent) -> tuple[Letter, ...]:
    """The letters of one event, the usual one first. A decision rests on the grounds of the draft before it."""
    drafts = [each for each in one.rows if each.kind == "drafted" and each.number < row.number]
    grounds = drafts[-1].data.get("grounds") if row.kind == "decided" and drafts else None
    return letters_of_step(row.kind, row.data, grounds or ())


def letters_of_step(kind: str, data: Mapping[str, Any], grounds: Collection[str] = ()) -> tuple[Letter, ...]:
    """The letters of a step that is taken with these data, the usual one first; none where the data don't tell.

    ``grounds``: those the step rests on where its data name none. Of an outcome's letters only those that go with the grounds.
    """
    if kind not in OF_OUTCOME:
        return letters_for_step(kind, data.get("whom", ""))
    found = letters_for_outcome(data.get("outcome", ""))
    resting = data.get("grounds") or grounds
    return tuple(each for each in found if _goes_with(each, resting)) or found


def _goes_with(one: Letter, grounds: Collection[str]) -> bool:
    """Whether a letter is written for one of the grounds; any letter where no ground is known."""
    if not grounds or not one.grounds:
        return not another_letter(one, grounds)
    return not set(one.grounds).isdisjoint(grounds)


def another_letter(chosen: Letter, grounds: Collection[str]) -> str:
    """Why a letter does not go with the grounds, as a sentence; "" where it does: what is public already is told of by
    第三十六条第（一）项, what is provided by its 第（二）项."""
    published = set(grounds) == {"published"}
    if chosen.key == "disclosed" and published:
        return f"依据是“已经主动公开”的，请改选文书“{letter('already_public').label}”，写明获取的方式和途径。"
    if chosen.key == "already_public" and grounds and not published:
        return f"这一文书只用于“已经主动公开”的信息；同时提供信息的，请改选文书“{letter('disclosed').label}”。"
    return ""


def gives_number(step: Step) -> bool:
    """Whether a number that is left out of the step is the next of the organ's letters: the step sends one under it."""
    sends = step.key == "decided" or any(step.key in one.steps for one in letters().values())
    return sends and step.field("number") is not None


def may_draw_up(one: Desk, letter: Letter) -> bool:
    """Whether the person may have this letter: the registration form prints what the case page masks."""
    return letter.key not in _IDENTIFYING or not one.roles.isdisjoint(reveal.roles)


_IDENTIFYING = frozenset({"registration_form"})


def letters_of(one: Desk) -> list[tuple[CaseEvent, Letter]]:
    """What can be drawn up for the case, the newest event first. A draft's letter gives way to the decision's."""
    decided = one.last("decided")
    drafted = one.last("drafted")
    open_draft = drafted if drafted and (decided is None or decided.number < drafted.number) else None
    rows = [row for row in reversed(one.rows) if row.kind != "drafted" or row is open_draft]
    found: dict[str, tuple[CaseEvent, Letter]] = {}
    for row in rows:
        if row.kind == "registered" and one.state.received_on is None:
            continue  # what it says of the day of receipt is not known yet
        for each in letters_of_event(one, row):
            if not may_draw_up(one, each):
                continue
            if row.kind == "consulted":
                found[f"{each.key} {row.number}"] = (row, each)
            else:
                found.setdefault(each.key, (row, each))
    return list(found.values())
