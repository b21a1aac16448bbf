"""Instruments are loaded strictly, with what the official texts say of themselves."""

from datetime import date

import pytest

from gongkai.law.instruments import instrument, parse_instruments
from gongkai.law.terms import LawError

ENTRY = '[[instruments]]\nkey = "a"\nname = "某办法"\nnumber = "某函〔2020〕1号"\nin_force_since = 2020-01-01\n'


def test_the_regulations_are_order_711_in_force_since_15_may_2019_by_article_56():
    regulations = instrument("regulations")
    assert regulations.cited == "政府信息公开条例（国务院令第711号）"
    assert (regulations.ordinal, regulations.in_force_since) == (711, date(2019, 5, 15))
    assert regulations.article == "第五十六条"
    assert not regulations.mark


def test_what_was_not_checked_against_the_text_says_so():
    assert instrument("processing_fees").mark == instrument("regulations_first").mark == "memory"


def test_an_instrument_without_a_short_name_is_cited_by_its_name():
    assert parse_instruments(ENTRY, "x.toml")["a"].cited == "某办法（某函〔2020〕1号）"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENTRY.replace('name = "某办法"\n', ""), "缺少 name"),
        (ENTRY + 'since = "2020"\n', "不认识 since"),
        (ENTRY + "short = 1\n", "short 应当是文字"),
        (ENTRY.replace("2020-01-01", '"2020-01-01"'), "in_force_since 应当是日期"),
        (ENTRY.replace("2020-01-01", "2020-01-01T00:00:00"), "in_force_since 应当是日期"),
        (ENTRY + 'mark = "perhaps"\n', "不认识 mark“perhaps”"),
        (ENTRY.replace("1号", "甲"), "没有序号"),
        (ENTRY + ENTRY, r"instruments\[1\]：“a”重复"),
        ("[[laws]]\n", "顶层应当是 instruments"),
        ("key =", "不是有效的 TOML"),
    ],
)
def test_a_wrong_record_fails_with_file_and_reason(text, why):
    with pytest.raises(LawError, match=rf"x\.toml：.*{why}"):
        parse_instruments(text, "x.toml")
