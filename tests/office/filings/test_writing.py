"""A section in blocks: cut where its headings stand, put together as it was, and merged where two people wrote at once."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.narrative import Tie
from gongkai.office.filings.marking import Mark, marks_of, paragraphs
from gongkai.office.filings.writing import (
    INTRODUCTION,
    WHOLE,
    blocks,
    changes,
    edited,
    joined,
    label_of,
    merged,
    tidy,
    with_blocks,
)
from gongkai.report.form import form_for_year

FORM = form_for_year(2025)
PARTS = ["proactive", "applications", "management", "platform", "supervision"]
OVERVIEW = (
    "本机关按要求公开。\n（一）主动公开\n公开信息12条。\n公开规划1件。\n（二）依申请公开\n收到申请3件。\n"
    "（五）监督保障\n组织培训2场。"
)


def _texts(text, key="overview"):
    return {one.key: one.text for one in blocks(FORM, key, text)}


def test_section_one_is_cut_at_the_headings_of_its_parts_and_parts_without_one_are_empty_blocks_in_order():
    assert _texts(OVERVIEW) == {
        WHOLE: "本机关按要求公开。",
        "proactive": "公开信息12条。\n公开规划1件。",
        "applications": "收到申请3件。",
        "management": "",
        "platform": "",
        "supervision": "组织培训2场。",
    }


def test_every_block_begins_where_it_says():
    for one in blocks(FORM, "overview", OVERVIEW):
        if one.printed:
            assert OVERVIEW[one.start : one.start + len(one.text)] == one.text


def test_an_empty_section_one_has_its_five_parts_to_be_written():
    assert list(_texts("")) == PARTS and joined(blocks(FORM, "overview", "")) == ""


def test_a_section_without_headings_and_every_other_section_is_one_block():
    assert _texts("本机关按要求公开。\n收到申请3件。") == {WHOLE: "本机关按要求公开。\n收到申请3件。"}
    assert _texts("（一）主动公开\n不多。", "problems") == {WHOLE: "（一）主动公开\n不多。"}
    assert label_of(FORM, INTRODUCTION) == "导语" and label_of(FORM, "problems") == "五、存在的主要问题及改进情况"


def test_a_heading_in_the_line_of_its_paragraph_opens_its_part_and_stays_where_it_is():
    text = "（一）主动公开。公开信息12条。\n（二）依申请公开。收到申请3件。"
    assert _texts(text)["proactive"] == "（一）主动公开。公开信息12条。"
    assert joined(blocks(FORM, "overview", text)) == text


def test_a_part_that_is_written_gets_its_heading():
    text = joined(with_blocks(blocks(FORM, "overview", OVERVIEW), {"management": "建立台账。"}))
    assert "\n（二）依申请公开\n收到申请3件。\n（三）政府信息管理\n建立台账。\n（五）监督保障\n" in text


_LINES = st.lists(
    st.sampled_from(
        [
            "（一）主动公开",
            "一、主动公开工作",
            "（二）依申请公开",
            "监督保障",
            "公开信息12条。",
            "（六）其他",
            "收到申请。",
        ]
    )
)


@given(_LINES)
def test_what_is_cut_and_put_together_again_is_what_it_was(lines):
    text = "\n".join(lines)
    assert joined(blocks(FORM, "overview", text)) == text


def test_a_text_is_tidied_to_paragraphs_without_white_space_around_them():
    assert tidy("　　第一段。 \r\n\r\n 第二段。\n") == "第一段。\n第二段。"


def test_each_keeps_what_only_one_of_two_has_changed():
    base = {"proactive": "甲", "applications": "乙"}
    found = merged(base, {"proactive": "甲", "applications": "他的"}, {"proactive": "我的", "applications": "乙"})
    assert (found.texts, found.clashes) == ({"proactive": "我的", "applications": "他的"}, ())


def test_what_both_have_changed_clashes_and_ones_own_is_kept():
    found = merged({"whole": "甲"}, {"whole": "他的"}, {"whole": "我的"})
    assert (found.texts, found.clashes) == ({"whole": "我的"}, ("whole",))


def test_the_same_change_by_both_is_no_clash():
    assert merged({"whole": "甲"}, {"whole": "新"}, {"whole": "新 "}).clashes == ()


def test_where_the_other_has_other_parts_the_section_is_taken_as_a_whole_and_nothing_typed_is_lost():
    typed = {one.key: one.text for one in blocks(FORM, "overview", OVERVIEW)} | {"supervision": "组织培训5场。"}
    edit = edited(FORM, "overview", OVERVIEW, "全部重写。", typed)
    assert edit.clashes == (WHOLE,) and edit.theirs == {WHOLE: "全部重写。"}
    assert "组织培训5场。" in edit.blocks[0].text and "收到申请3件。" in edit.blocks[0].text


def test_what_was_merged_by_hand_in_one_piece_is_taken():
    edit = edited(FORM, "overview", OVERVIEW, OVERVIEW, {WHOLE: OVERVIEW + "\n考核优秀。"})
    assert edit.clashes == () and edit.text == OVERVIEW + "\n考核优秀。"


def test_changed_paragraphs_stand_side_by_side():
    assert changes("一。\n二。\n三。", "一。\n二点五。\n三。\n四。") == [("二。", "二点五。"), ("", "四。")]
    assert changes("一。", " 一。\n") == []


def test_a_text_is_shown_whole_with_sentences_tied_numerals_and_open_places_told_apart():
    text = "收到3件，办结2件。【请补写】\n另有1件。"
    tie = Tie("overview", 2, 3, ("applications.received.total",), 3)
    mark = Mark(0, 10, ())
    first, second = paragraphs(text, 0, len(text), [mark], [tie])
    assert [(piece.text, piece.kind) for piece in first[0].pieces] == [
        ("收到", ""),
        ("3", "tied"),
        ("件，办结2件。", ""),
    ]
    assert first[0].mark is mark and first[1].mark is None
    assert [(piece.text, piece.kind) for piece in first[1].pieces] == [("【请补写】", "open")]
    assert "".join(piece.text for run in second for piece in run.pieces) == "另有1件。"


def test_two_numerals_of_one_sentence_are_one_mark():
    from gongkai.narrative import stale

    text = "开头。收到3件，办结2件。"
    ties = [Tie("overview", 5, 6, ("a",), 3), Tie("overview", 10, 11, ("b",), 2)]
    (mark,) = marks_of(text, stale(ties, {"overview": text}, {"a": 4, "b": 5}))
    assert (text[mark.start : mark.end], len(mark.stale)) == ("收到3件，办结2件。", 2)
