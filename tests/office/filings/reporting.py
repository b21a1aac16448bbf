"""An organ with the people who make its report for 2025, each in a browser, and cases answered in that year."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.urls import reverse

from gongkai.law.calendar import national_calendar
from gongkai.narrative.openings import OPENING
from gongkai.office.cases.models import Case
from gongkai.office.filings.content import Content
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin
from gongkai.office.filings.recorded import content_of
from gongkai.office.filings.tied import rewritten
from gongkai.office.organs.models import Organ, Person

from ..builders import client_of, make_case, make_organ, make_person, take

RECEIVED = date(2025, 3, 3)
"""A Monday of the year that is reported."""

DAY = date(2026, 1, 12)
"""On which reports are worked on."""

ROLES = ("clerk", "reviewer", "approver")
REASON = "纸质台账另有一件。"


class Reporting:
    """``people`` and ``browsers`` by role; ``filing``: once it has `begun`."""

    filing: Filing

    def __init__(self) -> None:
        self.organ = make_organ("云溪区审计局")
        self.people = {role: make_person(role, self.organ) for role in ROLES}
        self.browsers = {role: client_of(person) for role, person in self.people.items()}

    def begun(self, *, finished: bool = True) -> Filing:
        """Its report, compiled. ``finished``: with no place left open in its text, so that it can go for review."""
        content = first_content(self.organ, 2025)
        content = written_out(content) if finished else content
        self.filing = begin(self.organ, 2025, content, by=self.people["clerk"], today=DAY, why="由登记的数据编制")
        return self.filing

    def at(self, route: str, *more: object) -> str:
        """The address of a page of the report."""
        return reverse(route, args=[self.organ.code, 2025, *more])

    def newest(self) -> Content:
        """The newest version."""
        self.filing.refresh_from_db()
        return content_of(self.filing, self.filing.newest)

    def page(self, role: str, route: str, *more: object) -> str:
        """A page of the report, as a role sees it."""
        answer = self.browsers[role].get(self.at(route, *more))
        assert answer.status_code == 200
        return answer.content.decode()

    def set(self, key: str, value: str, reason: str = REASON, role: str = "clerk", **more: object) -> HttpResponse:
        """Set a figure on its page."""
        sent = {"value": value, "reason": reason, "based_on": self.filing.newest, **more}
        answer = self.browsers[role].post(self.at("filings_cell", key), sent)
        self.filing.refresh_from_db()
        return answer


def written_out(content: Content) -> Content:
    """The content with a sentence in every place that its text leaves open."""
    texts = {key: OPENING.sub("工作平稳。", text) for key, text in content.report.sections.items()}
    return rewritten(content, texts)[0]


def after(day: date, working_days: int) -> date:
    """The day so many working days later."""
    return national_calendar().after(day, working_days)


def answered(organ: Organ, days: int, *, received: date = RECEIVED, clerk: Person) -> Case:
    """A case that was answered so many working days after its receipt."""
    on = after(received, days)
    case = make_case(organ, received=received, imported=True, as_of=on)
    decision = {"outcome": "disclosed", "grounds": ["provided"], "number": f"云审公复〔2025〕{case.pk}号"}
    take(case, "imported_decision", on, as_of=on, actor=clerk, dispatched_on=on.isoformat(), **decision)
    return case
