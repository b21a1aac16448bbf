"""The annual reports of the demonstration: four earlier years that two organs published, and the past year's on their way.

One organ has not begun, so that whoever tries the program can compile its report; the others have come to different steps.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from gongkai.examples.organ import Organ as Example
from gongkai.examples.organ import organs as example_organs
from gongkai.law import applicant_kinds, decision_kinds, document_kinds, outcomes
from gongkai.law.filing import filing_steps
from gongkai.narrative import Facts, Shortcoming
from gongkai.report.form import CellKey, Form, form_for_year
from gongkai.report.report import Number, Report

from ..filings.content import Content
from ..filings.drafting import composed, first_content
from ..filings.models import Filing
from ..filings.record import begin, save, take
from ..filings.recorded import content_of
from ..organs.models import Person
from ..supervision.chasing import chase
from .district import House
from .registers import PAST, keep_registers

EARLIER = {"office": 4, "market": 4}
"""How many years before the past one are public, by key of the organ."""

CORRECTED = "market"
"""The organ that corrected the report of the year before the past one after it was public."""

CHASED = "street"
"""The organ that was chased for the past year's report."""

STAGES: Mapping[str, tuple[str, ...]] = {
    "market": ("sent", "reviewed", "approved", "submitted", "accepted", "published"),
    "commerce": ("sent", "reviewed", "approved", "submitted"),
    "housing": ("sent", "reviewed", "approved", "submitted", "returned"),
    "education": ("sent", "reviewed"),
}
"""The steps that the past year's report of an organ has taken; an organ that is not here has not begun."""

_REMARKS = [
    {"section": "problems", "sentence": "", "text": "存在的问题过于笼统，请结合本年度工作写具体。"},
    {"cell": "proactive.penalties", "text": "请核对行政处罚决定数量是否包括不公开的。"},
]


def tell_reports(houses: Mapping[str, House], year: int) -> Iterator[str]:
    """Fill the registers, publish the earlier years and take the year's reports on their way; a line for each organ."""
    examples = {one.key: one for one in example_organs()}
    supervisor = houses["government"].who("supervisor")
    for key, house in houses.items():
        if house.example:
            keep_registers(house, examples[house.example], year)
        for before in range(EARLIER.get(key, 0), 0, -1):
            content = _earlier(house, examples[house.example], year - before, before)
            filing = _begun(house, content, date(year - before + 1, 1, 9), "录入已公布的报告")
            _go(house, filing, supervisor, "sent", "reviewed", "approved", "submitted", "accepted", "published")
            if before == 1 and key == CORRECTED:
                _correct(house, filing, supervisor)
        if steps := STAGES.get(key):
            filing = _begun(house, first_content(house.organ, year), date(year + 1, 1, 9), "由登记的数据编制")
            _go(house, filing, supervisor, *steps)
            yield f"{house.name}：{year} 年度报告{filing.get_stage_display()}。"
    late = [houses[CHASED].organ]
    chase(late, year, "请尽快编制并报送。", by=supervisor, roles={"supervisor"}, today=date(year + 1, 2, 3))


def _begun(house: House, content: Content, day: date, why: str) -> Filing:
    year = content.report.year
    assert year is not None  # every content here is of a year
    return begin(house.organ, year, content, by=house.who("clerk"), today=day, why=why)


def _correct(house: House, filing: Filing, supervisor: Person) -> None:
    """A sentence is added and a corrected edition published."""
    _go(house, filing, supervisor, "reopened", after=12)
    content = content_of(filing, filing.newest)
    sections = dict(content.report.sections)
    sections["other_matters"] += "\n本年度没有制发、废止规章。"
    added = replace(content, report=replace(content.report, sections=sections))
    day = date(filing.year + 1, 1, 25)
    save(filing, added, based_on=filing.newest, by=house.who("clerk"), today=day, why="补充第六部分")
    _go(house, filing, supervisor, "sent", "reviewed", "approved", "submitted", "accepted", "published", after=13)


def _go(house: House, filing: Filing, supervisor: Person, *kinds: str, after: int = 0) -> None:
    """Take these steps, a day apart, each by somebody who may; the first ``after`` days after 12 January."""
    clerk = house.who("clerk")
    reviewer = house.who("reviewer", "office_head", but=clerk)
    takers = {"reviewed": reviewer, "approved": house.who("approver"), "returned": supervisor, "accepted": supervisor}
    for number, kind in enumerate(kinds):
        written: dict[str, dict[str, Any]] = {
            "returned": {"remarks": _REMARKS},
            "reopened": {"reason": "第六部分遗漏一项说明。"},
        }
        data = written.get(kind, {"changes": "第六部分补充一项说明。"} if kind == "published" and filing.public else {})
        take(
            filing,
            kind,
            version=filing.newest,
            by=takers.get(kind, clerk),
            roles=filing_steps()[kind].roles,
            today=date(filing.year + 1, 1, 12) + timedelta(after + number),
            data=data,
        )


def _earlier(house: House, example: Example, year: int, before: int) -> Content:
    """A report of ``before`` years earlier as it was published: invented figures near the past year's."""
    form = form_for_year(year)
    report = Report(
        organ=house.name,
        year=year,
        edition=form.edition,
        title=form.title.format(organ=house.name, year=year),
        values=_figures(form, example.report, before, random.Random(f"{house.organ.code} {year}")),
    )
    texts = {key: value for key, value in example.facts.items.items() if not key.startswith("contact_")}
    problem = PAST if before == 1 else f"{year}年部分栏目更新不够及时"
    shortcoming = Shortcoming(problem, "明确栏目责任人，每季度检查一次")
    facts = Facts(texts, (), (shortcoming,))
    return composed(Content(report, source="已公布的年度报告"), facts)


def _figures(form: Form, example: Report, before: int, chance: random.Random) -> dict[CellKey, Number | None]:
    """Figures in which every identity holds. As many finished as came in; in each earlier year one document was issued, none repealed."""
    values: dict[CellKey, Number | None] = dict.fromkeys(form.cells, 0)
    for outcome in outcomes().terms:
        for kind in applicant_kinds().terms:
            number = _near(example.values.get(f"applications.{outcome.code}.{kind.code}"), chance)
            for row in (outcome.code, "received", "total"):
                for column in (kind.code, "total"):
                    key = f"applications.{row}.{column}"
                    values[key] = int(values[key] or 0) + number
    for kind in decision_kinds().terms:
        values[f"proactive.{kind.code}"] = _near(example.values.get(f"proactive.{kind.code}"), chance)
    for document in document_kinds().terms:
        own = f"proactive.{document.code}"
        issued, repealed, in_force = (
            int(example.values.get(f"{own}.{one}") or 0) for one in ("issued", "repealed", "in_force")
        )
        if in_force:
            values[f"{own}.issued"] = 1
            values[f"{own}.in_force"] = in_force - issued + repealed - (before - 1)
    return values


def _near(number: Number | None, chance: random.Random) -> int:
    return round(int(number or 0) * chance.uniform(0.75, 1.25))
