import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.core.ciphers
import foundation.documents.codes
import supervisors.models.recruitment
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("clues", "0001_initial"),
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
                    name="Recruitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("city", "市级"), ("county", "县级")], max_length=10, verbose_name="级别"
                            ),
                        ),
                        (
                            "batch",
                            models.CharField(help_text="例如：首批、第二批。", max_length=20, verbose_name="批次"),
                        ),
                        ("term_months", models.PositiveSmallIntegerField(default=24, verbose_name="聘期(月)")),
                        ("publicity_days", models.PositiveSmallIntegerField(default=5, verbose_name="公示工作日")),
                        (
                            "conditions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                default=supervisors.models.recruitment.default_conditions,
                                help_text="每行一条。",
                                size=None,
                                verbose_name="资格条件",
                            ),
                        ),
                        ("notes", models.TextField(blank=True, max_length=2000, verbose_name="征集说明")),
                        ("nominate_by_on", models.DateField(verbose_name="推荐截止")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("nominating", "推荐中"),
                                    ("reviewing", "资格审核"),
                                    ("publicity", "公示与聘任"),
                                    ("finished", "已完成"),
                                    ("cancelled", "已取消"),
                                ],
                                default="nominating",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("opened_at", models.DateTimeField(verbose_name="征集时间")),
                        ("publicity_from_on", models.DateField(blank=True, null=True, verbose_name="公示起")),
                        ("publicity_until_on", models.DateField(blank=True, null=True, verbose_name="公示止")),
                        (
                            "objection_contact",
                            models.CharField(blank=True, max_length=200, verbose_name="异议受理电话和地址"),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="聘任地区",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="聘任单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监督员征集",
                        "verbose_name_plural": "监督员征集",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["city", "county"])),
                                name="recruitment_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["nominating", "reviewing", "publicity", "finished", "cancelled"])
                                ),
                                name="recruitment_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("jurisdiction", "batch"),
                                name="recruitment_batch_once",
                                violation_error_message="该地区已有同名批次。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity_days__gte", 1),
                                    ("publicity_days__lte", 30),
                                    ("term_months__gte", 1),
                                    ("term_months__lte", 60),
                                ),
                                name="recruitment_terms_sane",
                                violation_error_message="聘期应为1至60个月，公示应为1至30个工作日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("conditions__len__gte", 1)),
                                name="recruitment_has_conditions",
                                violation_error_message="请至少列出一条资格条件。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publicity_until_on__isnull", True),
                                    ("publicity_until_on__gte", models.F("publicity_from_on")),
                                    _connector="OR",
                                ),
                                name="recruitment_publicity_ordered",
                                violation_error_message="公示止不能早于公示起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["publicity", "finished"]), _negated=True),
                                    models.Q(
                                        ("publicity_until_on__isnull", False),
                                        models.Q(("objection_contact", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="recruitment_publicity_has_days",
                                violation_error_message="公示必须有起止日期和异议受理方式。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Candidate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "sex",
                            models.CharField(
                                blank=True,
                                choices=[("female", "女"), ("male", "男")],
                                max_length=10,
                                verbose_name="性别",
                            ),
                        ),
                        ("birth_year", models.PositiveSmallIntegerField(verbose_name="出生年份")),
                        ("workplace", models.CharField(max_length=120, verbose_name="工作单位")),
                        ("position", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        (
                            "identities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("principal", "校长"),
                                        ("teacher", "教师"),
                                        ("parent", "家长"),
                                        ("public_figure", "社会人士"),
                                        ("party_delegate", "党代表"),
                                        ("congress_deputy", "人大代表"),
                                        ("cppcc_member", "政协委员"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="身份类别",
                            ),
                        ),
                        ("phone", foundation.core.ciphers.SealedTextField(verbose_name="手机号码")),
                        ("statement", models.TextField(max_length=2000, verbose_name="推荐意见")),
                        ("nominated_at", models.DateTimeField(verbose_name="推荐时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("nominated", "待资格审核"),
                                    ("passed", "审核通过"),
                                    ("rejected", "审核不通过"),
                                    ("struck", "异议成立，取消资格"),
                                    ("withdrawn", "撤回推荐"),
                                    ("appointed", "已聘任"),
                                ],
                                default="nominated",
                                max_length=12,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        (
                            "met",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="符合的条件",
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                        ("review_reason", models.CharField(blank=True, max_length=500, verbose_name="审核意见")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="推荐地区",
                            ),
                        ),
                        (
                            "nominated_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="推荐经办人",
                            ),
                        ),
                        (
                            "portrait",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="photos.photo",
                                verbose_name="照片",
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
                            "recruitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="candidates",
                                to="supervisors.recruitment",
                                verbose_name="征集",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监督员人选",
                        "verbose_name_plural": "监督员人选",
                    },
                ),
                migrations.CreateModel(
                    name="Supervisor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="监督员编号")),
                        (
                            "level",
                            models.CharField(
                                choices=[("city", "市级"), ("county", "县级")], max_length=10, verbose_name="级别"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "identities",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("principal", "校长"),
                                        ("teacher", "教师"),
                                        ("parent", "家长"),
                                        ("public_figure", "社会人士"),
                                        ("party_delegate", "党代表"),
                                        ("congress_deputy", "人大代表"),
                                        ("cppcc_member", "政协委员"),
                                    ],
                                    max_length=20,
                                ),
                                size=None,
                                verbose_name="身份类别",
                            ),
                        ),
                        ("term_from_on", models.DateField(verbose_name="聘期起")),
                        ("term_until_on", models.DateField(verbose_name="聘期止")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_office", "在聘"),
                                    ("expired", "届满"),
                                    ("dismissed", "解聘"),
                                    ("resigned", "辞聘"),
                                ],
                                default="in_office",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("last_day_on", models.DateField(blank=True, null=True, verbose_name="最后在聘日")),
                        ("end_reason", models.CharField(blank=True, max_length=500, verbose_name="离任理由")),
                        (
                            "public_code",
                            models.CharField(
                                default=foundation.documents.codes.new_code, max_length=16, verbose_name="核验码"
                            ),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.jurisdiction",
                                verbose_name="责任区域",
                            ),
                        ),
                        (
                            "candidate",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervisor",
                                to="supervisors.candidate",
                                verbose_name="人选",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.jurisdiction",
                                verbose_name="推荐地区",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="聘任单位",
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
                        (
                            "recruitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervisors",
                                to="supervisors.recruitment",
                                verbose_name="征集",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervising",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="账号",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "社会监督员",
                        "verbose_name_plural": "社会监督员",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["in_office", "expired", "dismissed", "resigned"])),
                                name="supervisor_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["city", "county"])),
                                name="supervisor_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("term_until_on__isnull", True),
                                    ("term_until_on__gte", models.F("term_from_on")),
                                    _connector="OR",
                                ),
                                name="supervisor_term_ordered",
                                violation_error_message="聘期止不能早于聘期起。",
                            ),
                            models.UniqueConstraint(
                                fields=("number",),
                                name="supervisor_number_once",
                                violation_error_message="监督员编号重复。",
                            ),
                            models.UniqueConstraint(
                                fields=("public_code",),
                                name="supervisor_code_once",
                                violation_error_message="核验码重复，请重试。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_office")),
                                fields=("user",),
                                name="supervisor_in_office_once",
                                violation_error_message="该人员已是在聘监督员。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("identities__len__gte", 1),
                                    (
                                        "identities__contained_by",
                                        [
                                            "principal",
                                            "teacher",
                                            "parent",
                                            "public_figure",
                                            "party_delegate",
                                            "congress_deputy",
                                            "cppcc_member",
                                        ],
                                    ),
                                ),
                                name="supervisor_identities_known",
                                violation_error_message="请至少选择一种身份类别。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("public_code__regex", "^[0-9A-HJKMNP-TV-Z]{16}$")),
                                name="supervisor_code_whole",
                                violation_error_message="核验码不完整。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "in_office"), ("last_day_on__isnull", True)),
                                    models.Q(
                                        models.Q(("state", "in_office"), _negated=True), ("last_day_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="supervisor_end_has_date",
                                violation_error_message="最后在聘日应与状态一致。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["dismissed", "resigned"]), _negated=True),
                                    models.Q(("end_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="supervisor_end_has_reason",
                                violation_error_message="解聘和辞聘必须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "term_until_on"], name="supervisor_by_state"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicityActivity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "outlet",
                            models.CharField(
                                choices=[
                                    ("moments", "朋友圈"),
                                    ("account", "公众号"),
                                    ("short_video", "短视频"),
                                    ("parents", "家长群"),
                                    ("school", "学校"),
                                    ("community", "社区"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="渠道",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="内容")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="链接")),
                        ("description", models.CharField(blank=True, max_length=500, verbose_name="情况说明")),
                        ("held_on", models.DateField(verbose_name="日期")),
                        ("reach", models.PositiveIntegerField(blank=True, null=True, verbose_name="覆盖人次")),
                        ("pictured", models.PositiveSmallIntegerField(default=0, verbose_name="图片(张)")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "宣传活动",
                        "verbose_name_plural": "宣传活动",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "outlet__in",
                                        [
                                            "moments",
                                            "account",
                                            "short_video",
                                            "parents",
                                            "school",
                                            "community",
                                            "other",
                                        ],
                                    )
                                ),
                                name="publicity_activity_outlet_known",
                                violation_error_message="“outlet”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True),
                                    models.Q(
                                        models.Q(("link", ""), _negated=True),
                                        models.Q(("description", ""), _negated=True),
                                        ("pictured__gt", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="publicity_activity_shown",
                                violation_error_message="请填写内容，并附链接、图片或说明情况。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["supervisor", "held_on"], name="publicity_by_supervisor"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryItem",
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
                                choices=[("handbook", "工作手册"), ("policy", "政策解读"), ("briefing", "工作简报")],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                        ("published_on", models.DateField(verbose_name="发布日期")),
                        ("published_at", models.DateTimeField(verbose_name="发布时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="发布地区",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="发布人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监督员资料",
                        "verbose_name_plural": "监督员资料库",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["handbook", "policy", "briefing"])),
                                name="library_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("jurisdiction", "kind", "title", "version"),
                                name="library_version_once",
                                violation_error_message="该资料的这一版本已发布。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1), models.Q(("title", ""), _negated=True)),
                                name="library_titled",
                                violation_error_message="请填写标题，版本从1开始。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LibrarySection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("no", models.PositiveSmallIntegerField(verbose_name="序号")),
                        ("title", models.CharField(max_length=120, verbose_name="节标题")),
                        ("text", models.TextField(max_length=20000, verbose_name="正文")),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sections",
                                to="supervisors.libraryitem",
                                verbose_name="资料",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资料章节",
                        "verbose_name_plural": "资料章节",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("item", "no"),
                                name="library_section_once",
                                violation_error_message="章节序号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="library_section_titled",
                                violation_error_message="章节须有标题。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("website", "网站"), ("phone", "电话"), ("letter", "来信"), ("visit", "来访")],
                                max_length=10,
                                verbose_name="渠道",
                            ),
                        ),
                        ("objector", foundation.core.ciphers.SealedTextField(verbose_name="异议人姓名")),
                        ("contact", foundation.core.ciphers.SealedTextField(verbose_name="异议人联系方式")),
                        ("reason", foundation.core.ciphers.SealedTextField(verbose_name="异议内容")),
                        ("filed_at", models.DateTimeField(verbose_name="提出时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待处理"), ("upheld", "异议成立"), ("dismissed", "异议不成立")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("findings", models.CharField(blank=True, max_length=1000, verbose_name="核查情况和处理意见")),
                        (
                            "candidate",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="supervisors.candidate",
                                verbose_name="人选",
                            ),
                        ),
                        (
                            "handled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="处理人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "公示异议",
                        "verbose_name_plural": "公示异议",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "upheld", "dismissed"])),
                                name="objection_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("channel__in", ["website", "phone", "letter", "visit"])),
                                name="objection_channel_known",
                                violation_error_message="“channel”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("objector", ""), _negated=True),
                                    models.Q(("contact", ""), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                name="objection_signed",
                                violation_error_message="异议须实名提出，并写明联系方式和内容。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(("handled_by__isnull", False), models.Q(("findings", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="objection_handled_has_findings",
                                violation_error_message="处理异议必须写明核查情况和处理意见。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["candidate", "state"], name="objection_by_candidate"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityPhoto",
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
                                related_name="+",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="supervisors.publicityactivity",
                                verbose_name="宣传活动",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "宣传图片",
                        "verbose_name_plural": "宣传图片",
                    },
                ),
                migrations.CreateModel(
                    name="Quiz",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="测试名称")),
                        ("pass_mark", models.PositiveSmallIntegerField(default=80, verbose_name="及格线(%)")),
                        ("made_at", models.DateTimeField(verbose_name="编制时间")),
                        (
                            "checklist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quizzes",
                                to="inspections.checklistversion",
                                verbose_name="检查清单版本",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="适用地区",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="编制人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "上岗测试",
                        "verbose_name_plural": "上岗测试",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pass_mark__gte", 1),
                                    ("pass_mark__lte", 100),
                                    models.Q(("title", ""), _negated=True),
                                ),
                                name="quiz_pass_mark_percent",
                                violation_error_message="请填写名称，及格线应在1至100之间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("no", models.PositiveSmallIntegerField(verbose_name="题号")),
                        ("text", models.CharField(max_length=300, verbose_name="题目")),
                        (
                            "options",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120), size=None, verbose_name="选项"
                            ),
                        ),
                        ("answer", models.PositiveSmallIntegerField(verbose_name="答案")),
                        (
                            "quiz",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="supervisors.quiz",
                                verbose_name="测试",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "测试题",
                        "verbose_name_plural": "测试题",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("quiz", "no"), name="question_no_once", violation_error_message="题号重复。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("options__len__gte", 2),
                                    ("options__len__lte", 8),
                                    ("answer__gte", 1),
                                    ("answer__lte", 8),
                                ),
                                name="question_has_options",
                                violation_error_message="每题应有2至8个选项，并指明答案。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quota",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("places", models.PositiveSmallIntegerField(verbose_name="名额")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="推荐地区",
                            ),
                        ),
                        (
                            "recruitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotas",
                                to="supervisors.recruitment",
                                verbose_name="征集",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "推荐名额",
                        "verbose_name_plural": "推荐名额",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recruitment", "jurisdiction"),
                                name="quota_district_once",
                                violation_error_message="该地区的名额已分配。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("places__lte", 500)),
                                name="quota_sane",
                                violation_error_message="名额不能超过500。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="起始月")),
                        ("minimum", models.PositiveSmallIntegerField(default=1, verbose_name="每月最少(家次)")),
                        ("target", models.PositiveSmallIntegerField(default=2, verbose_name="每月目标(家次)")),
                        (
                            "recruitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="supervisors.recruitment",
                                verbose_name="征集",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "履职要求",
                        "verbose_name_plural": "履职要求",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("recruitment", "from_on"),
                                name="duty_month_once",
                                violation_error_message="该月已设定履职要求。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("from_on__day", 1)),
                                name="duty_from_first",
                                violation_error_message="履职要求从每月1日起算。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("target__gte", models.F("minimum")), ("target__lte", 31)),
                                name="duty_target_not_below_minimum",
                                violation_error_message="目标不能少于最少家次，也不能多于31。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("read_at", models.DateTimeField(verbose_name="阅读时间")),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="supervisors.librarysection",
                                verbose_name="章节",
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="read_marks",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "阅读记录",
                        "verbose_name_plural": "阅读记录",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("section", "supervisor"),
                                name="read_mark_once",
                                violation_error_message="已阅读。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuizResult",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "chosen",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None, verbose_name="作答"
                            ),
                        ),
                        ("right", models.PositiveSmallIntegerField(verbose_name="答对")),
                        ("asked", models.PositiveSmallIntegerField(verbose_name="题数")),
                        ("passed", models.BooleanField(verbose_name="及格")),
                        ("taken_at", models.DateTimeField(verbose_name="测试时间")),
                        (
                            "quiz",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="supervisors.quiz",
                                verbose_name="测试",
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quiz_results",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "测试成绩",
                        "verbose_name_plural": "测试成绩",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("asked__gte", 1), ("right__lte", models.F("asked"))),
                                name="quiz_result_counts",
                                violation_error_message="成绩与题数不符。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["supervisor", "quiz"], name="quiz_result_by_supervisor"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="建议")),
                        ("text", models.TextField(max_length=2000, verbose_name="内容")),
                        ("filed_at", models.DateTimeField(verbose_name="提交时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("submitted", "已提交"),
                                    ("adopted", "采纳"),
                                    ("partly", "部分采纳"),
                                    ("declined", "未采纳"),
                                ],
                                default="submitted",
                                max_length=10,
                                verbose_name="采纳情况",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("reply", models.CharField(blank=True, max_length=1000, verbose_name="答复")),
                        (
                            "decided_by",
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
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合理化建议",
                        "verbose_name_plural": "合理化建议",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["submitted", "adopted", "partly", "declined"])),
                                name="proposal_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("title", ""), _negated=True), models.Q(("text", ""), _negated=True)
                                ),
                                name="proposal_says_what",
                                violation_error_message="请填写建议和内容。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "submitted"),
                                    models.Q(("decided_by__isnull", False), models.Q(("reply", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="proposal_decided_has_reply",
                                violation_error_message="答复建议必须写明意见。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feedback",
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
                                    ("violation", "违法违规培训"),
                                    ("hidden", "隐形变异培训"),
                                    ("safety", "安全隐患"),
                                    ("weakness", "治理薄弱环节"),
                                    ("suggestion", "合理化建议"),
                                ],
                                max_length=12,
                                verbose_name="反馈类别",
                            ),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="内容")),
                        ("filed_at", models.DateTimeField(verbose_name="提交时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("submitted", "待处理"), ("converted", "已转线索"), ("answered", "已答复")],
                                default="submitted",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("reply", models.CharField(blank=True, max_length=1000, verbose_name="答复")),
                        (
                            "clue",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "handled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="处理人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.institution",
                                verbose_name="相关机构",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="所属地区",
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="feedback",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监督员反馈",
                        "verbose_name_plural": "监督员反馈",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["violation", "hidden", "safety", "weakness", "suggestion"])
                                ),
                                name="feedback_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["submitted", "converted", "answered"])),
                                name="feedback_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="feedback_has_text",
                                violation_error_message="请填写反馈内容。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "submitted"), ("handled_by__isnull", False), _connector="OR"
                                ),
                                name="feedback_handled_by_someone",
                                violation_error_message="处理过的反馈必须有处理人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "answered"), _negated=True),
                                    models.Q(("reply", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="feedback_answer_has_words",
                                violation_error_message="请填写答复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("clue__isnull", False), ("state", "converted")),
                                    models.Q(models.Q(("state", "converted"), _negated=True), ("clue__isnull", True)),
                                    _connector="OR",
                                ),
                                name="feedback_converted_has_clue",
                                violation_error_message="转为线索的反馈必须有线索。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "state"], name="feedback_by_state"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClueTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.CharField(max_length=120, verbose_name="核查对象")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        (
                            "points",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100), size=None, verbose_name="核查要点"
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="完成期限")),
                        ("given_at", models.DateTimeField(verbose_name="派发时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待核查"), ("done", "已核查"), ("cancelled", "已撤回")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("result", models.CharField(blank=True, max_length=500, verbose_name="核查情况")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="撤回理由")),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="派发人",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clue_tasks",
                                to="inspections.visit",
                                verbose_name="走访记录",
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核查任务",
                        "verbose_name_plural": "核查任务",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "done", "cancelled"])),
                                name="clue_task_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("clue", "supervisor"),
                                name="clue_task_open_once",
                                violation_error_message="这条线索已交该监督员核查，尚未完成。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), ("visit__isnull", False)),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("visit__isnull", True)),
                                    _connector="OR",
                                ),
                                name="clue_task_done_has_visit",
                                violation_error_message="完成核查须有走访记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="clue_task_cancelled_says_why",
                                violation_error_message="撤回核查须写明理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthlyDuty",
                    fields=[],
                    options={
                        "verbose_name": "履职台账",
                        "verbose_name_plural": "履职台账",
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("supervisors.supervisor",),
                ),
                migrations.CreateModel(
                    name="Training",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="培训主题")),
                        ("held_on", models.DateField(verbose_name="培训日期")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                        ("lecturer", models.CharField(blank=True, max_length=60, verbose_name="主讲人")),
                        ("material", models.TextField(blank=True, max_length=20000, verbose_name="培训材料")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="举办地区",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="举办单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监督员培训",
                        "verbose_name_plural": "监督员培训",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="training_has_title",
                                violation_error_message="请填写培训主题。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                        (
                            "training",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="supervisors.training",
                                verbose_name="培训",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "到训",
                        "verbose_name_plural": "到训",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("training", "supervisor"),
                                name="attendance_once",
                                violation_error_message="已登记到训。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="YearReview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("excellent", "优秀"), ("good", "合格"), ("bad", "不合格")],
                                max_length=10,
                                verbose_name="考核结果",
                            ),
                        ),
                        ("remark", models.CharField(max_length=500, verbose_name="考核意见")),
                        ("visits", models.PositiveIntegerField(verbose_name="监督(家次)")),
                        ("reviewed_at", models.DateTimeField(verbose_name="考核时间")),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="考核人",
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="supervisors.supervisor",
                                verbose_name="监督员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "年度考核",
                        "verbose_name_plural": "年度考核",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["excellent", "good", "bad"])),
                                name="year_review_verdict_known",
                                violation_error_message="“verdict”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("supervisor", "year"),
                                name="year_review_once",
                                violation_error_message="该年度已考核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("year__gte", 2021), ("year__lte", 2200), models.Q(("remark", ""), _negated=True)
                                ),
                                name="year_review_whole",
                                violation_error_message="请填写年度和考核意见。",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="candidate",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successors",
                to="supervisors.supervisor",
                verbose_name="补选接替",
            ),
        ),
        migrations.AddIndex(
            model_name="candidate",
            index=models.Index(fields=["recruitment", "state"], name="candidate_by_recruitment"),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["nominated", "passed", "rejected", "struck", "withdrawn", "appointed"])
                ),
                name="candidate_state_known",
                violation_error_message="“state”的取值不在允许范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["female", "male", ""])),
                name="candidate_sex_known",
                violation_error_message="“sex”的取值不在允许范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("identities__len__gte", 1),
                    (
                        "identities__contained_by",
                        [
                            "principal",
                            "teacher",
                            "parent",
                            "public_figure",
                            "party_delegate",
                            "congress_deputy",
                            "cppcc_member",
                        ],
                    ),
                ),
                name="candidate_identities_known",
                violation_error_message="请至少选择一种身份类别。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("birth_year__gte", 1900), ("birth_year__lte", 2100)),
                name="candidate_birth_year_sane",
                violation_error_message="出生年份无效。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("statement", ""), _negated=True),
                    models.Q(("workplace", ""), _negated=True),
                ),
                name="candidate_says_who",
                violation_error_message="姓名、工作单位和推荐意见不能为空。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["passed", "appointed", "rejected"]), _negated=True),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="candidate_reviewed_by_someone",
                violation_error_message="审核过的人选必须有审核人和时间。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), _negated=True),
                    models.Q(("review_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="candidate_rejected_has_reason",
                violation_error_message="审核不通过必须写明理由。",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["nominated", "passed", "appointed"])),
                fields=("replaces",),
                name="candidate_replaces_once",
                violation_error_message="该监督员已有补选人选。",
            ),
        ),
    ]
