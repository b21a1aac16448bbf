"""Places left open: what the composed text asks for, whoever wrote it; ordinary brackets are none."""

import pytest

from gongkai.narrative import Facts, compose, openings, texts_of
from gongkai.narrative.openings import is_finished, left_open, without_openings

from .samples import FIGURES


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("甲。【请补写2025年“监督保障”的情况。】", ["【请补写2025年“监督保障”的情况。】"]),
        ("【待补】乙【 请写明】", ["【待补】", "【 请写明】"]),
        ("【此处填数字】【填写单位】", ["【此处填数字】", "【填写单位】"]),
        ("国办公开办函【2021】30号", []),
        ("【图解】政策一图读懂", []),
        ("请补写。", []),
    ],
)
def test_places_left_open_are_found_and_other_brackets_are_not(text, places):
    assert openings(text) == places
    assert is_finished([text]) == (not places)


def test_a_text_without_its_open_places_keeps_the_rest():
    assert without_openings("甲。【请补写】\n乙【2021】。") == "甲。\n乙【2021】。"


def test_whatever_composing_leaves_open_is_found():
    told = compose(FIGURES, Facts())
    texts = {"introduction": told.introduction, **told.sections}
    found = [place for text in texts.values() for place in openings(text)]
    assert len(found) == sum(text.count("【") for text in texts.values()) == 5
    """三个没有情况可写的部分、存在的问题、信息处理费；主动公开和依申请公开有表中的数可写。"""
    assert left_open("补写2025年存在的主要问题及改进情况。") in found


def test_texts_come_in_the_order_of_the_form_each_of_them_there():
    assert list(texts_of(FIGURES)) == ["introduction", *(section.key for section in FIGURES.form.sections)]
