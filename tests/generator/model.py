"""A random annual report as plain values: who, when, every figure, and the prose around them, before any layout."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from . import form, prose

Number = int | Decimal
MARKS = ("/", "-", "—", "无")


@dataclass(frozen=True)
class Sample:
    """One report.

    ``values``: what its cells print; None for a cell without a figure, and ``marks`` then says what stands there.
    ``sound``: the figures before the faults were put in; ``broken``: the cells whose printed figure differs from it.
    ``sections``: the text of the six sections, paragraphs separated by a newline, no section headings.
    ``facts``: figures that the prose states, each with the cells whose sum it should be (and now and then is not).
    """

    edition: str
    organ: str
    year: int
    title: str
    introduction: str
    sections: Mapping[str, str]
    values: Mapping[str, Number | None]
    sound: Mapping[str, Number]
    marks: Mapping[str, str] = field(default_factory=dict)
    consistent: bool = True
    broken: tuple[str, ...] = ()
    facts: tuple[tuple[int, tuple[str, ...]], ...] = ()


def random_sample(
    rng: random.Random, edition: str | None = None, consistent: bool | None = None, *, filled: bool = False
) -> Sample:
    """A report drawn at random. ``filled`` asks for a figure in every cell, for layouts that can't show a blank."""
    edition = edition or rng.choices(form.EDITIONS, (3, 1))[0]
    consistent = rng.random() < 0.7 if consistent is None else consistent
    organ = random_organ(rng)
    year = random_year(rng, edition)
    sound = random_figures(rng, edition)
    values: dict[str, Number | None] = dict(sound)
    broken = () if consistent else break_figures(rng, edition, values)
    marks = {} if filled else blank_out(rng, edition, values)
    broken = tuple(key for key in broken if values[key] != sound[key] and values[key] is not None)
    written = prose.write(rng, organ, year, edition, values)
    return Sample(
        edition=edition,
        organ=organ,
        year=year,
        title=random_title(rng, organ, year),
        introduction=written.introduction,
        sections=written.sections,
        values=values,
        sound=sound,
        marks=marks,
        consistent=consistent,
        broken=broken,
        facts=tuple(written.facts),
    )


_FIRST = "青白云望临清松永安和长石金玉翠东西南北凤龙鹿鹤梅兰竹枫杏"
_LAST = "澜溪川洲岭塘坪湾泉浦原岗陵渡堰桥屏崖浔潭"
_BUREAUS = (
    "财政局", "教育局", "民政局", "司法局", "水利局", "统计局", "审计局", "商务局", "卫生健康局", "交通运输局",
    "农业农村局", "市场监督管理局", "自然资源和规划局", "住房和城乡建设局", "人力资源和社会保障局", "生态环境局",
    "文化和旅游局", "应急管理局", "退役军人事务局", "发展和改革委员会", "科学技术局", "城市管理局", "医疗保障局",
    "行政审批局", "气象局", "地方志办公室", "信访局",
)  # fmt: skip


def random_place(rng: random.Random) -> str:
    """An invented name of two characters."""
    return rng.choice(_FIRST) + rng.choice(_LAST)


def random_organ(rng: random.Random) -> str:
    """An invented organ: governments, their offices, departments, townships, streets, zones; full names and short."""
    city, district, town = (random_place(rng) for _ in range(3))
    county = district + rng.choice(("区", "县", "县", "市"))
    upper = rng.choice((city + "市" + county, county, county))
    return rng.choice(
        (
            city + "市人民政府",
            upper + "人民政府",
            rng.choice((city + "市", upper)) + "人民政府办公室",
            city + "市" + rng.choice(_BUREAUS),
            upper + rng.choice(_BUREAUS),
            upper + rng.choice(_BUREAUS),
            upper + rng.choice(_BUREAUS),
            rng.choice(("", county)) + town + rng.choice(("镇", "乡")) + "人民政府",
            town + rng.choice(("镇", "乡")),
            county + town + "街道办事处",
            city + rng.choice(("经济技术开发区", "高新技术产业开发区", "新区")) + rng.choice(("管理委员会", "管委会")),
        )
    )


def random_year(rng: random.Random, edition: str) -> int:
    """A year that the edition serves, seldom one in which offices used the older form though a new one was out."""
    if edition == "2021":
        return rng.randint(2021, 2026)
    return rng.choice((2019, 2020, 2019, 2020, 2020, 2021, 2022)) if rng.random() < 0.3 else rng.choice((2019, 2020))


def random_title(rng: random.Random, organ: str, year: int) -> str:
    """The title in one of the orders that offices print."""
    return rng.choices(
        (
            f"{organ}{year}年政府信息公开工作年度报告",
            f"{organ}{year}年度政府信息公开工作年度报告",
            f"{organ} {year} 年政府信息公开工作年度报告",
            f"{organ}政府信息公开工作{year}年度报告",
            f"{year}年度{organ}政府信息公开工作年度报告",
            f"{year}年{organ}政府信息公开工作年度报告",
        ),
        (6, 3, 2, 1, 1, 1),
    )[0]


def _count(rng: random.Random, scale: int, zero: float = 0.5) -> int:
    """A count: often nothing, else spread over the orders of magnitude up to ``scale``."""
    if scale == 0 or rng.random() < zero:
        return 0
    return max(1, int(scale ** rng.random() * rng.uniform(0.3, 1.0)))


