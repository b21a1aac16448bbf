"""How cases read on screens: days left, drafts as text, guidance, what a reviewer is told to weigh."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.case.steps import steps
from gongkai.letters import letters, placeholders
from gongkai.office.cases.guidance import guidance
from gongkai.office.cases.letter_texts import composed, difference, taken_apart
from gongkai.office.cases.presenting import chinese_day, left, status_words


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (-3, "逾期3个工作日", "bad"),
        (0, "今天到期", "bad"),
        (1, "还剩1个工作日", "warn"),
        (5, "还剩5个工作日", "warn"),
        (6, "还剩6个工作日", "good"),
    ],
)
def test_days_left_are_told_in_words_with_a_colour_and_a_sign(days, words, tone):
    chip = left(days, status="open")
    assert (chip.words, chip.tone) == (words, tone) and chip.sign


def test_an_unconfirmed_case_has_no_days_left_and_a_standing_clock_says_so():
    assert left(None, status="unconfirmed").words == "待确认，期限未起算"
    assert left(7, status="open", stopped=True).words == "停止计算，还剩7个工作日"
    assert left(-2, status="to_deliver", answered=True).words == "已答复"


def test_the_status_names_the_review_that_is_due():
    assert status_words("in_review", "legally_reviewed") == "待法制审核"
    assert status_words("open", assigned=False) == "待分办"


def test_a_day_is_written_without_leading_zeros():
    assert chinese_day(date(2026, 3, 5)) == "2026年3月5日"
    assert chinese_day(None) == ""


def test_the_guidance_asks_five_questions_in_their_order():
    assert [one.name for one in guidance().questions] == ["补不补", "该不该", "有没有", "给不给", "当不当"]
    assert all(one.article.startswith("政府信息公开条例第") for one in guidance().questions)


TEXT_KEYS = [key for key, one in placeholders().items() if one.kind in ("text", "line")]
PLAIN = st.text(st.characters(categories=["L", "N"]) | st.sampled_from("，。\n（）"), min_size=1, max_size=60)


@given(st.dictionaries(st.sampled_from(TEXT_KEYS), PLAIN.filter(str.strip)))
def test_a_draft_taken_apart_gives_what_it_was_composed_of(texts):
    assert taken_apart(composed(texts)) == {key: text.strip() for key, text in texts.items()}


@given(PLAIN, PLAIN)
def test_a_difference_holds_both_versions_whole(older, newer):
    pieces = difference(older, newer)
    assert "".join(one.text for one in pieces if one.kind != "new") == older
    assert "".join(one.text for one in pieces if one.kind != "old") == newer


def test_letters_are_chosen_among_those_there_are_by_events_there_are():
    sending = {step for one in letters().values() for step in one.steps}
    assert sending and sending <= set(steps())
