"""Rules of the structure: title, headings, numbering, parts, introduction, leftovers of the template."""

import pytest

from .builders import OVERVIEW, codes, make_headings, make_reading, make_report, only, run

SIX = ["一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"]
SIX += ["四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"]


def test_a_report_without_fault_has_no_finding_of_the_structure():
    assert codes(make_reading(), family="structure") == []


def test_a_missing_title_is_named():
    finding = only(run(make_reading(make_report(title=None))), "title")
    assert finding.severity == "warning"
    assert "标题" in finding.message


def test_a_title_without_year_or_organ_says_what_is_lacking():
    finding = only(run(make_reading(make_report(title="政府信息公开工作年度报告", organ=None))), "title")
    assert "年份、机关名称" in finding.message


@pytest.mark.parametrize(
    "title",
    [
        "江州市财政局2023年度政府信息公开工作年度报告",
        "江州市财政局 2023 年\n政府信息公开工作年度报告",
        "江州市财政局政府信息公开工作2023年度报告",
        "2023年江州市财政局政府信息公开工作年度报告",
        "江州市財政局2023年度政府信息公開工作年度報告",
    ],
)
def test_ways_to_print_the_title_are_right(title):
    assert "title" not in codes(make_reading(make_report(title=title)))


def test_other_words_of_the_title_are_only_noted():
    title = "江州市财政局2023年政府信息公开年度工作报告"
    assert only(run(make_reading(make_report(title=title))), "title").severity == "note"


def test_a_missing_heading_is_a_warning_that_names_it():
    tops = [line for line in SIX if "五、" not in line]
    finding = only(run(make_reading(headings=make_headings(tops)), family="structure"), "heading-missing")
    assert "存在的主要问题及改进情况" in finding.message


def test_another_wording_is_a_note_that_gives_both():
    tops = [line.replace("存在的主要问题及改进情况", "存在问题及改进情况") for line in SIX]
    finding = only(run(make_reading(headings=make_headings(tops))), "heading-wording")
    assert finding.severity == "note"
    assert "“存在问题及改进情况”" in finding.message
    assert "“存在的主要问题及改进情况”" in finding.message


def test_another_order_and_a_doubled_heading_are_warnings():
    swapped = [SIX[0], SIX[2].replace("三", "二"), SIX[1].replace("二", "三"), *SIX[3:]]
    assert "heading-order" in codes(make_reading(headings=make_headings(swapped)))
    assert "heading-order" in codes(make_reading(headings=make_headings([*SIX, SIX[5]])))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({1: "2、主动公开政府信息情况"}, "形式不统一"),
        ({4: "六、存在的主要问题及改进情况", 5: "七、其他需要报告的事项"}, "跳号"),
        ({3: "三、政府信息公开行政复议、行政诉讼情况"}, "重号"),
        ({4: "一、存在的主要问题及改进情况", 5: "二、其他需要报告的事项"}, "重新从前面编号"),
    ],
)
def test_numbers_of_the_sections_that_mix_skip_or_restart(change, told):
    tops = [change.get(index, line) for index, line in enumerate(SIX)]
    finding = only(run(make_reading(headings=make_headings(tops))), "numbering")
    assert finding.severity == "warning"
    assert "编号" in finding.message
    assert told in finding.message


def test_another_style_throughout_is_only_noted():
    tops = [f"{number}、{line.partition('、')[2]}" for number, line in enumerate(SIX, 1)]
    assert only(run(make_reading(headings=make_headings(tops))), "numbering").severity == "note"


def test_a_right_number_after_a_missing_heading_is_not_skipped():
    tops = [line for line in SIX if "五、" not in line]
    assert "numbering" not in codes(make_reading(headings=make_headings(tops)))


def test_numbers_of_the_parts_that_mix_styles():
    parts = ["（一）主动公开", "（二）依申请公开", "（3）政府信息管理", "（4）政府信息公开平台建设", "（5）监督保障"]
    finding = only(run(make_reading(headings=make_headings(parts=parts))), "numbering")
    assert "“（一）”、“（3）”" in finding.message


