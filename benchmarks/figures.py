"""A year's table 三 over 100,000 cases against one plain grouped scan of the same rows, on SQLite and PostgreSQL.

The cases are rows without events: what is measured is the counting alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from .databases import analyse, measured_here, medians, on_each
from .measuring import Measured

CASES = 100_000
BOUND = 3.0
ROUNDS = 9

_PLAIN = (
    "SELECT applicant_kind, outcome, COUNT(*) FROM cases_case"
    " WHERE handled_by_id = %s AND counted AND received_on <= %s AND (decided_on IS NULL OR decided_on >= %s)"
    " GROUP BY applicant_kind, outcome"
)


def measure() -> Iterator[Measured]:
    """One line for each database."""
    return on_each("figures")


def _measured(engine: str) -> Iterator[Measured]:
    """Median seconds of table 三 and of the plain scan; the time that passes, since the database may be another process."""
    from django.db import connection

    from gongkai.office.figures.applications import application_figures
    from gongkai.office.figures.periods import year_of
    from gongkai.report.form import form_for_year

    organ, period, form = _filled(), year_of(2025), form_for_year(2025)
    analyse(engine)

    def plain() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_PLAIN, [organ.pk, period.last, period.first])
            cursor.fetchall()

    times = medians({"ours": lambda: application_figures([organ], period, form), "plain": plain}, ROUNDS)
    remark = f"{CASES:,} cases, {1000 * times['ours']:.0f} ms to {1000 * times['plain']:.0f} ms"
    yield Measured(
        f"table 三 on {engine}, to a plain grouped scan", times["ours"] / times["plain"], BOUND, remark=remark
    )


def _filled() -> object:
    """An organ with applications of 2025, some carried in and some over, beside another organ with as many of other years."""
    from gongkai.law import applicant_kinds, outcomes
    from gongkai.office.cases.models import Case
    from gongkai.office.organs.models import Organ

    chance = random.Random(2025)
    organ, other = (Organ.objects.create(code=code, kind="department", since=date(2019, 1, 1)) for code in "ab")
    kinds = [term.code for term in applicant_kinds().terms]
    results = [term.code for term in outcomes().terms]

    def case(owner: Organ, number: int, first: date, days: int) -> Case:
        received = first + timedelta(chance.randrange(days))
        decided = received + timedelta(chance.randrange(1, 40)) if chance.random() < 0.97 else None
        return Case(
            organ=owner,
            handled_by=owner,
            number=f"{number}",
            status="closed" if decided else "open",
            matter="application",
            channel="internet",
            applicant_kind=chance.choice(kinds),
            description="老旧小区改造项目清单及其资金安排",
            received_on=received,
            decided_on=decided,
            outcome=chance.choice(results) if decided else "",
        )

    Case.objects.bulk_create((case(organ, n, date(2025, 1, 1), 365) for n in range(CASES)), batch_size=5000)
    Case.objects.bulk_create((case(other, n, date(2023, 1, 1), 700) for n in range(CASES // 4)), batch_size=5000)
    return organ


if __name__ == "__main__":
    measured_here(_measured)
