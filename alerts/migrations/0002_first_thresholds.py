"""The thresholds that an installation starts with."""

from django.db import migrations
from django.utils import timezone

from alerts.reference import load_thresholds


def load(apps, schema_editor) -> None:
    load_thresholds(apps.get_model("alerts", "Threshold"), at=timezone.now(), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial"), ("regions", "0002_places_of_fujian")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
