"""What a visitor of the public pages does, and what they see."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from types import SimpleNamespace

from django.urls import reverse

CARD = "11010519491231002X"
"""The example in GB 11643."""

CREDIT_CODE = "91350100M000100Y43"
"""The example in GB 32100."""

FILLED = {
    "applicant_kind": "natural_person",
    "applicant_name": "张明",
    "id_kind": "identity_card",
    "id_number": CARD,
    "telephone": "13800000000",
    "description": "云溪区2025年老旧小区改造项目清单",
    "form": "electronic",
    "delivery_way": "online",
}
"""An application that is complete."""


def fill_in(client, organ, kind="portal_apply", **changes):
    """Send the form of an application with some fields otherwise; None leaves one out."""
    values = {key: value for key, value in {**FILLED, **changes}.items() if value is not None}
    return client.post(reverse(kind, args=[organ.code]), values)


def apply_online(client, organ, **changes):
    """Apply; returns number and query code as the receipt shows them."""
    answer = fill_in(client, organ, **changes)
    assert answer.status_code == 302, seen(answer).text
    answer = client.post(reverse("portal_apply_review", args=[organ.code]))
    receipt = seen(client.get(answer.url))
    number, code = receipt.by_class["code"]
    return number, code


def look_up(client, number, code):
    """Ask for a case by number and code."""
    return client.post(reverse("portal_status"), {"number": number, "code": code})


def seen(answer):
    """What a page shows: its visible text, tags with their attributes, texts by class, errors by field."""
    parser = _Page()
    parser.feed(answer.content.decode())
    return SimpleNamespace(
        text=" ".join(parser.texts),
        tags=parser.tags,
        by_class=parser.by_class,
        errors={key.removesuffix("-error"): text for key, text in parser.by_id.items() if key.endswith("-error")},
        attributes=parser.attributes,
    )


_UNSEEN = {"script", "style", "title"}
_VOID = {"meta", "link", "input", "br", "col", "img", "hr"}


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
        self.texts, self.tags, self.attributes, self.by_id, self.by_class = [], [], [], {}, {}

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        self.attributes += [given[key] for key in ("alt", "title", "aria-label", "placeholder") if given.get(key)]
        if tag not in _VOID:
            self.open.append((tag, given))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        text = data.strip()
        if not text or any(tag in _UNSEEN - {"title"} for tag, _ in self.open):
            return
        self.texts.append(text)
        for _, given in self.open:
            if given.get("id"):
                self.by_id[given["id"]] = self.by_id.get(given["id"], "") + text
        for name in (self.open[-1][1].get("class") or "").split() if self.open else ():
            self.by_class.setdefault(name, []).append(text)


def latin_words(text):
    """Words in Latin letters."""
    return set(re.findall(r"[A-Za-z]{2,}", text))
