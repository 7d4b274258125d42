"""What was counted is never rewritten."""

from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reports")]

    operations = [AppendOnly("Counting"), AppendOnly("ReportLine")]
