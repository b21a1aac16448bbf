"""Reports with figures a test states, begun, filed and published through the office's public functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from gongkai.office.filings.content import Content
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin, take
from gongkai.office.organs.models import Organ, Person
from gongkai.report.form import form_for_year
from gongkai.report.report import Number, Report

from .. import builders

DAY = date(2026, 1, 12)


def report_with(
    organ: Organ, year: int, figures: Mapping[str, Number], overview: str = "", problems: str = ""
) -> Report:
    """A report in which every other figure is 0."""
    form = form_for_year(year)
    sections = {section.key: "" for section in form.sections} | {"overview": overview, "problems": problems}
    values = {**dict.fromkeys(form.cells, 0), **figures}
    return Report(str(organ), year, form.edition, f"{organ}{year}年年度报告", "", values, {}, sections)


def make_filing(
    organ: Organ, year: int = 2025, figures: Mapping[str, Number] | None = None, *, overview: str = "", **more: Any
) -> Filing:
    """A draft with these figures."""
    report = report_with(organ, year, figures or {}, overview, more.pop("problems", ""))
    content = Content(report, **more)
    return begin(organ, year, content, by=None, today=DAY, why="由登记的数据编制")


def make_filed(organ: Organ, year: int = 2025, figures: Mapping[str, Number] | None = None, **more: Any) -> Filing:
    """A report that came as a file and was received, so that it counts for the office above."""
    report = report_with(organ, year, figures or {}, more.pop("overview", ""), more.pop("problems", ""))
    content = Content(report, source="年度报告.docx", **more)
    filing = begin(organ, year, content, by=None, today=DAY, why="接收机关报送的文件", outside=True)
    take(filing, "received", version=1, by=_clerk(), roles={"clerk"}, today=DAY)
    return filing


def _clerk() -> Person:
    return Person.objects.filter(username="receiving").first() or builders.make_person("clerk", username="receiving")


def changed(content: Content, figures: Mapping[str, Number]) -> Content:
    """The content with other figures."""
    return replace(content, report=replace(content.report, values={**content.report.values, **figures}))
