import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("documents", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="ParentLetter",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "season",
                            models.CharField(
                                choices=[("winter", "寒假"), ("summer", "暑假"), ("term", "开学"), ("other", "其他")],
                                max_length=10,
                                verbose_name="时段",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("scope", models.CharField(max_length=200, verbose_name="发放范围")),
                        ("issued_on", models.DateField(verbose_name="出具日期")),
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
                                verbose_name="发放地区",
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
                    ],
                    options={
                        "verbose_name": "致家长信",
                        "verbose_name_plural": "致家长信",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("season__in", ["winter", "summer", "term", "other"])),
                                name="parent_letter_season_known",
                                violation_error_message="“season”的取值不在允许范围内。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-issued_on", "-id"], name="parent_letter_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterSchool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("copies", models.PositiveIntegerField(blank=True, null=True, verbose_name="发放份数")),
                        ("receipts", models.PositiveIntegerField(blank=True, null=True, verbose_name="回执份数")),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.school",
                                verbose_name="学校",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schools",
                                to="publicity.parentletter",
                                verbose_name="致家长信",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发放学校",
                        "verbose_name_plural": "发放学校",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("letter", "school"),
                                name="letter_school_once",
                                violation_error_message="学校重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("receipts__isnull", True),
                                    models.Q(("copies__isnull", False), ("receipts__lte", models.F("copies"))),
                                    _connector="OR",
                                ),
                                name="letter_receipts_within_copies",
                                violation_error_message="回执份数不能多于发放份数。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="开始时间")),
                        ("started_by", models.CharField(max_length=80, verbose_name="发起人")),
                        ("limited", models.BooleanField(default=False, verbose_name="部分检查")),
                        (
                            "institution_limit",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="机构页面上限"),
                        ),
                        ("shape_limit", models.PositiveIntegerField(default=60, verbose_name="同类网址上限")),
                        (
                            "state",
                            models.CharField(
                                choices=[("running", "正在检查"), ("done", "已完成"), ("stopped", "已中断")],
                                default="running",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("beat_at", models.DateTimeField(verbose_name="最近进展")),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("register", "核对名录文字"),
                                    ("site", "浏览公众网页"),
                                    ("institutions", "逐家浏览机构页面"),
                                    ("editions", "核对名单期次"),
                                    ("files", "核对网站文件"),
                                    ("over", "已结束"),
                                ],
                                default="register",
                                max_length=20,
                                verbose_name="进行到",
                            ),
                        ),
                        ("cursor", models.BigIntegerField(default=0, verbose_name="机构页面断点")),
                        ("pages", models.PositiveIntegerField(default=0, verbose_name="网页数")),
                        ("institutions", models.PositiveIntegerField(default=0, verbose_name="机构页面数")),
                        ("skipped", models.PositiveIntegerField(default=0, verbose_name="超出上限未打开的网址")),
                        ("problems", models.PositiveIntegerField(default=0, verbose_name="问题数")),
                        ("new_problems", models.PositiveIntegerField(default=0, verbose_name="新问题数")),
                        ("closed_problems", models.PositiveIntegerField(default=0, verbose_name="已消除问题数")),
                    ],
                    options={
                        "verbose_name": "公众网站检查",
                        "verbose_name_plural": "公众网站检查",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["running", "done", "stopped"])),
                                name="public_check_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("phase__in", ["register", "site", "institutions", "editions", "files", "over"])
                                ),
                                name="public_check_phase_known",
                                violation_error_message="“phase”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "running")),
                                fields=("state",),
                                name="public_check_one_at_a_time",
                                violation_error_message="公众网站正在检查，请等它结束。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True), ("phase", "over"), _connector="OR"
                                ),
                                name="public_check_done_is_over",
                                violation_error_message="完成的检查必须走完全部环节。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("limited", True), ("institution_limit__isnull", True), _connector="OR"
                                ),
                                name="public_check_whole_has_no_limit",
                                violation_error_message="完整检查不能限定机构页面数。",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("planted", "疑似植入文字"),
                                    ("hidden", "隐藏的链接或文字"),
                                    ("code", "可疑代码"),
                                    ("foreign", "外部网址"),
                                    ("personal", "个人信息外露"),
                                    ("broken", "页面出错"),
                                    ("dead", "失效链接"),
                                    ("header", "安全响应头缺失"),
                                    ("edition", "名单与期次不符"),
                                    ("file", "网站文件被改动"),
                                ],
                                max_length=10,
                                verbose_name="问题",
                            ),
                        ),
                        ("key", models.CharField(max_length=64, verbose_name="识别码")),
                        ("place", models.CharField(max_length=300, verbose_name="网页地址")),
                        ("field", models.CharField(blank=True, max_length=60, verbose_name="栏目或位置")),
                        ("excerpt", models.CharField(max_length=200, verbose_name="情况")),
                        ("institution_id", models.BigIntegerField(blank=True, null=True, verbose_name="机构编号")),
                        ("subject", models.CharField(blank=True, max_length=120, verbose_name="机构或单位")),
                        ("found_at", models.DateTimeField(verbose_name="首次发现")),
                        ("seen_at", models.DateTimeField(verbose_name="最近一次看到")),
                        ("times", models.PositiveIntegerField(default=1, verbose_name="最近一次出现处数")),
                        ("alarmed_at", models.DateTimeField(blank=True, null=True, verbose_name="提醒时间")),
                        ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="消除时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "first_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found",
                                to="publicity.publiccheck",
                                verbose_name="首次发现的检查",
                            ),
                        ),
                        (
                            "last_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seen",
                                to="publicity.publiccheck",
                                verbose_name="最近发现的检查",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "网站检查问题",
                        "verbose_name_plural": "网站检查问题",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "planted",
                                            "hidden",
                                            "code",
                                            "foreign",
                                            "personal",
                                            "broken",
                                            "dead",
                                            "header",
                                            "edition",
                                            "file",
                                        ],
                                    )
                                ),
                                name="finding_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("key",),
                                name="finding_open_once",
                                violation_error_message="这个问题已经登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("seen_at__gte", models.F("found_at")),
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("closed_at__gte", models.F("seen_at")),
                                        _connector="OR",
                                    ),
                                ),
                                name="finding_times_ordered",
                                violation_error_message="发现、看到和消除的时间先后有误。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", ""), _negated=True), models.Q(("excerpt", ""), _negated=True)
                                ),
                                name="finding_says_where_and_what",
                                violation_error_message="问题必须写明网页地址和情况。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=["last_check"],
                                name="finding_open_by_check",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
