"""The registry of all reports (`gongkai.office.filings.registry`), into which those that there are go as they were recorded."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from gongkai.office.cases import append_only
from gongkai.office.filings.chain import registration_digest, registry_seal

_TABLE = "filings_registration"


def enter(apps: Any, schema_editor: Any) -> None:
    entries = apps.get_model("filings", "FilingEntry").objects.filter(Q(number=1) | ~Q(kind="saved"))
    model, count, head = apps.get_model("filings", "Registration"), 0, ""
    for entry in entries.order_by("at", "filing", "number").select_related("filing__organ").iterator():
        count += 1
        line = (entry.filing.organ.code, entry.filing.year, entry.number, entry.digest)
        digest = registration_digest(count, *line, head)
        named = dict(zip(("organ", "year", "entry", "entry_digest"), line, strict=True))
        model.objects.create(number=count, previous=head, digest=digest, **named)
        head = digest
    if count:
        registry = apps.get_model("filings", "Registry")
        registry.objects.create(pk=1, count=count, head=head, seal=registry_seal(count, head))


def install(apps: Any, schema_editor: Any) -> None:
    append_only.install(schema_editor.connection, _TABLE)


def remove(apps: Any, schema_editor: Any) -> None:
    append_only.remove(schema_editor.connection, _TABLE)


class Migration(migrations.Migration):
    dependencies = [("filings", "0003_text_prints")]

    operations = [
        migrations.CreateModel(
            name="Registry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.PositiveIntegerField(default=0)),
                ("head", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("organ", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("entry", models.PositiveIntegerField()),
                ("entry_digest", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "year", "entry"), name="filing_registered_once")
                ],
            },
        ),
        migrations.RunPython(enter, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
