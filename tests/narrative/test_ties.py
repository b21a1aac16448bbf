"""Ties whose place holds no numeral any more: told as such, never an error, and nothing is written there."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.narrative import Tie, stale, updated
from gongkai.narrative.ties import numerals, stated

SOURCES = {"fact:meetings": 4, "fact:trainings": 12, "fact:gone": None}

texts = st.fixed_dictionaries(
    {"introduction": st.text("甲乙。；\n，件0123456789.,１２", max_size=30), "overview": st.text(max_size=30)}
)
ties = st.lists(
    st.builds(
        Tie,
        section=st.sampled_from(["introduction", "overview", "problems"]),
        start=st.integers(-3, 35),
        end=st.integers(-3, 35),
        sources=st.lists(st.sampled_from([*SOURCES, "fact:unknown"]), min_size=1, max_size=2, unique=True).map(tuple),
        value=st.integers(0, 20),
    ),
    max_size=5,
    unique_by=lambda one: (one.section, one.start),
)


def _tie(start, end, section="overview"):
    return Tie(section, start, end, ("fact:meetings",), 4)


def test_a_tie_whose_place_holds_words_states_nothing_and_is_told():
    text = "召开会议四次。"
    (one,) = stale([_tie(4, 5)], {"overview": text}, SOURCES)
    assert (one.printed, one.current, one.sentence, one.proposed) == (None, 4, text, text)
    assert updated({"overview": text}, [_tie(4, 5)], [one]) == ({"overview": text}, ())


def test_a_tie_to_a_part_of_a_numeral_or_to_no_text_states_nothing():
    found = stale([_tie(0, 1), _tie(0, 1, "problems")], {"overview": "42次。"}, SOURCES)
    assert [one.printed for one in found] == [None, None]


def test_what_decimal_takes_for_a_number_and_no_report_prints_is_none():
    assert [stated(text) for text in ("NaN", "Infinity", "1e5", "-3", "", "1,23")] == [None] * 6
    assert [stated(text) for text in ("1,234.50", "１２", "007")] == [1234.5, 12, 7]


@given(texts, ties)
def test_any_ties_to_any_texts_are_stale_or_true_and_are_set_right(texts, ties):
    found = stale(ties, texts, SOURCES)
    for tie in ties:
        text = texts.get(tie.section, "")
        numeral = text[tie.start : tie.end] if numerals(text).get(tie.start) == tie.end else None
        says = stated(numeral) if numeral else None
        gone = any(SOURCES.get(source) is None for source in tie.sources)
        now = sum(SOURCES.get(source) or 0 for source in tie.sources)
        assert (tie in [one.tie for one in found]) == (gone or says is None or says != now)
    after, moved = updated(texts, ties, found)
    assert [one for one in stale(moved, after, SOURCES) if one.current is not None] == []
