"""The rules of advertisements that an installation starts with."""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

SINCE = date(2021, 7, 24)
RULES = Path(__file__).parents[1] / "data" / "advert_rules.json"


def load_rules(apps, schema_editor) -> None:
    """The rules that an installation starts with; from then on they are changed on the page, from a day on."""
    rule = apps.get_model("clues", "AdvertRule")
    rows = json.loads(RULES.read_text(encoding="utf-8"))
    rule.objects.using(schema_editor.connection.alias).bulk_create(rule(valid_from=SINCE, **row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [("clues", "0002_sealed_senders")]

    operations = [
        migrations.RunPython(load_rules, migrations.RunPython.noop),
    ]
