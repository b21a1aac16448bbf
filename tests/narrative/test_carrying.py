"""Ties across edits: kept where the sentence still says it, lost where it does not, never on anything but a numeral."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.narrative import Tie, carried, stale, updated
from gongkai.narrative.ties import NUMERAL

TEXT = "2025年，本机关新收申请12件，上年结转3件，办结14件。\n召开会议4次，组织培训2场。\n没有其他情况。"


def tie(printed, *sources, text=TEXT, section="overview", nth=0):
    """A tie of the nth place where ``printed`` stands in the text."""
    start = [match.start() for match in NUMERAL.finditer(text) if match[0] == printed][nth]
    return Tie(section, start, start + len(printed), sources or (f"fact:{printed}",), int(printed))


TIES = (tie("12"), tie("3"), tie("14"), tie("4"), tie("2"))


def after(new, ties=TIES, old=TEXT):
    """What each kept tie's numeral is in the new text, by source; and the sources of those lost."""
    texts = {"overview": new} if isinstance(new, str) else new
    kept, lost = carried(ties, {"overview": old}, texts)
    return (
        {one.sources[0]: texts[one.section][one.start : one.end] for one in kept},
        [one.sources[0] for one in lost],
    )


def as_they_were(*without):
    return {f"fact:{one}": one for one in ("12", "3", "14", "4", "2") if one not in without}


def test_words_added_around_a_numeral_do_not_loosen_it():
    new = TEXT.replace("新收申请12件", "共新收各类政府信息公开申请12件").replace("召开", "主要负责人主持召开")
    assert after(new) == (as_they_were(), [])


def test_a_numeral_typed_over_is_kept_with_the_number_that_is_printed_now():
    kept, lost = after(TEXT.replace("12件", "21件"))
    assert (kept, lost) == (as_they_were("12") | {"fact:12": "21"}, [])


def test_a_sentence_that_is_gone_loses_its_ties():
    assert after(TEXT.replace("召开会议4次，组织培训2场。\n", "")) == (as_they_were("4", "2"), ["fact:4", "fact:2"])


def test_a_clause_that_is_gone_loses_its_tie_alone():
    assert after(TEXT.replace("上年结转3件，", "")) == (as_they_were("3"), ["fact:3"])


def test_a_numeral_written_in_characters_loses_its_tie():
    assert after(TEXT.replace("12件", "十二件")) == (as_they_were("12"), ["fact:12"])


def test_a_paragraph_that_was_moved_keeps_its_ties_within_the_section_and_beyond():
    first, second, third = TEXT.split("\n")
    assert after("\n".join((second, third, first))) == (as_they_were(), [])
    assert after({"overview": f"{first}\n{third}", "problems": f"另外。\n{second}"}) == (as_they_were(), [])


def test_a_paragraph_that_was_moved_and_edited_keeps_its_ties():
    first, second, third = TEXT.split("\n")
    edited = second.replace("召开会议", "局党组召开会议").replace("2场", "5场")
    assert after({"overview": f"{first}\n{third}", "problems": edited}) == (as_they_were("2") | {"fact:2": "5"}, [])


def test_two_sentences_made_one_keep_their_ties():
    assert after(TEXT.replace("14件。\n召开", "14件，召开")) == (as_they_were(), [])


def test_a_sentence_cut_in_two_keeps_its_ties():
    assert after(TEXT.replace("12件，上年", "12件。上年")) == (as_they_were(), [])


def test_another_sentence_with_another_number_takes_over_no_tie():
    kept, lost = after(TEXT.replace("组织培训2场", "发布解读5篇"))
    assert (kept, lost) == (as_they_were("2"), ["fact:2"])


def test_sentences_that_are_the_same_keep_each_its_own_tie():
    text = "发布2条。\n发布2条。\n发布2条。"
    ties = [tie("2", f"fact:{n}", text=text, nth=n) for n in range(3)]
    kept, lost = carried(ties, {"overview": text}, {"overview": text})
    assert (kept, lost) == (tuple(ties), ())


def test_a_numeral_that_is_no_longer_right_is_stale_and_a_sentence_is_proposed():
    found = stale(TIES, {"overview": TEXT}, {"fact:12": 15, "fact:3": 3, "fact:14": 18, "fact:4": 4})
    assert [(one.printed, one.current) for one in found] == [(12, 15), (14, 18), (2, None)]
    proposed = "2025年，本机关新收申请15件，上年结转3件，办结18件。"
    assert [one.proposed for one in found[:2]] == [proposed, proposed]
    assert found[2].proposed == found[2].sentence == "召开会议4次，组织培训2场。"


