import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("clues", "0001_initial"),
        ("documents", "0001_initial"),
        ("institutions", "0001_initial"),
        ("photos", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Checklist",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="名称")),
                        (
                            "audience",
                            models.CharField(
                                choices=[("supervisors", "社会监督员"), ("officers", "检查人员")],
                                max_length=12,
                                verbose_name="使用者",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="制定单位管辖",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查清单",
                        "verbose_name_plural": "检查清单",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"),
                                name="checklist_name_once",
                                violation_error_message="本单位已有同名的检查清单。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("audience__in", ["supervisors", "officers"])),
                                name="checklist_audience_known",
                                violation_error_message="“audience”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "草稿"), ("in_use", "使用中"), ("retired", "已停用")],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="启用时间")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="修改说明")),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="inspections.checklist",
                                verbose_name="检查清单",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="启用人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "清单版本",
                        "verbose_name_plural": "清单版本",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("checklist", "number"),
                                name="checklist_version_number_once",
                                violation_error_message="清单的版本号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "in_use", "retired"])),
                                name="checklist_version_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_use")),
                                fields=("checklist",),
                                name="checklist_one_version_in_use",
                                violation_error_message="清单只能有一个使用中的版本。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("checklist",),
                                name="checklist_one_draft",
                                violation_error_message="清单已有一个草稿版本，请先修改并启用它。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("state", "draft")),
                                    models.Q(
                                        models.Q(("state", "draft"), _negated=True), ("published_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="checklist_version_published_has_time",
                                violation_error_message="启用的版本必须有启用时间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Campaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="编号")),
                        ("name", models.CharField(max_length=80, verbose_name="行动名称")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("named", "点题整治"),
                                    ("guard", "监管护苗"),
                                    ("holiday", "寒暑假巡查"),
                                    ("recheck", "回头看"),
                                    ("art_exam", "艺考"),
                                    ("advert", "广告"),
                                    ("prepaid", "预收费"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="行动种类",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="开始日期")),
                        ("ends_on", models.DateField(verbose_name="结束日期")),
                        ("aim", models.TextField(blank=True, max_length=2000, verbose_name="目标任务")),
                        (
                            "categories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("subject", "学科类"),
                                        ("sport", "体育类"),
                                        ("arts", "文化艺术类"),
                                        ("science", "科技类"),
                                        ("other", "其他非学科类"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="培训类别",
                            ),
                        ),
                        (
                            "site_types",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("training", "培训机构"), ("care", "托管机构")], max_length=10
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="场所类型",
                            ),
                        ),
                        (
                            "former_statuses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("preparing", "筹设"),
                                        ("normal", "正常"),
                                        ("suspended", "停业整改"),
                                        ("enrolment_stopped", "责令停止招生"),
                                        ("transformed", "转型"),
                                        ("under_review", "备改审"),
                                        ("closing", "拟终止公告"),
                                        ("deregistered", "注销"),
                                        ("revoked", "吊销"),
                                        ("banned", "取缔"),
                                        ("lost", "失联"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="原状态",
                            ),
                        ),
                        ("daily_returns", models.BooleanField(default=True, verbose_name="要求报送日报")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "草案"), ("running", "进行中"), ("closed", "已结束")],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("report", models.TextField(blank=True, max_length=5000, verbose_name="总结报告")),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="起草人",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns_led",
                                to="accounts.organ",
                                verbose_name="牵头单位",
                            ),
                        ),
                        (
                            "checklist",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="inspections.checklistversion",
                                verbose_name="检查清单",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "专项行动",
                        "verbose_name_plural": "专项行动",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",),
                                name="campaign_number_once",
                                violation_error_message="专项行动编号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "named",
                                            "guard",
                                            "holiday",
                                            "recheck",
                                            "art_exam",
                                            "advert",
                                            "prepaid",
                                            "other",
                                        ],
                                    )
                                ),
                                name="campaign_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "running", "closed"])),
                                name="campaign_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="campaign_period_ordered",
                                violation_error_message="结束日期不能早于开始日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("report", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="campaign_closed_has_report",
                                violation_error_message="结束专项行动须填写总结报告。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-starts_on"], name="campaign_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="编号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("patrol", "日常巡查"), ("sweep", "拉网排查"), ("joint", "联合巡查")],
                                max_length=10,
                                verbose_name="巡查种类",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="名称")),
                        ("held_on", models.DateField(verbose_name="日期")),
                        (
                            "slot",
                            models.CharField(
                                choices=[("morning", "上午"), ("afternoon", "下午"), ("evening", "晚上")],
                                max_length=10,
                                verbose_name="时段",
                            ),
                        ),
                        ("covert", models.BooleanField(default=False, verbose_name="暗访")),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[("province", "省级"), ("city", "市级"), ("county", "县级"), ("town", "镇街")],
                                max_length=10,
                                verbose_name="联合层级",
                            ),
                        ),
                        (
                            "round",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(999),
                                ],
                                verbose_name="轮次",
                            ),
                        ),
                        (
                            "focus",
                            models.CharField(
                                blank=True,
                                choices=[("special", "专查"), ("alongside", "兼查")],
                                max_length=10,
                                verbose_name="专查兼查",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "已排班"),
                                    ("under_way", "进行中"),
                                    ("done", "已完成"),
                                    ("cancelled", "已取消"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("remark", models.TextField(blank=True, max_length=1000, verbose_name="说明")),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to="inspections.campaign",
                                verbose_name="专项行动",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to="accounts.organ",
                                verbose_name="组织单位",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="排班人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "巡查班次",
                        "verbose_name_plural": "巡查排班",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="shift_number_once", violation_error_message="班次编号重复。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["patrol", "sweep", "joint"])),
                                name="shift_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slot__in", ["morning", "afternoon", "evening"])),
                                name="shift_slot_known",
                                violation_error_message="“slot”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "under_way", "done", "cancelled"])),
                                name="shift_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["province", "city", "county", "town", ""])),
                                name="shift_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("focus__in", ["special", "alongside", ""])),
                                name="shift_focus_known",
                                violation_error_message="“focus”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "joint"),
                                    models.Q(("focus", ""), ("level", ""), ("round__isnull", True)),
                                    _connector="OR",
                                ),
                                name="shift_joint_facts",
                                violation_error_message="层级、轮次和专查兼查只用于联合巡查。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "joint"), _negated=True),
                                    models.Q(
                                        models.Q(("level", ""), _negated=True),
                                        models.Q(("focus", ""), _negated=True),
                                        ("round__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="shift_joint_says_all",
                                violation_error_message="联合巡查须填写层级、轮次和专查或兼查。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-held_on"], name="shift_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatrolGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="组名")),
                        (
                            "shift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="inspections.shift",
                                verbose_name="班次",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "巡查分组",
                        "verbose_name_plural": "巡查分组",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("shift", "name"),
                                name="patrol_group_once",
                                violation_error_message="同一班次的组名重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignPaper",
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
                                    ("conference", "联席会议"),
                                    ("leading_group", "领导小组"),
                                    ("task_force", "专班"),
                                    ("plan", "方案"),
                                    ("notice", "通知"),
                                ],
                                max_length=15,
                                verbose_name="文件种类",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("reference", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("dated_on", models.DateField(verbose_name="日期")),
                        ("organ_name", models.CharField(max_length=120, verbose_name="制发单位")),
                        ("text", models.TextField(blank=True, max_length=10000, verbose_name="内容")),
                        ("added_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动文件",
                        "verbose_name_plural": "行动文件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["conference", "leading_group", "task_force", "plan", "notice"])
                                ),
                                name="campaign_paper_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignReturn",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day_on", models.DateField(verbose_name="日报日期")),
                        ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                        ("figures", models.JSONField(verbose_name="数据")),
                        (
                            "led_by_leaders",
                            models.PositiveSmallIntegerField(
                                default=0,
                                validators=[django.core.validators.MaxValueValidator(999)],
                                verbose_name="领导带队(次)",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, max_length=1000, verbose_name="说明")),
                        ("late", models.BooleanField(default=False, verbose_name="迟报")),
                        ("filed_at", models.DateTimeField(verbose_name="报送时间")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returns",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="报送人",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_returns",
                                to="accounts.organ",
                                verbose_name="报送单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动日报",
                        "verbose_name_plural": "行动日报",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "organ", "day_on", "revision"),
                                name="campaign_return_once",
                                violation_error_message="这一天的日报刚刚由他人报送，请刷新。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignUnit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("member", "成员单位"), ("support", "配合单位")],
                                default="member",
                                max_length=10,
                                verbose_name="角色",
                            ),
                        ),
                        ("contact", models.CharField(blank=True, max_length=60, verbose_name="联络人")),
                        ("joined_on", models.DateField(verbose_name="加入日期")),
                        ("left_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="accounts.organ",
                                verbose_name="单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "成员单位",
                        "verbose_name_plural": "成员单位",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_on__isnull", True)),
                                fields=("campaign", "organ"),
                                name="campaign_unit_once",
                                violation_error_message="该单位已是成员单位。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["member", "support"])),
                                name="campaign_unit_role_known",
                                violation_error_message="“role”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on__isnull", True), ("left_on__gte", models.F("joined_on")), _connector="OR"
                                ),
                                name="campaign_unit_ordered",
                                violation_error_message="退出日期不能早于加入日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistSection",
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
                                max_length=1,
                                validators=[
                                    django.core.validators.RegexValidator("^[A-Z]$", "部分代码为一个大写字母，如A。")
                                ],
                                verbose_name="代码",
                            ),
                        ),
                        ("title", models.CharField(max_length=40, verbose_name="名称")),
                        (
                            "aspect",
                            models.CharField(
                                choices=[
                                    ("daily", "日常管理"),
                                    ("safety", "安全隐患"),
                                    ("conduct", "培训行为"),
                                    ("publicity", "广告宣传"),
                                    ("fees", "收费管理"),
                                ],
                                max_length=10,
                                verbose_name="所属方面",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sections",
                                to="inspections.checklistversion",
                                verbose_name="清单版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "清单部分",
                        "verbose_name_plural": "清单部分",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "code"),
                                name="checklist_section_code_once",
                                violation_error_message="同一版本的部分代码重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("aspect__in", ["daily", "safety", "conduct", "publicity", "fees"])),
                                name="checklist_section_aspect_known",
                                violation_error_message="“aspect”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
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
                                max_length=3,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Z][0-9]{2}$", "条目代码为一个大写字母和两位数字，如A01。"
                                    )
                                ],
                                verbose_name="代码",
                            ),
                        ),
                        ("text", models.CharField(max_length=120, verbose_name="检查内容")),
                        (
                            "severity",
                            models.CharField(
                                choices=[("light", "轻"), ("major", "重"), ("critical", "严")],
                                max_length=10,
                                verbose_name="严重程度",
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                        (
                            "photo",
                            models.CharField(
                                choices=[("must", "必"), ("may", "选"), ("no", "否")],
                                default="may",
                                max_length=6,
                                verbose_name="拍照",
                            ),
                        ),
                        ("officer_only", models.BooleanField(default=False, verbose_name="监督员通常无法查看")),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="inspections.checklistsection",
                                verbose_name="所属部分",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="inspections.checklistversion",
                                verbose_name="清单版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "清单条目",
                        "verbose_name_plural": "清单条目",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "code"),
                                name="checklist_item_code_once",
                                violation_error_message="同一版本的条目代码重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("severity__in", ["light", "major", "critical"])),
                                name="checklist_item_severity_known",
                                violation_error_message="“severity”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("photo__in", ["must", "may", "no"])),
                                name="checklist_item_photo_known",
                                violation_error_message="“photo”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=30, verbose_name="抽查编号")),
                        ("title", models.CharField(max_length=120, verbose_name="抽查名称")),
                        (
                            "plan",
                            models.CharField(
                                help_text="年度抽查计划或工作方案的名称、文号。",
                                max_length=200,
                                verbose_name="抽查计划",
                            ),
                        ),
                        (
                            "items",
                            models.CharField(
                                help_text="如：办学许可、收费、预收费监管、从业人员、安全。",
                                max_length=500,
                                verbose_name="检查事项",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "拟定"),
                                    ("frozen", "名册已冻结"),
                                    ("drawn", "已抽取"),
                                    ("checked", "检查完成"),
                                    ("published", "结果已公示"),
                                    ("closed", "已归档"),
                                    ("voided", "已作废"),
                                    ("discarded", "已放弃"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        (
                            "categories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("subject", "学科类"),
                                        ("sport", "体育类"),
                                        ("arts", "文化艺术类"),
                                        ("science", "科技类"),
                                        ("other", "其他非学科类"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="培训类别",
                            ),
                        ),
                        (
                            "areas",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="镇街",
                            ),
                        ),
                        (
                            "site_type",
                            models.CharField(
                                blank=True,
                                choices=[("training", "培训机构"), ("care", "托管机构")],
                                max_length=10,
                                verbose_name="机构类型",
                            ),
                        ),
                        (
                            "ratio_a",
                            models.PositiveSmallIntegerField(
                                default=5,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="A级比例(%)",
                            ),
                        ),
                        (
                            "ratio_b",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="B级比例(%)",
                            ),
                        ),
                        (
                            "ratio_c",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="C级比例(%)",
                            ),
                        ),
                        (
                            "ratio_d",
                            models.PositiveSmallIntegerField(
                                default=40,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="D级比例(%)",
                            ),
                        ),
                        (
                            "ratio_ungraded",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="未评级比例(%)",
                            ),
                        ),
                        (
                            "avoid_recent",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="0为不避开。",
                                validators=[django.core.validators.MaxValueValidator(12)],
                                verbose_name="避开最近几次的同组",
                            ),
                        ),
                        ("public_number", models.CharField(blank=True, max_length=60, verbose_name="公开号码")),
                        ("seed", models.CharField(blank=True, max_length=64, verbose_name="种子")),
                        ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="抽取时间")),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="检查完成日期")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="结果公示日期")),
                        ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废理由")),
                        ("void_remark", models.CharField(blank=True, max_length=300, verbose_name="作废审核意见")),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="抽取人",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draws",
                                to="accounts.organ",
                                verbose_name="抽查单位",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟定人",
                            ),
                        ),
                        (
                            "replaces",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="redraws",
                                to="inspections.draw",
                                verbose_name="重抽自",
                            ),
                        ),
                        (
                            "void_agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作废审核人",
                            ),
                        ),
                        (
                            "void_asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作废申请人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "双随机抽查",
                        "verbose_name_plural": "双随机抽查",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "frozen",
                                            "drawn",
                                            "checked",
                                            "published",
                                            "closed",
                                            "voided",
                                            "discarded",
                                        ],
                                    )
                                ),
                                name="draw_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("site_type__in", ["training", "care", ""])),
                                name="draw_site_type_known",
                                violation_error_message="“site_type”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ratio_a__gte", 1), ("ratio_a__lte", 100)),
                                name="draw_ratio_a_percent",
                                violation_error_message="A级比例应为1至100的整数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ratio_b__gte", 1), ("ratio_b__lte", 100)),
                                name="draw_ratio_b_percent",
                                violation_error_message="B级比例应为1至100的整数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ratio_c__gte", 1), ("ratio_c__lte", 100)),
                                name="draw_ratio_c_percent",
                                violation_error_message="C级比例应为1至100的整数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ratio_d__gte", 1), ("ratio_d__lte", 100)),
                                name="draw_ratio_d_percent",
                                violation_error_message="D级比例应为1至100的整数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ratio_ungraded__gte", 1), ("ratio_ungraded__lte", 100)),
                                name="draw_ratio_ungraded_percent",
                                violation_error_message="未评级比例应为1至100的整数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(("plan", ""), _negated=True),
                                    models.Q(("items", ""), _negated=True),
                                ),
                                name="draw_says_what",
                                violation_error_message="请填写抽查名称、抽查计划和检查事项。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="draw_number_once",
                                violation_error_message="抽查编号重复，请重试。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("number__gt", ""),
                                        ("state__in", ("frozen", "drawn", "checked", "published", "closed", "voided")),
                                    ),
                                    models.Q(("number", ""), ("state__in", ["draft", "discarded"])),
                                    _connector="OR",
                                ),
                                name="draw_numbered_when_public",
                                violation_error_message="名册冻结时编号，此前没有编号。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "discarded"), _negated=True),
                                fields=("replaces",),
                                name="draw_replaced_once",
                                violation_error_message="该作废的抽查已重新抽取。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("drawn_at__isnull", True),
                                        ("drawn_by__isnull", True),
                                        ("public_number", ""),
                                        ("seed", ""),
                                    ),
                                    models.Q(
                                        ("drawn_at__isnull", False),
                                        ("drawn_by__isnull", False),
                                        ("public_number__gt", ""),
                                        ("seed__regex", "^[0-9a-f]{64}$"),
                                    ),
                                    _connector="OR",
                                ),
                                name="draw_drawn_whole",
                                violation_error_message="公开号码、种子、抽取人和抽取时间应同时登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("seed__gt", ""), ("state__in", ("drawn", "checked", "published", "closed"))
                                    ),
                                    models.Q(("seed", ""), ("state__in", ["draft", "discarded", "frozen"])),
                                    ("state", "voided"),
                                    _connector="OR",
                                ),
                                name="draw_drawn_by_state",
                                violation_error_message="抽取的事实应与状态一致。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("void_agreed_by__isnull", True),
                                        ("void_asked_by__isnull", True),
                                        ("void_reason", ""),
                                    ),
                                    models.Q(
                                        ("void_asked_by__isnull", False), models.Q(("void_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="draw_void_has_reason",
                                violation_error_message="作废须有申请人和理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("void_agreed_by__isnull", True),
                                    models.Q(("void_agreed_by", models.F("void_asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="draw_void_four_eyes",
                                violation_error_message="作废的申请人不能审核自己的申请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "voided"), ("void_agreed_by__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "voided"), _negated=True), ("void_agreed_by__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="draw_voided_by_two",
                                violation_error_message="作废须经另一人审核同意。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-state_at"], name="draw_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawCommitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rule", models.CharField(max_length=300, verbose_name="抽取规则")),
                        ("number_source", models.CharField(max_length=200, verbose_name="以哪个公开号码为准")),
                        ("number_on", models.DateField(verbose_name="号码公布日期")),
                        ("pool_sha256", models.CharField(max_length=64, verbose_name="名册校验值")),
                        ("pool", models.BinaryField(verbose_name="名册")),
                        ("institutions", models.BinaryField(verbose_name="机构")),
                        ("objects_count", models.PositiveIntegerField(verbose_name="对象(家)")),
                        ("officers_count", models.PositiveIntegerField(verbose_name="检查人员(人)")),
                        ("strata", models.JSONField(help_text="{层: [家数, 抽取家数]}", verbose_name="分层")),
                        ("frozen_at", models.DateTimeField(verbose_name="冻结时间")),
                        (
                            "draw",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitment",
                                to="inspections.draw",
                                verbose_name="抽查",
                            ),
                        ),
                        (
                            "frozen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="冻结人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "抽查名册",
                        "verbose_name_plural": "抽查名册",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pool_sha256__regex", "^[0-9a-f]{64}$")),
                                name="draw_pool_hash_format",
                                violation_error_message="名册校验值格式有误。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number_on__gt", models.F("frozen_at__date"))),
                                name="draw_number_after_freezing",
                                violation_error_message="公开号码的公布日期必须晚于名册冻结之日。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawExclusion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=200, verbose_name="排除理由")),
                        ("excluded_at", models.DateTimeField(verbose_name="排除时间")),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exclusions",
                                to="inspections.draw",
                                verbose_name="抽查",
                            ),
                        ),
                        (
                            "excluded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="排除人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draw_exclusions",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "排除的抽查对象",
                        "verbose_name_plural": "排除的抽查对象",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draw", "institution"),
                                name="draw_exclusion_once",
                                violation_error_message="该机构已排除。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="draw_exclusion_has_reason",
                                violation_error_message="请写明排除理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="执法证号")),
                        ("by_hand", models.BooleanField(default=False, verbose_name="名册外指定")),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="inspections.draw",
                                verbose_name="抽查",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                                verbose_name="岗位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "抽查检查人员",
                        "verbose_name_plural": "抽查检查人员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draw", "number"),
                                name="draw_officer_number_once",
                                violation_error_message="两名检查人员的执法证号相同。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "^[^\\s,]+$")),
                                name="draw_officer_number_format",
                                violation_error_message="执法证号不能为空，也不能含空格和逗号。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FigureSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="表名")),
                        ("period_from", models.DateField(verbose_name="期间起")),
                        ("period_to", models.DateField(verbose_name="期间止")),
                        ("figures", models.JSONField(verbose_name="数据")),
                        ("counted_at", models.DateTimeField(verbose_name="数据截止时间")),
                        ("remark", models.TextField(blank=True, max_length=1000, verbose_name="情况说明")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "待审核"),
                                    ("returned", "退回"),
                                    ("reviewed", "已审核"),
                                    ("issued", "已出具"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="prepared",
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
                                related_name="figure_sheets",
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
                    ],
                    options={
                        "verbose_name": "工作统计表",
                        "verbose_name_plural": "工作统计表",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["prepared", "returned", "reviewed", "issued", "withdrawn"])
                                ),
                                name="figure_sheet_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_to__isnull", True),
                                    ("period_to__gte", models.F("period_from")),
                                    _connector="OR",
                                ),
                                name="figure_sheet_period_ordered",
                                violation_error_message="期间止不能早于期间起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reviewed_by", models.F("prepared_by")), _negated=True),
                                name="figure_sheet_two_persons",
                                violation_error_message="统计表须由编制人以外的另一人审核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["reviewed", "issued", "returned"]), _negated=True),
                                    ("reviewed_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="figure_sheet_reviewed_by_somebody",
                                violation_error_message="审核过的统计表必须有审核人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("review_remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="figure_sheet_returned_says_why",
                                violation_error_message="退回统计表必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("document__isnull", False), ("state", "issued")),
                                    models.Q(models.Q(("state", "issued"), _negated=True), ("document__isnull", True)),
                                    _connector="OR",
                                ),
                                name="figure_sheet_issued_has_document",
                                violation_error_message="已出具的统计表必须有文书。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("prepared", "returned", "reviewed")), ("campaign__isnull", True)
                                ),
                                fields=("organ", "period_from", "period_to"),
                                name="figure_sheet_period_once",
                                violation_error_message="这个期间的统计表正在办理，请打开那一份。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ("prepared", "returned", "reviewed")), ("campaign__isnull", False)
                                ),
                                fields=("organ", "campaign", "period_from", "period_to"),
                                name="figure_sheet_campaign_once",
                                violation_error_message="这个期间的统计表正在办理，请打开那一份。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-period_to", "-id"], name="figure_sheet_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTotal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("visits", "检查家次"),
                                    ("sites", "检查家数"),
                                    ("person_times", "出动人次"),
                                    ("with_problem", "发现问题家数"),
                                    ("supervisor_visits", "社会监督员走访"),
                                    ("notices", "整改通知书"),
                                    ("cases", "立案"),
                                    ("penalised", "查处机构"),
                                    ("unlicensed", "查处无证场所"),
                                    ("dispersed", "清散学生"),
                                    ("ad_places", "清理广告(处)"),
                                    ("ad_faces", "清理广告(面)"),
                                    ("ad_boards", "清理广告(块)"),
                                    ("ad_sheets", "清理广告(张)"),
                                    ("ad_sites", "清理广告(家)"),
                                    ("interviewed", "约谈机构"),
                                    ("interviews", "约谈"),
                                    ("materials", "审核材料"),
                                ],
                                max_length=20,
                                verbose_name="指标",
                            ),
                        ),
                        ("period_from", models.DateField(verbose_name="期间起")),
                        ("period_to", models.DateField(verbose_name="期间止")),
                        ("value", models.PositiveBigIntegerField(verbose_name="数值")),
                        ("at_least", models.BooleanField(default=False, verbose_name="数值为下限(余、多)")),
                        ("source_title", models.CharField(max_length=120, verbose_name="依据文件")),
                        ("source_no", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                        ("source_on", models.DateField(verbose_name="文件日期")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="备注")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("pending", "待审核"),
                                    ("confirmed", "已确认"),
                                    ("returned", "退回"),
                                    ("voided", "作废"),
                                ],
                                default="pending",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                        ("decision_remark", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                        (
                            "records_then",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="审核时系统记录数"),
                        ),
                        ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废理由")),
                        (
                            "decided_by",
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
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="录入人",
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
                        "verbose_name": "历史汇总",
                        "verbose_name_plural": "历史汇总",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "measure__in",
                                        [
                                            "visits",
                                            "sites",
                                            "person_times",
                                            "with_problem",
                                            "supervisor_visits",
                                            "notices",
                                            "cases",
                                            "penalised",
                                            "unlicensed",
                                            "dispersed",
                                            "ad_places",
                                            "ad_faces",
                                            "ad_boards",
                                            "ad_sheets",
                                            "ad_sites",
                                            "interviewed",
                                            "interviews",
                                            "materials",
                                        ],
                                    )
                                ),
                                name="total_measure_known",
                                violation_error_message="“measure”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["pending", "confirmed", "returned", "voided"])),
                                name="total_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_to__isnull", True),
                                    ("period_to__gte", models.F("period_from")),
                                    _connector="OR",
                                ),
                                name="total_period_ordered",
                                violation_error_message="期间止不能早于期间起。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state__in", ("pending", "confirmed"))),
                                expressions=[
                                    ("jurisdiction", "="),
                                    ("measure", "="),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "period_from",
                                            "period_to",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="total_one_a_period",
                                violation_error_message="这个单位的同一指标在这段时间已有历史汇总，期间不能重叠。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("entered_by")), _negated=True),
                                name="total_two_persons",
                                violation_error_message="历史汇总须由录入人以外的另一人审核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["confirmed", "returned"]), _negated=True),
                                    ("decided_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="total_decided_by_somebody",
                                violation_error_message="已确认或退回的历史汇总必须写明审核人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "returned"), _negated=True),
                                    models.Q(("decision_remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="total_returned_says_why",
                                violation_error_message="退回历史汇总必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "voided"), ("void_reason", ""), _connector="XOR"),
                                name="total_void_has_reason",
                                violation_error_message="作废历史汇总必须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "measure", "period_from"], name="total_by_measure"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterestDeclaration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="利益关系")),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                        ("declared_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "declared_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interests",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interests",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申报人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "利益关系申报",
                        "verbose_name_plural": "利益关系申报(回避)",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="interest_period_ordered",
                                violation_error_message="截止日期不能早于起始日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="interest_has_reason",
                                violation_error_message="请写明利益关系。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("person", "institution"),
                                name="interest_open_once",
                                violation_error_message="该人员对该机构的利益关系已申报。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="附件名称")),
                        (
                            "format",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("docx", "Word"),
                                    ("xlsx", "Excel"),
                                    ("jpg", "图片"),
                                    ("png", "图片(PNG)"),
                                ],
                                max_length=8,
                                verbose_name="格式",
                            ),
                        ),
                        ("path", models.CharField(max_length=200, verbose_name="存放位置")),
                        ("sealed_sha256", models.CharField(max_length=64, verbose_name="存放内容摘要")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件摘要(SHA-256)")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("added_at", models.DateTimeField(verbose_name="上传时间")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上传人",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="inspections.campaignpaper",
                                verbose_name="行动文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动文件附件",
                        "verbose_name_plural": "行动文件附件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("format__in", ["pdf", "docx", "xlsx", "jpg", "png"])),
                                name="paper_file_format_known",
                                violation_error_message="“format”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("path",),
                                name="paper_file_path_once",
                                violation_error_message="附件的存放位置重复。",
                            ),
                            models.UniqueConstraint(
                                fields=("paper", "sha256"),
                                name="paper_file_once",
                                violation_error_message="这份附件已经上传过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("size__gte", 1),
                                    models.Q(("path", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                ),
                                name="paper_file_whole",
                                violation_error_message="附件不完整。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("organ_name", models.CharField(blank=True, max_length=120, verbose_name="单位名称")),
                        ("certificate_no", models.CharField(blank=True, max_length=40, verbose_name="执法证号")),
                        ("leads", models.BooleanField(default=False, verbose_name="组长")),
                        ("attended", models.BooleanField(blank=True, null=True, verbose_name="到岗")),
                        (
                            "organ",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patrols",
                                to="accounts.organ",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patrols",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="inspections.patrolgroup",
                                verbose_name="分组",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "组员",
                        "verbose_name_plural": "组员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "user"),
                                name="group_member_once",
                                violation_error_message="同一分组人员重复。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", True)),
                                fields=("group", "name", "organ_name"),
                                name="group_named_member_once",
                                violation_error_message="同一分组人员重复。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("leads", True)),
                                fields=("group",),
                                name="group_one_leader",
                                violation_error_message="一个分组只有一名组长。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.division",
                                verbose_name="区域",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="inspections.patrolgroup",
                                verbose_name="分组",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分组区域",
                        "verbose_name_plural": "分组区域",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "division"),
                                name="group_area_once",
                                violation_error_message="同一分组的区域重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="编号")),
                        ("client_id", models.UUIDField(default=uuid.uuid4, verbose_name="表单标识")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("routine", "日常检查"),
                                    ("random", "双随机抽查"),
                                    ("campaign", "专项检查"),
                                    ("joint", "联合检查"),
                                    ("covert", "暗访"),
                                    ("recheck", "复查"),
                                    ("supervisor", "社会监督员走访"),
                                    ("specialist", "学校专员走访"),
                                ],
                                max_length=12,
                                verbose_name="检查种类",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
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
                            "site_type",
                            models.CharField(
                                choices=[("training", "培训机构"), ("care", "托管机构")],
                                default="training",
                                max_length=10,
                                verbose_name="场所类型",
                            ),
                        ),
                        ("subject_name", models.CharField(max_length=120, verbose_name="检查对象")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        ("visited_on", models.DateField(verbose_name="检查日期")),
                        (
                            "slot",
                            models.CharField(
                                choices=[("morning", "上午"), ("afternoon", "下午"), ("evening", "晚上")],
                                max_length=10,
                                verbose_name="时段",
                            ),
                        ),
                        ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="开始时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                        ("off_hours", models.BooleanField(default=False, verbose_name="班外时间")),
                        ("covert", models.BooleanField(default=False, verbose_name="暗访")),
                        ("group_key", models.CharField(max_length=80, verbose_name="检查组标识")),
                        ("group_name", models.CharField(blank=True, max_length=60, verbose_name="检查组")),
                        ("unnamed", models.PositiveSmallIntegerField(default=0, verbose_name="未具名人员数")),
                        ("filed_by_name", models.CharField(max_length=60, verbose_name="填报人姓名")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "source",
                            models.CharField(
                                choices=[("phone", "手机"), ("desk", "后台"), ("sheet", "表格导入")],
                                max_length=10,
                                verbose_name="登记方式",
                            ),
                        ),
                        (
                            "timeliness",
                            models.CharField(
                                choices=[("on_time", "按时"), ("late", "补录"), ("overdue", "超期补录")],
                                default="on_time",
                                max_length=10,
                                verbose_name="登记及时性",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict, verbose_name="逐项结果")),
                        ("answered", models.PositiveSmallIntegerField(default=0, verbose_name="已答项数")),
                        ("failed", models.PositiveSmallIntegerField(default=0, verbose_name="不合格项数")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("clean", "未发现问题"),
                                    ("corrected", "发现问题当场改正"),
                                    ("follow_up", "发现问题待后续处理"),
                                    ("closed_door", "未营业或无人"),
                                    ("refused", "不配合检查"),
                                ],
                                max_length=12,
                                verbose_name="检查结论",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, max_length=2000, verbose_name="情况说明")),
                        ("remark_key", models.CharField(blank=True, max_length=32, verbose_name="说明摘要")),
                        ("accompanied_by", models.CharField(blank=True, max_length=120, verbose_name="陪同人员")),
                        ("statement", models.TextField(blank=True, max_length=1000, verbose_name="当事人陈述")),
                        ("pupils", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="现场学生数")),
                        ("pupils_at_least", models.BooleanField(default=False, verbose_name="学生数为下限(余)")),
                        (
                            "teachers",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="现场教师数"),
                        ),
                        ("teachers_at_least", models.BooleanField(default=False, verbose_name="教师数为下限(余)")),
                        (
                            "dispersed",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="清散学生数"),
                        ),
                        ("dispersed_at_least", models.BooleanField(default=False, verbose_name="清散数为下限(余)")),
                        (
                            "latitude",
                            models.SmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-9000),
                                    django.core.validators.MaxValueValidator(9000),
                                ],
                                verbose_name="纬度(百分之一度)",
                            ),
                        ),
                        (
                            "longitude",
                            models.SmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-18000),
                                    django.core.validators.MaxValueValidator(18000),
                                ],
                                verbose_name="经度(百分之一度)",
                            ),
                        ),
                        ("no_place_reason", models.CharField(blank=True, max_length=120, verbose_name="无定位原因")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                        ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废理由")),
                        (
                            "checklist",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="inspections.checklistversion",
                                verbose_name="检查清单",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits_filed",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="填报人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
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
                        (
                            "organ",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="填报单位",
                            ),
                        ),
                        (
                            "unlicensed",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="institutions.unlicensedsite",
                                verbose_name="无证场所",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作废人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查记录",
                        "verbose_name_plural": "检查记录",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="visit_number_once", violation_error_message="检查编号重复。"
                            ),
                            models.UniqueConstraint(
                                fields=("client_id",),
                                name="visit_client_id_once",
                                violation_error_message="这份检查表已经提交过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("institution__isnull", False), ("unlicensed__isnull", True)),
                                    models.Q(("institution__isnull", True), ("unlicensed__isnull", False)),
                                    _connector="OR",
                                ),
                                name="visit_one_subject",
                                violation_error_message="一次检查只对应一家机构或一处无证场所。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("institution__isnull", False), ("voided_at__isnull", True)),
                                fields=("institution", "visited_on", "slot", "group_key"),
                                name="visit_institution_once_a_slot",
                                violation_error_message="同一组人员在同一天同一时段对这家机构的检查已登记过。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("unlicensed__isnull", False), ("voided_at__isnull", True)),
                                fields=("unlicensed", "visited_on", "slot", "group_key"),
                                name="visit_unlicensed_once_a_slot",
                                violation_error_message="同一组人员在同一天同一时段对这处场所的检查已登记过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "routine",
                                            "random",
                                            "campaign",
                                            "joint",
                                            "covert",
                                            "recheck",
                                            "supervisor",
                                            "specialist",
                                        ],
                                    )
                                ),
                                name="visit_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="visit_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("site_type__in", ["training", "care"])),
                                name="visit_site_type_known",
                                violation_error_message="“site_type”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slot__in", ["morning", "afternoon", "evening"])),
                                name="visit_slot_known",
                                violation_error_message="“slot”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["phone", "desk", "sheet"])),
                                name="visit_source_known",
                                violation_error_message="“source”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("timeliness__in", ["on_time", "late", "overdue"])),
                                name="visit_timeliness_known",
                                violation_error_message="“timeliness”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["clean", "corrected", "follow_up", "closed_door", "refused"])
                                ),
                                name="visit_outcome_known",
                                violation_error_message="“outcome”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True),
                                    ("ended_at__gte", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="visit_times_ordered",
                                violation_error_message="结束时间不能早于开始时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("void_reason", ""), ("voided_at__isnull", True)),
                                    models.Q(
                                        ("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="visit_void_has_reason",
                                violation_error_message="作废检查记录必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "covert"), _negated=True), ("covert", True), _connector="OR"
                                ),
                                name="visit_covert_kind_is_covert",
                                violation_error_message="暗访记录必须标为暗访。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-visited_on", "-id"], name="visit_by_bureau"),
                            models.Index(fields=["institution", "-visited_on"], name="visit_by_institution"),
                            models.Index(fields=["filed_by", "-visited_on"], name="visit_by_person"),
                            models.Index(
                                condition=models.Q(("remark_key", ""), _negated=True),
                                fields=["remark_key"],
                                name="visit_by_remark",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("closed", "封"), ("corrected", "改"), ("guided", "引导纳管")],
                                max_length=10,
                                verbose_name="联合处置",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="inspections.patrolgroup",
                                verbose_name="分组",
                            ),
                        ),
                        (
                            "visit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_visit",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分组检查",
                        "verbose_name_plural": "分组检查",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["closed", "corrected", "guided", ""])),
                                name="group_visit_outcome_known",
                                violation_error_message="“outcome”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=3, verbose_name="条目代码")),
                        ("text", models.CharField(max_length=120, verbose_name="检查内容")),
                        (
                            "aspect",
                            models.CharField(
                                choices=[
                                    ("daily", "日常管理"),
                                    ("safety", "安全隐患"),
                                    ("conduct", "培训行为"),
                                    ("publicity", "广告宣传"),
                                    ("fees", "收费管理"),
                                ],
                                max_length=10,
                                verbose_name="所属方面",
                            ),
                        ),
                        (
                            "severity",
                            models.CharField(
                                choices=[("light", "轻"), ("major", "重"), ("critical", "严")],
                                max_length=10,
                                verbose_name="严重程度",
                            ),
                        ),
                        ("note", models.TextField(blank=True, max_length=1000, verbose_name="情况")),
                        ("note_key", models.CharField(blank=True, max_length=32, verbose_name="情况摘要")),
                        (
                            "state",
                            models.CharField(
                                choices=[("reported", "待核实"), ("confirmed", "属实"), ("dismissed", "不属实")],
                                default="reported",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("judged_remark", models.CharField(blank=True, max_length=300, verbose_name="核实情况")),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspections.checklistitem",
                                verbose_name="清单条目",
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核实人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发现问题",
                        "verbose_name_plural": "发现问题",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("visit", "code"),
                                name="finding_item_once",
                                violation_error_message="同一检查中同一条目只记一次。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("aspect__in", ["daily", "safety", "conduct", "publicity", "fees"])),
                                name="finding_aspect_known",
                                violation_error_message="“aspect”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("severity__in", ["light", "major", "critical"])),
                                name="finding_severity_known",
                                violation_error_message="“severity”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["reported", "confirmed", "dismissed"])),
                                name="finding_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dismissed"), _negated=True),
                                    models.Q(("judged_remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="finding_dismissed_says_why",
                                violation_error_message="核实不属实必须写明情况。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "severity"], name="finding_by_state"),
                            models.Index(
                                condition=models.Q(("note_key", ""), _negated=True),
                                fields=["note_key"],
                                name="finding_by_note",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrawnObject",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="编号(信用代码)")),
                        ("stratum", models.CharField(max_length=10, verbose_name="层")),
                        ("rank", models.PositiveIntegerField(verbose_name="位次")),
                        ("pair_reason", models.CharField(blank=True, max_length=200, verbose_name="人工指定理由")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "未发现问题"),
                                    ("corrected", "发现问题已责令改正"),
                                    ("pending", "发现问题待后续处理"),
                                    ("not_shown", "未按规定公示应当公示的信息"),
                                    ("unreachable", "通过登记的住所(场所)无法联系"),
                                    ("refused", "不配合检查情节严重"),
                                ],
                                max_length=12,
                                verbose_name="检查结果",
                            ),
                        ),
                        (
                            "follow_up",
                            models.CharField(
                                blank=True, help_text="将随结果公示。", max_length=300, verbose_name="后续处理"
                            ),
                        ),
                        ("checked_on", models.DateField(blank=True, null=True, verbose_name="检查日期")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="公示日期")),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drawn",
                                to="inspections.draw",
                                verbose_name="抽查",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drawn_in",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "first_officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.drawofficer",
                                verbose_name="检查人员甲",
                            ),
                        ),
                        (
                            "second_officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.drawofficer",
                                verbose_name="检查人员乙",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drawn_objects",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "双随机检查对象",
                        "verbose_name_plural": "双随机检查对象",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "result__in",
                                        ["nothing", "corrected", "pending", "not_shown", "unreachable", "refused", ""],
                                    )
                                ),
                                name="drawn_result_known",
                                violation_error_message="“result”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("draw", "code"),
                                name="drawn_once",
                                violation_error_message="同一对象只抽取一次。",
                            ),
                            models.UniqueConstraint(
                                fields=("draw", "stratum", "rank"),
                                name="drawn_rank_once",
                                violation_error_message="位次重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("first_officer__isnull", True), ("second_officer__isnull", True)),
                                    models.Q(
                                        ("first_officer__isnull", False),
                                        ("second_officer__isnull", False),
                                        models.Q(("first_officer", models.F("second_officer")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="drawn_two_officers",
                                violation_error_message="检查人员应为不同的两人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pair_reason", ""), ("first_officer__isnull", False), _connector="OR"
                                ),
                                name="drawn_named_by_hand",
                                violation_error_message="人工指定理由应与指定的检查人员同时登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("checked_on", None),
                                        ("entered_by", None),
                                        ("published_on", None),
                                        ("result", ""),
                                        ("visit", None),
                                    ),
                                    models.Q(
                                        models.Q(("result", ""), _negated=True),
                                        ("checked_on__isnull", False),
                                        ("entered_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="drawn_result_whole",
                                violation_error_message="检查结果、检查日期和登记人应同时登记。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution"], name="drawn_by_institution"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("tagged_at", models.DateTimeField(verbose_name="计入时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="移出时间")),
                        ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="移出理由")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_tags",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "tagged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="计入人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_tags",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动检查",
                        "verbose_name_plural": "行动检查",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("campaign", "visit"),
                                name="campaign_visit_once",
                                violation_error_message="这次检查已计入该专项行动。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                                    models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="campaign_visit_end_says_why",
                                violation_error_message="移出专项行动须写明理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignTarget",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
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
                        ("site_name", models.CharField(max_length=120, verbose_name="对象")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("hazard", "重大安全隐患"),
                                        ("unlicensed", "无证"),
                                        ("complaints", "投诉强烈"),
                                        ("earlier", "已查问题"),
                                        ("former", "曾停办注销转型"),
                                        ("flagged", "风险标记"),
                                        ("scope", "范围内"),
                                        ("named", "人工列入"),
                                    ],
                                    max_length=12,
                                ),
                                default=list,
                                size=None,
                                verbose_name="列入原因",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="情况")),
                        (
                            "state",
                            models.CharField(
                                choices=[("listed", "在册"), ("dropped", "已剔除")],
                                default="listed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("drop_reason", models.CharField(blank=True, max_length=300, verbose_name="剔除理由")),
                        (
                            "result",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("corrected", "已整改"),
                                    ("relapsed", "反弹"),
                                    ("mutated", "变异"),
                                    ("lost", "失联"),
                                ],
                                max_length=10,
                                verbose_name="复核结果",
                            ),
                        ),
                        ("result_remark", models.CharField(blank=True, max_length=300, verbose_name="复核说明")),
                        ("listed_at", models.DateTimeField(verbose_name="列入时间")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targeted",
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
                        (
                            "unlicensed",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targeted",
                                to="institutions.unlicensedsite",
                                verbose_name="无证场所",
                            ),
                        ),
                        (
                            "result_visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="inspections.visit",
                                verbose_name="复核依据",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动对象",
                        "verbose_name_plural": "行动对象",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("institution__isnull", False), ("unlicensed__isnull", True)),
                                    models.Q(("institution__isnull", True), ("unlicensed__isnull", False)),
                                    _connector="OR",
                                ),
                                name="target_one_subject",
                                violation_error_message="一个对象只对应一家机构或一处无证场所。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("institution__isnull", False)),
                                fields=("campaign", "institution"),
                                name="target_institution_once",
                                violation_error_message="这家机构已在对象清单中。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("unlicensed__isnull", False)),
                                fields=("campaign", "unlicensed"),
                                name="target_unlicensed_once",
                                violation_error_message="这处场所已在对象清单中。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="target_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["listed", "dropped"])),
                                name="target_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("result__in", ["corrected", "relapsed", "mutated", "lost", ""])),
                                name="target_result_known",
                                violation_error_message="“result”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", ""), ("result_visit__isnull", True)),
                                    models.Q(models.Q(("result", ""), _negated=True), ("result_visit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="target_result_has_visit",
                                violation_error_message="复核结果须以一次检查为依据。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dropped"), _negated=True),
                                    models.Q(("drop_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="target_dropped_says_why",
                                violation_error_message="剔除对象须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["campaign", "state"], name="target_by_campaign"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("organ_name", models.CharField(blank=True, max_length=120, verbose_name="单位名称")),
                        ("certificate_no", models.CharField(blank=True, max_length=40, verbose_name="执法证号")),
                        (
                            "organ",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits_made",
                                to="accounts.organ",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits_made",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查人员",
                        "verbose_name_plural": "检查人员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "user"),
                                name="visit_officer_once",
                                violation_error_message="同一检查中人员重复。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("user__isnull", True)),
                                fields=("visit", "name", "organ_name"),
                                name="visit_named_officer_once",
                                violation_error_message="同一检查中人员重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=3, verbose_name="条目代码")),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_visit",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检查照片",
                        "verbose_name_plural": "检查照片",
                    },
                ),
                migrations.CreateModel(
                    name="VisitSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("prefix", models.CharField(max_length=2, verbose_name="编号字头")),
                        ("month", models.CharField(max_length=6, verbose_name="月份")),
                        ("last_no", models.PositiveIntegerField(default=0, verbose_name="最后编号")),
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
                        "verbose_name": "检查编号",
                        "verbose_name_plural": "检查编号",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "prefix", "month"),
                                name="visit_series_once",
                                violation_error_message="检查编号序列重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignArea",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="areas",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.division",
                                verbose_name="区域",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动区域",
                        "verbose_name_plural": "行动区域",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("campaign", "division"),
                                name="campaign_area_once",
                                violation_error_message="行动区域重复。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CampaignClue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("tagged_at", models.DateTimeField(verbose_name="计入时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="移出时间")),
                        ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="移出理由")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clue_tags",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaign_tags",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "tagged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="计入人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "行动线索",
                        "verbose_name_plural": "行动线索",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("campaign", "clue"),
                                name="campaign_clue_once",
                                violation_error_message="这条线索已计入该专项行动。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                                    models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="campaign_clue_end_says_why",
                                violation_error_message="移出专项行动须写明理由。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
