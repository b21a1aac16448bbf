"""Screens of 年度报告: the reports of the organs one works for, and one report at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.law.filing import Due, Press, Remark, filing_steps, remarks_of
from gongkai.law.roles import roles as all_roles
from gongkai.report.form import form_for_year

from ...access.guard import READ as READ_METHODS
from ...access.guard import WRITE, guarded
from ...clock import today
from ...organs.models import Organ
from ...organs.queries import existing, holders, holdings, name_on, with_inheritances
from ..chased import chase_waiting
from ..drafting import first_content
from ..figuring import late_count
from ..gate import summary
from ..models import Filing, FilingEntry
from ..needs import ANY, FILING_WRITERS, OPEN, acting_roles, working_organ
from ..needs import READ as READ_FILING
from ..record import begin
from ..recorded import Standing, content_of, events_of, standing_of
from ..rules import Pending, dates_in, district_for, pending_of
from ..step_forms import AnswerForm
from ..wording import left
from .frame import address, filing_page

_FIRST_YEAR = 2019  # since the revised regulation there is a form for the reports of all organs


@dataclass(frozen=True, slots=True)
class Waiting:
    """What comes next: the step's label, who takes it, by when. ``left``: the days left, in words."""

    label: str
    who: str
    due: Due | None
    press: Press
    left: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark with where it points, in words and as an address, and by whom it is. ``form``: in which it is answered."""

    remark: Remark
    place: str
    address: str
    by: str
    form: AnswerForm


@dataclass(frozen=True, slots=True)
class Done:
    """An entry of the way, or a run of saves of one person as one (``saves``); ``said``: what was written with it."""

    entry: FilingEntry
    said: str
    saves: int = 1


def start(request: HttpRequest) -> HttpResponse:
    """The reports of the organs whose people one is, a year a line; a year not begun can be begun."""
    day = today()
    held: dict[int, set[str]] = {}
    for one in holdings(request.user, day):
        held.setdefault(one.organ_id, set()).add(one.role)
    shown = []
    for organ in existing(day):
        roles = held.get(working_organ(organ).pk, set()) - {"supervisor"}
        if roles:
            shown += [
                _of_organ(one, day.year - 1, bool(roles & FILING_WRITERS)) for one in with_inheritances([organ], day)
            ]
    return render(request, "filings/start.html", {"title": "年度报告", "trail": [], "organs": shown})


def _of_organ(organ: Organ, due: int, writes: bool) -> Mapping[str, Any]:
    """An organ that was abolished files for the years at whose end it existed, by who took over its duties."""
    filings = {one.year: one for one in Filing.objects.filter(organ=organ).order_by("-year")}
    years = [year for year in (due, due + 1) if organ.until is None or organ.until >= date(year, 12, 31)]
    late = filings.get(due)
    return {
        "organ": organ,
        "name": name_on(organ, today()),
        "filings": list(filings.values()),
        "to_begin": [year for year in years if year not in filings] if writes else [],
        "chased": chase_waiting(organ, due, late),
        "due_year": due,
        "dates": dates_in(district_for(organ), organ, due) if due not in filings and due in years else None,
    }


def open_year(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """Compile an organ's report for a year from its records and begin its way."""
    reporting: Organ = request.subject.thing
    if not _FIRST_YEAR <= year <= today().year:
        raise Http404
    try:
        with transaction.atomic():
            content = first_content(reporting, year)
            filing = begin(reporting, year, content, by=request.user, today=today(), why="由登记的数据编制")
    except IntegrityError:
        filing = Filing.objects.get(organ=reporting, year=year)
        messages.info(request, "这一年度的报告已经开始编制。")
    else:
        messages.success(request, f"{year}年度报告已经由登记的数据编制出第1版，请逐页核对、补充。")
    return redirect(address("filings_filing", filing))


