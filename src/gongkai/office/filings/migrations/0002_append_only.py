"""The database refuses to change or remove what was recorded of a filing."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from gongkai.office.cases import append_only

_TABLES = ("filings_filingentry", "filings_filingversion", "filings_publishedfile")


def install(apps: Any, schema_editor: Any) -> None:
    for table in _TABLES:
        append_only.install(schema_editor.connection, table)


def remove(apps: Any, schema_editor: Any) -> None:
    for table in _TABLES:
        append_only.remove(schema_editor.connection, table)


class Migration(migrations.Migration):
    dependencies = [("filings", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
