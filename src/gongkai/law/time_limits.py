"""Time limits (期限) of applications and remedies as data, ``time_limits.toml``: article, length, what starts them.

An organ may set those that the law leaves open (`Rules.with_settings`); the rest are fixed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, get_args

from .calendar import Calendar
from .records import check_shape, load_toml
from .terms import LawError

Unit = Literal["working_day", "calendar_day", "month"]
"""工作日, 日, 月."""

Mark = Literal["", "memory", "infer"]
"""How far an entry is known: checked against the text (""), not checked against it, drawn from what it says."""

_SOURCE = "time_limits.toml"
_UNITS: Mapping[Unit, str] = {"working_day": "个工作日", "calendar_day": "日", "month": "个月"}
_REQUIRED = {"label": str, "article": str, "length": int, "unit": str, "starts": str}
_OPTIONAL = {
    "adjustable": bool,
    "minimum": int,
    "maximum": int,
    "mark": str,
    "note": str,
    "not_counted": str,
    "not_counted_article": str,
    "moves": bool,
}


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A time limit: ``length`` in ``unit``, counted from the day after ``starts``.

    ``adjustable``: an organ may set its length, from ``minimum`` to ``maximum``. ``not_counted``: what time is left out,
    under ``not_counted_article``; "" for none. ``moves``: a last day that is no working day gives way to the next one.
    """

    key: str
    label: str
    article: str
    length: int
    unit: Unit
    starts: str
    adjustable: bool = False
    minimum: int = 1
    maximum: int = 0  # 0 where it is not adjustable
    mark: Mark = ""
    note: str = ""
    not_counted: str = ""
    not_counted_article: str = ""
    moves: bool = False

    @property
    def span(self) -> str:
        """Its length in words: ``20个工作日``, ``6个月``."""
        return f"{self.length}{_UNITS[self.unit]}"

    def ends(self, started: date, calendar: Calendar) -> date:
        """The last day of a period that nothing stops, begun by what happened on ``started``, which does not count."""
        last = self.nominal_end(started, calendar)
        return calendar.after(last, 1) if self.moves and not calendar.is_working(last) else last

    def nominal_end(self, started: date, calendar: Calendar) -> date:
        """The last day before a holiday moves it."""
        match self.unit:
            case "working_day":
                return calendar.after(started, self.length)
            case "calendar_day":
                return started + timedelta(self.length)
            case "month":
                return _months_later(started, self.length)


@dataclass(frozen=True, slots=True)
class Rules:
    """All time limits by key, as one organ applies them. ``moves_article``: why a last day gives way to a working day."""

    limits: tuple[TimeLimit, ...]
    moves_article: str = ""
    moves_mark: Mark = ""
    _by_key: Mapping[str, TimeLimit] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {limit.key: limit for limit in self.limits})

    def __getitem__(self, key: str) -> TimeLimit:
        """The time limit with this key; KeyError where there is none."""
        return self._by_key[key]

    def __iter__(self) -> Iterator[TimeLimit]:
        return iter(self.limits)

    def with_settings(self, lengths: Mapping[str, int]) -> Rules:
        """These rules with other lengths for time limits that are adjustable. Raises LawError for any other."""
        changed = {key: _adjusted(self._by_key.get(key), key, length) for key, length in lengths.items()}
        return replace(self, limits=tuple(changed.get(limit.key, limit) for limit in self.limits))


@cache
def default_rules() -> Rules:
    """The time limits as the data file has them. Raises LawError where it is wrong."""
    raw = load_toml(_SOURCE, "moves_article", "moves_mark", "limits")
    limits = tuple(_time_limit(key, item) for key, item in raw["limits"].items())
    return Rules(limits, raw["moves_article"], known_mark(raw["moves_mark"], _SOURCE))


def _adjusted(limit: TimeLimit | None, key: str, length: object) -> TimeLimit:
    if limit is None:
        raise LawError(f"没有“{key}”这一项期限。")
    if not limit.adjustable:
        raise LawError(f"{limit.label}由{limit.article}规定为{limit.span}，不能改动。")
    if type(length) is not int or not limit.minimum <= length <= limit.maximum:
        unit = _UNITS[limit.unit]
        raise LawError(f"{limit.label}应当是 {limit.minimum} 到 {limit.maximum} {unit}，现为“{length}”。")
    return replace(limit, length=length)


def _time_limit(key: str, item: Any) -> TimeLimit:
    place = f"{_SOURCE}：{key}"
    check_shape(item, place, _REQUIRED, _OPTIONAL)
    if item["unit"] not in get_args(Unit):
        raise LawError(f"{place}：不认识单位“{item['unit']}”。")
    known_mark(item.get("mark", ""), place)
    limit = TimeLimit(key=key, **item)
    if limit.length < 1:
        raise LawError(f"{place}：length 应当不小于 1。")
    if limit.adjustable != ("maximum" in item):
        raise LawError(f"{place}：可以调整的期限要有 maximum，不可以调整的不能有。")
    return limit


def known_mark(mark: str, place: str) -> Mark:
    """The mark unchanged if it is one. Raises LawError that names the place."""
    for known in get_args(Mark):
        if mark == known:
            return known  # type: ignore[no-any-return]
    raise LawError(f"{place}：不认识 mark“{mark}”。")


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