def overview(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """One report at a glance: what waits for whom, the remarks, what was done."""
    return page(request)


def page(request: HttpRequest, refused: AnswerForm | None = None) -> HttpResponse:
    """``refused``: an answer to a remark that was not recorded."""
    filing: Filing = request.subject.thing
    standing = standing_of(filing)
    remarks = shown_remarks(standing, refused)
    writes = bool(acting_roles(request) & FILING_WRITERS)
    content = content_of(filing, filing.newest)
    return filing_page(
        request,
        "filings/overview.html",
        "filings_filing",
        status=422 if refused else 200,
        standing=standing,
        form=refused,
        waiting=[_waiting(filing, one) for one in waiting_in(standing)],
        chased=chase_waiting(filing.organ, filing.year, filing),
        remarks=remarks,
        open_remarks=sum(one.remark.open for one in remarks),
        may_answer=writes and standing.state.open,
        counts=summary(filing, content),
        late=late_count(filing, content) if standing.state.open else 0,
        way=way(standing.entries),
    )


def waiting_in(standing: Standing) -> list[Pending]:
    """What waits in a filing today."""
    filing = standing.filing
    return pending_of(filing, standing.state, standing.entries, today(), district_for(filing.organ))


def _waiting(filing: Filing, pending: Pending) -> Waiting:
    step = filing_steps()[pending.step]
    words = left(pending.due, today()) if pending.due else ""
    return Waiting(
        step.label, _who(filing, [one for one in all_roles() if one in step.roles]), pending.due, pending.press, words
    )


def _who(filing: Filing, wanted: Sequence[str]) -> str:
    """The roles that take a step, each with the names of its holders; who supervises is named by the role alone."""
    organ = working_organ(filing.organ, outside=filing.outside)
    found = []
    for role in wanted:
        names = [] if role == "supervisor" else [str(one) for one in holders(organ, role, today())]
        found.append(all_roles()[role].label + (f"（{'、'.join(names)}）" if names else ""))
    return "或者".join(found)


def shown_remarks(standing: Standing, refused: AnswerForm | None = None) -> list[Shown]:
    """The remarks of a filing, those that await an answer first. ``refused``: an answer that was not recorded."""
    filing = standing.filing
    steps = [one for one in standing.entries if one.kind != "saved"]
    names = {str(one.actor_id or ""): str(one.actor or "系统") for one in steps}
    found = [
        Shown(one, _place(filing, one), _address(filing, one), names[one.actor], _form_of(one, refused))
        for one in remarks_of(events_of(standing.entries))
    ]
    return sorted(found, key=lambda one: not one.remark.open)


def _form_of(remark: Remark, refused: AnswerForm | None) -> AnswerForm:
    if refused is not None and refused["remark"].value() == remark.key:
        return refused
    label = "改写回复" if remark.answer else "怎样处理的"
    return AnswerForm(initial={"remark": remark.key}, label=label, auto_id=f"remark-{remark.key}-%s")


def _place(filing: Filing, remark: Remark) -> str:
    form = form_for_year(filing.year)
    if remark.cell in form.cells:
        return form.cells[remark.cell].name
    headings = {one.key: f"{one.number}、{one.heading}" for one in form.sections} | {"introduction": "导语"}
    return headings.get(remark.section, "整份报告")


def _address(filing: Filing, remark: Remark) -> str:
    if remark.cell:
        return address("filings_cell", filing, remark.cell)
    return address("filings_section", filing, remark.section) if remark.section else ""


def way(entries: Iterable[FilingEntry]) -> list[Done]:
    """What was done, the newest first; saves that one person made one after the other as one line."""
    found: list[Done] = []
    for entry in entries:
        last = found[-1] if found else None
        if (
            last
            and last.entry.kind == entry.kind == "saved"
            and last.entry.actor_id == entry.actor_id
            and last.entry.number > 1
        ):
            found[-1] = Done(entry, said(entry), last.saves + 1)
        else:
            found.append(Done(entry, said(entry)))
    return found[::-1]


def said(entry: FilingEntry) -> str:
    """What was written with an entry, a line each."""
    data = entry.data
    lines = [str(data[name]) for name in ("why", "reason", "answer") if data.get(name)]
    lines += [f"更正内容：{data['changes']}"] if data.get("changes") else []
    lines += [f"退回意见{len(data['remarks'])}条"] if data.get("remarks") else []
    lines += [f"要求改正的日期：{data['until']}"] if data.get("until") else []
    return "\n".join(lines)


patterns = [
    guarded("", start, name="filings_start", need=ANY, methods=READ_METHODS),
    guarded("<str:organ>/<int:year>/begin/", open_year, name="filings_begin", need=OPEN, methods=WRITE),
    guarded("<str:organ>/<int:year>/", overview, name="filings_filing", need=READ_FILING, methods=READ_METHODS),
]
