import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("assignments", "0001_initial"),
        ("clues", "0001_initial"),
        ("documents", "0001_initial"),
        ("inspections", "0001_initial"),
        ("institutions", "0001_initial"),
        ("photos", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Interview",
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
                                choices=[("individual", "个别约谈"), ("collective", "集体约谈")],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="事由")),
                        ("planned_on", models.DateField(verbose_name="约谈日期")),
                        ("place", models.CharField(max_length=120, verbose_name="地点")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                        ("planned_at", models.DateTimeField(verbose_name="安排时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "待约谈"), ("held", "已约谈"), ("cancelled", "已取消")],
                                default="planned",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="实际约谈日期")),
                        ("host", models.CharField(blank=True, max_length=60, verbose_name="主持人")),
                        ("present", models.CharField(blank=True, max_length=300, verbose_name="参加单位和人员")),
                        ("requirements", models.TextField(blank=True, max_length=2000, verbose_name="要求")),
                        ("commitments", models.TextField(blank=True, max_length=2000, verbose_name="被约谈方表态")),
                        ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="取消理由")),
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interview",
                                to="documents.document",
                                verbose_name="约谈记录",
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
                                to="accounts.organ",
                                verbose_name="约谈单位",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="安排人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "约谈",
                        "verbose_name_plural": "约谈",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="interview_number_once", violation_error_message="编号重复。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["individual", "collective"])),
                                name="interview_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "held", "cancelled"])),
                                name="interview_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_on__isnull", True), ("due_on__gte", models.F("planned_on")), _connector="OR"
                                ),
                                name="interview_due_after_it",
                                violation_error_message="整改期限不能早于约谈日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("held_on__isnull", False),
                                        ("state", "held"),
                                        models.Q(("host", ""), _negated=True),
                                    ),
                                    models.Q(models.Q(("state", "held"), _negated=True), ("held_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="interview_held_has_facts",
                                violation_error_message="完成的约谈必须写明日期和主持人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                                    _connector="OR",
                                ),
                                name="interview_cancelled_with_reason",
                                violation_error_message="取消约谈必须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-planned_on", "-id"], name="interview_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewParty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("summoned", "已通知"),
                                    ("open", "整改中"),
                                    ("fixed", "已整改"),
                                    ("talked", "已约谈"),
                                    ("dropped", "已移出"),
                                ],
                                default="summoned",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("attended", models.BooleanField(blank=True, null=True, verbose_name="到场")),
                        ("attendee", models.CharField(blank=True, max_length=120, verbose_name="到场人和职务")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="核实情况")),
                        (
                            "closing_visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.visit",
                                verbose_name="复查记录",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="enforcement.interview",
                                verbose_name="约谈",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "约谈对象",
                        "verbose_name_plural": "约谈对象",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["summoned", "open", "fixed", "talked", "dropped"])),
                                name="interview_party_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "dropped"), _negated=True),
                                fields=("interview", "institution"),
                                name="interview_party_once",
                                violation_error_message="该机构已在这次约谈中。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closing_visit__isnull", False), ("state", "fixed")),
                                    models.Q(
                                        models.Q(("state", "fixed"), _negated=True), ("closing_visit__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="interview_party_fixed_by_visit",
                                violation_error_message="核实已整改必须有复查记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["open", "fixed"]), _negated=True),
                                    ("due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="interview_party_has_due",
                                violation_error_message="要求整改的，必须有整改期限。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution", "-id"], name="interview_by_institution"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewProblem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="问题")),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="problems",
                                to="enforcement.interview",
                                verbose_name="约谈",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "约谈问题",
                        "verbose_name_plural": "约谈问题",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("interview", "name"),
                                name="interview_problem_once",
                                violation_error_message="同一约谈中问题重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="整改情况")),
                        ("given_by", models.CharField(max_length=60, verbose_name="报告人")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="代为登记人",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="enforcement.interviewparty",
                                verbose_name="约谈对象",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "约谈整改报告",
                        "verbose_name_plural": "约谈整改报告",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text", ""), _negated=True), models.Q(("given_by", ""), _negated=True)
                                ),
                                name="interview_report_says_something",
                                violation_error_message="整改报告必须写明情况和报告人。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewReportPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_interview_report",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="enforcement.interviewreport",
                                verbose_name="整改报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "约谈整改照片",
                        "verbose_name_plural": "约谈整改照片",
                    },
                ),
                migrations.CreateModel(
                    name="Order",
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
                                    ("rectify", "责令限期整改"),
                                    ("stop", "责令停止培训"),
                                    ("on_spot", "当场责令改正"),
                                ],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("on_spot", models.BooleanField(default=False, verbose_name="当场开具")),
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
                        ("party_name", models.CharField(max_length=120, verbose_name="当事人")),
                        ("person_in_charge", models.CharField(blank=True, max_length=60, verbose_name="负责人")),
                        ("facts", models.JSONField(verbose_name="检查发现的问题")),
                        ("clauses", models.CharField(max_length=500, verbose_name="违反的规定")),
                        (
                            "requirements",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="整改要求",
                            ),
                        ),
                        ("stop_scope", models.CharField(blank=True, max_length=300, verbose_name="停止范围")),
                        ("issued_at", models.DateTimeField(verbose_name="开具时间")),
                        ("issued_on", models.DateField(verbose_name="开具日期")),
                        ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                        ("due_on", models.DateField(verbose_name="整改期限")),
                        ("extended_from", models.DateField(blank=True, null=True, verbose_name="原期限")),
                        ("extension_reason", models.CharField(blank=True, max_length=300, verbose_name="延期理由")),
                        (
                            "service",
                            models.CharField(
                                choices=[
                                    ("none", "尚未送达"),
                                    ("direct", "直接送达"),
                                    ("left", "留置送达"),
                                    ("post", "邮寄送达"),
                                    ("electronic", "电子送达(经书面同意)"),
                                    ("notice", "公告送达"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="送达日期")),
                        ("recipient", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                        ("witness", models.CharField(blank=True, max_length=120, verbose_name="见证人")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("issued", "整改中"),
                                    ("answered", "已报整改，待复查"),
                                    ("closed", "已办结"),
                                    ("escalated", "转立案"),
                                    ("voided", "已撤销"),
                                ],
                                default="issued",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                        ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="转立案或撤销的理由")),
                        (
                            "closing_visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders_closed",
                                to="inspections.visit",
                                verbose_name="复查记录",
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
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="documents.document",
                                verbose_name="通知书",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="开具人",
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
                                to="accounts.organ",
                                verbose_name="出具单位",
                            ),
                        ),
                        (
                            "unlicensed",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="institutions.unlicensedsite",
                                verbose_name="无证场所",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="inspections.visit",
                                verbose_name="检查记录",
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
                                verbose_name="撤销人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "责令改正通知书",
                        "verbose_name_plural": "责令改正通知书",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["rectify", "stop", "on_spot"])),
                                name="order_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["issued", "answered", "closed", "escalated", "voided"])
                                ),
                                name="order_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("service__in", ["none", "direct", "left", "post", "electronic", "notice"])
                                ),
                                name="order_service_known",
                                violation_error_message="“service”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="order_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("institution__isnull", False), ("unlicensed__isnull", True)),
                                    models.Q(("institution__isnull", True), ("unlicensed__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_one_party",
                                violation_error_message="一份通知书只对应一家机构或一处无证场所。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("issued", "answered", "closed", "escalated"))),
                                fields=("visit", "kind"),
                                name="order_once_a_visit",
                                violation_error_message="这次检查已开具过同一种通知书。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("issued_on"))),
                                name="order_due_after_issue",
                                violation_error_message="整改期限不能早于开具日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "stop"), _negated=True),
                                    models.Q(("stop_scope", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="order_stop_says_what",
                                violation_error_message="停止培训通知书必须写明停止范围。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("extended_from__isnull", True), ("extension_reason", "")),
                                    models.Q(
                                        ("extended_from__isnull", False),
                                        ("extended_from__lt", models.F("due_on")),
                                        models.Q(("extension_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_extended_with_reason",
                                violation_error_message="延期必须写明理由，新期限应晚于原期限。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("served_on__isnull", True), ("service", "none")),
                                    models.Q(
                                        models.Q(("service", "none"), _negated=True),
                                        ("served_on__gte", models.F("issued_on")),
                                        ("served_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_service_has_date",
                                violation_error_message="送达必须有日期，且不早于开具日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("service", "left"), _negated=True),
                                    models.Q(("witness", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="order_left_with_witness",
                                violation_error_message="留置送达必须写明见证人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("closing_visit__isnull", False),
                                        ("state", "closed"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True),
                                        ("closed_on__isnull", True),
                                        ("closing_visit__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_closed_by_visit",
                                violation_error_message="办结必须有复查记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["escalated", "voided"]),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["escalated", "voided"]), _negated=True),
                                        ("end_reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_end_has_reason",
                                violation_error_message="转立案和撤销必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("voided_by__isnull", True),
                                    models.Q(("voided_by", models.F("issued_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="order_voided_by_other",
                                violation_error_message="开具人不能撤销自己开具的通知书。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-issued_on", "-id"], name="order_by_bureau"),
                            models.Index(fields=["institution", "-issued_on"], name="order_by_institution"),
                            models.Index(
                                condition=models.Q(("state__in", ("issued", "answered"))),
                                fields=["due_on"],
                                name="order_open_by_due",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderCampaign",
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
                                related_name="orders",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="enforcement.order",
                                verbose_name="通知书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "通知书所属专项行动",
                        "verbose_name_plural": "通知书所属专项行动",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("order", "campaign"),
                                name="order_campaign_once",
                                violation_error_message="这份通知书已计入该专项行动。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("organ_name", models.CharField(blank=True, max_length=120, verbose_name="单位名称")),
                        ("certificate_no", models.CharField(max_length=40, verbose_name="执法证号")),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="enforcement.order",
                                verbose_name="通知书",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "执法人员",
                        "verbose_name_plural": "执法人员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("order", "certificate_no"),
                                name="order_officer_once",
                                violation_error_message="同一通知书中执法人员重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proof",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="整改情况")),
                        ("given_by", models.CharField(max_length=60, verbose_name="报告人")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="代为登记人",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="enforcement.order",
                                verbose_name="通知书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改报告",
                        "verbose_name_plural": "整改报告",
                    },
                ),
                migrations.CreateModel(
                    name="ProofPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_proof",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                        (
                            "proof",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="enforcement.proof",
                                verbose_name="整改报告",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改照片",
                        "verbose_name_plural": "整改照片",
                    },
                ),
                migrations.CreateModel(
                    name="Recheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("passed", models.BooleanField(verbose_name="合格")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="复查情况")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecks",
                                to="enforcement.order",
                                verbose_name="通知书",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rechecked_orders",
                                to="inspections.visit",
                                verbose_name="复查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "整改复查",
                        "verbose_name_plural": "整改复查",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("order", "visit"),
                                name="recheck_visit_once",
                                violation_error_message="这次检查已登记为该通知书的复查。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Removal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="处置编号")),
                        ("done_on", models.DateField(verbose_name="处置日期")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="情况")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
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
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="登记单位",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "广告处置",
                        "verbose_name_plural": "广告处置",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="removal_number_once", violation_error_message="编号重复。"
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-done_on"], name="removal_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemovalCampaign",
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
                                related_name="removals",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="enforcement.removal",
                                verbose_name="处置",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "处置所属专项行动",
                        "verbose_name_plural": "处置所属专项行动",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("removal", "campaign"),
                                name="removal_campaign_once",
                                violation_error_message="这次处置已计入该专项行动。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemovalItem",
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
                                choices=[
                                    ("dissuaded", "劝离"),
                                    ("confiscated", "罚没"),
                                    ("dismantled", "拆除"),
                                    ("deleted", "删除"),
                                    ("destroyed", "销毁"),
                                    ("transferred", "移送"),
                                ],
                                max_length=12,
                                verbose_name="处置方式",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(verbose_name="数量")),
                        ("at_least", models.BooleanField(default=False, verbose_name="余")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="作废时间")),
                        ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废理由")),
                        (
                            "assignment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assignments.assignment",
                                verbose_name="移送交办",
                            ),
                        ),
                        (
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="enforcement.removal",
                                verbose_name="处置",
                            ),
                        ),
                        (
                            "sighting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="removals",
                                to="clues.sighting",
                                verbose_name="广告线索",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "广告处置记录",
                        "verbose_name_plural": "广告处置记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outcome__in",
                                        [
                                            "dissuaded",
                                            "confiscated",
                                            "dismantled",
                                            "deleted",
                                            "destroyed",
                                            "transferred",
                                        ],
                                    )
                                ),
                                name="removal_outcome_known",
                                violation_error_message="“outcome”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__range", (1, 100000))),
                                name="removal_quantity_possible",
                                violation_error_message="数量须在1到100000之间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("assignment__isnull", False), ("outcome", "transferred")),
                                    models.Q(
                                        models.Q(("outcome", "transferred"), _negated=True),
                                        ("assignment__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="removal_transferred_to_somebody",
                                violation_error_message="移送必须有接收部门的交办，其他方式没有。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("void_reason", ""), ("voided_at__isnull", True)),
                                    models.Q(
                                        ("voided_at__isnull", False), models.Q(("void_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="removal_void_says_why",
                                violation_error_message="作废必须写明理由。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("removal", "sighting", "outcome"),
                                name="removal_outcome_once",
                                violation_error_message="这次处置已登记过同一广告的同一种方式。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemovalOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("organ_name", models.CharField(blank=True, max_length=120, verbose_name="单位名称")),
                        (
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="enforcement.removal",
                                verbose_name="处置",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "处置人员",
                        "verbose_name_plural": "处置人员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("removal", "name", "organ_name"),
                                name="removal_officer_once",
                                violation_error_message="同一次处置中人员重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RemovalPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_removal",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                        (
                            "removal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="enforcement.removal",
                                verbose_name="处置",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "处置照片",
                        "verbose_name_plural": "处置照片",
                    },
                ),
                migrations.CreateModel(
                    name="StudyVisit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("topics", models.CharField(max_length=300, verbose_name="观摩内容")),
                        ("persons", models.PositiveSmallIntegerField(verbose_name="参加人数")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="study_visits",
                                to="institutions.institution",
                                verbose_name="观摩机构",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="组织单位",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "观摩学习",
                        "verbose_name_plural": "观摩学习",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("persons__gte", 1)),
                                name="study_visit_has_persons",
                                violation_error_message="参加人数至少1人。",
                            ),
                            models.UniqueConstraint(
                                fields=("institution", "held_on", "organ"),
                                name="study_visit_once_a_day",
                                violation_error_message="当天到这家机构的观摩已登记。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StudyGuest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.institution",
                                verbose_name="参加机构",
                            ),
                        ),
                        (
                            "study_visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="enforcement.studyvisit",
                                verbose_name="观摩学习",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "观摩参加机构",
                        "verbose_name_plural": "观摩参加机构",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("study_visit", "institution"),
                                name="study_guest_once",
                                violation_error_message="参加机构重复。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
