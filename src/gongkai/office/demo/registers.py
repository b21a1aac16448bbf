"""The registers of the demonstration: documents, decisions and facts of a year, as an example organ published their sums."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from gongkai.examples.organ import Organ as Example
from gongkai.law import decision_kinds, document_kinds
from gongkai.narrative import fact_item
from gongkai.report.report import Number

from ..registers.decisions import Months, enter_figure
from ..registers.documents import add_document, correct_document
from ..registers.facts import add_fact, add_medium, add_problem, asked_items
from .district import House

_ABOUT = (
    "农贸市场",
    "公共停车",
    "物业服务",
    "养老服务",
    "河道保护",
    "建筑垃圾",
    "文明养犬",
    "户外广告",
    "老旧小区改造",
    "社会救助",
)
_KINDS = ("管理办法", "实施细则", "暂行规定", "工作规程", "扶持办法", "若干规定", "考核办法")
PAST = "信息更新的时效还需提高"
"""The problem that the report of the year before told of."""


def keep_registers(house: House, example: Example, year: int) -> None:
    """Enter what the year's report needs beside cases, on a day after the year's end."""
    day = date(year + 1, 1, 8)
    _documents(house, example, year, day)
    _decisions(house, example, year, day)
    _facts(house, example, year, day)


def _documents(house: House, example: Example, year: int, day: date) -> None:
    """As many issued in the year, repealed in it by the first of these, and in force at its end, as were published."""
    numbers: Counter[int] = Counter()
    for kind in document_kinds().terms:
        issued, repealed, in_force = (
            int(example.report.values.get(f"proactive.{kind.code}.{figure}") or 0)
            for figure in ("issued", "repealed", "in_force")
        )
        who = house.who("clerk")
        known = {"by": who, "today": day, "kind": kind.code}
        older = in_force - issued + repealed
        days = sorted(date(year - 1 - one % 8, 1 + one % 12, 10) for one in range(older))
        days += [date(year, 2, 5) + timedelta(30 * one) for one in range(issued)]
        entered = [
            add_document(house.organ, issued_on=on, **_name(house, on, number, numbers), **known)
            for number, on in enumerate(days)
        ]
        before, new = entered[:older], entered[older:]
        for document in before[:repealed]:
            gone = {"repealed_on": new[0].issued_on, "repealed_by": new[0]}
            correct_document(document, gone, reason="", by=who, today=day)


def _name(house: House, on: date, number: int, numbers: Counter[int]) -> dict[str, str]:
    """Title and number of the document that was issued on a day. ``numbers``: the last one given in each year."""
    numbers[on.year] += 1
    about, kind = _ABOUT[number % len(_ABOUT)], _KINDS[number // len(_ABOUT) % len(_KINDS)]
    return {
        "title": f"望湖区{about}{kind}",
        "number": f"{house.organ.short_code}规〔{on.year}〕{numbers[on.year]}号",
    }


def _decisions(house: House, example: Example, year: int, day: date) -> None:
    """The year's sums by month, from one source."""
    for kind in decision_kinds().terms:
        total = example.report.values.get(f"proactive.{kind.code}")
        if total is None:
            continue
        for month, number in enumerate(_parts(total), 1):
            enter_figure(
                house.organ,
                year,
                kind=kind.code,
                months=Months(month, month),
                source="业务系统",
                number=number,
                by=house.who("clerk"),
                today=day,
            )


def _parts(total: Number) -> list[Number]:
    """Twelve nearly equal parts of a sum."""
    each, rest = divmod(int(total), 12)
    return [each + (month < rest) for month in range(12)]


def _facts(house: House, example: Example, year: int, day: date) -> None:
    known = {"by": house.who("clerk"), "today": day}
    asked = {one.key for one in asked_items(house.organ, year)}
    if example.name != house.organ.name_on(day):
        asked = {
            key for key in asked if not key.startswith("contact_")
        }  # another organ's office answers no questions here
    for key, value in example.facts.items.items():
        if key in asked and fact_item(key).source == "entered":
            add_fact(house.organ, year, key, value, "办公室汇总", **known)
    for medium in example.facts.media:
        add_medium(
            house.organ,
            year,
            kind=medium.kind,
            name=medium.name,
            published=medium.published,
            reads=medium.reads,
            **known,
        )
    past = add_problem(house.organ, year - 1, PAST, "各科室指定专人，每月核对一次", **known)
    add_problem(house.organ, year, "", "已经指定专人，各栏目每月核对，没有逾期未更新的栏目", of=past, **known)
    for one in example.facts.shortcomings:
        add_problem(house.organ, year, one.problem, one.improvement, **known)
