"""Random steps by random people: whatever becomes public was sent, reviewed and approved by three people as that very version."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.filing import FilingEvent, FilingRules, filing_steps, refusal, remarks_of, state_of

FIRST = date(2026, 1, 5)
UNWAITED = date(2026, 1, 30)
PEOPLE = {
    "jia": {"clerk"},
    "yi": {"clerk", "reviewer"},
    "bing": {"reviewer", "office_head"},
    "ding": {"approver", "clerk"},
    "wu": {"supervisor"},
    "ji": {"supervisor", "clerk", "reviewer", "approver"},
}
WORDS = {"reason": "原因。", "changes": "更正了数据。", "remarks": [{"text": "有误。"}], "answer": "已改。", "remark": "1.1"}

ACTS = st.lists(
    st.tuples(
        st.sampled_from([*filing_steps(), "save", "save"]),
        st.sampled_from(list(PEOPLE)),
        st.sampled_from([0, 0, 0, 0, -1, 1]),  # how far the version meant is from the one the step is about
        st.sampled_from([0, 0, 0, 0, 0, 40]),  # days that pass
        st.booleans(),  # whether anything is written with it
    ),
    max_size=40,
)
EAGER = ["sent", "reviewed", "approved", "submitted", "accepted", "published", "returned", "received", "reopened", "recalled"]
RULES = st.builds(
    FilingRules,
    acceptance=st.sampled_from(["before", "after"]),
    supervised=st.booleans(),
    outside=st.booleans(),
    unwaited=st.just(UNWAITED),
)


def lived(acts, rules):
    """What is recorded where nobody is let past a refusal: the events, and the number of versions."""
    events, newest, day = [], 1, FIRST
    for kind, person, off, days, wordy in acts:
        day += timedelta(days)
        state = state_of(events)
        if kind == "save":
            newest += state.open
            continue
        about = newest if filing_steps()[kind].about == "newest" else state.sent or 0
        data = WORDS if wordy else {}
        refused = refusal(
            kind,
            state,
            newest=newest,
            version=about + off,
            actor=person,
            roles=PEOPLE[person],
            on=day,
            rules=rules,
            errors=0,
            data=data,
        )
        if refused is None:
            events.append(FilingEvent(kind, about + off, day, person, data))
            newest_open = state_of(events)
            assert newest_open.sent is None or not newest_open.open
    return events, newest


def published_lawfully(events, rules):
    """The conditions of each publication, read off the steps before it alone, not off the state."""
    for place, event in enumerate(events):
        if event.kind != "published":
            continue
        before = events[:place]
        backs = [n for n, one in enumerate(before) if one.kind in ("sent_back", "recalled", "returned", "reopened")]
        taken = {one.kind: one for one in before[(backs[-1] + 1 if backs else 0) :]}
        if rules.outside:
            needed = ["received", "accepted"]
        else:
            needed = ["sent", "reviewed", "approved"]
            if rules.supervised and rules.acceptance == "before" and event.on < rules.unwaited:
                needed.append("accepted")
        assert taken.keys() >= set(needed), f"published after {list(taken)} only"
        assert {taken[kind].version for kind in needed} == {event.version}
        assert len({taken[kind].actor for kind in needed}) == len(needed)
        if any(one.kind == "published" for one in before):
            assert event.data["changes"]


@settings(max_examples=300, deadline=None)
@given(ACTS, RULES)
def test_nothing_is_public_that_was_not_sent_reviewed_and_approved_as_that_very_version(acts, rules):
    events, newest = lived(acts, rules)
    published_lawfully(events, rules)
    state = state_of(events)
    assert all(1 <= one.version <= newest for one in state.published)
    assert [one.version for one in state.published] == sorted({one.version for one in state.published})


@settings(max_examples=150, deadline=None)
@given(st.data(), RULES)
def test_it_holds_where_everybody_presses_on(data, rules):
    """Mostly the step that leads on, so that many reports become public, are returned and corrected."""
    fitting = {"sent": "jia", "reviewed": "bing", "approved": "ding", "submitted": "jia", "accepted": "wu", "published": "jia",
               "returned": "wu", "received": "jia", "reopened": "jia", "recalled": "jia"}  # fmt: skip
    kinds = data.draw(st.lists(st.sampled_from([*EAGER, "save"]), min_size=20, max_size=60))
    helpers = st.sampled_from([*PEOPLE])
    acts = [(kind, fitting.get(kind) if data.draw(st.booleans()) else data.draw(helpers), 0, 0, True) for kind in kinds]
    acts = [(kind, person or "jia", off, days, wordy) for kind, person, off, days, wordy in acts]
    published_lawfully(lived(acts, rules)[0], rules)


def test_the_random_ways_do_reach_publication_and_correction():
    way = ["sent", "reviewed", "approved", "submitted", "accepted", "published", "returned", "save",
           "sent", "reviewed", "approved", "published"]  # fmt: skip
    who = {"sent": "jia", "reviewed": "bing", "approved": "ding", "accepted": "wu", "returned": "wu"}
    acts = [(kind, who.get(kind, "jia"), 0, 0, True) for kind in way]
    rules = FilingRules("after", supervised=True, outside=False, unwaited=UNWAITED)
    events, _ = lived(acts, rules)
    assert [one.version for one in state_of(events).published] == [1, 2]


@settings(max_examples=100, deadline=None)
@given(ACTS, RULES)
def test_an_answer_belongs_to_a_remark_that_was_made(acts, rules):
    events, _ = lived(acts, rules)
    given_back = sum(len(one.data.get("remarks", ())) for one in events if one.kind in ("sent_back", "returned"))
    assert len(remarks_of(events)) == given_back
