"""Kinds of documents and the forms in which one is kept."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    RECTIFICATION = "rectification_notice", "责令限期整改通知书"
    STOP_TRAINING = "stop_training_notice", "停止培训通知书"
    ON_SPOT = "on_spot_notice", "当场责令改正通知书"
    INTERVIEW = "interview_record", "约谈记录"
    LIST_NOTICE = "list_notice", "黑白名单公示"
    LISTING_PRIOR = "listing_prior", "名单事先告知书"
    LISTING_RESULT = "listing_result", "名单处理结果告知书"
    EVIDENCE_FILE = "evidence_file", "证据卷"
    ANNUAL_CHECK = "annual_check", "年度检查表"
    DRAW_RESULTS = "draw_results", "双随机检查结果公示"
    SUPERVISOR_LETTER = "supervisor_letter", "监督员聘书"
    SUPERVISOR_CARD = "supervisor_card", "社会监督员证"


class FileFormat(TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
