"""The remedy paragraph (救济告知) of a letter: which way to reconsideration and court, by outcome, ground and date.

The table is data, ``remedy_notice.toml``. What it yields is a draft for the legal reviewer: a notice that names the
wrong way costs the applicant their time limit and the organ its case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from .outcomes import outcomes
from .records import check_shape, load_toml
from .terms import LawError
from .time_limits import Mark, default_rules, known_mark

Way = Literal["prior", "choice"]
"""Reconsideration must come first (复议前置), or the applicant may choose it or the court."""

Who = Literal["itself", "government", "superior"]
"""本机关, 本级人民政府, 上一级主管部门或者上一级人民政府."""

ANY_COURT = "有管辖权的人民法院"

_SOURCE = "remedy_notice.toml"
_OPENINGS = ("answer", "withheld_part", "other_part")
_LIMITS = (
    "reconsideration_apply",
    "litigation_apply",
    "litigation_after_reconsideration",
    "litigation_after_refused_reconsideration",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """The paragraph ``text`` and its basis. ``mark``: how far the basis is known; ``review``: what must yet be done."""

    text: str
    article: str
    mark: Mark
    review: str


@dataclass(frozen=True, slots=True)
class ReconsiderationOrgan:
    """Who reconsiders the acts of one kind of organ (复议机关); where there are two the applicant chooses."""

    key: str
    label: str
    who: tuple[Who, ...]
    article: str


@dataclass(frozen=True, slots=True)
class _Route:
    way: Way
    article: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Period:
    since: date
    routes: Mapping[str, _Route]


@dataclass(frozen=True, slots=True)
class _Table:
    review: str
    periods: tuple[_Period, ...]
    openings: Mapping[str, str]
    sentences: Mapping[Way, str]
    other_letters: Mapping[str, Notice]
    organs: Mapping[str, ReconsiderationOrgan]


def remedy_notice(
    outcome: str,
    decided_on: date,
    grounds: Sequence[str] = (),
    *,
    reconsideration_organ: str | Sequence[str],
    court: str = ANY_COURT,
    letter: str = "本答复",
) -> Notice:
    """The paragraph of the answer with this outcome (a result row of 表三), decided on this day.

    ``grounds``: of a partial disclosure, the outcomes under which its parts were not given; without them it is taken
    that they were withheld. ``reconsideration_organ``: one name, or those among which the applicant may choose.
    ``letter``: how the letter calls itself. Raises LawError for an unknown outcome or ground, and for a missing organ.
    """
    table = _table()
    routes = _period(table, decided_on).routes
    if unknown := [code for code in (outcome, *grounds) if code not in routes]:
        raise LawError(f"救济告知中没有办理结果“{'、'.join(unknown)}”。")
    if outcome == "partly_disclosed":
        parts = _parts_withheld(routes, grounds)
    else:
        parts = {outcome if outcome in table.openings else "answer": (routes[outcome],)}
    names = _names(reconsideration_organ, court, letter)
    text = "".join(
        table.sentences[found[0].way].format(opening=table.openings[opening], **names)
        for opening, found in parts.items()
    )
    used = [route for found in parts.values() for route in found]
    article = "；".join(dict.fromkeys(route.article for route in used))
    return Notice(text, article, next((route.mark for route in used if route.mark), ""), table.review)


def letter_notice(
    letter_key: str, *, reconsideration_organ: str | Sequence[str], court: str = ANY_COURT, letter: str = "本告知"
) -> Notice:
    """The paragraph of a letter that answers no application: ``third_party_told``, ``rectification``, ``fee_notice``."""
    notices = _table().other_letters
    if letter_key not in notices:
        raise LawError(f"救济告知中没有文书“{letter_key}”。")
    found = notices[letter_key]
    text = found.text.format(**_names(reconsideration_organ, court, letter))
    return Notice(text, found.article, found.mark, found.review)


def reconsideration_organs() -> Mapping[str, ReconsiderationOrgan]:
    """Who reconsiders whose acts since 2024-01-01, by kind of organ. Raises LawError where the data file is wrong."""
    return _table().organs


def _parts_withheld(routes: Mapping[str, _Route], grounds: Sequence[str]) -> dict[str, tuple[_Route, ...]]:
    """The routes for the parts of a partial disclosure, by how the sentence on them opens.

    Where the law of the day knows one way for everything, one sentence says it.
    """
    own = routes["partly_disclosed"]
    if own.way == "choice":
        return {"answer": (own,)}
    first = tuple(route for ground in grounds if (route := routes[ground]).way == "prior")
    free = tuple(route for ground in grounds if (route := routes[ground]).way == "choice")
    if not free:
        return {"withheld_part": (own,)}
    # that the parts are told apart is inferred, like the rule for partial disclosure itself
    return {"withheld_part": (own,), "other_part": free} if first else {"answer": (*free, _inferred(free[0]))}


def _inferred(route: _Route) -> _Route:
    return _Route(route.way, route.article, "infer")


def _names(organ: str | Sequence[str], court: str, letter: str) -> dict[str, str]:
    organs = [organ] if isinstance(organ, str) else list(organ)
    if not organs or not all(name.strip() for name in organs):
        raise LawError("救济告知要写明行政复议机关，请先设置本机关的行政复议机关。")
    spans = {key: default_rules()[key].span for key in _LIMITS}
    return {"organ": "或者".join(organs), "court": court, "letter": letter, **spans}


def _period(table: _Table, decided_on: date) -> _Period:
    return next(period for period in reversed(table.periods) if period.since <= decided_on)


@cache
def _table() -> _Table:
    raw = load_toml(_SOURCE, "review", "periods", "openings", "sentences", "other_letters", "organs")
    periods = tuple(_read_period(item, f"{_SOURCE}：periods[{number}]") for number, item in enumerate(raw["periods"]))
    if [period.since for period in periods] != sorted({period.since for period in periods}):
        raise LawError(f"{_SOURCE}：periods 应当按 since 先后排列，不能重复。")
    check_shape(raw["sentences"], f"{_SOURCE}：sentences", dict.fromkeys(get_args(Way), str))
    by_outcome = {term.code: str for term in outcomes().terms}
    check_shape(raw["openings"], f"{_SOURCE}：openings", dict.fromkeys(_OPENINGS, str), by_outcome)
    letters = {
        key: _read_letter(item, raw["review"], f"{_SOURCE}：other_letters.{key}")
        for key, item in raw["other_letters"].items()
    }
    organs = {key: _read_organ(key, item, f"{_SOURCE}：organs.{key}") for key, item in raw["organs"].items()}
    return _Table(raw["review"], periods, raw["openings"], raw["sentences"], letters, organs)


def _read_period(item: Any, place: str) -> _Period:
    check_shape(item, place, {"routes": list}, {"since": date})
    routes: dict[str, _Route] = {}
    for number, record in enumerate(item["routes"]):
        where = f"{place}：routes[{number}]"
        check_shape(record, where, {"way": str, "article": str, "outcomes": list}, {"mark": str})
        if record["way"] not in get_args(Way):
            raise LawError(f"{where}：不认识 way“{record['way']}”。")
        route = _Route(record["way"], record["article"], known_mark(record.get("mark", ""), where))
        if twice := [code for code in record["outcomes"] if code in routes]:
            raise LawError(f"{where}：{'、'.join(twice)} 重复。")
        routes.update(dict.fromkeys(record["outcomes"], route))
    if differing := routes.keys() ^ {term.code for term in outcomes().terms}:
        raise LawError(f"{place}：办理结果多了或者少了 {'、'.join(sorted(differing))}。")
    return _Period(item.get("since", date.min), routes)


def _read_letter(item: Any, review: str, place: str) -> Notice:
    check_shape(item, place, {"sentence": str, "article": str, "mark": str})
    return Notice(item["sentence"], item["article"], known_mark(item["mark"], place), review)


def _read_organ(key: str, item: Any, place: str) -> ReconsiderationOrgan:
    check_shape(item, place, {"label": str, "who": list, "article": str})
    if not item["who"] or any(who not in get_args(Who) for who in item["who"]):
        raise LawError(f"{place}：who 只能是 {'、'.join(get_args(Who))}。")
    return ReconsiderationOrgan(key, item["label"], tuple(item["who"]), item["article"])
