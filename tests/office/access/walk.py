"""The table of routes, strictly read, and what it expects of a call."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from .places import OF_DIVISION, Caller, Place, World

TABLE = Path(__file__).with_name("routes.toml")
OTHER_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
"""Besides GET and POST."""

_KEYS = {"about", "who", "writers", "hidden", "methods", "values", "data", "query", "bare"}
ABOUT = {"public", "signed_in", "nothing", "organ", "case", "person", "own_role", "own_substitution", "top", "district"}
TOP = "yunxi"
"""The organ at the top of the tree in which most callers work."""
OFFICE = "yunxi-office"
"""Its office, whose people do its work."""


@dataclass(frozen=True, slots=True)
class Route:
    """A line of the table."""

    name: str
    about: str
    methods: frozenset[str]
    who: frozenset[str] = frozenset()
    writers: frozenset[str] = frozenset()
    values: dict[str, Any] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    query: str = ""
    hidden: frozenset[str] = frozenset()
    bare: str = ""

    def arguments(self, names: tuple[str, ...], place: Place, caller: Caller) -> dict[str, Any]:
        """The arguments of a call in a place."""
        return {name: self._meant(self.values.get(name, f"@{name}"), place, caller) for name in names}

    def brought(self, place: Place, caller: Caller) -> dict[str, Any]:
        """What is posted along."""
        return {name: self._meant(value, place, caller) for name, value in self.data.items()}

    def _meant(self, value: Any, place: Place, caller: Caller) -> Any:
        """A value of the table: what is the caller's own comes before what is the place's."""
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        own = caller.own if place.organ.code in caller.counts_in else {}
        return {**place.values, **own}[value[1:]]


@cache
def table() -> dict[str, Route]:
    """All lines by the route's name. Raises ValueError for a line that is not as it should be."""
    raw = tomllib.loads(TABLE.read_text("utf-8"))
    groups: dict[str, list[str]] = raw["groups"]

    def roles(names: list[str]) -> frozenset[str]:
        return frozenset(role for name in names for role in (roles(groups[name]) if name in groups else [name]))

    found = {}
    for name, line in raw["routes"].items():
        if unknown := line.keys() - _KEYS:
            raise ValueError(f"{name}: unknown {unknown}")
        if line["about"] not in ABOUT:
            raise ValueError(f"{name}: unknown about {line['about']}")
        methods = frozenset(line["methods"].split())
        methods |= {"HEAD"} if "GET" in methods else set()
        who = roles(line.get("who", []))
        found[name] = Route(
            name,
            line["about"],
            methods,
            who,
            writers=roles(line.get("writers", [])) or who,
            values=line.get("values", {}),
            data=line.get("data", {}),
            query=line.get("query", ""),
            hidden=roles(line.get("hidden", [])) - who,
            bare=line.get("bare", ""),
        )
    return found


@dataclass(frozen=True, slots=True)
class Address:
    """A route that the site has: its name, its pattern, and the names of its arguments."""

    name: str
    pattern: str
    arguments: tuple[str, ...]


def addresses() -> Iterator[Address]:
    """Every route of the resolver."""
    yield from _below(get_resolver())


def _below(
    resolver: URLResolver, names: tuple[str, ...] = (), route: str = "", outer: tuple[str, ...] = ()
) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        arguments = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            yield Address(":".join((*names, pattern.name or "")), here, arguments)
        else:
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from _below(pattern, inner, here, arguments)


def expected(route: Route, caller: Caller, place: Place, world: World, method: str) -> str:
    """ok, forbidden, not_found, login, password, or not_allowed."""
    if route.about == "public":
        return _answer(route, method)
    if caller.state in ("anonymous", "nobody"):
        return "login"
    if route.about == "signed_in":
        return _answer(route, method)
    if caller.state == "given_password" and route.name != "organs_password":
        return "password"
    role = caller.role or "clerk"
    if route.about != "nothing" and not _reaches(route, caller, place, world):
        return "not_found"
    allowed = route.writers if method == "POST" else route.who
    if method in route.methods and role not in allowed | route.hidden:
        return "forbidden"
    if role in route.hidden:
        return "not_found" if method in route.methods else "not_allowed"
    return "forbidden" if role not in route.who else _answer(route, method)


def _answer(route: Route, method: str) -> str:
    if method not in route.methods:
        return "not_allowed"
    return "ok" if method == "OPTIONS" else route.bare or "ok"  # OPTIONS tells of the route, not of the thing


def _reaches(route: Route, caller: Caller, place: Place, world: World) -> bool:
    """Whether the caller's role counts for the thing at all."""
    counts = caller.counts_in
    if route.about == "top":
        return TOP in counts
    if route.about == "district":
        return OFFICE in counts
    if route.about == "case" and caller.role in OF_DIVISION and place is world.beside:
        return False
    return place.organ.code in counts
