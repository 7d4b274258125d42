import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("documents", "0002_append_only"),
        ("inspections", "0005_without_figure_sheets"),
        ("regions", "0002_places_of_fujian"),
        ("reports", "0002_append_only"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Report",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("month", "工作月报"),
                                    ("campaign", "专项行动统计表"),
                                    ("bulletin", "工作简报"),
                                ],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="表名")),
                        ("period_from", models.DateField(verbose_name="期间起")),
                        ("period_to", models.DateField(verbose_name="期间止")),
                        ("body", models.TextField(blank=True, max_length=20000, verbose_name="正文")),
                        ("remark", models.TextField(blank=True, max_length=1000, verbose_name="情况说明")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("counting", "正在统计"),
                                    ("prepared", "待审核"),
                                    ("returned", "退回"),
                                    ("reviewed", "已审核"),
                                    ("issued", "已定稿"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="counting",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("review_remark", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="填报地区",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="填报单位",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="编制人",
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审核人",
                            ),
                        ),
                        (
                            "revises",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="reports.report",
                                verbose_name="修订的报表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "工作报表",
                        "verbose_name_plural": "工作报表",
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-period_to", "-id"], name="report_by_bureau")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["month", "campaign", "bulletin"])),
                                name="report_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["counting", "prepared", "returned", "reviewed", "issued", "withdrawn"],
                                    )
                                ),
                                name="report_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_to__isnull", True),
                                    ("period_to__gte", models.F("period_from")),
                                    _connector="OR",
                                ),
                                name="report_period_ordered",
                                violation_error_message="期间止不能早于期间起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("campaign__isnull", False), ("kind", "campaign")),
                                    models.Q(models.Q(("kind", "campaign"), _negated=True), ("campaign__isnull", True)),
                                    _connector="OR",
                                ),
                                name="report_campaign_named",
                                violation_error_message="专项行动统计表必须属于一个专项行动，其他报表不能。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "bulletin"), models.Q(("body", ""), _negated=True)),
                                    models.Q(models.Q(("kind", "bulletin"), _negated=True), ("body", "")),
                                    _connector="OR",
                                ),
                                name="report_bulletin_has_words",
                                violation_error_message="工作简报必须有正文，其他报表没有。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reviewed_by", models.F("prepared_by")), _negated=True),
                                name="report_two_persons",
                                violation_error_message="报表须由编制人以外的另一人审核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["reviewed", "issued", "returned"]), _negated=True),
                                    ("reviewed_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="report_reviewed_by_somebody",
                                violation_error_message="审核过的报表必须有审核人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("review_remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="report_returned_says_why",
                                violation_error_message="退回报表必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("document__isnull", False), ("state", "issued")),
                                    models.Q(models.Q(("state", "issued"), _negated=True), ("document__isnull", True)),
                                    _connector="OR",
                                ),
                                name="report_issued_has_document",
                                violation_error_message="已定稿的报表必须有文书。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revises__isnull", True), models.Q(("remark", ""), _negated=True), _connector="OR"
                                ),
                                name="report_revision_says_why",
                                violation_error_message="修订报表必须写明修订原因。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("counting", "prepared", "returned", "reviewed")), ("kind", "month")
                                ),
                                fields=("organ", "kind", "period_from", "period_to"),
                                name="report_period_once",
                                violation_error_message="这个期间的报表正在办理，请打开那一份。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("counting", "prepared", "returned", "reviewed")),
                                    ("campaign__isnull", False),
                                ),
                                fields=("organ", "campaign", "period_from", "period_to"),
                                name="report_campaign_once",
                                violation_error_message="这个期间的报表正在办理，请打开那一份。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("revises",),
                                name="report_revised_once",
                                violation_error_message="这份报表已经修订过，请修订最新的一份。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Counting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="第几次统计")),
                        ("counted_at", models.DateTimeField(verbose_name="统计时间")),
                        ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="countings",
                                to="reports.report",
                                verbose_name="报表",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报表统计",
                        "verbose_name_plural": "报表统计",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("report", "number"),
                                name="counting_numbered",
                                violation_error_message="这份报表刚刚统计过，请刷新。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                                name="counting_digest_whole",
                                violation_error_message="校验值不完整。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("section", models.CharField(max_length=40, verbose_name="类别")),
                        ("code", models.CharField(max_length=40, verbose_name="指标代码")),
                        ("label", models.CharField(max_length=60, verbose_name="指标")),
                        ("of", models.CharField(blank=True, max_length=120, verbose_name="其中")),
                        ("printed", models.CharField(max_length=40, verbose_name="数量")),
                        ("unit", models.CharField(max_length=10, verbose_name="单位")),
                        ("value", models.BigIntegerField(blank=True, null=True, verbose_name="数值")),
                        ("part", models.BigIntegerField(blank=True, null=True, verbose_name="分子")),
                        ("whole", models.BigIntegerField(blank=True, null=True, verbose_name="分母")),
                        ("typed", models.BooleanField(default=False, verbose_name="人工")),
                        ("first", models.DateField(verbose_name="起")),
                        ("last", models.DateField(verbose_name="止")),
                        ("late", models.PositiveIntegerField(default=0, verbose_name="其中补录")),
                        ("past", models.CharField(blank=True, max_length=40, verbose_name="历史汇总")),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "counting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="reports.counting",
                                verbose_name="统计",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.jurisdiction",
                                verbose_name="地区",
                            ),
                        ),
                        (
                            "town",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.division",
                                verbose_name="镇街",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "报表数据",
                        "verbose_name_plural": "报表数据",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("counting", "position"),
                                name="report_line_in_its_place",
                                violation_error_message="同一次统计里两行的序号相同。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__isnull", True), ("town__isnull", True), _connector="OR"),
                                name="report_line_one_place",
                                violation_error_message="一行数据只属于一个地区。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportPlan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.PositiveSmallIntegerField(verbose_name="每月几日")),
                        ("set_at", models.DateTimeField(verbose_name="设定时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="填报地区",
                            ),
                        ),
                        (
                            "keeper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                                verbose_name="编制人",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="填报单位",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="设定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "月报计划",
                        "verbose_name_plural": "月报计划",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("day__gte", 1), ("day__lte", 28)),
                                name="report_plan_day_in_every_month",
                                violation_error_message="请选择1日到28日。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("organ",),
                                name="report_plan_one_an_organ",
                                violation_error_message="本单位已有月报计划，请先停用。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
