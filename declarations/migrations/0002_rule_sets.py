import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.append_only import AppendOnly
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0001_initial"),
        ("regions", "0002_places_of_fujian"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="RuleSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="制度名称")),
                        ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                        ("norms", models.JSONField(verbose_name="规范")),
                        ("bans", models.JSONField(blank=True, default=list, verbose_name="不准")),
                        ("effective_on", models.DateField(verbose_name="施行日期")),
                        ("laid_down_at", models.DateTimeField(verbose_name="制定时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="地区",
                            ),
                        ),
                        (
                            "laid_down_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="制定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "规范制度",
                        "verbose_name_plural": "规范制度",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "title", "version"),
                                name="rule_set_version_once",
                                violation_error_message="这一版本已经制定。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("title", ""), _negated=True), ("version__gte", 1)),
                                name="rule_set_named",
                                violation_error_message="规范制度必须有名称和版本。",
                            ),
                        ],
                    },
                )
            ]
        ),
        migrations.AddField(
            model_name="inquiry",
            name="rule_set",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="declarations.ruleset",
                verbose_name="所依据的规范制度",
            ),
        ),
        AppendOnly("RuleSet"),
    ]
