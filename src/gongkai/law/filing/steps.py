"""The steps and stages of a filing as data, ``steps.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from ..records import check_shape, load_toml
from ..roles import roles
from ..terms import LawError

_SOURCE = "filing/steps.toml"
SAVED = "saved"
"""The kind of event by which a version was saved: no step, but whoever did it is an author of the report."""

_ASKS = frozenset({"reason", "remarks", "changes", "answer"})


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a report can be. ``open``: its content may be changed there."""

    key: str
    label: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class FilingStep:
    """One step; see the head of ``steps.toml``. ``to`` is "" where the stage stays; ``of`` is "" for every report."""

    key: str
    label: str
    done: str
    means: str
    sources: tuple[str, ...]
    to: str
    roles: frozenset[str]
    article: str
    about: Literal["newest", "sent"]
    other_than: frozenset[str] = frozenset()
    gate: bool = False
    asks: frozenset[str] = frozenset()
    of: Literal["", "own", "outside"] = ""
    aside: bool = False


@cache
def stages() -> Mapping[str, Stage]:
    """All stages by key, in order."""
    return _loaded()[0]


@cache
def filing_steps() -> Mapping[str, FilingStep]:
    """All steps by key, in order."""
    return _loaded()[1]


@cache
def _loaded() -> tuple[Mapping[str, Stage], Mapping[str, FilingStep]]:
    return read_filing_steps(load_toml(_SOURCE, "stages", "steps"), _SOURCE)


def read_filing_steps(raw: Mapping[str, Any], source: str) -> tuple[Mapping[str, Stage], Mapping[str, FilingStep]]:
    """Stages and steps of a data file. Every mistake is a LawError that names file and place."""
    found: dict[str, Stage] = {}
    for number, item in enumerate(raw["stages"]):
        where = f"{source}：stages[{number}]"
        stage = Stage(**check_shape(item, where, {"key": str, "label": str}, {"open": bool}))
        _once(stage.key, found, where)
        found[stage.key] = stage
    steps: dict[str, FilingStep] = {}
    for number, item in enumerate(raw["steps"]):
        where = f"{source}：steps[{number}]"
        step = _step(item, where)
        _once(step.key, steps, where)
        _known(where, "from/to", {*step.sources, step.to} - {""}, found.keys())
        steps[step.key] = step
    for step in steps.values():
        _known(f"{source}：{step.key}", "other_than", step.other_than, {SAVED, *steps})
    return MappingProxyType(found), MappingProxyType(steps)


def _step(item: object, where: str) -> FilingStep:
    words = dict.fromkeys(("key", "label", "done", "means", "article", "about"), str)
    optional = {"to": str, "other_than": list, "gate": bool, "asks": list, "of": str, "aside": bool}
    raw = check_shape(item, where, {**words, "from": list, "roles": list}, optional)
    _known(where, "roles", raw["roles"], roles().keys())
    _known(where, "asks", raw.get("asks", ()), _ASKS)
    _known(where, "about", [raw["about"]], ("newest", "sent"))
    _known(where, "of", [raw.get("of", "")], ("", "own", "outside"))
    return FilingStep(
        key=raw["key"],
        label=raw["label"],
        done=raw["done"],
        means=raw["means"],
        sources=tuple(raw["from"]),
        to=raw.get("to", ""),
        roles=frozenset(raw["roles"]),
        article=raw["article"],
        about=raw["about"],
        other_than=frozenset(raw.get("other_than", ())),
        gate=raw.get("gate", False),
        asks=frozenset(raw.get("asks", ())),
        of=raw.get("of", ""),
        aside=raw.get("aside", False),
    )


def _once(key: str, found: Mapping[str, object], where: str) -> None:
    if key in found:
        raise LawError(f"{where}：“{key}”重复。")


def _known(where: str, what: str, given: Any, known: Any) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise LawError(f"{where}：{what} 中不认识 {'、'.join(unknown)}。")
