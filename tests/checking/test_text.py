"""Rules of the text: doubled words and marks, brackets, dates and years, marks of the word processor."""

import pytest

from .builders import OVERVIEW, codes, make_reading, make_report, only, run


def saying(sentence, **changes):
    """A report whose section one holds this sentence."""
    return make_report(sections={"overview": f"{OVERVIEW}\n{sentence}"}, **changes)


def test_a_text_without_fault_has_no_finding():
    assert codes(make_reading(), family="text") == []


@pytest.mark.parametrize("slip", ["全年共计共计374条。", "对专栏进行进行了调整。", "及时更新政府信息政府信息。"])
def test_a_doubled_word_is_found(slip):
    finding = only(run(saying(slip)), "doubled-words")
    assert finding.severity == "warning"
    assert "重复" in finding.message


@pytest.mark.parametrize(
    "fine",
    [
        "一件件一桩桩抓落实。",
        "一步一步推进。",
        "件件有回音，人人知政策。",
        "更新政务公开公开栏。",
        "明确信息公开工作工作人员。",
        "进一步规范规范性文件管理。",
        "认认真真、扎扎实实。",
        "种种原因，常常出现。",
        "非常非常重要。",
        "公开。公开栏",
        "培养研究研究生教育政策",
    ],
)
def test_lawful_reduplication_and_neighbours_are_not_doubled(fine):
    assert "doubled-words" not in codes(saying(fine))


@pytest.mark.parametrize("slip", ["各项工作开展情况。。", "发布信息，，更新栏目。", "已办结，。", "更新、，发布。"])
def test_doubled_punctuation_is_found_once(slip):
    finding = only(run(saying(slip)), "doubled-punctuation")
    assert "标点" in finding.message


@pytest.mark.parametrize("fine", ["等等……", "真好！！", "为什么？！", "甲——乙", "“公开。”随后，"])
def test_ordinary_punctuation_is_not_doubled(fine):
    assert "doubled-punctuation" not in codes(saying(fine))


def test_a_pair_of_brackets_of_two_widths_is_mixed():
    assert "括号" in only(run(saying("(一）主动公开情况。")), "mixed-brackets").message
    assert "unbalanced-brackets" not in codes(saying("(一）主动公开情况。"))


@pytest.mark.parametrize("slip", ["见《条例第五条。", "通过微讯”公众号。", "（以下简称条例。", "详见附件）。"])
def test_a_bracket_or_quotation_mark_alone_is_found(slip):
    assert only(run(saying(slip)), "unbalanced-brackets").severity == "warning"


@pytest.mark.parametrize(
    "fine",
    [
        "1）发布；2）更新。",
        "一）发布。",
        "（《条例》（国令第711号）规定）",
        "“政策‘公开讲’”",
        "〔2021〕30号",
        "(a) (b)",
    ],
)
def test_paired_brackets_and_list_numbers_are_right(fine):
    assert not {"mixed-brackets", "unbalanced-brackets"} & set(codes(saying(fine)))


@pytest.mark.parametrize(
    "period",
    [
        "2022年1月1日至2022年12月31日",
        "2023年1月1日至11月30日",
        "2023年1月1日起至2024年12月31日",
        "20231月1日至2023年12月31日",
        "20231月1日起，至2023年12月31日",
    ],
)
def test_another_period_of_statistics_is_found(period):
    finding = only(
        run(make_report(introduction=f"数据统计期限自{period}止。电话：0999-7654321。")), "statistics-period"
    )
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    "period",
    ["2023年1月1日至2023年12月31日", "2023年1月1日到12月31日", "2023 年 1 月 1 日起至\n2023 年 12 月 31 日"],
)
def test_the_year_of_the_report_is_the_period(period):
    report = make_report(introduction=f"本报告所列数据的统计期限自{period}止。电话：0999-7654321。")
    assert codes(report, family="text") == []


@pytest.mark.parametrize("slip", ["2032年，我局发布信息8条。", "2203年办理申请2件。", "2022年，我局开展培训两次。"])
def test_a_year_that_cannot_be_meant_is_found(slip):
    assert only(run(saying(slip)), "year-not-meant").severity == "warning"


@pytest.mark.parametrize(
    "fine",
    [
        "办结上年结转的2022年申请1件。",
        "2022年，收到申请3件，2023年收到5件。",
        "到2035年基本实现现代化。",
        "2024年，我局将继续做好工作。",
        "与2019年相比，增长两成。",
        "这座城市有2500年历史。",
    ],
)
def test_other_years_that_may_be_meant_are_right(fine):
    assert "year-not-meant" not in codes(saying(fine))


def test_a_title_of_another_year_than_the_text_is_found():
    text = "2023年，发布信息8条。2023年度，收到申请2件。2023年未发生诉讼。"
    report = make_report(year=2024, sections={"overview": text}, introduction="")
    assert "2024" in only(run(report), "title-year").message


def test_marks_of_a_word_processor_are_found_in_text_and_cells():
    assert "_GoBack" in only(run(saying("[bookmark: _GoBack]本年度，")), "stray-marks").message
    reading = make_reading(raw={"proactive.licences": "[bookmark: _GoBack]28"})
    assert "表二“行政许可”" in only(run(reading), "stray-marks").message


def test_the_name_of_the_regulation_and_the_numbers_of_the_notices():
    assert "regulation-name" in codes(saying("根据《中国人民共和国政府信息公开条例》"))
    assert "regulation-name" in codes(saying("按照国办公开办函〔2019〕60号的要求"))
    assert "regulation-name" not in codes(saying("按照国办公开办函〔2021〕30号和《中华人民共和国政府信息公开条例》"))
    assert "regulation-name" in codes(saying("《中华人民共和国政府信息公开条例》（国令第492号）"))


def test_full_width_digits_beside_half_width_ones_are_noted():
    assert only(run(saying("发布２３条，更新45条。")), "full-width-digits").severity == "note"
