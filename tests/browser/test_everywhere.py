"""Every kind of page that a role can reach by links is seen once at desktop and once at telephone width."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

from .seeing import Reader

ROLES = (
    "qfb-jingban",
    "qfb-chengban",
    "qfb-mishu",
    "qfb-fazhi",
    "qfb-lingdao",
    "qfb-kezhang",
    "jiandu",
    "xitong",
    "anquan",
    "shenji",
)

NOT_PAGES = re.compile(
    r"/logout/|/file/|/files/|\.(pdf|txt|json|docx|xlsx|zip|csv|css)$|/(pdf|docx|zip|word)/$|/export|/download"
)
"""Addresses that sign out or give files."""

VARIABLE = re.compile(r"(?<=/)(YLWH-\d+|\d[\d-]*|\d{4}-Q\d|[0-9a-f]{8}-[0-9a-f-]+|[a-z_]+\.[a-z_.]+)(?=/)")
"""Parts of an address that name one of many: an organ, a case, a figure."""


def shape(address: str) -> str:
    """What makes two addresses pages of one kind."""
    parts = urlsplit(address)
    keys = sorted(one.split("=")[0] for one in parts.query.split("&") if one)
    return VARIABLE.sub("*", parts.path) + "?" + "&".join(keys)


def walk(reader: Reader, start: str) -> set[str]:
    """Follow links from ``start``, a page of each kind; returns the kinds."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        if shape(path) in seen or NOT_PAGES.search(urlsplit(path).path):
            continue
        seen.add(shape(path))
        answer = reader.page.goto(reader.site.address + path)
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        reader.look()
        for one in reader.page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
            address = urldefrag(urljoin(reader.site.address + path, one)).url
            if address.startswith(reader.site.address + "/"):
                waiting.append(address.removeprefix(reader.site.address))
    return seen


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("login", ROLES)
def test_every_kind_of_page_a_role_reaches_is_sound(login: str, width: int, reader: Callable[..., Reader]) -> None:
    assert len(walk(reader(login, width=width), "/office/")) > 5


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, True), (390, False)])
def test_every_public_page_is_sound_also_without_scripts(
    width: int, scripts: bool, reader: Callable[..., Reader]
) -> None:
    assert len(walk(reader(width=width, scripts=scripts), "/")) > 5
