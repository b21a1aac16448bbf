"""Values of a letter: Chinese names, dates without leading zeros, kinds that are checked."""

import datetime

import pytest

from gongkai.letters import LettersError, placeholders, sample_values
from gongkai.letters.context import parse_placeholders, prepared

ENTRY = '[[placeholders]]\nkey = "a"\nname = "甲"\ngroup = "组"\nnote = "说明"\nexample = "例"\n'


def test_values_come_out_under_their_chinese_names():
    assert prepared({"applicant": "王建国", "date": datetime.date(2026, 3, 9)}) == {
        "申请人": "王建国",
        "成文日期": "2026年3月9日",
    }


def test_what_is_none_or_blank_is_left_out():
    assert prepared({"applicant": " \n ", "attachments": None, "search_record": []}) == {}


def test_a_line_stays_one_line_and_a_text_keeps_its_paragraphs():
    found = prepared({"description": "甲\r\n  乙\t丙", "reasons": "一。\n\n  二。 \r\n　　三。"})
    assert found == {"申请内容": "甲 乙 丙", "理由": "一。\n二。\n三。"}


def test_control_characters_do_not_reach_the_document():
    assert prepared({"applicant": "王\x00\x07\x0b国\ud800"})["申请人"] == "王 国"


def test_rows_have_all_columns_by_their_chinese_names():
    row = {"division": "办公室", "on": datetime.date(2026, 11, 9)}
    assert prepared({"search_record": [row]})["检索记录"] == (
        {"检索部门": "办公室", "检索系统": "", "检索词": "", "检索时间": "2026年11月9日", "检索结果": ""},
    )


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"shoe_size": "42"}, "没有这样的内容项：shoe_size"),
        ({"applicant": 5}, "“申请人”应当是文字"),
        ({"date": 5}, "“成文日期”应当是日期或者文字"),
        ({"search_record": "办公室"}, "“检索记录”应当是一组行"),
        ({"search_record": [["办公室"]]}, "“检索记录”应当是一组行"),
        ({"search_record": [{"floor": "3"}]}, "“检索记录”没有这样的列：floor"),
        ({"search_record": [{"division": 3}]}, "“检索记录”的“检索部门”应当是文字或者日期"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(values, why):
    with pytest.raises(LettersError, match=why):
        prepared(values)


def test_every_placeholder_has_a_sample_of_its_kind_and_an_explanation():
    assert prepared(sample_values()).keys() == {one.name for one in placeholders().values()}
    assert all(one.note.endswith("。") for one in placeholders().values())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENTRY.replace('group = "组"\n', ""), "缺少 group"),
        (ENTRY + 'colour = "red"\n', "不认识 colour"),
        (ENTRY.replace('"甲"', '"甲 乙"'), "不能作占位符"),
        (ENTRY.replace('"甲"', "1"), "name 应当是文字"),
        (ENTRY + 'blank = "yes"\n', "blank 应当是"),
        (ENTRY + 'kind = "poem"\n', "不认识 kind“poem”"),
        (ENTRY + 'kind = "rows"\n', "要有 columns"),
        (ENTRY + 'kind = "rows"\ncolumns = { a = "乙" }\n', "与各列对应"),
        (ENTRY.replace('"例"', "1"), "example 应当是文字"),
        (ENTRY + ENTRY, r"placeholders\[1\]：.*重复"),
        (ENTRY + ENTRY.replace('"a"', '"b"'), r"placeholders\[1\]：.*重复"),
        ("[[values]]\n", "顶层应当是 placeholders"),
    ],
)
def test_a_mistake_in_the_list_is_told_with_its_place(text, why):
    with pytest.raises(LettersError, match=f"x.toml：.*{why}"):
        parse_placeholders(text, "x.toml")
