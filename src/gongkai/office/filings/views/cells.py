"""Screens of one figure (一格): what it is made of, what a person sets in its place, and what the checks say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.report.finding import SEVERITY_NAMES, Finding
from gongkai.report.form import Cell, CellKey, Form
from gongkai.report.report import Number

from ...access.guard import WRITE, guarded
from ...clock import now, today
from ..cell_forms import FigureForm, RepairForm
from ..compiling import compute
from ..content import Content
from ..figuring import base_of, sums_following, with_figures
from ..gate import findings_of, fingerprint, reason_for
from ..looking import Seen, repairs, seen_in_cell
from ..models import Filing
from ..needs import FILING_WRITERS
from ..needs import READ as READ_FILING
from ..needs import WRITE as WRITE_FILING
from ..record import ConflictError, RefusedStepError, save
from ..recorded import content_of, standing_of
from .behind import behind
from .frame import address, filing_page, may_write
from .remarked import asked_in
from .saving import asked_version, saved


@dataclass(frozen=True, slots=True)
class Choice:
    """A repair of a finding: the figures, as told, and the form by which it is made."""

    figures: dict[CellKey, Number]
    told: list[tuple[str, Number | None, Number]]
    form: RepairForm


@dataclass(frozen=True, slots=True)
class Said:
    """A finding that speaks of the cell. ``excuse``: the written reason for leaving it."""

    finding: Finding
    severity: str
    excuse: str
    choices: list[Choice]


def cell(request: HttpRequest, organ: str, year: int, key: str) -> HttpResponse:
    """One figure; who may write sets another here."""
    filing, content = _newest(request)
    place = _cell(content, key)
    if request.method != "POST":
        return _page(request, filing, content, place)
    if not request.subject.roles & FILING_WRITERS:
        raise PermissionDenied
    form = FigureForm(request.POST, cell=place)
    if not form.is_valid():
        return _page(request, filing, content, place, form=form, status=422)
    figures: dict[CellKey, Number | None] = {key: form.cleaned_data["value"]}
    return _set(request, filing, content, place, figures, form.cleaned_data["reason"], "together" in request.POST, form)


def check(request: HttpRequest, organ: str, year: int, key: str) -> HttpResponse:
    """What would be found of the figure that is typed, were it saved; nothing is."""
    filing, content = _newest(request)
    place = _cell(content, key)
    taken = request.POST.get("_take")
    data = request.POST if taken is None else {"value": taken, "reason": request.POST.get("reason", "")}
    form = FigureForm(data, cell=place)
    form.fields["reason"].required = False  # asked for when it is saved
    seen: tuple[Seen, ...] = ()
    if form.is_valid():
        after = with_figures(content, {key: form.cleaned_data["value"]}, reason="", by="", at="")
        seen = seen_in_cell(filing, after, key)
    if "_live" in request.POST:
        return _page(request, filing, content, place, form=form, seen=seen, template="cell_seen.html")
    return _page(request, filing, content, place, form=form, seen=seen, status=422 if form.errors else 200)


def override_end(request: HttpRequest, organ: str, year: int, key: str) -> HttpResponse:
    """Take back what a person set: the records' figure counts again."""
    filing, content = _newest(request)
    place = _cell(content, key)
    figures = {key: base_of(content, key)}
    after = _with(content, place, figures, f"取消{place.name}的人工更正", "together" in request.POST, request)
    done = f"已取消人工更正，{place.name}按登记数据填报。"
    saved(request, filing, after, asked_version(request, filing), f"取消人工更正：{place.name}", done)
    return redirect(address("filings_cell", filing, key))


def repair(request: HttpRequest, organ: str, year: int, key: str, finding: str, choice: int) -> HttpResponse:
    """Make a repair that the checks propose: set its figures, with a reason."""
    filing, content = _newest(request)
    place = _cell(content, key)
    chosen = next((one for one in findings_of(filing, content) if digest(one) == finding), None)
    offered = repairs(chosen) if chosen else []
    if choice >= len(offered):
        return _page(
            request,
            filing,
            content,
            place,
            problem="这一处核对结果已经变了，没有保存，请看过现在的核对结果再改。",
            status=409,
        )
    form = RepairForm(request.POST, prefix=_prefix(finding, choice))
    if not form.is_valid():
        return _page(request, filing, content, place, repairing=form, status=422)
    return _set(request, filing, content, place, dict(offered[choice]), form.cleaned_data["reason"], False, form)


def digest(finding: Finding) -> str:
    """By what a finding is named in an address."""
    return sha256(fingerprint(finding).encode()).hexdigest()[:16]


def _newest(request: HttpRequest) -> tuple[Filing, Content]:
    filing: Filing = request.subject.thing
    return filing, content_of(filing, filing.newest)


def _cell(content: Content, key: str) -> Cell:
    form = content.report.form
    if form is None or key not in form.cells:
        raise Http404
    return form.cells[key]


