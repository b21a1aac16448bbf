"""The order in which an application is looked at (补不补、该不该、有没有、给不给、当不当), from ``guidance.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.law.case.steps import Step, steps
from gongkai.law.terms import LawError


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the five. ``asks``: what to look at; ``then``: what follows; ``steps``: those that deal with it."""

    name: str
    asks: str
    then: str
    article: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Guidance:
    """The questions in their order, with what the order rests on and how far that is known."""

    basis: str
    mark: str
    questions: tuple[Question, ...]


@cache
def guidance() -> Guidance:
    """The guidance. Raises LawError where the file names a step there is none of."""
    raw = tomllib.loads(files("gongkai.office.cases").joinpath("guidance.toml").read_text("utf-8"))
    for item in raw["questions"]:
        if unknown := [key for key in item["steps"] if key not in steps()]:
            raise LawError(f"guidance.toml：{item['name']}：没有步骤“{unknown[0]}”。")
    questions = tuple(
        Question(**{**item, "steps": tuple(steps()[key] for key in item["steps"])}) for item in raw["questions"]
    )
    return Guidance(raw["basis"], raw["mark"], questions)


def dealt_with(question: Question, done: Collection[str]) -> tuple[Step, ...]:
    """The steps of a question that the case has already taken."""
    return tuple(step for step in question.steps if step.key in done)
