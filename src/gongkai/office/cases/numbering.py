"""Numbers of letters (文号) that a step gives: left blank, the next of the organ's series is taken, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from gongkai.law.case.steps import Step

from .desk import Desk
from .forms import Entered
from .letter_choice import gives_number, letters_of_step
from .numbers import next_letter_number


@contextmanager
def numbered(one: Desk, step: Step, entered: Entered) -> Iterator[dict[str, Any]]:
    """The data of the step with a number; a refused step leaves no gap in the series."""
    kind = kind_of(step, entered.data)
    with transaction.atomic():
        data = dict(entered.data)
        if kind and not data.get("number"):
            data["number"] = next_letter_number(one.organ, kind, entered.on.year)
        yield data


def kind_of(step: Step, data: Mapping[str, Any]) -> str:
    """The word for the step's letter in its number (文种), "" where the step numbers nothing."""
    if not gives_number(step):
        return ""
    found = letters_of_step(step.key, data)
    return found[0].kind if found else ""
