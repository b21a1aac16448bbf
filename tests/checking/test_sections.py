"""Rules of sections five and six."""

import pytest

from .builders import PROBLEMS, codes, make_report, only, run


def test_a_report_without_fault_has_no_finding_of_the_sections():
    assert codes(make_report(), family="sections") == []


@pytest.mark.parametrize("text", ["", "无。", "进一步加强公开力度。"])
def test_section_five_without_substance_is_a_warning(text):
    assert only(run(make_report(sections={"problems": text})), "problems-empty").severity == "warning"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("无。", "note"),
        ("无其他需要报告的事项。", "note"),
        ("本单位2023年没有其他需要报告的事项。", "note"),
        ("", "warning"),
        ("本年组织政府开放日活动三次，邀请代表参加，并听取对政务公开工作的意见建议。", "warning"),
    ],
)
def test_section_six_silent_on_fees(text, severity):
    assert only(run(make_report(sections={"other_matters": text})), "fees-unmentioned").severity == severity


@pytest.mark.parametrize(
    "text", ["未收取信息处理费。", "依据管理办法收取信息公开处理费400元。", "未收取政府信息公开相关费用。"]
)
def test_section_six_that_tells_of_fees_is_right(text):
    assert "fees-unmentioned" not in codes(make_report(sections={"other_matters": text}))


def test_fees_were_not_to_be_told_before_2021():
    report = make_report(edition="2019", year=2020, sections={"other_matters": "开展培训三次，发布信息。"})
    assert "fees-unmentioned" not in codes(report)


def test_section_five_of_last_year_is_a_warning_with_its_share():
    last = make_report(year=2022, sections={"problems": PROBLEMS})
    assert "100%" in only(run(make_report(), previous=last), "problems-unchanged").message


def test_a_report_that_is_not_last_years_is_not_compared_with():
    """previous-year says that nothing is compared, so nothing is."""
    assert "problems-unchanged" not in codes(make_report(year=2023), previous=make_report(year=2021))


def test_another_section_five_is_right():
    other = "存在的主要不足是：公开专栏分类较粗，群众查找不便；答复文书的说理部分过于简略。已重新设置专栏并开展评查。"
    last = make_report(year=2022, sections={"problems": other})
    assert "problems-unchanged" not in codes(make_report(), previous=last)
