"""The information processing fee (信息处理费) by items or by pages: tiers as data, ``fees.toml``, and the sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import chain, pairwise
from typing import Any, Literal

from .records import check_shape, load_toml
from .terms import LawError
from .time_limits import Mark, known_mark

_SOURCE = "fees.toml"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tier:
    """Units from ``first`` to ``last`` (None: without end) cost ``price`` 元 each."""

    first: int
    last: int | None
    price: Decimal
    mark: Mark = ""
    step: int = 0
    rise: Decimal = Decimal(0)

    def steps(self) -> Iterator[Tier]:
        """The tier itself, or, where its price rises every ``step`` units, one tier a step, without end."""
        if not self.step:
            yield self
            return
        first, price = self.first, self.price
        while True:
            yield Tier(first, first + self.step - 1, price, self.mark)
            first, price = first + self.step, price + self.rise


@dataclass(frozen=True, slots=True)
class Schedule:
    """One way to charge. ``unit``: 件 or 页; ``mark`` is that of the ``note`` on what counts as a unit."""

    label: str
    article: str
    unit: str
    note: str
    tiers: tuple[Tier, ...]
    mark: Mark = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A line of a fee's breakdown: so many units of one tier, at ``price``, come to ``amount`` 元."""

    first: int
    last: int
    price: Decimal
    unit: str
    mark: Mark = ""

    @property
    def count(self) -> int:
        """How many units the line charges."""
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        """What they cost, in 元."""
        return (self.price * self.count).quantize(_CENT)

    @property
    def text(self) -> str:
        """The line as a sentence: ``第11件至第30件，共20件，每件100元，计2000.00元。``"""
        span = f"第{self.first}{self.unit}" + (f"至第{self.last}{self.unit}" if self.count > 1 else "")
        price = f"每{self.unit}{self.price}元，计{self.amount}元" if self.price else "免收"
        return f"{span}，共{self.count}{self.unit}，{price}。"


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee and how it comes about. ``mark``: "memory" where a tier that it rests on was not checked."""

    lines: tuple[FeeLine, ...]
    article: str

    @property
    def amount(self) -> Decimal:
        """The whole fee in 元, with two decimals."""
        return sum((line.amount for line in self.lines), start=Decimal(0)).quantize(_CENT)

    @property
    def mark(self) -> Mark:
        """The weakest mark of its lines."""
        return next((line.mark for line in self.lines if line.mark), "")


def fee_per_item(before_this_month: int, items: int) -> Fee:
    """The fee for an application that counts as so many ``items`` (按件).

    ``before_this_month``: items of the same applicant to the same organ that were counted earlier in the natural month.
    """
    return _fee(schedule("item"), before_this_month, items)


def fee_per_page(pages: int) -> Fee:
    """The fee for one application that is answered with so many ``pages`` (按量); pages of others never add up."""
    return _fee(schedule("page"), 0, pages)


def schedule(way: Literal["item", "page"]) -> Schedule:
    """How to charge by items or by pages. Raises LawError where the data file is wrong."""
    return _schedules()[way]


def _fee(charged: Schedule, before: int, units: int) -> Fee:
    if before < 0 or units < 0:
        raise LawError(f"{charged.unit}数应当是不小于 0 的整数。")
    return Fee(tuple(_lines(charged, before + 1, before + units)), charged.article)


def _lines(charged: Schedule, first: int, last: int) -> Iterator[FeeLine]:
    """The units ``first`` to ``last``, tier by tier."""
    for tier in chain.from_iterable(map(Tier.steps, charged.tiers)):
        if tier.first > last:
            return
        low = max(first, tier.first)
        high = last if tier.last is None else min(last, tier.last)
        if low <= high:
            yield FeeLine(low, high, tier.price, charged.unit, tier.mark)


@cache
def _schedules() -> dict[str, Schedule]:
    raw = load_toml(_SOURCE, "item", "page")
    return {way: _schedule(item, f"{_SOURCE}：{way}") for way, item in raw.items()}


def _schedule(item: Any, place: str) -> Schedule:
    texts = {"label": str, "article": str, "unit": str, "note": str}
    check_shape(item, place, {**texts, "tiers": list}, {"mark": str})
    tiers = tuple(_tier(tier, f"{place}：tiers[{number}]") for number, tier in enumerate(item["tiers"]))
    if not tiers or tiers[0].first != 1 or tiers[-1].last is not None:
        raise LawError(f"{place}：档次应当从 1 开始，最后一档没有上限。")
    if any(lower.last is None or upper.first != lower.last + 1 for lower, upper in pairwise(tiers)):
        raise LawError(f"{place}：档次之间有空缺或者重叠。")
    return Schedule(**{key: item[key] for key in texts}, tiers=tiers, mark=known_mark(item.get("mark", ""), place))


def _tier(item: Any, place: str) -> Tier:
    optional = {"last": int, "step": int, "rise": int, "mark": str}
    check_shape(item, place, {"first": int, "price": int}, optional)
    if ("step" in item) != ("rise" in item):
        raise LawError(f"{place}：step 和 rise 要一起写。")
    return Tier(
        item["first"],
        item.get("last"),
        Decimal(item["price"]),
        known_mark(item.get("mark", ""), place),
        item.get("step", 0),
        Decimal(item.get("rise", 0)),
    )
