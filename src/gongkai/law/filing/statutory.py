"""The statutory days of the annual report as data, ``dates.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ..records import check_shape, load_toml
from ..terms import LawError
from .steps import filing_steps

_SOURCE = "filing/dates.toml"
_OF = ("department", "township", "government")


@dataclass(frozen=True, slots=True)
class LastDay:
    """By which month and day of the year after a report is submitted and published, and on what that rests."""

    last: tuple[int, int]
    article: str


@dataclass(frozen=True, slots=True)
class FilingTerms:
    """See the head of ``dates.toml``. ``last_days``: by whose report it is: department, township, government."""

    last_days: Mapping[str, LastDay]
    local_steps: tuple[str, ...]
    stands_for: Mapping[str, str]
    returned: str


@cache
def filing_terms() -> FilingTerms:
    """The terms in force."""
    return read_filing_terms(load_toml(_SOURCE, "local_steps", "stands_for", "returned", "reports"), _SOURCE)


def read_filing_terms(raw: Mapping[str, Any], source: str) -> FilingTerms:
    """The terms of a data file. Every mistake is a LawError that names file and place."""
    last_days: dict[str, LastDay] = {}
    for number, item in enumerate(raw["reports"]):
        where = f"{source}：reports[{number}]"
        one = check_shape(item, where, {"of": str, "last": str, "article": str})
        if one["of"] not in _OF or one["of"] in last_days:
            raise LawError(f"{where}：不认识“{one['of']}”，或者重复。")
        last_days[one["of"]] = LastDay(month_and_day(one["last"], where), one["article"])
    if missing := set(_OF) - last_days.keys():
        raise LawError(f"{source}：缺少 {'、'.join(sorted(missing))}。")
    steps = {*raw["local_steps"], *raw["stands_for"]}
    if unknown := steps - filing_steps().keys() | {*raw["stands_for"].values()} - {*raw["local_steps"]}:
        raise LawError(f"{source}：不认识 {'、'.join(sorted(unknown))}。")
    return FilingTerms(
        MappingProxyType(last_days),
        tuple(raw["local_steps"]),
        MappingProxyType(dict(raw["stands_for"])),
        raw["returned"],
    )


def month_and_day(text: str, where: str = "") -> tuple[int, int]:
    """``01-20`` as numbers. Raises LawError for anything else."""
    if not (found := re.fullmatch(r"(\d{2})-(\d{2})", text)):
        raise LawError(f"{where}：“{text}”应当是月和日，例如“01-20”。")
    return int(found[1]), int(found[2])
