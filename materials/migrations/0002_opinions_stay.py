from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("materials", "0001_initial")]

    operations = [AppendOnly("Opinion")]
