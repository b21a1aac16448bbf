"""The public pages: a code opens one case and no other, and nobody else's name is ever shown."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gongkai.office.cases.models import Case
from gongkai.office.cases.record import new_query_code, register
from gongkai.office.clock import today
from gongkai.office.vault.files import store

from ..builders import applicant, application
from ..portal.visiting import apply_online, fill_in, look_up, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(desks):
    desks.organ.channels = ["in_person", "post", "internet"]
    desks.organ.save()
    return desks


def registered(office, **data):
    return register(
        office.organ,
        on=today(),
        data={**application("in_person", today()), "delivery_way": "online", **data},
        personal=applicant(),
        files={},
        actor=office.people["clerk"],
        today=today(),
    )


def answered(office, *, dispatch):
    made = registered(office)
    case = made.case
    letter, given = store("答复书.txt", b"letter"), store("清单.txt", b"list")
    office.approved(case, files={"enclosures": [given]})
    office.take(case, "clerk", "decided", outcome="disclosed", number="云政公复1号", files={"letter": [letter]})
    if dispatch:
        office.take(case, "clerk", "dispatched", method="online")
    return made, letter, given


def test_an_answer_is_fetched_only_once_it_was_sent_and_only_with_its_own_code(office):
    made, letter, given = answered(office, dispatch=False)
    client = Client()
    look_up(client, made.case.number, made.query_code)
    page = client.get(reverse("portal_case")).content.decode()
    assert "予以公开" not in page and "答复书" not in page.replace("以答复书写明的为准", "") and "清单.txt" not in page
    for file in (letter, given):
        assert client.post(reverse("portal_letter", args=[file.key])).status_code == 404
    office.take(made.case, "clerk", "dispatched", method="online")
    other = registered(office)
    stranger = Client()
    look_up(stranger, other.case.number, other.query_code)
    for file in (letter, given):
        assert stranger.post(reverse("portal_letter", args=[file.key])).status_code == 404
        assert Client().post(reverse("portal_letter", args=[file.key])).status_code == 302
        answer = client.post(reverse("portal_letter", args=[file.key]))
        assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_fetching_by_get_delivers_nothing(office):
    made, letter, _ = answered(office, dispatch=True)
    client = Client()
    look_up(client, made.case.number, made.query_code)
    for method in ("get", "head", "options"):
        assert getattr(client, method)(reverse("portal_letter", args=[letter.key])).status_code == 405
    assert not made.case.events.filter(kind="delivered").exists()


def test_a_code_opens_no_case_of_another_number(office):
    one, two = registered(office), registered(office)
    for number, code in (
        (two.case.number, one.query_code),
        (one.case.number, ""),
        ("", one.query_code),
        ("2026-9999", one.query_code),
    ):
        client = Client()
        assert look_up(client, number, code).status_code == 200
        assert client.get(reverse("portal_case")).status_code == 302


def test_a_code_that_was_replaced_ends_what_it_had_opened(office):
    made, client = registered(office), Client()
    look_up(client, made.case.number, made.query_code)
    assert client.get(reverse("portal_case")).status_code == 200
    new_query_code(made.case)
    assert client.get(reverse("portal_case")).status_code == 302
    assert look_up(Client(), made.case.number, made.query_code).status_code == 200


def test_looking_up_takes_another_session_and_leaves_no_code_in_it(office):
    made, client = registered(office), Client()
    fixed = client.session
    fixed["x"] = 1
    fixed.save()
    client.cookies["sessionid"] = fixed.session_key
    answer = look_up(client, made.case.number, made.query_code)
    cookie = answer.cookies["sessionid"]
    assert cookie.value != fixed.session_key and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert made.query_code not in str(dict(client.session)) and made.query_code not in answer.headers["Location"]
    client.post(reverse("portal_leave"))
    assert client.get(reverse("portal_case")).status_code == 302


def test_one_right_code_buys_no_more_tries_for_others(office):
    cache.clear()
    made, client = registered(office), Client()
    for _ in range(9):
        look_up(client, made.case.number, "WRONGCODE1")
    assert look_up(client, made.case.number, made.query_code).status_code == 302
    assert look_up(client, made.case.number, "WRONGCODE2").status_code == 200
    assert look_up(client, made.case.number, "WRONGCODE3").status_code == 429


def test_neither_a_third_party_nor_staff_nor_drafts_are_named_to_the_applicant(office):
    made = registered(office)
    case, named = made.case, "云溪某某建设有限公司"
    office.assigned(case)
    asked = office.take(
        case, "clerk", "consulted", whom="third_party", name=named, matter=f"{named}的造价", received_on=today().isoformat(),
        personal={"person_name": "李四", "contact": "13911112222"},
    )  # fmt: skip
    office.take(case, "clerk", "note", text="内部意见：不宜公开。")
    office.take(case, "handler", "finding_returned", division=office.division.key, finding="held", opinion="科室意见。")
    client = Client()
    look_up(client, case.number, made.query_code)
    page = client.get(reverse("portal_case")).content.decode()
    office.take(
        case,
        "clerk",
        "consultation_answered",
        consultation=asked.number,
        opinion="object",
        reasons="商业秘密。",
        reasonable=True,
    )
    page += client.get(reverse("portal_case")).content.decode()
    people = [str(one) for one in office.people.values()]
    for hidden in (named, "李四", "13911112222", "内部意见", "科室意见", "物业科", "商业秘密", "张明", *people):
        assert hidden not in page, hidden


def test_pages_with_anything_of_an_application_are_kept_by_no_cache(office):
    client = Client()
    number, code = apply_online(client, office.organ)
    organ = office.organ.code
    for name in ("portal_apply", "portal_apply_receipt", "portal_apply_receipt_text", "portal_apply_receipt_pdf"):
        assert "no-store" in client.get(reverse(name, args=[organ])).headers["Cache-Control"], name
    assert code not in client.get(reverse("portal_status")).content.decode()
    assert Client().get(reverse("portal_apply_receipt", args=[organ])).status_code == 404
    case = Case.objects.get(number=number)
    assert code not in str(case.__dict__) and code not in str(list(case.events.values()))


def test_hostile_values_come_back_as_text_and_do_not_typeset(office):
    bad = '<script>alert(1)</script> #eval("panic()") $x$ {{ 7*7 }} \u202e \x00 “”'
    client = Client()
    apply_online(client, office.organ, description=bad)
    for name in ("portal_apply_receipt", "portal_apply_receipt_text", "portal_apply_receipt_pdf"):
        answer = client.get(reverse(name, args=[office.organ.code]))
        assert answer.status_code == 200 and (b"<script>alert" not in answer.content or name.endswith("text"))
    page = seen(fill_in(client, office.organ, description=bad, applicant_name=""))
    assert not [tag for tag, _ in page.tags if tag == "script" and "alert" in str(_)]


def test_a_request_from_elsewhere_sends_nothing(office):
    client = Client(enforce_csrf_checks=True)
    assert fill_in(client, office.organ).status_code == 403
    assert look_up(client, "2026-0001", "X").status_code == 403
    assert not Case.objects.exists()


def test_in_production_cookies_are_taken_from_this_host_alone(tmp_path):
    code = (
        "import django; django.setup(); from django.conf import settings as s; from gongkai.office.portal.drafts import cookie_name;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, cookie_name(), s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN, s.DEBUG)"
    )
    given = {
        "DJANGO_SETTINGS_MODULE": "gongkai.office.settings.production", "GONGKAI_SECRET": "x" * 60, "GONGKAI_HOSTS": "example.org",
        "GONGKAI_KEYS": "dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgMTI=", "GONGKAI_DATA": str(tmp_path),
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **given}, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == [
        "__Host-session",
        "__Host-csrf",
        "__Host-draft",
        "True",
        "True",
        "/",
        "None",
        "False",
    ]
