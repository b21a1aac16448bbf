"""What a form is filled in with beforehand is what the case, the calendar and the tiers of fees come to."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.case.steps import steps
from gongkai.office.cases.desk import desk_of
from gongkai.office.cases.suggestions import suggested

from .. import builders

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)


def fee_of_the_last(organ, days):
    """What is suggested for the last of one applicant's applications, received on these days."""
    case = [builders.make_case(organ, received=day, as_of=TODAY) for day in days][-1]
    one = desk_of(case, builders.make_person("clerk", organ), frozenset({"clerk"}), TODAY)
    return suggested(one, steps()["fee_notified"])


def test_the_eleventh_application_of_a_month_is_suggested_to_cost_100_yuan(make_organ):
    found = fee_of_the_last(make_organ(), [date(2026, 9, 30), *[date(2026, 10, 9)] * 10, date(2026, 10, 12)])
    assert (found["basis"], found["before"], found["quantity"], found["amount"]) == ("per_item", 10, 1, "100.00")
    assert "第11件" in found["explanation"]


def test_no_fee_is_suggested_for_the_tenth_though_the_month_before_had_more(make_organ):
    found = fee_of_the_last(make_organ(), [*[date(2026, 9, 30)] * 2, *[date(2026, 10, 9)] * 10])
    assert found == {"before": 9, "quantity": 1}
