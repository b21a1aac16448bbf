"""Roles (角色) in an office that handles applications: who may take which step. The roles are data, ``roles.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from .records import check_shape, load_toml
from .terms import LawError

_SOURCE = "roles.toml"


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``label``: its Chinese name; ``does``: a sentence on what the person does; ``article``: what it rests on.

    ``of_division``: whether it is held for a division (科室) of an organ and never for the whole organ.
    """

    key: str
    label: str
    does: str
    article: str
    of_division: bool = False


@cache
def roles() -> Mapping[str, Role]:
    """All roles by key, in the order of the file. Raises LawError where the file is wrong."""
    return read_roles(load_toml(_SOURCE, "roles")["roles"], _SOURCE)


def read_roles(items: list[Any], source: str) -> Mapping[str, Role]:
    """The roles of a data file's records, by key. Every mistake is a LawError that names file and place."""
    found: dict[str, Role] = {}
    for number, item in enumerate(items):
        where = f"{source}：roles[{number}]"
        required = dict.fromkeys(("key", "label", "does", "article"), str)
        role = Role(**check_shape(item, where, required, {"of_division": bool}))
        if role.key in found:
            raise LawError(f"{where}：“{role.key}”重复。")
        found[role.key] = role
    return MappingProxyType(found)
