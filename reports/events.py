"""Facts of reports."""

from foundation.core.events import EventKind

STYLE_SET = EventKind("reports.style_set", "设定指标取舍")
