import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        ("funds", "0001_initial"),
        ("institutions", "0001_initial"),
        ("ledger", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Consumption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("lessons", models.PositiveSmallIntegerField(verbose_name="课时数")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额(分)")),
                        ("first_on", models.DateField(verbose_name="上课日期起")),
                        ("last_on", models.DateField(verbose_name="上课日期止")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待家长确认"),
                                    ("confirmed", "已确认"),
                                    ("disputed", "家长有异议"),
                                    ("cancelled", "已撤销"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("told_on", models.DateField(verbose_name="告知家长日期")),
                        (
                            "confirmed_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("guardian", "家长确认"),
                                    ("silence", "逾期未提异议，视为确认"),
                                    ("bureau", "经办人核实"),
                                ],
                                max_length=10,
                                verbose_name="确认方式",
                            ),
                        ),
                        ("by_link", models.BooleanField(default=False, verbose_name="家长网上答复")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consumptions",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="提交人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消课",
                        "verbose_name_plural": "消课记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "confirmed", "disputed", "cancelled"])),
                                name="consumption_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confirmed_by__in", ["guardian", "silence", "bureau", ""])),
                                name="consumption_confirmed_by_known",
                                violation_error_message="“confirmed_by”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_fen__gte", 0), ("lessons__gte", 1), ("last_on__gte", models.F("first_on"))
                                ),
                                name="consumption_figures_sane",
                                violation_error_message="消课至少一课时，金额不能为负，止日不能早于起日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), models.Q(("confirmed_by", ""), _negated=True)),
                                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("confirmed_by", "")),
                                    _connector="OR",
                                ),
                                name="consumption_says_who_confirmed",
                                violation_error_message="已确认的消课须写明由谁确认。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "told_on"], name="consumption_waiting"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsumedLesson",
                    fields=[
                        (
                            "lesson",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="consumed",
                                serialize=False,
                                to="contracts.lesson",
                                verbose_name="上课记录",
                            ),
                        ),
                        (
                            "consumption",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consumed_lessons",
                                to="payouts.consumption",
                                verbose_name="消课",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消课的上课记录",
                        "verbose_name_plural": "消课的上课记录",
                    },
                ),
                migrations.CreateModel(
                    name="ContractPurse",
                    fields=[
                        (
                            "contract",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="money",
                                serialize=False,
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        (
                            "purse",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.purse",
                                verbose_name="合同资金",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合同的资金",
                        "verbose_name_plural": "合同的资金",
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="暂停起")),
                        ("until_on", models.DateField(verbose_name="暂停止")),
                        ("reason", models.CharField(max_length=300, verbose_name="理由")),
                        ("set_at", models.DateTimeField(verbose_name="决定时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="恢复时间")),
                        ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="恢复理由")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="恢复人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="holds",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="决定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "暂停核拨",
                        "verbose_name_plural": "暂停核拨",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                                ),
                                name="hold_period_ordered",
                                violation_error_message="暂停止不能早于暂停起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="hold_has_reason",
                                violation_error_message="请写明暂停核拨的理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end_reason", ""), ("ended_at__isnull", True), ("ended_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="hold_ended_whole",
                                violation_error_message="提前恢复须写明由谁恢复和理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhoneCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                        ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="试过次数")),
                        ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="打开时间")),
                        ("session_hash", models.CharField(blank=True, max_length=64, verbose_name="查询凭证摘要")),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="phone_codes",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "短信验证",
                        "verbose_name_plural": "短信验证",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("session_hash", ""), _negated=True),
                                fields=("session_hash",),
                                name="phone_code_session_once",
                                violation_error_message="查询凭证重复，请重试。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("opened_at__isnull", True), ("session_hash", "")),
                                    models.Q(("opened_at__isnull", False), ("session_hash__regex", "^[0-9a-f]{64}$")),
                                    _connector="OR",
                                ),
                                name="phone_code_opened_whole",
                                violation_error_message="打开的验证须有时间和查询凭证。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("tries__lte", 5)),
                                name="phone_code_few_tries",
                                violation_error_message="试的次数过多。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["contract", "asked_at"], name="phone_code_by_contract"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Refund",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("asked_on", models.DateField(verbose_name="申请日期")),
                        (
                            "asked_by",
                            models.CharField(
                                choices=[
                                    ("counter", "家长到场或来电"),
                                    ("institution", "机构代为提交"),
                                    ("complaint", "投诉举报转办"),
                                    ("online", "家长网上申请"),
                                ],
                                max_length=12,
                                verbose_name="申请方式",
                            ),
                        ),
                        ("asked_fen", models.BigIntegerField(verbose_name="申请金额(分)")),
                        ("reason", models.CharField(max_length=300, verbose_name="退费原因")),
                        ("unused_fen", models.BigIntegerField(verbose_name="申请时未消课(分)")),
                        ("frozen_fen", models.BigIntegerField(default=0, verbose_name="为此冻结(分)")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "待机构答复"),
                                    ("agreed", "机构同意，待核定"),
                                    ("disputed", "机构不同意，待协调"),
                                    ("settled", "协调一致，待核定"),
                                    ("approved", "已核定，待退款"),
                                    ("paid", "已退款"),
                                    ("declined", "不予退费"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="asked",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                        ("answer", models.CharField(blank=True, max_length=300, verbose_name="机构答复")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                        ("silent", models.BooleanField(default=False, verbose_name="逾期未答复")),
                        ("agreed_fen", models.BigIntegerField(blank=True, null=True, verbose_name="同意金额(分)")),
                        ("coordinated_on", models.DateField(blank=True, null=True, verbose_name="协调日期")),
                        ("outcome", models.CharField(blank=True, max_length=300, verbose_name="协调情况")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="核定时间")),
                        ("paid_on", models.DateField(blank=True, null=True, verbose_name="退款日期")),
                        ("bank_reference", models.CharField(blank=True, max_length=60, verbose_name="银行回单号")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核定人",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refunds",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        (
                            "coordinator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="协调人",
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
                    ],
                    options={
                        "verbose_name": "退费",
                        "verbose_name_plural": "退费",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "asked",
                                            "agreed",
                                            "disputed",
                                            "settled",
                                            "approved",
                                            "paid",
                                            "declined",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="refund_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("asked_by__in", ["counter", "institution", "complaint", "online"])),
                                name="refund_asked_by_known",
                                violation_error_message="“asked_by”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("entered_by__isnull", False),
                                    models.Q(("asked_by", "online"), ("state__in", ("asked", "withdrawn"))),
                                    _connector="OR",
                                ),
                                name="refund_entered_or_asked_online",
                                violation_error_message="退费须有登记人；家长网上申请的，由第一个经办的人承办。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_by__isnull", True),
                                    models.Q(("approved_by", models.F("entered_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="refund_approved_by_another",
                                violation_error_message="退费须由登记人以外的人核定。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("asked_fen__gt", 0),
                                    ("frozen_fen__gte", 0),
                                    ("frozen_fen__lte", models.F("asked_fen")),
                                    models.Q(("reason", ""), _negated=True),
                                ),
                                name="refund_figures_sane",
                                violation_error_message="申请金额应大于零，并写明原因。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agreed_fen__gt", 0),
                                        ("agreed_fen__isnull", False),
                                        ("state__in", ("agreed", "settled", "approved", "paid")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("agreed", "settled", "approved", "paid")), _negated=True
                                        ),
                                        ("agreed_fen__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="refund_agreed_has_amount",
                                violation_error_message="同意退费的须写明金额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("agreed_fen__isnull", True),
                                    ("agreed_fen__lte", models.F("asked_fen")),
                                    _connector="OR",
                                ),
                                name="refund_agreed_within_asked",
                                violation_error_message="同意金额不能超过申请金额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("approved_by__isnull", False),
                                        ("state__in", ("approved", "paid")),
                                        ("approved_at__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("approved", "paid")), _negated=True),
                                        ("approved_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="refund_approved_whole",
                                violation_error_message="核定的退费须有核定人和时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("paid_on__isnull", False),
                                        ("state", "paid"),
                                        models.Q(("bank_reference", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "paid"), _negated=True),
                                        ("bank_reference", ""),
                                        ("paid_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="refund_paid_has_proof",
                                violation_error_message="已退款的须有退款日期和银行回单号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("coordinated_on__isnull", True), ("coordinator__isnull", True), ("outcome", "")
                                    ),
                                    models.Q(
                                        ("coordinated_on__isnull", False),
                                        ("coordinator__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="refund_coordinated_whole",
                                violation_error_message="协调须写明协调人、日期和情况。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("paid", "declined", "withdrawn")), _negated=True),
                                fields=("contract",),
                                name="refund_one_at_a_time",
                                violation_error_message="该合同已有一笔退费正在办理。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "paid_on"], name="refund_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Release",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("up_to", models.DateField(verbose_name="消课截至")),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额(分)")),
                        ("lines_count", models.PositiveIntegerField(verbose_name="人次")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待审核"),
                                    ("approved", "已审核，待银行付款"),
                                    ("paid", "已核拨"),
                                    ("refused", "未通过"),
                                    ("failed", "付款失败，已冲回"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="审核时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="意见")),
                        ("paid_on", models.DateField(blank=True, null=True, verbose_name="付款日期")),
                        ("bank_reference", models.CharField(blank=True, max_length=60, verbose_name="银行回单号")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
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
                                verbose_name="审核人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="releases",
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
                        "verbose_name": "核拨",
                        "verbose_name_plural": "核拨",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "approved", "paid", "refused", "failed"])
                                ),
                                name="release_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="release_decided_by_another",
                                violation_error_message="核拨须由提请人以外的人审核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0), ("lines_count__gt", 0)),
                                name="release_not_empty",
                                violation_error_message="核拨至少一笔，金额应大于零。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by__isnull", True), ("state", "proposed")),
                                    models.Q(
                                        models.Q(("state", "proposed"), _negated=True),
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="release_decided_whole",
                                violation_error_message="审核过的核拨须有审核人和时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("paid_on__isnull", False),
                                        ("state", "paid"),
                                        models.Q(("bank_reference", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "paid"), _negated=True),
                                        ("bank_reference", ""),
                                        ("paid_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="release_paid_has_proof",
                                violation_error_message="已付款的核拨须有付款日期和银行回单号。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("proposed", "approved"))),
                                fields=("institution",),
                                name="release_one_at_a_time",
                                violation_error_message="该机构已有一笔核拨正在办理。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "paid_on"], name="release_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReleaseLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额(分)")),
                        (
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="release_lines",
                                to="contracts.contract",
                                verbose_name="合同",
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                                verbose_name="分录",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="payouts.release",
                                verbose_name="核拨",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核拨明细",
                        "verbose_name_plural": "核拨明细",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("release", "contract"),
                                name="release_line_once",
                                violation_error_message="同一份合同在一笔核拨中只能有一行。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)),
                                name="release_line_positive",
                                violation_error_message="核拨金额应大于零。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountBlock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="原因")),
                        ("set_at", models.DateTimeField(verbose_name="停付时间")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="恢复时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="blocks",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账户停付",
                        "verbose_name_plural": "账户停付",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("account",),
                                name="account_block_one_open",
                                violation_error_message="该账户已停付。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="account_block_has_reason",
                                violation_error_message="请写明停付的原因。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_at__isnull", True), ("ended_at__gte", models.F("set_at")), _connector="OR"
                                ),
                                name="account_block_times_ordered",
                                violation_error_message="恢复时间不能早于停付时间。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
