"""The applications of the demonstration: a whole past year whose totals are the published ones, and the year that runs."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.examples.organ import organs as example_organs
from gongkai.law import applicant_kinds, outcomes

from ..calendars import calendar, rules
from .district import House
from .story import Request, Story, begin, draft, finish, review

LONGEST = 45
"""Working days within which every story of the past year ends, so that none runs over the turn of the year."""


def tell_past_year(house: House, year: int) -> Iterator[Story]:
    """Every application of the year, one after the other: as many of each kind and result as the example organ published."""
    chance = random.Random(f"{house.organ.code} {year}")
    fates = list(_published(house))
    chance.shuffle(fates)
    last = _workday(house, date(year, 12, 31), -LONGEST)
    days = sorted(_day(house, date(year, 1, 4), last, chance) for _ in fates)
    for day, (kind, outcome) in zip(days, fates, strict=True):
        yield finish(begin(house, _request(kind, outcome, chance), day, chance), outcome)


def _published(house: House) -> Iterator[tuple[str, str]]:
    """Kind of applicant and result of each application that the example organ published; its misprints put right."""
    figures = next((one.report.values for one in example_organs() if one.key == house.example), {})
    for kind in applicant_kinds().terms:
        for outcome in outcomes().terms:
            for _ in range(int(figures.get(f"applications.{outcome.code}.{kind.code}") or 0)):
                yield kind.code, outcome.code


@dataclass(frozen=True, slots=True)
class Scene:
    """An application of this year that is under way. ``due_in``: working days that are left of its period today.

    ``tell``: what has happened so far; it starts on the day of receipt and must not pass today.
    """

    due_in: int
    tell: str
    text: str


SCENES = (
    Scene(-2, "assigned", "青溪街道2025年度环卫作业考核结果"),
    Scene(0, "in_review", "湖滨路沿线商铺外立面改造的招标文件和中标合同"),
    Scene(1, "to_issue", "某物业企业信用等级评定的依据和结论"),
    Scene(2, "extension", "老旧小区加装电梯补贴审批材料"),
    Scene(4, "consulting", "某建材企业产品抽检报告中的检验数据和客户名单"),
    Scene(6, "assigned", "近三年公共停车场泊位数量和分布"),
    Scene(9, "drafted", "学校食堂食材采购招标的评标结果"),
    Scene(13, "correcting", "关于拆迁的所有文件"),
    Scene(17, "registered", "校外培训机构备案名单"),
    Scene(19, "registered", "农贸市场改造资金使用情况"),
    Scene(20, "unconfirmed", "街道公共文化设施建设计划"),
)


def tell_this_year(house: House, today: date) -> Iterator[Story]:
    """Some applications that are finished, and those of `SCENES` that the time since new year allows, up to today."""
    chance = random.Random(f"{house.organ.code} {today.year} open")
    new_year = date(today.year, 1, 1)
    last = _workday(house, today, -LONGEST)
    endings = ("disclosed", "partly_disclosed", "unavailable_not_held", "withheld_third_party", "declined_petition")
    if last > new_year + timedelta(30):
        days = sorted(_day(house, new_year + timedelta(4), last, chance) for _ in endings)
        for day, outcome in zip(days, endings, strict=True):
            yield finish(begin(house, _request("natural_person", outcome, chance), day, chance), outcome)
    for scene in SCENES:
        yield _scene(house, scene, today, chance)


def _scene(house: House, scene: Scene, today: date, chance: random.Random) -> Story:
    day = _received(house, scene.due_in, today)
    people = _matters()["applicants"]
    request = Request(scene.text, chance.choice(people), "natural_person", "internet" if scene.due_in % 2 else "post")
    if scene.tell == "unconfirmed":
        request = Request(scene.text, chance.choice(people), "natural_person", "internet")
        return begin(house, request, today, chance, confirmed=False)
    story = begin(house, request, day, chance)
    steps = {
        "registered": [],
        "assigned": [_assign],
        "consulting": [_assign, _consult],
        "correcting": [_ask_correction],
        "extension": [_assign, _ask_extension],
        "drafted": [_assign, lambda one: draft(one, "disclosed")],
        "in_review": [_assign, lambda one: draft(one, "partly_disclosed"), lambda one: review(one, "approved")],
        "to_issue": [_assign, lambda one: draft(one, "disclosed"), review],
    }[scene.tell]
    for step in steps:
        if calendar(house.organ).after(story.day, 3) > today:
            break  # it came in too lately for more to have happened
        step(story)
    return story


def _assign(story: Story) -> Story:
    story.wait(1)
    for division in story.house.divisions[:1]:
        due = calendar(story.house.organ).after(story.day, 8)
        story.step(
            "assigned", story.clerk, division=division.key, matters="请检索并反馈。", internal_due=due.isoformat()
        )
    return story


def _consult(story: Story) -> Story:
    return story.wait(2).step(
        "consulted",
        story.clerk,
        whom="third_party",
        name="第三方甲",
        matter="是否同意公开检验数据和客户名单。",
        received_on=story.day.isoformat(),
        method="post",
    )


def _ask_correction(story: Story) -> Story:
    story.wait(2)
    until = calendar(story.house.organ).after(story.day, rules(story.house.organ)["correction_period"].length)
    return story.step(
        "correction_requested",
        story.clerk,
        matters="请写明所需文件的名称、文号或者时间范围。",
        until=until.isoformat(),
        method="email",
    )


def _ask_extension(story: Story) -> Story:
    return story.wait(8).step("extension_requested", story.clerk, days=10, reason="材料分散在两个科室，需要逐份核对。")


def _request(kind: str, outcome: str, chance: random.Random) -> Request:
    matters = _matters()
    fitting = [one["text"] for one in matters["matters"] if outcome in one["outcomes"]] or [
        matters["matters"][0]["text"]
    ]
    names = matters["applicants"] if kind == "natural_person" else matters["companies"]
    channel = chance.choice(("internet", "internet", "post", "in_person", "ordinary_post"))
    return Request(chance.choice(fitting), chance.choice(names), kind, channel)


@cache
def _matters() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("matters.toml").read_text("utf-8"))


def _day(house: House, first: date, last: date, chance: random.Random) -> date:
    """A working day between two days."""
    return _workday(house, first + timedelta(chance.randint(0, (last - first).days)), 0)


def _workday(house: House, day: date, step: int) -> date:
    """The day itself or the working day before it, and from there ``step`` working days on or back."""
    known = calendar(house.organ)
    left = abs(step)
    while left or not known.is_working(day):
        day += timedelta(1 if step > 0 else -1)
        left -= known.is_working(day) and left > 0
    return day


def _received(house: House, due_in: int, today: date) -> date:
    """The day of receipt whose period of twenty working days ends ``due_in`` working days from today."""
    length = rules(house.organ)["reply"].length
    return _workday(house, today, due_in - length) if due_in < length else _workday(house, today, 0)
