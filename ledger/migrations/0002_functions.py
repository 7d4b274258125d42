"""The rules of postings, and the functions that alone write the books."""

from django.db import migrations

from foundation.core.append_only import AppendOnly, WrittenByFunction

from ._functions import FUNCTIONS, REMOVED, RULES, STORAGE


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        AppendOnly("PostingRule"),
        AppendOnly("Entry"),
        AppendOnly("ClosedDay"),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, REMOVED),
        WrittenByFunction("PostingRule"),
        WrittenByFunction("Account"),
        WrittenByFunction("Purse"),
        WrittenByFunction("Entry"),
        WrittenByFunction("DayTotal"),
        WrittenByFunction("ClosedDay"),
    ]
