"""Random histories of the core, recorded one event after the other: chain, columns and the inbox hold for all of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.law.case.clock import clock
from gongkai.law.case.event import Event
from gongkai.law.case.state import CaseState, state_of
from gongkai.law.case.steps import steps
from gongkai.office.calendars import Law, law_of
from gongkai.office.cases.events import events_of, key_of
from gongkai.office.cases.inbox import Place, days_left, in_tab
from gongkai.office.cases.models import Case
from gongkai.office.cases.record import RefusedStepError, record, register
from gongkai.office.cases.verify import verify
from gongkai.office.organs.models import Division, Organ, Person
from gongkai.office.vault import files
from tests.law.case.building import personal_of
from tests.law.case.histories import PEOPLE, History, histories, unlawful_events

from ..builders import give_role, make_case, make_division, make_organ, make_person, take

pytestmark = pytest.mark.django_db

few = settings(max_examples=12, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
"""Each example is a dozen transactions; to make a failing one smaller would take many."""


@dataclass(frozen=True)
class World:
    """What the names in a random history stand for here. A case that is transferred goes to ``other``, the next time back."""

    organ: Organ
    other: Organ
    people: dict[str, Person]
    divisions: dict[tuple[Organ, str], Division]
    earlier: Case


@contextmanager
def world() -> Iterator[World]:
    """An organ for one example; all of it is undone afterwards."""
    with transaction.atomic():
        organ, other = make_organ(), make_organ()
        people = {name: make_person("clerk", organ) for name in (*PEOPLE, "壬", "癸", "子", "收尾人")}
        give_role(people["甲"], "clerk", other)  # whoever is named, wherever the case is
        divisions = {(one, name): make_division(one) for one in (organ, other) for name in ("一科", "二科", "三科")}
        yield World(organ, other, people, divisions, make_case(organ, received=date(2019, 5, 15)))
        transaction.set_rollback(True)


def translated(here: World, event: Event, case: Case | None = None) -> dict[str, Any]:
    """The arguments by which the event is recorded here."""
    at = case.handled_by if case else here.organ
    away = here.organ if at == here.other else here.other
    held = {one.key: one for one in steps()[event.kind].fields} if event.kind in steps() else {}
    stand_ins = {
        "division": lambda value: here.divisions[at, value].key if (at, value) in here.divisions else value,
        "person": lambda value: key_of(here.people["甲"]) if isinstance(value, str) and value else value,
        "organ": lambda value: away.code if isinstance(value, str) and value else value,
        "cases": lambda value: [here.earlier.number] if isinstance(value, list) else value,
    }
    data, stored = {}, {}
    for key, value in event.data.items():
        kind = held[key].type if key in held else ""
        if kind == "files" and value == ["文件甲"]:
            stored[key] = [files.store("文件甲.txt", "内容".encode())]
        else:
            data[key] = stand_ins.get(kind, lambda value: value)(value)
    personal = personal_of(event.kind, event.data) if event.kind in steps() else ()
    return {
        "on": event.on,
        "data": data,
        "personal": dict.fromkeys(personal, "某值"),
        "files": stored,
        "actor": here.people.get(event.actor),
    }


def moves(history: History) -> int:
    """How often the case was transferred."""
    return sum(event.kind == "transferred" for event in history.events)


def replayed(here: World, history: History) -> Case:
    first, *rest = history.events
    case = register(here.organ, today=history.today, **translated(here, first)).case
    for event in rest:
        record(case, event.kind, today=history.today, **translated(here, event, case))
    return case


def without_names(state: CaseState) -> CaseState:
    """What is the same whatever people, divisions and files are called."""
    anonymous = {"events": (), "effective": (), "divisions": (), "assignments": (), "findings": (), "merged_with": ()}
    draft = replace(state.draft, drafters=()) if state.draft else None
    return replace(state, draft=draft, transferred_to="", **anonymous)


@few
@given(histories())
def test_what_is_recorded_comes_to_the_same_as_the_history(history):
    with world() as here:
        case = replayed(here, history)
        stored = Case.objects.get(pk=case.pk)
        assert without_names(state_of(events_of(stored))) == without_names(history.state)
        assert list(verify(Organ.objects.all())) == []
        state = history.state
        assert (stored.status, stored.received_on, stored.closed_on) == (
            state.status,
            state.received_on,
            state.closed_on,
        )
        reopened = state.first_decided_on is not None
        first = (state.first_outcome, state.first_decided_on) if reopened else (state.outcome, state.decided_on)
        assert (stored.outcome, stored.decided_on) == first
        assert stored.handled_by == (here.other if moves(history) % 2 else here.organ)


@few
@given(histories(longest=14), st.data())
def test_what_is_unlawful_is_refused_and_leaves_no_trace(history, data):
    unlawful = data.draw(unlawful_events(history.state, history.today))
    with world() as here:
        case = replayed(here, history)
        before = Case.objects.filter(pk=case.pk).values().get()
        with pytest.raises(RefusedStepError):
            record(case, unlawful.kind, today=history.today, **translated(here, unlawful, case))
        assert Case.objects.filter(pk=case.pk).values().get() == before
        assert list(verify(Organ.objects.all())) == []


@few
@given(st.lists(histories(longest=14), min_size=2, max_size=5), st.lists(st.integers(0, 120), min_size=3, max_size=3))
def test_the_inbox_is_ordered_by_the_days_that_the_clock_counts(all_of_them, later):
    last = max(history.today for history in all_of_them)
    with world() as here:
        cases = {replayed(here, history).pk for history in all_of_them}
        law = law_of(here.organ)
        for today in [last, *(last + timedelta(days) for days in later)]:
            where = Place(here.organ, today, law.calendar, frozenset({"clerk"}), None)
            found = [case for case in in_tab(where, "open") if case.pk in cases]
            assert {case.pk for case in found} == {
                case.pk for case in here.organ.handled_cases.exclude(status="closed")
            } & cases
            ordered_as_counted(where, found, law)


def test_consultations_keep_the_order_right_on_every_day_of_an_autumn():
    """Stops that begin, overlap, end with an opinion or with their period, among running cases."""
    clerk = make_person("office_head")
    organ = clerk.holdings.get().organ
    as_of = date(2026, 12, 31)

    def step(case, kind, on, **data):
        return take(case, kind, on, actor=clerk, as_of=as_of, **data).number

    def consulted(case, on, whom="third_party", **data):
        return step(case, "consulted", on, whom=whom, name="甲公司", matter="清单", **data)

    days = [date(2026, 9, day) for day in (10, 14, 18, 21, 22, 24)]
    silent, answered, twice, alone, late, _running = (
        make_case(organ, received=day, actor=clerk, as_of=as_of) for day in days
    )
    consulted(silent, date(2026, 9, 15), received_on="2026-09-17")
    number = consulted(answered, date(2026, 9, 21))
    step(answered, "consultation_answered", date(2026, 9, 30), consultation=number, opinion="agree")
    consulted(twice, date(2026, 9, 24))
    consulted(twice, date(2026, 10, 9), whom="co_producer")
    consulted(alone, date(2026, 9, 28))
    consulted(late, date(2026, 10, 15), whom="other_organ")
    law = law_of(organ)
    stopped = 0
    for day in range(70):
        today = date(2026, 10, 16) + timedelta(day)
        where = Place(organ, today, law.calendar, frozenset({"clerk"}), None)
        found = list(in_tab(where, "open"))
        ordered_as_counted(where, found, law)
        standing = [days_left(where, case)[1] for case in found]
        assert standing == [clock(state_of(events_of(case)), law.calendar, law.rules, today).stopped for case in found]
        stopped += sum(standing)
    assert stopped > 30


def ordered_as_counted(where: Place, found: list[Case], law: Law) -> None:
    ranks = [rank(case, law, where.day) for case in found]
    assert ranks == sorted(ranks)
    for case in found:
        counted = clock(state_of(events_of(case)), law.calendar, law.rules, where.day)
        if counted.answered_late is None:
            assert days_left(where, case)[0] == counted.working_days_left, where.day


def rank(case: Case, law: Law, today: date) -> tuple[int, float]:
    """Unconfirmed ones first, then the fewest days left by the core's count, those without any after them, then answered ones."""
    counted = clock(state_of(events_of(case)), law.calendar, law.rules, today)
    if case.status == "unconfirmed" or counted.answered_late is not None:
        return (0 if case.status == "unconfirmed" else 2), 0
    return 1, math.inf if counted.working_days_left is None else counted.working_days_left
