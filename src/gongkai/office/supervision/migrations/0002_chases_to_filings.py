"""Chases belong to the reports that are chased; the table goes there with its rows."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("Chase", "filings_chase")],
            state_operations=[migrations.DeleteModel("Chase")],
        )
    ]
