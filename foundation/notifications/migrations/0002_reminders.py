import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="digest",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gathered",
                to="notifications.message",
                verbose_name="当日汇总",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="reminder",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="提醒事项"),
        ),
        migrations.AddField(
            model_name="preference",
            name="gathers",
            field=models.BooleanField(default=True, verbose_name="每日汇总"),
        ),
        migrations.AddField(
            model_name="preference",
            name="off",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                blank=True,
                default=list,
                size=None,
                verbose_name="只留站内的提醒",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("reminder", ""), _negated=True),
                fields=["reminder", "-created_at"],
                name="message_by_reminder",
            ),
        ),
    ]
