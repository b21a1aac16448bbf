"""Screens of 核对: everything that is found in a report, set right at a button or left as it is for a written reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import groupby

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.report.finding import SEVERITY_NAMES, Finding
from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Number

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE as WRITE_METHODS
from ...access.guard import guarded
from ...clock import now
from ..cell_forms import RepairForm
from ..content import Content, Excuse
from ..figuring import late_count, with_figures
from ..gate import excusable, findings_of, fingerprint, lapsed, reason_for, stale_findings, summary
from ..looking import repairs
from ..models import Filing
from ..needs import READ, WRITE
from ..recorded import content_of
from ..tied import name_of_tie
from ..writing import label_of
from .cells import digest
from .frame import address, filing_page
from .saving import saved
from .tables import changed

_LINKED = 6
"""Cells to which a finding links by name."""

GONE = "这一处核对结果已经变了，没有保存，请看过现在的核对结果再办理。"


class ExcuseForm(forms.Form):
    """Why something is left as it is."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        help_text="写明实际情况和依据，例如机构改革、口径调整、上年报告已经更正。审核人会看到。",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "请写明理由，不能只写空格。",
            "max_length": "写得太长，请缩短到 %(limit_value)d 个字以内。",
        },
    )


@dataclass(frozen=True, slots=True)
class Way:
    """A way of setting a finding right. ``told``: name of a cell, what it holds, what it would hold; ``form``: its reason."""

    number: int
    told: tuple[tuple[str, Number | None, Number], ...]
    form: RepairForm


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as the page shows it. ``key``: by which forms name it; ``cells``: names with addresses; ``more``: how many more
    it speaks of; ``writing``: address of the section's text, "" where it is about no sentence; ``tie``: name of the tie whose
    figure can be put in, "" for none; ``excuse``: the written reason, None for none; ``excusable``: whether one may be written.
    """

    finding: Finding
    key: str
    section: str
    cells: tuple[tuple[str, str], ...]
    more: int
    writing: str
    tie: str
    ways: tuple[Way, ...]
    excuse: Excuse | None
    excused_at: datetime | None
    excusable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one severity, by section: (label of the section, its findings)."""

    severity: str
    name: str
    sections: tuple[tuple[str, tuple[ShownFinding, ...]], ...]
    count: int


