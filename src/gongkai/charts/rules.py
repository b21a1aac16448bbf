"""From how many on counts are told apart behind a figure: a setting, not law."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..law import LawError
from ..law.records import check_shape, parse_toml

_SOURCE = "small_counts.toml"


@dataclass(frozen=True, slots=True)
class SmallCounts:
    """``least``: a count between nought and this is joined with its neighbours; ``mark``: "infer", as no law gives it."""

    least: int
    mark: str
    basis: str


@cache
def small_counts() -> SmallCounts:
    """The setting. Raises LawError where the data file is wrong."""
    return parse_small_counts(files(__package__).joinpath(_SOURCE).read_text("utf-8"), _SOURCE)


def parse_small_counts(text: str, source: str) -> SmallCounts:
    """The setting in the text of a data file. Every mistake is a LawError that names file and place."""
    item = parse_toml(text, source, "small_counts")["small_counts"]
    found = SmallCounts(**check_shape(item, f"{source}：small_counts", {"least": int, "mark": str, "basis": str}))
    if found.least < 2:
        raise LawError(f"{source}：small_counts：least 应当不小于 2。")
    return found
