"""An organ with one person in every role, each in a browser of their own, and a case led to where a test begins."""

from __future__ import annotations

from gongkai.law.calendar import national_calendar
from gongkai.office.clock import today

from .. import builders

ROLES = (
    "clerk",
    "reviewer",
    "legal_reviewer",
    "confidentiality_reviewer",
    "approver",
    "office_head",
    "system_admin",
    "security_admin",
    "audit_admin",
)


class Desks:
    """``people`` and ``browsers`` by role; ``handler`` belongs to ``division``, ``stranger`` to ``other`` of the same organ."""

    def __init__(self):
        self.government = builders.make_organ("云岭市云溪区人民政府", kind="government")
        self.organ = builders.make_organ("云岭市云溪区住房和城乡建设局", parent=self.government)
        self.division = builders.make_division(self.organ, "物业科")
        self.other = builders.make_division(self.organ, "建管科")
        self.people = {role: builders.make_person(role, self.organ) for role in ROLES}
        self.people["handler"] = builders.make_person("handler", division=self.division)
        self.people["stranger"] = builders.make_person("handler", division=self.other)
        self.people["supervisor"] = builders.make_person("supervisor", self.government)
        self.browsers = {role: builders.client_of(person) for role, person in self.people.items()}

    def at(self, case, path=""):
        """The address of a page of a case."""
        return f"/office/cases/{case.organ.code}/{case.number}/{path}"

    def take(self, case, role, step, **values):
        """Take a step as the person of a role, around the screens."""
        return builders.take(case, step, actor=self.people[role], **values)

    def assigned(self, case):
        due = national_calendar().after(today(), 3).isoformat()
        self.take(case, "clerk", "assigned", division=self.division.key, matters="请检索。", internal_due=due)
        return case

    def submitted(self, case, outcome="disclosed", grounds=("provided",), **more):
        self.take(case, "clerk", "drafted", outcome=outcome, grounds=list(grounds), reasons="可以公开。", **more)
        self.take(case, "clerk", "submitted")
        return case

    def approved(self, case, **draft):
        self.submitted(case, **draft)
        for role, step, values in (
            ("reviewer", "reviewed", {}),
            ("confidentiality_reviewer", "confidentiality_reviewed", {"result": "no_secret"}),
            ("approver", "approved", {}),
        ):
            self.take(case, role, step, **values)
        return case
