"""The facts a ledger gives for the narrative: sheets 公开渠道, 情况 and 问题和改进."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from ..narrative import FactItem, Facts, Medium, Shortcoming
from ..report.report import Number, whole
from .columns import ledger_facts
from .entries import Entry
from .problem import Problem
from .recognising import plain
from .values import RefusedValue, amount_of, count_of


def gather_facts(
    facts: Sequence[Entry], media: Sequence[Entry], problems: Sequence[Entry]
) -> tuple[Facts, tuple[Problem, ...]]:
    """The facts in the entries of the three sheets, and what of them could not be taken."""
    refused = [problem for entry in (*facts, *media, *problems) for problem in entry.problems]
    labels = {plain(item.label): item for item in ledger_facts()}
    items: dict[str, Number | str] = {}
    for entry in facts:
        item = labels.get(plain(entry.text("item")))
        if item is None:
            if entry.text("value"):
                refused.append(entry.problem("item", f"没有“{entry.text('item')}”这个项目，请使用空白台账中的项目"))
            continue
        if not entry.text("value"):
            continue
        if item.key in items:
            refused.append(entry.problem("item", f"“{item.label}”填了两次"))
            continue
        try:
            items[item.key] = _fact(entry.text("value"), item)
        except RefusedValue as reason:
            refused.append(entry.problem("value", str(reason)))
    given = Facts(items, tuple(_media(media)), tuple(_shortcomings(problems)))
    return given, tuple(refused)


def _fact(text: str, item: FactItem) -> Number | str:
    match item.type:
        case "count":
            return count_of(text)
        case "amount":
            amount = amount_of(text, "元")
            return whole(amount if amount else Decimal(0))
        case "text":
            return text


def _media(entries: Iterable[Entry]) -> Iterable[Medium]:
    for entry in entries:
        published, reads = entry.number("published"), entry.number("reads")
        yield Medium(
            kind=entry.text("kind"),
            published=int(published) if published is not None else None,
            name=entry.text("name"),
            reads=int(reads) if reads is not None else None,
            information=entry.text("information"),
        )


def _shortcomings(entries: Iterable[Entry]) -> Iterable[Shortcoming]:
    for entry in entries:
        yield Shortcoming(entry.text("problem"), entry.text("improvement"), entry.text("year") == "previous")
