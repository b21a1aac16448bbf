"""From here on the database itself refuses to change or remove a recorded event."""

from typing import Any

from django.db import migrations

from gongkai.office.cases import append_only


def forwards(apps: Any, schema_editor: Any) -> None:
    append_only.install(schema_editor.connection)


def backwards(apps: Any, schema_editor: Any) -> None:
    append_only.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
