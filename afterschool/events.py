"""Facts of after-school services."""

from foundation.core.events import EventKind

TERM_REGISTERED = EventKind("afterschool.term_registered", "登记学期")
BLOCK_ADDED = EventKind("afterschool.block_added", "登记服务内容")
BLOCK_RENAMED = EventKind("afterschool.block_renamed", "修改服务内容名称")
BLOCK_CLOSED = EventKind("afterschool.block_closed", "停用服务内容")
OFFERING_RECORDED = EventKind("afterschool.offering_recorded", "登记学校开设")
OFFERING_VOIDED = EventKind("afterschool.offering_voided", "作废学校开设")
PARTICIPATION_RECORDED = EventKind("afterschool.participation_recorded", "登记参与情况")
PARTICIPATION_CORRECTED = EventKind("afterschool.participation_corrected", "更正参与情况")
PARTICIPATION_STRUCK = EventKind("afterschool.participation_struck", "撤销参与情况")
PROVIDER_ADDED = EventKind("afterschool.provider_added", "登记服务机构")
ROUND_OPENED = EventKind("afterschool.round_opened", "登记遴选批次")
SELECTION_PROPOSED = EventKind("afterschool.selection_proposed", "提请入选")
SELECTION_APPROVED = EventKind("afterschool.selection_approved", "同意入选")
SELECTION_REFUSED = EventKind("afterschool.selection_refused", "不同意入选")
SELECTION_ENDED = EventKind("afterschool.selection_ended", "登记退出")
