"""A lost query code: given anew after the clerk has checked who asks, noted in the case, and the earlier one no longer opens it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.office.cases.verify import verify
from gongkai.office.clock import today
from gongkai.office.organs.models import Organ

from ..builders import give_role, make_organ, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make_person("clerk")


@pytest.fixture
def case(clerk, make_case):
    return make_case(clerk.holdings.get().organ)


def reissue(client, case, **values):
    sent = {"on": today().isoformat(), "check": "document", "told": "in_person", **values}
    return client.post(
        reverse("cases_step", args=[case.organ.code, case.number, "query_code_reissued"]), sent, follow=True
    )


def code_on(answer):
    found = re.search(r"<dt>查询码</dt><dd[^>]*><strong>(\w+)</strong>", answer.content.decode())
    return found and found[1]


def opens(case, code):
    answer = Client().post(reverse("portal_status"), {"number": case.number, "code": code})
    return answer.status_code == 302


def test_the_new_code_stands_on_the_receipt_once_and_opens_the_case_and_the_earlier_one_no_longer_does(
    clerk, case, client_of
):
    browser = client_of(clerk)
    first = code_on(reissue(browser, case))
    assert opens(case, first)
    second = code_on(reissue(browser, case, check="copy", told="letter"))
    assert second != first
    assert opens(case, second) and not opens(case, first)
    elsewhere = client_of(clerk).get(reverse("cases_receipt", args=[case.organ.code, case.number]))
    assert code_on(elsewhere) is None


def test_it_is_noted_how_the_applicant_was_known_and_the_code_itself_is_not(clerk, case, client_of):
    code = code_on(reissue(client_of(clerk), case))
    row = case.events.last()
    assert (row.kind, row.actor, row.data["check"]) == ("query_code_reissued", clerk, "document")
    assert code not in str(row.data)
    page = client_of(clerk).get(reverse("cases_case", args=[case.organ.code, case.number])).content.decode()
    assert "已重新发给查询码" in page and "当面查验证件原件" in page and code not in page
    assert not list(verify(Organ.objects.all()))


def test_without_saying_how_it_was_checked_no_code_is_given(clerk, case, client_of):
    before = case.query_code
    answer = reissue(client_of(clerk), case, check="")
    case.refresh_from_db()
    assert "怎样核对身份" in answer.content.decode() and case.query_code == before
    assert case.events.count() == 1


def test_only_who_registers_may_give_one(case, client_of):
    reviewer = make_person("reviewer", case.organ)
    give_role(reviewer, "clerk", make_organ())
    assert reissue(client_of(reviewer), case).status_code == 404
    assert case.events.count() == 1
