import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
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
                    name="Inquiry",
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
                                choices=[("self_check", "自查"), ("commitment", "承诺书")],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        ("title", models.CharField(max_length=80, verbose_name="标题")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                        ("due_on", models.DateField(verbose_name="报送截止")),
                        ("items", models.JSONField(verbose_name="事项")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "收取中"), ("closed", "已结束")],
                                default="open",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
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
                                related_name="+",
                                to="accounts.organ",
                                verbose_name="组织单位",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.checklistversion",
                                verbose_name="清单版本",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申报通知",
                        "verbose_name_plural": "申报通知",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["self_check", "commitment"])),
                                name="inquiry_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "closed"])),
                                name="inquiry_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "commitment")),
                                fields=("jurisdiction", "year"),
                                name="inquiry_commitment_once_a_year",
                                violation_error_message="该地区这一年度的承诺书已经发起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2021), ("year__lte", 2100)),
                                name="inquiry_year_sane",
                                violation_error_message="年度应在2021至2100之间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Declaration",
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
                                choices=[("open", "待报送"), ("given", "已报送")],
                                default="open",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("answers", models.JSONField(blank=True, default=list, verbose_name="逐项情况")),
                        ("faults", models.PositiveSmallIntegerField(default=0, verbose_name="不符合项")),
                        ("text", models.TextField(blank=True, max_length=2000, verbose_name="其他情况")),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="签署日期")),
                        ("given_by", models.CharField(blank=True, max_length=60, verbose_name="报送人")),
                        ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="收到时间")),
                        ("review", models.CharField(blank=True, max_length=300, verbose_name="补正要求")),
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
                                related_name="declarations",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "inquiry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declarations",
                                to="declarations.inquiry",
                                verbose_name="申报通知",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "机构申报",
                        "verbose_name_plural": "机构申报",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "given"])),
                                name="declaration_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("inquiry", "institution"),
                                name="declaration_once",
                                violation_error_message="该机构已列入这次申报。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"),
                                    models.Q(models.Q(("given_by", ""), _negated=True), ("received_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="declaration_given_by_someone",
                                violation_error_message="报送必须有报送人和收到时间。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution", "-id"], name="declaration_by_institution"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeclarationPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "declaration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="declarations.declaration",
                                verbose_name="机构申报",
                            ),
                        ),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_declaration",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "申报照片",
                        "verbose_name_plural": "申报照片",
                    },
                ),
                migrations.CreateModel(
                    name="ChangeRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sealed", foundation.core.ciphers.SealedTextField(verbose_name="申请变更为")),
                        ("reason", models.CharField(max_length=300, verbose_name="变更原因")),
                        ("given_by", models.CharField(max_length=60, verbose_name="申请人")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待办理"), ("decided", "已办理")],
                                default="open",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("outcome", models.JSONField(blank=True, default=dict, verbose_name="办理结果")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办理人",
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
                                related_name="change_requests",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资料变更申请",
                        "verbose_name_plural": "资料变更申请",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "decided"])),
                                name="change_request_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("institution",),
                                name="change_request_open_once",
                                violation_error_message="该机构已有一份待办理的资料变更申请。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by__isnull", True), ("state", "open")),
                                    models.Q(("decided_by__isnull", False), ("state", "decided")),
                                    _connector="OR",
                                ),
                                name="change_request_decided_by_someone",
                                violation_error_message="办理过的申请必须有办理人。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
