"""What may be done next, and what is refused with the article that speaks against it."""

from datetime import date

import pytest

from gongkai.law.case.cautions import cautions
from gongkai.law.case.clock import clock
from gongkai.law.case.counting import CountedCase, counted, rows_between, tally
from gongkai.law.case.event import Event
from gongkai.law.case.guide import guide
from gongkai.law.case.lawful import offered
from gongkai.law.case.refusal import Law
from gongkai.law.case.state import state_of

from .building import CALENDAR, RULES, answered, make_case, make_event, refused

DAY = "2026-09-18"
LATER = "2026-10-12"


def received(day=DAY, **given):
    return make_case(("registered", day, {"submitted_on": day, **given}))


def keys_offered(state, day):
    return {step.key for step in offered(state, CALENDAR, RULES, date.fromisoformat(day))}


def messages(found):
    return " ".join(one.message for one in found)


def test_a_case_begins_with_its_registration():
    assert "应当先登记" in messages(refused(None, make_event("note", DAY)))
    with pytest.raises(ValueError):
        state_of([make_event("note", DAY)])
    with pytest.raises(ValueError):
        state_of([])


def test_identity_and_one_way_to_reach_the_applicant_are_required():
    event = make_event("registered", DAY)
    found = refused(None, event, personal=frozenset())
    assert {one.field for one in found} == {"applicant_name", "id_number"}
    assert all("第二十九条" in one.article for one in found)
    named = frozenset({"applicant_name", "id_number"})
    assert [one.field for one in refused(None, event, personal=named)] == ["telephone"]
    assert refused(None, event, personal=named | {"email"}) == ()


def test_a_digest_stands_for_a_personal_value_and_the_value_itself_is_refused():
    digests = {"applicant_name": "a1", "id_number": "b2", "address": "c3"}
    event = make_event("registered", DAY, personal=digests)
    assert refused(None, event, personal=frozenset()) == ()
    spoken = make_event("registered", DAY, applicant_name="张三")
    assert [one.field for one in refused(None, spoken)] == ["applicant_name"]


def test_the_day_of_signing_is_asked_only_of_post():
    by_post = make_event("registered", DAY, channel="post", signed_on=None)
    data = {key: value for key, value in by_post.data.items() if key != "signed_on"}
    assert [one.field for one in refused(None, Event("registered", by_post.on, data, "甲"))] == ["signed_on"]
    assert [one.field for one in refused(None, make_event("registered", DAY, signed_on=DAY))] == ["signed_on"]


def test_staff_steps_need_a_member_of_staff():
    state = received()
    assert "工作人员" in messages(refused(state, make_event("assigned", DAY, actor="")))
    assert refused(state, make_event("withdrawn", DAY, actor="")) == ()


def test_nobody_reviews_or_approves_a_draft_of_their_own():
    state = make_case(
        make_event("drafted", LATER, actor="甲"),
        make_event("drafted", LATER, actor="乙"),
        make_event("submitted", LATER, actor="甲"),
        state=received(),
    )
    for drafter in ("甲", "乙"):
        assert "自己起草" in messages(refused(state, make_event("reviewed", LATER, actor=drafter)))
    assert refused(state, make_event("reviewed", LATER, actor="丙")) == ()


@pytest.mark.parametrize(
    ("outcome", "grounds", "stages"),
    [
        ("disclosed", ["provided"], ["reviewed", "confidentiality_reviewed", "approved"]),
        ("withheld_internal", ["personnel"], ["reviewed", "legally_reviewed", "approved"]),
        (
            "partly_disclosed",
            ["provided", "privacy"],
            ["reviewed", "legally_reviewed", "confidentiality_reviewed", "approved"],
        ),
    ],
)
def test_stages_of_review_follow_the_nature_of_the_decision(outcome, grounds, stages):
    drafted = make_event("drafted", LATER, outcome=outcome, grounds=grounds)
    state = make_case(drafted, make_event("submitted", LATER), state=received())
    for place, stage in enumerate(stages):
        assert state.review_stage == stage
        for other in {"reviewed", "legally_reviewed", "confidentiality_reviewed", "approved"} - {stage}:
            assert refused(state, make_event(other, LATER, actor="审")), (stage, other)
        assert stage in keys_offered(state, LATER)
        state = make_case(make_event(stage, LATER, actor=f"审{place}"), state=state)
    assert state.status == "to_issue"


