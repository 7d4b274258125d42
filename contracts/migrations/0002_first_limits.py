"""The limits of contracts that an installation starts with."""

from django.db import migrations
from django.utils import timezone

from contracts.reference import load_contract_limits


def load(apps, schema_editor) -> None:
    found = apps.get_model("contracts", "ContractLimit"), apps.get_model("regions", "Jurisdiction")
    load_contract_limits(*found, at=timezone.now(), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("regions", "0002_places_of_fujian")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
