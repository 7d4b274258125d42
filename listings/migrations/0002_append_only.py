from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("listings", "0001_initial")]

    operations = [AppendOnly("Edition"), AppendOnly("EditionChange")]
