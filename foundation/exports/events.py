"""Facts about exports."""

from foundation.core.events import EventKind

EXPORT_REQUESTED = EventKind("export.requested", "申请导出")
EXPORT_APPROVED = EventKind("export.approved", "批准导出")
EXPORT_REJECTED = EventKind("export.rejected", "驳回导出")
EXPORT_HELD = EventKind("export.held", "导出转审批")
EXPORT_MADE = EventKind("export.made", "生成导出文件")
EXPORT_DOWNLOADED = EventKind("export.downloaded", "下载导出文件")
EXPORT_EXPIRED = EventKind("export.expired", "导出文件到期删除")
