"""Counts of the throttles. Unlogged: a count is worth no wait for the disk, and is empty after a crash."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_extension_and_cache")]

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE core_throttle (
                key varchar(120) PRIMARY KEY,
                hits integer NOT NULL,
                until timestamptz NOT NULL
            );
            CREATE INDEX core_throttle_until ON core_throttle (until);
            """,
            "DROP TABLE core_throttle",
        ),
    ]
