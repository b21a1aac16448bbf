"""A local holiday is entered by a government for its organs, not for a region by name. There was no way to enter one before."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERSON = {
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_append_only"),
        ("organs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.DeleteModel("LocalHolidays"),
        migrations.CreateModel(
            name="LocalHolidays",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.TextField(help_text="TOML 格式：name、basis、days，以及 worked。", verbose_name="内容"),
                ),
                ("loaded_at", models.DateTimeField(verbose_name="登记时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                ("actor", models.ForeignKey(**PERSON, verbose_name="登记人")),
                ("withdrawn_by", models.ForeignKey(**PERSON, verbose_name="撤销人")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_holidays",
                        to="organs.organ",
                        verbose_name="机关",
                    ),
                ),
            ],
            options={"verbose_name": "地方放假", "verbose_name_plural": "地方放假", "ordering": ("loaded_at", "pk")},
        ),
    ]
