"""Compiling (编制): what the records give for the reports of some organs for a year, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongkai.narrative import Facts
from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Number

from ..figures.periods import year_of
from ..figures.tables import figures_by_organ
from ..organs.models import Organ
from ..registers.facts import CONTACT
from ..registers.queries import facts_of, register_figures
from .case_facts import case_facts
from .rollup import rolled_up


@dataclass(frozen=True, slots=True)
class Computed:
    """What the records give. ``values``: every cell of the form; None where no register gives it. ``facts``: of the year."""

    values: Mapping[CellKey, Number | None]
    facts: Facts = field(default_factory=Facts)


def compute(organs: Sequence[Organ], year: int, form: Form | None = None) -> dict[int, Computed]:
    """What the records give for each organ (by primary key); for a government, what its parts have filed.

    A fixed number of queries for all organs together, and another for each government among them.
    """
    form = form or form_for_year(year)
    period = year_of(year)
    themselves = [organ for organ in organs if organ.kind != Organ.Kind.GOVERNMENT]
    counted = figures_by_organ(themselves, period, form)
    registered = register_figures(themselves, year, form)
    told = case_facts(themselves, period)
    entered = facts_of(organs, year)
    blank: dict[CellKey, Number | None] = dict.fromkeys(form.cells)
    found = {
        organ.pk: Computed(
            blank | counted[organ.pk] | registered[organ.pk],
            replace(entered[organ.pk], items={**told[organ.pk], **entered[organ.pk].items}),
        )
        for organ in themselves
    }
    return found | {
        organ.pk: _of_government(organ, year, form, entered[organ.pk])
        for organ in organs
        if organ.kind == Organ.Kind.GOVERNMENT
    }


def _of_government(government: Organ, year: int, form: Form, entered: Facts) -> Computed:
    """The sum of its parts; their facts and those entered for the government itself. Its office is whom the public asks."""
    rollup = rolled_up(government, year, form)
    items: dict[str, Number | str] = {**_office_contact(government), **entered.items}
    for key, number in rollup.facts.items():
        items[key] = number + (entered.number(key) or 0)
    return Computed(rollup.values, replace(entered, items=items))


def _office_contact(government: Organ) -> dict[str, str]:
    offices = Organ.objects.filter(parent=government, kind=Organ.Kind.OFFICE, until__isnull=True)
    office = offices.order_by("code").first()
    return {key: told for key, name in CONTACT.items() if (told := getattr(office, name, ""))}
