import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0002_when_items_were_recorded"),
        ("inspections", "0005_without_figure_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="interview",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="interviews",
                to="inspections.campaign",
                verbose_name="专项行动",
            ),
        ),
    ]
