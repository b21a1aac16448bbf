"""Repeated text is found wherever it stands, with its places; what everybody writes does not count."""

import random
import time
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.comparing import Texts, common_stock, prints_of, repeated, shared
from gongkai.comparing.words import way

from . import plain

OWN = "全年新增河湖整治专栏，集中发布治理项目的立项、招标和验收情况，并逐条回应沿线居民提出的意见建议。"
COPIED = "建立重大项目信息公开台账，明确责任科室、公开时限和公开渠道，按月调度通报，确保应公开尽公开。"
OTHER = "围绕企业开办和注销流程编制办事指引，把分散在各部门的材料清单合并成一张表，方便群众一次看懂。"
FIGURES = "通过政府网站主动公开各类政府信息{n}条，其中政策文件类信息{m}条，重点领域信息占比继续提高，没有发生泄密和侵权的情形。"


def _words(chance, length):
    return "".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(length))


def test_a_copied_passage_is_marked_in_both_texts():
    texts = {"甲": OWN + COPIED, "乙": OTHER + COPIED}
    found = repeated(texts)
    (one,) = found["甲"].passages
    assert texts["甲"][one.start : one.end] == COPIED.rstrip("。")
    assert texts["乙"][one.there : one.there_end] == COPIED.rstrip("。")
    assert one.other == "乙"
    assert one.same_figures
    assert found["甲"].share == pytest.approx(len(COPIED) / len(OWN + COPIED), abs=0.05)


def test_texts_of_their_own_share_nothing():
    found = repeated({"甲": OWN + OWN[::-1], "乙": OTHER + OTHER[::-1]})
    assert (found["甲"].passages, found["甲"].share) == ((), 0.0)


def test_the_same_sentence_with_other_figures_counts_and_weighs_half():
    last, new = FIGURES.format(n=1325, m=48), FIGURES.format(n=1460, m=51)
    same = shared(last, {"2024": last})
    other = shared(new, {"2024": last})
    assert same.share == 1.0
    assert other.share == pytest.approx(0.5)
    assert [one.same_figures for one in other.passages] == [False]


def test_another_year_is_no_other_figure():
    assert shared("2025年，" + COPIED, {"2024": "2024年，" + COPIED}).share == 1.0


def test_what_most_organs_of_a_district_write_is_common_stock():
    texts = {name: COPIED + _words(random.Random(name), 120) for name in "甲乙丙丁戊己"}
    assert all(one.share == 0.0 for one in repeated(texts).values())
    stock = common_stock(texts)
    assert shared(texts["甲"], {"2024": COPIED}, stock).share == 0.0


def test_texts_read_once_are_compared_with_each_other_and_with_another_text(monkeypatch):
    module, seen = import_module("gongkai.comparing.prints"), []
    fingerprints = module.fingerprints
    monkeypatch.setattr(module, "fingerprints", lambda words, *more: seen.append(words) or fingerprints(words, *more))
    given = {name: COPIED + _words(random.Random(name), 120) for name in "甲乙丙丁戊己"} | {
        "庚": OWN * 3,
        "辛": OWN + OTHER,
    }
    texts = Texts.of(given)
    found = texts.repeated()
    former = texts.shared("庚", COPIED + OWN)
    assert len(seen) == len(given) + 1
    assert found == repeated(given)
    assert former == shared(given["庚"], {"": COPIED + OWN}, common_stock(given))
    assert [one.other for one in found["辛"].passages] == ["庚"]


def test_what_two_of_many_copied_is_told_of_these_two_only():
    texts = {name: COPIED + _words(random.Random(name), 120) for name in "甲乙丙丁戊己"}
    texts["甲"] += OTHER
    texts["己"] += OTHER
    found = repeated(texts)
    assert [name for name, one in found.items() if one.passages] == ["甲", "己"]
    assert found["甲"].others[0][0] == "己"


