"""What the pages of one filing share: title, way, tabs, where it stands, and the steps that are possible now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.law.filing import FilingStep, filing_steps, refusal

from ...clock import today
from ...organs.queries import name_on
from ..models import Filing
from ..needs import FILING_WRITERS, acting_roles
from ..recorded import Standing, standing_of
from ..rules import rules_for

TABS = (
    ("filings_filing", "概况"),
    ("filings_tables", "统计表"),
    ("filings_text", "文字"),
    ("filings_checks", "核对"),
    ("filings_changes", "与上年比较"),
    ("filings_versions", "版本"),
)
"""Route and label of each page of a filing, in the order of work."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that the caller may take now, and the address of its form."""

    step: FilingStep
    address: str


def filing_page(
    request: HttpRequest, template: str, tab: str, *, status: int = 200, trail: Any = (), **context: Any
) -> HttpResponse:
    """A page of the filing of the request. ``tab``: route of its tab; ``trail``: what stands between filing and page."""
    filing: Filing = request.subject.thing
    standing = context.pop("standing", None) or standing_of(filing)
    name = name_on(filing.organ, today())
    own = [("年度报告", reverse("filings_start")), (f"{name}{filing.year}年度", address("filings_filing", filing))]
    shared = {
        "title": f"{name}{filing.year}年度报告",
        "trail": own[:1] if tab == "filings_filing" and not trail else [*own, *trail],
        "filing": filing,
        "standing": standing,
        "state": standing.state,
        "tabs": [(label, address(route, filing), route == tab) for route, label in TABS],
        "may_write": may_write(request, standing),
        "offers": offers(request, standing),
    }
    return render(request, template, {**shared, **context}, status=status)


def address(route: str, filing: Filing, *more: object) -> str:
    """The address of a page of a filing."""
    return reverse(route, args=[filing.organ.code, filing.year, *more])


def may_write(request: HttpRequest, standing: Standing) -> bool:
    """Whether the caller may change the content now."""
    return standing.state.open and bool(request.subject.roles & FILING_WRITERS)


def offers(request: HttpRequest, standing: Standing) -> list[Offer]:
    """The steps that the caller may take now, were all said that has to be said and no error left; those that go on come first."""
    filing, state = standing.filing, standing.state
    everything = {"reason": "…", "remarks": ["…"], "changes": "…"}
    rules = rules_for(filing)
    found = []
    roles = acting_roles(request)
    for step in filing_steps().values():
        if step.aside:
            continue
        version = filing.newest if step.about == "newest" else state.sent or 0
        refused = refusal(
            step.key,
            state,
            newest=filing.newest,
            version=version,
            actor=str(request.user.pk),
            roles=roles,
            on=today(),
            rules=rules,
            errors=0,
            data=everything,
        )
        if refused is None:
            found.append(Offer(step, address("filings_step", filing, step.key)))
    return sorted(found, key=lambda one: bool({"reason", "remarks"} & set(one.step.asks)))
