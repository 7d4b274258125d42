"""All divisions of Fujian, abolished codes with successors, and the jurisdictions of its bureaus."""

from django.db import migrations

from foundation.regions.reference import load_divisions, load_jurisdictions


def load(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    division = apps.get_model("regions", "Division")
    load_divisions(division, using=using)
    load_jurisdictions(apps.get_model("regions", "Jurisdiction"), division, using=using)


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
