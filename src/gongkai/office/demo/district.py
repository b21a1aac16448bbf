"""The district and its people, set up through the actions of the organs app."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from django.contrib.auth.hashers import make_password

from gongkai.law.roles import roles

from ..organs.accounts import create_person, grant_role
from ..organs.actions import add_division, add_leader, found_organ
from ..organs.invariants import BASIC_CHANNELS
from ..organs.models import Division, Leader, Organ, Person


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the demonstration. ``duties``: what they hold, in Chinese, for the list of log-ins."""

    person: Person
    organ: str
    duties: str


@dataclass(frozen=True, slots=True)
class House:
    """An organ of the demonstration with who does what in it. ``example``: the example organ whose published figures it has, or ""."""

    organ: Organ
    name: str
    example: str
    holders: Mapping[str, Sequence[Person]]
    divisions: Sequence[Division]
    handlers: Mapping[str, Person]
    """Who works in a division, by its key."""

    def who(self, *role_codes: str, but: Person | None = None) -> Person:
        """Somebody who holds one of these roles, and is not ``but``."""
        return next(one for code in role_codes for one in self.holders.get(code, ()) if one != but)


def build_district(today: date, password: str) -> tuple[dict[str, House], list[Member]]:
    """Set up every organ of ``district.toml``, by its key there; all accounts get the same password, which need not be changed."""
    hashed = make_password(password)
    raw = tomllib.loads(files(__package__).joinpath("district.toml").read_text("utf-8"))
    houses: dict[str, House] = {}
    members: list[Member] = []
    for item in raw["organs"]:
        parent = houses[item["parent"]].organ if "parent" in item else None
        organ = _organ(item, parent, today)
        divisions = {
            key: add_division(organ, key=key, name=name, since=organ.since, by=None, today=today)
            for key, name in item["divisions"]
        }
        holders: dict[str, list[Person]] = {}
        handlers: dict[str, Person] = {}
        for one in item["people"]:
            person = _person(organ, one, hashed, today)
            division = divisions.get(one.get("division", ""))
            since = max(organ.since, date(today.year - 2, 1, 1))
            for role in one["roles"]:
                grant_role(person, role, organ, division=division, since=since, by=None, today=today)
                holders.setdefault(role, []).append(person)
            if division is not None and "handler" in one["roles"]:
                handlers[division.key] = person
            _lead(organ, one, person, since, today)
            duties = "、".join(roles()[role].label for role in one["roles"])
            members.append(Member(person, item["short"], f"{division.name}{duties}" if division else duties))
        houses[item["key"]] = House(
            organ, item["name"], item.get("example", ""), holders, list(divisions.values()), handlers
        )
    return houses, members


def _organ(item: Mapping[str, Any], parent: Organ | None, today: date) -> Organ:
    own = ("address", "postcode", "hours", "telephone", "fax", "email", "disclosure_office")
    return found_organ(
        by=None,
        today=today,
        parent=parent,
        court="云岭市望湖区人民法院",
        channels=[*BASIC_CHANNELS, "internet", *(["fax"] if "fax" in item else [])],
        **{key: item[key] for key in ("code", "name", "kind", "short", "short_code", "since")},
        **{key: item[key] for key in own if key in item},
    )


def _person(organ: Organ, item: Mapping[str, Any], hashed: str, today: date) -> Person:
    person, _ = create_person(organ, username=item["login"], name=item["name"], by=None, today=today)
    person.password = hashed
    person.must_change_password = False
    person.save()
    return person


def _lead(organ: Organ, item: Mapping[str, Any], person: Person, since: date, today: date) -> None:
    """Who leads the organ or its disclosure office signs by name."""
    known = {"by": None, "today": today, "name": person.name, "person": person, "since": since}
    if "leader" in item:
        kind, title = item["leader"]
        add_leader(organ, kind=kind, title=title, **known)
    if "office_head" in item["roles"]:
        add_leader(organ, kind=Leader.Kind.OFFICE_HEAD, title="负责人", **known)
