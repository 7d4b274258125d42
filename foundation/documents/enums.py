"""Kinds of documents and the forms in which one is kept."""

from django.db.models import TextChoices


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
    DRAW_RESULTS = "draw_results", "双随机检查结果公示"
    SUPERVISOR_LETTER = "supervisor_letter", "监督员聘书"
    SUPERVISOR_CARD = "supervisor_card", "社会监督员证"


class FileFormat(TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
