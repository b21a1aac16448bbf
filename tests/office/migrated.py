"""The office's migrations run once for a state of its code: later runs on SQLite, and its other processes, take a copy."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.core.management.commands.migrate import Command
from django.db import connections

import gongkai.office

_DECIDING = ("Django", "wagtail", "django-taggit", "django-axes")
"""Packages whose migrations are the office's too."""


@contextmanager
def migrated_once(folder: Path) -> Iterator[None]:
    """Within this, an empty SQLite database is migrated by copying the one that ``folder`` holds, where it does."""
    copy = folder / f"{_state()}.sqlite3"
    migrate = Command.handle

    def handle(self: Command, *arguments: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite" or connection.introspection.table_names():
            return migrate(self, *arguments, **options)
        connection.ensure_connection()
        if copy.exists():
            with closing(sqlite3.connect(copy)) as kept:
                kept.backup(connection.connection)
            return None
        migrate(self, *arguments, **options)
        _keep(connection.connection, copy)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", handle)
        yield


def _keep(database: sqlite3.Connection, copy: Path) -> None:
    """Put the copy there whole, in the place of those of earlier code."""
    written = copy.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(written)) as kept:
        database.backup(kept)
    for old in copy.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    written.replace(copy)


def _state() -> str:
    """A digest of all that decides what the migrations make: the office's code and the packages it stands on."""
    root = Path(gongkai.office.__file__).parent
    digest = sha256(repr([(name, version(name)) for name in _DECIDING]).encode())
    for module in sorted(root.rglob("*.py")):
        digest.update(module.relative_to(root).as_posix().encode() + b"\0" + module.read_bytes())
    return digest.hexdigest()[:16]
