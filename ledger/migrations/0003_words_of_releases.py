"""Entries that let go of money are called 核拨, as the pages that do it are."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("institutions", "0004_department_charges"),
        ("ledger", "0002_functions"),
        ("regions", "0002_places_of_fujian"),
    ]

    operations = [
        migrations.AlterField(
            model_name="daytotal",
            name="kind",
            field=models.CharField(
                choices=[
                    ("deposit", "缴费入账"),
                    ("consume", "消课确认"),
                    ("release", "核拨"),
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
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("deposit", "缴费入账"),
                    ("consume", "消课确认"),
                    ("release", "核拨"),
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
        migrations.AlterField(
            model_name="postingrule",
            name="kind",
            field=models.CharField(
                choices=[
                    ("deposit", "缴费入账"),
                    ("consume", "消课确认"),
                    ("release", "核拨"),
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
        migrations.AlterField(
            model_name="postingrule",
            name="released",
            field=models.SmallIntegerField(default=0, verbose_name="对已核拨的影响"),
        ),
        migrations.AlterField(
            model_name="purse",
            name="released_fen",
            field=models.BigIntegerField(default=0, verbose_name="已核拨(分)"),
        ),
        migrations.AlterConstraint(
            model_name="entry",
            name="ledger_entry_checked",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("release", "refund", "risk_out")), _negated=True),
                    models.Q(("checker_id__isnull", False), models.Q(("checker_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="ledger_entry_checked",
                violation_error_message="核拨、退费和退出保证金须经第二人复核。",
            ),
        ),
        migrations.AlterConstraint(
            model_name="purse",
            name="ledger_purse_released_was_consumed",
            constraint=models.CheckConstraint(
                condition=models.Q(("released_fen__lte", models.F("consumed_fen"))),
                name="ledger_purse_released_was_consumed",
                violation_error_message="核拨金额不能超过已消课金额。",
            ),
        ),
        migrations.AlterConstraint(
            model_name="purse",
            name="ledger_purse_outgo_was_deposited",
            constraint=models.CheckConstraint(
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
                violation_error_message="核拨、退费与冻结之和不能超过已缴金额。",
            ),
        ),
    ]
