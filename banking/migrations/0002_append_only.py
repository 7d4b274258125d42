"""Lines of bank files and what banks called in stay as they came."""

from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("banking", "0001_initial")]

    operations = [
        AppendOnly("BankLine"),
        AppendOnly("CallbackEvent"),
    ]
