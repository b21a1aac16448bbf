"""The office with many cases in one organ, on SQLite and PostgreSQL.

Screens of an organ with 20,000 cases against the same screens with 100, by the time the server takes; and the clocks of all
open cases against the bare reading of their events. Times are of the clock on the wall: a database works beside the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .databases import analyse, measured_here, medians, on_each
from .measuring import Measured

MANY, FEW = 20_000, 100
SCREEN_BOUND = 3.0
"""How many times longer a screen may take with MANY cases than with FEW."""

CLOCK_BOUND = 0.1
"""Speed of recomputing the open cases' clocks, as a share of the speed of reading their events."""

ROUNDS = 21


def measure() -> Iterator[Measured]:
    """On each database."""
    return on_each("office")


def _measured(engine: str) -> Iterator[Measured]:
    from django.test import Client

    from gongkai.office.cases.events import with_rows
    from gongkai.office.cases.models import Case
    from gongkai.office.cases.rebuild import recompute
    from gongkai.office.clock import today

    from .caseload import Caseload, caseload

    few, many = caseload("few", FEW, today()), caseload("many", MANY, today())
    analyse(engine)

    def screen(load: Caseload, path: str) -> Callable[[], object]:
        client = Client()
        client.force_login(load.clerk)

        def get() -> None:
            assert client.get(path).status_code == 200, path

        return get

    for what, path in (("inbox", "/office/cases/{}/"), ("case page", "/office/cases/{}/{}-0009/")):
        runs = {name: screen(load, path.format(name, today().year)) for name, load in (("few", few), ("many", many))}
        times = medians(runs, ROUNDS)
        remark = f"{times['many'] * 1000:.0f} ms against {times['few'] * 1000:.0f} ms"
        what = f"{engine}: {what} with {MANY:,} cases, to {FEW}"
        yield Measured(what, times["many"] / times["few"], SCREEN_BOUND, remark=remark)

    open_cases = Case.objects.filter(organ=many.organ).exclude(status="closed")
    reading = {"reading": lambda: sum(len(rows) for _, rows in with_rows(open_cases))}
    times = medians({**reading, "clocks": lambda: recompute([many.organ])}, 3)
    remark = f"{open_cases.count():,} open cases in {times['clocks']:.1f} s"
    what = f"{engine}: speed of recomputing clocks, to reading events"
    yield Measured(what, times["reading"] / times["clocks"], CLOCK_BOUND, least=True, remark=remark)


if __name__ == "__main__":
    measured_here(_measured)
