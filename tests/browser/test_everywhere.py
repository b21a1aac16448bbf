"""Every kind of page that a role can reach by links is seen at desktop and at telephone width."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from .seeing import Reader

WIDTHS = (1280, 390)
"""Of a desktop and of a telephone."""

CASES = {"qfb-jingban": 12}
"""How many cases the clerk looks at, since what their pages offer depends on where they stand; everybody else looks at two."""

CASE = re.compile(r"/office/cases/[\w-]+/\d{4}-\d+/")

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
    r"/cases/[^/]+/letters/\w+/\w+/|/logout/|/file/|/files/|\.(pdf|txt|json|docx|xlsx|zip|csv|css|atom)$|/(pdf|docx|zip|word)/$|/export|/download"
)
"""Addresses that sign out or give files."""

OF_ITS_OWN = ("step", "item", "kind")
"""Arguments of an address that decide what its form asks for; all others name one of many things of a kind."""


def shape(address: str) -> str:
    """What makes two addresses pages of one kind: the route, what its form asks for, and the keys of the query."""
    parts = urlsplit(address)
    keys = sorted(one.split("=")[0] for one in parts.query.split("&") if one)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return parts.path
    own = [str(found.kwargs[one]) for one in OF_ITS_OWN if one in found.kwargs]
    return " ".join([found.route, *own, "?", *keys])


def walk(reader: Reader, start: str, cases: int = 2) -> set[str]:
    """Follow links from ``start``, some pages of each kind; every page is seen wide and narrow. Returns the kinds."""
    seen: Counter[str] = Counter()
    waiting, known = deque([start]), {start}
    while waiting:
        path = waiting.popleft()
        most = cases if CASE.fullmatch(path) else 1
        if seen[shape(path)] >= most or NOT_PAGES.search(urlsplit(path).path):
            continue
        seen[shape(path)] += 1
        try:
            answer = reader.page.goto(reader.site.address + path)
        except Error as error:
            if "Download is starting" in str(error):  # an address that gives a file: its own tests look at it
                continue
            raise
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 900})
            reader.look()
        for one in reader.page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))"):
            address = urldefrag(urljoin(reader.site.address + path, one)).url
            found = address.removeprefix(reader.site.address)
            if address.startswith(reader.site.address + "/") and found not in known:
                known.add(found)
                waiting.append(found)
    return set(seen)


@pytest.mark.parametrize("login", [pytest.param(one, marks=pytest.mark.xdist_group(f"walk {one}")) for one in ROLES])
def test_every_kind_of_page_a_role_reaches_is_sound(login: str, reader: Callable[..., Reader]) -> None:
    assert len(walk(reader(login), "/office/", CASES.get(login, 2))) > 5


@pytest.mark.parametrize("scripts", [True, False])
def test_every_public_page_is_sound_also_without_scripts(scripts: bool, reader: Callable[..., Reader]) -> None:
    assert len(walk(reader(scripts=scripts), "/")) > 5
