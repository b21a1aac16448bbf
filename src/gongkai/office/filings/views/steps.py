"""Screens of 办理步骤: what a step means, what is to be known before it is taken, and taking it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.law.filing import FilingState, FilingStep, filing_steps, next_steps, refusal
from gongkai.report.finding import SEVERITY_NAMES, Finding
from gongkai.report.report import Report

from ...access.guard import WRITE, guarded
from ...clock import today
from ..comparison import Comparison, compare, printed
from ..content import Content, Override
from ..gate import findings_of, reason_for
from ..leading import Asked, asked_of
from ..models import Filing
from ..needs import READ, acting_roles, supervised_elsewhere
from ..needs import WRITE as WRITE_FILING
from ..printing import shown
from ..record import RefusedStepError, take
from ..recorded import Standing, content_of, standing_of
from ..rules import rules_for
from ..step_forms import AnswerForm, StepForm, remark_forms
from ..years import unusual_figures
from . import overview
from .frame import address, filing_page
from .remarked import asked_in

_HEEDS = frozenset({"sent", "reviewed", "approved", "accepted"})
"""Steps before which one has to know what was asked for when the report was given back, and what was answered."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding with the reason that was written for it, "" where there is none."""

    finding: Finding
    severity: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that a person set: both figures as printed."""

    name: str
    value: str
    was: str
    override: Override


@dataclass(frozen=True, slots=True)
class Since:
    """What differs from an earlier version. ``why``: what that version was."""

    version: int
    why: str
    differences: Comparison


def step(request: HttpRequest, organ: str, year: int, step: str) -> HttpResponse:
    """A step of the filing: GET shows what it means and what to know, POST takes it."""
    kind = filing_steps().get(step)
    if kind is None or kind.key == "answered":
        raise Http404
    filing: Filing = request.subject.thing
    if not request.subject.roles & kind.roles:
        raise Http404  # what is not theirs to do is no page of theirs
    if not acting_roles(request) & kind.roles:
        why = supervised_elsewhere(filing.organ)
        return filing_page(request, "filings/elsewhere.html", "filings_step", status=403, title=kind.label, why=why)
    standing = standing_of(filing)
    if request.method == "POST":
        return _taken(request, standing, kind)
    form = StepForm(step=kind, state=standing.state, today=today(), initial={"version": _meant(standing, kind)})
    return _page(request, standing, kind, form, None)


def _taken(request: HttpRequest, standing: Standing, kind: FilingStep) -> HttpResponse:
    filing, more = standing.filing, "more" in request.POST
    meant = _meant(standing, kind)
    form = StepForm(request.POST, step=kind, state=standing.state, today=today())
    remarks = (
        remark_forms(request.POST, content_of(filing, meant).report, more=more) if "remarks" in kind.asks else None
    )
    if more:
        form = StepForm(
            step=kind, state=standing.state, today=today(), initial=request.POST.dict() | {"version": meant}
        )
        return _page(request, standing, kind, form, remarks)
    sound = remarks is None or remarks.is_valid()
    if not form.is_valid() or not sound:
        return _page(request, standing, kind, form, remarks, status=422)
    data: dict[str, Any] = form.said()
    if remarks is not None and (written := [one for each in remarks if (one := each.remark())]):
        data["remarks"] = written
    try:
        take(
            filing,
            kind.key,
            version=form.cleaned_data["version"],
            by=request.user,
            roles=acting_roles(request),
            today=today(),
            data=data,
        )
    except RefusedStepError as error:
        for name in error.refusal.missing & form.fields.keys() or {None}:
            form.add_error(name, error.refusal.message)
        return _page(request, standing_of(filing), kind, form, remarks, status=409)
    messages.success(request, f"已办理：{kind.done}（第{form.cleaned_data['version']}版）。")
    return redirect(address("filings_filing", filing))


def _page(
    request: HttpRequest,
    standing: Standing,
    kind: FilingStep,
    form: StepForm,
    remarks: BaseFormSet | None,
    status: int = 200,
) -> HttpResponse:
    filing = standing.filing
    version = _meant(standing, kind)
    content = content_of(filing, version)
    if "remarks" in kind.asks and remarks is None:
        remarks = remark_forms(None, content.report, more=False)
    pinned = form["version"].value()
    if form.is_bound and str(pinned) != str(version):  # they are told, and see the newer one below
        form.data = form.data | {"version": version} if isinstance(form.data, dict) else _with(form.data, version)
    notes = noted(filing, content)
    return filing_page(
        request,
        "filings/step.html",
        "filings_step",
        status=status,
        standing=standing,
        title=kind.label,
        step=kind,
        version=version,
        form=form,
        remarks=remarks,
        refused=_refused(request, standing, kind, version),
        asked=asked_in(standing) if kind.key in _HEEDS else None,
        errors=[one for one in notes if one.finding.severity == "error" and not one.reason],
        excused=[one for one in notes if one.reason],
        others=[one for one in notes if one.finding.severity != "error" and not one.reason],
        overrides=overridden(content),
        unusual=_unusual(filing, content),
        since=since_versions(standing, version, content.report),
        report=shown(content.report),
        publishes_alone=_publishes_alone(standing, kind),
    )


def _with(data: Any, version: int) -> Any:
    changed = data.copy()
    changed["version"] = str(version)
    return changed


def _meant(standing: Standing, kind: FilingStep) -> int:
    """The version that the step is about now; where none was sent the newest, to have something to show."""
    if kind.about == "newest" or standing.state.sent is None:
        return standing.filing.newest
    return standing.state.sent


def _refused(request: HttpRequest, standing: Standing, kind: FilingStep, version: int) -> str:
    """Why the step can't be taken at all now, "" where it can; what has to be written is not asked here, nor errors."""
    found = refusal(
        kind.key,
        standing.state,
        newest=standing.filing.newest,
        version=version,
        actor=str(request.user.pk),
        roles=acting_roles(request),
        on=today(),
        rules=rules_for(standing.filing),
        errors=0,
        data={"reason": "…", "remarks": ["…"], "changes": "…"},
    )
    return found.message if found else ""


