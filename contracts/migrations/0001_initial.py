import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
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
                    name="Contract",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, verbose_name="合同编号")),
                        ("course_name", models.CharField(max_length=80, verbose_name="课程名称")),
                        (
                            "category",
                            models.CharField(
                                choices=[("subject", "学科类"), ("non_subject", "非学科类")],
                                max_length=20,
                                verbose_name="培训类别",
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                choices=[("offline", "线下"), ("online", "线上")],
                                max_length=10,
                                verbose_name="培训形式",
                            ),
                        ),
                        ("pupils", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="班额")),
                        ("lesson_minutes", models.PositiveSmallIntegerField(default=45, verbose_name="每课时分钟数")),
                        ("lessons", models.PositiveSmallIntegerField(verbose_name="课时数")),
                        ("gift_lessons", models.PositiveSmallIntegerField(default=0, verbose_name="赠送课时")),
                        ("unit_price_fen", models.BigIntegerField(verbose_name="课时单价(分)")),
                        ("total_fen", models.BigIntegerField(verbose_name="合同总价(分)")),
                        ("signed_on", models.DateField(verbose_name="签订日期")),
                        ("starts_on", models.DateField(verbose_name="培训期起")),
                        ("ends_on", models.DateField(verbose_name="培训期止")),
                        ("first_lesson_on", models.DateField(blank=True, null=True, verbose_name="首次上课日期")),
                        (
                            "way",
                            models.CharField(
                                choices=[("lump", "一次性"), ("instalment", "分期")],
                                default="lump",
                                max_length=20,
                                verbose_name="付费方式",
                            ),
                        ),
                        (
                            "supervision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("by_lesson", "银行托管，一课一消"),
                                    ("by_stage", "银行托管，分阶段解付"),
                                    ("large_flow", "银行托管，大额异动预警"),
                                    ("deposit", "风险保证金"),
                                ],
                                max_length=20,
                                verbose_name="资金监管方式",
                            ),
                        ),
                        (
                            "refund_window_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="全额退费期(天)"),
                        ),
                        ("on_model_contract", models.BooleanField(verbose_name="使用示范文本")),
                        (
                            "bought_via",
                            models.CharField(
                                choices=[("app", "全国平台App"), ("offline", "线下签订")],
                                max_length=10,
                                verbose_name="购课渠道",
                            ),
                        ),
                        ("on_platform", models.BooleanField(default=False, verbose_name="已上全国平台")),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "履行中"), ("ended", "已到期"), ("terminated", "已解除")],
                                default="active",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                        ("close_reason", models.CharField(blank=True, max_length=300, verbose_name="解除原因")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
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
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.site",
                                verbose_name="校区",
                            ),
                        ),
                        (
                            "training_class",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.trainingclass",
                                verbose_name="班级",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "培训合同",
                        "verbose_name_plural": "培训合同",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("institution", "number"),
                                name="contract_number_once",
                                violation_error_message="该机构已登记这个编号的合同。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "non_subject"])),
                                name="contract_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("delivery__in", ["offline", "online"])),
                                name="contract_delivery_known",
                                violation_error_message="“delivery”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["lump", "instalment"])),
                                name="contract_way_known",
                                violation_error_message="“way”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supervision__in", ["by_lesson", "by_stage", "large_flow", "deposit", ""])
                                ),
                                name="contract_supervision_known",
                                violation_error_message="“supervision”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("bought_via__in", ["app", "offline"])),
                                name="contract_bought_via_known",
                                violation_error_message="“bought_via”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["active", "ended", "terminated"])),
                                name="contract_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="contract_period_ordered",
                                violation_error_message="培训期止不能早于培训期起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_lesson_on__isnull", True),
                                    ("first_lesson_on__lte", models.F("ends_on")),
                                    _connector="OR",
                                ),
                                name="contract_first_lesson_inside",
                                violation_error_message="首次上课日期不能晚于培训期止。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lesson_minutes__gte", 10),
                                    ("lessons__gte", 1),
                                    ("total_fen__gte", 0),
                                    ("unit_price_fen__gte", 0),
                                ),
                                name="contract_figures_sane",
                                violation_error_message="课时数至少为1，每课时至少10分钟，价格不能为负。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number", ""), _negated=True),
                                    models.Q(("course_name", ""), _negated=True),
                                ),
                                name="contract_has_number_and_course",
                                violation_error_message="合同编号和课程名称不能为空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("state", "active")),
                                    models.Q(
                                        models.Q(("state", "active"), _negated=True), ("closed_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="contract_closed_has_day",
                                violation_error_message="已结束的合同必须有结束日期。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "signed_on"], name="contract_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "contract",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="consent",
                                serialize=False,
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        ("guardian_masked", models.CharField(max_length=20, verbose_name="监护人")),
                        ("text_version", models.CharField(max_length=20, verbose_name="告知书版本")),
                        ("text_hash", models.CharField(max_length=64, verbose_name="告知书摘要(SHA-256)")),
                        ("given_on", models.DateField(verbose_name="同意日期")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("paper", "纸质签字"),
                                    ("app", "平台勾选"),
                                    ("sms", "短信确认"),
                                    ("recorded", "录音录像"),
                                ],
                                max_length=10,
                                verbose_name="同意方式",
                            ),
                        ),
                        ("recorded_on", models.DateField(verbose_name="登记日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                    ],
                    options={
                        "verbose_name": "监护人同意",
                        "verbose_name_plural": "监护人同意",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("way__in", ["paper", "app", "sms", "recorded"])),
                                name="consent_way_known",
                                violation_error_message="“way”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("text_hash__regex", "^[0-9a-f]{64}$"),
                                    models.Q(("text_version", ""), _negated=True),
                                ),
                                name="consent_names_its_words",
                                violation_error_message="监护人同意必须写明告知书的版本和摘要。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("given_on__lte", models.F("recorded_on"))),
                                name="consent_before_it_was_recorded",
                                violation_error_message="同意日期不能晚于登记日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractLimit",
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
                                    ("months_cap", "一次收费最长时间跨度"),
                                    ("lessons_cap", "一次收费最多课时"),
                                    ("amount_cap", "一次收费最高金额"),
                                    ("split_tolerance", "拆单合计的宽限"),
                                    ("guide_price", "政府指导价"),
                                    ("guide_rise", "指导价最高上浮"),
                                    ("earliest_collection", "最早收费时间"),
                                    ("pooling_days", "现金归集期限"),
                                    ("transfer_days", "消课资金划转期限"),
                                    ("invoice_days", "补齐合同和发票的期限"),
                                    ("latest_end", "课程最晚结束时间"),
                                    ("kept_days", "合同结束后个人信息保存"),
                                ],
                                max_length=30,
                                verbose_name="规定",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                blank=True,
                                choices=[("subject", "学科类"), ("non_subject", "非学科类")],
                                max_length=20,
                                verbose_name="培训类别",
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                blank=True,
                                choices=[("offline", "线下"), ("online", "线上")],
                                max_length=10,
                                verbose_name="培训形式",
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="每课时分钟数"),
                        ),
                        (
                            "pupils_up_to",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="班额上限"),
                        ),
                        ("value", models.PositiveIntegerField(verbose_name="数值")),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("month", "个月"),
                                    ("lesson", "课时"),
                                    ("fen", "元"),
                                    ("percent", "%"),
                                    ("day", "天"),
                                    ("working_day", "个工作日"),
                                    ("minute_of_day", "时刻"),
                                ],
                                max_length=20,
                                verbose_name="单位",
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="依据")),
                        ("needs_review", models.BooleanField(default=False, verbose_name="待核实")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="变更理由")),
                        ("effective_from", models.DateField(verbose_name="施行起")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
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
                            "proposed_by",
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
                        "verbose_name": "收费规定",
                        "verbose_name_plural": "收费规定",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "months_cap",
                                            "lessons_cap",
                                            "amount_cap",
                                            "split_tolerance",
                                            "guide_price",
                                            "guide_rise",
                                            "earliest_collection",
                                            "pooling_days",
                                            "transfer_days",
                                            "invoice_days",
                                            "latest_end",
                                            "kept_days",
                                        ],
                                    )
                                ),
                                name="contract_limit_code_known",
                                violation_error_message="“code”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "non_subject", ""])),
                                name="contract_limit_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("delivery__in", ["offline", "online", ""])),
                                name="contract_limit_delivery_known",
                                violation_error_message="“delivery”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "measure__in",
                                        ["month", "lesson", "fen", "percent", "day", "working_day", "minute_of_day"],
                                    )
                                ),
                                name="contract_limit_measure_known",
                                violation_error_message="“measure”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "approved", "refused"])),
                                name="contract_limit_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="contract_limit_ordered",
                                violation_error_message="施行止不能早于施行起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                name="contract_limit_has_source",
                                violation_error_message="收费规定必须写明依据。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("code", "guide_price"),
                                        ("minutes__gte", 10),
                                        ("minutes__isnull", False),
                                        ("value__gt", 0),
                                    ),
                                    models.Q(
                                        models.Q(("code", "guide_price"), _negated=True),
                                        ("minutes__isnull", True),
                                        ("pupils_up_to__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contract_limit_price_has_length",
                                violation_error_message="指导价必须写明每课时分钟数，其他规定不写分钟数和班额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_by__isnull", True),
                                        ("proposed_by__isnull", True),
                                        ("state", "approved"),
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", True),
                                        ("proposed_by__isnull", False),
                                        ("state", "proposed"),
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", False),
                                        ("proposed_by__isnull", False),
                                        models.Q(("state", "proposed"), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contract_limit_decided_by_somebody",
                                violation_error_message="收费规定由一人提出、另一人审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="contract_limit_by_another",
                                violation_error_message="收费规定必须由提出人以外的人审批。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "approved")),
                                expressions=[
                                    ("code", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            models.F("jurisdiction_id"), models.Value(0)
                                        ),
                                        "=",
                                    ),
                                    ("category", "="),
                                    ("delivery", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            models.F("pupils_up_to"), models.Value(0)
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
                                name="contract_limit_one_at_a_time",
                                violation_error_message="同一规定在同一地区的施行时间不能重叠。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="上课日期")),
                        ("starts_time", models.TimeField(blank=True, null=True, verbose_name="开始时间")),
                        ("ends_time", models.TimeField(blank=True, null=True, verbose_name="结束时间")),
                        ("lessons", models.PositiveSmallIntegerField(default=1, verbose_name="课时数")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken",
                                to="contracts.contract",
                                verbose_name="合同",
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
                        "verbose_name": "上课记录",
                        "verbose_name_plural": "上课记录",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("contract", "held_on", "starts_time"),
                                name="lesson_once",
                                nulls_distinct=False,
                                violation_error_message="该合同这一天这个时间的上课记录已登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lessons__gte", 1), ("lessons__lte", 12)),
                                name="lesson_number_sane",
                                violation_error_message="一次上课应为1至12课时。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_time__isnull", True),
                                    ("ends_time__gte", models.F("starts_time")),
                                    _connector="OR",
                                ),
                                name="lesson_ordered",
                                violation_error_message="结束时间不能早于开始时间。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "held_on"], name="lesson_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PartyOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(max_length=300, verbose_name="用途")),
                        ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "待审批"), ("allowed", "已批准"), ("refused", "未批准")],
                                default="asked",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="有效至")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "学员信息查看申请",
                        "verbose_name_plural": "学员信息查看申请",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "allowed", "refused"])),
                                name="party_opening_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("contract", "asked_by"),
                                name="party_opening_asked_once",
                                violation_error_message="您已经申请过，正在等审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="party_opening_by_another",
                                violation_error_message="必须由申请人以外的人审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_by__isnull", True), ("ends_at__isnull", True), ("state", "asked")
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", False), ("ends_at__isnull", False), ("state", "allowed")
                                    ),
                                    models.Q(
                                        ("decided_by__isnull", False), ("ends_at__isnull", True), ("state", "refused")
                                    ),
                                    _connector="OR",
                                ),
                                name="party_opening_decided_whole",
                                violation_error_message="批准的查看必须有审批人和截止时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at__isnull", True),
                                    (
                                        "ends_at__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("state_at"), "+", models.Value(datetime.timedelta(seconds=28800))
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="party_opening_eight_hours",
                                violation_error_message="查看的有效时间最长8小时。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.TextField(blank=True, verbose_name="密钥（已加密）")),
                        ("sealed_name", models.TextField(blank=True, verbose_name="姓名（已加密）")),
                        ("name_masked", models.CharField(max_length=20, verbose_name="姓名")),
                        (
                            "name_blind",
                            models.CharField(blank=True, db_index=True, max_length=64, verbose_name="姓名索引"),
                        ),
                        ("destroyed_at", models.DateTimeField(blank=True, null=True, verbose_name="销毁时间")),
                        ("contract_no", models.CharField(blank=True, max_length=60, verbose_name="所填合同编号")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额(分)")),
                        ("paid_on", models.DateField(verbose_name="缴费日期")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("bank", "银行转账"),
                                    ("wechat", "微信支付"),
                                    ("alipay", "支付宝"),
                                    ("pos", "刷卡"),
                                    ("app", "全国平台App"),
                                    ("cash", "现金"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="支付方式",
                            ),
                        ),
                        (
                            "told_by",
                            models.CharField(
                                choices=[("platform", "全国平台"), ("bank", "银行"), ("institution", "机构报送")],
                                max_length=20,
                                verbose_name="流水来源",
                            ),
                        ),
                        ("reference", models.CharField(max_length=60, verbose_name="流水号")),
                        ("account_tail", models.CharField(blank=True, max_length=4, verbose_name="收款账号尾号")),
                        ("account_blind", models.CharField(blank=True, max_length=64, verbose_name="收款账号索引")),
                        ("months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="购买月数")),
                        ("lessons", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="购买课时")),
                        ("covers_from", models.DateField(blank=True, null=True, verbose_name="费用所属期起")),
                        ("covers_to", models.DateField(blank=True, null=True, verbose_name="费用所属期止")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("agrees", "一致"),
                                    ("differs", "不一致"),
                                    ("no_contract", "缺合同"),
                                    ("no_invoice", "缺发票"),
                                    ("neither", "缺合同和发票"),
                                    ("erased", "个人信息已销毁"),
                                ],
                                default="neither",
                                max_length=20,
                                verbose_name="三一致",
                            ),
                        ),
                        ("edit", models.CharField(blank=True, max_length=300, verbose_name="改动建议")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
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
                        "verbose_name": "缴费",
                        "verbose_name_plural": "缴费记录",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("told_by", "institution", "reference"),
                                name="fee_payment_reference_once",
                                violation_error_message="该来源的这个流水号已登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("channel__in", ["bank", "wechat", "alipay", "pos", "app", "cash", "other"])
                                ),
                                name="fee_payment_channel_known",
                                violation_error_message="“channel”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("told_by__in", ["platform", "bank", "institution"])),
                                name="fee_payment_told_by_known",
                                violation_error_message="“told_by”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "verdict__in",
                                        ["agrees", "differs", "no_contract", "no_invoice", "neither", "erased"],
                                    )
                                ),
                                name="fee_payment_verdict_known",
                                violation_error_message="“verdict”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("destroyed_at__isnull", True),
                                        models.Q(("key", ""), _negated=True),
                                        models.Q(("sealed_name", ""), _negated=True),
                                        models.Q(("name_blind", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("destroyed_at__isnull", False),
                                        ("key", ""),
                                        ("name_blind", ""),
                                        ("sealed_name", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="fee_payment_named_or_gone",
                                violation_error_message="姓名要么完整，要么已销毁。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)),
                                name="fee_payment_positive",
                                violation_error_message="缴费金额应大于0；退费请在退费中登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("account_tail", ""), ("account_tail__regex", "^[0-9A-Z]{4}$"), _connector="OR"
                                ),
                                name="fee_payment_tail_format",
                                violation_error_message="收款账号尾号应为4位。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("covers_to__isnull", True),
                                    ("covers_to__gte", models.F("covers_from")),
                                    _connector="OR",
                                ),
                                name="fee_payment_ordered",
                                violation_error_message="费用所属期止不能早于所属期起。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "paid_on"], name="fee_payment_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.TextField(blank=True, verbose_name="密钥（已加密）")),
                        ("sealed_name", models.TextField(blank=True, verbose_name="姓名（已加密）")),
                        ("name_masked", models.CharField(max_length=20, verbose_name="姓名")),
                        (
                            "name_blind",
                            models.CharField(blank=True, db_index=True, max_length=64, verbose_name="姓名索引"),
                        ),
                        ("destroyed_at", models.DateTimeField(blank=True, null=True, verbose_name="销毁时间")),
                        ("contract_no", models.CharField(blank=True, max_length=60, verbose_name="所填合同编号")),
                        ("number", models.CharField(max_length=40, verbose_name="发票号码")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额(分)")),
                        ("issued_on", models.DateField(verbose_name="开票日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
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
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="contracts.payment",
                                verbose_name="对应缴费",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "发票",
                        "verbose_name_plural": "发票",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("institution", "number"),
                                name="fee_invoice_number_once",
                                violation_error_message="该机构已登记这个号码的发票。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("destroyed_at__isnull", True),
                                        models.Q(("key", ""), _negated=True),
                                        models.Q(("sealed_name", ""), _negated=True),
                                        models.Q(("name_blind", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("destroyed_at__isnull", False),
                                        ("key", ""),
                                        ("name_blind", ""),
                                        ("sealed_name", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="fee_invoice_named_or_gone",
                                violation_error_message="姓名要么完整，要么已销毁。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0), models.Q(("number", ""), _negated=True)),
                                name="fee_invoice_positive",
                                violation_error_message="发票号码不能为空，金额应大于0。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("about", models.CharField(max_length=40, verbose_name="对象")),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("V01", "时间跨度超限"),
                                    ("V02", "课时超限"),
                                    ("V03", "金额超限"),
                                    ("V04", "疑似拆单"),
                                    ("V05", "超指导价"),
                                    ("V06", "收费过早"),
                                    ("V07", "未收入监管专户"),
                                    ("V08", "现金未按期归集"),
                                    ("V09", "三一致不符"),
                                    ("V10", "缺合同或发票"),
                                    ("V11", "消课资金划转过晚"),
                                    ("V12", "超出办学许可期限"),
                                    ("V13", "上课时间违规"),
                                    ("V14", "监管专户没有有效协议"),
                                ],
                                max_length=10,
                                verbose_name="校验",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("red", "红"), ("orange", "橙"), ("yellow", "黄")],
                                max_length=10,
                                verbose_name="等级",
                            ),
                        ),
                        ("words", models.CharField(max_length=300, verbose_name="问题")),
                        ("figures", models.JSONField(blank=True, default=dict, verbose_name="数字")),
                        ("clause", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                        ("remedy", models.CharField(max_length=300, verbose_name="怎样改正")),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("cleared_on", models.DateField(blank=True, null=True, verbose_name="消除日期")),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="contracts.contract",
                                verbose_name="合同",
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
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="contracts.payment",
                                verbose_name="缴费",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "收费校验问题",
                        "verbose_name_plural": "收费校验问题",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("cleared_on__isnull", True)),
                                fields=("code", "about"),
                                name="contract_finding_open_once",
                                violation_error_message="这个问题已登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "V01",
                                            "V02",
                                            "V03",
                                            "V04",
                                            "V05",
                                            "V06",
                                            "V07",
                                            "V08",
                                            "V09",
                                            "V10",
                                            "V11",
                                            "V12",
                                            "V13",
                                            "V14",
                                        ],
                                    )
                                ),
                                name="contract_finding_code_known",
                                violation_error_message="“code”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["red", "orange", "yellow"])),
                                name="contract_finding_level_known",
                                violation_error_message="“level”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contract__isnull", False),
                                    ("payment__isnull", False),
                                    ("code", "V14"),
                                    _connector="OR",
                                ),
                                name="contract_finding_about_something",
                                violation_error_message="校验问题必须指明合同或缴费；监管专户的除外。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cleared_on__isnull", True),
                                    ("cleared_on__gte", models.F("found_on")),
                                    _connector="OR",
                                ),
                                name="contract_finding_ordered",
                                violation_error_message="消除日期不能早于发现日期。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "code"], name="contract_finding_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractParty",
                    fields=[
                        (
                            "consent",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="party",
                                serialize=False,
                                to="contracts.consent",
                                verbose_name="监护人同意",
                            ),
                        ),
                        ("key", models.TextField(blank=True, verbose_name="密钥（已加密）")),
                        ("sealed", models.TextField(blank=True, verbose_name="学员和监护人（已加密）")),
                        ("pupil_masked", models.CharField(max_length=20, verbose_name="学员")),
                        ("guardian_masked", models.CharField(max_length=20, verbose_name="监护人")),
                        ("phone_masked", models.CharField(blank=True, max_length=20, verbose_name="监护人电话")),
                        ("pupil_blind", models.CharField(blank=True, max_length=64, verbose_name="学员索引")),
                        ("guardian_blind", models.CharField(blank=True, max_length=64, verbose_name="监护人索引")),
                        ("phone_blind", models.CharField(blank=True, max_length=64, verbose_name="电话索引")),
                        ("learner_blind", models.CharField(blank=True, max_length=64, verbose_name="同一学员索引")),
                        ("destroyed_at", models.DateTimeField(blank=True, null=True, verbose_name="销毁时间")),
                    ],
                    options={
                        "verbose_name": "学员和监护人",
                        "verbose_name_plural": "学员和监护人",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("destroyed_at__isnull", True),
                                        models.Q(("key", ""), _negated=True),
                                        models.Q(("sealed", ""), _negated=True),
                                        models.Q(("pupil_blind", ""), _negated=True),
                                        models.Q(("guardian_blind", ""), _negated=True),
                                        models.Q(("learner_blind", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("destroyed_at__isnull", False),
                                        ("guardian_blind", ""),
                                        ("key", ""),
                                        ("learner_blind", ""),
                                        ("phone_blind", ""),
                                        ("pupil_blind", ""),
                                        ("sealed", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="party_whole_or_gone",
                                violation_error_message="学员和监护人信息要么完整，要么已销毁。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["pupil_blind"], name="party_by_pupil"),
                            models.Index(fields=["guardian_blind"], name="party_by_guardian"),
                            models.Index(fields=["phone_blind"], name="party_by_phone"),
                            models.Index(fields=["learner_blind"], name="party_by_learner"),
                        ],
                    },
                ),
            ]
        ),
    ]
