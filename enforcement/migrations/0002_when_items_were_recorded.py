from django.db import migrations, models

#: What is there was entered with its outing, as far as anybody can say now.
FILL = """
UPDATE enforcement_removalitem i SET recorded_at = r.recorded_at
FROM enforcement_removal r WHERE r.id = i.removal_id
"""


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0001_initial")]
    operations = [
        migrations.AddField(
            "removalitem",
            "recorded_at",
            models.DateTimeField(verbose_name="登记时间", null=True),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("removalitem", "recorded_at", models.DateTimeField(verbose_name="登记时间")),
    ]
