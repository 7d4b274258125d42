"""Topics of messages, channels beside the inbox, states of a delivery."""

from django.db.models import TextChoices


class Topic(TextChoices):
    """What a person can choose channels for."""

    DEADLINE = "deadline", "期限提醒"
    TODO = "todo", "待办事项"
    NEWS = "news", "办理进展"
    SYSTEM = "system", "系统通知"


class Channel(TextChoices):
    """Ways beside the inbox, which every message goes to."""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"


class DeliveryState(TextChoices):
    DUE = "due", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    SKIPPED = "skipped", "未发送"
    FAILED = "failed", "发送失败"
