"""The path of a case as five questions (补不补—该不该—有没有—给不给—当不当), and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ..records import check_shape, load_toml
from ..terms import LawError
from ..time_limits import Mark, known_mark
from .state import CaseState
from .steps import steps

_SOURCE = "case/guide.toml"
_LISTS = ("articles", "opened_by", "settled_by")


@dataclass(frozen=True, slots=True)
class Question:
    """One of the five questions. ``settled_by``, ``opened_by``: kinds of events that answer it, that show it is being asked."""

    key: str
    short: str
    question: str
    hint: str
    articles: tuple[str, ...]
    opened_by: tuple[str, ...]
    settled_by: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class GuideStep:
    """A question as a case stands. ``standing``: ``settled``, ``passed`` (a later one is settled), ``now`` or ``ahead``.

    ``event``: number of the event that settled it or, while it is asked, shows it; 0 where there is none.
    """

    question: Question
    standing: Literal["settled", "passed", "now", "ahead"]
    event: int = 0


@cache
def questions() -> tuple[Question, ...]:
    """The questions in their order. Raises LawError where the file is wrong."""
    raw = load_toml(_SOURCE, "mark", "source", "questions")
    mark = known_mark(raw["mark"], _SOURCE)
    return tuple(
        _question(item, f"{_SOURCE}：questions[{number}]", mark) for number, item in enumerate(raw["questions"])
    )


def _question(item: Any, place: str, mark: Mark) -> Question:
    texts = dict.fromkeys(("key", "short", "question", "hint"), str)
    record = check_shape(item, place, {**texts, **dict.fromkeys(_LISTS, list)})
    if unknown := [kind for kind in (*record["opened_by"], *record["settled_by"]) if kind not in steps()]:
        raise LawError(f"{place}：没有步骤“{unknown[0]}”。")
    values: dict[str, Any] = {key: tuple(value) if key in _LISTS else value for key, value in record.items()}
    return Question(**values, mark=mark)


def guide(state: CaseState) -> tuple[GuideStep, ...]:
    """The five questions as the case stands; none for a rectification (第四十一条), which has a path of its own."""
    if state.matter == "rectification":
        return ()
    settled = [state.last(*question.settled_by) for question in questions()]
    furthest = max((place for place, event in enumerate(settled) if event), default=-1)
    if state.closed_on or state.decided_on:
        furthest = len(settled)
    now = next((place for place, event in enumerate(settled) if place > furthest and not event), len(settled))
    found = []
    for place, (question, event) in enumerate(zip(questions(), settled, strict=True)):
        opened = state.last(*question.opened_by)
        if event:
            found.append(GuideStep(question, "settled", event.number))
        elif place < furthest:
            found.append(GuideStep(question, "passed"))
        else:
            found.append(GuideStep(question, "now" if place == now else "ahead", opened.number if opened else 0))
    return tuple(found)
