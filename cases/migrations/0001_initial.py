import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
import institutions.public_ids
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("clues", "0001_initial"),
        ("documents", "0001_initial"),
        ("enforcement", "0001_initial"),
        ("inspections", "0001_initial"),
        ("institutions", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Violation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10, verbose_name="代码")),
                        ("name", models.CharField(max_length=60, verbose_name="违法行为")),
                        ("conduct", models.TextField(max_length=1000, verbose_name="行为表现")),
                        ("forbidden_by", models.CharField(max_length=300, verbose_name="违反条款")),
                        ("punished_by", models.CharField(max_length=300, verbose_name="处罚依据")),
                        ("consequence", models.TextField(max_length=1000, verbose_name="处罚种类和幅度")),
                        ("competent", models.CharField(max_length=100, verbose_name="主管部门")),
                        ("needs_review", models.BooleanField(default=False, verbose_name="待核实")),
                        ("effective_from", models.DateField(verbose_name="施行起")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
                    ],
                    options={
                        "verbose_name": "违法行为条款",
                        "verbose_name_plural": "违法行为条款",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="violation_period_ordered",
                                violation_error_message="施行止不能早于施行起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("forbidden_by", ""), _negated=True),
                                    models.Q(("punished_by", ""), _negated=True),
                                ),
                                name="violation_whole",
                                violation_error_message="代码、名称、违反条款和处罚依据不能为空。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("code", "="),
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
                                name="violation_one_at_a_time",
                                violation_error_message="同一代码的施行时间不能重叠。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("matter", models.CharField(blank=True, max_length=40, verbose_name="事项编号")),
                        ("number", models.CharField(blank=True, max_length=80, verbose_name="立案号")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("visit", "检查发现"),
                                    ("order", "责令改正后转立案"),
                                    ("clue", "投诉举报"),
                                    ("transfer", "部门移送"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="案件来源",
                            ),
                        ),
                        ("source_note", models.CharField(blank=True, max_length=300, verbose_name="来源说明")),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("subject", "学科类"),
                                    ("sport", "体育类"),
                                    ("arts", "文化艺术类"),
                                    ("science", "科技类"),
                                    ("other", "其他非学科类"),
                                ],
                                max_length=10,
                                verbose_name="培训类别",
                            ),
                        ),
                        ("party_name", models.CharField(max_length=120, verbose_name="当事人")),
                        (
                            "party_code",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="统一社会信用代码(自然人证件号码后四位)"
                            ),
                        ),
                        ("party_address", models.CharField(blank=True, max_length=200, verbose_name="当事人地址")),
                        ("person_in_charge", models.CharField(blank=True, max_length=60, verbose_name="负责人")),
                        ("summary", models.TextField(max_length=2000, verbose_name="案情摘要")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "待立案审批"),
                                    ("declined", "不予立案"),
                                    ("investigating", "调查取证"),
                                    ("concluded", "待法制审核"),
                                    ("reviewed", "审核通过，待告知"),
                                    ("notified", "已告知，听取意见"),
                                    ("hearing", "听证"),
                                    ("heard", "待提出处理意见"),
                                    ("to_decide", "待审批决定"),
                                    ("decided", "已决定，待送达"),
                                    ("executing", "执行中"),
                                    ("closing", "待结案审批"),
                                    ("closed", "已结案"),
                                    ("withdrawn", "已撤案"),
                                    ("transferred", "已移送"),
                                    ("archived", "已归档"),
                                ],
                                default="proposed",
                                max_length=16,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("turn", models.PositiveSmallIntegerField(default=0, verbose_name="拟处罚轮次")),
                        ("proposed_at", models.DateTimeField(verbose_name="提请时间")),
                        ("filed_on", models.DateField(blank=True, null=True, verbose_name="立案日期")),
                        ("filing_opinion", models.CharField(blank=True, max_length=300, verbose_name="立案审批意见")),
                        ("report", models.TextField(blank=True, max_length=5000, verbose_name="调查终结报告")),
                        (
                            "illegal_gains",
                            models.PositiveBigIntegerField(blank=True, null=True, verbose_name="违法所得(分)"),
                        ),
                        ("review_opinion", models.CharField(blank=True, max_length=1000, verbose_name="法制审核意见")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("punish", "给予行政处罚"),
                                    ("spare", "不予行政处罚"),
                                    ("withdraw", "撤销案件"),
                                    ("transfer", "移送"),
                                ],
                                max_length=10,
                                verbose_name="处理意见",
                            ),
                        ),
                        ("grounds", models.TextField(blank=True, max_length=3000, verbose_name="处理理由")),
                        ("discussion", models.TextField(blank=True, max_length=3000, verbose_name="集体讨论记录")),
                        ("transferred_to", models.CharField(blank=True, max_length=120, verbose_name="移送单位")),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="决定日期")),
                        ("decision_opinion", models.CharField(blank=True, max_length=300, verbose_name="决定审批意见")),
                        ("overturned_on", models.DateField(blank=True, null=True, verbose_name="决定被变更或撤销之日")),
                        (
                            "overturned_by",
                            models.CharField(blank=True, max_length=200, verbose_name="变更或撤销的机关和文号"),
                        ),
                        ("closing_note", models.TextField(blank=True, max_length=2000, verbose_name="结案说明")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="结案日期")),
                        ("archive_no", models.CharField(blank=True, max_length=60, verbose_name="案卷号")),
                        (
                            "close_asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="结案提请人",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="结案审批人",
                            ),
                        ),
                        (
                            "clue",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "concluded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="调查终结人",
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
                                verbose_name="决定审批人",
                            ),
                        ),
                        (
                            "decision_proposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="处理意见提出人",
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="立案审批人",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
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
                            "order",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case",
                                to="enforcement.order",
                                verbose_name="责令改正通知书",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="办案单位",
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
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="法制审核人",
                            ),
                        ),
                        (
                            "unlicensed",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="institutions.unlicensedsite",
                                verbose_name="无证场所",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="inspections.visit",
                                verbose_name="检查记录",
                            ),
                        ),
                        (
                            "violation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.violation",
                                verbose_name="涉嫌违法行为",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案件",
                        "verbose_name_plural": "案件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("source__in", ["visit", "order", "clue", "transfer", "other"])),
                                name="case_source_known",
                                violation_error_message="“source”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "proposed",
                                            "declined",
                                            "investigating",
                                            "concluded",
                                            "reviewed",
                                            "notified",
                                            "hearing",
                                            "heard",
                                            "to_decide",
                                            "decided",
                                            "executing",
                                            "closing",
                                            "closed",
                                            "withdrawn",
                                            "transferred",
                                            "archived",
                                        ],
                                    )
                                ),
                                name="case_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="case_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["punish", "spare", "withdraw", "transfer", ""])),
                                name="case_outcome_known",
                                violation_error_message="“outcome”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("institution__isnull", False), ("unlicensed__isnull", False), _negated=True
                                    ),
                                    models.Q(("party_name", ""), _negated=True),
                                ),
                                name="case_one_party",
                                violation_error_message="一个案件只有一个当事人，且必须写明名称。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("source", "visit"), _negated=True),
                                        ("visit__isnull", False),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("source", "order"), _negated=True),
                                        ("order__isnull", False),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("source", "clue"), _negated=True),
                                        ("clue__isnull", False),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        models.Q(("source__in", ["transfer", "other"]), _negated=True),
                                        models.Q(("source_note", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="case_source_shown",
                                violation_error_message="案件来源必须有相应的记录或说明。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("filed_by__isnull", False),
                                        ("filed_on__isnull", False),
                                        (
                                            "state__in",
                                            [
                                                "investigating",
                                                "concluded",
                                                "reviewed",
                                                "notified",
                                                "hearing",
                                                "heard",
                                                "to_decide",
                                                "decided",
                                                "executing",
                                                "closing",
                                                "closed",
                                                "withdrawn",
                                                "transferred",
                                                "archived",
                                            ],
                                        ),
                                    ),
                                    models.Q(("filed_by__isnull", False), ("state", "archived")),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                [
                                                    "investigating",
                                                    "concluded",
                                                    "reviewed",
                                                    "notified",
                                                    "hearing",
                                                    "heard",
                                                    "to_decide",
                                                    "decided",
                                                    "executing",
                                                    "closing",
                                                    "closed",
                                                    "withdrawn",
                                                    "transferred",
                                                    "archived",
                                                ],
                                            ),
                                            _negated=True,
                                        ),
                                        ("filed_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_filed_by_someone",
                                violation_error_message="已立案的案件必须有立案日期和审批人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("filed_by__isnull", True),
                                    models.Q(("filed_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_filed_by_other",
                                violation_error_message="提请人不能审批自己的立案。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("decision_proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_decided_by_other",
                                violation_error_message="不能审批自己的处理意见。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_by__isnull", True),
                                    models.Q(("closed_by", models.F("close_asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_closed_by_other",
                                violation_error_message="不能审批自己的结案。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "transfer"), _negated=True),
                                    models.Q(("transferred_to", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_transfer_says_where",
                                violation_error_message="移送必须写明移送单位。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("overturned_by", ""), ("overturned_on__isnull", True)),
                                    models.Q(
                                        ("decided_on__isnull", False),
                                        ("overturned_on__isnull", False),
                                        models.Q(("overturned_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_overturned_by_someone",
                                violation_error_message="决定被变更或撤销的，必须写明日期、机关和文号。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "-proposed_at", "-id"], name="case_by_bureau"),
                            models.Index(fields=["institution", "-proposed_at"], name="case_by_institution"),
                            models.Index(fields=["state", "jurisdiction"], name="case_by_state"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CasePaper",
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
                        ("turn", models.PositiveSmallIntegerField(default=0, verbose_name="拟处罚轮次")),
                        ("made_on", models.DateField(verbose_name="制作日期")),
                        (
                            "service",
                            models.CharField(
                                choices=[
                                    ("none", "尚未送达"),
                                    ("direct", "直接送达"),
                                    ("left", "留置送达"),
                                    ("post", "邮寄送达"),
                                    ("electronic", "电子送达(经书面同意)"),
                                    ("notice", "公告送达"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="送达方式",
                            ),
                        ),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="送达日期")),
                        ("recipient", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                        ("witness", models.CharField(blank=True, max_length=120, verbose_name="见证人")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_paper",
                                to="documents.document",
                                verbose_name="文书",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="制作人",
                            ),
                        ),
                        (
                            "receipt",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_of",
                                to="documents.document",
                                verbose_name="送达回证",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案件文书",
                        "verbose_name_plural": "案件文书",
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
                                name="case_paper_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("service__in", ["none", "direct", "left", "post", "electronic", "notice"])
                                ),
                                name="case_paper_service_known",
                                violation_error_message="“service”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("receipt__isnull", True), ("served_on__isnull", True), ("service", "none")
                                    ),
                                    models.Q(
                                        models.Q(("service", "none"), _negated=True),
                                        ("receipt__isnull", False),
                                        ("served_on__gte", models.F("made_on")),
                                        ("served_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_paper_service_proven",
                                violation_error_message="送达必须有日期和送达回证，且不早于文书制作日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("service", "none"),
                                    (
                                        "kind__in",
                                        (
                                            "preservation_notice",
                                            "prior_notice",
                                            "hearing_notice",
                                            "penalty_decision",
                                            "no_penalty_decision",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="case_paper_may_be_served",
                                violation_error_message="这种文书不需要送达。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("service", "left"), _negated=True),
                                    models.Q(("witness", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="case_paper_left_with_witness",
                                violation_error_message="留置送达必须写明见证人。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("no", models.PositiveSmallIntegerField(verbose_name="序号")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("written", "书证"),
                                    ("object", "物证"),
                                    ("audiovisual", "视听资料"),
                                    ("electronic", "电子数据"),
                                    ("witness", "证人证言"),
                                    ("party", "当事人的陈述"),
                                    ("expert", "鉴定意见"),
                                    ("record", "勘验笔录、现场笔录"),
                                ],
                                max_length=12,
                                verbose_name="证据种类",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="证据名称")),
                        ("shows", models.CharField(max_length=500, verbose_name="证明内容")),
                        ("taken_from", models.CharField(max_length=120, verbose_name="来源")),
                        ("taken_on", models.DateField(verbose_name="取得日期")),
                        ("taken_by", models.CharField(max_length=120, verbose_name="取证人")),
                        ("added_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="登记人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "证据",
                        "verbose_name_plural": "证据",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "written",
                                            "object",
                                            "audiovisual",
                                            "electronic",
                                            "witness",
                                            "party",
                                            "expert",
                                            "record",
                                        ],
                                    )
                                ),
                                name="evidence_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("case", "no"),
                                name="evidence_no_once",
                                violation_error_message="证据序号重复，请重试。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceFile",
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
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="cases.evidence",
                                verbose_name="证据",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "证据文件",
                        "verbose_name_plural": "证据文件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("format__in", ["pdf", "docx", "xlsx", "jpg", "png"])),
                                name="evidence_file_format_known",
                                violation_error_message="“format”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("path",),
                                name="evidence_file_path_once",
                                violation_error_message="附件的存放位置重复。",
                            ),
                            models.UniqueConstraint(
                                fields=("evidence", "sha256"),
                                name="evidence_file_once",
                                violation_error_message="这份附件已经上传过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("size__gte", 1),
                                    models.Q(("path", ""), _negated=True),
                                    models.Q(("name", ""), _negated=True),
                                ),
                                name="evidence_file_whole",
                                violation_error_message="附件不完整。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Penalty",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("noticed", "拟处罚"), ("decided", "处罚决定")],
                                max_length=10,
                                verbose_name="阶段",
                            ),
                        ),
                        ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("warning", "警告"),
                                    ("criticism", "通报批评"),
                                    ("fine", "罚款"),
                                    ("confiscation", "没收违法所得"),
                                    ("stop_enrolment", "责令停止招收学员"),
                                    ("stop_running", "责令停止举办"),
                                    ("revocation", "吊销许可证件"),
                                    ("ban", "限制从业"),
                                ],
                                max_length=16,
                                verbose_name="处罚种类",
                            ),
                        ),
                        ("amount", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="金额(分)")),
                        ("detail", models.CharField(blank=True, max_length=300, verbose_name="内容")),
                        ("dropped", models.BooleanField(default=False, verbose_name="已退回重提")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="penalties",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "处罚",
                        "verbose_name_plural": "处罚",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["noticed", "decided"])),
                                name="penalty_stage_known",
                                violation_error_message="“stage”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "warning",
                                            "criticism",
                                            "fine",
                                            "confiscation",
                                            "stop_enrolment",
                                            "stop_running",
                                            "revocation",
                                            "ban",
                                        ],
                                    )
                                ),
                                name="penalty_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("dropped", False)),
                                fields=("case", "stage", "turn", "kind"),
                                name="penalty_kind_once",
                                violation_error_message="同一种处罚只能写一项。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("amount__gt", 0),
                                        ("amount__isnull", False),
                                        ("kind__in", ("fine", "confiscation")),
                                    ),
                                    models.Q(
                                        models.Q(("kind__in", ("fine", "confiscation")), _negated=True),
                                        ("amount__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="penalty_amount_of_money",
                                violation_error_message="罚款和没收违法所得必须有金额，其他处罚没有金额。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fulfilment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("done_on", models.DateField(verbose_name="履行日期")),
                        ("amount", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="缴纳金额(分)")),
                        ("late_fee", models.PositiveBigIntegerField(default=0, verbose_name="加处罚款(分)")),
                        ("note", models.CharField(max_length=300, verbose_name="履行情况")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
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
                            "penalty",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fulfilments",
                                to="cases.penalty",
                                verbose_name="处罚",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "履行情况",
                        "verbose_name_plural": "履行情况",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount__isnull", True), ("late_fee", 0)),
                                    models.Q(("amount__gt", 0), ("amount__isnull", False)),
                                    _connector="OR",
                                ),
                                name="fulfilment_amount_positive",
                                violation_error_message="缴纳金额必须大于零。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preservation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "items",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200), size=None, verbose_name="保存物品"
                            ),
                        ),
                        ("place", models.CharField(max_length=200, verbose_name="保存地点")),
                        ("keeper", models.CharField(max_length=60, verbose_name="保管人")),
                        ("preserved_on", models.DateField(verbose_name="保存日期")),
                        ("approved_by", models.CharField(max_length=60, verbose_name="批准人")),
                        (
                            "disposal",
                            models.CharField(
                                choices=[
                                    ("none", "登记保存中"),
                                    ("returned", "退还"),
                                    ("kept", "作为证据留存"),
                                    ("confiscated", "依法没收"),
                                    ("handed_over", "移交有权机关"),
                                    ("destroyed", "依法销毁"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="处理",
                            ),
                        ),
                        ("disposed_on", models.DateField(blank=True, null=True, verbose_name="处理日期")),
                        ("disposal_note", models.CharField(blank=True, max_length=300, verbose_name="处理说明")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preservations",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preservation",
                                to="cases.casepaper",
                                verbose_name="保存通知书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "先行登记保存",
                        "verbose_name_plural": "先行登记保存",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "disposal__in",
                                        ["none", "returned", "kept", "confiscated", "handed_over", "destroyed"],
                                    )
                                ),
                                name="preservation_disposal_known",
                                violation_error_message="“disposal”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("disposal", "none"), ("disposed_on__isnull", True)),
                                    models.Q(
                                        models.Q(("disposal", "none"), _negated=True),
                                        ("disposed_on__gte", models.F("preserved_on")),
                                        ("disposed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="preservation_disposed_on_a_day",
                                violation_error_message="处理必须有日期，且不早于保存日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=institutions.public_ids.new_public_id,
                                editable=False,
                                max_length=12,
                                unique=True,
                                verbose_name="公开编号",
                            ),
                        ),
                        ("party", models.CharField(max_length=120, verbose_name="公开的当事人")),
                        ("facts", models.TextField(max_length=2000, verbose_name="公开的违法事实")),
                        ("penalty", models.CharField(max_length=500, verbose_name="公开的处罚内容")),
                        ("basis", models.CharField(max_length=300, verbose_name="依据")),
                        ("published_on", models.DateField(verbose_name="公开日期")),
                        ("until", models.DateField(verbose_name="公开至")),
                        ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="撤下日期")),
                        ("withdrawn_because", models.CharField(blank=True, max_length=300, verbose_name="撤下理由")),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publication",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="公开人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "处罚决定公开",
                        "verbose_name_plural": "处罚决定公开",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("published_on"))),
                                name="publication_period_ordered",
                                violation_error_message="公开截止日必须晚于公开日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_because", ""), ("withdrawn_on__isnull", True)),
                                    models.Q(
                                        ("withdrawn_on__gte", models.F("published_on")),
                                        ("withdrawn_on__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="publication_withdrawn_with_reason",
                                violation_error_message="撤下公开信息必须写明理由。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["-published_on", "-id"], name="publication_by_day"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statement",
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
                                choices=[("defence", "陈述申辩"), ("hearing", "要求听证"), ("waiver", "书面放弃")],
                                max_length=10,
                                verbose_name="种类",
                            ),
                        ),
                        ("text", models.TextField(max_length=3000, verbose_name="内容")),
                        ("given_by", models.CharField(max_length=60, verbose_name="陈述人")),
                        ("given_on", models.DateField(verbose_name="日期")),
                        ("accepted", models.BooleanField(blank=True, null=True, verbose_name="采纳")),
                        ("answer", models.CharField(blank=True, max_length=1000, verbose_name="复核意见")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="复核人",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="cases.case",
                                verbose_name="案件",
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
                            "notice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="cases.casepaper",
                                verbose_name="告知书",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "当事人意见",
                        "verbose_name_plural": "当事人意见",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["defence", "hearing", "waiver"])),
                                name="statement_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("accepted__isnull", True), ("answer", ""), ("answered_by__isnull", True)),
                                    models.Q(
                                        ("accepted__isnull", False),
                                        ("answered_by__isnull", False),
                                        models.Q(("answer", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="statement_answered_with_reason",
                                violation_error_message="复核必须写明是否采纳和理由。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind__in", ["hearing", "waiver"])),
                                fields=("notice", "kind"),
                                name="statement_once_a_notice",
                                violation_error_message="当事人已就这份告知书提出过。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("called_on", models.DateField(verbose_name="通知日期")),
                        ("planned_on", models.DateField(verbose_name="听证日期")),
                        ("place", models.CharField(max_length=120, verbose_name="听证地点")),
                        ("open_to_all", models.BooleanField(default=True, verbose_name="公开举行")),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="实际举行日期")),
                        ("record", models.TextField(blank=True, max_length=3000, verbose_name="听证笔录摘要")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="当事人撤回或未到场")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearings",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="主持人",
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearing",
                                to="cases.statement",
                                verbose_name="听证要求",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "听证",
                        "verbose_name_plural": "听证",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_on__isnull", True), ("record", "")),
                                    models.Q(
                                        ("held_on__gte", models.F("called_on")),
                                        ("held_on__isnull", False),
                                        models.Q(("record", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="hearing_held_with_record",
                                violation_error_message="听证结束必须有日期和笔录。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseCampaign",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="inspections.campaign",
                                verbose_name="专项行动",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="campaigns",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "案件所属专项行动",
                        "verbose_name_plural": "案件所属专项行动",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "campaign"),
                                name="case_campaign_once",
                                violation_error_message="这个案件已计入该专项行动。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseOfficer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("certificate_no", models.CharField(max_length=40, verbose_name="执法证号")),
                        ("since", models.DateField(verbose_name="办案起")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="办案止")),
                        ("left_because", models.CharField(blank=True, max_length=300, verbose_name="更换或回避理由")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="officers",
                                to="cases.case",
                                verbose_name="案件",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="办案人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办案人员",
                        "verbose_name_plural": "办案人员",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("case", "user"),
                                name="case_officer_once",
                                violation_error_message="该人员已是本案办案人员。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("case", "certificate_no"),
                                name="case_certificate_once",
                                violation_error_message="同一案件中执法证号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_because", ""), ("until__isnull", True)),
                                    models.Q(("until__isnull", False), models.Q(("left_because", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="case_officer_left_with_reason",
                                violation_error_message="更换办案人员必须写明理由。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
