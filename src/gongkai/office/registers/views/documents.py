"""Screens of 规章和规范性文件: the list with its filters, one document with its history, entering, correcting, withdrawing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.law import document_kinds
from gongkai.report.form import form_for_year

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...clock import today
from ..documents import FIELDS, add_document, confirm_documents, correct_document, withdraw_document
from ..forms import ConfirmationForm, DocumentForm, WithdrawForm
from ..models import Confirmation, Document
from ..needs import READ, WRITE
from ..queries import document_cells, register_figures
from .frame import checked_year, only_writers, register_page

WHAT = {"add": "登记", "correct": "更正", "withdraw": "撤回"}


def listing(request: HttpRequest, organ: str) -> HttpResponse:
    """The documents, all or those that the filters name."""
    owner = request.subject.thing
    found = Document.objects.filter(organ=owner).select_related("repealed_by")
    asked = {
        name: request.GET.get(name, "").strip() for name in ("words", "kind", "issued", "repealed", "valid_on", "state")
    }
    wrong = ""
    found = found.filter(Document.in_force) if asked["state"] != "withdrawn" else found.exclude(Document.in_force)
    if asked["words"]:
        found = found.filter(Q(title__icontains=asked["words"]) | Q(number__icontains=asked["words"]))
    if asked["kind"] in document_kinds():
        found = found.filter(kind=asked["kind"])
    for name, field in (("issued", "issued_on__year"), ("repealed", "repealed_on__year")):
        if asked[name].isdecimal() and len(asked[name]) == 4 and int(asked[name]):
            found = found.filter(**{field: int(asked[name])})
    if asked["valid_on"]:
        try:
            found = found.filter(Document.valid_on(date.fromisoformat(asked["valid_on"])))
        except ValueError:
            wrong = "请按“年-月-日”填写日期，例如 2026-12-31。"
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, one.is_valid_on(today())) for one in page],
        "asked": asked,
        "wrong": wrong,
        "kinds": document_kinds().terms,
        "years": range(today().year, today().year - 15, -1),
        "query": urlencode({key: value for key, value in asked.items() if value}) + "&" if any(asked.values()) else "",
    }
    return register_page(request, "registers/documents.html", "规章和规范性文件", **context)


def add(request: HttpRequest, organ: str) -> HttpResponse:
    """Enter a document."""
    owner = request.subject.thing
    form = DocumentForm(request.POST or None, organ=owner)
    if request.method == "POST" and form.is_valid():
        try:
            document = add_document(owner, by=request.user, today=today(), **_values(form))
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已登记“{document}”。")
            return redirect("registers_document_add" if "more" in request.POST else "registers_documents", owner.code)
    return register_page(request, "registers/document_form.html", "登记文件", form=form, trail=_trail(owner), more=True)


def document(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """One document, what it repealed, and all that was done to its entry."""
    one = _document(request, pk)
    history = [
        (
            change,
            WHAT[change.what],
            [(Document._meta.get_field(field).verbose_name, *values) for field, values in change.changes.items()],
        )
        for change in one.changes.select_related("by")
    ]
    context = {
        "document": one,
        "valid": one.ended_at is None and one.is_valid_on(today()),
        "expired": one.expires_on is not None and one.expires_on < today(),
        "history": history,
        "repeals": one.repeals.filter(Document.in_force),
        "day": today(),
    }
    return register_page(request, "registers/document.html", str(one), trail=_trail(request.subject.thing), **context)


def edit(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Correct or complete a document's entry."""
    one = _document(request, pk)
    owner = request.subject.thing
    initial = {field: getattr(one, field) for field in FIELDS}
    form = DocumentForm(request.POST or None, initial=initial, organ=owner, corrects=one)
    if request.method == "POST" and form.is_valid():
        try:
            changed = correct_document(
                one, _values(form), reason=form.cleaned_data["reason"], by=request.user, today=today()
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已更正“{one}”，原来的内容见更正记录。" if changed else "没有改动。")
            return redirect("registers_document", owner.code, one.pk)
    trail = [*_trail(owner), (str(one), reverse("registers_document", args=(owner.code, one.pk)))]
    return register_page(request, "registers/document_form.html", "更正文件的登记", form=form, trail=trail)


def withdraw(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Withdraw an entry that was made by mistake."""
    one = _document(request, pk)
    owner = request.subject.thing
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_document(one, reason=form.cleaned_data["reason"], by=request.user, today=today())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已撤回“{one}”的登记。")
            return redirect("registers_documents", owner.code)
    trail = [*_trail(owner), (str(one), reverse("registers_document", args=(owner.code, one.pk)))]
    return register_page(request, "registers/withdraw.html", "撤回登记", form=form, what=str(one), trail=trail)


def confirmation(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The confirmation of a year's figures by the judicial-administration office, and whether they still are the same."""
    owner = request.subject.thing
    checked_year(year)
    only_writers(request)
    statutory = form_for_year(year)
    now = figures_now(owner, year)
    entries = Confirmation.objects.filter(organ=owner, year=year).select_related("entered_by")
    current = next((one for one in entries if one.ended_at is None), None)
    form = ConfirmationForm(request.POST or None, figures=now, statutory=statutory, again=current is not None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("body", "confirmed_on", "letter")}
        reason = form.cleaned_data.get("reason", "")
        try:
            confirm_documents(
                owner, year, figures=form.figures(), by=request.user, today=today(), reason=reason, **said
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, "已登记确认情况。")
            return redirect("registers_confirmation", owner.code, year)
    cells = [(key, f"{cell.row.label}{cell.column.heading}") for key in now for cell in [statutory.cells[key]]]
    context = {
        "form": form,
        "current": current,
        "rows": [(label, current.figures.get(key), now[key]) for key, label in cells] if current else [],
        "differs": differs(current, now),
        "entries": [(one, [(label, one.figures.get(key)) for key, label in cells]) for one in entries],
        "cells": cells,
    }
    return register_page(request, "registers/confirmation.html", f"{year}年文件数量的确认", year, **context)


def figures_now(owner: Any, year: int) -> dict[str, int]:
    """The figures on documents as the register gives them now, of the kinds that the organ may make."""
    statutory = form_for_year(year)
    found = register_figures([owner], year, statutory)[owner.pk]
    cells = document_cells(statutory)
    return {key: int(found[key]) for key, (kind, _) in cells.items() if kind != "rules" or owner.makes_rules}


def differs(current: Confirmation | None, now: dict[str, int]) -> bool:
    """Whether the register no longer gives what was confirmed."""
    return current is not None and any(current.figures.get(key) != number for key, number in now.items())


def _document(request: HttpRequest, pk: int) -> Document:
    return get_object_or_404(
        Document.objects.select_related("organ", "repealed_by"), organ=request.subject.thing, pk=pk
    )


def _values(form: DocumentForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name in FIELDS}


def _trail(owner: Any) -> list[tuple[str, str]]:
    return [("规章和规范性文件", reverse("registers_documents", args=(owner.code,)))]


patterns = [
    guarded("<str:organ>/documents/", listing, name="registers_documents", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/documents/add/", add, name="registers_document_add", need=WRITE),
    guarded("<str:organ>/documents/<int:pk>/", document, name="registers_document", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/documents/<int:pk>/edit/", edit, name="registers_document_edit", need=WRITE),
    guarded("<str:organ>/documents/<int:pk>/withdraw/", withdraw, name="registers_document_withdraw", need=WRITE),
    guarded("<str:organ>/<int:year>/confirmation/", confirmation, name="registers_confirmation", need=READ),
]