def test_an_approval_is_not_dated_before_the_review():
    state = make_case(make_event("drafted", DAY), make_event("submitted", DAY), state=received())
    state = make_case(*answered()[2:4], state=state)  # reviewed on a later day
    assert [one.field for one in refused(state, make_event("approved", DAY, actor="批"))] == ["on"]
    assert refused(state, make_event("approved", LATER, actor="批")) == ()


def test_what_is_returned_is_reviewed_anew():
    events = answered()[:3]
    state = make_case(*events, make_event("returned", LATER, actor="审"), state=received())
    assert (state.status, state.draft.passed) == ("open", ())
    again = make_case(make_event("submitted", LATER), state=state)
    assert again.review_stage == "reviewed"


def test_nothing_is_issued_but_what_was_approved():
    assert "decided" not in keys_offered(received(), LATER)
    state = make_case(*answered()[:-2], state=received())
    wrong = make_event("decided", LATER, outcome="withheld_internal")
    assert [one.field for one in refused(state, wrong)] == ["outcome"]


def test_partial_disclosure_names_what_the_rest_rests_on():
    drafted = make_event("drafted", LATER, outcome="partly_disclosed", grounds=["provided"])
    found = refused(make_case(drafted, state=received()), make_event("submitted", LATER))
    assert "第三十七条" in found[0].article


def test_information_is_not_held_only_after_a_recorded_search():
    drafted = make_event("drafted", LATER, outcome="unavailable_not_held", grounds=["not_held"])
    state = make_case(drafted, state=received())
    assert "检索记录" in messages(refused(state, make_event("submitted", LATER)))
    bare = Event("finding_returned", date.fromisoformat(LATER), {"finding": "not_held"}, "甲")
    wanted = {"search_places", "search_words", "search_time", "searched_by", "search_result"}
    assert {one.field for one in refused(state, bare)} == wanted
    searched = make_case(("finding_returned", LATER, {"finding": "not_held"}), state=state)
    assert refused(searched, make_event("submitted", LATER)) == ()


def test_a_repeated_application_names_the_case_answered_before():
    event = make_event("drafted", LATER, outcome="declined_repeat", grounds=["repeat"], earlier_case=[])
    assert [one.field for one in refused(received(), event)] == ["earlier_case"]


def test_an_abusive_application_is_declined_only_after_reasons_were_asked():
    drafted = make_event("drafted", LATER, outcome="declined_abusive", grounds=["abusive"])
    submitted = make_event("submitted", LATER)
    assert "第三十五条" in refused(make_case(drafted, state=received()), submitted)[0].article
    asked = make_case(("reasons_requested", "2026-09-21", {"until": LATER}), drafted, state=received())
    assert "期限届满以前" in messages(refused(asked, submitted))
    assert refused(asked, make_event("submitted", "2026-10-13")) == ()


def test_a_third_party_is_heard_before_anything_is_disclosed():
    asked = make_case(("consulted", "2026-09-21"), *answered()[:4], state=received())
    approval = make_event("approved", LATER, actor="批")
    assert "签收" in messages(refused(asked, approval))  # when its fifteen days began is not known
    signed = make_case(("consultation_received", "2026-09-21", {"consultation": 2}), state=asked)
    # signed on 21 September: 22, 23, 24, 28, 29, 30, October 8, 9, 10, 12 to 16, and the fifteenth working day is the 19th
    assert "期限届满以前" in messages(refused(signed, approval))
    assert refused(signed, make_event("approved", "2026-10-19", actor="批"))
    assert refused(signed, make_event("approved", "2026-10-20", actor="批")) == ()
    heard = make_case(("consultation_answered", LATER, {"consultation": 2, "opinion": "agree"}), state=signed)
    assert refused(heard, approval) == ()


