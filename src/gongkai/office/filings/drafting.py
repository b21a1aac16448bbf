"""Drafting (编写): from what the records give to the first version of a report, and to a later one with new figures."""

from __future__ import annotations

from gongkai.report.form import form_for_year
from gongkai.report.report import Report

from ..clock import today
from ..organs.models import Organ
from ..organs.queries import name_on
from .compiling import compute
from .content import Content


def first_content(organ: Organ, year: int) -> Content:
    """The first version, compiled from the records: figures, text and ties."""
    form = form_for_year(year)
    computed = compute([organ], year, form)[organ.pk]
    name = name_on(organ, today())
    report = Report(
        organ=name,
        year=year,
        edition=form.edition,
        title=form.title.format(organ=name, year=year),
        values=computed.values,
        sections={section.key: "" for section in form.sections},
    )
    return Content(report, computed=computed.values)
