import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("assignments", "0001_initial"),
        ("institutions", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="AdminTraining",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("online", "线上"), ("offline", "线下")], max_length=10, verbose_name="形式"
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="培训日期")),
                        ("topic", models.CharField(max_length=120, verbose_name="培训主题")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="地点或平台")),
                        ("persons", models.PositiveIntegerField(verbose_name="参训(人)")),
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
                        "verbose_name": "管理员培训",
                        "verbose_name_plural": "管理员培训",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["online", "offline"])),
                                name="admin_training_mode_known",
                                violation_error_message="“mode”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(models.Q(("topic", ""), _negated=True), ("persons__gte", 1)),
                                name="admin_training_whole",
                                violation_error_message="请填写培训主题，参训人数至少1人。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bank",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="银行名称")),
                        ("city", models.CharField(blank=True, max_length=40, verbose_name="所在城市")),
                        ("contact", models.CharField(blank=True, max_length=60, verbose_name="联系人")),
                        ("phone", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="联系电话")),
                        (
                            "status",
                            models.CharField(
                                choices=[("candidate", "候选"), ("selected", "入选"), ("withdrawn", "退出")],
                                default="candidate",
                                max_length=10,
                                verbose_name="遴选状态",
                            ),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="遴选单位",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                blank=True,
                                help_text="该银行在本系统有经办人的，选择其单位；经办人只看到本行的账户和协议。",
                                limit_choices_to={"kind": "bank"},
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="银行工作台单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监管银行",
                        "verbose_name_plural": "监管银行",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"),
                                name="bank_name_once",
                                violation_error_message="已登记同名银行。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["candidate", "selected", "withdrawn"])),
                                name="bank_status_known",
                                violation_error_message="“status”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="bank_has_name",
                                violation_error_message="请填写银行名称。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupervisedAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("holder", models.CharField(max_length=120, verbose_name="户名")),
                        ("number", foundation.core.ciphers.SealedTextField(verbose_name="账号")),
                        ("number_tail", models.CharField(max_length=4, verbose_name="账号尾号")),
                        ("number_hash", models.CharField(max_length=64, verbose_name="账号摘要")),
                        ("opened_on", models.DateField(verbose_name="开户日期")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="销户日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "bank",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accounts",
                                to="funds.bank",
                                verbose_name="监管银行",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervised_accounts",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监管账户",
                        "verbose_name_plural": "监管账户",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="account_period_ordered",
                                violation_error_message="销户日期不能早于开户日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number_hash__regex", "^[0-9a-f]{64}$"),
                                    ("number_tail__regex", "^\\d{4}$"),
                                    models.Q(("number", ""), _negated=True),
                                ),
                                name="account_number_whole",
                                violation_error_message="账号不完整。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("holder", ""), _negated=True),
                                name="account_has_holder",
                                violation_error_message="请填写户名。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("institution", "="),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "opened_on",
                                            "closed_on",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="account_one_at_a_time",
                                violation_error_message="V14：该机构在此期间已有监管专户，一家机构同一时间只能有一个。请先办理原专户销户。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("number_hash", "="),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "opened_on",
                                            "closed_on",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="account_number_one_owner",
                                violation_error_message="该账号已登记为另一家机构的监管专户。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["bank", "opened_on"], name="account_by_bank"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("by_lesson", "银行托管，一课一消"),
                                    ("by_stage", "银行托管，分阶段解付"),
                                    ("large_flow", "银行托管，大额异动预警"),
                                    ("deposit", "风险保证金"),
                                ],
                                max_length=12,
                                verbose_name="监管方式",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="有效期起")),
                        ("valid_to", models.DateField(verbose_name="有效期至")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "已拟定"),
                                    ("signed", "已签署"),
                                    ("expired", "已到期"),
                                    ("terminated", "已终止"),
                                ],
                                default="drafted",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("drafted_at", models.DateTimeField(verbose_name="拟定时间")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签署日期")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="终止日期")),
                        ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="终止理由")),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟定人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_agreements",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="主管机关",
                            ),
                        ),
                        (
                            "renews",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewal",
                                to="funds.agreement",
                                verbose_name="续签自",
                            ),
                        ),
                        (
                            "bank",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="funds.bank",
                                verbose_name="监管银行",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "三方协议",
                        "verbose_name_plural": "三方协议",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["by_lesson", "by_stage", "large_flow", "deposit"])),
                                name="agreement_mode_known",
                                violation_error_message="“mode”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["drafted", "signed", "expired", "terminated"])),
                                name="agreement_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="agreement_period_ordered",
                                violation_error_message="有效期止不能早于有效期起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["signed", "expired"]), _negated=True),
                                    ("signed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="agreement_signed_on_a_day",
                                violation_error_message="已签署的协议须有签署日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("state", "terminated"),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "terminated"), _negated=True),
                                        ("end_reason", ""),
                                        ("ended_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="agreement_end_has_reason",
                                violation_error_message="终止协议须写明日期和理由。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("state", "signed")),
                                expressions=[
                                    ("institution", "="),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "valid_from",
                                            "valid_to",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="agreement_one_at_a_time",
                                violation_error_message="该机构在此期间已有签署的三方协议。更换银行的，请先终止原协议。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["bank", "state"], name="agreement_by_bank"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("drafted", "已拟定"),
                                    ("signed", "已签署"),
                                    ("expired", "已到期"),
                                    ("terminated", "已终止"),
                                ],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="funds.agreement",
                                verbose_name="三方协议",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="funds.agreementevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "协议变化",
                        "verbose_name_plural": "协议变化",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["drafted", "signed", "expired", "terminated"])),
                                name="agreement_event_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="agreement_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["agreement", "-effective_on", "-recorded_at"], name="agreement_event_chain"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankStatusEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "status",
                            models.CharField(
                                choices=[("candidate", "候选"), ("selected", "入选"), ("withdrawn", "退出")],
                                max_length=10,
                                verbose_name="遴选状态",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("basis", models.CharField(blank=True, max_length=120, verbose_name="依据文件")),
                        (
                            "bank",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="status_events",
                                to="funds.bank",
                                verbose_name="银行",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="funds.bankstatusevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "遴选记录",
                        "verbose_name_plural": "遴选记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["candidate", "selected", "withdrawn"])),
                                name="bank_event_status_known",
                                violation_error_message="“status”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="bank_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["bank", "-effective_on", "-recorded_at"], name="bank_event_chain"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exemption",
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
                                    ("proposed", "待审核"),
                                    ("approved", "已同意"),
                                    ("refused", "不同意"),
                                    ("ended", "已终止"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("pay_after", "先服务后收费"), ("no_fees", "公益免费，不收费")],
                                max_length=10,
                                verbose_name="豁免情形",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="自")),
                        ("until_on", models.DateField(verbose_name="至")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="提前终止之日")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="终止登记时间")),
                        ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="终止理由")),
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
                                related_name="fund_exemptions",
                                to="institutions.institution",
                                verbose_name="机构",
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
                    ],
                    options={
                        "verbose_name": "豁免监管",
                        "verbose_name_plural": "豁免监管",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "approved", "refused", "ended"])),
                                name="exemption_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="exemption_two_persons",
                                violation_error_message="须由另一人审核，不能审核自己提请的事项。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "proposed"),
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="exemption_decided_by_somebody",
                                violation_error_message="审核须有审核人和时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="exemption_has_reason",
                                violation_error_message="请填写理由。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("institution",),
                                name="exemption_one_open",
                                violation_error_message="该机构已有一项待审核的提请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["pay_after", "no_fees"])),
                                name="exemption_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                                ),
                                name="exemption_period_ordered",
                                violation_error_message="豁免的止日不能早于起日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_on__isnull", False),
                                        ("state", "ended"),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "ended"), _negated=True),
                                        ("end_reason", ""),
                                        ("ended_at__isnull", True),
                                        ("ended_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="exemption_end_has_reason",
                                violation_error_message="提前终止豁免须写明日期和理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "flag",
                            models.CharField(
                                choices=[("opened", "监管账户开设"), ("verified", "资金核验"), ("payable", "开通支付")],
                                max_length=10,
                                verbose_name="事项",
                            ),
                        ),
                        ("up", models.BooleanField(verbose_name="已完成")),
                        ("evidence", models.CharField(blank=True, max_length=300, verbose_name="依据或理由")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_flags",
                                to="institutions.institution",
                                verbose_name="机构",
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
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="funds.flagevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "三项登记",
                        "verbose_name_plural": "三项登记",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("flag__in", ["opened", "verified", "payable"])),
                                name="flag_event_flag_known",
                                violation_error_message="“flag”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="flag_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("up", True), models.Q(("evidence", ""), _negated=True), _connector="OR"
                                ),
                                name="flag_event_down_has_reason",
                                violation_error_message="撤销须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["institution", "flag", "-effective_on", "-recorded_at"], name="flag_event_chain"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FundsFile",
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
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="funds.agreement",
                                verbose_name="三方协议",
                            ),
                        ),
                        (
                            "flag",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="funds.flagevent",
                                verbose_name="三项登记",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_files",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资金监管附件",
                        "verbose_name_plural": "资金监管附件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("format__in", ["pdf", "docx", "xlsx", "jpg", "png"])),
                                name="funds_file_format_known",
                                violation_error_message="“format”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("path",),
                                name="funds_file_path_once",
                                violation_error_message="附件的存放位置重复。",
                            ),
                            models.UniqueConstraint(
                                fields=("agreement", "sha256"),
                                name="funds_file_once",
                                violation_error_message="这份附件已经上传过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("size__gte", 1),
                                    models.Q(("path", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                ),
                                name="funds_file_whole",
                                violation_error_message="附件不完整。",
                            ),
                            models.UniqueConstraint(
                                fields=("flag", "sha256"),
                                name="funds_file_flag_once",
                                violation_error_message="这份附件已经上传过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreement__isnull", True), ("flag__isnull", False)),
                                    models.Q(("agreement__isnull", False), ("flag__isnull", True)),
                                    _connector="OR",
                                ),
                                name="funds_file_one_owner",
                                violation_error_message="附件须属于一份协议或一项登记。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MinimumBalance",
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
                                    ("proposed", "待审核"),
                                    ("approved", "已同意"),
                                    ("refused", "不同意"),
                                    ("ended", "已终止"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                        ("amount_fen", models.BigIntegerField(verbose_name="最低余额(分)")),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
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
                                related_name="minimum_balances",
                                to="institutions.institution",
                                verbose_name="机构",
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
                    ],
                    options={
                        "verbose_name": "最低余额",
                        "verbose_name_plural": "最低余额",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "approved", "refused", "ended"])),
                                name="minimum_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "ended"), _negated=True),
                                name="minimum_never_ended",
                                violation_error_message="最低余额由新的最低余额取代，不单独终止。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="minimum_two_persons",
                                violation_error_message="须由另一人审核，不能审核自己提请的事项。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "proposed"),
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="minimum_decided_by_somebody",
                                violation_error_message="审核须有审核人和时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="minimum_has_reason",
                                violation_error_message="请填写理由。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("institution",),
                                name="minimum_one_open",
                                violation_error_message="该机构已有一项待审核的提请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)),
                                name="minimum_positive",
                                violation_error_message="最低余额应大于零。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModeEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("by_lesson", "银行托管，一课一消"),
                                    ("by_stage", "银行托管，分阶段解付"),
                                    ("large_flow", "银行托管，大额异动预警"),
                                    ("deposit", "风险保证金"),
                                ],
                                max_length=12,
                                verbose_name="监管方式",
                            ),
                        ),
                        ("deposit_fen", models.BigIntegerField(default=0, verbose_name="风险保证金(分)")),
                        ("reason", models.CharField(max_length=300, verbose_name="事由")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supervision_modes",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="funds.modeevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监管方式变化",
                        "verbose_name_plural": "监管方式变化",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["by_lesson", "by_stage", "large_flow", "deposit"])),
                                name="mode_event_mode_known",
                                violation_error_message="“mode”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="mode_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deposit_fen__gt", 0),
                                    models.Q(("deposit_fen", 0), models.Q(("mode", "deposit"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="mode_event_deposit_fits",
                                violation_error_message="采用风险保证金的应写明金额；金额不能小于零。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["institution", "-effective_on", "-recorded_at"], name="mode_event_chain"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Obstacle",
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
                                    ("other_bank", "异行账户接入"),
                                    ("bank_system", "银行系统对接"),
                                    ("platform", "全国平台操作"),
                                    ("papers", "开户资料不全"),
                                    ("name", "户名与许可不符"),
                                    ("second_account", "多头开户(V14)"),
                                    ("unwilling", "机构不配合"),
                                    ("costs", "银行收费"),
                                    ("other", "其他"),
                                ],
                                max_length=16,
                                verbose_name="问题分类",
                            ),
                        ),
                        ("words", models.CharField(max_length=300, verbose_name="问题")),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("due_on", models.DateField(verbose_name="解决期限")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "未解决"), ("closed", "已解决")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="解决日期")),
                        ("result", models.CharField(blank=True, max_length=300, verbose_name="处理结果")),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fund_obstacles",
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
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="负责人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "监管问题",
                        "verbose_name_plural": "监管问题台账",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "other_bank",
                                            "bank_system",
                                            "platform",
                                            "papers",
                                            "name",
                                            "second_account",
                                            "unwilling",
                                            "costs",
                                            "other",
                                        ],
                                    )
                                ),
                                name="obstacle_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])),
                                name="obstacle_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("found_on")),
                                    _connector="OR",
                                ),
                                name="obstacle_days_ordered",
                                violation_error_message="解决日期不能早于发现日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("state", "closed"),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    models.Q(("closed_on__isnull", True), ("result", ""), ("state", "open")),
                                    _connector="OR",
                                ),
                                name="obstacle_closed_with_result",
                                violation_error_message="解决须写明日期和处理结果。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="obstacle_says_what",
                                violation_error_message="请填写问题。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "state", "kind"], name="obstacle_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Push",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "flag",
                            models.CharField(
                                choices=[("opened", "监管账户开设"), ("verified", "资金核验"), ("payable", "开通支付")],
                                max_length=10,
                                verbose_name="事项",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="办理期限")),
                        ("pushed_at", models.DateTimeField(verbose_name="催办时间")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="催办单位管辖",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="催办单位",
                            ),
                        ),
                        (
                            "pushed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="催办人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催办",
                        "verbose_name_plural": "催办记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("flag__in", ["opened", "verified", "payable"])),
                                name="push_flag_known",
                                violation_error_message="“flag”的取值不在允许范围内。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-pushed_at"], name="push_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PushedInstitution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="assignments.assignment",
                                verbose_name="交办事项",
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
                            "push",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institutions",
                                to="funds.push",
                                verbose_name="催办",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "催办机构",
                        "verbose_name_plural": "催办机构",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("push", "institution"),
                                name="pushed_once",
                                violation_error_message="同一次催办中机构重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        ("active", models.BooleanField(verbose_name="在用")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="funds.accountevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账户变化",
                        "verbose_name_plural": "账户变化",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="account_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["account", "-effective_on", "-recorded_at"], name="account_event_chain"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingOrgan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="参训单位",
                            ),
                        ),
                        (
                            "training",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attending",
                                to="funds.admintraining",
                                verbose_name="培训",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "参训单位",
                        "verbose_name_plural": "参训单位",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("training", "organ"),
                                name="training_organ_once",
                                violation_error_message="参训单位重复。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
