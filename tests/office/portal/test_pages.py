"""Every public page: there for everyone, in Chinese, without script or style of its own."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.office.portal.urls import urlpatterns

from .visiting import fill_in, latin_words, seen

KNOWN_WORDS = {"PDF", "JPG", "PNG", "DOCX", "XLSX", "OFD", "WPS", "ZIP", "JSON", "Word", "Excel", "GB"}
"""Names of formats, which people know by nothing else."""

EXAMPLE = {"name", "example", "com"}
"""How an e-mail address is written."""

PLAIN = [
    "portal_home",
    "portal_privacy",
    "portal_guides",
    "portal_apply_choose",
    "portal_status",
    "portal_check",
    "portal_reports",
]
OF_AN_ORGAN = ["portal_guide", "portal_apply", "portal_rectify"]


def pages(organ):
    return [reverse(name) for name in PLAIN] + [reverse(name, args=[organ.code]) for name in OF_AN_ORGAN]


def test_every_route_is_open_to_everyone():
    assert all(pattern.callback.public for pattern in urlpatterns)


def test_pages_are_there_and_in_chinese(client, organ):
    for address in pages(organ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = seen(answer)
        words = latin_words(page.text + " ".join(page.attributes)) - KNOWN_WORDS
        assert not words, f"{address}: {words}"


def test_messages_about_bad_input_are_in_chinese(client, organ):
    page = seen(fill_in(client, organ, email="a", id_number="1", telephone="x", description=None))
    assert page.errors
    assert not latin_words(page.text) - KNOWN_WORDS - EXAMPLE


def test_no_page_brings_script_or_style_of_its_own(client, organ):
    for address in pages(organ):
        answer = client.get(address)
        for tag, attributes in seen(answer).tags:
            assert tag != "style", address
            assert tag != "script" or attributes.get("src"), address
            assert "style" not in attributes, f"{address}: {tag}"
            assert not [key for key in attributes if key.startswith("on")], f"{address}: {tag}"
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy


def test_every_input_has_a_label_and_says_what_describes_it(client, organ):
    for answer in [
        *(client.get(address) for address in pages(organ)),
        fill_in(client, organ, telephone="x", form=None),
    ]:
        tags = seen(answer).tags
        ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
        assert len(ids) == len(set(ids))
        labelled = {attributes.get("for") for tag, attributes in tags if tag == "label"}
        for tag, attributes in tags:
            if tag in ("input", "textarea", "select") and attributes.get("type") != "hidden":
                assert attributes.get("id") in labelled
            assert set((attributes.get("aria-describedby") or "").split()) <= set(ids)


def test_the_home_page_leads_to_all_one_can_do(client, organ):
    links = {attributes.get("href") for tag, attributes in seen(client.get("/")).tags if tag == "a"}
    assert {reverse(name) for name in PLAIN} <= links


def test_the_site_says_that_it_lives(client, db):
    answer = client.get(reverse("portal_healthz"))
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("route", ["portal_guides", "portal_apply_choose"])
def test_organs_are_found_by_name(client, organ, route):
    page = seen(client.get(reverse(route), {"q": "住房 建设"}))
    found = page.text.split("全部机关")[0]
    assert "云岭市云溪区住房和城乡建设局" in found
    assert "没有找到" in seen(client.get(reverse(route), {"q": "海关"})).text


def test_an_abolished_organ_takes_no_applications(client, make_organ):
    gone = make_organ("云岭市旧局")
    gone.until = gone.since
    gone.save()
    assert "云岭市旧局" not in seen(client.get(reverse("portal_apply_choose"))).text
    assert client.get(reverse("portal_apply", args=[gone.code])).status_code == 404


def test_an_organ_whose_government_is_gone_is_still_listed(client, organ):
    government = organ.parent
    government.until = government.since
    government.save()
    assert "云岭市云溪区住房和城乡建设局" in seen(client.get(reverse("portal_apply_choose"))).text
