"""Numbers of letters: hexagonal brackets, no zeros in front, whatever an office sets is checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.letters import DEFAULT_NUMBERING, LettersError, letter_number, numbering_problems


def number(template=DEFAULT_NUMBERING, **changed):
    parts = {"code": "青教", "kind": "公复", "year": 2026, "serial": 12}
    return letter_number(template, **(parts | changed))


def test_the_usual_number():
    assert number() == "青教公复〔2026〕12号"
    assert number(serial=7, suffix="补") == "青教公复〔2026〕7号-补"


def test_an_office_may_add_words_or_leave_out_the_kind():
    assert number("〔{年份}〕第{序号}号-回") == "〔2026〕第12号-回"
    assert number("{机关代字}〔{年份}〕{序号}号") == "青教〔2026〕12号"


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{机关代字}[{年份}]{序号}号", "六角括号"),
        ("{机关代字}（{年份}）{序号}号", "六角括号"),
        ("{机关代字}【{年份}】{序号}号", "六角括号"),
        ("{机关代字}{年份}年{序号}号", "六角括号"),
        ("{机关代字}〔{年份}〕{序号:04}号", "序号不补零"),
        ("{机关代字}〔{年份}〕{序号!r}号", "不写格式"),
        ("{机关代字}〔{年份}〕0{序号}号", "补位的 0"),
        ("{机关代字}〔{年份}〕号", "{序号} 应当出现一次"),
        ("{机关代字}{序号}号", "{年份} 应当出现一次"),
        ("{机关代字}〔{年份}〕{序号}{序号}号", "{序号} 应当出现一次"),
        ("{机关代字}{机关代字}〔{年份}〕{序号}号", "{机关代字} 只能出现一次"),
        ("{机关}〔{年份}〕{序号}号", "不认识 {机关}"),
        ("{机关代字.__class__}〔{年份}〕{序号}号", "不认识 {机关代字.__class__}"),
        ("{}〔{年份}〕{序号}号", "不认识 {}"),
        ("{机关代字〔{年份}〕{序号}号", "不成对"),
        ("{机关代字} 〔{年份}〕{序号}号", "不能有空格"),
        ("../{机关代字}〔{年份}〕{序号}号", "不能有空格"),
        ("甲" * 60 + "〔{年份}〕{序号}号", "不能超过 60 个字"),
    ],
)
def test_a_template_that_would_spoil_numbers_is_refused_with_the_reason(template, why):
    assert any(why in problem for problem in numbering_problems(template))
    with pytest.raises(LettersError):
        number(template)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"code": ""}, "还没有设定机关代字"),
        ({"code": "青 教"}, "机关代字“青 教”"),
        ({"kind": "公/复"}, "文种“公/复”"),
        ({"suffix": "补\n"}, "后缀"),
        ({"year": 26}, "年份应当是四位数"),
        ({"serial": 0}, "从 1 起"),
        ({"serial": True}, "从 1 起"),
    ],
)
def test_a_part_that_would_spoil_the_number_is_refused(changed, why):
    with pytest.raises(LettersError, match=why):
        number(**changed)


def test_a_suffix_needs_its_place_in_the_template():
    with pytest.raises(LettersError, match=r"没有 \{后缀\}"):
        number("{机关代字}〔{年份}〕{序号}号", suffix="补")


@given(st.integers(1, 10**6), st.integers(1949, 9999))
def test_serial_and_year_stand_in_the_number_as_they_are(serial, year):
    assert number(serial=serial, year=year) == f"青教公复〔{year}〕{serial}号"


@given(st.text(max_size=40))
def test_any_text_as_template_is_judged_without_failing(template):
    if not numbering_problems(template):
        assert "〔2026〕" in number(template)
