from django.db import migrations, models

FILL = """
UPDATE institutions_standingperiod p SET value = e.value FROM institutions_standingevent e WHERE e.id = p.event_id
"""


class Migration(migrations.Migration):
    dependencies = [("institutions", "0007_department_charges")]

    operations = [
        migrations.AddField(
            model_name="standingperiod",
            name="value",
            field=models.CharField(default="", max_length=40, verbose_name="值"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
