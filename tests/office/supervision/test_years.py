"""The pages of a territory for a year of which there can be no report."""

import pytest
from django.urls import reverse

from ..builders import client_of
from ..filings import ways

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return ways.district()


@pytest.mark.parametrize("year", [0, 1, 2018, 9999, 10000, 10**30])
@pytest.mark.parametrize(
    ("route", "more"),
    [
        ("supervision_board", ()),
        ("supervision_rollup", ()),
        ("supervision_likeness", ()),
        ("supervision_pair", ("a", "b")),
        ("supervision_former", ("a",)),
    ],
)
def test_a_year_of_which_there_can_be_no_report_is_not_found(place, route, more, year):
    client = client_of(place.people["supervisor"])
    assert client.get(reverse(route, args=[place.government.code, year, *more])).status_code == 404