def _set(
    request: HttpRequest,
    filing: Filing,
    content: Content,
    place: Cell,
    figures: dict[CellKey, Number | None],
    reason: str,
    together: bool,
    form: FigureForm | RepairForm,
) -> HttpResponse:
    """Save figures that a person sets, and say so; else show the page again with what was typed and what is in the way."""
    after = _with(content, place, figures, reason, together, request)
    shown = {"form" if isinstance(form, FigureForm) else "repairing": form}
    based_on = asked_version(request, filing)
    if based_on is None or based_on != filing.newest:
        problem = "您打开这一页以后，报告已经有了新的版本，没有保存。下面是现在的数据和您填写的内容，请核对后再保存。"
        return _page(request, filing, content, place, problem=problem, status=409, **shown)
    why = f"{'人工更正' if isinstance(form, FigureForm) else '按核对建议修正'}：{place.name}"
    try:
        save(filing, after, based_on=based_on, by=request.user, today=today(), why=why)
    except (ConflictError, RefusedStepError) as error:
        return _page(request, filing, content, place, problem=f"没有保存。{error}", status=409, **shown)
    return redirect(address("filings_cell", filing, place.key))


def _with(
    content: Content,
    place: Cell,
    figures: dict[CellKey, Number | None],
    reason: str,
    together: bool,
    request: HttpRequest,
) -> Content:
    """The content with these figures, and with the sums that follow from them where that is asked for."""
    by, at = str(request.user), now().isoformat(timespec="seconds")
    after = with_figures(content, figures, reason=reason, by=by, at=at)
    form = content.report.form
    if together and form is not None:
        sums: dict[CellKey, Number | None] = dict(sums_following(form, content.report.values, figures))
        after = with_figures(after, sums, reason=f"随{place.name}一起改：{reason}"[:300], by=by, at=at)
    return after


def _page(
    request: HttpRequest,
    filing: Filing,
    content: Content,
    place: Cell,
    *,
    form: FigureForm | None = None,
    repairing: RepairForm | None = None,
    problem: str = "",
    seen: tuple[Seen, ...] | None = None,
    template: str = "cell.html",
    status: int = 200,
) -> HttpResponse:
    standing = standing_of(filing)
    writes = may_write(request, standing)
    key, statutory = place.key, content.report.form
    assert statutory is not None  # `_cell` has seen to it
    computed = compute([filing.organ], filing.year, statutory)[filing.organ_id] if content.computed else None
    override = content.overrides.get(key)
    if form is None:
        value = content.report.values.get(key)
        form = FigureForm(cell=place, initial={"value": "" if value is None else value})
    return filing_page(
        request,
        f"filings/{template}",
        "filings_tables",
        status=status,
        standing=standing,
        trail=[("统计表", address("filings_tables", filing))],
        title=place.name,
        cell=place,
        value=content.report.values.get(key),
        base=base_of(content, key),
        computed=computed.values.get(key) if computed else None,
        changed=computed is not None and computed.values.get(key) != content.computed.get(key),
        from_file=computed is None,
        override=override,
        overridden_at=datetime.fromisoformat(override.at) if override else None,
        sums=[statutory.cells[one].name for one in _sums_of(statutory, key)],
        form=form if writes else None,
        bound=next((one for one in (form, repairing) if one is not None and one.is_bound), None),
        problem=problem,
        seen=seen,
        check=address("filings_cell_check", filing, key),
        asked=asked_in(standing).on_cell(key),
        findings=_said(filing, content, statutory, key, repairing),
        behind=behind(request, filing, statutory, key),
    )


def _said(filing: Filing, content: Content, form: Form, key: CellKey, repairing: RepairForm | None) -> list[Said]:
    """What the checks say of a cell, with the ways of setting it right."""
    values = content.report.values
    found = []
    for one in findings_of(filing, content):
        if key not in one.cells:
            continue
        choices = []
        for number, figures in enumerate(repairs(one)):
            prefix = _prefix(digest(one), number)
            told = [(form.cells[cell].name, values.get(cell), value) for cell, value in figures.items()]
            given = repairing if repairing is not None and repairing.prefix == prefix else None
            told_short = "，".join(f"{name}改为{value}" for name, _, value in told[:3])
            asked = given or RepairForm(prefix=prefix, initial={"reason": f"按核对建议修正：{told_short}。"[:200]})
            asked.address = reverse("filings_repair", args=[filing.organ.code, filing.year, key, digest(one), number])
            choices.append(Choice(figures, told, asked))
        excuse = reason_for(content, one)
        found.append(Said(one, SEVERITY_NAMES[one.severity], excuse.reason if excuse else "", choices))
    return found


def _prefix(finding: str, choice: int) -> str:
    return f"repair-{finding}-{choice}"


def _sums_of(form: Form, key: CellKey) -> list[CellKey]:
    """The sums that a cell goes into, and those that they go into."""
    found: dict[CellKey, None] = {}
    pending = [key]
    while pending:
        part = pending.pop()
        for one in form.identities:
            if len(one.left) == 1 and part in one.right and one.left[0] not in found:
                found[one.left[0]] = None
                pending.append(one.left[0])
    return list(found)


_AT = "<str:organ>/<int:year>/tables/<str:key>/"
patterns: list[Any] = [
    guarded(_AT, cell, name="filings_cell", need=READ_FILING),
    guarded(f"{_AT}check/", check, name="filings_cell_check", need=WRITE_FILING, methods=WRITE),
    guarded(f"{_AT}end/", override_end, name="filings_override_end", need=WRITE_FILING, methods=WRITE),
    guarded(
        f"{_AT}repair/<str:finding>/<int:choice>/", repair, name="filings_repair", need=WRITE_FILING, methods=WRITE
    ),
]
