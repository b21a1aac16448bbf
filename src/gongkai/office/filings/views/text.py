"""Screen of 文字: the whole text as it will be printed, what in it no longer agrees or is still missing, and writing it anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.narrative import INTRODUCTION, Stale, Tie, compose, length_of, openings, overview_length, texts_of
from gongkai.report.form import Form, form_for_year
from gongkai.report.report import Report

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE as WRITE_METHODS
from ...access.guard import guarded
from ..content import Content
from ..drafting import subject_for
from ..gate import missing_of, told_sources
from ..marking import Run, marks_of, paragraphs
from ..models import Filing
from ..needs import READ, WRITE
from ..recorded import content_of
from ..rules import district_of, district_rules
from ..tied import facts_now, name_of_tie, renewed, stale_in, taken_over
from ..writing import blocks, label_of
from . import section, word
from .frame import address, filing_page
from .saving import asked_version, saved


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block as it is printed: its heading's line, "" for none, and its paragraphs."""

    key: str
    heading: str
    paragraphs: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownStale:
    """A numeral that no longer agrees. ``name``: of its tie; ``section``: label; ``sources``: what its figure is called."""

    stale: Stale
    name: str
    section: str
    sources: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A text as it is printed. ``open``: places to be filled in; ``table``: whether a table stands in it, too."""

    key: str
    label: str
    blocks: tuple[ShownBlock, ...]
    length: int
    open: tuple[str, ...]
    table: bool
    composed: bool
    """Whether there is anything to write anew from what was entered."""


def text(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Introduction and sections, with what has to be looked at."""
    filing: Filing = request.subject.thing
    content = content_of(filing, filing.newest)
    stale = stale_in(content)
    shown = list(_sections(filing, content, stale))
    return filing_page(
        request,
        "filings/text.html",
        "filings_text",
        trail=[],
        sections=shown,
        stale=[_shown(one, form_for_year(year)) for one in stale],
        missing=missing_of(filing, content.report),
        open_places=[(one, place) for one in shown for place in one.open],
        length=_too_long(content.report, district_rules(district_of(filing.organ)).overview_length),
        based_on=filing.newest,
    )


def renew(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Put the figures of now into the sentences that were chosen, or into all."""
    filing: Filing = request.subject.thing
    based_on = asked_version(request, filing)
    content = content_of(filing, filing.newest)
    stale = stale_in(content)
    wanted = request.POST.getlist("tie")
    which = [
        one
        for one in stale
        if None not in (one.printed, one.current) and ("all" in request.POST or name_of_tie(one.tie) in wanted)
    ]
    after = renewed(content, [one.tie for one in which])
    saved(
        request,
        filing,
        after,
        based_on,
        f"把文字中的{len(which)}处数字改为现在的数",
        f"已将 {len(which)} 处数字改为现在的数。",
    )
    return redirect(address("filings_checks" if "checks" in request.POST else "filings_text", filing))


def compose_anew(request: HttpRequest, organ: str, year: int, section: str) -> HttpResponse:
    """A section written anew from what was entered, beside what it says now; what is chosen is taken over."""
    filing: Filing = request.subject.thing
    form = form_for_year(year)
    content, facts = content_of(filing, filing.newest), facts_now(filing)
    old = texts_of(content.report)
    if section not in old:
        raise Http404
    new = compose(content.report, facts, subject=subject_for(filing.organ))
    written = new.texts[section]
    before = {one.key: one for one in blocks(form, section, old[section])}
    after = {one.key: one for one in blocks(form, section, written)}
    if before.keys() != after.keys():  # the section is in one piece, or has headings of its own
        before = after = {}
    if request.method == "POST":
        chosen = set(request.POST.getlist("take")) & {section, *after}
        content = taken_over(content, new, facts, section, chosen)
        based_on = asked_version(request, filing)
        why = f"按登记的数据重新撰写“{label_of(form, section)}”"
        saved(request, filing, content, based_on, why, "已按登记的数据重新撰写。") if chosen else None
        return redirect(address("filings_text", filing) + f"#{section}")
    pairs = [(key, after[key].label, before[key].text, after[key].text) for key in after]
    return filing_page(
        request,
        "filings/text_compose.html",
        "filings_text",
        trail=[("文字", address("filings_text", filing))],
        title=f"按登记的数据重新撰写：{label_of(form, section)}",
        section=section,
        pairs=pairs or [(section, label_of(form, section), old[section], written)],
        asked=request.GET.get("part", ""),
        gaps=new.gaps,
        based_on=filing.newest,
    )


def _shown(one: Stale, form: Form) -> ShownStale:
    return ShownStale(one, name_of_tie(one.tie), label_of(form, one.tie.section), told_sources(one.tie.sources, form))


def _too_long(report: Report, limit: int | None) -> dict[str, int] | None:
    """How much longer section one is than the district allows; None where it is not, or nothing is set."""
    length = overview_length(report)
    return {"characters": length, "limit": limit, "over": length - limit} if limit and length > limit else None


def _sections(filing: Filing, content: Content, stale: Sequence[Stale]) -> Iterator[ShownSection]:
    form = form_for_year(filing.year)
    for key, printed in texts_of(content.report).items():
        ties = [tie for tie in content.ties if tie.section == key]
        table = key != INTRODUCTION and form.section(key).kind == "table"
        yield ShownSection(
            key,
            label_of(form, key),
            tuple(_blocks(filing, key, printed, [one for one in stale if one.tie.section == key], ties)),
            length_of(printed),
            tuple(openings(printed)),
            table,
            composed=not table,
        )


def _blocks(
    filing: Filing, key: str, printed: str, stale: Sequence[Stale], ties: Sequence[Tie]
) -> Iterator[ShownBlock]:
    marks = marks_of(printed, stale)
    for one in blocks(form_for_year(filing.year), key, printed):
        if one.printed:
            runs = paragraphs(printed, one.start, one.start + len(one.text), marks, ties)
            yield ShownBlock(one.key, one.heading, tuple(runs))


_READ_WRITE = ("GET", "HEAD", "POST")

patterns = [
    guarded("<str:organ>/<int:year>/text/", text, name="filings_text", need=READ, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/text/renew/", renew, name="filings_text_renew", need=WRITE, methods=WRITE_METHODS),
    guarded("<str:organ>/<int:year>/text/<str:section>/", section.section, name="filings_section", need=READ),
    guarded(
        "<str:organ>/<int:year>/text/<str:section>/check/",
        section.check,
        name="filings_section_check",
        need=WRITE,
        methods=WRITE_METHODS,
    ),
    guarded("<str:organ>/<int:year>/text/<str:section>/compose/", compose_anew, name="filings_compose", need=WRITE),
    *word.patterns,
]
