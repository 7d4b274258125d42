"""Facts about documents."""

from foundation.core.events import EventKind

DOCUMENT_ISSUED = EventKind("document.issued", "出具文书")
DOCUMENT_VOIDED = EventKind("document.voided", "作废文书")
DOCUMENT_FILED = EventKind("document.filed", "文书存档")
