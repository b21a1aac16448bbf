"""The facts a ledger gives for the narrative: sheets 公开渠道, 情况 and 问题和改进."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..report.report import Number, whole
from .columns import FactItem, fact_items
from .entries import Entry
from .problem import Problem
from .recognising import plain
from .values import RefusedValue, amount_of, count_of


@dataclass(frozen=True, slots=True)
class Medium:
    """A channel of publication (公开渠道). ``kind``: code of the list 渠道类型; counts are None where not given."""

    kind: str
    published: int | None = None
    name: str = ""
    reads: int | None = None


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A problem and what was, or will be, done about it. ``previous``: it stood in last year's report."""

    problem: str
    improvement: str = ""
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the narrative is composed from, beside the tables.

    ``items``: by the keys of ``facts.toml``, counts as int, amounts (元) as number, texts as str; an item that was not
    filled in is not there.
    """

    items: Mapping[str, Number | str] = field(default_factory=dict)
    media: tuple[Medium, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()

    def number(self, key: str) -> Number | None:
        """A figure, None where it was not filled in."""
        value = self.items.get(key)
        return None if isinstance(value, str) else value

    def text(self, key: str) -> str:
        """A text, "" where it was not filled in."""
        value = self.items.get(key, "")
        return value if isinstance(value, str) else ""


def gather_facts(
    facts: Sequence[Entry], media: Sequence[Entry], problems: Sequence[Entry]
) -> tuple[Facts, tuple[Problem, ...]]:
    """The facts in the entries of the three sheets, and what of them could not be taken."""
    refused = [problem for entry in (*facts, *media, *problems) for problem in entry.problems]
    labels = {plain(item.label): item for item in fact_items()}
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
        )


def _shortcomings(entries: Iterable[Entry]) -> Iterable[Shortcoming]:
    for entry in entries:
        yield Shortcoming(entry.text("problem"), entry.text("improvement"), entry.text("year") == "previous")