def random_figures(rng: random.Random, edition: str) -> dict[str, Number]:
    """Every figure of an edition, all identities kept."""
    values: dict[str, Number] = dict.fromkeys(form.keys(edition), 0)
    _fill_proactive(rng, edition, values, rng.choice((0, 30, 3_000, 200_000, 9_000_000)))
    scale = rng.choices((0, 5, 40, 600, 20_000), (2, 3, 4, 3, 1))[0]
    for party, share in zip(form.PARTIES, (1.0, 0.25, 0.01, 0.05, 0.08, 0.03), strict=True):
        size = int(scale * share)
        for row in form.results(edition):
            values[f"applications.{row}.{party}"] = _count(rng, size, 0.55 if party == "natural_person" else 0.85)
        values[f"applications.carried_over.{party}"] = _count(rng, size // 3, 0.6)
        values[f"applications.carried_in.{party}"] = _count(rng, size // 3, 0.6)
    for group in form.REMEDIES:
        size = rng.choice((0, 0, 3, 20, 400))
        for outcome in form.OUTCOMES:
            values[f"remedies.{group}.{outcome}"] = _count(rng, size, 0.4)
    add_up(values, edition)
    return values


def add_up(values: dict[str, Number], edition: str) -> None:
    """Make every identity hold: a total is the sum of its parts; what came in was dealt with or carried on."""
    for party in form.PARTIES:
        total = sum(values[f"applications.{row}.{party}"] for row in form.results(edition))
        due = total + values[f"applications.carried_over.{party}"]
        carried = min(values[f"applications.carried_in.{party}"], due)
        values[f"applications.total.{party}"] = total
        values[f"applications.carried_in.{party}"] = carried
        values[f"applications.received.{party}"] = due - carried
    for row in form.ROWS[edition]:
        values[f"applications.{row.key}.total"] = sum(values[f"applications.{row.key}.{p}"] for p in form.PARTIES)
    for group in form.REMEDIES:
        values[f"remedies.{group}.total"] = sum(
            values[f"remedies.{group}.{outcome}"] for outcome in form.OUTCOMES if outcome != "total"
        )


def _fill_proactive(rng: random.Random, edition: str, values: dict[str, Number], scale: int) -> None:
    for key in form.strip_keys(edition):
        values[key] = _count(rng, scale, 0.35)
        if ".rules." in key:
            values[key] = _count(rng, 12, 0.85)
        elif ".normative_documents." in key:
            values[key] = _count(rng, min(scale, 600), 0.3)
        elif form.is_change(key):
            values[key] = _count(rng, min(scale, 300)) * rng.choice((1, 1, -1))
        elif key.endswith(".previous"):
            values[key] = _count(rng, min(scale, 2_000), 0.4)
        elif key == "proactive.fees":
            values[key] = _money(rng, scale, 4)
        elif key == "proactive.procurement.items":
            values[key] = _count(rng, min(scale, 200))
        elif key == "proactive.procurement.amount":
            values[key] = 0 if values["proactive.procurement.items"] == 0 else _money(rng, scale * 50 + 9_000, 2)


def _money(rng: random.Random, scale: int, places: int) -> Number:
    whole = _count(rng, scale)
    digits = rng.choice((0, 0, 1, 2, places))
    if not whole or not digits:
        return whole
    amount = Decimal(whole) + Decimal(rng.randint(1, 10**digits - 1)) / 10**digits
    return int(amount) if amount == amount.to_integral_value() else amount


def break_figures(rng: random.Random, edition: str, values: dict[str, Number | None]) -> tuple[str, ...]:
    """Change one to three figures that stand in an identity, in the ways in which clerks slip."""
    pool = form.application_keys(edition) + form.remedy_keys()
    broken = []
    for key in rng.sample(pool, rng.choice((1, 1, 1, 2, 2, 3))):
        old = int(values[key] or 0)
        slips = {old + 1, max(old - 1, 0), old * 10, old + 10, rng.randint(0, 2 * old + 2), int(str(old)[::-1]), 0}
        values[key] = rng.choice(sorted(slips - {old}))
        broken.append(key)
    return tuple(broken)


def blank_out(rng: random.Random, edition: str, values: dict[str, Number | None]) -> dict[str, str]:
    """Empty some cells, changing ``values``; what stands there instead is returned, no entry for a blank."""
    marks: dict[str, str] = {}
    zeros = [key for key, value in values.items() if value == 0]
    kinds = ("none", "rules", "few", "zeros", "marked", "totals", "no totals")
    match rng.choices(kinds, (28, 4, 4, 2, 2, 2, 1))[0]:
        case "rules":
            chosen = [key for key in zeros if ".rules." in key]
            mark = rng.choice((*MARKS, "", "本单位无规章制定权"))
        case "few":
            chosen, mark = rng.sample(zeros, min(len(zeros), rng.randint(1, 6))), rng.choice(("", *MARKS))
        case "zeros":
            chosen, mark = zeros, ""
        case "marked":
            chosen, mark = [key for key in zeros if key.startswith("proactive")], rng.choice(MARKS)
        case "totals":
            chosen = [k for k in form.application_keys(edition) if not k.endswith(".total")]
            mark = ""
        case "no totals":
            totals = [k for k in form.application_keys(edition) if k.endswith(".total")]
            chosen, mark = rng.sample(totals, len(totals) - 4), ""
        case _:
            chosen, mark = [], ""
    for key in chosen:
        values[key] = None
        if mark:
            marks[key] = mark
    return marks
