"""The instant at which an obstacle was entered; of those there are, the day on which it was found."""

from django.db import migrations, models

FILL = "UPDATE funds_obstacle SET opened_at = found_on::timestamp AT TIME ZONE 'Asia/Shanghai'"


class Migration(migrations.Migration):
    dependencies = [("funds", "0002_append_only")]
    operations = [
        migrations.AddField("obstacle", "opened_at", models.DateTimeField(null=True, verbose_name="登记时间")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("obstacle", "opened_at", models.DateTimeField(verbose_name="登记时间")),
    ]
