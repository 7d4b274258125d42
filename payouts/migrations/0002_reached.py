from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0002_first_limits"),
        ("payouts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="consumption",
            name="reached_on",
            field=models.DateField(blank=True, null=True, verbose_name="家长收到日期"),
        ),
        migrations.AddConstraint(
            model_name="consumption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reached_on__isnull", True), ("reached_on__gte", models.F("told_on")), _connector="OR"
                ),
                name="consumption_reached_after_told",
                violation_error_message="家长收到日期不能早于告知日期。",
            ),
        ),
    ]
