"""表二 and the facts of the year as queries over the registers."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.report.form import CellKey, Form
from gongkai.report.report import Number

from ..organs.models import Organ


def register_figures(organs: Sequence[Organ], year: int, form: Form) -> dict[int, dict[CellKey, Number]]:
    """Every cell of 表二 that the registers give, for each organ (by primary key). A number of queries that does not grow
    with the number of organs."""
    return {organ.pk: {} for organ in organs}


def records_behind(key: CellKey, organs: Sequence[Organ], year: int, form: Form) -> list[object]:
    """What a figure of 表二 counts: documents, or entered figures of decisions. KeyError for a key of another table."""
    raise KeyError(key)
