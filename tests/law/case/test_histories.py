"""What holds for every history of a case, lawful steps chosen at random."""

import itertools
from datetime import timedelta
from typing import get_args

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gongkai.law import outcomes
from gongkai.law.case.clock import clock
from gongkai.law.case.counting import counted, tally
from gongkai.law.case.guide import guide
from gongkai.law.case.lawful import offered, refusals
from gongkai.law.case.state import Status, advanced, effective, state_of
from gongkai.law.case.steps import steps

from .building import CALENDAR, RULES, personal_of
from .histories import brought_to_end, histories, lawful_event, unlawful_events

several = settings(max_examples=40, suppress_health_check=list(HealthCheck))
many = settings(max_examples=120, suppress_health_check=list(HealthCheck))


@many
@given(histories())
def test_folding_all_events_equals_advancing_by_each(history):
    state = None
    for event in history.events:
        state = advanced(state, event)
    assert state == state_of(history.events) == history.state
    assert [event.number for event in state.events] == list(range(1, len(state.events) + 1))
    assert state.effective == effective(state.events)
    assert state.status in get_args(Status)


@several
@given(histories(), st.data())
def test_every_offered_step_can_be_taken(history, data):
    """`lawful_event` finds fields with which it is not refused."""
    for step in offered(history.state, CALENDAR, RULES, history.today):
        lawful_event(data.draw, history.state, step, history.today, CALENDAR, RULES)


@many
@given(histories(), st.data())
def test_a_step_that_is_not_offered_is_refused_today(history, data):
    keys = {step.key for step in offered(history.state, CALENDAR, RULES, history.today)}
    kind = data.draw(st.sampled_from([key for key in steps() if key not in keys]))
    event = next((one for one in reversed(history.events) if one.kind == kind), history.events[0])
    tried = type(event)(kind, history.today, event.data if event.kind == kind else {}, "某人")
    assert refusals(history.state, tried, CALENDAR, RULES, history.today, personal_of(kind, tried.data))


@many
@given(histories(), st.data())
def test_what_is_unlawful_is_refused_in_whole_sentences(history, data):
    event = data.draw(unlawful_events(history.state, history.today))
    given_too = personal_of(event.kind, event.data) if event.kind in steps() else frozenset()
    found = refusals(history.state, event, CALENDAR, RULES, history.today, given_too)
    assert found
    assert all(one.message.endswith("。") for one in found)


@many
@given(histories(), st.integers(0, 200))
def test_the_clock_explains_its_due_day(history, days):
    """Its counted spans add up to the period: 20 working days, and what was extended."""
    state, today = history.state, history.today + timedelta(days)
    found = clock(state, CALENDAR, RULES, today)
    if found.due is None:
        assert found.working_days_left is None
        return
    assert CALENDAR.is_working(found.due)
    assert CALENDAR.is_working(found.original_due)
    assert found.provisional == (max(found.due, found.original_due).year > 2026)
    running = [one for one in found.spans if one.start > state.counts_from]
    assert running[-1].end == found.due
    assert all(before.end is None or before.end < after.start for before, after in itertools.pairwise(running))
    if not (state.delay_until or state.reopened_until):
        told = state.extension_notified_on
        extended = state.extension_days if told and told >= state.counts_from else 0
        assert sum(one.working_days for one in running if one.counted) == 20 + extended
    assert sum(one.working_days for one in running) <= CALENDAR.working_days(
        state.counts_from + timedelta(1), found.due
    )


@many
@given(histories(), st.integers(0, 400))
def test_waiting_never_brings_the_due_day_nearer(history, days):
    state = history.state
    assume(not state.answered_on)
    now = clock(state, CALENDAR, RULES, history.today).due
    later = clock(state, CALENDAR, RULES, history.today + timedelta(days)).due
    assert (now is None) == (later is None)
    assert now is None or now <= later


@several
@given(histories())
def test_every_history_can_end_closed(history):
    assert brought_to_end(history.state, history.today).status == "closed"


@several
@given(st.lists(histories(longest=14), min_size=1, max_size=6), st.integers(2019, 2026))
def test_what_came_equals_what_was_decided_and_what_is_open(all_of_them, year):
    cases = [one for one in (counted(history.state) for history in all_of_them) if one]
    figures = tally(cases, year)
    results = {term.code for term in outcomes().terms}
    for kind in {case.applicant_kind for case in cases}:
        rows = {row: number for (row, column), number in figures.items() if column == kind}
        came = rows.get("received", 0) + rows.get("carried_in", 0)
        assert came == sum(rows.get(row, 0) for row in results) + rows.get("carried_over", 0)
        assert tally(cases, year + 1)[("carried_in", kind)] == rows.get("carried_over", 0)


@many
@given(histories())
def test_what_is_counted_is_received_in_law_and_decided_once(history):
    case = counted(history.state)
    if history.state.matter == "rectification":
        assert case is None
    if case and case.decided_on:
        assert case.outcome in outcomes()
        assert case.decided_on >= case.received_on


@several
@given(histories())
def test_the_guide_asks_one_question_at_a_time_until_the_decision(history):
    standing = [one.standing for one in guide(history.state)]
    assert len(standing) == (0 if history.state.matter == "rectification" else 5)
    if history.state.matter == "application" and not (history.state.decided_on or history.state.closed_on):
        assert standing.count("now") <= 1
        assert "now" not in standing or "settled" not in standing[standing.index("now") :]
