"""What a report must say, and how long its first section is."""

from dataclasses import replace

import pytest

from gongkai.law import LawError
from gongkai.narrative import Facts, Medium, Shortcoming, missing_points, overview_length, required_points
from gongkai.narrative.required import parse_points
from gongkai.report import Report, load_form

from .samples import FACTS, FIGURES, report_and_ties

REPORT, _ = report_and_ties()
GOVERNMENT = {"appraisal", "public_rating", "accountability"}


def missing(report, facts=None, government=False):
    return {point.key for point in missing_points(report, facts, government)}


def with_section(key, text):
    return replace(REPORT, sections={**REPORT.sections, key: text})


def test_a_composed_report_of_an_office_says_what_it_must():
    assert missing(REPORT) == set()


def test_a_government_must_tell_of_appraisal_rating_and_accountability():
    assert missing(REPORT, government=True) == GOVERNMENT
    told = "考核方面，结果良好。社会评议满意。没有责任追究的情形。"
    assert missing(with_section("overview", REPORT.sections["overview"] + told), government=True) == set()
    assert {point.article for point in required_points() if point.government} == {"政府信息公开条例 第五十条第（四）项"}


def test_an_empty_report_says_nothing_of_it():
    empty = Report(year=2025, edition="2021", values=dict.fromkeys(load_form("2021").cells))
    assert missing(empty, government=True) == {point.key for point in required_points()}


def test_what_was_entered_counts_as_long_as_nothing_is_written():
    empty = Report(year=2025, edition="2021", values=FIGURES.values)
    facts = Facts({"appraisal": "合格", "trainings": 2, "processing_fee": 0}, (Medium("website", 3),))
    assert missing(empty, facts, True) == {
        "basis", "period", "contact", "applications", "management", "public_rating", "accountability",
        "problems", "improvements", "previous_problems",
    }  # fmt: skip
    told = replace(facts, shortcomings=(Shortcoming("更新慢", "按月通报"),))
    assert {"problems", "improvements"}.isdisjoint(missing(empty, told))
    assert "fees" in missing(with_section("other_matters", "没有其他事项。"), FACTS)


def test_a_place_to_be_filled_in_says_nothing():
    text = REPORT.sections["overview"].split("（五）")[0] + "（五）监督保障\n【请补写2025年“监督保障”的情况。】"
    assert missing(with_section("overview", text)) == {"supervision"}
    assert missing(with_section("other_matters", "【请写明收取信息处理费的情况。】")) == {"fees"}


def test_a_part_without_its_heading_is_missing_where_the_others_have_theirs():
    text = "（一）主动公开\n发布120条。\n（二）依申请公开\n全部按期答复。\n（三）政府信息管理\n逐件审查。\n（五）监督保障\n开展培训。"
    assert missing(with_section("overview", text)) == {"platform"}


def test_a_heading_that_runs_into_its_text_holds_it():
    text = REPORT.sections["overview"].replace("（三）政府信息管理\n", "（三）政府信息管理。")
    assert missing(with_section("overview", text)) == set()
    assert missing(with_section("overview", text.split("（三）")[0] + "（三）政府信息管理。")) == {
        "management", "platform", "supervision",
    }  # fmt: skip


def test_a_text_without_headings_is_known_by_its_words():
    text = "本机关主动公开信息，办理依申请公开，加强信息管理，建设公开平台，组织培训。"
    assert missing(with_section("overview", text)) == set()
    assert missing(with_section("overview", "本机关主动公开信息。")) == {
        "applications", "management", "platform", "supervision",
    }  # fmt: skip


def test_last_years_problems_are_to_be_answered():
    assert missing(with_section("problems", "解读形式单一的问题仍然存在，下一步改进。")) == {"previous_problems"}
    assert missing(with_section("problems", "2024年报告所列问题已经改进。")) == set()


def test_fees_are_asked_of_reports_from_2021_on():
    old = replace(REPORT, year=2020, sections={**REPORT.sections, "other_matters": "无。"})
    assert "fees" not in missing(old)


def test_a_table_without_any_figure_is_missing():
    blank = {key: None for key in REPORT.values if key.startswith("remedies.")}
    assert missing(replace(REPORT, values={**REPORT.values, **blank})) == {"remedies_table"}


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("主动公开。", 5),
        ("2025年，新收12件。", 8),
        ("见www.example.gov.cn 首页\n（一）", 7),
        ("API 接口", 3),
        ("全年公开【请补写】3条", 6),
    ],
)
def test_characters_are_counted_as_word_counts_them(text, length):
    """2025、12、每一串字母数字各算一个字，汉字和全角标点各算一个字。"""
    assert overview_length(Report(sections={"overview": text})) == length


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ("", "telling"),
        ("telling=['甲']\nfacts=['gone']", "gone"),
        ("telling=['甲']\ntable=true", "telling"),
        ("telling=['甲']\ncolour='red'", "colour"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(more, word):
    text = f"[[points]]\nkey='a'\nsection='overview'\nlabel='甲'\nask='乙'\narticle='丙'\n{more}"
    with pytest.raises(LawError, match=r"points\[0\].*" + word):
        parse_points(text, "required.toml")
