"""Facts of the public site's checks."""

from foundation.core.events import EventKind

CHECK_STARTED = EventKind("publicity.check_started", "开始检查公众网站")
CHECK_FINISHED = EventKind("publicity.check_finished", "完成检查公众网站")
CHECK_STOPPED = EventKind("publicity.check_stopped", "公众网站检查中断")
PROBLEMS_FOUND = EventKind("publicity.problems_found", "公众网站检查发现问题")
LETTER_ISSUED = EventKind("parent_letter.issued", "出具致家长信")
LETTER_PUBLISHED = EventKind("parent_letter.published", "发布致家长信")
LETTER_WITHDRAWN = EventKind("parent_letter.withdrawn", "撤下致家长信")
LETTER_HANDED_OUT = EventKind("parent_letter.handed_out", "学校登记发放")
LETTER_READ = EventKind("parent_letter.read", "家长网上回执")
LETTER_COUNTED = EventKind("parent_letter.counted", "登记致家长信发放")
