"""Making a letter (制作文书): the organ's template, or the one that comes with the program, filled with what the case says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.letters import Letter, Placeholder, default_template, fill, to_pdf
from gongkai.letters.syntax import opened, usage

from ..organs.models import Organ
from ..vault.files import content
from .desk import Desk
from .letter_texts import asked_in
from .letter_values import values_for
from .models import CaseEvent, LetterTemplate

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
UNNUMBERED = "（待编号）"
"""Printed in a draft where the number will stand."""

_GIVEN = ("number",)
"""Given with the decision, never typed into a letter."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A letter before it is made. ``values``: what the case tells; ``asked``: what its template prints beside that, to be
    written by a person; ``needed``: keys of those without which it can't be printed.
    """

    letter: Letter
    template: bytes
    values: Mapping[str, Any]
    asked: list[Placeholder]

    @property
    def needed(self) -> frozenset[str]:
        return frozenset(one.key for one in self.asked if one.key in self.letter.required and not one.blank)


def template_of(organ: Organ, key: str, day: date) -> bytes:
    """The template of a letter that the organ uses on a day."""
    own = own_template(organ, key, day)
    return content(own.file) if own else default_template(key)


def own_template(organ: Organ, key: str, day: date) -> LetterTemplate | None:
    """The organ's own template, None where it uses the one that comes with the program."""
    found = LetterTemplate.objects.filter(organ=organ, letter=key, since__lte=day, file__erased_at=None)
    return found.select_related("file").order_by("-since", "-pk").first()


def prepared(one: Desk, row: CaseEvent, letter: Letter) -> Prepared:
    """The letter of an event with what the case tells."""
    template = template_of(one.organ_at(row), letter.key, row.on)
    values = values_for(one, row, letter.key)
    found = usage(opened(template))
    return Prepared(letter, template, values, [one for one in asked_in(found.printed, values) if one.key not in _GIVEN])


def made(letter: Prepared, texts: Mapping[str, str], format: str) -> bytes:
    """The letter as DOCX or PDF. ``texts``: what a person wrote, by placeholder. Raises LettersError where something lacks."""
    values = {**letter.values, **{key: text for key, text in texts.items() if text.strip()}}
    if "number" in letter.letter.required:
        values.setdefault("number", UNNUMBERED)
    docx = fill(letter.template, values)
    return to_pdf(docx) if format == "pdf" else docx
