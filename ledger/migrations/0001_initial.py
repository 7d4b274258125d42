import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("institutions", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Account",
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
                                    ("custody", "监管专户存款"),
                                    ("risk_bank", "风险保证金存款"),
                                    ("prepaid", "预收学员款"),
                                    ("payable", "应付机构款"),
                                    ("refunds", "应付退费"),
                                    ("held", "冻结登记"),
                                    ("holds", "冻结登记对应"),
                                    ("risk", "机构风险保证金"),
                                    ("bank_items", "银行费用与利息"),
                                    ("suspense", "待查款"),
                                    ("transit", "专户划转在途"),
                                ],
                                max_length=12,
                                verbose_name="科目",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(blank=True, default="", max_length=40, verbose_name="银行账户代号"),
                        ),
                        ("debit_fen", models.BigIntegerField(default=0, verbose_name="银行存款借方累计(分)")),
                        ("credit_fen", models.BigIntegerField(default=0, verbose_name="银行存款贷方累计(分)")),
                        ("opened_at", models.DateTimeField(verbose_name="开立时间")),
                        (
                            "institution",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
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
                        "verbose_name": "资金账科目",
                        "verbose_name_plural": "资金账科目",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("institution", "kind", "number"),
                                name="ledger_account_once",
                                violation_error_message="该机构已有这一科目。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "custody",
                                            "risk_bank",
                                            "prepaid",
                                            "payable",
                                            "refunds",
                                            "held",
                                            "holds",
                                            "risk",
                                            "bank_items",
                                            "suspense",
                                            "transit",
                                        ],
                                    )
                                ),
                                name="ledger_account_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("credit_fen__gte", 0), ("debit_fen__gte", 0)),
                                name="ledger_account_not_negative",
                                violation_error_message="科目的借贷累计不能为负数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("debit_fen__gte", models.F("credit_fen"))),
                                name="ledger_account_above_floor",
                                violation_error_message="银行账户余额不足，未记账。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ("custody", "risk_bank")), models.Q(("number", ""), _negated=True)
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ("custody", "risk_bank")), _negated=True),
                                        ("credit_fen", 0),
                                        ("debit_fen", 0),
                                        ("number", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="ledger_account_number_at_bank",
                                violation_error_message="银行存款科目须有账户代号，其他科目没有，也不带累计。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("closed_at", models.DateTimeField(verbose_name="结账时间")),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="登记时间"
                            ),
                        ),
                        ("by_id", models.BigIntegerField(blank=True, null=True, verbose_name="经办人编号")),
                        ("by_name", models.CharField(max_length=80, verbose_name="经办人")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "已结账日",
                        "verbose_name_plural": "已结账日",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "day"),
                                name="ledger_day_closed_once",
                                violation_error_message="该日已结账。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayTotal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("deposit", "缴费入账"),
                                    ("consume", "消课确认"),
                                    ("release", "解付"),
                                    ("refund", "退费核定"),
                                    ("repay", "退费支付"),
                                    ("freeze", "冻结"),
                                    ("unfreeze", "解冻"),
                                    ("risk_in", "保证金存入"),
                                    ("risk_out", "保证金退出"),
                                    ("fee", "银行手续费"),
                                    ("interest", "银行利息"),
                                    ("unexplained_in", "待查入账"),
                                    ("unexplained_out", "待查出账"),
                                    ("move_out", "专户划出"),
                                    ("move_in", "专户划入"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        ("entries", models.IntegerField(default=0, verbose_name="笔数")),
                        ("amount_fen", models.BigIntegerField(default=0, verbose_name="金额(分)")),
                        ("reversals", models.IntegerField(default=0, verbose_name="冲正笔数")),
                        ("reversed_fen", models.BigIntegerField(default=0, verbose_name="冲正金额(分)")),
                        (
                            "credit_account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.account",
                                verbose_name="贷方",
                            ),
                        ),
                        (
                            "debit_account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.account",
                                verbose_name="借方",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "日汇总",
                        "verbose_name_plural": "日汇总",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("debit_account", "day", "kind", "credit_account", "jurisdiction"),
                                name="ledger_day_total_once",
                                violation_error_message="该日汇总已存在。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "deposit",
                                            "consume",
                                            "release",
                                            "refund",
                                            "repay",
                                            "freeze",
                                            "unfreeze",
                                            "risk_in",
                                            "risk_out",
                                            "fee",
                                            "interest",
                                            "unexplained_in",
                                            "unexplained_out",
                                            "move_out",
                                            "move_in",
                                        ],
                                    )
                                ),
                                name="ledger_day_total_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_fen__gte", 0),
                                    ("entries__gte", 0),
                                    ("reversals__gte", 0),
                                    ("reversed_fen__gte", 0),
                                ),
                                name="ledger_day_total_not_negative",
                                violation_error_message="日汇总不能为负数。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["credit_account", "day"], name="ledger_day_by_credit"),
                            models.Index(fields=["jurisdiction", "day"], name="ledger_day_by_jurisdiction"),
                            models.Index(fields=["institution", "day"], name="ledger_day_by_institution"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostingRule",
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
                                    ("deposit", "缴费入账"),
                                    ("consume", "消课确认"),
                                    ("release", "解付"),
                                    ("refund", "退费核定"),
                                    ("repay", "退费支付"),
                                    ("freeze", "冻结"),
                                    ("unfreeze", "解冻"),
                                    ("risk_in", "保证金存入"),
                                    ("risk_out", "保证金退出"),
                                    ("fee", "银行手续费"),
                                    ("interest", "银行利息"),
                                    ("unexplained_in", "待查入账"),
                                    ("unexplained_out", "待查出账"),
                                    ("move_out", "专户划出"),
                                    ("move_in", "专户划入"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "debit",
                            models.CharField(
                                choices=[
                                    ("custody", "监管专户存款"),
                                    ("risk_bank", "风险保证金存款"),
                                    ("prepaid", "预收学员款"),
                                    ("payable", "应付机构款"),
                                    ("refunds", "应付退费"),
                                    ("held", "冻结登记"),
                                    ("holds", "冻结登记对应"),
                                    ("risk", "机构风险保证金"),
                                    ("bank_items", "银行费用与利息"),
                                    ("suspense", "待查款"),
                                    ("transit", "专户划转在途"),
                                ],
                                max_length=12,
                                verbose_name="借方科目",
                            ),
                        ),
                        (
                            "credit",
                            models.CharField(
                                choices=[
                                    ("custody", "监管专户存款"),
                                    ("risk_bank", "风险保证金存款"),
                                    ("prepaid", "预收学员款"),
                                    ("payable", "应付机构款"),
                                    ("refunds", "应付退费"),
                                    ("held", "冻结登记"),
                                    ("holds", "冻结登记对应"),
                                    ("risk", "机构风险保证金"),
                                    ("bank_items", "银行费用与利息"),
                                    ("suspense", "待查款"),
                                    ("transit", "专户划转在途"),
                                ],
                                max_length=12,
                                verbose_name="贷方科目",
                            ),
                        ),
                        ("of_purse", models.BooleanField(verbose_name="属于合同资金")),
                        ("deposited", models.SmallIntegerField(default=0, verbose_name="对已缴的影响")),
                        ("consumed", models.SmallIntegerField(default=0, verbose_name="对已消课的影响")),
                        ("released", models.SmallIntegerField(default=0, verbose_name="对已解付的影响")),
                        ("refunded", models.SmallIntegerField(default=0, verbose_name="对核定退费的影响")),
                        ("repaid", models.SmallIntegerField(default=0, verbose_name="对已付退费的影响")),
                        ("frozen", models.SmallIntegerField(default=0, verbose_name="对冻结的影响")),
                    ],
                    options={
                        "verbose_name": "记账规则",
                        "verbose_name_plural": "记账规则",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind",),
                                name="ledger_rule_once",
                                violation_error_message="该种类已有记账规则。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "deposit",
                                            "consume",
                                            "release",
                                            "refund",
                                            "repay",
                                            "freeze",
                                            "unfreeze",
                                            "risk_in",
                                            "risk_out",
                                            "fee",
                                            "interest",
                                            "unexplained_in",
                                            "unexplained_out",
                                            "move_out",
                                            "move_in",
                                        ],
                                    )
                                ),
                                name="ledger_rule_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "debit__in",
                                        [
                                            "custody",
                                            "risk_bank",
                                            "prepaid",
                                            "payable",
                                            "refunds",
                                            "held",
                                            "holds",
                                            "risk",
                                            "bank_items",
                                            "suspense",
                                            "transit",
                                        ],
                                    )
                                ),
                                name="ledger_rule_debit_known",
                                violation_error_message="“debit”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "credit__in",
                                        [
                                            "custody",
                                            "risk_bank",
                                            "prepaid",
                                            "payable",
                                            "refunds",
                                            "held",
                                            "holds",
                                            "risk",
                                            "bank_items",
                                            "suspense",
                                            "transit",
                                        ],
                                    )
                                ),
                                name="ledger_rule_credit_known",
                                violation_error_message="“credit”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Purse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="资金编号")),
                        ("opened_at", models.DateTimeField(verbose_name="开立时间")),
                        ("deposited_fen", models.BigIntegerField(default=0, verbose_name="已缴(分)")),
                        ("consumed_fen", models.BigIntegerField(default=0, verbose_name="已消课(分)")),
                        ("released_fen", models.BigIntegerField(default=0, verbose_name="已解付(分)")),
                        ("refunded_fen", models.BigIntegerField(default=0, verbose_name="核定退费(分)")),
                        ("repaid_fen", models.BigIntegerField(default=0, verbose_name="已付退费(分)")),
                        ("frozen_fen", models.BigIntegerField(default=0, verbose_name="冻结(分)")),
                        (
                            "custody",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="ledger.account",
                                verbose_name="监管专户",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "合同资金",
                        "verbose_name_plural": "合同资金",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("institution", "number"),
                                name="ledger_purse_number_once",
                                violation_error_message="该机构已有这一资金编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                name="ledger_purse_numbered",
                                violation_error_message="请填写资金编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("consumed_fen__gte", 0),
                                    ("deposited_fen__gte", 0),
                                    ("frozen_fen__gte", 0),
                                    ("refunded_fen__gte", 0),
                                    ("released_fen__gte", 0),
                                    ("repaid_fen__gte", 0),
                                ),
                                name="ledger_purse_not_negative",
                                violation_error_message="合同资金的各项金额不能为负数。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("released_fen__lte", models.F("consumed_fen"))),
                                name="ledger_purse_released_was_consumed",
                                violation_error_message="解付金额不能超过已消课金额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "deposited_fen__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("released_fen"), "+", models.F("refunded_fen")
                                            ),
                                            "+",
                                            models.F("frozen_fen"),
                                        ),
                                    )
                                ),
                                name="ledger_purse_outgo_was_deposited",
                                violation_error_message="解付、退费与冻结之和不能超过已缴金额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "deposited_fen__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("consumed_fen"), "+", models.F("refunded_fen")
                                        ),
                                    )
                                ),
                                name="ledger_purse_consumed_was_deposited",
                                violation_error_message="消课与退费之和不能超过已缴金额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("repaid_fen__lte", models.F("refunded_fen"))),
                                name="ledger_purse_repaid_was_refunded",
                                violation_error_message="支付的退费不能超过核定的退费。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
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
                                    ("deposit", "缴费入账"),
                                    ("consume", "消课确认"),
                                    ("release", "解付"),
                                    ("refund", "退费核定"),
                                    ("repay", "退费支付"),
                                    ("freeze", "冻结"),
                                    ("unfreeze", "解冻"),
                                    ("risk_in", "保证金存入"),
                                    ("risk_out", "保证金退出"),
                                    ("fee", "银行手续费"),
                                    ("interest", "银行利息"),
                                    ("unexplained_in", "待查入账"),
                                    ("unexplained_out", "待查出账"),
                                    ("move_out", "专户划出"),
                                    ("move_in", "专户划入"),
                                ],
                                max_length=20,
                                verbose_name="种类",
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(verbose_name="金额(分)")),
                        ("happened_on", models.DateField(verbose_name="记账日期")),
                        ("at", models.DateTimeField(verbose_name="办理时间")),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(), verbose_name="登记时间"
                            ),
                        ),
                        ("by_id", models.BigIntegerField(blank=True, null=True, verbose_name="经办人编号")),
                        ("by_name", models.CharField(max_length=80, verbose_name="经办人")),
                        ("checker_id", models.BigIntegerField(blank=True, null=True, verbose_name="复核人编号")),
                        ("checker_name", models.CharField(blank=True, max_length=80, verbose_name="复核人")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                        ("source_kind", models.CharField(max_length=40, verbose_name="凭据种类")),
                        ("source_number", models.CharField(max_length=80, verbose_name="凭据编号")),
                        ("key", models.CharField(max_length=120, verbose_name="幂等键")),
                        ("request_hash", models.CharField(max_length=64, verbose_name="请求校验值")),
                        (
                            "credit_account",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.account",
                                verbose_name="贷方",
                            ),
                        ),
                        (
                            "debit_account",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.account",
                                verbose_name="借方",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "reverses",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="ledger.entry",
                                verbose_name="冲正",
                            ),
                        ),
                        (
                            "purse",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="ledger.purse",
                                verbose_name="合同资金",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分录",
                        "verbose_name_plural": "分录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "deposit",
                                            "consume",
                                            "release",
                                            "refund",
                                            "repay",
                                            "freeze",
                                            "unfreeze",
                                            "risk_in",
                                            "risk_out",
                                            "fee",
                                            "interest",
                                            "unexplained_in",
                                            "unexplained_out",
                                            "move_out",
                                            "move_in",
                                        ],
                                    )
                                ),
                                name="ledger_entry_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("key",),
                                name="ledger_entry_key_once",
                                violation_error_message="该幂等键已用于另一笔记账。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reverses__isnull", False)),
                                fields=("reverses",),
                                name="ledger_entry_reversed_once",
                                violation_error_message="该笔记账已冲正。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen__gt", 0)),
                                name="ledger_entry_amount_positive",
                                violation_error_message="记账金额必须大于零。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("debit_account", models.F("credit_account")), _negated=True),
                                name="ledger_entry_two_accounts",
                                violation_error_message="借方和贷方不能是同一科目。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key", ""), _negated=True),
                                    models.Q(("by_name", ""), _negated=True),
                                    models.Q(("source_kind", ""), _negated=True),
                                    models.Q(("source_number", ""), _negated=True),
                                ),
                                name="ledger_entry_names_maker_and_source",
                                violation_error_message="分录须写明经办人、凭据和幂等键。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "kind__in",
                                            ("deposit", "consume", "release", "refund", "repay", "freeze", "unfreeze"),
                                        ),
                                        ("purse__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "kind__in",
                                                (
                                                    "deposit",
                                                    "consume",
                                                    "release",
                                                    "refund",
                                                    "repay",
                                                    "freeze",
                                                    "unfreeze",
                                                ),
                                            ),
                                            _negated=True,
                                        ),
                                        ("purse__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ledger_entry_purse_of_kind",
                                violation_error_message="合同资金的记账须有合同资金，机构账户的记账没有。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ("release", "refund", "risk_out")), _negated=True),
                                    models.Q(
                                        ("checker_id__isnull", False), models.Q(("checker_name", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="ledger_entry_checked",
                                violation_error_message="解付、退费和退出保证金须经第二人复核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("checker_id__isnull", True),
                                    ("by_id__isnull", True),
                                    models.Q(("checker_id", models.F("by_id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="ledger_entry_checker_is_another",
                                violation_error_message="复核人不能是经办人本人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reverses__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="ledger_entry_reversal_has_reason",
                                violation_error_message="冲正须写明事由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["purse", "happened_on"], name="ledger_entry_by_purse"),
                            models.Index(fields=["institution", "happened_on"], name="ledger_entry_by_institution"),
                            django.contrib.postgres.indexes.BrinIndex(
                                fields=["recorded_at"], name="ledger_entry_by_recorded"
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