def test_a_reasonable_objection_is_overridden_only_for_the_public_interest_and_told():
    objection = {"consultation": 2, "opinion": "object", "reasonable": True}
    state = make_case(("consulted", "2026-09-21"), ("consultation_answered", "2026-10-10", objection), state=received())
    plain = make_case(*answered()[:4], state=state)
    assert "第三十二条" in refused(plain, make_event("approved", LATER, actor="批"))[0].article
    overridden = make_case(*answered(grounds=["public_interest"], public_interest="关系食品安全。"), state=state)
    assert "书面告知" in messages(refused(overridden, make_event("closed", LATER)))
    told = make_case(("third_party_informed", LATER, {"consultation": 2}), state=overridden)
    assert refused(told, make_event("closed", LATER)) == ()


def test_a_lapse_is_not_drafted():
    event = make_event("drafted", LATER, outcome="other_uncorrected")
    assert [one.field for one in refused(received(), event)] == ["outcome"]


def test_a_case_is_closed_only_when_its_answer_was_sent():
    state = make_case(*answered()[:-1], state=received())
    assert "closed" not in keys_offered(state, LATER)
    sent = make_case(answered()[-1], state=state)
    bare = Event("closed", date.fromisoformat(LATER), {}, "甲")
    assert [one.field for one in refused(sent, bare)] == ["without_proof"]
    delivered = make_case(("delivered", LATER), state=sent)
    assert refused(delivered, bare) == ()


def test_an_opinion_names_the_consultation_it_answers_and_comes_after_it():
    state = make_case(("consulted", "2026-09-22"), state=received())
    for number, day in ((1, LATER), (9, LATER), (2, "2026-09-21")):
        assert refused(state, make_event("consultation_answered", day, consultation=number, opinion="agree"))


def test_only_imported_applications_are_decided_without_review():
    assert "imported_decision" not in keys_offered(received(), LATER)
    given = {"outcome": "disclosed", "dispatched_on": "2026-10-23"}
    state = make_case(make_event("registered", DAY, submitted_on=DAY, imported=True))
    event = make_event("imported_decision", LATER, **given)
    assert refused(state, event)  # sent after today
    state = make_case(("imported_decision", LATER, {**given, "dispatched_on": LATER}), state=state)
    assert (state.status, state.outcome, state.answered_on) == ("closed", "disclosed", date.fromisoformat(LATER))


def test_a_correction_of_the_record_keeps_what_was_written():
    state = make_case(
        ("record_corrected", LATER, {"event": 1, "values": {"applicant_kind": "enterprise"}}), state=received()
    )
    assert state.applicant_kind == "enterprise"
    assert state.events[0].data["applicant_kind"] == "natural_person"
    assert state.effective[0].data["applicant_kind"] == "enterprise"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"purpose": "x"},
        {"applicant_kind": "alien"},
        {"applicant_name": "张三"},
        {"on": "昨天"},
        {"on": "2026-09-17"},
    ],
)
def test_a_correction_may_not_make_the_record_unlawful(values):
    assert refused(received(), make_event("record_corrected", LATER, event=1, values=values))


def test_personal_values_are_set_right_outside_the_record():
    event = Event("record_corrected", date.fromisoformat(LATER), {"event": 1, "reason": "笔误。"}, "甲")
    assert refused(received(), event, personal=frozenset({"applicant_name"})) == ()
    assert refused(received(), event, personal=frozenset({"nickname"}))


