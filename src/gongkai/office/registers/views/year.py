"""Screens of the registers of one organ and year: 表二 as it stands, what each register holds, and what is behind a figure."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.law import decision_kinds
from gongkai.report.form import CellKey, form_for_year
from gongkai.report.report import Report

from ...access.guard import READ as READ_METHODS
from ...access.guard import guarded
from ...clock import today
from ...figures.tables import drawn
from ...filings.needs import FILING_READERS, working_organ
from ...organs.models import Organ
from ...organs.queries import existing, name_on, organs_with
from ..decisions import comparisons, in_force
from ..facts import asked_items, fact_entries, problems_to_answer
from ..models import Confirmation, DecisionFigure, Document, MediumEntry, ProblemEntry
from ..needs import ANY, READ
from ..queries import facts_of, given_cells, in_force_on, records_behind, register_figures
from .documents import differs, figures_now
from .frame import checked_year, register_page, usual_year


@dataclass(frozen=True, slots=True)
class State:
    """How one register stands. ``lacking``: what is missing or has to be looked at, whole sentences."""

    name: str
    address: str
    told: str
    lacking: tuple[str, ...]
    add: tuple[tuple[str, str], ...] = ()


def start(request: HttpRequest) -> HttpResponse:
    """The registers of the first organ one works for."""
    organs = organs_of(request)
    if not organs:
        raise PermissionDenied
    return redirect("registers_year", organs[0].code, usual_year())


def organs_of(request: HttpRequest) -> list[Organ]:
    """The organs whose registers the caller reads as one who works there: their own, and the government of their office."""
    held = organs_with(request.user, FILING_READERS, today())
    keys = {one.pk for one in held}
    above = [
        one.parent
        for one in held
        if one.kind == Organ.Kind.OFFICE and one.parent and working_organ(one.parent).pk in keys
    ]
    there = {one.pk for one in existing(today())}
    return [one for one in dict.fromkeys([*held, *above]) if one.pk in there]


def year_page(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """表二 as the registers give it now, and the registers behind it."""
    owner: Organ = request.subject.thing
    checked_year(year)
    statutory = form_for_year(year)
    values = register_figures([owner], year, statutory)[owner.pk]
    report = Report(organ=name_on(owner, today()), year=year, edition=statutory.edition, values=values)

    def address(key: CellKey) -> str:
        return reverse("registers_behind", args=(owner.code, year, key))

    mine = organs_of(request)
    context = {
        "table": drawn(report, "proactive", address, zeros=True),
        "states": [
            _documents(owner, year),
            _decisions(owner, year),
            _facts(owner, year),
            _media(owner, year),
            _problems(owner, year),
        ],
        "blank": [
            statutory.cells[key].name for key in statutory.cells if key.startswith("proactive.") and key not in values
        ],
        "years": range(today().year, today().year - 5, -1),
        "organs": [(one, name_on(one, today())) for one in mine] if owner in mine else [],
    }
    return register_page(
        request, "registers/year.html", f"{name_on(owner, today())}{year}年登记簿", year, trail=None, **context
    )


def behind(request: HttpRequest, organ: str, year: int, key: str) -> HttpResponse:
    """What a figure of 表二 counts."""
    owner = request.subject.thing
    checked_year(year)
    statutory = form_for_year(year)
    if key not in given_cells(statutory):
        raise Http404
    found = records_behind(key, [owner], year, statutory)
    number = register_figures([owner], year, statutory)[owner.pk].get(key)
    context = {
        "number": number,
        "unit": statutory.cells[key].unit,
        "documents": [one for one in found if isinstance(one, Document)],
        "figures": [one for one in found if isinstance(one, DecisionFigure)],
        "of_documents": key.count(".") == 2 and key.split(".")[1] not in decision_kinds(),
    }
    return register_page(request, "registers/behind.html", statutory.cells[key].name, year, **context)


def _documents(owner: Organ, year: int) -> State:
    count, entered = in_force_on(owner, today()), Document.objects.filter(Document.in_force, organ=owner).count()
    confirmed = Confirmation.objects.filter(Confirmation.in_force, organ=owner, year=year).first()
    lacking = []
    if not entered:
        lacking.append("还没有登记文件，各格按 0 计。确实没有的不用登记。")
    if not confirmed:
        lacking.append("还没有登记司法行政部门对文件数量的确认。")
    elif differs(confirmed, figures_now(owner, year)):
        lacking.append("文件的登记与确认时不一致，请核对。")
    add = (("登记文件", reverse("registers_document_add", args=(owner.code,))),
           ("导入", reverse("registers_documents_import", args=(owner.code,))),
           ("登记确认情况", reverse("registers_confirmation", args=(owner.code, year))))  # fmt: skip
    told = f"登记 {entered} 件，今天现行有效 {count} 件。"
    return State("规章和规范性文件", reverse("registers_documents", args=(owner.code,)), told, tuple(lacking), add)


def _decisions(owner: Organ, year: int) -> State:
    figures = list(in_force(owner, year))
    given = {one.kind for one in figures if one.counted}
    missing = [term.label for term in decision_kinds().terms if term.code not in given]
    lacking = [f"{'、'.join(missing)}还没有填报；没有发生的，在“全年”填 0。"] if missing else []
    lacking += [
        f"{decision_kinds()[kind].label}缺{months}的数字。"
        for kind in given
        if (months := _missing_months(kind, figures, year))
    ]
    for one in comparisons(figures):
        if one.counted is None:
            lacking.append(
                f"“{one.source}”的{decision_kinds()[one.kind].label}只作核对，但是与计入的数字期间不同，不能比较。"
            )
        elif one.difference:
            lacking.append(
                f"“{one.source}”的{decision_kinds()[one.kind].label}是 {one.number}，计入的是 {one.counted}，请核对。"
            )
    sources = len({one.source for one in figures})
    add = (("填报", reverse("registers_grid", args=(owner.code, year))),
           ("导入", reverse("registers_decisions_import", args=(owner.code, year))))  # fmt: skip
    told = f"{sources} 个来源，{len(figures)} 个数字。" if figures else "还没有填报。"
    return State(
        "处理决定数量和收费", reverse("registers_decisions", args=(owner.code, year)), told, tuple(lacking), add
    )


def _missing_months(kind: str, figures: list[DecisionFigure], year: int) -> str:
    """Months that have passed and of which no counted figure tells."""
    day = today()
    over = 12 if year < day.year else day.month - 1
    covered = {month for one in figures if one.kind == kind and one.counted for month in range(one.first, one.last + 1)}
    return "、".join(f"{month}月" for month in range(1, over + 1) if month not in covered)


def _facts(owner: Organ, year: int) -> State:
    items = asked_items(owner, year)
    given = facts_of([owner], year)[owner.pk].items
    entries = fact_entries(owner, year).count()
    rest = [one.label for one in items if one.key not in given and one.government]
    lacking = (f"依法应当写明、还没有填写：{'、'.join(rest)}。",) if rest else ()
    told = f"{len(items)} 项中有 {sum(one.key in given for one in items)} 项已有内容，其中登记 {entries} 条。"
    return State("年度情况", reverse("registers_facts", args=(owner.code, year)), told, lacking)


def _media(owner: Organ, year: int) -> State:
    found = MediumEntry.objects.filter(MediumEntry.in_force, organ=owner, year=year).count()
    lacking = () if found else ("还没有填写各渠道公开信息的条数。",)
    return State("公开渠道", reverse("registers_media", args=(owner.code, year)), f"{found} 条。", lacking)


def _problems(owner: Organ, year: int) -> State:
    found = ProblemEntry.objects.filter(ProblemEntry.in_force, organ=owner, year=year)
    own, before = found.filter(previous=False).count(), found.filter(previous=True).count()
    lacking = [] if own else ["还没有填写本年的问题和下一步措施。"]
    if waiting := len(problems_to_answer(owner, year)):
        lacking.append(f"上年的 {waiting} 个问题还没有写明改进情况。")
    elif not before:
        lacking.append("还没有填写上年报告所列问题的改进情况。")
    told = f"本年 {own} 个，上年 {before} 个。"
    return State("问题和改进", reverse("registers_problems", args=(owner.code, year)), told, tuple(lacking))


patterns = [
    guarded("", start, name="registers_start", need=ANY, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/", year_page, name="registers_year", need=READ, methods=READ_METHODS),
    guarded(
        "<str:organ>/<int:year>/behind/<str:key>/", behind, name="registers_behind", need=READ, methods=READ_METHODS
    ),
]
