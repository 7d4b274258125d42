import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="NumberSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("word", models.CharField(max_length=30, verbose_name="代字")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                        ("last_no", models.PositiveIntegerField(default=0, verbose_name="最后序号")),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="accounts.organ", verbose_name="单位"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文号序列",
                        "verbose_name_plural": "文号序列",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organ", "word", "year"),
                                name="series_once",
                                violation_error_message="该文号序列已存在。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2021), ("year__lte", 2200)),
                                name="series_year_sane",
                                violation_error_message="文号年份无效。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("category", models.CharField(blank=True, max_length=20, verbose_name="类别")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rectification_notice", "责令限期整改通知书"),
                                    ("stop_training_notice", "停止培训通知书"),
                                    ("on_spot_notice", "当场责令改正通知书"),
                                    ("interview_record", "约谈记录"),
                                    ("case_filing", "立案审批表"),
                                    ("case_no_filing", "不予立案审批表"),
                                    ("questioning_record", "询问笔录"),
                                    ("preservation_notice", "先行登记保存证据通知书"),
                                    ("prior_notice", "行政处罚事先告知书"),
                                    ("hearing_notice", "行政处罚听证告知书"),
                                    ("penalty_decision", "行政处罚决定书"),
                                    ("no_penalty_decision", "不予行政处罚决定书"),
                                    ("service_receipt", "送达回证"),
                                    ("case_closing", "结案审批表"),
                                    ("list_notice", "黑白名单公示"),
                                    ("listing_prior", "名单事先告知书"),
                                    ("listing_result", "名单处理结果告知书"),
                                    ("evidence_file", "证据卷"),
                                    ("annual_check", "年度检查表"),
                                    ("draw_results", "双随机检查结果公示"),
                                    ("supervisor_letter", "监督员聘书"),
                                    ("supervisor_card", "社会监督员证"),
                                    ("site_record", "现场检查记录"),
                                    ("recheck_record", "整改复查记录"),
                                    ("supervisor_report", "监督员月度报告"),
                                    ("grid_record", "网格巡查记录"),
                                    ("parent_letter", "致家长信"),
                                    ("statistics_sheet", "工作统计表"),
                                    ("bulletin", "工作简报"),
                                    ("commitment_letter", "规范办学承诺书"),
                                    ("tripartite_agreement", "资金监管三方协议"),
                                    ("refund_record", "退费协调记录"),
                                ],
                                max_length=40,
                                verbose_name="文书种类",
                            ),
                        ),
                        ("template_version", models.PositiveSmallIntegerField(verbose_name="模板版本")),
                        ("serial_no", models.PositiveIntegerField(verbose_name="序号")),
                        ("number", models.CharField(max_length=60, verbose_name="文号")),
                        ("party", models.CharField(blank=True, max_length=200, verbose_name="当事人")),
                        ("subject_type", models.CharField(max_length=80, verbose_name="对象类型")),
                        ("subject_id", models.BigIntegerField(verbose_name="对象编号")),
                        ("subject_label", models.CharField(max_length=200, verbose_name="对象")),
                        ("matter", models.CharField(blank=True, max_length=40, verbose_name="事项编号")),
                        ("content", foundation.core.ciphers.SealedTextField(verbose_name="内容")),
                        ("sha256", models.CharField(max_length=64, verbose_name="内容摘要")),
                        ("verify_code", models.CharField(max_length=16, verbose_name="核验码")),
                        ("issued_at", models.DateTimeField(verbose_name="出具时间")),
                        ("issued_by_name", models.CharField(max_length=80, verbose_name="出具人姓名")),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在区划",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="出具人",
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
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="出具单位",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="documents.numberseries",
                                verbose_name="文号序列",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文书",
                        "verbose_name_plural": "文书",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "rectification_notice",
                                            "stop_training_notice",
                                            "on_spot_notice",
                                            "interview_record",
                                            "case_filing",
                                            "case_no_filing",
                                            "questioning_record",
                                            "preservation_notice",
                                            "prior_notice",
                                            "hearing_notice",
                                            "penalty_decision",
                                            "no_penalty_decision",
                                            "service_receipt",
                                            "case_closing",
                                            "list_notice",
                                            "listing_prior",
                                            "listing_result",
                                            "evidence_file",
                                            "annual_check",
                                            "draw_results",
                                            "supervisor_letter",
                                            "supervisor_card",
                                            "site_record",
                                            "recheck_record",
                                            "supervisor_report",
                                            "grid_record",
                                            "parent_letter",
                                            "statistics_sheet",
                                            "bulletin",
                                            "commitment_letter",
                                            "tripartite_agreement",
                                            "refund_record",
                                        ],
                                    )
                                ),
                                name="document_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("series", "serial_no"),
                                name="document_serial_once",
                                violation_error_message="文号重复。",
                            ),
                            models.UniqueConstraint(
                                fields=("number",),
                                name="document_number_once",
                                violation_error_message="文号与其他单位重复：两个单位使用了相同的机关代字，请联系系统管理员。",
                            ),
                            models.UniqueConstraint(
                                fields=("verify_code",),
                                name="document_code_once",
                                violation_error_message="核验码重复，请重试。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("serial_no__gte", 1)),
                                name="document_serial_positive",
                                violation_error_message="序号从1开始。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sha256__regex", "^[0-9a-f]{64}$"),
                                    ("verify_code__regex", "^[0-9A-HJKMNP-TV-Z]{16}$"),
                                ),
                                name="document_codes_whole",
                                violation_error_message="内容摘要或核验码不完整。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-issued_at"], name="document_by_jurisdiction"),
                            models.Index(fields=["subject_type", "subject_id"], name="document_by_subject"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Voiding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("voided_at", models.DateTimeField(verbose_name="作废时间")),
                        ("voided_by_name", models.CharField(max_length=80, verbose_name="作废人姓名")),
                        ("reason", models.TextField(verbose_name="作废理由")),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voiding",
                                to="documents.document",
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="作废人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文书作废",
                        "verbose_name_plural": "文书作废",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="voiding_has_reason",
                                violation_error_message="作废文书必须写明理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "format",
                            models.CharField(
                                choices=[("pdf", "PDF"), ("docx", "Word")], max_length=10, verbose_name="格式"
                            ),
                        ),
                        ("path", models.CharField(max_length=200, verbose_name="存放位置")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件摘要")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="documents.document",
                                verbose_name="文书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "文书文件",
                        "verbose_name_plural": "文书文件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("format__in", ["pdf", "docx"])),
                                name="document_file_format_known",
                                violation_error_message="“format”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("document", "format"),
                                name="document_file_once",
                                violation_error_message="该文书的这一格式已经生成。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("size__gte", 1),
                                    ("sha256__regex", "^[0-9a-f]{64}$"),
                                    models.Q(("path", ""), _negated=True),
                                ),
                                name="document_file_whole",
                                violation_error_message="文书文件不完整。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LocalWording",
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
                                    ("rectification_notice", "责令限期整改通知书"),
                                    ("stop_training_notice", "停止培训通知书"),
                                    ("on_spot_notice", "当场责令改正通知书"),
                                    ("interview_record", "约谈记录"),
                                    ("case_filing", "立案审批表"),
                                    ("case_no_filing", "不予立案审批表"),
                                    ("questioning_record", "询问笔录"),
                                    ("preservation_notice", "先行登记保存证据通知书"),
                                    ("prior_notice", "行政处罚事先告知书"),
                                    ("hearing_notice", "行政处罚听证告知书"),
                                    ("penalty_decision", "行政处罚决定书"),
                                    ("no_penalty_decision", "不予行政处罚决定书"),
                                    ("service_receipt", "送达回证"),
                                    ("case_closing", "结案审批表"),
                                    ("list_notice", "黑白名单公示"),
                                    ("listing_prior", "名单事先告知书"),
                                    ("listing_result", "名单处理结果告知书"),
                                    ("evidence_file", "证据卷"),
                                    ("annual_check", "年度检查表"),
                                    ("draw_results", "双随机检查结果公示"),
                                    ("supervisor_letter", "监督员聘书"),
                                    ("supervisor_card", "社会监督员证"),
                                    ("site_record", "现场检查记录"),
                                    ("recheck_record", "整改复查记录"),
                                    ("supervisor_report", "监督员月度报告"),
                                    ("grid_record", "网格巡查记录"),
                                    ("parent_letter", "致家长信"),
                                    ("statistics_sheet", "工作统计表"),
                                    ("bulletin", "工作简报"),
                                    ("commitment_letter", "规范办学承诺书"),
                                    ("tripartite_agreement", "资金监管三方协议"),
                                    ("refund_record", "退费协调记录"),
                                ],
                                max_length=40,
                                verbose_name="文书种类",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=60, verbose_name="标题")),
                        ("text", models.TextField(blank=True, max_length=8000, verbose_name="格式文本")),
                        ("basis", models.CharField(max_length=200, verbose_name="依据")),
                        ("effective_on", models.DateField(verbose_name="启用日期")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待审核"),
                                    ("approved", "已批准"),
                                    ("refused", "不批准"),
                                    ("withdrawn", "已撤回"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("decision_remark", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
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
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="accounts.organ", verbose_name="单位"
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拟定人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "本地文书格式",
                        "verbose_name_plural": "本地文书格式",
                        "indexes": [
                            models.Index(fields=["organ", "kind", "-effective_on"], name="local_wording_in_force")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "rectification_notice",
                                            "stop_training_notice",
                                            "on_spot_notice",
                                            "interview_record",
                                            "case_filing",
                                            "case_no_filing",
                                            "questioning_record",
                                            "preservation_notice",
                                            "prior_notice",
                                            "hearing_notice",
                                            "penalty_decision",
                                            "no_penalty_decision",
                                            "service_receipt",
                                            "case_closing",
                                            "list_notice",
                                            "listing_prior",
                                            "listing_result",
                                            "evidence_file",
                                            "annual_check",
                                            "draw_results",
                                            "supervisor_letter",
                                            "supervisor_card",
                                            "site_record",
                                            "recheck_record",
                                            "supervisor_report",
                                            "grid_record",
                                            "parent_letter",
                                            "statistics_sheet",
                                            "bulletin",
                                            "commitment_letter",
                                            "tripartite_agreement",
                                            "refund_record",
                                        ],
                                    )
                                ),
                                name="local_wording_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["proposed", "approved", "refused", "withdrawn"])),
                                name="local_wording_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                                name="local_wording_two_persons",
                                violation_error_message="本地文书格式须由拟定人以外的另一人审核。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["approved", "refused"]), _negated=True),
                                    ("decided_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="local_wording_decided_by_somebody",
                                violation_error_message="审核过的格式必须有审核人。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("organ", "kind"),
                                name="local_wording_one_proposed",
                                violation_error_message="这种文书已有一份待审核的格式。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
