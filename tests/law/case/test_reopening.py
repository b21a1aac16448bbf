"""After the answer: what an applicant finds wrong with it, and handling anew what a ruling orders to be handled anew."""

from datetime import date

import pytest

from gongkai.law.case.clock import clock
from gongkai.law.case.counting import counted, tally
from gongkai.law.case.lawful import offered

from .building import CALENDAR, RULES, answered, make_case, make_event, refused

RECEIVED = "2026-09-18"
DECIDED = "2026-10-12"
RULED = "2026-11-02"  # a Monday


def case(*more):
    """A case that was refused on 12 October, and what came after."""
    refusal = answered("withheld_third_party", ("third_party",), DECIDED)
    return make_case(("registered", RECEIVED, {"submitted_on": RECEIVED}), *refusal, *more)


def reopened(day=RULED, **given):
    return ("reopened", day, {"number": "望政复决〔2026〕9号", "demand": "撤销原答复，重新作出处理。", **given})


def ruling():
    kind, day, given = reopened()
    return make_event(kind, day, **given)


def keys_offered(state, day):
    return {step.key for step in offered(state, CALENDAR, RULES, date.fromisoformat(day))}


def test_the_applicant_may_say_without_staff_that_the_answer_is_not_what_was_asked_for():
    state = case()
    assert refused(state, make_event("mismatch_reported", "2026-10-20", actor="")) == ()
    after = make_case(make_event("mismatch_reported", "2026-10-20", actor=""), state=state)
    assert (after.status, counted(after)) == (state.status, counted(state))


@pytest.mark.parametrize("before", ["undecided", "unsent", "withdrawn"])
def test_without_an_answer_there_is_nothing_that_could_differ_from_what_was_asked_for(before):
    registered = ("registered", RECEIVED, {"submitted_on": RECEIVED})
    steps = {
        "undecided": [],
        "unsent": answered(day=DECIDED)[:-1],
        "withdrawn": [("withdrawn", DECIDED), ("dispatched", DECIDED)],
    }
    assert refused(make_case(registered, *steps[before]), make_event("mismatch_reported", "2026-10-20"))


def test_only_staff_write_down_that_they_were_in_touch_with_the_applicant():
    assert refused(case(), make_event("contacted", "2026-10-20", actor=""))


def test_a_case_handled_anew_is_open_and_is_answered_like_any_other():
    state = case(reopened())
    assert (state.status, state.outcome, state.answered_on, state.closed_on) == ("open", "", None, None)
    again = make_case(*answered(day="2026-11-20"), make_event("delivered", "2026-11-20"), state=state)
    assert (again.status, again.outcome) == ("to_deliver", "disclosed")
    closed = make_case(("closed", "2026-11-20"), ("archived", "2026-11-20"), state=again)
    assert "archived" not in keys_offered(closed, "2026-11-20")
    assert make_case(reopened("2026-11-21"), state=closed).status == "open"


def test_a_closed_and_archived_case_is_handled_anew_as_well_as_one_that_lapsed():
    closed = case(("delivered", DECIDED), ("closed", DECIDED), ("archived", DECIDED), reopened())
    assert (closed.status, closed.archived_on, closed.delivered_on) == ("open", None, None)
    lapsed = make_case(
        ("registered", RECEIVED, {"submitted_on": RECEIVED}),
        ("correction_requested", "2026-09-21"),
        ("lapsed_uncorrected", "2026-10-30"),
        reopened(),
    )
    assert (lapsed.status, lapsed.ended_by) == ("open", "")


def test_what_was_not_decided_is_not_handled_anew():
    undecided = make_case(("registered", RECEIVED, {"submitted_on": RECEIVED}))
    assert refused(undecided, ruling())
    unconfirmed = make_case(("registered", RECEIVED, {"channel": "fax", "submitted_on": RECEIVED}))
    withdrawn = make_case(("withdrawn", RULED), state=unconfirmed)
    assert refused(withdrawn, ruling())
    before = make_event("reopened", "2026-10-09", until=None)
    assert [one.field for one in refused(case(), before, today=date(2026, 11, 2))] == ["on"]


