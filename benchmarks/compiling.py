"""Compiling the reports of a district of 80 organs against the plain grouped queries, on SQLite and PostgreSQL.

The plain queries count what the tables and the facts count, one query a subject, all organs at once; what is theirs is left
as it comes from the database. Cases and events are rows without a chain: what is measured is the counting alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from .databases import analyse, measured_here, medians, on_each
from .measuring import Measured

ORGANS = 80
CASES = 150
"""Applications of an organ in a year; half as many again of the years about it."""

BOUND = 3.0
ROUNDS = 9
YEAR = 2025

_OF_ORGANS = "IN ({organs})"
_COUNTED = (
    f"c.handled_by_id {_OF_ORGANS} AND c.counted AND c.received_on <= %(last)s"
    " AND (c.decided_on IS NULL OR c.decided_on >= %(first)s)"
)

_PLAIN = (
    "SELECT handled_by_id, applicant_kind, outcome, decided_on <= %(last)s, received_on >= %(first)s, COUNT(*)"
    f" FROM cases_case c WHERE {_COUNTED} GROUP BY 1, 2, 3, 4, 5",
    "SELECT organ_id, kind, result, closed_on <= %(last)s, COUNT(*) FROM remedies_remedy"
    f" WHERE organ_id {_OF_ORGANS} AND NOT joint AND begun_on <= %(last)s AND (closed_on IS NULL OR closed_on >= %(first)s)"
    " GROUP BY 1, 2, 3, 4",
    "SELECT e.organ_id, b.key, SUM(b.number) FROM figures_openingbalance b JOIN figures_openingentry e ON e.id = b.entry_id"
    f" WHERE e.organ_id {_OF_ORGANS} AND e.year = %(year)s AND e.replaced_at IS NULL GROUP BY 1, 2",
    "SELECT organ_id, kind, SUM(CASE WHEN issued_on BETWEEN %(first)s AND %(last)s THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN repealed_on BETWEEN %(first)s AND %(last)s THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN issued_on <= %(last)s AND (repealed_on IS NULL OR repealed_on > %(last)s)"
    " AND (expires_on IS NULL OR expires_on >= %(last)s) THEN 1 ELSE 0 END)"
    f" FROM registers_document WHERE organ_id {_OF_ORGANS} AND ended_at IS NULL GROUP BY 1, 2",
    "SELECT organ_id, kind, SUM(millionths) FROM registers_decisionfigure"
    f" WHERE organ_id {_OF_ORGANS} AND year = %(year)s AND ended_at IS NULL AND use <> 'compare' GROUP BY 1, 2",
    "SELECT organ_id, item, SUM(millionths), MAX(text) FROM registers_factentry"
    f" WHERE organ_id {_OF_ORGANS} AND year = %(year)s AND ended_at IS NULL GROUP BY 1, 2",
    # how long each answer took can't be grouped further than by its days
    "SELECT handled_by_id, received_on, answered_on, due, COUNT(*) FROM cases_case c"
    f" WHERE {_COUNTED} AND c.decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3, 4",
    "SELECT c.handled_by_id, e.kind, COUNT(DISTINCT c.id) FROM cases_caseevent e JOIN cases_case c ON c.id = e.case_id"
    f" WHERE {_COUNTED} AND e.\"on\" BETWEEN %(first)s AND %(last)s AND e.kind IN ('answered_on_the_spot',"
    " 'correction_requested', 'extension_notified', 'consulted', 'fee_notified', 'fee_paid', 'record_corrected')"
    " GROUP BY 1, 2",
)


def measure() -> Iterator[Measured]:
    """One line for each database."""
    return on_each("compiling")


def _measured(engine: str) -> Iterator[Measured]:
    """Median seconds of compiling and of the plain queries, by turns."""
    from django.db import connection

    from gongkai.office.filings.compiling import compute

    organs = fill()
    ids = ", ".join(str(one.pk) for one in organs)
    first, last = date(YEAR, 1, 1), date(YEAR, 12, 31)
    asked = [sql.replace("{organs}", ids) for sql in _PLAIN]
    analyse(engine)

    def plain() -> None:
        with connection.cursor() as cursor:
            for sql in asked:
                cursor.execute(sql, {"first": first, "last": last, "year": YEAR})
                cursor.fetchall()

    times = medians({"ours": lambda: compute(organs, YEAR), "plain": plain}, ROUNDS)
    remark = f"{ORGANS * CASES * 3 // 2:,} cases, {1000 * times['ours']:.0f} ms to {1000 * times['plain']:.0f} ms"
    what = f"compiling {ORGANS} organs on {engine}, to plain grouped queries"
    yield Measured(what, times["ours"] / times["plain"], BOUND, remark=remark)


def fill() -> list[Any]:
    """A district of organs, each with applications and what happened to them, remedies, documents, decisions and facts."""
    from gongkai.law import applicant_kinds, decision_kinds, document_kinds, outcomes, remedy_kinds, remedy_results
    from gongkai.narrative import fact_items
    from gongkai.office.cases.models import Case, CaseEvent
    from gongkai.office.clock import now
    from gongkai.office.organs.models import Organ
    from gongkai.office.registers.models import DecisionFigure, Document, FactEntry
    from gongkai.office.remedies.models import Remedy

    chance = random.Random(YEAR)
    begun = date(2019, 1, 1)
    government = Organ.objects.create(code="district", kind="government", since=begun)
    organs = [
        Organ.objects.create(
            code=f"organ-{number}", kind="department", since=begun, parent=government, telephone="0571-88880000"
        )
        for number in range(ORGANS)
    ]
    kinds = [term.code for term in applicant_kinds().terms]
    results = [term.code for term in outcomes().terms]
    cases: list[Any] = []
    for organ in organs:
        for number in range(CASES * 3 // 2):
            received = date(YEAR, 1, 1) + timedelta(chance.randrange(-90, 455))
            decided = received + timedelta(chance.randrange(1, 40)) if chance.random() < 0.97 else None
            cases.append(
                Case(
                    organ=organ,
                    handled_by=organ,
                    number=f"{number}",
                    status="closed" if decided else "open",
                    matter="application",
                    channel="internet",
                    applicant_kind=chance.choice(kinds),
                    description="老旧小区改造项目清单及其资金安排",
                    received_on=received,
                    decided_on=decided,
                    answered_on=decided,
                    due=received + timedelta(28),
                    outcome=chance.choice(results) if decided else "",
                )
            )
    Case.objects.bulk_create(cases, batch_size=2000)
    CaseEvent.objects.bulk_create(_events(chance, cases, now()), batch_size=2000)
    remedies = [term.code for term in remedy_results().terms if term.code != "pending"]
    Remedy.objects.bulk_create(
        Remedy(
            organ=organ,
            kind=chance.choice([term.code for term in remedy_kinds().terms]),
            begun_on=date(YEAR, 2, 3),
            closed_on=date(YEAR, 6, 4),
            result=chance.choice(remedies),
        )
        for organ in organs
        for _ in range(CASES // 15)
    )
    normative = document_kinds().terms[-1].code
    Document.objects.bulk_create(
        Document(
            organ=organ,
            kind=normative,
            title=f"关于第{number}号事项的通知",
            identity=f"{number}",
            issued_on=date(chance.randrange(2015, YEAR + 1), 5, 6),
            entered_at=now(),
        )
        for organ in organs
        for number in range(30)
    )
    DecisionFigure.objects.bulk_create(
        DecisionFigure(
            organ=organ,
            year=YEAR,
            kind=term.code,
            source="台账",
            first=month,
            last=month,
            millionths=5_000_000,
            entered_at=now(),
        )
        for organ in organs
        for term in decision_kinds().terms
        for month in range(1, 13)
    )
    FactEntry.objects.bulk_create(
        FactEntry(organ=organ, year=YEAR, item=item.key, millionths=3_000_000, entered_at=now())
        for organ in organs
        for item in fact_items()
        if item.source == "entered" and item.type == "count"
        for _ in range(2)
    )
    return organs


def _events(chance: random.Random, cases: list[Any], at: Any) -> Iterator[Any]:
    """What an ordinary application goes through, and what some go through besides."""
    from gongkai.office.cases.models import CaseEvent

    now_and_then = {
        "correction_requested": (0.1, {}),
        "consulted": (0.08, {"whom": "third_party", "name": "望海公司"}),
        "extension_approved": (0.05, {"days": 20}),
        "extension_notified": (0.05, {}),
        "fee_notified": (0.01, {"amount": "100.00"}),
        "fee_paid": (0.01, {"amount": "100.00"}),
        "record_corrected": (0.01, {"event": 1, "values": {"remark": "更正"}}),
    }
    for case in cases:
        kinds = [("registered", {}), ("assigned", {}), ("finding_returned", {}), ("drafted", {}), ("submitted", {})]
        kinds += [(kind, data) for kind, (share, data) in now_and_then.items() if chance.random() < share]
        kinds += [(kind, {}) for kind in ("reviewed", "approved", "decided", "dispatched", "delivered", "closed")]
        for number, (kind, data) in enumerate(kinds, 1):
            on = case.received_on + timedelta(number)
            yield CaseEvent(case=case, number=number, kind=kind, on=on, data=data, at=at, digest="")


if __name__ == "__main__":
    measured_here(_measured)
