"""The board (年度报告进展): for each organ that files with a government how its report stands, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F

from gongkai.law.filing import FilingState, filing_steps, state_of

from ..filings.chased import Chased, last_chases
from ..filings.models import Filing, FilingEntry
from ..filings.needs import FILING_WRITERS
from ..filings.recorded import events_of
from ..filings.rollup import parts_of
from ..filings.rules import District, Pending, district_at, district_for, nearest, pending_of
from ..filings.wording import left
from ..organs.models import Dated, Holding, Organ
from ..organs.queries import name_on

CHASED_IN = frozenset({"", "draft", "in_review", "in_approval", "approved", "returned"})
"""Stages of a report that may be chased; "" where there is none yet."""


@dataclass(frozen=True, slots=True)
class Line:
    """One organ's report. ``stage``: "" where it has not been begun; ``filed``: see `FilingState`; ``pending``: what comes next,
    None where nothing does or no report has been begun and no day applies; ``step``: that in words, "" where nothing does;
    ``left``: days left, in words; ``errors``: of the newest version when it was saved, None where there is none; ``note``: who
    files in place of an organ that was abolished.
    """

    organ: Organ
    name: str
    filing: Filing | None
    stage: str
    label: str
    pending: Pending | None
    step: str
    left: str
    errors: int | None
    chased: Chased | None
    public: bool
    filed: bool
    note: str

    @property
    def late(self) -> bool:
        """Whether the organ has let its day go by."""
        return not self.filed and self.pending is not None and self.pending.press == "late"


@dataclass(frozen=True, slots=True)
class Board:
    """The reports of a government's territory for a year, and its own (``own``)."""

    government: Organ
    year: int
    district: District
    own: Line
    lines: tuple[Line, ...]

    @property
    def unfiled(self) -> list[Line]:
        """Who has not filed."""
        return [one for one in self.lines if not one.filed]

    @property
    def counts(self) -> dict[str, int]:
        """How many filed, were accepted, were published, are late."""
        lines = self.lines
        return {
            "应报送": len(lines),
            "已报送": sum(one.filed for one in lines),
            "未报送": sum(not one.filed for one in lines),
            "已逾期": sum(one.late for one in lines),
            "待审核": sum(one.stage == "submitted" for one in lines),
            "已审核通过": sum(one.stage == "accepted" for one in lines),
            "已公布": sum(one.public for one in lines),
        }


def board(government: Organ, year: int, on: date) -> Board:
    """The board of a government for a year."""
    district = district_at(government)
    organs = filing_with(government, year, district)
    known = _known([*organs, government], year, on)
    chases = last_chases(organs, year)
    lines = tuple(_line(one, year, on, district, known, chases) for one in organs)
    here = replace(known, writing=known.writing | {government.pk})  # whose board is kept here makes its own report here
    own = _line(government, year, on, district_for(government), here, {})
    return Board(government, year, district, own, lines)


def filing_with(government: Organ, year: int, district: District) -> list[Organ]:
    """The organs that have to file with a government: those that existed on the last day of the year; townships by setting."""
    parts = parts_of(government, date(year, 12, 31))
    return [one for one in parts if district.rules.townships or one.kind != Organ.Kind.TOWNSHIP]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is recorded of some organs' reports, by the organ's primary key, and names of successors. ``writing``: the organs in
    which somebody makes reports here, or for a government below in whose office.
    """

    filings: Mapping[int, Filing]
    entries: Mapping[int, tuple[FilingEntry, ...]]
    errors: Mapping[int, int]
    successors: Mapping[int, Organ]
    writing: frozenset[int]


def _known(organs: Sequence[Organ], year: int, on: date) -> _Known:
    filings = {one.organ_id: one for one in Filing.objects.filter(organ__in=organs, year=year)}
    for organ in organs:
        if found := filings.get(organ.pk):
            found.organ = organ
    rows = FilingEntry.objects.filter(filing__in=filings.values()).select_related("filing")
    steps: dict[int, list[FilingEntry]] = {}
    for one in rows.exclude(kind="saved").order_by("number"):
        steps.setdefault(one.filing.organ_id, []).append(one)
    saved = rows.filter(kind="saved", version=F("filing__newest"))
    errors = {one.filing.organ_id: int(one.data.get("errors", 0)) for one in saved}
    heirs = Organ.objects.filter(pk__in={one.successor_id for one in organs if one.successor_id})
    successors = {one.pk: one for one in heirs.prefetch_related("names")}
    workers = Holding.objects.filter(Dated.on(on), role__in=FILING_WRITERS, person__is_active=True)
    own = workers.filter(organ__in=[*organs, *heirs]).values_list("organ", flat=True)
    offices = workers.filter(organ__parent__in=organs, organ__kind=Organ.Kind.OFFICE).values_list(
        "organ__parent", flat=True
    )
    writing = frozenset([*own, *offices])
    return _Known(filings, {pk: tuple(found) for pk, found in steps.items()}, errors, successors, writing)


def _line(organ: Organ, year: int, on: date, district: District, known: _Known, chases: Mapping[int, Chased]) -> Line:
    filing = known.filings.get(organ.pk)
    entries = known.entries.get(organ.pk, ())
    state = state_of(events_of(entries))
    pending = nearest(pending_of(filing or Filing(organ=organ, year=year), state, entries, on, district))
    return Line(
        organ=organ,
        name=name_on(organ, on),
        filing=filing,
        stage=state.stage if filing else "",
        label=_label(state) if filing else "尚未开始",
        pending=pending,
        step=_step(organ, filing, pending, known),
        left=left(pending.due, on) if pending and pending.due else "",
        errors=known.errors.get(organ.pk),
        chased=chases.get(organ.pk),
        public=state.public is not None,
        filed=state.filed,
        note=_note(organ, on, known),
    )


def _label(state: FilingState) -> str:
    """Where a report is; one that is public and is being corrected says so."""
    return f"更正中（{state.label}）" if state.filed and state.correcting and state.open else state.label


def _step(organ: Organ, filing: Filing | None, pending: Pending | None, known: _Known) -> str:
    """What comes next, in words. Before a report is begun that is to make it, or to send it as a file where nobody works here."""
    if pending is None:
        return ""
    if filing is not None:
        return filing_steps()[pending.step].label
    worker = organ.pk if organ.until is None else organ.successor_id
    return "编制" if worker in known.writing else "报送文件"


def _note(organ: Organ, on: date, known: _Known) -> str:
    """An organ that was abolished after the year files by who took over its duties."""
    if organ.until is None or organ.until >= on:
        return ""
    heir = known.successors.get(organ.successor_id or 0)
    return f"已撤销，由{name_on(heir, on)}办理" if heir else "已撤销"
