from django.db import migrations

from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("supervisors", "0001_initial")]

    operations = [AppendOnly("QuizResult"), AppendOnly("YearReview")]
