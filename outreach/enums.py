"""Words of outreach, meetings and honours (``docs/glossary.md``)."""

from django.db.models import TextChoices


class Channel(TextChoices):
    MEDIA = "media", "媒体"
    DOOR = "door", "入户"
    PUSH = "push", "推送"
    HOME_VISIT = "home_visit", "家访"
    ACCOUNT = "account", "公众号"


class MeetingKind(TextChoices):
    SYMPOSIUM = "symposium", "座谈会"
    PROMOTION = "promotion", "推进会"
    JOINT = "joint", "联席会议"
    OTHER = "other", "其他会议"