def test_a_rectification_has_its_own_end_and_is_not_counted():
    state = make_case(make_event("registered", DAY, matter="rectification", form=None, submitted_on=DAY))
    assert {"drafted", "fee_notified", "extension_requested"}.isdisjoint(keys_offered(state, DAY))
    done = make_case(("rectified", LATER), ("dispatched", LATER, {"method": "direct"}), ("closed", LATER), state=state)
    assert (done.status, done.rectification, counted(done)) == ("closed", "rectified", None)
    assert guide(done) == ()


def test_withdrawn_before_receipt_it_is_not_counted_and_after_it_counts_as_other():
    unconfirmed = make_case(make_event("registered", DAY, channel="internet", submitted_on=DAY))
    assert unconfirmed.status == "unconfirmed"
    gone = make_case(("withdrawn", DAY), state=unconfirmed)
    assert (gone.status, counted(gone)) == ("closed", None)
    later = make_case(("withdrawn", LATER), state=received())
    assert counted(later) == CountedCase(date(2026, 9, 18), "natural_person", date(2026, 10, 12), "other")


@pytest.mark.parametrize(
    ("year", "rows"),
    [
        (2024, ()),
        (2025, ("received", "carried_over")),
        (2026, ("carried_in", "carried_over")),
        (2027, ("carried_in", "disclosed")),
        (2028, ()),
    ],
)
def test_a_case_counts_by_the_years_of_receipt_and_of_decision(year, rows):
    case = CountedCase(date(2025, 12, 30), "research", date(2027, 1, 4), "disclosed")
    assert rows_between(case, date(year, 1, 1), date(year, 12, 31)) == rows
    assert tally([case, case], year) == {(row, "research"): 2 for row in rows}


def test_refusals_are_reviewed_from_time_to_time():
    withheld = answered("withheld_internal", ["personnel"])
    state = make_case(*withheld, ("closed", LATER), state=received())
    limits = clock(state, CALENDAR, RULES, date(2026, 11, 1)).side_limits
    assert [(one.key, str(one.due), one.mark) for one in limits] == [("refusal_review", "2027-10-12", "infer")]
    assert "refusal_reviewed" in keys_offered(state, "2027-03-01")
    lifted = make_case(("refusal_reviewed", "2027-03-01", {"result": "disclosable"}), state=state)
    assert "refusal_reviewed" not in keys_offered(lifted, "2027-03-02")
    assert clock(lifted, CALENDAR, RULES, date(2027, 3, 2)).side_limits == ()


def test_what_was_disclosed_may_be_suggested_for_publication_once_at_a_time():
    state = make_case(*answered(), state=received())
    assert "disclosure_suggested" in keys_offered(state, LATER)
    asked = make_case(("disclosure_suggested", LATER), state=state)
    assert "disclosure_suggested" not in keys_offered(asked, LATER)
    assert "disclosure_decided" in keys_offered(asked, LATER)


def test_the_guide_follows_the_case():
    def standing(state):
        return [one.standing for one in guide(state)]

    state = received()
    assert standing(state) == ["now", "ahead", "ahead", "ahead", "ahead"]
    asked = make_case(("correction_requested", DAY), state=state)
    assert guide(asked)[0].event == 2
    found = make_case(("assigned", DAY), ("finding_returned", DAY, {"division": "division"}), state=state)
    assert standing(found) == ["passed", "settled", "settled", "now", "ahead"]
    assert standing(make_case(*answered(), state=found)) == ["passed", "settled", "settled", "settled", "settled"]


def test_every_status_is_reached():
    state = received()
    reached = {
        "unconfirmed": make_case(make_event("registered", DAY, channel="fax", submitted_on=DAY)),
        "open": state,
        "awaiting_correction": make_case(("correction_requested", DAY), state=state),
        "awaiting_reasons": make_case(("reasons_requested", DAY), state=state),
        "awaiting_fee": make_case(("fee_notified", DAY), state=state),
        "in_review": make_case(*answered()[:2], state=state),
        "to_issue": make_case(*answered()[:-2], state=state),
        "to_deliver": make_case(*answered()[:-1], state=state),
        "closed": make_case(*answered(), ("closed", LATER), state=state),
    }
    assert {status: found.status for status, found in reached.items()} == {status: status for status in reached}


