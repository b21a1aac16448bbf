"""How offices print figures: with signs, units, remarks, separators, marks and spaces."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from . import form

Number = int | Decimal


@dataclass
class Printed:
    """The text of every cell, and the cells whose figure may be left unread without fault."""

    texts: dict[str, str]
    unsettled: set[str] = field(default_factory=set)


def printed_figures(rng: random.Random, values: dict[str, Number | None], marks: dict[str, str], style: str) -> Printed:
    """The text of each cell. ``style``: ``plain``, ``thousands`` (1,234), ``spaces`` round figures, ``stray mark`` of a
    word processor, ``remark`` after a figure, ``units`` in the cells of table 二, ``signs`` before changes."""
    texts = {key: marks.get(key, "") if value is None else plain(value) for key, value in values.items()}
    printed = Printed(texts)
    figures = {key: value for key, value in values.items() if value is not None}
    match style:
        case "thousands":
            texts.update({key: f"{value:,}" for key, value in figures.items()})
        case "spaces":
            for key in figures:
                texts[key] = rng.choice(("{} ", " {}", "\xa0{}", "{}\xa0", "{}", "{}", "\u3000{}")).format(texts[key])
        case "stray mark":
            key = rng.choice(sorted(figures))
            texts[key] = f"[bookmark: _GoBack]{texts[key]}"
        case "remark":
            whole = [k for k, v in figures.items() if k.startswith("proactive.") and not form.is_amount(k) and v > 1]
            for key in rng.sample(whole, min(len(whole), 2)):
                if form.is_change(key):
                    continue
                part = rng.randint(1, int(figures[key]))
                texts[key] += rng.choice(
                    (f"（其中修订 {part} 件）", f"(含上级转办{part}件)", f"（含自然失效{part}件）")
                )
            if texts.get("proactive.procurement.amount", "") > "0":
                texts["proactive.procurement.amount"] += rng.choice(("（预算）", "(预算", ""))
        case "units":
            _units(rng, figures, texts)
        case "signs":
            for key, value in figures.items():
                if form.is_change(key):
                    texts[key] = _signed(rng, int(value), key, printed)
    return printed


def plain(value: Number) -> str:
    """The figure in digits."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _signed(rng: random.Random, value: int, key: str, printed: Printed) -> str:
    if value < 0:
        if rng.random() < 0.1:
            printed.unsettled.add(key)  # a doubled sign is a slip of the pen, and may be refused
            return f"--{-value}"
        return rng.choice((f"减{-value}", str(value), f"－{-value}", f"减少{-value}"))
    return rng.choice((f"+{value}", f"增{value}", f"增加{value}", f"＋{value}"))


def _units(rng: random.Random, figures: dict[str, Number], texts: dict[str, str]) -> None:
    """Units inside the cells; where they are not those of the cell (万元, 元), the figure is converted."""
    for key, value in figures.items():
        if key == "proactive.fees":
            yuan = value * 10_000
            texts[key] = rng.choice((f"{plain(value)}万元", f"{plain(value)}（万元）", f"{_trim(yuan)}元"))
        elif key == "proactive.procurement.amount":
            texts[key] = rng.choice((f"{plain(value)}元", f"{_trim(Decimal(value) / 10_000)}万元"))
        elif key.startswith("proactive.") and not form.is_change(key):
            texts[key] = f"{plain(value)}{'项' if key.endswith('.previous') else '件'}"


def _trim(value: Number) -> str:
    """Digits without trailing zeros after the point."""
    text = plain(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
