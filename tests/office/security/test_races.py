"""Two people at once: one step once, numbers without gaps and twins, a record that is looked at while it grows."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from gongkai.office.cases import verify as verifying
from gongkai.office.cases.models import Case
from gongkai.office.cases.record import RefusedStepError
from gongkai.office.cases.verify import verify
from gongkai.office.clock import today
from gongkai.office.organs.models import Organ

from ..builders import client_of, make_case, make_organ, make_person, take
from .desks import Desks


def at_once(*acts):
    """Run all, each on a connection of its own; returns what each raised or None."""
    raised = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number, act):
        try:
            start.wait(10)
            act()
        except Exception as error:
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def threads(transactional_db):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory belongs to one thread")


def test_of_two_who_take_the_same_step_one_is_refused(threads):
    desks = Desks()
    case = desks.submitted(make_case(desks.organ))
    give = [make_person("reviewer", desks.organ) for _ in range(4)]
    raised = at_once(*(lambda one=one: take(Case.objects.get(pk=case.pk), "reviewed", actor=one) for one in give))
    assert [type(one) for one in raised if one] == [RefusedStepError] * 3
    assert case.events.filter(kind="reviewed").count() == 1
    assert list(verify(Organ.objects.all())) == []


def test_letters_issued_at_the_same_time_are_numbered_without_gap_or_twin(threads):
    desks = Desks()
    cases = [desks.approved(make_case(desks.organ)) for _ in range(4)]
    answers = []

    def issue(case):
        values = {"on": today().isoformat(), "outcome": "disclosed", "number": ""}
        answers.append(client_of(desks.people["clerk"]).post(desks.at(case, "decided/"), values).status_code)

    assert at_once(*(lambda case=case: issue(case) for case in cases)) == [None] * 4
    numbers = [case.events.get(kind="decided").data["number"] for case in cases]
    assert answers == [302] * 4
    assert sorted(numbers) == [numbers[0].rpartition("〕")[0] + f"〕{serial}号" for serial in range(1, 5)]


def test_a_refused_step_leaves_no_gap_in_the_numbers(db):
    desks = Desks()
    waiting, ready = desks.submitted(make_case(desks.organ)), desks.approved(make_case(desks.organ))
    for case in (waiting, ready):
        values = {"on": today().isoformat(), "outcome": "disclosed", "number": ""}
        desks.browsers["clerk"].post(desks.at(case, "decided/"), values)
    assert ready.events.get(kind="decided").data["number"].endswith("〕1号")


@pytest.mark.django_db
def test_what_is_recorded_while_the_record_is_verified_is_no_fault(monkeypatch):
    case = make_case()
    clerk = make_person("clerk", case.organ)
    plain, late = verifying.with_rows, []

    def with_rows(cases, *related):
        for one, rows in plain(cases, *related):
            if not late:  # read before, compared after
                late.append(take(Case.objects.get(pk=case.pk), "note", actor=clerk, text="备注。"))
                one.refresh_from_db()
            yield one, rows

    monkeypatch.setattr(verifying, "with_rows", with_rows)
    assert list(verify(Organ.objects.filter(pk=case.organ_id))) == []
    assert late


@pytest.mark.django_db
def test_what_is_registered_while_the_registers_are_read_is_no_fault(monkeypatch):
    organ = make_organ()
    make_case(organ)
    plain, late = verifying._kept_numbers, []

    def kept_numbers(of, numbers, registers):
        if not late:
            late.append(make_case(organ))
            numbers = {*numbers, late[0].number}
        return plain(of, numbers, registers)

    monkeypatch.setattr(verifying, "_kept_numbers", kept_numbers)
    assert list(verify(Organ.objects.filter(pk=organ.pk))) == []
    assert late
