"""Chases come from supervision with their table, and what the audit log says of them with them."""

from __future__ import annotations

from typing import Any

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def take(apps: Any, schema_editor: Any) -> None:
    _renamed(apps, "supervision", "filings")


def give(apps: Any, schema_editor: Any) -> None:
    _renamed(apps, "filings", "supervision")


def _renamed(apps: Any, was: str, becomes: str) -> None:
    types = apps.get_model("contenttypes", "ContentType").objects
    if not types.filter(app_label=becomes, model="chase").exists():
        types.filter(app_label=was, model="chase").update(app_label=becomes)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("filings", "0004_registry"),
        ("organs", "0001_initial"),
        ("supervision", "0002_chases_to_filings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Chase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(2019),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="报告年度",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="催报日期")),
                        ("at", models.DateTimeField(verbose_name="催报时间")),
                        ("text", models.CharField(blank=True, max_length=500, verbose_name="催报的话")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="催报人",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chases",
                                to="organs.organ",
                                verbose_name="机关",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催报",
                        "verbose_name_plural": "催报",
                        "ordering": ("at", "pk"),
                        "indexes": [models.Index(fields=["year", "organ"], name="chase_year_organ")],
                    },
                ),
            ]
        ),
        migrations.RunPython(take, give),
    ]
