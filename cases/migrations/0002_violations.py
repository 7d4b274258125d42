"""The clauses that cases are filed under; evidence and its files stay as they were registered."""

from django.db import migrations

from cases.reference import load_violations
from foundation.core.append_only import AppendOnly


def load(apps, schema_editor) -> None:
    load_violations(apps.get_model("cases", "Violation"), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        AppendOnly("Evidence"),
        AppendOnly("EvidenceFile"),
        AppendOnly("Fulfilment"),
    ]
