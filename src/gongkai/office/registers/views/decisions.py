"""Screens of 处理决定数量和收费: all figures of a year with their sources, the grid they are entered in, withdrawing one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode

from gongkai.law import decision_kinds

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...clock import today
from ...organs.models import Division
from ..decisions import (
    WHOLE_YEAR,
    Months,
    Use,
    answer_of,
    change_use,
    comparisons,
    counted_sums,
    enter_figure,
    in_force,
    rivals,
    same_figure,
    sources_of,
    unit_of,
    withdraw_figure,
)
from ..forms import ROWS, GridForm, SourceForm, UseForm, WithdrawForm
from ..models import DecisionFigure
from ..needs import READ, WRITE
from .frame import checked_year, register_page


def listing(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The year's figures by kind, what is counted, what is compared, and what was corrected."""
    owner = request.subject.thing
    checked_year(year)
    figures = list(in_force(owner, year).select_related("entered_by"))
    ended = DecisionFigure.objects.filter(organ=owner, year=year).exclude(DecisionFigure.in_force)
    sums = counted_sums(figures)
    kinds = [
        {
            "term": term,
            "unit": unit_of(term.code),
            "total": sums.get(term.code),
            "figures": [one for one in figures if one.kind == term.code],
        }
        for term in decision_kinds().terms
    ]
    grids = dict.fromkeys((one.source, one.division_key, str(one.division or "全机关")) for one in figures)
    context = {
        "kinds": kinds,
        "comparisons": [(decision_kinds()[one.kind].label, unit_of(one.kind), one) for one in comparisons(figures)],
        "ended": ended.select_related("ended_by", "entered_by", "division").order_by("-ended_at", "-pk")[:100],
        "picker": _picker(request, year),
        "grids": [(source, scope, urlencode({"source": source, "division": key})) for source, key, scope in grids],
    }
    return register_page(request, "registers/decisions.html", f"{year}年处理决定数量和收费", year, **context)


