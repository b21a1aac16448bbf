"""The columns of a case, against days counted by hand on the printed calendar of 2026."""

from datetime import date

import pytest

from gongkai.office.cases.projections import applicant_index_of, content_index

from ..builders import make_case, make_organ, make_person, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("clerk")


@pytest.fixture
def case(clerk):
    """Received on 18 September 2026, due on 22 October: the holidays of two weeks and two worked weekend days lie between."""
    return make_case(clerk.holdings.get().organ, received=date(2026, 9, 18), actor=clerk, as_of=date(2026, 12, 1))


@pytest.fixture
def step(case, clerk):
    def take_one(kind, on, **data):
        return take(case, kind, on, actor=clerk, as_of=date(2026, 12, 1), **data)

    return take_one


def consulted(step):
    """On the seventh working day: thirteen are left."""
    asked = {"whom": "third_party", "name": "甲公司", "matter": "清单", "received_on": "2026-09-29"}
    return step("consulted", date(2026, 9, 29), **asked)


def deadline(case):
    return case.original_due, case.due, case.stopped_until, case.days_left


def test_a_running_clock_has_a_due_day_only(case):
    assert deadline(case) == (date(2026, 10, 22), date(2026, 10, 22), None, None)


def test_while_a_third_party_is_asked_the_days_left_and_the_last_day_of_the_stop_are_known(case, step):
    consulted(step)
    assert deadline(case) == (date(2026, 10, 22), date(2026, 11, 12), date(2026, 10, 26), 13)


def test_an_opinion_ends_the_stop_on_its_day(case, step):
    event = consulted(step)
    step("consultation_answered", date(2026, 10, 12), consultation=event.number, opinion="agree")
    assert deadline(case) == (date(2026, 10, 22), date(2026, 10, 29), date(2026, 10, 12), 13)


def test_an_opinion_that_comes_late_changes_nothing_any_more(case, step):
    event = consulted(step)
    step("consultation_answered", date(2026, 11, 2), consultation=event.number, opinion="agree")
    assert deadline(case) == (date(2026, 10, 22), date(2026, 11, 12), date(2026, 10, 26), 13)


def test_while_a_correction_is_awaited_nothing_is_due_but_the_correction(case, step):
    step("correction_requested", date(2026, 9, 29), matters="请写明名称", until="2026-10-26")
    assert deadline(case) == (date(2026, 10, 22), None, None, None)
    assert case.waiting_until == date(2026, 10, 26)


def test_after_the_answer_the_due_day_stays_for_the_record(case, step, clerk):
    step("answered_on_the_spot", date(2026, 9, 18), outcome="disclosed", grounds=["published"], content="当场告知")
    assert (case.status, case.answered_on, case.due) == ("to_deliver", date(2026, 9, 18), date(2026, 10, 22))


def test_a_request_for_rectification_has_no_statutory_period(clerk):
    case = make_case(matter="rectification", form=None)
    assert deadline(case) == (None, None, None, None) and not case.counted


def test_an_applicant_is_found_again_by_document_or_by_name_and_telephone():
    organ = make_organ()
    first, again, other = (
        make_case(organ, personal={"applicant_name": name, "id_number": number})
        for name, number in [
            ("张明", "11010119900307888X"),
            ("张　明", "１１０１０１１９９００３０７８８８x"),
            ("张明", "110101198501011239"),
        ]
    )
    assert first.applicant_index == again.applicant_index != other.applicant_index
    assert applicant_index_of({"applicant_name": "张明", "telephone": "138"}) == applicant_index_of(
        {"applicant_name": "张明", "telephone": "138"}
    )
    assert applicant_index_of({"applicant_name": "张明"}) == ""


def test_an_applicant_set_right_in_the_record_is_found_by_what_is_right(clerk):
    organ = clerk.holdings.get().organ
    wrong = make_case(organ, personal={"id_number": "110101198501011239"}, actor=clerk)
    right = make_case(organ)
    given = {"event": 1, "values": {"description": "另一份清单"}, "reason": "录入有误"}
    take(wrong, "record_corrected", actor=clerk, personal={"id_number": "110101199003078881"}, **given)
    assert wrong.applicant_index == right.applicant_index
    assert wrong.description == "另一份清单"


@pytest.mark.parametrize(
    ("one", "two", "equal"),
    [
        ("2025年预算公开表。", "2025年预算公开表", True),
        ("２０２５年 预算公开表", "2025年预算公开表！", True),
        ("2025年预算公开表", "2024年预算公开表", False),
    ],
)
def test_equal_descriptions_are_found_whatever_their_punctuation(one, two, equal):
    assert (content_index(one) == content_index(two)) is equal


def test_an_empty_description_is_like_no_other():
    assert content_index(" 。") == ""
