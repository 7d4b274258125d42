from django.db import migrations, models
from django.db.models import Q

NAME = "case_overturned_by_someone"
#: What was overturned before was known from that day on, as far as anybody can say now.
FILL = "UPDATE cases_case SET overturned_at = overturned_on::timestamp AT TIME ZONE 'Asia/Shanghai'"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_public_penalties")]
    operations = [
        migrations.AddField(
            "case", "overturned_at", models.DateTimeField(verbose_name="变更或撤销登记时间", null=True, blank=True)
        ),
        migrations.RunSQL(FILL + " WHERE overturned_on IS NOT NULL", migrations.RunSQL.noop),
        migrations.RemoveConstraint("case", NAME),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=Q(overturned_on__isnull=True, overturned_at__isnull=True, overturned_by="")
                | Q(overturned_on__isnull=False, overturned_at__isnull=False, decided_on__isnull=False)
                & ~Q(overturned_by=""),
                name=NAME,
                violation_error_message="决定被变更或撤销的，必须写明日期、机关和文号。",
            ),
        ),
    ]
