from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_department_charges"),
    ]

    operations = [
        migrations.AlterField(
            model_name="statusevent",
            name="category",
            field=models.CharField(
                choices=[
                    ("subject", "学科类"),
                    ("sport", "体育类"),
                    ("arts", "文化艺术类"),
                    ("science", "科技类"),
                    ("other", "其他非学科类"),
                ],
                max_length=10,
                verbose_name="当时类别",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                name="status_event_category_known",
                violation_error_message="“category”的取值不在允许范围内。",
            ),
        ),
    ]
