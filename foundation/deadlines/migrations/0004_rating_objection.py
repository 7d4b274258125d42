"""The days for an objection to a grade, where the limits were shipped before they had them."""

from django.db import migrations

from foundation.deadlines.reference import load_missing_limits


def load(apps, schema_editor) -> None:
    load_missing_limits(apps.get_model("deadlines", "LimitRule"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_confidential")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
