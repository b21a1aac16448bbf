"""Title, organ, year, introduction and the six sections, however a page prints them."""

import pytest

from gongkai.reading import read
from gongkai.reading.naming import full_name, named, year_of_text

SIX = [
    ("一、总体情况", "我局按《条例》做好公开工作。"),
    ("二、主动公开政府信息情况", ""),
    ("三、收到和处理政府信息公开申请情况", ""),
    ("四、政府信息公开行政复议、行政诉讼情况", ""),
    ("五、存在的主要问题及改进情况", "栏目更新不够及时，将加强督促。"),
    ("六、其他需要报告的事项", "本年度未收取信息处理费。"),
]


def page(
    title="某市财政局2023年政府信息公开工作年度报告", introduction="根据《条例》编制本报告。", sections=SIX, before=""
):
    lines = [before, title, introduction, *(part for section in sections for part in section)]
    return "\n".join(filter(None, lines)).encode()


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("某市财政局2023年度政府信息公开工作年度报告", "某市财政局", 2023),
        ("2023年某市财政局政府信息公开工作年度报告", "某市财政局", 2023),
        ("某市财政局 2024 年政府信息公开工作年度报告", "某市财政局", 2024),
        ("某区政府信息公开工作2022年度报告", "某区", 2022),
        ("某乡人民政府2019年度政府信息公开年度工作报告", "某乡人民政府", 2019),
        ("某县民政局2021年信息公开工作年度报告", "某县民政局", 2021),
        ("某局二〇二三年政府信息公开工作年度报告", "某局", 2023),
        ("2023年政府信息公开工作年度报告", None, 2023),
    ],
)
def test_a_title_names_organ_and_year(title, organ, year):
    assert named(title) == (organ, year)


@pytest.mark.parametrize("text", ["某县召开年报编制部署会", "关于做好年度报告编制的通知要求各单位", "政府信息公开指南"])
def test_other_texts_are_no_title(text):
    assert named(text) is None


def test_the_six_sections_and_the_introduction_are_read():
    report = read("报告.txt", page()).report
    assert report.title == "某市财政局2023年政府信息公开工作年度报告"
    assert report.introduction == "根据《条例》编制本报告。"
    assert report.sections["overview"] == "我局按《条例》做好公开工作。"
    assert report.sections["other_matters"] == "本年度未收取信息处理费。"
    assert list(report.sections) == ["overview", "proactive", "applications", "remedies", "problems", "other_matters"]


def test_a_title_over_two_lines_is_one():
    report = read("报告.txt", page(title="某市财政局\n2023年政府信息公开工作年度报告")).report
    assert (report.organ, report.year) == ("某市财政局", 2023)


def test_navigation_before_the_title_is_passed_over():
    report = read("报告.txt", page(before="您的位置：首页 > 政务公开 > 政府信息公开年报\n网站支持IPv6")).report
    assert report.organ == "某市财政局"
    assert report.introduction == "根据《条例》编制本报告。"


def test_a_table_of_contents_is_not_taken_for_the_sections():
    contents = "\n".join(heading for heading, _ in SIX)
    report = read("报告.txt", page(introduction=f"根据《条例》编制本报告。\n目录\n{contents}")).report
    assert report.sections["problems"] == "栏目更新不够及时，将加强督促。"


@pytest.mark.parametrize("number", ["2、", "（二）", "二、 ", "二."])
def test_sections_are_found_whatever_their_numbering(number):
    sections = [SIX[0], (f"{number}主动公开政府信息情况", "二的正文。"), *SIX[2:]]
    assert read("报告.txt", page(sections=sections)).report.sections["proactive"] == "二的正文。"


def test_the_parts_of_section_one_are_its_inner_headings():
    sections = [("一、总体情况", "（一）主动公开。发布信息。\n（二）依申请公开\n收到申请。"), *SIX[1:]]
    headings = read("报告.txt", page(sections=sections)).headings
    assert [(h.number, h.text) for h in headings if h.level == 2] == [("（一）", "主动公开"), ("（二）", "依申请公开")]


def test_the_year_comes_from_the_statistical_period_where_no_title_tells():
    assert year_of_text("数据统计期限为2022年1月1日至2022年12月31日。", "") == 2022
    assert year_of_text("", "2021年，我局认真贯彻；与2020年相比有进步。2021年全年无申请。") == 2021


def test_a_district_is_given_its_city_where_the_introduction_has_it():
    assert full_name("某湖区人民政府", "本报告由江某市某湖区人民政府办公室编制。") == "江某市某湖区人民政府"
    assert full_name("某市某湖区人民政府", "本报告由某市某湖区人民政府编制。") == "某市某湖区人民政府"
    assert full_name("某湖区人民政府", "本报告由某湖区人民政府编制。") == "某湖区人民政府"


def test_without_a_title_the_organ_is_the_one_whose_report_the_introduction_says_it_is():
    text = "根据《条例》要求，特编制某市某县地方志办公室2023年政府信息公开工作年度报告。"
    report = read("报告.txt", page(title="", introduction=text)).report
    assert (report.title, report.organ, report.year) == (None, "某市某县地方志办公室", 2023)
    assert (
        read("报告.txt", page(title="", introduction="现公布我局2023年政府信息公开工作年度报告。")).report.organ is None
    )


def test_what_is_no_annual_report_is_said_to_be_none():
    reading = read("通知.txt", "关于召开会议的通知\n请各单位准时参加。".encode())
    assert reading.report.values == {}
    assert reading.report.edition is None
    assert [finding.code for finding in reading.findings] == ["not-a-report"]


def test_a_report_of_an_older_format_is_said_to_be_one():
    text = "某镇2016年政府信息公开工作年度报告\n一、概述\n本镇做好公开。\n二、主动公开信息100条\n"
    reading = read("旧.txt", text.encode())
    assert [finding.code for finding in reading.findings] == ["older-format"]
