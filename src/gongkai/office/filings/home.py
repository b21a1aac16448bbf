"""What the first page says of the annual reports to the people of an organ: what waits for them, by when, and whether they were
chased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from gongkai.law.filing import FilingState, filing_steps

from ..clock import today
from ..organs.models import Organ
from ..organs.queries import existing, holdings, name_on
from .chased import Chased, chase_waiting
from .models import Filing, FilingEntry
from .needs import FILING_READERS, working_organ
from .recorded import BrokenFilingError, standing_of
from .rules import Pending, district_for, nearest, pending_of
from .wording import left


@dataclass(frozen=True, slots=True)
class Task:
    """A report that is not done. ``begun``: whether it exists; ``mine``: whether its next step is the person's; ``left`` in words."""

    name: str
    year: int
    address: str
    label: str
    step: str
    pending: Pending | None
    left: str
    chased: Chased | None
    remarks: bool
    mine: bool
    broken: str = ""


class ReportsPanel(Component):
    """The reports of the organs for which a person works."""

    template_name = "filings/home.html"
    order = 120

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks = tasks

    def get_context_data(self, parent_context: Any) -> Mapping[str, Any]:
        return {"tasks": self.tasks}


def panels(request: HttpRequest) -> list[ReportsPanel]:
    """One panel, where a report of the year before is not done."""
    day = today()
    held: dict[int, set[str]] = {}
    for one in holdings(request.user, day):
        if one.role in FILING_READERS - {"supervisor"}:
            held.setdefault(one.organ_id, set()).add(one.role)
    tasks = []
    for organ in existing(day) if held else ():
        roles = held.get(_worker(organ, held), set())
        if roles and (task := _task(organ, day.year - 1, roles, day)):
            tasks.append(task)
    return [ReportsPanel(tasks)] if tasks else []


def _worker(organ: Organ, held: Mapping[int, object]) -> int:
    """Whose people work on the organ's report; only asked of the database where it may matter."""
    return working_organ(organ).pk if organ.kind == Organ.Kind.GOVERNMENT else organ.pk


def _task(organ: Organ, year: int, roles: set[str], day: date) -> Task | None:
    """What is to be done for an organ's report of a year, None where nothing is."""
    filing = Filing.objects.filter(organ=organ, year=year).select_related("organ").first()
    name, chased = name_on(organ, day), chase_waiting(organ, year, filing)
    if filing is None:
        if organ.since > date(year, 12, 31):
            return None
        pending = _first(Filing(organ=organ, year=year), FilingState(), (), day)
        mine = bool(roles & filing_steps()["sent"].roles)
        return Task(
            name,
            year,
            reverse("filings_start"),
            "尚未开始编制",
            "编制",
            pending,
            _left(pending, day),
            chased,
            False,
            mine,
        )
    address = reverse("filings_filing", args=[organ.code, year])
    try:
        standing = standing_of(filing)
    except BrokenFilingError as error:
        return Task(name, year, address, "", "", None, "", None, False, False, str(error))
    state = standing.state
    pending = _first(filing, state, standing.entries, day)
    if pending is None or (pending.step == "accepted" and not chased):
        return None
    step = filing_steps()[pending.step]
    mine = bool(roles & step.roles)
    if mine and pending.step == "approved":  # who decides on the whole reads the one page that tells it
        address = reverse("filings_leader", args=[organ.code, year])
    return Task(
        name,
        year,
        address,
        state.label,
        step.label,
        pending,
        _left(pending, day),
        chased,
        state.stage == "returned",
        mine,
    )


def _first(filing: Filing, state: FilingState, entries: Iterable[FilingEntry], day: date) -> Pending | None:
    return nearest(pending_of(filing, state, entries, day, district_for(filing.organ)))


def _left(pending: Pending | None, day: date) -> str:
    return left(pending.due, day) if pending and pending.due else ""
