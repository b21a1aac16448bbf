"""Hypothesis strategies of report values, for the laws of writing and reading back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from gongkai.report.report import Number, Report, whole

from . import form
from .model import MARKS, add_up

_NAMES = ("青澜", "云栖岭", "临溪", "望川", "白鹭洲", "松原坪", "永宁塘")
_KINDS = ("市", "区", "县")
_BODIES = (
    "人民政府", "人民政府办公室", "财政局", "教育局", "卫生健康局", "市场监督管理局", "司法局", "水利局",
    "石桥镇人民政府", "东岭乡人民政府", "北门街道办事处", "经济开发区管理委员会",
)  # fmt: skip
_WORDS = (
    "本机关", "全年", "通过门户网站", "公开信息", "共", "组织培训", "及时", "发布", "政策解读",
    "回应关切", "《条例》",     "“一件事”", "制度", "审核", "专栏", "2,300条", "12场次", "同比增长5.6%",
    "、", "，", "；", "（含转办）", "A & B", "<注>", "GB/T 9704", "龘", "：",
)  # fmt: skip


def organs() -> st.SearchStrategy[str]:
    """Invented names of organs of every kind."""
    return st.builds("{}{}{}".format, st.sampled_from(_NAMES), st.sampled_from(_KINDS), st.sampled_from(_BODIES))


def paragraphs(least: int = 0, most: int = 4) -> st.SearchStrategy[str]:
    """Text of plain paragraphs joined by a newline: no control characters, none empty, none like a heading."""
    words = st.lists(st.sampled_from(_WORDS), max_size=25).map("".join)
    one = words.map(lambda text: f"今年{text}。")
    return st.lists(one, min_size=least, max_size=most).map("\n".join)


@st.composite
def overviews(draw: st.DrawFn) -> str:
    """Section one: some paragraphs, then perhaps the five parts with their headings."""
    lines = [draw(paragraphs(1, 2))]
    if draw(st.booleans()):
        for numeral, part in zip(form.NUMERALS, form.PARTS, strict=False):
            lines += [f"（{numeral}）{part}情况", draw(paragraphs(1, 2))]
    return "\n".join(lines)


def counts() -> st.SearchStrategy[int]:
    """Mostly nothing, often small, seldom large: as the published tables are."""
    return st.one_of(st.just(0), st.integers(0, 30), st.integers(0, 9_999_999))


def amounts() -> st.SearchStrategy[Number]:
    """Money with at most four decimals, as ``int`` where it is whole."""
    return st.decimals(min_value=Decimal(0), max_value=Decimal(10**8), places=4).map(lambda d: whole(d.normalize()))


@st.composite
def numbers(draw: st.DrawFn, edition: str) -> dict[str, Number]:
    """Any figure of the right type in every cell of an edition; no identity needs to hold."""
    filled: dict[str, Number] = dict.fromkeys(form.keys(edition), 0)
    for key in draw(st.lists(st.sampled_from(form.keys(edition)), max_size=40, unique=True)):
        if form.is_amount(key):
            filled[key] = draw(amounts())
        else:
            filled[key] = draw(st.integers(-99_999, 99_999) if form.is_change(key) else counts())
    return filled


@st.composite
def reports(draw: st.DrawFn, edition: str | None = None, consistent: bool | None = None) -> Report:
    """Any complete report: both editions, consistent or not, with blank and marked cells, text in all six sections.

    Every cell of the edition has an entry in ``values``; all six keys stand in ``sections`` ("" for a section without
    text). With ``consistent`` the identities hold and no cell is blank.
    """
    edition = edition or draw(st.sampled_from(form.EDITIONS))
    organ = draw(organs())
    year = draw(st.integers(2021, 2030) if edition == "2021" else st.integers(2019, 2022))
    values: dict[str, Any] = draw(numbers(edition))
    marks: dict[str, str] = {}
    if consistent or (consistent is None and draw(st.booleans())):
        add_up(values, edition)
    if not consistent:
        for key in draw(st.lists(st.sampled_from(form.keys(edition)), max_size=12, unique=True)):
            values[key] = None
            if mark := draw(st.sampled_from(("", *MARKS))):
                marks[key] = mark
    return Report(
        organ=organ,
        year=year,
        edition=edition,
        title=f"{organ}{year}年政府信息公开工作年度报告",
        introduction=draw(paragraphs(0, 2)),
        values=values,
        marks=marks,
        sections={
            "overview": draw(overviews()),
            "proactive": draw(paragraphs(0, 1)),
            "applications": "",
            "remedies": "",
            "problems": draw(paragraphs(1, 3)),
            "other_matters": draw(st.one_of(st.just("无。"), paragraphs(1, 2))),
        },
    )
