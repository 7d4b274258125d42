from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [AppendOnly("Document"), AppendOnly("Voiding"), AppendOnly("DocumentFile")]
