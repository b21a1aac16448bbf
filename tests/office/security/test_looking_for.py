"""Looking for an applicant leaves their number in no address, and so in no log of a server or a browser."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ..builders import make_case

pytestmark = pytest.mark.django_db

CARD = "110101199003078881"


def look_for(desks, words, role="clerk"):
    address = reverse("cases_organ_inbox", args=[desks.organ.code])
    return desks.browsers[role].post(address, {"search": words, "tab": "open"}, follow=True)


def test_a_document_number_finds_its_cases_and_stands_in_no_address(desks):
    case, other = (
        make_case(desks.organ),
        make_case(desks.organ, personal={"id_number": "E12345678"}, description="别的事项"),
    )
    answer = look_for(desks, CARD)
    assert f"/{case.number}/" in answer.content.decode() and f"/{other.number}/" not in answer.content.decode()
    assert CARD not in str(answer.redirect_chain) and CARD not in answer.content.decode()
    answer = look_for(desks, "E12345678")
    assert f"/{other.number}/" in answer.content.decode() and "E12345678" not in str(answer.redirect_chain)


def test_a_number_that_finds_nothing_stands_in_no_address_either(desks):
    answer = look_for(desks, CARD)
    assert "没有找到" in answer.content.decode() and CARD not in str(answer.redirect_chain)


def test_words_and_case_numbers_are_found_as_before(desks):
    case = make_case(desks.organ)
    for words in (case.number, "老旧小区"):
        assert f"/{case.number}/" in look_for(desks, words).content.decode(), words


def test_the_inbox_asks_for_what_is_looked_for_by_sending(desks):
    page = desks.browsers["clerk"].get(reverse("cases_organ_inbox", args=[desks.organ.code])).content.decode()
    form = page[page.index('role="search"') - 60 :]
    assert 'method="post"' in form[:80]


def test_a_division_finds_no_applicant_of_another_divisions_case(desks):
    case = make_case(desks.organ)
    assert f"/{case.number}/" not in look_for(desks, CARD, "handler").content.decode()
