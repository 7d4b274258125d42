"""Facts about documents."""

from foundation.core.events import EventKind

DOCUMENT_ISSUED = EventKind("document.issued", "出具文书")
DOCUMENT_VOIDED = EventKind("document.voided", "作废文书")
DOCUMENT_FILED = EventKind("document.filed", "文书存档")
WORDING_PROPOSED = EventKind("local_wording.proposed", "拟定本地文书格式")
WORDING_APPROVED = EventKind("local_wording.approved", "批准本地文书格式")
WORDING_REFUSED = EventKind("local_wording.refused", "不批准本地文书格式")
WORDING_WITHDRAWN = EventKind("local_wording.withdrawn", "撤回本地文书格式")
