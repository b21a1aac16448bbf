"""Drafting (编写): from what the records give to the first version of a report, and to a later one with new figures."""

from __future__ import annotations

from dataclasses import replace

from gongkai.narrative import OWN, Facts, compose, subject_of
from gongkai.report.form import form_for_year
from gongkai.report.report import Report

from ..clock import today
from ..organs.models import Organ
from ..organs.queries import name_on
from .compiling import Computed, compute
from .content import Content
from .writing import with_texts


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
    return composed(Content(report, computed=computed.values), computed.facts, subject=subject_for(organ))


def subject_for(organ: Organ) -> str:
    """Whose figures the text of an organ's report states; a government's are those of its territory."""
    return subject_of(name_on(organ, today())) if organ.kind == Organ.Kind.GOVERNMENT else OWN


def composed(content: Content, facts: Facts, *, subject: str = OWN) -> Content:
    """The content with the text that its figures and these facts give, in place of the text that it has."""
    text = compose(content.report, facts, subject=subject)
    report = with_texts(content.report, text.texts)
    return replace(content, report=report, ties=text.ties, facts=facts.items, channels=facts.channels)


def recompiled(content: Content, computed: Computed) -> Content:
    """The content with the figures and facts that the records give now.

    A figure that a person has set stays, the new figure beside it. The text stays as it is: its sentences whose figures
    have changed are marked until somebody sets them right.
    """
    values = {**content.report.values, **computed.values, **{key: one.value for key, one in content.overrides.items()}}
    marks = {key: mark for key, mark in content.report.marks.items() if values.get(key) is None}
    report = replace(content.report, values=values, marks=marks)
    facts = computed.facts
    return replace(content, report=report, computed=computed.values, facts=facts.items, channels=facts.channels)
