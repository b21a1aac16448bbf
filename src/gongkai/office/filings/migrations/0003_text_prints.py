"""What is kept of texts to compare a district by (`gongkai.office.filings.prints`)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("filings", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextPrints",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("section", models.CharField(max_length=40)),
                ("data", models.BinaryField()),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prints", to="filings.filing"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("filing", "version", "section"), name="text_prints_once")
                ],
            },
        ),
    ]
