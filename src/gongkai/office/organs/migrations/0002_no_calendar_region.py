"""Which local holidays an organ has follows from the tree of organs."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organs", "0001_initial")]
    operations = [migrations.RemoveField("organ", "calendar_region")]
