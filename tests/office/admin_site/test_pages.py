"""What the back office's own pages say, and what they ask of a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import Client

from gongkai.office.admin_site.middleware import policy_text

PAGES = ("/office/", "/office/account/")
OPEN_PAGES = ("/office/login/", "/office/password_reset/")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")


class _Page(HTMLParser):
    """Addresses, readable text, and scripts and styles that stand in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []
        self.text: list[str] = []
        self._silent = False
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        self.addresses += [
            given[name] or "" for name in ("href", "src", "action", "data-icon-url", "srcset") if name in given
        ]
        self.text += [given[name] or "" for name in ("placeholder", "title", "alt", "aria-label") if name in given]
        data = given.get("type") == "application/json"
        if (tag == "script" and "src" not in given and not data) or tag == "style":
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self._silent = tag in ("script", "style")

    def handle_endtag(self, tag) -> None:
        self._silent = False

    def handle_data(self, data) -> None:
        if not self._silent:
            self.text.append(data)


@pytest.fixture
def page(staff):
    def get(address: str) -> _Page:
        response = (Client() if address in OPEN_PAGES else staff).get(address)
        assert response.status_code == 200
        return _Page(response.content.decode())

    return get


@pytest.mark.parametrize("address", PAGES + OPEN_PAGES)
def test_a_page_names_no_other_host(address, page) -> None:
    assert [link for link in page(address).addresses if re.match(r"(https?:)?//", link)] == []


@pytest.mark.parametrize("address", PAGES + OPEN_PAGES)
def test_no_script_and_no_style_stands_in_a_page(address, page) -> None:
    assert page(address).inline == []


@pytest.mark.parametrize("address", PAGES + OPEN_PAGES)
def test_a_page_says_nothing_in_english(address, page) -> None:
    left = {word for text in page(address).text for word in LATIN_WORD.findall(text)}
    # names of keys, and the person's own name for signing in
    assert left - {"Ctrl", "Cmd", "Shift", "Alt", "Enter", "Esc", "zhang"} == set()


@pytest.mark.django_db
def test_the_page_for_signing_in_says_what_system_it_is(client) -> None:
    text = client.get("/office/login/").content.decode()
    assert "公开 · 政府信息公开办公系统" in text
    assert 'name="remember"' not in text


def test_one_cannot_change_name_or_picture_oneself(staff) -> None:
    """The name stands in signed records; a picture would be served to anyone."""
    text = staff.get("/office/account/").content.decode()
    assert (
        "password-new_password1" not in text
    )  # a screen of its own sees to it that a given password is not chosen again
    assert "name_email-" not in text
    assert "avatar-" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/office/login/", "/office/pages/", "/no-such-page"])
def test_every_answer_carries_the_headers(address, client) -> None:
    headers = client.get(address).headers
    directives = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_a_policy_is_written_as_the_header_wants_it() -> None:
    assert (
        policy_text({"default-src": ("'none'",), "img-src": ("'self'", "data:")})
        == "default-src 'none'; img-src 'self' data:"
    )


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "admin_site/locked_out.html"]
)
def test_an_error_page_stands_alone_and_is_chinese(template) -> None:
    """Rendered without a request, as Django renders the page for a failure."""
    page = _Page(render_to_string(template, {"failure_limit": 5, "minutes": 15}))
    assert page.inline == []
    assert LATIN_WORD.findall(" ".join(page.text)) == []
    assert any(text.strip().endswith("。") for text in page.text)


@pytest.mark.django_db
def test_a_form_without_its_token_is_answered_in_chinese() -> None:
    response = Client(enforce_csrf_checks=True).post("/office/login/", {"username": "zhang", "password": "x"})
    assert response.status_code == 403
    assert "页面已失效" in response.content.decode()


@pytest.mark.django_db
def test_a_missing_page_is_answered_in_chinese(client) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


def test_the_letter_for_a_new_password_is_chinese_and_leads_here(clerk, client, mailoutbox, settings) -> None:
    settings.WAGTAILADMIN_BASE_URL = "http://testserver"
    client.post("/office/password_reset/", {"email": clerk.email})
    (letter,) = mailoutbox
    links = re.findall(r"https?://\S+", letter.body)
    assert len(links) == 1 and links[0].startswith("http://testserver/office/password_reset/confirm/")
    text = letter.subject + letter.body.replace(links[0], "").replace(clerk.username, "")
    assert LATIN_WORD.findall(text) == []
    assert client.get(links[0].removeprefix("http://testserver"), follow=True).status_code == 200


def test_the_buttons_at_the_head_of_a_page_are_named_in_chinese() -> None:
    """Wagtail's own template names them in English, past all catalogues."""
    assert 'aria-label="操作"' in render_to_string("wagtailadmin/shared/headers/_actions.html", {"actions": ""})


def test_the_first_page_leads_to_the_screens_of_the_menu_in_its_order_and_names_ones_roles(
    make_organ, make_person, client_of
):
    clerk = make_person("clerk", make_organ("云溪区教育局"))
    shown = client_of(clerk).get("/office/").content.decode()
    start = shown[shown.index('id="screens"') :]
    places = [start.index(f">{label}</a>") for label in ("收件箱", "复议诉讼", "统计", "机关", "工作日历")]
    assert places == sorted(places)
    assert "云溪区教育局：经办人" in start and ">人员</a>" not in start
