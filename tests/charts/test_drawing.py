"""A chart is a picture that is told in words too, without script or style, and each bar is as long as its figure."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from gongkai.charts import (
    Chart,
    Group,
    draw,
    outcome_chart,
    outcome_years_chart,
    remedy_chart,
    remedy_years_chart,
    years_chart,
)
from gongkai.charts.chart import single
from gongkai.report.form import load_form
from gongkai.report.report import Report

SVG = "{http://www.w3.org/2000/svg}"


def _bars(drawn):
    return list(ElementTree.fromstring(drawn).iter(f"{SVG}rect"))


def test_it_is_an_image_with_a_title_and_all_its_figures_in_words():
    drawn = ElementTree.fromstring(
        draw(single("x", "办理结果", "结果", [("予以公开", 6), ("部分公开", 2)], shares=True))
    )
    assert drawn.get("role") == "img"
    named = {one.get("id"): one.text for one in drawn.iter() if one.get("id")}
    told = [named[name] for name in drawn.get("aria-labelledby").split()]
    assert told == ["办理结果", "办理结果。予以公开6 件，占75.0%；部分公开2 件，占25.0%。"]


def test_it_brings_neither_style_nor_script():
    drawn = draw(_many())
    assert not re.search(r"style|<script|\son\w+=|href", drawn)


def test_a_bar_is_as_long_as_its_figure():
    first, second = _bars(draw(single("x", "甲", "乙", [("a", 40), ("b", 10)])))
    assert abs(float(first.get("width")) / float(second.get("width")) - 4) < 0.05


def test_nought_and_nothing_have_no_bar_and_are_told_apart():
    drawn = draw(single("x", "甲", "乙", [("a", 0), ("b", None)]))
    texts = [one.text for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")]
    assert _bars(drawn) == [] and texts == ["a", "0", "b", "没有数据"]


def test_series_are_told_apart_by_pattern_and_named():
    drawn = draw(_many())
    fills = [one.get("fill") for one in _bars(drawn) if (one.get("fill") or "").startswith("url(")]
    assert len(set(fills)) == 3
    assert all(f'id="{fill[5:-1]}"' in drawn for fill in fills)


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6), st.integers(0, 10**7))
def test_whatever_is_written_in_it_it_is_well_formed_and_within_its_frame(labels, most):
    labels = [re.sub(r"[^\u4e00-\u9fff a-z<>&\"]", "字", one) for one in labels]
    drawn = ElementTree.fromstring(
        draw(single("x", "<&>", "乙", [(one, most - n) for n, one in enumerate(labels) if most >= n]))
    )
    width = float(drawn.get("viewBox").split()[2])
    assert all(float(one.get("x")) + float(one.get("width")) <= width for one in drawn.iter(f"{SVG}rect"))


def test_a_year_is_told_in_the_groups_of_the_form():
    values = dict.fromkeys(load_form("2021").cells, 0)
    values |= {
        "applications.disclosed.total": 4,
        "applications.withheld_state_secret.total": 1,
        "applications.withheld_inquiry.total": 2,
    }
    chart = outcome_chart(Report(organ="甲局", year=2025, edition="2021", values=values))
    assert [(one.label, one.values[0]) for one in chart.groups] == [
        ("予以公开", 4), ("部分公开", 0), ("不予公开", 3), ("无法提供", 0), ("不予处理", 0), ("其他处理", 0),
    ]  # fmt: skip


def test_years_and_remedies_take_the_published_figures():
    reports = [Report(year=year, edition="2021", values={"applications.received.total": year}) for year in (2024, 2025)]
    chart = years_chart(reports)
    assert [(one.label, one.values) for one in chart.groups] == [
        ("2024年", (2024, None, None, None)), ("2025年", (2025, None, None, None)),
    ]  # fmt: skip
    assert remedy_chart(reports[0]).series == ("结果维持", "结果纠正", "其他结果", "尚未审结")


def test_the_mix_of_outcomes_is_told_year_by_year_as_shares_of_its_year():
    given = ({"disclosed": 3, "partly_disclosed": 1}, {"disclosed": 5, "withheld_inquiry": 2, "other": 3}, {})
    reports = [
        Report(
            year=year,
            edition="2021",
            values={f"applications.{row}.total": number for row, number in ({**_NONE, **rows} if rows else {}).items()},
        )
        for year, rows in zip((2023, 2024, 2025), given, strict=True)
    ]
    chart = outcome_years_chart(reports)
    assert chart.series == ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")
    assert [one["values"] for one in chart.rows] == [
        ["3（75.0%）", "1（25.0%）", "0", "0", "0", "0"],
        ["5（50.0%）", "0", "2（20.0%）", "0", "0", "3（30.0%）"],
        ["没有数据"] * 6,
    ]
    assert "2023年：予以公开3（75.0%）、部分公开1（25.0%）" in chart.described
    drawn = draw(chart)
    texts = [one.text for one in ElementTree.fromstring(drawn).iter(f"{SVG}text")]
    assert texts[:6] == list(chart.series)
    assert texts[6:] == [
        "2023年（4 件）",
        "75.0%",
        "25.0%",
        "2024年（10 件）",
        "50.0%",
        "20.0%",
        "30.0%",
        "2025年（没有数据）",
    ]


def test_the_parts_of_a_stacked_bar_fill_it_and_each_has_a_pattern_of_its_own():
    drawn = draw(
        Chart("s", "甲", "年度", tuple("甲乙丙丁戊己"), (Group("2025年", (1, 2, 3, 0, None, 4)),), stacked=True)
    )
    bars = [one for one in _bars(drawn) if one.get("fill") != "#ffffff" and float(one.get("y")) > 30]
    widths = [float(one.get("width")) for one in bars]
    assert [round(one / sum(widths), 2) for one in widths] == [0.1, 0.2, 0.3, 0.4]
    ends = [float(one.get("x")) + float(one.get("width")) for one in bars]
    assert all(abs(end - float(one.get("x"))) < 0.2 for end, one in zip(ends, bars[1:], strict=False))
    assert len({one.get("fill") for one in bars}) == 4


def test_remedies_are_told_year_by_year_with_what_was_put_right():
    reports = [
        Report(
            year=2024,
            edition="2021",
            values={"remedies.reconsideration.total": 4, "remedies.reconsideration.corrected": 1},
        ),
        Report(
            year=2025,
            edition="2021",
            values={
                "remedies.reconsideration.total": 2,
                "remedies.litigation_direct.total": 3,
                "remedies.litigation_after_reconsideration.total": 1,
                "remedies.litigation_direct.corrected": 2,
            },
        ),
    ]
    chart = remedy_years_chart(reports)
    assert chart.series == ("行政复议", "行政诉讼", "结果纠正")
    assert [one.values for one in chart.groups] == [(4, None, 1), (2, 4, 2)]


_NONE = {row.key: 0 for row in load_form("2021").table("applications").blocks[0].rows if row.result}


def _many():
    return Chart(
        "m", "四项", "年度", ("甲", "乙", "丙", "丁"), (Group("2024年", (1, 2, 3, 4)), Group("2025年", (4, 3, 2, 1)))
    )
