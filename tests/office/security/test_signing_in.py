"""Signing in, staying signed in, and being made to choose a password of one's own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from gongkai.office.clock import today
from gongkai.office.organs import accounts

from ..builders import PASSWORD, client_of, make_case, make_organ, make_person

pytestmark = pytest.mark.django_db


def sign_in(person, password=PASSWORD, client=None, **headers):
    return (client or Client()).post("/office/login/", {"username": person.username, "password": password}, **headers)


def behind(address):
    """As a request arrives through one proxy of the office's own; what stands before is the visitor's own claim."""
    return {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"203.0.113.99, {address}"}


def test_behind_a_proxy_nobody_locks_a_colleague_out(settings):
    settings.GONGKAI_PROXIES = 1
    person = make_person()
    for _ in range(5):
        sign_in(person, "wrong", **behind("192.0.2.1"))
    assert sign_in(person, **behind("192.0.2.1")).status_code == 429
    assert sign_in(person, **behind("192.0.2.2")).status_code == 302


def test_claiming_other_addresses_gives_no_more_tries(settings):
    settings.GONGKAI_PROXIES = 1
    person = make_person()
    for number in range(5):
        headers = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": f"198.51.100.{number}, 192.0.2.1"}
        sign_in(person, "wrong", **headers)
    assert sign_in(person, **behind("192.0.2.1")).status_code == 429


def test_without_proxies_nothing_that_a_visitor_claims_counts():
    person = make_person()
    for number in range(5):
        sign_in(person, "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert sign_in(person, HTTP_X_FORWARDED_FOR="198.51.100.77").status_code == 429


def test_a_proxy_on_the_same_machine_tells_no_address_and_signing_in_still_works():
    person = make_person()
    assert sign_in(person, REMOTE_ADDR="").status_code == 302
    for _ in range(5):
        sign_in(person, "wrong", REMOTE_ADDR="")
    assert sign_in(person, REMOTE_ADDR="").status_code == 429


@pytest.fixture
def newcomer():
    organ = make_organ()
    person, given = accounts.create_person(organ, username="xinren", name="新人", by=None, today=today())
    accounts.grant_role(person, "clerk", organ, since=today(), by=None, today=today())
    client = Client()
    assert sign_in(person, given, client).status_code == 302
    return person, given, client


def test_a_given_password_opens_nothing_but_its_change(newcomer):
    person, _, client = newcomer
    case = make_case(person.organ)
    for path in (
        f"/office/cases/{person.organ.code}/",
        f"/office/cases/{person.organ.code}/{case.number}/",
        reverse("organs_tree"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location")) == (302, reverse("organs_password")), path


def test_a_given_password_is_not_kept_by_choosing_it_again(newcomer):
    person, given, client = newcomer
    fields = {"old": given, "new": given, "again": given}
    client.post(reverse("organs_password"), fields)
    page = client.get("/office/account/").content.decode()
    names = re.findall(r'name="([^"]*password[^"]*)"', page)
    client.post("/office/account/", {**dict.fromkeys(names, given), "password-old_password": given})
    client.post(
        "/office/account/", {f"password-{one}": given for one in ("old_password", "new_password1", "new_password2")}
    )
    person.refresh_from_db()
    assert person.must_change_password


def test_a_given_password_ends_the_sessions_that_were_open():
    person = make_person()
    client = client_of(person)
    person.organ = person.holdings.get().organ
    person.save()
    accounts.reset_password(person, by=None, today=today())
    assert client.get("/office/").status_code == 302


def test_a_closed_account_has_no_session_and_no_way_back():
    person = make_person()
    organ = person.holdings.get().organ
    person.organ = organ
    person.save()
    case, client = make_case(organ), client_of(person)
    assert client.get(f"/office/cases/{organ.code}/{case.number}/").status_code == 200
    accounts.deactivate(person, by=None, today=today())
    answer = client.get(f"/office/cases/{organ.code}/{case.number}/")
    assert answer.status_code == 302 and "/login/" in answer.headers["Location"]
    assert sign_in(person).status_code != 302
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    address = reverse("wagtailadmin_password_reset_confirm", args=[key, token])
    chosen = {"new_password1": "Xin-mima-2026", "new_password2": "Xin-mima-2026"}
    reset = Client()
    page = reset.get(address, follow=True)
    reset.post(page.request["PATH_INFO"], chosen)
    assert sign_in(person, "Xin-mima-2026").status_code != 302


def test_a_role_that_has_ended_opens_nothing_in_a_session_that_goes_on():
    person = make_person()
    holding = person.holdings.get()
    case, client = make_case(holding.organ), client_of(person)
    holding.until = today() - timedelta(1)
    holding.save()
    assert client.get(f"/office/cases/{case.organ.code}/{case.number}/").status_code in (302, 403, 404)


def test_a_session_ends_after_half_an_hour_and_its_cookie_is_out_of_reach_of_scripts():
    client = Client()
    answer = sign_in(make_person(), client=client)
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    left = Session.objects.get(session_key=cookie.value).expire_date
    from gongkai.office.clock import now

    assert left <= now() + timedelta(minutes=31)


def test_signing_in_takes_another_session():
    client = Client()
    session = client.session
    session["looked_up"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    answer = sign_in(make_person(), client=client)
    assert answer.cookies["sessionid"].value != session.session_key


def test_signing_in_leads_to_no_other_host():
    for target in ("https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"):
        answer = Client().post(
            "/office/login/", {"username": make_person().username, "password": PASSWORD, "next": target}
        )
        assert answer.headers["Location"] == "/office/", target


def test_no_password_stands_in_the_record_of_sign_ins():
    from axes.models import AccessAttempt, AccessFailureLog

    sign_in(make_person(), "geheim-2026")
    for log in (AccessAttempt, AccessFailureLog):
        assert log.objects.exists()
        assert not [one for one in log.objects.values() if "geheim" in str(one)]


def test_every_form_of_the_office_asks_for_its_token():
    organ = make_organ()
    person = make_person("clerk", organ)
    case = make_case(organ)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    for path in (
        f"{case.number}/note/",
        f"{case.number}/full/",
        "register/",
        f"{case.number}/remind/",
        f"{case.number}/draft/",
    ):
        answer = client.post(f"/office/cases/{organ.code}/{path}", {"on": today().isoformat(), "text": "跨站。"})
        assert answer.status_code == 403, path
    assert case.events.count() == 1
