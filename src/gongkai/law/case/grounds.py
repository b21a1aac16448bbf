"""What a decision may rest on (依据), and what must have been done before it: ``grounds.toml`` and ``reviews.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from ..outcomes import outcomes
from ..records import check_shape, load_toml
from ..terms import LawError
from ..time_limits import Mark, known_mark

Need = Literal["grounds_of_refusal", "search_record", "corrected", "reasons_asked"]
"""A fact without which a result is not lawful; `gongkai.law.case.needs` tells whether it is there."""

_When = Literal["always", "refuses", "discloses"]


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of a decision. ``outcomes``: the results of 表三 that may rest on it; ``mark`` where that is not verified."""

    code: str
    label: str
    article: str
    outcomes: tuple[str, ...]
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a result of 表三 asks for. ``discloses``: something is given out; ``refuses``: something is not.

    ``on_the_spot``: may be answered at once (第三十三条第一款). ``lapse``: comes from a step of its own and is not drafted.
    ``stages``: the steps of review that a draft of it passes, in order, the approval last.
    """

    outcome: str
    discloses: bool
    refuses: bool
    on_the_spot: bool
    lapse: bool
    needs: tuple[Need, ...]
    stages: tuple[str, ...]


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by code, in the order of the file. Raises LawError where the file is wrong."""
    source = "case/grounds.toml"
    found: dict[str, Ground] = {}
    for number, item in enumerate(load_toml(source, "grounds")["grounds"]):
        place = f"{source}：grounds[{number}]"
        shape = {"code": str, "label": str, "article": str, "outcomes": list}
        record = check_shape(item, place, shape, {"mark": str})
        if unknown := [code for code in record["outcomes"] if code not in outcomes()]:
            raise LawError(f"{place}：没有办理结果“{unknown[0]}”。")
        if record["code"] in found:
            raise LawError(f"{place}：“{record['code']}”重复。")
        mark = known_mark(record.get("mark", ""), place)
        found[record["code"]] = Ground(**{**record, "outcomes": tuple(record["outcomes"]), "mark": mark})
    return MappingProxyType(found)


@cache
def grounds_of(outcome: str) -> tuple[Ground, ...]:
    """The grounds on which this result may rest."""
    return tuple(one for one in grounds().values() if outcome in one.outcomes)


@cache
def decisions() -> Mapping[str, Decision]:
    """What each of the 21 results asks for, by code. Raises LawError where the file is wrong."""
    source = "case/reviews.toml"
    raw = load_toml(source, "stages", "outcomes")
    stages = [_stage(item, f"{source}：stages[{number}]") for number, item in enumerate(raw["stages"])]
    found: dict[str, Decision] = {}
    for number, item in enumerate(raw["outcomes"]):
        decision = _decision(item, f"{source}：outcomes[{number}]", stages)
        if decision.outcome in found:
            raise LawError(f"{source}：outcomes[{number}]：“{decision.outcome}”重复。")
        found[decision.outcome] = decision
    if missing := [term.code for term in outcomes().terms if term.code not in found]:
        raise LawError(f"{source}：缺少办理结果 {'、'.join(missing)}。")
    return MappingProxyType(found)


def _stage(item: Any, place: str) -> tuple[str, _When]:
    record = check_shape(item, place, {"step": str, "when": str, "article": str})
    if record["when"] not in get_args(_When):
        raise LawError(f"{place}：不认识 when“{record['when']}”。")
    return record["step"], cast(_When, record["when"])


def _decision(item: Any, place: str, stages: list[tuple[str, _When]]) -> Decision:
    flags = ("discloses", "refuses", "on_the_spot", "lapse")
    record = check_shape(item, place, {"code": str}, {**dict.fromkeys(flags, bool), "needs": list})
    if record["code"] not in outcomes():
        raise LawError(f"{place}：没有办理结果“{record['code']}”。")
    if unknown := [need for need in record.get("needs", []) if need not in get_args(Need)]:
        raise LawError(f"{place}：不认识 needs“{unknown[0]}”。")
    applies = {"always": True, "refuses": record.get("refuses", False), "discloses": record.get("discloses", False)}
    return Decision(
        outcome=record["code"],
        needs=tuple(record.get("needs", ())),
        stages=tuple(step for step, when in stages if applies[when]),
        **{flag: record.get(flag, False) for flag in flags},
    )
