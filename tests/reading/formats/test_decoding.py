"""Bytes to text: every encoding in which offices publish, whatever the page claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.formats.decoding import decode

TEXT = "杭州市2023年度政府信息公开工作年度报告\n一、总体情况\n收到申请28件。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_each_encoding_is_told_without_being_named(encoding):
    assert decode(TEXT.encode(encoding)) == (TEXT, ())


def test_a_wrong_claim_does_not_spoil_utf8():
    page = f'<meta charset="gb2312"><p>{TEXT}</p>'
    assert decode(page.encode())[0] == page


def test_big5_is_told_by_its_words():
    text = "政府資訊公開年度報告\n本年度工作情形\n"
    assert decode(text.encode("big5")) == (text, ())


def test_damaged_utf8_stays_utf8_and_the_damage_is_told():
    data = (TEXT * 5).encode()
    text, problems = decode(data[:40] + b"\xff" + data[40:-2])
    assert "总体情况" in text
    assert "收到申请28件" in text
    assert len(problems) == 1
    assert problems[0].endswith("。")


def test_control_characters_and_marks_inside_are_left_out():
    assert decode("总\x00计\x0b\ufeff28\n".encode())[0] == "总计28\n"


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(data):
    text, problems = decode(data)
    assert isinstance(text, str)
    assert all(problem.endswith("。") for problem in problems)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_utf8_text_of_chinese_characters_comes_back(text):
    assert decode(text.encode()) == (text, ())
