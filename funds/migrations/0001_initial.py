import django.db.models.deletion
from django.db import migrations, models

import foundation.core.ciphers
from foundation.core.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_purpose_links"),
        ("regions", "0002_places_of_fujian"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, to="regions.jurisdiction", verbose_name="遴选单位"
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
            name="BankStatusEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                "indexes": [models.Index(fields=["bank", "-effective_on", "-recorded_at"], name="bank_event_chain")],
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
            },
        ),
        AppendOnly("BankStatusEvent"),
    ]