def test_a_number_that_stands_in_running_text_is_not_skipped():
    parts = ["（一）主动公开", "（二）依申请公开", "（四）政府信息公开平台建设", "（五）监督保障"]
    assert "numbering" not in codes(make_reading(headings=make_headings(parts=parts)))
    without = make_report(sections={"overview": OVERVIEW.replace("（三）", "")})
    assert "numbering" in codes(make_reading(without, headings=make_headings(parts=parts)))


def test_half_and_full_width_numbers_are_one_style():
    parts = ["(一)主动公开", "（二）依申请公开", "（三）政府信息管理", "（四）平台建设", "（五）监督保障"]
    assert "numbering" not in codes(make_reading(headings=make_headings(parts=parts)))


def test_a_part_that_is_missing_beside_others_is_a_warning():
    parts = ["（一）主动公开", "（二）依申请公开", "（三）政府信息管理", "（四）平台建设"]
    finding = only(run(make_reading(headings=make_headings(parts=parts))), "parts-missing")
    assert finding.severity == "warning"
    assert "没有写监督保障" in finding.message


def test_parts_told_in_running_text_are_there():
    text = (
        "主动公开方面，发布信息8条。依申请公开方面，收到申请2件。政府信息管理上，逐件审查。"
        "平台建设上，优化专栏。监督保障上，开展培训。"
    )
    report = make_report(sections={"overview": text})
    assert "parts-missing" not in codes(make_reading(report, headings=make_headings(parts=[])))


@pytest.mark.parametrize(
    "left",
    [
        "（文字描述）",
        "该部分以表格形式报告",
        "表格如下：",
        "XX年",
        "××局",
        "____",
        "【请补写2023年“监督保障”的情况。】",
    ],
)
def test_instructions_of_the_template_are_found(left):
    report = make_report(sections={"overview": OVERVIEW + "\n" + left})
    assert only(run(report), "template-instructions").severity == "warning"


@pytest.mark.parametrize("fine", ["见下表", "XXL号", "二〇二三年", "具体数据以表格为准"])
def test_ordinary_words_are_no_instructions(fine):
    assert "template-instructions" not in codes(make_report(sections={"overview": OVERVIEW + "\n" + fine}))


SIX_NAMED = "、".join(line.partition("、")[2] for line in SIX)


def test_an_introduction_that_says_six_and_names_five_is_a_warning():
    intro = f"本报告由{SIX_NAMED.replace('总体情况、', '')}等六部分组成。"
    finding = only(run(make_reading(make_report(introduction=intro))), "introduction-announces")
    assert "6 个部分" in finding.message
    assert "5 个" in finding.message


@pytest.mark.parametrize(
    "intro",
    [
        f"本报告由{SIX_NAMED}等六个部分组成。",
        f"全文包括{SIX_NAMED}。",
        f"本报告由{SIX_NAMED.replace('情况、其他', '情况和其他')}组成。",
        f"本报告由{SIX_NAMED.replace('行政复议、行政诉讼', '行政复议和提起行政诉讼')}六部分组成。",
    ],
)
def test_an_introduction_that_names_all_six_is_right(intro):
    assert "introduction-announces" not in codes(make_reading(make_report(introduction=intro)))


def test_an_introduction_that_leaves_out_a_section_that_follows_is_a_warning():
    intro = f"本报告由{SIX_NAMED.replace('、其他需要报告的事项', '')}组成。"
    finding = only(run(make_reading(make_report(introduction=intro))), "introduction-announces")
    assert "其他需要报告的事项" in finding.message


def test_introduction_and_contact_are_only_noted():
    findings = run(make_reading(make_report(introduction="")), family="structure")
    assert {(finding.code, finding.severity) for finding in findings} == {
        ("introduction-missing", "note"),
        ("contact-missing", "note"),
    }