def grid(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The months of a year and the kinds, for one source and division."""
    owner = request.subject.thing
    checked_year(year)
    picked = _picker(request, year, bound="source" in request.GET)
    if not picked.is_valid():
        context: dict[str, Any] = {"picker": picked, "trail": _trail(owner, year)}
        return register_page(request, "registers/decisions_pick.html", "填报处理决定数量和收费", year, **context)
    source = picked.cleaned_data["source"].strip()
    division = _divisions(owner, year).filter(key=picked.cleaned_data["division"]).first()
    figures = list(in_force(owner, year))
    asks = (
        _asks(figures, source, division)
        if request.method == "GET"
        else list(_asked(figures, source, division, request))
    )
    form = GridForm(request.POST or None, starting=_starting(figures, source, division), asks=asks)
    if request.method == "POST" and form.is_valid() and _entered(request, form, year, source, division):
        messages.success(request, f"已保存{year}年“{source}”的数字。")
        return redirect("registers_decisions", owner.code, year)
    table = [(label, [form[f"{term.code}_{row}"] for term in decision_kinds().terms]) for row, label in ROWS]
    context = {
        "form": form,
        "source": source,
        "scope": str(division or "全机关"),
        "table": table,
        "heads": [(term.label, unit_of(term.code)) for term in decision_kinds().terms],
        "questions": [form[name] for name in form.fields if name.startswith("use_")],
        "trail": _trail(owner, year),
    }
    return register_page(request, "registers/decisions_grid.html", f"填报{year}年处理决定数量和收费", year, **context)


def withdraw(request: HttpRequest, organ: str, year: int, pk: int) -> HttpResponse:
    """Withdraw one figure."""
    owner = request.subject.thing
    one = get_object_or_404(DecisionFigure.objects.select_related("organ", "division"), organ=owner, year=year, pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_figure(one, reason=form.cleaned_data["reason"], by=request.user, today=today())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已撤回{one}的数字。")
            return redirect("registers_decisions", owner.code, year)
    what = f"{one}：{one.number} {unit_of(one.kind)}，来源“{one.source}”，{one.division or '全机关'}"
    return register_page(
        request, "registers/withdraw.html", "撤回数字", year, form=form, what=what, trail=_trail(owner, year)
    )


def use(request: HttpRequest, organ: str, year: int, kind: str) -> HttpResponse:
    """Say anew what a source's figures of a kind are beside other sources'."""
    owner = request.subject.thing
    source = request.GET.get("source", "")
    figures = [one for one in in_force(owner, year) if (one.kind, one.source) == (kind, source)]
    if kind not in decision_kinds() or not figures:
        raise Http404
    form = UseForm(request.POST or None, initial={"use": answer_of(figures, source)})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("use", "reason")}
        try:
            change_use(owner, year, kind=kind, source=source, by=request.user, today=today(), **said)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"“{source}”的{figures[0].kind_label}：{figures[0].Use(said['use']).label}。")
            return redirect("registers_decisions", owner.code, year)
    what = f"{year}年{figures[0].kind_label}，来源“{source}”"
    return register_page(
        request, "registers/decisions_use.html", "几个来源的关系", year, form=form, what=what, trail=_trail(owner, year)
    )


def _entered(request: HttpRequest, form: GridForm, year: int, source: str, division: Division | None) -> bool:
    """Whether what was changed is saved, all of it or nothing; refusals stand beside the fields."""
    owner, day, reason = request.subject.thing, today(), form.cleaned_data["reason"]
    changed = form.changed()
    if any(form.starting.get(f"{kind}_{row}") for kind, row in changed) and not reason:
        form.add_error("reason", "改动或者清空了已经填报的数字，请写明更正的原因。")
        return False
    with transaction.atomic():
        for (kind, row), number in changed.items():
            if number is None:
                _take_away(request, year, kind, row, source, division, reason)
        for (kind, row), number in changed.items():
            if number is None:
                continue
            try:
                enter_figure(
                    owner, year, kind=kind, months=_months(row), source=source, number=number, division=division,
                    use=form.cleaned_data.get(f"use_{kind}", ""), reason=reason, by=request.user, today=day,
                )  # fmt: skip
            except ValidationError as error:
                _beside(form, f"{kind}_{row}", kind, error)
        if form.errors:
            transaction.set_rollback(True)
    return not form.errors


def _take_away(
    request: HttpRequest, year: int, kind: str, row: str, source: str, division: Division | None, reason: str
) -> None:
    figures = in_force(request.subject.thing, year).filter(kind=kind)
    if one := same_figure(figures, source, _months(row), division):
        withdraw_figure(one, reason=reason, by=request.user, today=today())


def _beside(form: GridForm, name: str, kind: str, error: ValidationError) -> None:
    for field, told in error.message_dict.items():
        place = f"use_{kind}" if field == "use" else "reason" if field == "reason" else name
        if place in form.fields and not (place == f"use_{kind}" and form.has_error(place)):
            form.add_error(place, told)


def _months(row: str) -> Months:
    return WHOLE_YEAR if row == "year" else Months(int(row), int(row))


def _starting(figures: Iterable[DecisionFigure], source: str, division: Division | None) -> dict[str, str]:
    """What stands in the grid: figures of a month or the whole year. Those of a quarter are seen in the list only."""
    found = {}
    for one in figures:
        if one.source == source and one.division_key == (division.key if division else ""):
            if (one.first, one.last) == (1, 12):
                found[f"{one.kind}_year"] = str(one.number)
            elif one.first == one.last:
                found[f"{one.kind}_{one.first}"] = str(one.number)
    return found


def _asks(figures: Iterable[DecisionFigure], source: str, division: Division | None) -> list[str]:
    """The kinds of which some other source gives figures that may be the same, where nobody said yet what this one's are."""
    figures, key = list(figures), division.key if division else ""
    found = []
    for term in decision_kinds().terms:
        own = [one for one in figures if one.kind == term.code]
        if answer_of(own, source) == Use.ONLY.value and rivals(own, source, WHOLE_YEAR, key):
            found.append(term.code)
    return found


def _asked(
    figures: Iterable[DecisionFigure], source: str, division: Division | None, request: HttpRequest
) -> list[str]:
    """Those, and what the form that was sent had asked."""
    sent = {name.removeprefix("use_") for name in request.POST if name.startswith("use_")}
    asks = _asks(figures, source, division)
    return [term.code for term in decision_kinds().terms if term.code in asks or term.code in sent]


def _picker(request: HttpRequest, year: int, *, bound: bool = False) -> SourceForm:
    owner = request.subject.thing
    divisions = [(one.key, one.name) for one in _divisions(owner, year)]
    return SourceForm(request.GET if bound else None, organ=owner, sources=sources_of(owner), divisions=divisions)


def _divisions(owner: Any, year: int) -> QuerySet[Division]:
    """The divisions that the organ had at some time of the year."""
    return owner.divisions.filter(Division.between(date(year, 1, 1), date(year, 12, 31)))


def _trail(owner: Any, year: int) -> list[tuple[str, str]]:
    return [(f"{year}年处理决定数量和收费", reverse("registers_decisions", args=(owner.code, year)))]


patterns = [
    guarded("<str:organ>/<int:year>/decisions/", listing, name="registers_decisions", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/decisions/grid/", grid, name="registers_grid", need=WRITE),
    guarded(
        "<str:organ>/<int:year>/decisions/<int:pk>/withdraw/", withdraw, name="registers_figure_withdraw", need=WRITE
    ),
    guarded("<str:organ>/<int:year>/decisions/use/<str:kind>/", use, name="registers_use", need=WRITE),
]
