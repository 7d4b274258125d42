"""What schools reported stays: a correction is another row."""

from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("afterschool", "0001_initial")]

    operations = [AppendOnly("Participation")]
