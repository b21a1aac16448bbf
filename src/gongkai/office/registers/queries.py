"""表二 and the facts of the year as queries over the registers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from gongkai.law import decision_kinds, document_figures, document_kinds
from gongkai.ledger.tally import decision_cell
from gongkai.narrative import Facts, Medium, Shortcoming, fact_item
from gongkai.report.form import CellKey, Form
from gongkai.report.report import Number

from ..organs.models import Organ
from .facts import CONTACT, summed
from .models import Confirmation, DecisionFigure, Document, FactEntry, MediumEntry, ProblemEntry, exact


def register_figures(organs: Sequence[Organ], year: int, form: Form) -> dict[int, dict[CellKey, Number]]:
    """Every cell of 表二 that the registers give, for each organ (by primary key). Two queries for any number of organs.

    A count of documents is 0 where there is none; a figure of decisions or fees is left out where nobody entered any.
    """
    cells = {(kind, figure): key for key, (kind, figure) in document_cells(form).items()}
    found: dict[int, dict[CellKey, Number]] = {organ.pk: dict.fromkeys(cells.values(), 0) for organ in organs}
    if cells:
        conditions = _conditions(year)
        counts = {figure: Count("pk", filter=condition) for figure, condition in conditions.items()}
        documents = Document.objects.filter(Document.in_force, organ__in=organs).order_by()
        for row in documents.values("organ", "kind").annotate(**counts):
            for figure in conditions:
                if key := cells.get((row["kind"], figure)):
                    found[row["organ"]][key] = row[figure]
    figures = DecisionFigure.objects.filter(DecisionFigure.in_force, organ__in=organs, year=year).order_by()
    counted = figures.exclude(use=DecisionFigure.Use.COMPARE).values("organ", "kind").annotate(total=Sum("millionths"))
    for row in counted:
        if key := decision_cell(row["kind"], form):
            found[row["organ"]][key] = exact(row["total"])
    return found


def document_cells(form: Form) -> dict[CellKey, tuple[str, str]]:
    """The cells of 表二 that count documents: key → kind of document, and issued, repealed or in_force."""
    found = {}
    for kind in document_kinds().terms:
        for column in document_figures():
            if (key := f"proactive.{kind.code}.{column.key}") in form.cells:
                found[key] = (kind.code, column.key)
    return found


def records_behind(key: CellKey, organs: Sequence[Organ], year: int, form: Form) -> list[Any]:
    """What a figure of 表二 counts: documents, or entered figures of decisions. KeyError for a key of another table."""
    if key in (documents := document_cells(form)):
        kind, figure = documents[key]
        found = Document.objects.filter(Document.in_force, _conditions(year)[figure], organ__in=organs, kind=kind)
        return list(found.select_related("organ", "repealed_by"))
    decided = _decided(form)[key]
    figures = DecisionFigure.objects.filter(DecisionFigure.in_force, organ__in=organs, year=year, kind=decided)
    counted = figures.exclude(use=DecisionFigure.Use.COMPARE)
    return list(counted.select_related("organ", "division", "entered_by"))


def given_cells(form: Form) -> list[CellKey]:
    """The cells of 表二 that these registers give."""
    return [*document_cells(form), *_decided(form)]


def facts_of(organs: Sequence[Organ], year: int) -> dict[int, Facts]:
    """The facts of the year for each organ (by primary key). Four queries for any number of organs."""
    entries: dict[int, list[tuple[str, int | None, str]]] = {organ.pk: [] for organ in organs}
    media: dict[int, list[Medium]] = {organ.pk: [] for organ in organs}
    problems: dict[int, list[Shortcoming]] = {organ.pk: [] for organ in organs}
    within: dict[str, Any] = {"organ__in": organs, "year": year}
    given = FactEntry.objects.filter(FactEntry.in_force, **within).order_by("pk")
    for organ, *entry in given.values_list("organ", "item", "millionths", "text"):
        entries[organ].append(tuple(entry))
    for one in MediumEntry.objects.filter(MediumEntry.in_force, **within):
        media[one.organ_id].append(Medium(one.kind, one.published, one.name, one.reads, one.information))
    for problem in ProblemEntry.objects.filter(ProblemEntry.in_force, **within).order_by("-previous", "pk"):
        problems[problem.organ_id].append(Shortcoming(problem.problem, problem.improvement, problem.previous))
    confirmed = dict(Confirmation.objects.filter(Confirmation.in_force, **within).values_list("organ", "figures"))
    found = {}
    for organ in organs:
        items: dict[str, Number | str] = dict(_contact(organ))
        for key, value in summed(entries[organ.pk]).items():
            items[key] = exact(value) if isinstance(value, int) else value
        if organ.pk in confirmed:
            items["documents_confirmed"] = sum(
                number for key, number in confirmed[organ.pk].items() if key.endswith(".in_force")
            )
        found[organ.pk] = Facts(items, tuple(media[organ.pk]), tuple(problems[organ.pk]))
    return found


def entries_behind(item_key: str, organ: Organ, year: int) -> list[Any]:
    """The entries that a fact is made of: of its own register, or the confirmation. KeyError for an unknown item."""
    if fact_item(item_key).source == "registers":
        return list(Confirmation.objects.filter(Confirmation.in_force, organ=organ, year=year))
    entries = FactEntry.objects.filter(FactEntry.in_force, organ=organ, year=year, item=item_key)
    return list(entries.select_related("entered_by").order_by("pk"))


def in_force_on(organ: Organ, day: date) -> int:
    """How many documents of the organ are in force at the end of a day."""
    return Document.objects.filter(Document.in_force, Document.valid_on(day), organ=organ).count()


def _conditions(year: int) -> dict[str, Q]:
    """By figure of the form, which documents it counts: by the day, so that a year is what lies between two days."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    issued, repealed, stock = (column.key for column in document_figures())
    return {
        issued: Q(issued_on__range=(first, last)),
        repealed: Q(repealed_on__range=(first, last)),
        stock: Document.valid_on(last),
    }


def _decided(form: Form) -> dict[CellKey, str]:
    cells = ((decision_cell(term.code, form), term.code) for term in decision_kinds().terms)
    return {cell: kind for cell, kind in cells if cell}


def _contact(organ: Organ) -> Iterator[tuple[str, str]]:
    """What the organ's own record tells of whom to ask."""
    for key, field in CONTACT.items():
        if value := getattr(organ, field):
            yield key, value
