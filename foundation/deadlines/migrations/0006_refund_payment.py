"""The days to pay a refund, where the limits were shipped before they had them."""

from django.db import migrations

from foundation.deadlines.reference import load_missing_limits


def load(apps, schema_editor) -> None:
    load_missing_limits(apps.get_model("deadlines", "LimitRule"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0005_checked_clauses")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
