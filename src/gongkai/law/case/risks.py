"""What a reviewer should weigh before a decision goes out (风险提示), ``risks.toml``. Advice, no bar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ..outcomes import outcomes
from ..records import check_shape, load_toml
from ..terms import LawError
from .clock import Clock
from .event import Event
from .grounds import decisions, grounds
from .state import CaseState

_SOURCE = "case/risks.toml"
_KEYS = frozenset(
    {
        "overdue",
        "due_soon",
        "no_reasons",
        "no_grounds",
        "may_be_withheld",
        "not_divided",
        "no_search",
        "nobody_asked",
        "no_opinion",
        "against_objection",
    }
)
"""What `risks` looks for."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A sentence and its article. ``serious``: a decision is likely not to stand. ``grounds``, ``outcomes``: what it is about."""

    message: str
    article: str
    serious: bool = False
    grounds: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()

    def told(self, **words: object) -> Risk:
        """The same of this case."""
        return Risk(self.message.format(**words), self.article, self.serious)


def risks(state: CaseState, clock: Clock, events: Sequence[Event], *, near: int) -> tuple[Risk, ...]:
    """The risks of the newest draft. ``events``: of the case, in order; ``near``: working days left from which time presses."""
    return (*_time(clock, near), *_draft(state, events))


def _time(clock: Clock, near: int) -> Iterator[Risk]:
    days = clock.working_days_left
    if clock.answered_late is None and days is not None and days < 0:
        yield _known()["overdue"].told(days=-days)
    elif days is not None and days <= near:
        yield _known()["due_soon"].told(days=days)


def _draft(state: CaseState, events: Sequence[Event]) -> Iterator[Risk]:
    known = _known()
    drafted = next((one for one in reversed(events) if one.kind == "drafted"), None)
    decision = decisions()[drafted.data["outcome"]] if drafted else None
    chosen = frozenset(drafted.data.get("grounds", ()) if drafted else ())
    if drafted and decision and decision.refuses:
        if not drafted.data.get("reasons", "").strip():
            yield known["no_reasons"].told()
        if not chosen:
            yield known["no_grounds"].told()
    if chosen & known["may_be_withheld"].grounds:
        yield known["may_be_withheld"].told()
    if decision and decision.outcome in known["not_divided"].outcomes:
        yield known["not_divided"].told()
    searched = any(one.kind == "finding_returned" and one.data.get("search_places") for one in events)
    if chosen & known["no_search"].grounds and not searched:
        yield known["no_search"].told()
    asked = any(one.whom == "third_party" for one in state.consultations)
    if chosen & known["nobody_asked"].grounds and not asked:
        yield known["nobody_asked"].told()
    for one in state.consultations:
        if not one.answered_on:
            yield known["no_opinion"].told(name=one.name)
        elif decision and decision.discloses and one.whom == "third_party" and one.opinion in ("object", "partly"):
            yield known["against_objection"].told(name=one.name)


@cache
def _known() -> Mapping[str, Risk]:
    return read_risks(load_toml(_SOURCE, "risks"), _SOURCE)


def read_risks(raw: Mapping[str, Any], source: str) -> Mapping[str, Risk]:
    """The risks of a data file by key. Every mistake is a LawError that names file and place."""
    found: dict[str, Risk] = {}
    for number, item in enumerate(raw["risks"]):
        place = f"{source}：risks[{number}]"
        words = {"key": str, "message": str, "article": str}
        one = check_shape(item, place, words, {"serious": bool, "grounds": list, "outcomes": list})
        unknown = [*(set(one.get("grounds", ())) - grounds().keys())]
        unknown += [code for code in one.get("outcomes", ()) if code not in outcomes()]
        if unknown or one["key"] in found or one["key"] not in _KEYS:
            raise LawError(f"{place}：不认识或者重复：{'、'.join([*unknown, one['key']])}。")
        about = {name: frozenset(one.get(name, ())) for name in ("grounds", "outcomes")}
        found[one["key"]] = Risk(one["message"], one["article"], one.get("serious", False), **about)
    if missing := _KEYS - found.keys():
        raise LawError(f"{source}：缺少 {'、'.join(sorted(missing))}。")
    return MappingProxyType(found)
