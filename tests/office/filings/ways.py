"""Reports for tests that are about their way, not about their figures: a sound one, and people who take it along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gongkai.office.filings.content import Content
from gongkai.office.filings.models import Filing, FilingEntry
from gongkai.office.filings.record import begin, save, take
from gongkai.office.filings.recorded import content_of
from gongkai.office.organs.models import Organ, Person
from gongkai.report.form import form_for_year
from gongkai.report.report import Report

from .. import builders

YEAR = 2025
DAY = date(2026, 1, 12)
TAKERS = {
    "sent": "clerk",
    "reviewed": "reviewer",
    "sent_back": "reviewer",
    "approved": "approver",
    "recalled": "clerk",
    "submitted": "clerk",
    "received": "clerk",
    "returned": "supervisor",
    "accepted": "supervisor",
    "published": "clerk",
    "reopened": "clerk",
    "chased": "supervisor",
    "answered": "clerk",
}
APPROVED = ("sent", "reviewed", "approved")


@dataclass(frozen=True, slots=True)
class Place:
    """A district: its government with an office, a department with its people; ``people`` by role."""

    government: Organ
    office: Organ
    organ: Organ
    people: Mapping[str, Person]


def district(name: str = "云溪区审计局") -> Place:
    """A government, its office with a supervisor, and a department with a clerk, a reviewer and an approver."""
    government = builders.make_organ(kind="government")
    office = builders.make_organ(kind="office", parent=government)
    organ = builders.make_organ(name, parent=government)
    people = {role: builders.make_person(role, organ) for role in ("clerk", "reviewer", "approver")}
    return Place(government, office, organ, {**people, "supervisor": builders.make_person("supervisor", office)})


def report_of(organ: Organ, year: int = YEAR) -> Report:
    """A report without applications, at which no rule takes offence."""
    form = form_for_year(year)
    name = organ.name_on(DAY)
    return Report(
        organ=name,
        year=year,
        edition=form.edition,
        title=form.title.format(organ=name, year=year),
        introduction=f"本报告根据《中华人民共和国政府信息公开条例》编制，统计期限为{year}年1月1日至{year}年12月31日。",
        values=dict.fromkeys(form.cells, 0),
        sections={section.key: "本年工作平稳。" if section.kind == "text" else "" for section in form.sections},
    )


def begun(place: Place, organ: Organ | None = None, year: int = YEAR, *, outside: bool = False) -> Filing:
    """A report that is being written."""
    organ = organ or place.organ
    by = place.people["clerk"]
    return begin(organ, year, Content(report_of(organ, year)), by=by, today=DAY, why="编制", outside=outside)


def changed(filing: Filing, place: Place, text: str, **values: int) -> int:
    """Another version: another text of section one, other figures."""
    content = content_of(filing, filing.newest)
    report = content.report
    sections = {**report.sections, "overview": text}
    after = replace(content, report=replace(report, sections=sections, values={**report.values, **values}))
    return save(filing, after, based_on=filing.newest, by=place.people["clerk"], today=DAY, why="修改")


def go(filing: Filing, place: Place, *kinds: str, on: date = DAY, **data: Any) -> FilingEntry:
    """Take these steps, each by who it falls to, about the newest version; ``data`` goes with the last."""
    entry = None
    for kind in kinds:
        role = TAKERS[kind]
        said = data if kind == kinds[-1] else {}
        entry = take(filing, kind, version=filing.newest, by=place.people[role], roles={role}, today=on, data=said)
    assert entry is not None
    return entry


def kinds_of(entries: Iterable[FilingEntry]) -> list[str]:
    """What was recorded."""
    return [one.kind for one in entries]
