"""How each figure of a government's report comes from its parts, as data: ``rollup.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ..law.records import check_shape, parse_toml
from ..law.terms import LawError
from ..report.form import CellKey

Way = Literal["summed", "own", "none"]

OWN = "own"
"""The kind of the part that holds what the government itself registers."""

KINDS = frozenset({OWN, "government", "office", "department", "township", "institution"})
_CERTAINTIES = frozenset({"", "infer", "memory"})


@dataclass(frozen=True, slots=True)
class Field:
    """One line of ``rollup.toml``; see its head. ``kinds``: the kinds of parts that count, never empty.

    ``told_by_all_but``: facts that are added only where every part tells them whose report has more than 0 in this cell.
    """

    cells: tuple[str, ...]
    facts: tuple[str, ...]
    way: Way
    kinds: frozenset[str]
    article: str
    why: str
    certainty: str = ""
    told_by_all_but: CellKey = ""

    def counts(self, kind: str) -> bool:
        """Whether a part of this kind is added."""
        return kind in self.kinds and (self.way == "summed" or (self.way == "own" and kind == OWN))


_NOT_DECLARED = Field((), (), "none", KINDS, "", "没有规定怎样汇总，不相加。")


@cache
def fields() -> tuple[Field, ...]:
    """Every declared line, in order."""
    source = "rollup.toml"
    return read_fields(parse_toml(files(__package__).joinpath(source).read_text("utf-8"), source, "fields"), source)


@cache
def field_for(key: str) -> Field:
    """The line that applies to a cell, or to a fact (``fact:`` and its key)."""
    return next((one for one in fields() if _fits(one, key)), _NOT_DECLARED)


def read_fields(raw: Mapping[str, Any], source: str) -> tuple[Field, ...]:
    """The lines of a data file. Every mistake is a LawError that names file and place."""
    found = []
    for number, item in enumerate(raw["fields"]):
        where = f"{source}：fields[{number}]"
        optional = {"cells": list, "facts": list, "kinds": list, "certainty": str, "told_by_all_but": str}
        line = check_shape(item, where, {"way": str, "article": str, "why": str}, optional)
        if not (line.get("cells") or line.get("facts")):
            raise LawError(f"{where}：缺少 cells 或者 facts。")
        if line["way"] not in ("summed", "own", "none"):
            raise LawError(f"{where}：way 中不认识 {line['way']}。")
        if unknown := sorted(set(line.get("kinds", ())) - KINDS):
            raise LawError(f"{where}：kinds 中不认识 {'、'.join(unknown)}。")
        if line.get("certainty", "") not in _CERTAINTIES:
            raise LawError(f"{where}：certainty 中不认识 {line['certainty']}。")
        found.append(
            Field(
                cells=tuple(line.get("cells", ())),
                facts=tuple(line.get("facts", ())),
                way=line["way"],
                kinds=frozenset(line.get("kinds", KINDS)),
                article=line["article"],
                why=line["why"],
                certainty=line.get("certainty", ""),
                told_by_all_but=line.get("told_by_all_but", ""),
            )
        )
    return tuple(found)


def _fits(field: Field, key: str) -> bool:
    if key.startswith("fact:"):
        return any(fnmatchcase(key.removeprefix("fact:"), pattern) for pattern in field.facts)
    return any(fnmatchcase(key, pattern) for pattern in field.cells)