def test_a_fee_that_is_waived_leaves_the_period_as_it_was():
    state = make_case(("fee_notified", "2026-09-29"), ("fee_waived", LATER), state=received())
    assert str(clock(state, CALENDAR, RULES, date(2026, 10, 12)).due) == "2026-10-22"


@pytest.mark.parametrize(
    ("fee", "field"),
    [
        ({"basis": "per_item", "before": 10, "quantity": 1, "amount": "100.00"}, None),
        ({"basis": "per_item", "before": 28, "quantity": 4, "amount": "600.00"}, None),  # 29, 30 at 100; 31, 32 at 200
        ({"basis": "per_page", "quantity": 120, "amount": "1100.00"}, None),  # 70 at 10, 20 at 20
        ({"basis": "per_item", "before": 10, "quantity": 1, "amount": "120.00"}, "amount"),
        ({"basis": "per_item", "before": 9, "quantity": 1, "amount": "100.00"}, "amount"),
        ({"basis": "per_item", "before": None, "quantity": 11, "amount": "100.00"}, "before"),
        ({"basis": "per_page", "before": None, "quantity": 30, "amount": "10.00"}, "amount"),
        ({"basis": "per_page", "quantity": 30, "amount": "10.00", "deviation": "上级另有规定。"}, None),
    ],
)
def test_a_fee_is_what_its_tiers_come_to_unless_a_reason_is_given(fee, field):
    found = refused(received(), make_event("fee_notified", DAY, **fee))
    assert [one.field for one in found] == ([field] if field else [])


def test_a_fee_that_is_paid_in_part_is_not_paid():
    state = make_case(("fee_notified", DAY), state=received())
    assert [one.field for one in refused(state, make_event("fee_paid", LATER, amount="99.99"))] == ["amount"]
    assert not refused(state, make_event("fee_paid", LATER, amount="100.00"))


def test_a_division_answers_before_the_applicant_is_to_be_answered():
    """The answer to an application of 2026-09-18 is due on 2026-10-22."""
    state = received()
    assert not refused(state, make_event("assigned", LATER, internal_due="2026-10-22"))
    assert [one.field for one in refused(state, make_event("assigned", LATER, internal_due="2026-10-23"))] == [
        "internal_due"
    ]
    assert not refused(
        state, make_event("assigned", "2026-10-26", internal_due="2026-10-27")
    )  # overdue: as soon as can be


def test_a_division_is_not_asked_twice_at_once():
    state = make_case(("assigned", DAY, {"internal_due": LATER}), state=received())
    again = make_event("assigned", LATER, internal_due=LATER)
    assert [one.field for one in refused(state, again)] == ["division"]
    assert not refused(state, make_event("assigned", LATER, division="other", internal_due=LATER))
    answered_once = make_case(("finding_returned", LATER, {"division": "division"}), state=state)
    assert not refused(answered_once, again)


def test_who_asks_for_a_correction_after_seven_working_days_is_told_so_and_not_barred():
    """The seventh working day after 2026-09-18 is 2026-09-29."""
    state, law = received(), Law(CALENDAR, RULES, date(2026, 10, 12))
    assert not cautions(state, "correction_requested", date(2026, 9, 29), law)
    (told,) = cautions(state, "correction_requested", date(2026, 9, 30), law)
    assert "已超过7个工作日" in told.message and "2026年9月29日" in told.message
    assert "correction_requested" in keys_offered(state, "2026-09-30")


def test_an_ordinary_letter_is_to_be_confirmed_on_the_day_it_comes():
    state = make_case(make_event("registered", DAY, channel="ordinary_post", submitted_on=DAY))
    limits = clock(state, CALENDAR, RULES, date(2026, 9, 21)).side_limits
    assert [(one.key, str(one.due)) for one in limits] == [("confirmation", DAY)]
