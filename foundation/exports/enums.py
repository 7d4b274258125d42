"""States and formats of an export."""

from django.db.models import TextChoices


class ExportState(TextChoices):
    PENDING = "pending", "待审批"
    MAKING = "making", "生成中"
    READY = "ready", "可下载"
    EXPIRED = "expired", "已过期"
    REJECTED = "rejected", "已驳回"


class ExportFormat(TextChoices):
    XLSX = "xlsx", "Excel（XLSX）"
    CSV = "csv", "CSV"
