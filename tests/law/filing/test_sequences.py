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
WORDS = {
    "reason": "原因。",
    "changes": "更正了数据。",
    "remarks": [{"text": "有误。"}],
    "answer": "已改。",
    "remark": "1.1",
}

ONWARD = frozenset({"sent", "received", "reviewed", "approved", "submitted", "accepted", "published"})

DRAW = st.integers(0, 99)
ACTS = st.lists(st.tuples(DRAW, DRAW, DRAW, DRAW), min_size=10, max_size=50)
"""What is done, by whom, about which version, with what: each a number that `chosen` reads by where the report stands."""

RULES = st.builds(
    FilingRules,
    acceptance=st.sampled_from(["before", "after"]),
    supervised=st.booleans(),
    outside=st.booleans(),
    unwaited=st.just(UNWAITED),
)


def chosen(act, state):
    """The step, who takes it, how far the version meant is off, days that pass, whether anything is written with it.

    Mostly a step that is possible where the report stands, by somebody with the role for it, and onward rather than back.
    """
    what, who, which, words = act
    steps = filing_steps()
    if what >= 92:
        kind = [*steps][what % len(steps)]
    elif what >= 82:
        kind = "save"
    else:
        fitting = [
            one for key, one in steps.items() if state.stage in one.sources for _ in range(4 if key in ONWARD else 1)
        ]
        kind = fitting[what % len(fitting)].key
    able = [name for name, held in PEOPLE.items() if kind == "save" or held & steps[kind].roles]
    person = able[who % len(able)] if who < 95 else [*PEOPLE][who % len(PEOPLE)]
    return kind, person, {98: -1, 99: 1}.get(which, 0), 40 if which == 97 else 0, words < 95


def lived(acts, rules, pick=chosen):
    """What is recorded where nobody is let past a refusal: the events, and the number of versions."""
    events, newest, day = [], 1, FIRST
    for act in acts:
        state = state_of(events)
        kind, person, off, days, wordy = pick(act, state)
        day += timedelta(days)
        if kind == "save":
            newest += state.open
            continue
        about = (newest if filing_steps()[kind].about == "newest" else state.sent or 0) + off
        data = WORDS if wordy else {}
        refused = refusal(
            kind,
            state,
            newest=newest,
            version=about,
            actor=person,
            roles=PEOPLE[person],
            on=day,
            rules=rules,
            errors=0,
            data=data,
        )
        if refused is None:
            events.append(FilingEvent(kind, about, day, person, data))
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


def test_the_ways_do_reach_publication_and_correction():
    way = ["sent", "reviewed", "approved", "submitted", "accepted", "published", "returned", "save",
           "sent", "reviewed", "approved", "published"]  # fmt: skip
    who = {"sent": "jia", "reviewed": "bing", "approved": "ding", "accepted": "wu", "returned": "wu"}
    rules = FilingRules("after", supervised=True, outside=False, unwaited=UNWAITED)
    events, _ = lived(way, rules, lambda kind, _: (kind, who.get(kind, "jia"), 0, 0, True))
    assert [one.version for one in state_of(events).published] == [1, 2]


@settings(max_examples=100, deadline=None)
@given(ACTS, RULES)
def test_an_answer_belongs_to_a_remark_that_was_made(acts, rules):
    events, _ = lived(acts, rules)
    given_back = sum(len(one.data.get("remarks", ())) for one in events if one.kind in ("sent_back", "returned"))
    assert len(remarks_of(events)) == given_back
