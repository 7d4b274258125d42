import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contracts", "0001_initial"),
        ("funds", "0001_initial"),
        ("ledger", "0001_initial"),
        ("payouts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="BankFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="文件名")),
                        ("path", models.CharField(max_length=120, verbose_name="存放位置")),
                        ("sealed_sha256", models.CharField(max_length=64, verbose_name="存放内容的摘要")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件摘要")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("received_at", models.DateTimeField(verbose_name="报送时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("accepted", "已接收"), ("refused", "整份退回")],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=40, verbose_name="退回代码")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="退回原因")),
                        ("first_on", models.DateField(blank=True, null=True, verbose_name="对账期间起")),
                        ("last_on", models.DateField(blank=True, null=True, verbose_name="对账期间止")),
                        ("accounts", models.PositiveIntegerField(default=0, verbose_name="账户数")),
                        ("lines", models.PositiveIntegerField(default=0, verbose_name="明细数")),
                        ("fresh", models.PositiveIntegerField(default=0, verbose_name="新增明细数")),
                        (
                            "bank",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="funds.bank",
                                verbose_name="银行",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="报送人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对账文件",
                        "verbose_name_plural": "对账文件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["accepted", "refused"])),
                                name="bank_file_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "accepted")),
                                fields=("bank", "sha256"),
                                name="bank_file_accepted_once",
                                violation_error_message="这份文件已经接收过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("code", ""),
                                        ("first_on__isnull", False),
                                        ("last_on__isnull", False),
                                        ("reason", ""),
                                        ("state", "accepted"),
                                    ),
                                    models.Q(
                                        ("fresh", 0),
                                        ("lines", 0),
                                        ("state", "refused"),
                                        models.Q(("code", ""), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="bank_file_refused_with_reason",
                                violation_error_message="退回的文件须写明原因，并且一笔也不入账。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fresh__lte", models.F("lines"))),
                                name="bank_file_fresh_among_lines",
                                violation_error_message="新增明细不能多于文件的明细。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("last_on__isnull", True), ("last_on__gte", models.F("first_on")), _connector="OR"
                                ),
                                name="bank_file_days_ordered",
                                violation_error_message="对账期间的止日不能早于起日。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["bank", "-received_at"], name="bank_file_by_bank"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("fen", models.BigIntegerField(verbose_name="金额(分)")),
                        ("serial", models.CharField(blank=True, max_length=60, verbose_name="银行流水号")),
                        ("memo", models.CharField(blank=True, max_length=200, verbose_name="摘要")),
                        ("name", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="对方户名")),
                        ("number", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="对方账号")),
                        ("identity", models.CharField(max_length=80, verbose_name="唯一标识")),
                        ("content", models.CharField(max_length=64, verbose_name="内容摘要")),
                        ("row", models.PositiveIntegerField(verbose_name="行号")),
                        (
                            "account",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="new_lines",
                                to="banking.bankfile",
                                verbose_name="对账文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "银行明细",
                        "verbose_name_plural": "银行明细",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "identity"),
                                name="bank_line_once",
                                violation_error_message="这笔银行明细已经入库。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fen", 0), _negated=True),
                                name="bank_line_moves",
                                violation_error_message="银行明细的金额不能为零。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["account", "day"], name="bank_line_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccountDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("opening_fen", models.BigIntegerField(verbose_name="期初余额(分)")),
                        ("closing_fen", models.BigIntegerField(verbose_name="期末余额(分)")),
                        ("lines", models.PositiveIntegerField(verbose_name="明细数")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="days",
                                to="banking.bankfile",
                                verbose_name="对账文件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "账户日余额",
                        "verbose_name_plural": "账户日余额",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "day"),
                                name="account_day_once",
                                violation_error_message="该账户这一天已有余额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("lines__gt", 0), ("opening_fen", models.F("closing_fen")), _connector="OR"
                                ),
                                name="account_day_moves_by_lines",
                                violation_error_message="没有明细的一天，期初和期末余额应相等。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LineMeaning",
                    fields=[
                        (
                            "line",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="meaning",
                                serialize=False,
                                to="banking.bankline",
                                verbose_name="银行明细",
                            ),
                        ),
                        (
                            "means",
                            models.CharField(
                                choices=[
                                    ("deposit", "缴费入账"),
                                    ("release", "核拨付款"),
                                    ("refund", "退费付款"),
                                    ("fee", "银行手续费"),
                                    ("interest", "银行利息"),
                                    ("unexplained", "待查"),
                                    ("unposted", "未能记账"),
                                ],
                                max_length=12,
                                verbose_name="含义",
                            ),
                        ),
                        ("refusal", models.CharField(blank=True, max_length=300, verbose_name="未能记账的原因")),
                        ("settled_at", models.DateTimeField(verbose_name="认定时间")),
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
                            "payment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bank_line",
                                to="contracts.payment",
                                verbose_name="缴费",
                            ),
                        ),
                        (
                            "refund",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bank_line",
                                to="payouts.refund",
                                verbose_name="退费",
                            ),
                        ),
                        (
                            "release",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bank_line",
                                to="payouts.release",
                                verbose_name="核拨",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "明细的含义",
                        "verbose_name_plural": "明细的含义",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "means__in",
                                        ["deposit", "release", "refund", "fee", "interest", "unexplained", "unposted"],
                                    )
                                ),
                                name="line_meaning_known",
                                violation_error_message="“means”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("means__in", ["fee", "interest", "unexplained", "unposted"]),
                                        ("payment__isnull", True),
                                        ("refund__isnull", True),
                                        ("release__isnull", True),
                                    ),
                                    models.Q(
                                        ("means", "deposit"),
                                        ("payment__isnull", False),
                                        ("refund__isnull", True),
                                        ("release__isnull", True),
                                    ),
                                    models.Q(
                                        ("means", "release"),
                                        ("payment__isnull", True),
                                        ("refund__isnull", True),
                                        ("release__isnull", False),
                                    ),
                                    models.Q(
                                        ("means", "refund"),
                                        ("payment__isnull", True),
                                        ("refund__isnull", False),
                                        ("release__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_meaning_names_its_own",
                                violation_error_message="明细的含义须指明对应的缴费、核拨或退费，且只有一项。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("entry__isnull", False), ("means__in", ("fee", "interest", "unexplained"))
                                    ),
                                    models.Q(
                                        ("entry__isnull", True),
                                        ("means__in", ("deposit", "release", "refund", "unposted")),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_meaning_posts_its_own",
                                violation_error_message="手续费、利息和待查须有分录，其他含义没有自己的分录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("means", "unposted"), models.Q(("refusal", ""), _negated=True)),
                                    models.Q(models.Q(("means", "unposted"), _negated=True), ("refusal", "")),
                                    _connector="OR",
                                ),
                                name="line_meaning_says_why_not",
                                violation_error_message="未能记账的须写明原因。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BankProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("headings", models.JSONField(verbose_name="各列的列名")),
                        (
                            "style",
                            models.CharField(
                                choices=[
                                    ("two_columns", "收入、支出两列"),
                                    ("signed", "一列金额，支出为负数"),
                                    ("marked", "一列金额，另列写明收支方向"),
                                ],
                                max_length=12,
                                verbose_name="金额写法",
                            ),
                        ),
                        ("first", models.CharField(default="期初余额", max_length=20, verbose_name="期初余额行的摘要")),
                        ("last", models.CharField(default="期末余额", max_length=20, verbose_name="期末余额行的摘要")),
                        ("income", models.CharField(blank=True, max_length=10, verbose_name="收入的写法")),
                        ("outgo", models.CharField(blank=True, max_length=10, verbose_name="支出的写法")),
                        (
                            "fee_words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="手续费的摘要",
                            ),
                        ),
                        (
                            "interest_words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="利息的摘要",
                            ),
                        ),
                        ("fee_most_fen", models.BigIntegerField(default=10000, verbose_name="单笔手续费上限(分)")),
                        ("set_at", models.DateTimeField(verbose_name="设定时间")),
                        (
                            "bank",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="profile",
                                to="funds.bank",
                                verbose_name="银行",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对账文件格式",
                        "verbose_name_plural": "对账文件格式",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("style__in", ["two_columns", "signed", "marked"])),
                                name="bank_profile_style_known",
                                violation_error_message="“style”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("first", ""), _negated=True),
                                    models.Q(("last", ""), _negated=True),
                                    models.Q(("first", models.F("last")), _negated=True),
                                ),
                                name="bank_profile_marks_differ",
                                violation_error_message="期初和期末余额行的摘要都要填写，且不能相同。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("style", "marked"), _negated=True),
                                    models.Q(
                                        models.Q(("income", ""), _negated=True),
                                        models.Q(("outgo", ""), _negated=True),
                                        models.Q(("income", models.F("outgo")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="bank_profile_directions_differ",
                                violation_error_message="另列写明收支方向的，要填写收入和支出各自的写法，且不能相同。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fee_most_fen__gte", 0)),
                                name="bank_profile_fee_most_sane",
                                violation_error_message="单笔手续费上限不能为负。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallbackEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event_id", models.CharField(max_length=64, verbose_name="事件编号")),
                        ("nonce", models.CharField(max_length=64, verbose_name="随机数")),
                        ("kind", models.CharField(max_length=40, verbose_name="事件")),
                        ("body_sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        ("signed_at", models.DateTimeField(verbose_name="签名时间")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "bank",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcements",
                                to="funds.bank",
                                verbose_name="银行",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "银行通知",
                        "verbose_name_plural": "银行通知",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("bank", "event_id"),
                                name="callback_event_once",
                                violation_error_message="这条通知已经收到。",
                            ),
                            models.UniqueConstraint(
                                fields=("bank", "nonce"),
                                name="callback_nonce_once",
                                violation_error_message="这个随机数已经用过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("event_id", ""), _negated=True), models.Q(("nonce", ""), _negated=True)
                                ),
                                name="callback_event_named",
                                violation_error_message="通知须有事件编号和随机数。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallbackKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("public_id", models.CharField(max_length=20, unique=True, verbose_name="密钥编号")),
                        ("secret", foundation.core.ciphers.SealedTextField(verbose_name="密钥")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
                        (
                            "bank",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="callback_keys",
                                to="funds.bank",
                                verbose_name="银行",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="生成人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回调密钥",
                        "verbose_name_plural": "回调密钥",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ends_at__isnull", True)),
                                fields=("bank",),
                                name="callback_key_one_current",
                                violation_error_message="该银行已有在用的密钥。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("public_id", ""), _negated=True), models.Q(("secret", ""), _negated=True)
                                ),
                                name="callback_key_whole",
                                violation_error_message="密钥不完整。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_at__isnull", True), ("ends_at__gte", models.F("made_at")), _connector="OR"
                                ),
                                name="callback_key_ordered",
                                violation_error_message="失效时间不能早于生成时间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DayCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("bank_fen", models.BigIntegerField(verbose_name="银行余额(分)")),
                        ("books_fen", models.BigIntegerField(verbose_name="账上余额(分)")),
                        ("listed_fen", models.BigIntegerField(verbose_name="差异合计(分)")),
                        ("matched", models.PositiveIntegerField(verbose_name="对上笔数")),
                        ("waiting", models.PositiveIntegerField(verbose_name="待查差异")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待签认"), ("signed", "已签认")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="day_checks",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="经办人",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="签认人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "日对账",
                        "verbose_name_plural": "日对账",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "signed"])),
                                name="day_check_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("account", "day"),
                                name="day_check_once",
                                violation_error_message="该账户这一天已对账。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_by__isnull", True),
                                    models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="day_check_signed_by_another",
                                violation_error_message="日对账须由经办人以外的人签认。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_by__isnull", True), ("state", "open")),
                                    models.Q(
                                        ("signed_by__isnull", False),
                                        ("state", "signed"),
                                        ("waiting", 0),
                                        (
                                            "bank_fen",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("books_fen"), "+", models.F("listed_fen")
                                            ),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="day_check_signed_when_even",
                                violation_error_message="银行与账上一致、没有待查差异的日对账才能签认。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "day"], name="day_check_by_state"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Difference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=60, verbose_name="事项")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ours_only", "账上有、银行没有"),
                                    ("bank_only", "银行有、账上没有"),
                                    ("amount", "金额不符"),
                                    ("opening", "期初余额"),
                                ],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="日期")),
                        ("bank_fen", models.BigIntegerField(blank=True, null=True, verbose_name="银行金额(分)")),
                        ("books_fen", models.BigIntegerField(blank=True, null=True, verbose_name="账上金额(分)")),
                        ("effect_fen", models.BigIntegerField(default=0, verbose_name="对余额的影响(分)")),
                        ("blocks", models.BooleanField(default=True, verbose_name="停付")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="消除日期")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待查"), ("matched", "已对上"), ("explained", "已说明")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("found_at", models.DateTimeField(verbose_name="发现时间")),
                        ("due_on", models.DateField(verbose_name="查清期限")),
                        ("explanation", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="differences",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="ledger.entry",
                                verbose_name="分录",
                            ),
                        ),
                        (
                            "explained_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="说明人",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="banking.bankline",
                                verbose_name="银行明细",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="责任人",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="contracts.payment",
                                verbose_name="缴费",
                            ),
                        ),
                        (
                            "refund",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="payouts.refund",
                                verbose_name="退费",
                            ),
                        ),
                        (
                            "release",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="payouts.release",
                                verbose_name="核拨",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "对账差异",
                        "verbose_name_plural": "对账差异",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["ours_only", "bank_only", "amount", "opening"])),
                                name="difference_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "matched", "explained"])),
                                name="difference_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("account", "key"),
                                name="difference_once",
                                violation_error_message="这项差异已经列出。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("explained_by__isnull", False),
                                        ("state", "explained"),
                                        models.Q(("explanation", ""), _negated=True),
                                    ),
                                    models.Q(("state", "explained"), _negated=True),
                                    _connector="OR",
                                ),
                                name="difference_explained_whole",
                                violation_error_message="说明差异须写明情况和说明人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("bank_fen__isnull", False), ("books_fen__isnull", False), _connector="OR"
                                ),
                                name="difference_has_amount",
                                violation_error_message="差异须有银行或账上的金额。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True), ("ended_on__gte", models.F("day")), _connector="OR"
                                ),
                                name="difference_days_ordered",
                                violation_error_message="消除日期不能早于发生日期。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "day"], name="difference_by_state"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthStatement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("month", models.DateField(verbose_name="月份")),
                        ("opening_fen", models.BigIntegerField(verbose_name="期初余额(分)")),
                        ("deposited_fen", models.BigIntegerField(verbose_name="缴费入账(分)")),
                        ("released_fen", models.BigIntegerField(verbose_name="核拨(分)")),
                        ("repaid_fen", models.BigIntegerField(verbose_name="退费(分)")),
                        ("other_fen", models.BigIntegerField(verbose_name="其他收支(分)")),
                        ("closing_fen", models.BigIntegerField(verbose_name="期末余额(分)")),
                        ("frozen_fen", models.BigIntegerField(verbose_name="其中冻结(分)")),
                        ("carried_fen", models.BigIntegerField(default=0, verbose_name="补记以前月份(分)")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="month_statements",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "月结单",
                        "verbose_name_plural": "月结单",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "month"),
                                name="month_statement_once",
                                violation_error_message="该月已有月结单。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)),
                                name="month_statement_of_a_month",
                                violation_error_message="月份应为1日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "closing_fen",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("opening_fen"), "+", models.F("deposited_fen")
                                                    ),
                                                    "-",
                                                    models.F("released_fen"),
                                                ),
                                                "-",
                                                models.F("repaid_fen"),
                                            ),
                                            "+",
                                            models.F("other_fen"),
                                        ),
                                    )
                                ),
                                name="month_statement_adds_up",
                                violation_error_message="期初加收支应等于期末。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="首日")),
                        ("fen", models.BigIntegerField(verbose_name="账外余额(分)")),
                        ("times", models.PositiveIntegerField(default=0, verbose_name="记账次数")),
                        (
                            "account",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="bank_opening",
                                to="funds.supervisedaccount",
                                verbose_name="监管账户",
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
                    ],
                    options={
                        "verbose_name": "期初余额",
                        "verbose_name_plural": "期初余额",
                    },
                ),
            ]
        ),
    ]
