import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
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
                    name="CheckYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("report_by", models.DateField(verbose_name="自查报送截止")),
                        (
                            "questions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), size=None, verbose_name="自查项目"
                            ),
                        ),
                        (
                            "grades",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None, verbose_name="结论等次"
                            ),
                        ),
                        ("notice_days", models.PositiveSmallIntegerField(default=7, verbose_name="公示天数(工作日)")),
                        ("opened_at", models.DateTimeField(verbose_name="发起时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="地区",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
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
                    ],
                    options={
                        "verbose_name": "年检安排",
                        "verbose_name_plural": "年检安排",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "year"),
                                name="check_year_once",
                                violation_error_message="该地区这一年度的年检已经安排。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("notice_days__gte", 1),
                                    ("notice_days__lte", 60),
                                    ("year__gte", 2021),
                                    ("year__lte", 2100),
                                ),
                                name="check_year_sane",
                                violation_error_message="年度应在2021至2100之间，公示天数应在1至60之间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AnnualCheck",
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
                                    ("open", "待报送自查"),
                                    ("reported", "待书面审核"),
                                    ("reviewed", "待实地检查"),
                                    ("checked", "待拟定结论"),
                                    ("concluded", "待审定"),
                                    ("notice", "公示中"),
                                    ("done", "已办结"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("report", models.JSONField(blank=True, default=list, verbose_name="自查情况")),
                        ("reported_by", models.CharField(blank=True, max_length=60, verbose_name="报送人")),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="报送时间")),
                        ("review", models.TextField(blank=True, max_length=1000, verbose_name="书面审核意见")),
                        ("conclusion", models.CharField(blank=True, max_length=20, verbose_name="拟定结论")),
                        ("reasons", models.TextField(blank=True, max_length=1000, verbose_name="结论理由")),
                        ("rows", models.JSONField(blank=True, default=list, verbose_name="年度记录")),
                        ("notice_from", models.DateField(blank=True, null=True, verbose_name="公示起")),
                        ("notice_until", models.DateField(blank=True, null=True, verbose_name="公示至")),
                        (
                            "concluded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟定人",
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
                                verbose_name="年检表",
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
                                verbose_name="代为登记人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annual_checks",
                                to="institutions.institution",
                                verbose_name="机构",
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
                                verbose_name="审定人",
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
                                verbose_name="书面审核人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.visit",
                                verbose_name="实地检查记录",
                            ),
                        ),
                        (
                            "check_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="listings.checkyear",
                                verbose_name="年检安排",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年检",
                        "verbose_name_plural": "年检",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["open", "reported", "reviewed", "checked", "concluded", "notice", "done"],
                                    )
                                ),
                                name="annual_check_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("check_year", "institution"),
                                name="annual_check_once",
                                violation_error_message="该机构已在这一年度的年检中。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(
                                        models.Q(("reported_by", ""), _negated=True), ("reported_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="annual_check_reported",
                                violation_error_message="报送必须有报送人和时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("concluded", "notice", "done")), _negated=True),
                                    models.Q(
                                        ("concluded_by__isnull", False),
                                        ("visit__isnull", False),
                                        models.Q(("conclusion", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="annual_check_concluded_on_site",
                                violation_error_message="年检结论必须有实地检查记录和拟定人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["notice", "done"]), _negated=True),
                                    models.Q(
                                        ("notice_from__isnull", False),
                                        ("published_by__isnull", False),
                                        ("notice_until__gte", models.F("notice_from")),
                                        ("notice_until__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="annual_check_notice_has_end",
                                violation_error_message="公示必须有审定人和起止日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_by__isnull", True),
                                    models.Q(("published_by", models.F("concluded_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="annual_check_four_eyes",
                                violation_error_message="拟定结论的人不能审定。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution", "-id"], name="annual_check_by_inst"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListEntry",
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
                                    ("white", "白名单"),
                                    ("black", "黑名单"),
                                    ("warning", "预警名单"),
                                    ("afterschool", "课后服务白名单"),
                                    ("red", "红榜"),
                                ],
                                max_length=12,
                                verbose_name="名单",
                            ),
                        ),
                        ("published", models.BooleanField(default=True, verbose_name="向社会公布")),
                        ("needs_defence", models.BooleanField(default=False, verbose_name="须告知并听取申辩")),
                        ("reason", models.CharField(max_length=300, verbose_name="列入事由")),
                        ("basis", models.CharField(max_length=200, verbose_name="依据")),
                        ("evidence", models.TextField(blank=True, max_length=2000, verbose_name="其他证据材料")),
                        ("contact", models.CharField(blank=True, max_length=100, verbose_name="联系人和电话")),
                        ("effective_on", models.DateField(verbose_name="列入日期")),
                        ("until", models.DateField(verbose_name="期限至")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待审核"),
                                    ("notified", "已告知，待送达"),
                                    ("defending", "陈述申辩期内"),
                                    ("heard", "待审核(已听取申辩)"),
                                    ("approved", "已列入"),
                                    ("removing", "待审核移出"),
                                    ("ended", "已移出"),
                                    ("rejected", "已退回"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
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
                            "hearing",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "—"),
                                    ("lapsed", "期满"),
                                    ("waived", "当事人书面放弃"),
                                    ("before", "本流程启用前列入"),
                                ],
                                max_length=10,
                                verbose_name="申辩期怎样结束",
                            ),
                        ),
                        ("heard_on", models.DateField(blank=True, null=True, verbose_name="申辩期结束日期")),
                        ("answer", models.TextField(blank=True, max_length=2000, verbose_name="对陈述申辩的复核意见")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                        ("decision_remark", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                        ("organ_name", models.CharField(blank=True, max_length=120, verbose_name="公布单位")),
                        (
                            "removal_ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("repaired", "信用修复核查通过"),
                                    ("mistake", "列入有误或依据已失效"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="移出理由",
                            ),
                        ),
                        ("removal_reason", models.CharField(blank=True, max_length=300, verbose_name="移出事由")),
                        ("removal_remark", models.CharField(blank=True, max_length=300, verbose_name="移出审核意见")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="移出日期")),
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
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="list_entries",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "prior_notice",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="documents.document",
                                verbose_name="事先告知书",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提请人",
                            ),
                        ),
                        (
                            "removal_decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="移出审核人",
                            ),
                        ),
                        (
                            "removal_proposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="移出提请人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "名单记录",
                        "verbose_name_plural": "黑白名单",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["white", "black", "warning", "afterschool", "red"])),
                                name="list_entry_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "notified",
                                            "defending",
                                            "heard",
                                            "approved",
                                            "removing",
                                            "ended",
                                            "rejected",
                                        ],
                                    )
                                ),
                                name="list_entry_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("effective_on")), _connector="OR"
                                ),
                                name="list_entry_term_ordered",
                                violation_error_message="期限至不能早于列入日期。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ("proposed", "notified", "defending", "heard", "approved", "removing"),
                                    )
                                ),
                                fields=("institution", "kind"),
                                name="list_entry_open_once",
                                violation_error_message="该机构在这一名单中已有待审核或已公布的记录，请先办结。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("kind__in", ["white", "black"]), ("state__in", ("approved", "removing"))
                                ),
                                fields=("institution",),
                                name="list_entry_one_list_at_a_time",
                                violation_error_message="该机构已在另一名单中，请先移出。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                                ),
                                name="list_entry_has_grounds",
                                violation_error_message="列入事由和依据不能为空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="list_entry_four_eyes",
                                violation_error_message="提请人不能审核自己的提请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("removal_decided_by__isnull", True),
                                    models.Q(("removal_decided_by", models.F("removal_proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="list_entry_removal_four_eyes",
                                violation_error_message="移出的提请人不能审核自己的提请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("state__in", ("proposed", "notified", "defending", "heard")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("proposed", "notified", "defending", "heard")), _negated=True
                                        ),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="list_entry_decided_by_someone",
                                violation_error_message="审核过的名单记录必须有审核人和审核时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "removing"), _negated=True),
                                    models.Q(
                                        ("removal_proposed_by__isnull", False),
                                        models.Q(("removal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="list_entry_removal_has_grounds",
                                violation_error_message="提请移出必须有提请人和事由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="list_entry_end_has_date",
                                violation_error_message="移出日期应与状态一致。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("service__in", ["none", "direct", "left", "post", "electronic", "notice"])
                                ),
                                name="list_entry_service_known",
                                violation_error_message="“service”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hearing__in", ["", "lapsed", "waived", "before", ""])),
                                name="list_entry_hearing_known",
                                violation_error_message="“hearing”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("removal_ground__in", ["repaired", "mistake", "other", ""])),
                                name="list_entry_removal_ground_known",
                                violation_error_message="“removal_ground”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "black"), _negated=True),
                                    models.Q(("needs_defence", True), ("published", True)),
                                    ("hearing", "before"),
                                    _connector="OR",
                                ),
                                name="list_entry_black_is_heard",
                                violation_error_message="列入黑名单必须先告知并听取申辩。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "warning"), ("published", True), _negated=True),
                                    ("needs_defence", True),
                                    _connector="OR",
                                ),
                                name="list_entry_warning_is_heard",
                                violation_error_message="公布预警名单必须先告知并听取申辩。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("needs_defence", False),
                                    ("state__in", ["proposed", "notified", "defending", "heard", "rejected"]),
                                    ("hearing", "before"),
                                    models.Q(
                                        ("hearing__in", ["lapsed", "waived"]),
                                        ("prior_notice__isnull", False),
                                        ("served_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="list_entry_heard_before_listed",
                                violation_error_message="告知书送达、陈述申辩期满或当事人书面放弃之前，不能列入。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "heard"), _negated=True),
                                    ("hearing__in", ["lapsed", "waived"]),
                                    _connector="OR",
                                ),
                                name="list_entry_heard_says_how",
                                violation_error_message="申辩期结束必须说明是期满还是放弃。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("served_on__isnull", True), ("service", "none")),
                                    models.Q(
                                        models.Q(("service", "none"), _negated=True), ("served_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="list_entry_service_has_date",
                                violation_error_message="送达必须有日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("service", "left"), _negated=True),
                                    models.Q(("witness", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="list_entry_left_with_witness",
                                violation_error_message="留置送达必须写明见证人。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "kind"], name="list_entry_by_state"),
                            models.Index(
                                condition=models.Q(("state__in", ("approved", "removing"))),
                                fields=["until"],
                                name="list_entry_in_force_until",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Defence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("waiver", models.BooleanField(default=False, verbose_name="书面放弃")),
                        ("text", models.TextField(max_length=4000, verbose_name="陈述申辩内容")),
                        ("given_by", models.CharField(max_length=60, verbose_name="提出人")),
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="defences",
                                to="listings.listentry",
                                verbose_name="名单记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "陈述申辩",
                        "verbose_name_plural": "陈述申辩",
                    },
                ),
                migrations.CreateModel(
                    name="DefencePhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "defence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="listings.defence",
                                verbose_name="陈述申辩",
                            ),
                        ),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_defence",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "陈述申辩照片",
                        "verbose_name_plural": "陈述申辩照片",
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
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
                                    ("white", "白名单"),
                                    ("black", "黑名单"),
                                    ("warning", "预警名单"),
                                    ("afterschool", "课后服务白名单"),
                                    ("red", "红榜"),
                                ],
                                max_length=12,
                                verbose_name="名单",
                            ),
                        ),
                        ("no", models.PositiveIntegerField(verbose_name="期号")),
                        ("cut_off", models.DateTimeField(verbose_name="截至时间")),
                        ("entries", models.PositiveIntegerField(verbose_name="在列家数")),
                        ("added", models.PositiveIntegerField(verbose_name="列入家数")),
                        ("removed", models.PositiveIntegerField(verbose_name="移出家数")),
                        ("content_sha256", models.CharField(max_length=64, verbose_name="内容校验值")),
                    ],
                    options={
                        "verbose_name": "名单期次",
                        "verbose_name_plural": "名单期次",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["white", "black", "warning", "afterschool", "red"])),
                                name="edition_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "no"), name="edition_no_once", violation_error_message="该期次已编成。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("no__gte", 1)),
                                name="edition_no_from_one",
                                violation_error_message="期号从1开始。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("content_sha256__regex", "^[0-9a-f]{64}$")),
                                name="edition_hash_format",
                                violation_error_message="内容校验值格式有误。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditionChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.CharField(
                                choices=[("added", "列入"), ("removed", "移出")], max_length=10, verbose_name="变动"
                            ),
                        ),
                        ("since", models.DateField(verbose_name="列入日期")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="期限至")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="listings.edition",
                                verbose_name="期次",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "名单变动",
                        "verbose_name_plural": "名单变动",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("change__in", ["added", "removed"])),
                                name="edition_change_known",
                                violation_error_message="“change”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "institution", "change"),
                                name="edition_change_once",
                                violation_error_message="同一期中该变动已记录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution", "edition"], name="edition_change_by_inst"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("source", models.CharField(max_length=20, verbose_name="来源")),
                        ("record_id", models.BigIntegerField(verbose_name="记录编号")),
                        ("happened_on", models.DateField(verbose_name="日期")),
                        ("what", models.CharField(max_length=1500, verbose_name="内容")),
                        ("law", models.CharField(blank=True, max_length=500, verbose_name="依据")),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="listings.listentry",
                                verbose_name="名单记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "列入依据的记录",
                        "verbose_name_plural": "列入依据的记录",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("entry", "source", "record_id"),
                                name="list_evidence_once",
                                violation_error_message="同一记录只作一次依据。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListRule",
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
                                    ("white", "白名单"),
                                    ("black", "黑名单"),
                                    ("warning", "预警名单"),
                                    ("afterschool", "课后服务白名单"),
                                    ("red", "红榜"),
                                ],
                                max_length=12,
                                verbose_name="名单",
                            ),
                        ),
                        ("published", models.BooleanField(default=True, verbose_name="向社会公布")),
                        ("needs_defence", models.BooleanField(default=False, verbose_name="列入前须告知并听取申辩")),
                        ("months", models.PositiveSmallIntegerField(verbose_name="期限(月)")),
                        (
                            "severe_months",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="情节严重的期限(月)"),
                        ),
                        ("until_permit_end", models.BooleanField(default=False, verbose_name="不超过许可有效期")),
                        (
                            "lowest_grade",
                            models.CharField(
                                blank=True,
                                choices=[("A", "A级"), ("B", "B级"), ("C", "C级"), ("D", "D级")],
                                max_length=1,
                                verbose_name="诚信等级不低于",
                            ),
                        ),
                        ("years_of_a", models.PositiveSmallIntegerField(default=0, verbose_name="连续A级年数")),
                        ("needs_licence", models.BooleanField(default=False, verbose_name="须证照齐全且许可有效")),
                        ("needs_no_open_order", models.BooleanField(default=False, verbose_name="须无未办结的通知书")),
                        (
                            "excludes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("white", "白名单"),
                                        ("black", "黑名单"),
                                        ("warning", "预警名单"),
                                        ("afterschool", "课后服务白名单"),
                                        ("red", "红榜"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="不得同时列入",
                            ),
                        ),
                        (
                            "repair_after_months",
                            models.PositiveSmallIntegerField(default=0, verbose_name="列入满几个月可申请信用修复"),
                        ),
                        ("removal", models.CharField(max_length=300, verbose_name="移出条件")),
                        ("basis", models.CharField(max_length=200, verbose_name="依据")),
                        ("effective_from", models.DateField(verbose_name="施行起")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="适用地区",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "名单规则",
                        "verbose_name_plural": "名单规则",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["white", "black", "warning", "afterschool", "red"])),
                                name="list_rule_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lowest_grade__in", ["A", "B", "C", "D", ""])),
                                name="list_rule_grade_known",
                                violation_error_message="“lowest_grade”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="list_rule_period_ordered",
                                violation_error_message="施行止不能早于施行起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("months__gte", 1),
                                    ("months__lte", 120),
                                    models.Q(
                                        ("severe_months__isnull", True),
                                        models.Q(
                                            ("severe_months__gt", models.F("months")), ("severe_months__lte", 120)
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="list_rule_months_sane",
                                violation_error_message="期限应在1至120个月之间，情节严重的应长于一般期限。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "black"), _negated=True),
                                    models.Q(("needs_defence", True), ("published", True)),
                                    _connector="OR",
                                ),
                                name="list_rule_black_is_heard",
                                violation_error_message="黑名单必须向社会公布，列入前必须告知并听取申辩。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "warning"), _negated=True),
                                    ("published", False),
                                    ("needs_defence", True),
                                    _connector="OR",
                                ),
                                name="list_rule_warning_is_heard",
                                violation_error_message="向社会公布的预警名单，列入前必须告知并听取申辩。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "warning"), ("published", True), _connector="OR"),
                                name="list_rule_only_warnings_inside",
                                violation_error_message="只有预警名单可以不向社会公布。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("kind", "="),
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
                                name="list_rule_one_at_a_time",
                                violation_error_message="同一名单在同一地区的规则施行时间不能重叠。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicNotice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content",
                            models.CharField(
                                choices=[("added", "本期新列入的机构"), ("all", "本期全部在列的机构")],
                                max_length=10,
                                verbose_name="公示内容",
                            ),
                        ),
                        ("entries", models.PositiveIntegerField(verbose_name="家数")),
                        ("issued_on", models.DateField(verbose_name="公示日期")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="listings.edition",
                                verbose_name="名单期次",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="出具人",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="公示地区",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="公示单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "黑白名单公示",
                        "verbose_name_plural": "黑白名单公示",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("content__in", ["added", "all"])),
                                name="public_notice_content_known",
                                violation_error_message="“content”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("entries__gte", 1)),
                                name="public_notice_names_somebody",
                                violation_error_message="公示应至少列明一家机构。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["edition", "organ"], name="public_notice_by_edition"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rubric",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(verbose_name="版本")),
                        ("name", models.CharField(max_length=80, verbose_name="名称")),
                        ("basis", models.CharField(max_length=200, verbose_name="依据")),
                        ("base", models.PositiveSmallIntegerField(default=90, verbose_name="基础分")),
                        ("a_from", models.PositiveSmallIntegerField(default=90, verbose_name="A级不低于")),
                        ("b_from", models.PositiveSmallIntegerField(default=75, verbose_name="B级不低于")),
                        ("c_from", models.PositiveSmallIntegerField(default=60, verbose_name="C级不低于")),
                        ("made_at", models.DateTimeField(verbose_name="制定时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="适用地区",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="制定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评分标准",
                        "verbose_name_plural": "评分标准",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "version"),
                                name="rubric_version_once",
                                nulls_distinct=False,
                                violation_error_message="该地区已有这一版本的评分标准。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("a_from__lte", 100),
                                    ("b_from__lt", models.F("a_from")),
                                    ("base__lte", 100),
                                    ("c_from__lt", models.F("b_from")),
                                ),
                                name="rubric_lines_ordered",
                                violation_error_message="基础分和各级分数线应在100分以内，并依次降低。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("started_at", models.DateTimeField(verbose_name="发起时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="地区",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发起人",
                            ),
                        ),
                        (
                            "rubric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="runs",
                                to="listings.rubric",
                                verbose_name="评分标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评价计算",
                        "verbose_name_plural": "评价计算",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2021), ("year__lte", 2100)),
                                name="rating_run_year_sane",
                                violation_error_message="年度应在2021至2100之间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("records", models.JSONField(blank=True, verbose_name="依据的记录")),
                        ("points", models.JSONField(blank=True, verbose_name="逐项分值")),
                        ("score", models.PositiveSmallIntegerField(verbose_name="得分")),
                        ("vetoed", models.BooleanField(default=False, verbose_name="一票否决")),
                        (
                            "grade",
                            models.CharField(
                                choices=[("A", "A级"), ("B", "B级"), ("C", "C级"), ("D", "D级")],
                                max_length=1,
                                verbose_name="等级",
                            ),
                        ),
                        ("digest", models.CharField(max_length=64, verbose_name="内容校验值")),
                        ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("computed", "待复核"),
                                    ("objected", "有异议"),
                                    ("reviewed", "待公示"),
                                    ("notice", "公示中"),
                                    ("published", "已公布"),
                                    ("superseded", "已被替代"),
                                ],
                                default="computed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="复核意见")),
                        ("notice_until", models.DateField(blank=True, null=True, verbose_name="公示和异议截止")),
                        ("published_on", models.DateField(blank=True, null=True, verbose_name="公布日期")),
                        (
                            "computed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="计算发起人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="institutions.institution",
                                verbose_name="机构",
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
                                verbose_name="公示人",
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
                                verbose_name="复核人",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="listings.ratingrun",
                                verbose_name="评价计算",
                            ),
                        ),
                        (
                            "rubric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="listings.rubric",
                                verbose_name="评分标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "诚信评价",
                        "verbose_name_plural": "诚信评价",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["computed", "objected", "reviewed", "notice", "published", "superseded"],
                                    )
                                ),
                                name="rating_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__in", ["A", "B", "C", "D"])),
                                name="rating_grade_known",
                                violation_error_message="“grade”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("score__lte", 100), models.Q(("vetoed", False), ("grade", "D"), _connector="OR")
                                ),
                                name="rating_score_sane",
                                violation_error_message="得分应在0至100之间，一票否决的为D级。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("computed", "objected", "reviewed", "notice"))),
                                fields=("institution", "year"),
                                name="rating_open_once",
                                violation_error_message="该机构这一年度已有办理中的评价。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "published")),
                                fields=("institution", "year"),
                                name="rating_published_once",
                                violation_error_message="该机构这一年度的评价已公布。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewed_by__isnull", True),
                                    models.Q(("reviewed_by", models.F("computed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="rating_reviewed_by_other",
                                violation_error_message="发起计算的人不能复核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_by__isnull", True),
                                    models.Q(("published_by", models.F("computed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="rating_published_by_other",
                                violation_error_message="发起计算的人不能公示和公布。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["reviewed", "notice", "published"]), _negated=True),
                                    ("reviewed_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="rating_reviewed_by_someone",
                                violation_error_message="复核过的评价必须有复核人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    models.Q(("published_by__isnull", False), ("published_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="rating_published_by_someone",
                                violation_error_message="公布的评价必须有公布人和日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "notice"), _negated=True),
                                    models.Q(("notice_until__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="rating_shown_until_a_day",
                                violation_error_message="公示中的评价必须有公示人和截止日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "published"), _negated=True),
                                    ("notice_until__isnull", True),
                                    models.Q(
                                        ("published_on__gt", models.F("notice_until")), ("published_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="rating_final_after_notice",
                                violation_error_message="公示期满后才能公布等级。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "objected"), _negated=True),
                                    models.Q(("remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="rating_objection_says_why",
                                violation_error_message="提出异议必须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution", "-year"], name="rating_by_institution"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingObjection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=4000, verbose_name="异议内容")),
                        ("given_by", models.CharField(max_length=60, verbose_name="提出人")),
                        ("received_on", models.DateField(verbose_name="收到日期")),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="采纳")),
                        ("answer", models.CharField(blank=True, max_length=1000, verbose_name="答复")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="答复人",
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
                                verbose_name="代为登记人",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="listings.rating",
                                verbose_name="诚信评价",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对诚信等级的异议",
                        "verbose_name_plural": "对诚信等级的异议",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("accepted__isnull", True)),
                                fields=("rating",),
                                name="rating_objection_one_open",
                                violation_error_message="该评价已有一份异议待答复，请先答复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("accepted__isnull", True),
                                        ("answered_by__isnull", True),
                                        ("answered_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("accepted__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("answered_on__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rating_objection_answered_whole",
                                violation_error_message="答复必须写明结论、理由和日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_by__isnull", True),
                                    models.Q(("answered_by", models.F("entered_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="rating_objection_answered_by_other",
                                violation_error_message="登记人不能答复异议。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Repair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="整改和修复情况")),
                        ("given_by", models.CharField(max_length=60, verbose_name="申请人")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("applied", "待核查"),
                                    ("passed", "核查通过，待审核移出"),
                                    ("accepted", "已移出"),
                                    ("refused", "未通过"),
                                ],
                                default="applied",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="核查情况")),
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="repairs",
                                to="listings.listentry",
                                verbose_name="名单记录",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.visit",
                                verbose_name="核查记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "信用修复申请",
                        "verbose_name_plural": "信用修复申请",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["applied", "passed", "accepted", "refused"])),
                                name="list_repair_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["applied", "passed"])),
                                fields=("entry",),
                                name="list_repair_open_once",
                                violation_error_message="这条名单记录已有办理中的信用修复申请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["applied", "refused"]), ("visit__isnull", False), _connector="OR"
                                ),
                                name="list_repair_by_visit",
                                violation_error_message="信用修复核查通过必须有检查记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="list_repair_refused_says_why",
                                violation_error_message="核查未通过必须写明情况。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RepairPhoto",
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
                                related_name="of_repair",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                        (
                            "repair",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="listings.repair",
                                verbose_name="信用修复申请",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "信用修复照片",
                        "verbose_name_plural": "信用修复照片",
                    },
                ),
                migrations.CreateModel(
                    name="RubricItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=6, verbose_name="项目编号")),
                        (
                            "aspect",
                            models.CharField(
                                choices=[
                                    ("licence", "证照"),
                                    ("inspection", "检查"),
                                    ("penalty", "处罚和责令改正"),
                                    ("commitment", "承诺"),
                                    ("complaint", "投诉"),
                                ],
                                max_length=12,
                                verbose_name="方面",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="项目")),
                        ("source", models.CharField(max_length=20, verbose_name="记录来源")),
                        ("weight", models.CharField(blank=True, max_length=20, verbose_name="轻重")),
                        ("points", models.SmallIntegerField(verbose_name="每条分值")),
                        ("most", models.PositiveSmallIntegerField(default=0, verbose_name="合计不超过")),
                        ("veto", models.BooleanField(default=False, verbose_name="一票否决")),
                        (
                            "rubric",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="listings.rubric",
                                verbose_name="评分标准",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "评分项目",
                        "verbose_name_plural": "评分项目",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("aspect__in", ["licence", "inspection", "penalty", "commitment", "complaint"])
                                ),
                                name="rubric_item_aspect_known",
                                violation_error_message="“aspect”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("rubric", "code"),
                                name="rubric_item_once",
                                violation_error_message="项目编号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("veto", True),
                                    models.Q(
                                        models.Q(("points", 0), _negated=True),
                                        ("points__gte", -100),
                                        ("points__lte", 100),
                                    ),
                                    _connector="OR",
                                ),
                                name="rubric_item_counts",
                                violation_error_message="不是一票否决的项目，分值应在-100至100之间且不为0。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
