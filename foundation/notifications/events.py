"""Facts of this app."""

from foundation.core.events import EventKind

MESSAGES_SENT = EventKind("notifications.sent", "发出消息")
MESSAGE_READ = EventKind("notifications.read", "阅读消息")
INBOX_READ = EventKind("notifications.inbox_read", "全部消息标为已读")
PREFERENCE_CHOSEN = EventKind("notifications.preference_chosen", "修改提醒设置")
DELIVERY_SENT = EventKind("notifications.delivery_sent", "送出邮件或短信")
DELIVERY_SKIPPED = EventKind("notifications.delivery_skipped", "未送出邮件或短信")
DELIVERY_FAILED = EventKind("notifications.delivery_failed", "邮件或短信发送失败")
