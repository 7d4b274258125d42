"""The instants at which a use was entered and stopped; of those there are, the days on which it began and ended."""

from django.db import migrations, models
from django.db.models import Q

FILL = """
UPDATE materials_materialuse SET entered_at = since::timestamp AT TIME ZONE 'Asia/Shanghai',
  stopped_at = stopped_on::timestamp AT TIME ZONE 'Asia/Shanghai'
"""
STOPPED_WHY = models.CheckConstraint(
    condition=Q(stopped_on__isnull=True, stopped_at__isnull=True)
    | (Q(stopped_on__isnull=False, stopped_at__isnull=False) & ~Q(stop_reason="")),
    name="material_use_stopped_why",
    violation_error_message="停用须写明事由。",
)


class Migration(migrations.Migration):
    dependencies = [("materials", "0002_opinions_stay")]
    operations = [
        migrations.AddField("materialuse", "entered_at", models.DateTimeField(null=True, verbose_name="登记时间")),
        migrations.AddField(
            "materialuse", "stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="停用登记时间")
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("materialuse", "entered_at", models.DateTimeField(verbose_name="登记时间")),
        migrations.RemoveConstraint("materialuse", "material_use_stopped_why"),
        migrations.AddConstraint("materialuse", STOPPED_WHY),
    ]
