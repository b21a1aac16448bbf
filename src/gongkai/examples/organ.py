"""An example organ as data: its figures, the facts for its narrative, and what its published report gets wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files

from ..narrative import Facts, Medium, Shortcoming
from ..report.form import CellKey, load_form
from ..report.report import Number, Report


@dataclass(frozen=True, slots=True)
class Organ:
    """``report``: organ, year, edition and figures, all of them true. ``facts``: for the ledger.

    ``published``: the format in which it published; ``archived``: it sent that in a ZIP.
    ``misprints``: figures that its publication prints wrong. ``edits``: pieces of the publication's text and what is printed instead.
    """

    key: str
    report: Report
    facts: Facts
    published: str
    archived: bool
    misprints: Mapping[CellKey, Number]
    edits: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return self.report.organ or self.key


def organs() -> tuple[Organ, ...]:
    """The five example organs, in the order of their files."""
    folder = files(__package__).joinpath("organs")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(_organ(name.removesuffix(".toml"), folder.joinpath(name).read_text("utf-8")) for name in names)


def _organ(key: str, text: str) -> Organ:
    raw = tomllib.loads(text)
    facts = Facts(
        raw["facts"],
        tuple(Medium(**medium) for medium in raw.get("media", ())),
        tuple(Shortcoming(**one) for one in raw["shortcomings"]),
    )
    figures: dict[CellKey, Number | None] = dict.fromkeys(load_form(raw["edition"]).cells, 0)
    figures |= dict(_cells(raw["edition"], raw["figures"]))
    return Organ(
        key=key,
        report=Report(organ=raw["organ"], year=raw["year"], edition=raw["edition"], values=figures),
        facts=facts,
        published=raw["published"],
        archived=raw.get("archived", False),
        misprints=raw.get("misprints", {}),
        edits=tuple((edit["find"], edit["put"]) for edit in raw.get("edits", ())),
    )


def _cells(edition: str, given: Mapping[str, Number | list[Number]]) -> Iterator[tuple[CellKey, Number]]:
    """Single figures by their key, and whole rows by the row's: its figures in the order of the form's columns."""
    cells = list(load_form(edition).cells)
    for name, figures in given.items():
        if isinstance(figures, list):
            row = [cell for cell in cells if cell.rsplit(".", 1)[0] == name]
            yield from zip(row, figures, strict=True)
        else:
            yield cells[cells.index(name)], figures
