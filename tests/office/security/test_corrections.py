"""A correction of the record is no way round review: not for who drafts, not for who registers."""

from __future__ import annotations

import pytest

from gongkai.office.cases.record import RefusedStepError
from gongkai.office.clock import today

from ..builders import make_case

pytestmark = pytest.mark.django_db


def correct(desks, case, role, number, **values):
    return desks.take(case, role, "record_corrected", event=number, values=values, reason="登记有误。")


def test_nobody_makes_a_case_an_imported_one_and_decides_it_unreviewed(desks):
    case = make_case(desks.organ)
    with pytest.raises(RefusedStepError):
        correct(desks, case, "clerk", 1, imported=True)
    page = desks.browsers["clerk"].get(desks.at(case, "record_corrected/"), {"event": "1"}).content.decode()
    assert "value_description" in page and "value_imported" not in page
    desks.browsers["clerk"].post(
        desks.at(case, "record_corrected/"),
        {
            "on": today().isoformat(),
            "event": "1",
            "value_on": case.received_on,
            "value_imported": "yes",
            "reason": "误。",
        },
    )
    assert "imported_decision" not in case.events.values_list("kind", flat=True)
    answer = desks.browsers["clerk"].post(
        desks.at(case, "imported_decision/"),
        {"on": today().isoformat(), "outcome": "disclosed", "grounds": ["provided"]},
    )
    assert answer.status_code == 200 and case.events.count() == 1


@pytest.mark.parametrize("role", ["clerk", "office_head"])
def test_what_was_approved_is_not_rewritten_afterwards(desks, role):
    case = desks.approved(make_case(desks.organ))
    draft = case.events.get(kind="drafted").number
    for values in ({"reasons": "另一套理由。"}, {"text": "另一份正文。"}, {"grounds": ["published"]}):
        with pytest.raises(RefusedStepError, match="重新起草"):
            correct(desks, case, role, draft, **values)


def test_who_would_approve_cannot_rewrite_the_draft_first(desks):
    case = desks.submitted(make_case(desks.organ))
    with pytest.raises(RefusedStepError):
        correct(desks, case, "office_head", case.events.get(kind="drafted").number, reasons="负责人自己写的理由。")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("confidentiality_reviewed", {"result": "determined"}),
        ("reviewed", {"remark": "同意。"}),
        ("approved", {"remark": "同意。"}),
    ],
)
def test_an_opinion_is_corrected_by_nobody_but_who_gave_it(desks, kind, values):
    case = desks.approved(make_case(desks.organ))
    with pytest.raises(RefusedStepError, match="本人"):
        correct(desks, case, "clerk", case.events.get(kind=kind).number, **values)


def test_only_the_head_who_agreed_corrects_the_length_of_an_extension(desks):
    case = make_case(desks.organ)
    desks.take(case, "clerk", "extension_requested", days=5, reason="材料多。")
    agreed = desks.take(case, "office_head", "extension_approved", days=5)
    with pytest.raises(RefusedStepError, match="本人"):
        correct(desks, case, "clerk", agreed.number, days=20)
    correct(desks, case, "office_head", agreed.number, days=10)


def test_who_drafted_approves_in_no_other_role(desks):
    """A second role of one's own, and standing in for somebody."""
    from ..builders import give_role

    clerk, day = desks.people["clerk"], today()
    give_role(clerk, "reviewer", desks.organ)
    stood_for = desks.people["approver"].holdings.get()
    give_role(clerk, "approver", desks.organ, since=day, until=day, substitutes=stood_for)
    case = desks.submitted(make_case(desks.organ))
    with pytest.raises(RefusedStepError, match="起草文书的人"):
        desks.take(case, "clerk", "reviewed")
    page = desks.browsers["clerk"].post(desks.at(case, "review/"), {"on": day.isoformat(), "_approve": "1"})
    assert page.status_code == 200 and case.events.filter(kind="reviewed").count() == 0
    desks.browsers["clerk"].post(
        f"/office/cases/{desks.organ.code}/together/", {"case": [case.number], "_confirm": "1"}
    )
    assert case.events.filter(kind="reviewed").count() == 0


def test_a_draft_that_was_recalled_is_reviewed_from_the_start(desks):
    case = desks.submitted(make_case(desks.organ))
    desks.take(case, "reviewer", "reviewed")
    desks.take(case, "clerk", "recalled", reason="改。")
    desks.take(case, "clerk", "submitted")
    with pytest.raises(RefusedStepError, match="应当先"):
        desks.take(case, "confidentiality_reviewer", "confidentiality_reviewed", result="no_secret")
