"""Who sees what of a case: papers, letters, other cases; and what answers carry to caches, logs and other hosts."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.office.clock import today
from gongkai.office.vault.files import store

from ..builders import client_of, make_case, make_organ, make_person

pytestmark = pytest.mark.django_db

NAME, CARD = "张明", "110101199003078881"


@pytest.fixture
def case(desks):
    papers = {"identity_proof": [store("身份证.txt", b"card")], "attachments": [store("申请书.txt", b"letter")]}
    return desks.assigned(make_case(desks.organ, files=papers))


def file_of(case, field):
    return case.events.get(number=1).files.get(field=field).file


def opened(desks, case, role, field):
    return desks.browsers[role].get(desks.at(case, f"files/{file_of(case, field).key}/")).status_code


def test_an_identity_document_is_opened_by_those_who_may_know_the_applicant_in_full(desks, case):
    assert {role: opened(desks, case, role, "identity_proof") for role in ("clerk", "office_head", "approver")} == {
        "clerk": 200, "office_head": 200, "approver": 200,
    }  # fmt: skip
    for role in ("handler", "reviewer", "supervisor"):
        assert opened(desks, case, role, "identity_proof") == 403, role
    for role in ("stranger", "system_admin", "security_admin", "audit_admin"):
        assert opened(desks, case, role, "identity_proof") in (403, 404), role


def test_the_applicants_papers_are_for_who_works_on_the_case(desks, case):
    assert opened(desks, case, "handler", "attachments") == 200
    assert opened(desks, case, "supervisor", "attachments") == 403


def test_opening_the_papers_an_application_came_with_is_logged(desks, case):
    opened(desks, case, "clerk", "identity_proof")
    entry = ModelLogEntry.objects.get(action="cases.reveal")
    assert (entry.user, entry.data["number"]) == (desks.people["clerk"], case.number)
    assert "身份证" not in str(entry.data)


def test_a_file_is_reached_by_no_other_case(desks, case):
    mine = make_case(desks.organ)
    elsewhere = make_organ()
    theirs = make_case(elsewhere, files={"attachments": [store("别的.txt", b"x")]})
    key = theirs.events.get().files.get().file.key
    browser = desks.browsers["clerk"]
    assert browser.get(desks.at(mine, f"files/{file_of(case, 'attachments').key}/")).status_code == 404
    assert browser.get(desks.at(case, f"files/{key}/")).status_code == 404
    assert browser.get(desks.at(theirs, f"files/{key}/")).status_code == 404
    assert browser.get(desks.at(case, f"files/{uuid.uuid4()}/")).status_code == 404


def test_a_division_draws_up_no_form_that_prints_what_its_page_masks(desks, case):
    page = desks.browsers["handler"].get(desks.at(case)).content.decode()
    assert CARD not in page and "13800000000" not in page and "registration_form" not in page
    assert desks.browsers["handler"].get(desks.at(case, "letters/1/registration_form/docx/")).status_code == 403
    assert desks.browsers["clerk"].get(desks.at(case, "letters/1/registration_form/docx/")).status_code == 200


def test_a_division_learns_nothing_of_cases_of_other_divisions(desks, case):
    other = make_case(desks.organ, description=case.description)
    for role, seen in (("handler", False), ("clerk", True), ("supervisor", True)):
        page = desks.browsers[role].get(desks.at(case)).content.decode()
        assert (f"/{other.number}/" in page) is seen, role
    for path in ("", "note/", "draft/", "review/", "archive/pdf/", "letters/1/registration_receipt/pdf/"):
        assert desks.browsers["handler"].get(desks.at(other, path)).status_code in (403, 404), path
        assert desks.browsers["stranger"].get(desks.at(case, path)).status_code in (403, 404), path


METHODS = ("get", "head", "options", "post", "put", "patch", "delete")


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_read_no_case_by_any_method(desks, case, role):
    for path in (
        "",
        "note/",
        "full/",
        "archive/zip/",
        "draft/",
        "receipt/",
        f"files/{file_of(case, 'attachments').key}/",
    ):
        for method in METHODS:
            answer = getattr(desks.browsers[role], method)(desks.at(case, path), headers={"HX-Request": "true"})
            assert answer.status_code in (403, 404, 405), (method, path)
            assert NAME.encode() not in answer.content and case.description.encode() not in answer.content


def test_a_supervisor_reads_and_does_nothing(desks, case):
    browser = desks.browsers["supervisor"]
    assert browser.get(desks.at(case)).status_code == 200
    for path in (
        "note/",
        "full/",
        "archive/zip/",
        "draft/",
        "receipt/",
        "remind/",
        "review/",
        "letters/1/registration_form/pdf/",
    ):
        assert browser.post(desks.at(case, path), {"on": today().isoformat(), "text": "x"}).status_code in (403, 405), (
            path
        )
    assert case.events.count() == 2


def test_a_step_takes_no_division_or_person_or_case_of_another_organ(desks, case):
    from ..builders import make_division

    elsewhere = make_organ()
    division, person, theirs = (
        make_division(elsewhere),
        make_person("clerk", elsewhere),
        make_case(elsewhere, on=today()),
    )
    common = {"on": today().isoformat()}
    count = case.events.count()
    browser = desks.browsers["clerk"]
    browser.post(
        desks.at(case, "assigned/"), {**common, "division": division.key, "matters": "x", "internal_due": "2099-01-01"}
    )
    browser.post(
        desks.at(case, "finding_returned/"),
        {**common, "finding": "not_held", "search_places": "x", "search_words": "x", "search_time": today().isoformat(),
         "searched_by": str(person.pk), "search_result": "无"},
    )  # fmt: skip
    unknown = f"{theirs.number}9"
    browser.post(desks.at(case, "merged/"), {**common, "cases": unknown})
    browser.post(desks.at(case, "consultation_answered/"), {**common, "consultation": "1", "opinion": "agree"})
    assert case.events.count() == count


def test_a_token_of_another_persons_file_attaches_nothing(desks, case):
    from gongkai.office.cases.kept import token

    stored = store("别人的.txt", b"x")
    browser = desks.browsers["clerk"]
    values = {
        "on": today().isoformat(),
        "text": "备注。",
        "attachments-kept": token(stored, desks.people["handler"].pk),
    }
    browser.post(desks.at(case, "note/"), values)
    browser.post(desks.at(case, "note/"), {**values, "attachments-kept": str(stored.key)})
    assert not case.events.filter(kind="note").exists()
    assert "别人的" not in browser.get(desks.at(case, "note/")).content.decode()


def test_what_one_person_put_aside_no_other_finds(desks, case):
    desks.browsers["clerk"].post(
        desks.at(case, "note/"), {"on": today().isoformat(), "text": "只给自己看。", "_aside": "1"}
    )
    assert "只给自己看" in desks.browsers["clerk"].get(desks.at(case, "note/")).content.decode()
    assert "只给自己看" not in desks.browsers["office_head"].get(desks.at(case, "note/")).content.decode()


PAGES = ("", "note/", "full/", "receipt/", "letters/1/registration_form/docx/", "archive/pdf/")


@pytest.mark.parametrize("path", PAGES)
def test_no_cache_keeps_a_page_of_a_case(desks, case, path):
    browser = desks.browsers["clerk"]
    answer = browser.post(desks.at(case, path)) if path == "full/" else browser.get(desks.at(case, path))
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"], answer.headers
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_cache_keeps_the_other_pages_of_the_office(desks, case):
    code, year = desks.organ.code, today().year
    paths = {
        "clerk": [
            f"/office/cases/{code}/", f"/office/figures/{code}/{year}/", f"/office/figures/{code}/{year}/file/csv/",
            f"/office/remedies/{code}/", f"/office/interchange/{code}/",
        ],
        "audit_admin": ["/office/organs/audit/", "/office/organs/audit/export/"],
        "security_admin": ["/office/organs/people/"],
    }  # fmt: skip
    for role, addresses in paths.items():
        for address in addresses:
            answer = desks.browsers[role].get(address)
            assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"], address


def test_titles_and_the_audit_log_hold_no_personal_value(desks, case):
    browser = desks.browsers["clerk"]
    page = browser.post(desks.at(case, "full/")).content.decode()
    assert NAME in page and NAME not in page[page.index("<title>") : page.index("</title>")]
    for path in ("letters/1/registration_form/pdf/", "archive/zip/", "receipt/"):
        browser.get(desks.at(case, path))
    desks.take(case, "clerk", "note", text="备注。")
    log = str(list(ModelLogEntry.objects.values()))
    assert NAME not in log and CARD not in log and "13800000000" not in log
    export = desks.browsers["audit_admin"].get("/office/organs/audit/export/").content.decode()
    assert case.number in export and NAME not in export and CARD not in export


def test_who_is_not_signed_in_learns_nothing_from_addresses(desks, case):
    anyone = Client()
    there, nowhere = anyone.get(desks.at(case)), anyone.get(f"/office/cases/{case.organ.code}/1999-0001/")
    assert there.status_code == nowhere.status_code == 302
    assert there.headers["Location"].split("?")[0] == nowhere.headers["Location"].split("?")[0]
    outsider = client_of(make_person("clerk", make_organ()))
    assert outsider.get(desks.at(case)).status_code == 404
    assert outsider.get(reverse("cases_organ_inbox", args=[desks.organ.code])).status_code == 404


def test_hostile_text_is_text_on_every_page(desks):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ settings }}{% debug %}"
    case = make_case(
        desks.organ,
        description=bad,
        personal={"applicant_name": bad},
        files={"attachments": [store(f"{bad}.txt", b"x")]},
    )
    desks.take(case, "clerk", "note", text=bad)
    desks.submitted(case)
    for role, path in (("clerk", ""), ("clerk", "note/"), ("reviewer", "review/"), ("clerk", "receipt/")):
        page = desks.browsers[role].get(desks.at(case, path)).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page, path
    page = (
        desks.browsers["clerk"].get(f"/office/cases/{desks.organ.code}/", {"search": bad, "tab": bad}).content.decode()
    )
    assert "<script>alert" not in page and "<img src=x" not in page
