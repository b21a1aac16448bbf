"""What an organ's earlier report carries over (结转下年度继续办理), and how much of it is registered here."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.report.form import form_for_year
from gongkai.report.report import Number, Report

from ..figures.periods import year_of
from ..figures.tables import figures_by_organ
from .models import Received


@dataclass(frozen=True, slots=True)
class Carried:
    """Applications by kind of applicant, or all of them: how many the report carries over, how many the next year brings in
    here, from cases and opening balances.
    """

    applicant: str
    reported: Number
    registered: int

    @property
    def missing(self) -> Number:
        """How many have no case here yet."""
        return max(self.reported - self.registered, 0)

    @property
    def beyond(self) -> Number:
        """How many are here that the report does not carry over."""
        return max(self.registered - self.reported, 0)


def still_open(received: Received, report: Report) -> tuple[Carried, ...]:
    """For a report that was taken in, what it carries over, the sum last; () where it carries over nothing, nor was anything
    registered.
    """
    if received.organ is None or received.year is None:
        return ()
    form = form_for_year(received.year + 1)
    here = figures_by_organ([received.organ], year_of(received.year + 1), form)[received.organ.pk]
    found = tuple(
        Carried(
            column.name,
            report.values.get(f"applications.carried_over.{column.key}") or 0,
            here[f"applications.carried_in.{column.key}"],
        )
        for column in form.table("applications").blocks[0].columns
    )
    return tuple(one for one in found if one.reported or one.registered)
