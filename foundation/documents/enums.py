"""Kinds of documents and the forms in which one is kept."""

from django.db.models import TextChoices

from foundation.accounts.enums import Can


class DocumentKind(TextChoices):
    RECTIFICATION = "rectification_notice", "责令限期整改通知书"
    STOP_TRAINING = "stop_training_notice", "停止培训通知书"
    ON_SPOT = "on_spot_notice", "当场责令改正通知书"
    INTERVIEW = "interview_record", "约谈记录"
    FILING = "case_filing", "立案审批表"
    NO_FILING = "case_no_filing", "不予立案审批表"
    QUESTIONING = "questioning_record", "询问笔录"
    PRESERVATION = "preservation_notice", "先行登记保存证据通知书"
    PRIOR_NOTICE = "prior_notice", "行政处罚事先告知书"
    HEARING_NOTICE = "hearing_notice", "行政处罚听证告知书"
    PENALTY = "penalty_decision", "行政处罚决定书"
    NO_PENALTY = "no_penalty_decision", "不予行政处罚决定书"
    SERVICE_RECEIPT = "service_receipt", "送达回证"
    CASE_CLOSING = "case_closing", "结案审批表"
    LIST_NOTICE = "list_notice", "黑白名单公示"
    LISTING_PRIOR = "listing_prior", "名单事先告知书"
    LISTING_RESULT = "listing_result", "名单处理结果告知书"
    EVIDENCE_FILE = "evidence_file", "证据卷"
    ANNUAL_CHECK = "annual_check", "年度检查表"
    DRAW_RESULTS = "draw_results", "双随机检查结果公示"
    SUPERVISOR_LETTER = "supervisor_letter", "监督员聘书"
    SUPERVISOR_CARD = "supervisor_card", "社会监督员证"
    SITE_RECORD = "site_record", "现场检查记录"
    RECHECK_RECORD = "recheck_record", "整改复查记录"
    SUPERVISOR_REPORT = "supervisor_report", "监督员月度报告"
    GRID_RECORD = "grid_record", "网格巡查记录"
    PARENT_LETTER = "parent_letter", "致家长信"
    STATISTICS = "statistics_sheet", "工作统计表"
    BULLETIN = "bulletin", "工作简报"
    COMMITMENT = "commitment_letter", "规范办学承诺书"
    TRIPARTITE = "tripartite_agreement", "资金监管三方协议"
    REFUND = "refund_record", "退费协调记录"


#: Kinds that tell what not every reader of the register may know: what a post needs besides to read one.
READ_WITH = {
    **dict.fromkeys(
        [
            *(DocumentKind.FILING, DocumentKind.NO_FILING, DocumentKind.QUESTIONING, DocumentKind.PRESERVATION),
            *(DocumentKind.PRIOR_NOTICE, DocumentKind.HEARING_NOTICE, DocumentKind.PENALTY, DocumentKind.NO_PENALTY),
            *(DocumentKind.SERVICE_RECEIPT, DocumentKind.CASE_CLOSING),
        ],
        Can.VIEW_CASES,
    ),
    DocumentKind.SUPERVISOR_REPORT: Can.VIEW_SUPERVISORS,
    DocumentKind.GRID_RECORD: Can.VIEW_CLUES,
    DocumentKind.REFUND: Can.EXPORT_PERSONAL,
}


class WordingState(TextChoices):
    """A bureau's own words: proposed by one, approved by another."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "不批准"
    WITHDRAWN = "withdrawn", "已撤回"


class FileFormat(TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
