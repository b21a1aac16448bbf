"""Every route, every method, every role, in the own organ and in others: what opens is what `routes.toml` says, and nothing else."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.template.backends.django import Template
from django.test import Client, RequestFactory, override_settings
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.safestring import SafeString

from .places import Caller, Place, World, world
from .walk import OTHER_METHODS, Address, Route, addresses, expected, table

pytestmark = pytest.mark.django_db

CLOSED = re.compile(r"^wagtail|^simple_translation|^$")
"""Names of Wagtail's routes: reachable are those that the table lists."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the world's files lie."""
    return tmp_path_factory.mktemp("walk")


@pytest.fixture(autouse=True)
def _files_of_its_own(folder, settings):
    """In the place of a folder for each test: the world is made once."""
    settings.MEDIA_ROOT = folder


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker, folder):
    """One world for the whole walk, taken back afterwards."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def known() -> dict[str, Address]:
    return {one.name: one for one in addresses()}


@pytest.fixture(autouse=True)
def _sessions_in_memory(settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"


def test_every_route_has_a_line_and_every_line_a_route():
    ours = {one.name for one in addresses() if not CLOSED.match(one.name)}
    listed = {name for name in table() if not CLOSED.match(name)}
    assert ours - listed == set(), "routes without a line in routes.toml"
    assert listed - ours == set(), "lines of routes.toml without a route"


def test_every_listed_route_of_wagtail_exists(known):
    assert {name for name in table() if CLOSED.match(name)} <= known.keys()


@pytest.mark.parametrize("name", list(table()))
def test_a_route_opens_for_whom_the_table_says(name, places: World, known, monkeypatch):
    """Reading and writing everywhere; the other methods by every role in one place each, so that the walk stays short."""
    route, address = table()[name], known[name]
    monkeypatch.setattr(Template, "render", lambda *_: SafeString(""))
    wrong = []
    for turn, caller in enumerate(places.callers):
        visited = _visited(route, caller, places)
        calls = [(place, method) for place in visited for method in ("GET", "POST")]
        calls += [(visited[(turn + number) % len(visited)], method) for number, method in enumerate(OTHER_METHODS)]
        for place, method in calls:
            where = reverse(name, kwargs=route.arguments(address.arguments, place, caller))
            brought = route.brought(place, caller) if method == "POST" else {}
            want = expected(route, caller, place, places, method)
            got = _call(caller, method, f"{where}?{route.query}", brought)
            if got != want:
                wrong.append(f"{caller.name} {method} {where}: {got}, not {want}")
    assert not wrong, "\n".join(wrong[:30])


@pytest.mark.parametrize("name", [name for name, route in table().items() if "GET" in route.methods and not route.bare])
def test_a_page_shows_for_who_may_open_it(name, places: World, known):
    """The same through all of Django, drawn in earnest."""
    route, address = table()[name], known[name]
    place = places.own
    caller = next(one for one in places.callers if expected(route, one, place, places, "GET") == "ok")
    client = Client()
    if caller.person is not None:
        client.force_login(caller.person, "django.contrib.auth.backends.ModelBackend")
    with transaction.atomic():
        where = reverse(name, kwargs=route.arguments(address.arguments, place, caller))
        response = client.get(f"{where}?{route.query}")
        transaction.set_rollback(True)
    assert response.status_code in (200, 302), response


def test_a_route_of_wagtail_that_is_not_listed_is_found_by_nobody(places: World):
    closed = [one for one in addresses() if CLOSED.match(one.name) and one.name and one.name not in table()]
    assert len(closed) > 100
    administrator = next(one for one in places.callers if one.name == "system_admin")
    client = Client()
    client.force_login(administrator.person, "django.contrib.auth.backends.ModelBackend")
    for one in closed:
        where = _spelled(one)
        for visitor in (client, Client()):
            assert visitor.get(where).status_code == 404, where


def _visited(route: Route, caller: Caller, places: World) -> list[Place]:
    """Where a caller goes: to the own organ, there to another division's case and to one transferred from elsewhere, and to
    an organ where the role does not count."""
    if route.about in ("public", "signed_in", "nothing", "top", "district"):
        return [places.own]
    foreign = places.outside if places.elsewhere.organ.code in caller.counts_in else places.elsewhere
    return [places.own, places.beside, places.inherited, foreign] if route.about == "case" else [places.own, foreign]


def _call(caller: Caller, method: str, where: str, brought: dict[str, str]) -> str:
    """What a call of a route's view amounts to. What it wrote is taken back."""
    factory = RequestFactory()
    request = factory.post(where, brought) if method == "POST" else factory.generic(method, where)
    request._dont_enforce_csrf_checks = True
    request.user = caller.person or AnonymousUser()
    request.session = SessionStore()
    request._messages = BaseStorage(request)
    request.resolver_match = match = resolve(request.path)
    with transaction.atomic():
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return "not_found"
        except PermissionDenied:
            return "forbidden"
        finally:
            transaction.set_rollback(True)
    return _class(response)


def _class(response: HttpResponse) -> str:
    status, goal = response.status_code, response.headers.get("Location", "")
    if status in (301, 302, 303) and goal.startswith(reverse("wagtailadmin_login")):
        return "login"
    if status in (301, 302, 303) and goal == reverse("organs_password"):
        return "password"
    named = {403: "forbidden", 404: "not_found", 405: "not_allowed"}
    if status in named:
        return named[status]
    return "ok" if status < 400 or status in (400, 409, 422, 429) else f"status {status}"


def _spelled(address: Address) -> str:
    """An address of a pattern, whatever it stands for."""
    for values in product(("1", "x", "live", "00000000-0000-0000-0000-000000000000"), repeat=len(address.arguments)):
        with suppress(NoReverseMatch):
            return reverse(address.name, kwargs=dict(zip(address.arguments, values, strict=True)))
    raise AssertionError(f"no address for {address}")
