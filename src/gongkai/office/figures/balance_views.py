"""Screens of the opening balances (期初数): the two tables of the form with inputs, and what was entered before."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.reading import read
from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.writing.html import draw_table
from gongkai.report.writing.tables import PrintedCell, print_table

from ..access.needs import REGISTRARS
from ..clock import today
from ..organs.queries import name_on
from .balance_forms import BalanceForm
from .balances import enter, entered_cells, entry_of, with_sums
from .models import OpeningEntry
from .tables import TABLES

YEARS = range(2008, 2100)
"""Years that the statutory forms can be asked for."""

MOST_BYTES = 5 * 2**20
"""The largest file that figures are taken from."""


def balances_start(request: HttpRequest, organ: str) -> HttpResponse:
    """Goes to the balances of the year that is running, or of the one asked for."""
    year = request.GET.get("year", "")
    return redirect("figures_balances", organ, int(year) if year.isdecimal() and len(year) == 4 else today().year)


def balances(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The balances of a year: look at them, enter them, correct them."""
    owner, day = request.subject.organ, today()
    if year not in YEARS or year > day.year:
        raise Http404
    may_write = bool(request.subject.roles & REGISTRARS)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    statutory = form_for_year(year)
    current = entry_of(owner, year)
    numbers = {one.key: one.number for one in current.balances.all()} if current else {}
    known = {"organ": owner, "year": year, "statutory": statutory, "today": day, "corrects": current is not None}
    form = BalanceForm(
        numbers=numbers, initial={"through": current.through, "source": current.source} if current else None, **known
    )
    taken = refused = ""
    if request.method == "POST" and "take" in request.POST:
        told, found = _taken(request, statutory)
        if found is None:
            form, refused = BalanceForm(request.POST, numbers={}, **known), told
            form.errors.clear()  # nothing of it was to be saved yet
            form.wrong.clear()
        else:
            form, taken = BalanceForm(numbers=found, initial=request.POST.dict(), **known), told
    elif request.method == "POST":
        form = BalanceForm(request.POST, numbers={}, **known)
        if _entered(request, form):
            messages.success(request, f"已保存{form.instance}。")
            return redirect("figures_balances", owner.code, year)
    sums = with_sums(form.numbers(), statutory)
    context = {
        "title": f"{year}年期初数",
        "trail": [("统计", reverse("figures_tables", args=(owner.code, str(year))))],
        "organ": owner,
        "name": name_on(owner, day),
        "year": year,
        "years": range(day.year, day.year - 5, -1),
        "form": form,
        "may_write": may_write,
        "taken": taken,
        "refused": refused,
        "wrong": _wrong(form, statutory),
        "tables": [(key, statutory.table(key).name, _drawn(key, statutory, form, sums, may_write)) for key in TABLES],
        "entries": OpeningEntry.objects.filter(organ=owner, year=year).select_related("entered_by"),
    }
    return render(request, "figures/balances.html", context)


def balances_entry(request: HttpRequest, organ: str, year: int, pk: int) -> HttpResponse:
    """An entry as it was made, also one that was corrected since."""
    owner = request.subject.organ
    entry = OpeningEntry.objects.filter(organ=owner, year=year, pk=pk).select_related("entered_by").first()
    if entry is None:
        raise Http404
    statutory = form_for_year(year)
    sums = with_sums({one.key: one.number for one in entry.balances.all()}, statutory)
    tables = [(key, statutory.table(key).name, _drawn(key, statutory, None, sums, False)) for key in TABLES]
    context = {
        "title": str(entry),
        "trail": [(f"{year}年期初数", reverse("figures_balances", args=(owner.code, year)))],
        "entry": entry,
        "tables": tables,
    }
    return render(request, "figures/balances_entry.html", context)


def _entered(request: HttpRequest, form: BalanceForm) -> bool:
    """Whether what was sent is saved; ``sum`` only asks for the sums."""
    if not form.is_valid() or form.wrong or "sum" in request.POST:
        return False
    try:
        enter(form.instance, form.numbers(), by=request.user)
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


def _taken(request: HttpRequest, statutory: Form) -> tuple[str, dict[CellKey, int] | None]:
    """Figures of a filled-in form as they stand there, to be looked over before anything is saved; else why not."""
    sent = request.FILES.get("file")
    if sent is None:
        return "请选择填好的统计表文件。", None
    if sent.size > MOST_BYTES:
        return f"文件超过 {MOST_BYTES // 2**20} 兆字节，请核对。", None
    values = read(sent.name, sent.read()).report.values
    entered = {key: values.get(key) for key in entered_cells(statutory)}
    found = {key: number for key, number in entered.items() if isinstance(number, int) and number > 0}
    if not found:
        return f"在“{sent.name}”中没有读到表三、表四的数字，请核对文件，或者直接填写。", None
    return f"已从“{sent.name}”读入 {len(found)} 个数字，还没有保存。请逐格核对，未办结的不填。", found


def _wrong(form: BalanceForm, statutory: Form) -> list[tuple[str, str, str]]:
    """What is wrong with the figures: address on the page, name, message."""
    found = []
    for place, message in form.wrong.items():
        kind, key = place.split(":")
        if kind == "cell":
            found.append((key, statutory.cells[key].name, message))
        else:
            found.append((f"applications.received.{key}", "表三", message))
    return found


def _drawn(
    table: str, statutory: Form, form: BalanceForm | None, sums: Mapping[CellKey, int], may_write: bool
) -> SafeString:
    """A table in its official shape; ``form``: with inputs in the cells that may be entered."""
    shape = statutory.table(table)
    entered = set(entered_cells(statutory)) if may_write else set()

    def mark(cell: PrintedCell) -> tuple[str, str]:
        key = cell.key or ""
        if form is None or key not in entered:
            column = f"column:{key.rpartition('.')[2]}"
            note = form.wrong.get(column, "") if form and key.startswith("applications.total.") else ""
            if note:
                name = escape(key)
                return (
                    'class="wrong"',
                    f'{sums[key]}<span class="balance-wrong" id="{name}-error">新收加结转不等于总计</span>',
                )
            return "", str(sums[key])
        message = form.wrong.get(f"cell:{key}", "")
        column = f"column:{key.rpartition('.')[2]}"
        about = f"{key}-error" if message else ""
        if not message and table == "applications" and column in form.wrong:
            about = f"applications.total.{key.rpartition('.')[2]}-error"
        described = f' aria-describedby="{escape(about)}" aria-invalid="true"' if about else ""
        name = escape(statutory.cells[key].name)
        box = (
            f'<input type="text" inputmode="numeric" maxlength="9" id="{escape(key)}" name="{escape(key)}"'
            f' value="{escape(form.text(key))}" aria-label="{name}"{described}>'
        )
        if message:
            box += f'<span class="balance-wrong" id="{escape(key)}-error">{escape(message)}</span>'
        return ('class="wrong"' if about else ""), box

    printed = print_table(shape, shape.name, sums, {})
    return mark_safe("\n".join(draw_table(printed, mark=mark, widths=False)))  # every text in it was escaped
