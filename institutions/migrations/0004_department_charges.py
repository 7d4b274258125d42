"""Which department looks after which kind of institution, as data; the defaults count everywhere until changed."""

from datetime import date

from django.db import migrations

DEFAULTS = {
    "subject": "education",
    "science": "science",
    "arts": "culture",
    "sport": "sport",
    "other": "education",
    "care": "market",
}
SINCE = date(2021, 7, 24)  # 双减


def load(apps, schema_editor) -> None:
    rows = apps.get_model("institutions", "DepartmentCharge").objects.using(schema_editor.connection.alias)
    for charge, department in DEFAULTS.items():
        rows.create(charge=charge, department=department, effective_from=SINCE)


class Migration(migrations.Migration):
    dependencies = [("institutions", "0003_public_changes")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
