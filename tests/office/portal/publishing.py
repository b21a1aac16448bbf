"""Reports of an organ that went their way to the public, made through the office's own functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from gongkai.office.cases.models import Case
from gongkai.office.filings.content import Content
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin, save, take
from gongkai.office.filings.recorded import content_of
from gongkai.office.organs.models import Organ, Person

from ..builders import make_case, make_person
from ..builders import take as take_with_case
from ..filings.reporting import written_out

WAY = ("sent", "reviewed", "approved", "published")
_TAKERS = {"reviewed": "reviewer", "approved": "approver"}


class Publisher:
    """An organ's people and its reports."""

    def __init__(self, organ: Organ) -> None:
        self.organ = organ
        self.people: dict[str, Person] = {role: make_person(role, organ) for role in ("clerk", "reviewer", "approver")}

    def begun(self, year: int = 2025, content: Content | None = None) -> Filing:
        """A draft, compiled from the records."""
        content = content or written_out(first_content(self.organ, year))
        return begin(
            self.organ, year, content, by=self.people["clerk"], today=date(year + 1, 1, 12), why="由登记的数据编制"
        )

    def go(self, filing: Filing, kinds: Sequence[str], **data: str) -> Filing:
        """Take steps with the newest version."""
        for kind in kinds:
            role = _TAKERS.get(kind, "clerk")
            day = date(filing.year + 1, 1, 20)
            take(filing, kind, version=filing.newest, by=self.people[role], roles={role}, today=day, data=data)
        return filing

    def published(self, year: int = 2025) -> Filing:
        """A report that is public."""
        return self.go(self.begun(year), WAY)

    def corrected(self, filing: Filing, more: str, changes: str) -> Filing:
        """Another edition: one sentence more in section six."""
        self.go(filing, ["reopened"], reason="有一处需要更正。")
        self.add(filing, more)
        return self.go(filing, WAY, changes=changes)

    def add(self, filing: Filing, more: str) -> None:
        """One sentence more in section six."""
        before = content_of(filing, filing.newest)
        sections = before.report.sections | {"other_matters": before.report.sections["other_matters"] + more}
        content = replace(before, report=replace(before.report, sections=sections))
        day = date(filing.year + 1, 1, 18)
        save(filing, content, based_on=filing.newest, by=self.people["clerk"], today=day, why="修改")

    def decided(
        self, received: date, on: date, outcome: str = "disclosed", ground: str = "provided", **data: str
    ) -> Case:
        """An application that was answered."""
        case = make_case(self.organ, received=received, imported=True, as_of=on, **data)
        take_with_case(
            case,
            "imported_decision",
            on,
            as_of=on,
            actor=self.people["clerk"],
            dispatched_on=on.isoformat(),
            outcome=outcome,
            grounds=[ground],
            number=f"云公复〔{on.year}〕{case.pk}号",
        )
        return case
