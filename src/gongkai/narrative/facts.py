"""The facts of a year (情况) from which the text is composed, beside the tables: ``facts.toml`` and ``media.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ..law.records import check_shape, parse_toml
from ..law.terms import LawError, Vocabulary, check_records, plain_term
from ..report.report import Number

FactType = Literal["count", "amount", "text"]
Source = Literal["entered", "cases", "registers"]
_TYPES = ("count", "amount", "text")
_SOURCES = ("entered", "cases", "registers")


@dataclass(frozen=True, slots=True)
class FactItem:
    """One fact for the text, and how it is written there.

    ``part``: ``introduction``, a part of section one, or ``other_matters``. ``type``: ``count`` a whole number,
    ``amount`` one with decimals, both of ``unit``, or ``text``. ``phrase``: a figure's clause, ``{n}`` stands for it;
    ``none``: the clause where it is 0; ``begins``: a new sentence begins with it; ``lead``: what comes before a text.
    ``source``: who knows it: what cases or registers tell is counted, not entered; ``asked``: a ledger, which has no
    such register, asks for it all the same. ``government``: asked of the reports of governments only.
    ``short``: a text of one line.
    """

    key: str
    part: str
    label: str
    type: FactType
    unit: str = ""
    phrase: str = ""
    none: str = ""
    begins: bool = False
    lead: str = ""
    article: str = ""
    note: str = ""
    source: Source = "entered"
    asked: bool = False
    government: bool = False
    short: bool = False


@dataclass(frozen=True, slots=True)
class Medium:
    """What was published through one channel (公开渠道), or what of one kind through it (信息类别).

    ``kind``: code of `media_kinds`; ``information``: code of `information_kinds`, "" where it was not told apart. Counts
    are None where not given: ``published`` pieces of information, ``reads`` times it was read.
    """

    kind: str
    published: int | None = None
    name: str = ""
    reads: int | None = None
    information: str = ""


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A problem and what was, or will be, done about it. ``previous``: it stood in last year's report."""

    problem: str
    improvement: str = ""
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text is composed from, beside the tables.

    ``items``: by the keys of ``facts.toml``, counts as int, amounts as number, texts as str; an item that was not
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

    @property
    def numbers(self) -> Mapping[str, Number]:
        """Every figure under the key by which a `Tie` names it: ``fact:trainings``, ``fact:media.website.published``."""
        found: dict[str, Number] = {
            f"fact:{key}": value for key, value in self.items.items() if not isinstance(value, str)
        }
        return {**found, **self.channels}

    @property
    def channels(self) -> Mapping[str, Number]:
        """The sums over the channels of publication (``fact:media.website.published``), which are no facts by themselves."""
        found: dict[str, Number] = {}
        for medium in self.media:
            for key, count in ((published_key(medium), medium.published), (reads_key(medium), medium.reads)):
                if count is not None:
                    found[key] = found.get(key, 0) + count
        return found


def published_key(medium: Medium) -> str:
    """The key of the figure to which a medium's ``published`` adds: one for each kind of channel and of information."""
    return "fact:" + ".".join(filter(None, ("media", medium.kind, medium.information, "published")))


def reads_key(medium: Medium) -> str:
    """The key of the figure to which a medium's ``reads`` adds: one for each channel by its name."""
    return "fact:" + ".".join(filter(None, ("media", medium.kind, medium.name, "reads")))


@cache
def fact_items() -> tuple[FactItem, ...]:
    """All facts, in the order in which they are written."""
    return parse_facts(_text("facts.toml"), "facts.toml")


def fact_item(key: str) -> FactItem:
    """The fact with this key; KeyError where there is none."""
    return _by_key()[key]


@cache
def media_kinds() -> Vocabulary:
    """渠道类型: the kinds of channels through which information is published."""
    return Vocabulary("media", "渠道类型", _terms("kinds"))


@cache
def information_kinds() -> Vocabulary:
    """信息类别: what kinds of information are told apart, after 政府信息公开条例第二十条."""
    return Vocabulary("information", "信息类别", _terms("information"))


def parse_facts(text: str, source: str) -> tuple[FactItem, ...]:
    """The facts in the text of a data file. Every mistake is a LawError that names file and place."""
    required = {"key": str, "part": str, "label": str, "type": str}
    optional: dict[str, type] = dict.fromkeys(("unit", "phrase", "none", "lead", "article", "note", "source"), str)
    optional |= dict.fromkeys(("begins", "asked", "government", "short"), bool)
    items = []
    for number, raw in enumerate(parse_toml(text, source, "items")["items"]):
        place = f"{source}：items[{number}]"
        item = FactItem(**check_shape(raw, place, required, optional))
        if item.type not in _TYPES:
            raise LawError(f"{place}：不认识类型“{item.type}”。")
        if item.source not in _SOURCES:
            raise LawError(f"{place}：不认识来源“{item.source}”。")
        if (item.type == "text") == ("{n}" in item.phrase):
            raise LawError(f"{place}：数字应当有带 {{n}} 的 phrase，文字不应当有。")
        if (item.type == "text") == (item.unit != ""):
            raise LawError(f"{place}：数字应当有 unit，文字不应当有。")
        if item.short and item.type != "text":
            raise LawError(f"{place}：short 只用于文字。")
        items.append(item)
    for names in ([item.key for item in items], [item.label for item in items]):
        if twice := {name for name in names if names.count(name) > 1}:
            raise LawError(f"{source}：{'、'.join(sorted(twice))} 重复。")
    return tuple(items)


@cache
def _by_key() -> Mapping[str, FactItem]:
    return {item.key: item for item in fact_items()}


def _terms(name: str) -> Any:
    raw = parse_toml(_text("media.toml"), "media.toml", "kinds", "information")
    return tuple(map(plain_term, check_records(raw[name], f"media.toml：{name}")))


def _text(name: str) -> str:
    return files("gongkai.narrative").joinpath(name).read_text("utf-8")
