import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import foundation.accounts.models
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="CalendarYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                        ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                        ("confirmed", models.BooleanField(verbose_name="已按公布的通知确认")),
                        ("notice_no", models.CharField(blank=True, max_length=80, verbose_name="通知文号")),
                        ("notice_on", models.DateField(blank=True, null=True, verbose_name="通知日期")),
                        ("source", models.CharField(max_length=200, verbose_name="来源")),
                        ("remark", models.TextField(blank=True, verbose_name="说明")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("recorded_by", models.CharField(max_length=80, verbose_name="登记人")),
                    ],
                    options={
                        "verbose_name": "工作日历",
                        "verbose_name_plural": "工作日历",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("year", "version"),
                                name="calendar_version_once",
                                violation_error_message="该年度的这一版本已存在，请刷新后重试。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)),
                                name="calendar_year_sane",
                                violation_error_message="年份应在2000至2100之间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed", False), models.Q(("notice_no", ""), _negated=True), _connector="OR"
                                ),
                                name="calendar_confirmed_by_notice",
                                violation_error_message="确认的日历必须写明通知文号。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LimitRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=60, verbose_name="代码")),
                        ("name", models.CharField(max_length=60, verbose_name="期限名称")),
                        ("amount", models.PositiveSmallIntegerField(verbose_name="时长")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("working_day", "个工作日"),
                                    ("calendar_day", "日（自然日）"),
                                    ("month", "个月"),
                                ],
                                max_length=20,
                                verbose_name="单位",
                            ),
                        ),
                        ("rolls_over", models.BooleanField(default=False, verbose_name="期满日遇休息日顺延")),
                        ("clause", models.TextField(blank=True, verbose_name="依据条文")),
                        ("needs_review", models.BooleanField(default=False, verbose_name="待核实")),
                        ("remark", models.TextField(blank=True, verbose_name="说明")),
                        ("effective_from", models.DateField(verbose_name="施行起")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="适用管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "法定期限",
                        "verbose_name_plural": "法定期限",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("unit__in", ["working_day", "calendar_day", "month"])),
                                name="limit_unit_known",
                                violation_error_message="“unit”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 1), ("amount__lte", 1000)),
                                name="limit_amount_sane",
                                violation_error_message="时长应在1至1000之间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="limit_period_ordered",
                                violation_error_message="施行止不能早于施行起。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("code", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            models.F("jurisdiction_id"), models.Value(0)
                                        ),
                                        "=",
                                    ),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "effective_from",
                                            "effective_to",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="limit_one_at_a_time",
                                violation_error_message="同一期限在同一地区的施行时间不能重叠。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deadline",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject_type", models.CharField(max_length=80, verbose_name="对象类型")),
                        ("subject_id", models.BigIntegerField(verbose_name="对象编号")),
                        ("subject_label", models.CharField(max_length=200, verbose_name="事项")),
                        ("url", models.CharField(blank=True, max_length=300, verbose_name="办理页面")),
                        ("matter", models.CharField(blank=True, max_length=40, verbose_name="事项编号")),
                        ("title", models.CharField(max_length=60, verbose_name="期限")),
                        ("code", models.CharField(max_length=60, verbose_name="期限代码")),
                        ("amount", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="时长")),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("working_day", "个工作日"),
                                    ("calendar_day", "日（自然日）"),
                                    ("month", "个月"),
                                ],
                                max_length=20,
                                verbose_name="单位",
                            ),
                        ),
                        ("rolls_over", models.BooleanField(default=False, verbose_name="期满日遇休息日顺延")),
                        ("fixed_due_on", models.DateField(blank=True, null=True, verbose_name="指定的到期日")),
                        ("started_on", models.DateField(verbose_name="起算日（当日不计入）")),
                        ("due_on", models.DateField(verbose_name="到期日")),
                        ("extended_by", models.PositiveSmallIntegerField(default=0, verbose_name="延长时长")),
                        ("paused_days", models.PositiveSmallIntegerField(default=0, verbose_name="中止天数")),
                        ("warning", models.CharField(blank=True, max_length=200, verbose_name="提示")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "进行中"),
                                    ("paused", "已中止"),
                                    ("met", "已办结"),
                                    ("cancelled", "已撤销"),
                                ],
                                default="running",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("met_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                        ("capability", models.CharField(max_length=80, verbose_name="所需权限")),
                        ("confidential", models.BooleanField(default=False, verbose_name="只有办理人员可见")),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("subject", "学科类"),
                                    ("sport", "体育类"),
                                    ("arts", "文化艺术类"),
                                    ("science", "科技类"),
                                    ("other", "其他非学科类"),
                                ],
                                max_length=10,
                                verbose_name="培训类别",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.division",
                                verbose_name="所在区划",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="责任单位",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.post",
                                verbose_name="责任岗位",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="deadlines.limitrule",
                                verbose_name="法定期限",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "期限",
                        "verbose_name_plural": "期限",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["running", "paused", "met", "cancelled"])),
                                name="deadline_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unit", ""),
                                    ("unit__in", ["working_day", "calendar_day", "month"]),
                                    _connector="OR",
                                ),
                                name="deadline_unit_known",
                                violation_error_message="期限单位不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__isnull", False), models.Q(("unit", ""), _negated=True)),
                                    ("fixed_due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="deadline_counted_or_fixed",
                                violation_error_message="期限必须有时长或指定的到期日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("category", ""),
                                    ("category__in", ["subject", "sport", "arts", "science", "other"]),
                                    _connector="OR",
                                ),
                                name="deadline_category_known",
                                violation_error_message="培训类别不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True), ("due_on__gte", models.F("started_on")), _connector="OR"
                                ),
                                name="deadline_period_ordered",
                                violation_error_message="到期日不能早于起算日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("met_at__isnull", False), ("state", "met")),
                                    models.Q(models.Q(("state", "met"), _negated=True), ("met_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="deadline_met_has_time",
                                violation_error_message="办结的期限必须有办结时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at__isnull", False), ("state", "cancelled")),
                                    models.Q(
                                        models.Q(("state", "cancelled"), _negated=True), ("cancelled_at__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="deadline_cancelled_has_time",
                                violation_error_message="撤销的期限必须有撤销时间。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["running", "paused"])),
                                fields=("subject_type", "subject_id", "code"),
                                name="deadline_one_open_a_subject",
                                violation_error_message="该事项的这一期限已在计算中。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["running", "paused"])),
                                fields=["jurisdiction", "due_on"],
                                name="deadline_open_by_due",
                            ),
                            models.Index(fields=["subject_type", "subject_id"], name="deadline_by_subject"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="中止之日")),
                        ("resumed_on", models.DateField(blank=True, null=True, verbose_name="恢复之日")),
                        ("reason", models.TextField(verbose_name="理由")),
                        (
                            "deadline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="deadlines.deadline",
                                verbose_name="期限",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "期限中止",
                        "verbose_name_plural": "期限中止",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resumed_on__isnull", True),
                                    ("resumed_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="pause_period_ordered",
                                violation_error_message="恢复之日不能早于中止之日。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("resumed_on__isnull", True)),
                                fields=("deadline",),
                                name="pause_one_open_a_deadline",
                                violation_error_message="该期限已经中止。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("date", models.DateField(verbose_name="日期")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("off", "放假"), ("makeup", "调休上班")], max_length=10, verbose_name="性质"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="名称")),
                        (
                            "calendar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="deadlines.calendaryear",
                                verbose_name="日历",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "日历中的日子",
                        "verbose_name_plural": "日历中的日子",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("calendar", "date"),
                                name="calendar_day_once",
                                violation_error_message="同一天只能列一次。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["off", "makeup"])),
                                name="calendar_day_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "makeup"), _negated=True),
                                    ("date__iso_week_day__gte", 6),
                                    _connector="OR",
                                ),
                                name="calendar_makeup_on_weekend",
                                violation_error_message="调休上班日只能是周六或周日。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
