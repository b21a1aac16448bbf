"""What an organ said about its own spreadsheets (用语对照): kept, so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.ledger import LedgerMapping, Question, answered, dump_mapping, load_mapping

from ..organs.models import Organ
from .models import LedgerAnswers


def mapping_of(organ: Organ) -> LedgerMapping:
    """What the organ has answered so far."""
    kept = LedgerAnswers.objects.filter(organ=organ).first()
    return load_mapping(kept.mapping) if kept else LedgerMapping()


def remember(organ: Organ, mapping: LedgerMapping) -> None:
    """Keep the answers."""
    LedgerAnswers.objects.update_or_create(organ=organ, defaults={"mapping": dump_mapping(mapping)})


def answer(mapping: LedgerMapping, questions: Iterable[Question], chosen: Mapping[str, str]) -> LedgerMapping:
    """The mapping with what was chosen, by the key of the question; what is not among the choices is passed over."""
    for question in questions:
        value = chosen.get(key_of(question))
        choice = next((one for one in question.choices if one.value == value), None)
        if choice is not None:
            mapping = answered(mapping, question, choice)
    return mapping


def key_of(question: Question) -> str:
    """By what a form names a question."""
    return f"{question.kind}|{question.sheet}|{question.subject}|{question.word}"