def _publishes_alone(standing: Standing, kind: FilingStep) -> bool:
    """Whether the office above is left out because the statutory day has come."""
    state: FilingState = standing.state
    if kind.key != "published" or state.accepted == state.sent:
        return False
    rules = rules_for(standing.filing)
    return rules.supervised and rules.acceptance == "before" and "published" in next_steps(state, rules, today())


def noted(filing: Filing, content: Content) -> list[Noted]:
    """Everything that the checks say of a version, with the reasons that were written."""
    found = []
    for one in findings_of(filing, content):
        excuse = reason_for(content, one)
        reason, by = (excuse.reason, excuse.by) if excuse else ("", "")
        found.append(Noted(one, SEVERITY_NAMES[one.severity], reason, by))
    return found


def _unusual(filing: Filing, content: Content) -> tuple[Asked, ...]:
    """The changes since last year of which a reason is asked, with the reasons that were written."""
    form = content.report.form
    return asked_of(content, unusual_figures(filing, content.report), form) if form else ()


def overridden(content: Content) -> list[Changed]:
    """The figures that a person set, in the order of the form."""
    form = content.report.form
    cells = form.cells if form else {}
    return [
        Changed(cell.name, printed(content.report, key), _figure(content.overrides[key].was), content.overrides[key])
        for key, cell in cells.items()
        if key in content.overrides
    ]


def since_versions(standing: Standing, version: int, report: Report) -> Sequence[Since]:
    """What differs from the version that is public, and from the one last sent for review or received before this one."""
    looked: dict[int, str] = {}
    if standing.state.public is not None and standing.state.public != version:
        looked[standing.state.public] = "已经公布的"
    sent = [one.version for one in standing.entries if one.kind in ("sent", "received") and one.version < version]
    if sent and sent[-1] not in looked:
        looked[sent[-1]] = "上次送审的"
    return [
        Since(number, why, compare(content_of(standing.filing, number).report, report))
        for number, why in looked.items()
    ]


def _figure(value: object) -> str:
    return "没有" if value is None else str(value)


def answer(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The organ's answer to a remark."""
    filing: Filing = request.subject.thing
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return overview.page(request, form)
    try:
        take(
            filing,
            "answered",
            version=filing.newest,
            by=request.user,
            roles=acting_roles(request),
            today=today(),
            data=form.cleaned_data,
        )
    except RefusedStepError as error:
        form.add_error(None, error.refusal.message)
        return overview.page(request, form)
    messages.success(request, "已记下对这条意见的回复，审核的人和主管部门都能看到。")
    return redirect(f"{address('filings_filing', filing)}#remarks")


patterns = [
    guarded("<str:organ>/<int:year>/answer/", answer, name="filings_answer", need=WRITE_FILING, methods=WRITE),
    guarded("<str:organ>/<int:year>/step/<str:step>/", step, name="filings_step", need=READ),
]