def test_a_numeral_typed_over_is_stale_though_its_sources_did_not_change():
    texts = {"overview": TEXT.replace("12件", "1,200件")}
    kept, _ = carried(TIES, {"overview": TEXT}, texts)
    numbers = {one.sources[0]: one.value for one in TIES}
    assert [(one.printed, one.current) for one in stale(kept, texts, numbers)] == [(1200, 12)]


def test_a_blank_source_no_longer_exists():
    assert stale(TIES[:1], {"overview": TEXT}, {"fact:12": None})[0].current is None


def test_several_sources_are_added_up():
    one = tie("12", "a", "b")
    assert stale([one], {"overview": TEXT}, {"a": 5, "b": 7}) == ()
    assert stale([one], {"overview": TEXT}, {"a": 5, "b": 8})[0].current == 13


# ── laws ─────────────────────────────────────────────────────────────────────────────────────────────────────────

words = st.sampled_from(["新收申请", "件", "，", "。", "、", "\n", "培训", "场", "办结", "次", "2025年", "召开会议"])
figures = st.integers(0, 1200).map(str)
texts = st.lists(st.one_of(words, figures), max_size=30).map("".join)
SECTIONS = ("introduction", "overview", "problems")
reports = st.fixed_dictionaries(dict.fromkeys(SECTIONS, texts))


def all_ties(given):
    """A tie for every numeral of the texts."""
    return tuple(
        Tie(key, match.start(), match.end(), (f"fact:{key}{n}",), int(match[0]))
        for key, text in given.items()
        for n, match in enumerate(NUMERAL.finditer(text))
    )


def are_sound(ties, given):
    places = sorted((one.section, one.start, one.end) for one in ties)
    for (section, _, end), (other, start, _) in pairwise(places):
        assert section != other or end <= start
    for one in ties:
        assert (one.start, one.end) in [match.span() for match in NUMERAL.finditer(given[one.section])]


@settings(deadline=None, max_examples=150)
@given(reports)
def test_nothing_is_lost_over_the_same_text(given):
    ties = all_ties(given)
    assert carried(ties, given, dict(given)) == (ties, ())


@settings(deadline=None, max_examples=300)
@given(reports, reports)
def test_no_edit_makes_ties_overlap_or_point_at_anything_but_a_numeral(old, new):
    ties = all_ties(old)
    kept, lost = carried(ties, old, new)
    are_sound(kept, new)
    assert sorted(one.sources for one in (*kept, *lost)) == sorted(one.sources for one in ties)


@st.composite
def edits(draw):
    """Texts, and the same with some characters cut out and others put in."""
    old = draw(reports)
    new = dict(old)
    for _ in range(draw(st.integers(1, 4))):
        key = draw(st.sampled_from(SECTIONS))
        start = draw(st.integers(0, len(new[key])))
        end = draw(st.integers(start, min(len(new[key]), start + 6)))
        new[key] = new[key][:start] + draw(st.one_of(st.just(""), words, figures)) + new[key][end:]
    return old, new


@settings(deadline=None, max_examples=300)
@given(edits())
def test_no_small_edit_makes_ties_overlap_or_point_at_anything_but_a_numeral(pair):
    old, new = pair
    kept, _ = carried(all_ties(old), old, new)
    are_sound(kept, new)


@settings(deadline=None, max_examples=150)
@given(reports, st.data())
def test_updating_makes_nothing_stale_and_says_what_was_proposed(given, data):
    ties = all_ties(given)
    numbers = {one.sources[0]: data.draw(st.integers(0, 99999)) for one in ties}
    found = stale(ties, given, numbers)
    new, moved = updated(given, ties, found)
    assert stale(moved, new, numbers) == ()
    assert [one.sources for one in moved] == [one.sources for one in ties]
    for one in moved:
        assert int(new[one.section][one.start : one.end]) == one.value == numbers[one.sources[0]]
    for one in found:
        assert one.proposed in new[one.tie.section]


@pytest.mark.parametrize(
    "edit", [lambda text: re.sub("申请", "政府信息公开申请", text), lambda text: "前言。\n" + text]
)
def test_updating_after_an_edit_writes_into_the_edited_text(edit):
    new = {"overview": edit(TEXT)}
    kept, lost = carried(TIES, {"overview": TEXT}, new)
    assert lost == ()
    found = stale(kept, new, {one.sources[0]: one.value + 1 for one in TIES})
    written, _ = updated(new, kept, found)
    assert re.findall(r"\d+", written["overview"]) == ["2025", "13", "4", "15", "5", "3"]
