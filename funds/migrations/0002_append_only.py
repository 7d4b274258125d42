"""What was decided or handed in of accounts, modes, agreements and flags stays."""

from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_initial")]

    operations = [
        AppendOnly("BankStatusEvent"),
        AppendOnly("AccountEvent"),
        AppendOnly("ModeEvent"),
        AppendOnly("AgreementEvent"),
        AppendOnly("FlagEvent"),
        AppendOnly("FundsFile"),
        AppendOnly("Push"),
        AppendOnly("PushedInstitution"),
    ]