def checks(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """All findings, the gravest first; the reasons written; the figures that a person set."""
    return _page(request, request.subject.thing)


def mend(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Make a repair of figures that the rules propose."""
    filing: Filing = request.subject.thing
    content = content_of(filing, filing.newest)
    found = _asked(request, findings_of(filing, content))
    number = request.POST.get("way", "")
    offered = repairs(found) if found else []
    if found is None or not number.isdecimal() or len(number) > 3 or int(number) >= len(offered):
        return _page(request, filing, problem=GONE, status=409)
    form = RepairForm(request.POST, prefix=f"{digest(found)}-{int(number)}")
    if not form.is_valid():
        return _page(request, filing, mending=form, status=422)
    figures: dict[CellKey, Number | None] = dict(offered[int(number)])
    at = now().isoformat(timespec="seconds")
    after = with_figures(content, figures, reason=form.cleaned_data["reason"], by=str(request.user), at=at)
    saved(request, filing, after, filing.newest, "按核对建议改正统计表", f"已按建议改正 {len(figures)} 格。")
    return redirect(address("filings_checks", filing))


def excuse(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Write why a finding is left as it is."""
    filing: Filing = request.subject.thing
    content = content_of(filing, filing.newest)
    found = _asked(request, findings_of(filing, content))
    if found is None or not excusable(found):
        return _page(request, filing, problem=GONE, status=409) if request.method == "POST" else _away(filing)
    before = reason_for(content, found)
    form = ExcuseForm(request.POST or None, initial={"reason": before.reason if before else ""})
    if (
        request.method != "POST"
        or not form.is_valid()
        or not _excused(request, filing, content, found, form.cleaned_data["reason"])
    ):
        return filing_page(
            request,
            "filings/excuse.html",
            "filings_checks",
            trail=[("核对", address("filings_checks", filing))],
            title="说明理由",
            finding=found,
            severity=SEVERITY_NAMES[found.severity],
            key=digest(found),
            form=form,
        )
    return _away(filing)


def excuse_end(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Take a written reason back."""
    filing: Filing = request.subject.thing
    content = content_of(filing, filing.newest)
    left = tuple(one for one in content.excuses if key_of(one) != request.POST.get("excuse"))
    after = replace(content, excuses=left)
    saved(request, filing, after, filing.newest, "撤回核对不改的理由", "已撤回理由。")
    return _away(filing)


def _excused(request: HttpRequest, filing: Filing, content: Content, found: Finding, reason: str) -> bool:
    """Save a written reason in place of one that was written before; whether it was saved."""
    written = Excuse(fingerprint(found), found.message, reason, str(request.user), now().isoformat(timespec="seconds"))
    others = tuple(one for one in content.excuses if one.finding != written.finding)
    after = replace(content, excuses=(*others, written))
    return saved(request, filing, after, filing.newest, "写明核对不改的理由", "已写明理由，审核人会看到。")


def key_of(one: Excuse) -> str:
    """By which a form names a written reason."""
    return sha256(one.finding.encode()).hexdigest()[:16]


def _away(filing: Filing) -> HttpResponse:
    return redirect(address("filings_checks", filing))


def _asked(request: HttpRequest, findings: Sequence[Finding]) -> Finding | None:
    """The finding that the request names, as it is found now."""
    asked = request.POST.get("finding") or request.GET.get("finding")
    return next((one for one in findings if digest(one) == asked), None)


def _page(
    request: HttpRequest, filing: Filing, *, mending: RepairForm | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    content = content_of(filing, filing.newest)
    findings = findings_of(filing, content)
    return filing_page(
        request,
        "filings/checks.html",
        "filings_checks",
        status=status,
        groups=list(_groups(filing, content, findings, mending)),
        summary=summary(filing, content, findings),
        lapsed=[(one, key_of(one)) for one in lapsed(content, findings)],
        changed=[(one, _difference(one.computed, one.override.value)) for one in changed(filing, content)],
        late=late_count(filing, content),
        problem=problem,
        mending=mending,
        based_on=filing.newest,
    )


def _difference(before: Number | None, after: Number | None) -> str:
    """By how much a figure was changed, with its sign; "" where there is none on one side."""
    return "" if before is None or after is None else f"{after - before:+}"


def _groups(
    filing: Filing, content: Content, findings: Sequence[Finding], mending: RepairForm | None
) -> Iterator[Group]:
    shown = list(_shown(filing, content, findings, mending))
    for severity, name in SEVERITY_NAMES.items():
        those = [one for one in shown if one.finding.severity == severity]
        sections = groupby(those, key=lambda one: one.section)
        yield Group(severity, name, tuple((label, tuple(found)) for label, found in sections), len(those))


def _shown(
    filing: Filing, content: Content, findings: Sequence[Finding], mending: RepairForm | None
) -> Iterator[ShownFinding]:
    form = form_for_year(filing.year)
    ties = {
        fingerprint(found): name_of_tie(one.tie) for one, found in stale_findings(content) if one.current is not None
    }
    for one in findings:
        mark, number = fingerprint(one), one.where.section if one.where else None
        section = form.sections[number - 1] if number else None
        excuse = reason_for(content, one)
        cells = [(form.cells[key].name, address("filings_cell", filing, key)) for key in one.cells if key in form.cells]
        about_text = one.where is not None and (one.where.sentence or (section and section.kind == "text"))
        key = section.key if section else "introduction"
        yield ShownFinding(
            one,
            digest(one),
            label_of(form, section.key) if section else "导语和全文",
            tuple(cells[:_LINKED]),
            max(0, len(cells) - _LINKED),
            address("filings_section", filing, key) if about_text else "",
            ties.get(mark, ""),
            tuple(_ways(one, form, content.report.values, mending)),
            excuse,
            datetime.fromisoformat(excuse.at) if excuse else None,
            excusable(one),
        )


def _ways(
    finding: Finding, form: Form, values: Mapping[CellKey, Number | None], mending: RepairForm | None
) -> Iterator[Way]:
    for number, figures in enumerate(repairs(finding)):
        told = tuple((form.cells[key].name, values.get(key), value) for key, value in figures.items())
        short = "，".join(f"{name}改为{value}" for name, _, value in told[:3])
        prefix = f"{digest(finding)}-{number}"
        given = mending if mending is not None and mending.prefix == prefix else None
        yield Way(
            number, told, given or RepairForm(prefix=prefix, initial={"reason": f"按核对建议改正：{short}。"[:200]})
        )


_AT = "<str:organ>/<int:year>/checks/"
patterns = [
    guarded(_AT, checks, name="filings_checks", need=READ, methods=READ_METHODS),
    guarded(f"{_AT}mend/", mend, name="filings_mend", need=WRITE, methods=WRITE_METHODS),
    guarded(f"{_AT}excuse/", excuse, name="filings_excuse", need=WRITE),
    guarded(f"{_AT}excuse/end/", excuse_end, name="filings_excuse_end", need=WRITE, methods=WRITE_METHODS),
]
