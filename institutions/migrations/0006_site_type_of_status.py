"""Each status event says the type that the institution had then: of those there are, the present one."""

from django.db import migrations, models

FILL = """
ALTER TABLE institutions_statusevent DISABLE TRIGGER append_only_row;
UPDATE institutions_statusevent e SET site_type = i.site_type
FROM institutions_institution i WHERE i.id = e.institution_id AND i.site_type <> e.site_type;
ALTER TABLE institutions_statusevent ENABLE TRIGGER append_only_row;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0005_category_of_status"),
    ]

    operations = [
        migrations.AddField(
            model_name="statusevent",
            name="site_type",
            field=models.CharField(
                choices=[("training", "培训机构"), ("care", "托管机构")],
                default="training",
                max_length=10,
                verbose_name="当时类型",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="statusevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("site_type__in", ["training", "care"])),
                name="status_event_site_type_known",
                violation_error_message="“site_type”的取值不在允许范围内。",
            ),
        ),
    ]
