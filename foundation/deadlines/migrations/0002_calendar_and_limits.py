"""Calendar versions are append-only; the years 2020-2026 and the statutory limits of the law."""

from django.db import migrations
from django.utils import timezone

from foundation.core.append_only import AppendOnly
from foundation.deadlines.reference import load_calendar, load_limits


def load(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    year, day = apps.get_model("deadlines", "CalendarYear"), apps.get_model("deadlines", "CalendarDay")
    load_calendar(year, day, at=timezone.now(), using=using)
    load_limits(apps.get_model("deadlines", "LimitRule"), using=using)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0001_initial")]

    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        AppendOnly("CalendarYear"),
        AppendOnly("CalendarDay"),
    ]