def test_the_day_that_the_ruling_names_is_the_day_it_is_due():
    state = case(reopened(until="2026-11-30"))
    found = clock(state, CALENDAR, RULES, date(2026, 11, 2))
    assert found.due == date(2026, 11, 30)
    assert found.working_days_left == 20  # four weeks of five days
    # 20 to 24 September (the 20th is a Sunday worked), 28 to 30, 8 to 10 October (a Saturday worked), 12 to 16, 19 to 22
    assert found.original_due == date(2026, 10, 22)
    late = make_case(*answered(day="2026-12-02"), state=state)
    assert clock(late, CALENDAR, RULES, date(2026, 12, 2)).answered_late == 2
    assert refused(case(), make_event("reopened", RULED, until="2026-10-30"))[0].field == "until"


def test_where_the_ruling_names_no_day_twenty_working_days_run_from_the_day_after():
    found = clock(case(reopened(until=None)), CALENDAR, RULES, date(2026, 11, 2))
    assert found.due == date(2026, 11, 30)
    assert [(one.start, one.end, one.counted, one.mark) for one in found.spans] == [
        (date(2026, 9, 19), date(2026, 11, 2), False, "infer"),
        (date(2026, 11, 3), date(2026, 11, 30), True, "infer"),
    ]
    shorter = RULES.with_settings({"reply_reopened": 10})
    assert clock(case(reopened(until=None)), CALENDAR, shorter, date(2026, 11, 2)).due == date(2026, 11, 16)


def test_an_opinion_asked_for_anew_is_left_out_unless_the_ruling_names_the_day():
    asked = ("consulted", "2026-11-03", {"received_on": "2026-11-03"})
    answer = ("consultation_answered", "2026-11-10", {"consultation": None, "opinion": "agree"})
    for until, due in ((None, date(2026, 12, 7)), ("2026-11-30", date(2026, 11, 30))):
        state = make_case(asked, state=case(reopened(until=until)))
        number = state.consultations[-1].number
        state = make_case((*answer[:2], {**answer[2], "consultation": number}), state=state)
        assert clock(state, CALENDAR, RULES, date(2026, 11, 11)).due == due


def test_what_puts_off_an_answer_is_not_meant_for_one_that_was_ordered():
    state = case(reopened(until=None))
    assert not keys_offered(state, RULED) & {
        "extension_requested",
        "delay_set",
        "extension_notified",
        "imported_decision",
    }
    assert refused(state, make_event("extension_requested", RULED))


def test_an_earlier_draft_is_not_sent_for_review_and_an_earlier_letter_not_delivered_again():
    state = case(reopened())
    assert not keys_offered(state, RULED) & {"submitted", "delivered", "dispatched", "closed", "decided"}


def test_steps_that_follow_the_ruling_are_not_dated_before_it():
    earlier = make_event("drafted", "2026-10-30")
    assert [one.field for one in refused(case(reopened()), earlier, today=date(2026, 11, 2))] == ["on"]


def test_the_first_result_stays_counted_in_its_year_and_the_second_is_not():
    answers = answered("disclosed", ("provided",), "2027-01-15")
    state = make_case(*answers, state=case(reopened(until="2027-01-29")))
    assert state.outcome == "disclosed"
    result = counted(state)
    assert (result.outcome, result.decided_on) == ("withheld_third_party", date(2026, 10, 12))
    column = "natural_person"
    assert tally([result], 2026) == {("received", column): 1, ("withheld_third_party", column): 1}
    assert tally([result], 2027) == {}
    assert counted(case(reopened())) == counted(case())


def test_a_transferred_case_is_to_be_assigned_and_approved_by_the_organ_that_has_it_now():
    state = make_case(
        ("registered", RECEIVED, {"submitted_on": RECEIVED}),
        ("assigned", RECEIVED, {"division": "一科"}),
        ("assigned", RECEIVED, {"division": "二科"}),
        ("finding_returned", "2026-09-22", {"division": "一科"}),
        *answered(day=DECIDED)[:-2],
    )
    assert state.status == "to_issue"
    moved = make_case(("transferred", "2026-10-13", {"organ": "承接的机关"}), state=state)
    assert (moved.status, moved.divisions, moved.transferred_to) == ("open", (), "承接的机关")
    assert [one.division for one in moved.assignments] == ["一科"]
    assert (
        clock(moved, CALENDAR, RULES, date(2026, 10, 13)).due == clock(state, CALENDAR, RULES, date(2026, 10, 13)).due
    )
