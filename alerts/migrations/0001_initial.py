import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("institutions", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Alert",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("R01", "资金覆盖不足"),
                                    ("R02", "大额或异常流出"),
                                    ("R03", "长期未上课"),
                                    ("R04", "退费逾期"),
                                    ("R05", "退费申请激增"),
                                    ("R06", "收费突增"),
                                    ("R07", "投诉集中或人去楼空"),
                                    ("R08", "拖欠租金工资或搬离"),
                                    ("R09", "法人股权变更或经营异常"),
                                    ("R10", "连续上门未果"),
                                    ("R11", "证照协议临期"),
                                    ("R12", "对账文件缺报"),
                                    ("R13", "关联机构高风险"),
                                ],
                                max_length=3,
                                verbose_name="规则",
                            ),
                        ),
                        (
                            "grade",
                            models.CharField(
                                choices=[("red", "红"), ("orange", "橙"), ("yellow", "黄"), ("blue", "蓝")],
                                max_length=8,
                                verbose_name="等级",
                            ),
                        ),
                        ("words", models.CharField(max_length=500, verbose_name="为什么")),
                        ("figures", models.JSONField(default=list, verbose_name="数字")),
                        ("refs", models.JSONField(default=list, verbose_name="来源")),
                        ("remedy", models.CharField(max_length=200, verbose_name="怎样降低")),
                        ("fresh_on", models.DateField(verbose_name="事实日期")),
                        ("opened_on", models.DateField(verbose_name="发出日期")),
                        ("refreshed_on", models.DateField(verbose_name="最近核对日期")),
                        ("due_on", models.DateField(verbose_name="处置期限")),
                        (
                            "action",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("verify", "核实"),
                                    ("interview", "约谈"),
                                    ("order", "限期整改"),
                                    ("freeze", "冻结解付"),
                                    ("police", "移交公安"),
                                ],
                                max_length=10,
                                verbose_name="处置方式",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "待处置"),
                                    ("closed", "已办结"),
                                    ("disagreed", "不认同"),
                                    ("lapsed", "情形已消失"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                        ("result", models.CharField(blank=True, max_length=300, verbose_name="结果或理由")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办结人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alerts",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="负责人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "风险预警",
                        "verbose_name_plural": "风险预警",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("institution", "rule"),
                                name="alert_open_once",
                                violation_error_message="该机构这条规则已有一条待处置的预警。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "rule__in",
                                        [
                                            "R01",
                                            "R02",
                                            "R03",
                                            "R04",
                                            "R05",
                                            "R06",
                                            "R07",
                                            "R08",
                                            "R09",
                                            "R10",
                                            "R11",
                                            "R12",
                                            "R13",
                                        ],
                                    )
                                ),
                                name="alert_rule_known",
                                violation_error_message="“rule”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__in", ["red", "orange", "yellow", "blue"])),
                                name="alert_grade_known",
                                violation_error_message="“grade”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("action__in", ["verify", "interview", "order", "freeze", "police", ""])
                                ),
                                name="alert_action_known",
                                violation_error_message="“action”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed", "disagreed", "lapsed"])),
                                name="alert_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("refs", []), _negated=True), models.Q(("words", ""), _negated=True)
                                ),
                                name="alert_has_sources",
                                violation_error_message="预警必须写明原因和来源。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_by__isnull", True),
                                        ("ended_on__isnull", True),
                                        ("result", ""),
                                        ("state", "open"),
                                    ),
                                    models.Q(
                                        ("ended_by__isnull", True),
                                        ("ended_on__isnull", False),
                                        ("state", "lapsed"),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("state__in", ("closed", "disagreed")),
                                        ("ended_by__isnull", False),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="alert_ended_whole",
                                violation_error_message="结束预警须写明日期、由谁和结果。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("action", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="alert_closed_by_action",
                                violation_error_message="办结须写明处置方式。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Runaway",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="机构名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("collapse", "爆雷"), ("flight", "跑路")], max_length=10, verbose_name="类型"
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="发生日期")),
                        ("persons", models.PositiveIntegerField(verbose_name="涉及人数")),
                        ("amount_fen", models.BigIntegerField(verbose_name="涉及金额(分)")),
                        ("source", models.CharField(max_length=120, verbose_name="来源")),
                        ("words", models.CharField(max_length=500, verbose_name="情况")),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        ("struck_at", models.DateTimeField(blank=True, null=True, verbose_name="更正时间")),
                        ("strike_reason", models.CharField(blank=True, max_length=300, verbose_name="更正理由")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runaways",
                                to="institutions.institution",
                                verbose_name="机构",
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
                    ],
                    options={
                        "verbose_name": "爆雷跑路",
                        "verbose_name_plural": "爆雷跑路登记",
                        "indexes": [models.Index(fields=["jurisdiction", "happened_on"], name="runaway_by_bureau")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["collapse", "flight"])),
                                name="runaway_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("source", ""), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    ("amount_fen__gte", 0),
                                ),
                                name="runaway_says_what",
                                violation_error_message="请写明机构名称、来源和情况，金额不能为负。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("strike_reason", ""), ("struck_at__isnull", True)),
                                    models.Q(
                                        ("struck_at__isnull", False), models.Q(("strike_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="runaway_struck_whole",
                                violation_error_message="更正须写明理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="日期")),
                        ("tenths", models.PositiveIntegerField(verbose_name="分值(十分之一分)")),
                        (
                            "level",
                            models.CharField(
                                choices=[("red", "红"), ("orange", "橙"), ("yellow", "黄"), ("blue", "蓝")],
                                max_length=8,
                                verbose_name="等级",
                            ),
                        ),
                        ("parts", models.JSONField(default=list, verbose_name="构成")),
                        ("at_once", models.CharField(blank=True, max_length=40, verbose_name="直接定红")),
                        ("newest", models.BooleanField(default=True, verbose_name="最新")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scores",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "风险评分",
                        "verbose_name_plural": "风险评分",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("institution", "on"),
                                name="score_day_once",
                                violation_error_message="该机构这一天已有评分。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("newest", True)),
                                fields=("institution",),
                                name="score_newest_once",
                                violation_error_message="该机构已有最新评分。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["red", "orange", "yellow", "blue"])),
                                name="score_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("parts", []), ("tenths", 0)),
                                    models.Q(("tenths__gt", 0), models.Q(("parts", []), _negated=True)),
                                    _connector="OR",
                                ),
                                name="score_has_parts",
                                violation_error_message="评分必须有构成。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Search",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("first_on", models.DateField(verbose_name="排查期间起")),
                        ("last_on", models.DateField(verbose_name="排查期间止")),
                        ("sources", models.CharField(max_length=300, verbose_name="查过的来源")),
                        ("found", models.CharField(max_length=300, verbose_name="排查结果")),
                        ("searched_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "searched_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="排查人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "爆雷跑路排查",
                        "verbose_name_plural": "爆雷跑路排查",
                        "indexes": [models.Index(fields=["jurisdiction", "first_on"], name="search_by_bureau")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_on__isnull", True), ("last_on__gte", models.F("first_on")), _connector="OR"
                                ),
                                name="search_period_ordered",
                                violation_error_message="排查期间止不能早于起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sources", ""), _negated=True), models.Q(("found", ""), _negated=True)
                                ),
                                name="search_says_what",
                                violation_error_message="请写明查过哪些来源和结果。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sign",
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
                                    ("wages", "拖欠工资"),
                                    ("rent", "拖欠租金"),
                                    ("moved", "搬离原址"),
                                    ("power", "停水停电"),
                                    ("unreachable", "关门或联系不上"),
                                    ("equity", "股权冻结或变更"),
                                    ("abnormal", "列入经营异常名录"),
                                ],
                                max_length=12,
                                verbose_name="迹象",
                            ),
                        ),
                        ("seen_on", models.DateField(verbose_name="发现日期")),
                        ("words", models.CharField(max_length=300, verbose_name="情况")),
                        ("source", models.CharField(max_length=120, verbose_name="来源")),
                        ("reported_at", models.DateTimeField(verbose_name="登记时间")),
                        ("struck_at", models.DateTimeField(blank=True, null=True, verbose_name="更正时间")),
                        ("strike_reason", models.CharField(blank=True, max_length=300, verbose_name="更正理由")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signs",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "风险迹象",
                        "verbose_name_plural": "风险迹象",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["wages", "rent", "moved", "power", "unreachable", "equity", "abnormal"],
                                    )
                                ),
                                name="sign_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True), models.Q(("source", ""), _negated=True)
                                ),
                                name="sign_says_what",
                                violation_error_message="请写明情况和来源。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("strike_reason", ""), ("struck_at__isnull", True)),
                                    models.Q(
                                        ("struck_at__isnull", False), models.Q(("strike_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="sign_struck_whole",
                                violation_error_message="更正须写明理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Threshold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("coverage", "R01 覆盖率下限(%)"),
                                    ("single_share", "R02 单笔流出占余额(%)"),
                                    ("single_yuan", "R02 没有往期可比时单笔流出(元)"),
                                    ("day_share", "R02 单日流出占余额(%)"),
                                    ("own_outflow", "R02 与自身往期最高的比(%)"),
                                    ("drain", "R02 14天流出与自身平常的比(%)"),
                                    ("idle_days", "R03 未上课天数"),
                                    ("refund_rise", "R05 退费申请与自身平常的比(%)"),
                                    ("refund_share", "R05 退费申请占在读学员(%)"),
                                    ("refund_sample", "R05 至少几笔才比较"),
                                    ("income_rise", "R06 14天收费与自身平常的比(%)"),
                                    ("complaints", "R07 30天投诉件数"),
                                    ("failed_visits", "R10 连续上门未果次数"),
                                    ("expiry_first", "R11 提前天数(蓝)"),
                                    ("expiry_last", "R11 提前天数(黄)"),
                                    ("file_late", "R12 缺报工作日"),
                                    ("sample_days", "与自身比较至少要有的天数"),
                                    ("event_days", "事件观察期(天)"),
                                    ("half_after", "几天后减半计分"),
                                    ("level_red", "红色分值"),
                                    ("level_orange", "橙色分值"),
                                    ("level_yellow", "黄色分值"),
                                    ("due_red", "红色预警处置期限(工作日)"),
                                    ("due_orange", "橙色预警处置期限(工作日)"),
                                    ("due_yellow", "黄色预警处置期限(工作日)"),
                                    ("due_blue", "蓝色预警处置期限(工作日)"),
                                ],
                                max_length=20,
                                verbose_name="阈值",
                            ),
                        ),
                        ("value", models.PositiveIntegerField(verbose_name="数值")),
                        ("source", models.CharField(max_length=300, verbose_name="依据")),
                        ("effective_from", models.DateField(verbose_name="施行起")),
                        ("set_at", models.DateTimeField(verbose_name="提出时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("proposed", "待审批"), ("approved", "已批准"), ("refused", "未批准")],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审批人",
                            ),
                        ),
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
                        (
                            "set_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提出人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "预警阈值",
                        "verbose_name_plural": "预警阈值",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "coverage",
                                            "single_share",
                                            "single_yuan",
                                            "day_share",
                                            "own_outflow",
                                            "drain",
                                            "idle_days",
                                            "refund_rise",
                                            "refund_share",
                                            "refund_sample",
                                            "income_rise",
                                            "complaints",
                                            "failed_visits",
                                            "expiry_first",
                                            "expiry_last",
                                            "file_late",
                                            "sample_days",
                                            "event_days",
                                            "half_after",
                                            "level_red",
                                            "level_orange",
                                            "level_yellow",
                                            "due_red",
                                            "due_orange",
                                            "due_yellow",
                                            "due_blue",
                                        ],
                                    )
                                ),
                                name="threshold_code_known",
                                violation_error_message="“code”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                models.F("code"),
                                django.db.models.functions.comparison.Coalesce(
                                    models.F("jurisdiction_id"), models.Value(0)
                                ),
                                models.F("effective_from"),
                                condition=models.Q(("state", "approved")),
                                name="threshold_once_a_day",
                                violation_error_message="该阈值这一天已设定。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "approved", "refused"])),
                                name="threshold_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_by__isnull", True), ("set_by__isnull", True), ("state", "approved")
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", True), ("set_by__isnull", False), ("state", "proposed")
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("set_by__isnull", False),
                                        models.Q(("state", "proposed"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="threshold_decided_by_somebody",
                                violation_error_message="阈值由一人提出、另一人审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("set_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="threshold_by_another",
                                violation_error_message="阈值必须由提出人以外的人审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("value__gte", 1), models.Q(("source", ""), _negated=True)),
                                name="threshold_has_source",
                                violation_error_message="阈值应大于零，并写明依据。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
