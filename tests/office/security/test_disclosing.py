"""Nothing is disclosed that the law wants looked at first: by confidentiality review, by the head, by a third party."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.law.calendar import national_calendar
from gongkai.office.cases.record import RefusedStepError
from gongkai.office.clock import today

from ..builders import make_case, make_organ, make_person

pytestmark = pytest.mark.django_db


def spot(desks, case, **values):
    return desks.take(
        case,
        "clerk",
        "answered_on_the_spot",
        **{"outcome": "disclosed", "grounds": ["provided"], "content": "清单一份。", **values},
    )


def test_on_the_spot_too_nothing_is_given_out_unreviewed(desks):
    case = make_case(desks.organ)
    with pytest.raises(RefusedStepError, match="保密审查"):
        spot(desks, case)
    with pytest.raises(RefusedStepError, match="作出保密审查结论的人"):
        spot(desks, case, review_result="no_secret")
    reviewer = str(desks.people["confidentiality_reviewer"].pk)
    spot(desks, case, review_result="no_secret", reviewed_by=reviewer)
    assert case.outcome == "disclosed"


def test_what_is_public_already_needs_no_review(desks):
    case = make_case(desks.organ)
    spot(desks, case, grounds=["published"])
    assert case.outcome == "disclosed"


def test_the_reviewer_on_the_spot_holds_that_role_and_is_another_person(desks):
    case = make_case(desks.organ)
    clerk, other = str(desks.people["clerk"].pk), str(make_person("confidentiality_reviewer", make_organ()).pk)
    for key in (clerk, str(desks.people["reviewer"].pk), other, "0"):
        with pytest.raises(RefusedStepError):
            spot(desks, case, review_result="no_secret", reviewed_by=key)


def test_an_extension_is_agreed_to_by_the_head_of_the_office_alone(desks):
    case = make_case(desks.organ)
    desks.take(case, "clerk", "extension_requested", days=5, reason="材料多。")
    for role, browser in desks.browsers.items():
        browser.post(desks.at(case, "extension_approved/"), {"on": today().isoformat(), "days": "5"})
        assert case.events.filter(kind="extension_approved").exists() is (role == "office_head"), role
        if role == "office_head":
            break
    for role in ("clerk", "approver", "reviewer", "supervisor"):
        assert desks.browsers[role].post(
            desks.at(case, "extension_approved/"), {"on": today().isoformat()}
        ).status_code in (403, 404)


def consulted(desks, **answer):
    """A case whose third party signed for the letter so long ago that its fifteen working days are over."""
    day = national_calendar()
    received = next(one for one in _days_back(today()) if day.is_working(one) and day.working_days(one, today()) > 40)
    case = make_case(desks.organ, received=received)
    sent = day.after(received, 1)
    letter = {"whom": "third_party", "name": "第三方甲", "matter": "清单", "received_on": sent.isoformat()}
    asked = desks.take(case, "clerk", "consulted", on=sent, **letter)
    if answer:
        desks.take(case, "clerk", "consultation_answered", on=day.after(sent, 2), consultation=asked.number, **answer)
    return case


def _days_back(day):
    while True:
        day -= timedelta(1)
        yield day


def test_what_a_third_party_objects_to_in_part_is_not_disclosed_whole(desks):
    case = consulted(desks, opinion="partly", reasons="造价是商业秘密。", reasonable=True)
    with pytest.raises(RefusedStepError, match="不同意"):
        desks.approved(case)


def test_silence_of_a_third_party_is_waited_for_and_is_never_recorded_as_consent(desks):
    case = make_case(desks.organ)
    day = today().isoformat()
    desks.take(case, "clerk", "consulted", whom="third_party", name="第三方甲", matter="清单", received_on=day)
    with pytest.raises(RefusedStepError, match="期限届满以前不能决定公开"):
        desks.approved(case)
    silent = consulted(desks)
    desks.approved(silent)
    assert not silent.events.filter(kind="consultation_answered").exists()


def test_without_confidentiality_review_nothing_is_approved(desks):
    case = desks.submitted(make_case(desks.organ))
    desks.take(case, "reviewer", "reviewed")
    for role in ("approver", "office_head"):
        with pytest.raises(RefusedStepError, match="保密审查"):
            desks.take(case, role, "approved")
    for role in ("clerk", "reviewer", "approver", "office_head", "handler"):
        answer = desks.browsers[role].post(
            desks.at(case, "confidentiality_reviewed/"), {"on": today().isoformat(), "result": "no_secret"}
        )
        assert answer.status_code in (403, 404), role


def test_no_event_lies_in_the_future_or_before_the_application(desks):
    case = make_case(desks.organ)
    for day in (today() + timedelta(1), case.received_on - timedelta(1)):
        with pytest.raises(RefusedStepError):
            desks.take(case, "clerk", "note", on=day, as_of=today(), text="备注。")
        with pytest.raises(RefusedStepError):
            desks.take(case, "clerk", "drafted", on=day, as_of=today(), outcome="disclosed", grounds=["provided"])