def test_names_of_texts_mean_nothing():
    """Any name may be compared with any text, an empty one too."""
    assert shared(COPIED * 2, {"": COPIED * 2}).share == 1.0


def test_a_text_too_short_to_tell_has_no_share():
    assert repeated({"甲": "全年无。", "乙": "全年无。"})["甲"].share is None


@given(
    st.text(alphabet="政府信息公开工作", max_size=60),
    st.text(alphabet="年度报告编制办法", max_size=60),
    st.text(alphabet="政府信息公开工作", max_size=60),
)
def test_a_long_passage_is_found_wherever_it_stands(before, between, after):
    """Winnowing's promise: nothing repeated over 18 words or more is missed."""
    text, other = before + "，" + COPIED + after, between + COPIED
    marked = [text[one.start : one.end] for one in shared(text, {"乙": other}).passages]
    assert any(COPIED.rstrip("。") in one for one in marked)


@settings(max_examples=50)
@given(st.lists(st.text(alphabet="公开信息政府，。12\n", max_size=200), min_size=1, max_size=5))
def test_passages_lie_in_their_texts_in_order_and_hold_the_same_words(texts):
    named = {str(n): text for n, text in enumerate(texts)}
    for name, found in repeated(named).items():
        last = 0
        for passage in found.passages:
            assert last <= passage.start < passage.end <= len(named[name])
            here = named[name][passage.start : passage.end]
            there = named[passage.other][passage.there : passage.there_end]
            assert [one for one in here if one >= "一"] == [one for one in there if one >= "一"]
            last = passage.end
        assert found.share is None or 0.0 <= found.share <= 1.0


def test_ten_times_the_organs_take_not_much_more_than_ten_times_as_long():
    def took(organs):
        chance = random.Random(7)
        copied = [_words(chance, 300) for _ in range(5)]
        texts = {str(n): copied[n % 5] + _words(chance, 900) for n in range(organs)}
        begun = time.perf_counter()
        repeated(texts)
        return time.perf_counter() - begun

    few = min(took(20) for _ in range(3))
    assert took(200) < 30 * few


def test_what_was_kept_of_a_text_gives_the_same_as_the_text():
    texts = {name: COPIED + _words(random.Random(name), 120) for name in "甲乙丙"} | {"丁": "", "戊": "无。"}
    kept = {name: prints_of(text) for name, text in texts.items()}
    assert Texts.of(texts, kept=kept).repeated() == repeated(texts)
    assert Texts.of(texts, kept=kept).shared("甲", COPIED, prints_of(COPIED)) == Texts.of(texts).shared("甲", COPIED)


@pytest.mark.parametrize(
    "data", [b"", b"abc", b"\0" * 64, prints_of(OWN * 9), prints_of(COPIED, replace(way(), window=3))]
)
def test_what_cant_be_of_the_text_is_made_anew(data):
    """Nothing at all, no whole numbers, other settings, a longer text."""
    texts = {"甲": OWN + COPIED, "乙": OTHER + COPIED}
    assert Texts.of(texts, kept=dict.fromkeys(texts, data)).repeated() == repeated(texts)


_POOL = [COPIED, OWN[:25], OTHER[10:40], FIGURES.format(n=3, m=4), FIGURES.format(n=30, m=4), "公开" * 12]
_PIECES = st.one_of(st.sampled_from(_POOL), st.text(alphabet="政府信息公开，。12\n", max_size=40))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_PIECES, max_size=5).map("".join), min_size=1, max_size=7))
def test_the_passages_are_those_of_the_plain_comparison_of_each_text_with_each_other(texts):
    named = {str(n): text for n, text in enumerate(texts)}
    kept = {name: prints_of(text) for name, text in named.items()}
    for found in (repeated(named), Texts.of(named, kept=kept).repeated()):
        for name, passages in plain.passages(named).items():
            told = [(one.start, one.end, one.other, one.there, one.there_end) for one in found[name].passages]
            assert told == passages
