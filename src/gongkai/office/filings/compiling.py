"""Compiling (编制): what the records give for the reports of some organs for a year, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Number

from ..figures.periods import year_of
from ..figures.tables import figures_by_organ
from ..organs.models import Organ
from ..registers.queries import register_figures


@dataclass(frozen=True, slots=True)
class Computed:
    """What the records give. ``values``: every cell of the form; None where no register gives it."""

    values: Mapping[CellKey, Number | None]


def compute(organs: Sequence[Organ], year: int, form: Form | None = None) -> dict[int, Computed]:
    """What the records give for each organ (by primary key)."""
    form = form or form_for_year(year)
    counted = figures_by_organ(organs, year_of(year), form)
    registered = register_figures(organs, year, form)
    blank: dict[CellKey, Number | None] = dict.fromkeys(form.cells)
    return {organ.pk: Computed(blank | counted[organ.pk] | registered[organ.pk]) for organ in organs}
