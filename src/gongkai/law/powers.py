"""Which organs may make 规章 (立法法), told by their names. The kinds are data, ``organs.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

Power = Literal["has", "lacks", "open"]
"""``has``, ``lacks``: certain; ``open``: the name does not tell."""


@dataclass(frozen=True, slots=True)
class OrganKind:
    """A kind of organ and whether it has the power to make 规章. ``basis`` is the article."""

    key: str
    name: str
    power: Power
    basis: str
    pattern: re.Pattern[str]


@cache
def organ_kinds() -> tuple[OrganKind, ...]:
    """The kinds in the order in which they are tried. Raises ValueError where the data file is wrong."""
    raw = tomllib.loads(files("gongkai.law").joinpath("organs.toml").read_text("utf-8"))
    others = "".join(f"(?<!{word})" for word in raw["not_districts"])
    # a county-level name holds no other unit's word, so that 某市县域… is not taken for a county
    place = "[^省市州盟县区旗]"
    district = rf"(?:{place}{{1,8}}(?:县|旗)|{place}{{2,8}}区{others})"
    kinds = []
    for item in raw["kinds"]:
        if item["power"] not in get_args(Power):
            raise ValueError(f"organs.toml: {item['key']}: unknown power {item['power']}")
        pattern = re.compile(item["pattern"].replace("{district}", district))
        kinds.append(OrganKind(item["key"], item["name"], item["power"], raw["basis"], pattern))
    return tuple(kinds)


@lru_cache(maxsize=4096)
def organ_kind(organ: str) -> OrganKind | None:
    """The kind of the organ of this name (simplified characters, as its title prints it), None where no kind fits."""
    name = re.sub(r"\s", "", organ)
    return next((kind for kind in organ_kinds() if kind.pattern.search(name)), None)
