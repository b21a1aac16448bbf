"""Which routes of Wagtail are reachable: `routes.toml`, and the one question asked of it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from django.urls import Resolver404, ResolverMatch, resolve, reverse

WAGTAILS_NAMES = ("wagtail", "simple_translation")
"""How names and namespaces of Wagtail's routes begin; a test holds this against all routes that Wagtail has."""


class RouteListError(ValueError):
    """The list of routes is not as it should be: names the file and the place."""


@cache
def allowed_routes() -> frozenset[str]:
    """Names of the routes of Wagtail that may be reached."""
    return _read(files(__package__).joinpath("routes.toml").read_text("utf-8"))


def _read(text: str) -> frozenset[str]:
    table = tomllib.loads(text)
    if set(table) != {"route"}:
        raise RouteListError(f"routes.toml: only [[route]] is known, not {sorted(set(table) - {'route'})}.")
    names: set[str] = set()
    for number, route in enumerate(table["route"], 1):
        if set(route) != {"name", "reason"} or not all(isinstance(value, str) and value for value in route.values()):
            raise RouteListError(f"routes.toml, route {number}: needs name and reason, both text, and nothing else.")
        if route["name"] in names:
            raise RouteListError(f"routes.toml, route {number}: {route['name']} is listed twice.")
        names.add(route["name"])
    return frozenset(names)


def is_reachable(match: ResolverMatch) -> bool:
    """Whether a request that was resolved to this route may go on: it is ours, or a listed one of Wagtail's."""
    return match.view_name in allowed_routes() or not _is_wagtails(match)


def leads_somewhere(url: str) -> bool:
    """Whether a link of the back office leads to a route that is reachable. Another host is none."""
    parts = urlsplit(url)
    if parts.netloc:
        return False
    try:
        return is_reachable(resolve(parts.path))
    except Resolver404:
        return False


def _is_wagtails(match: ResolverMatch) -> bool:
    name = next((name for name in (*match.namespaces, match.url_name) if name), None)
    if name:
        return name.startswith(WAGTAILS_NAMES)
    # in the back office only Wagtail has routes without a name: its tries of error pages, and what catches all the rest
    return match.route.startswith(reverse("wagtailadmin_home").removeprefix("/"))
