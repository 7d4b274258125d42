"""Words of the check of the public pages (``docs/glossary.md``)."""

from django.db.models import TextChoices


class CheckState(TextChoices):
    RUNNING = "running", "正在检查"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已中断"


class Phase(TextChoices):
    """Parts of a check, in their order; a check is carried out in slices and remembers where it is."""

    REGISTER = "register", "核对名录文字"
    SITE = "site", "浏览公众网页"
    INSTITUTIONS = "institutions", "逐家浏览机构页面"
    EDITIONS = "editions", "核对名单期次"
    FILES = "files", "核对网站文件"
    OVER = "over", "已结束"


class FindingKind(TextChoices):
    PLANTED = "planted", "疑似植入文字"
    HIDDEN = "hidden", "隐藏的链接或文字"
    CODE = "code", "可疑代码"
    FOREIGN = "foreign", "外部网址"
    PERSONAL = "personal", "个人信息外露"
    BROKEN = "broken", "页面出错"
    DEAD = "dead", "失效链接"
    HEADER = "header", "安全响应头缺失"
    EDITION = "edition", "名单与期次不符"
    FILE = "file", "网站文件被改动"


class LetterKind(TextChoices):
    LETTER = "letter", "致家长信"
    NOTICE = "notice", "通告"


class LetterState(TextChoices):
    """A letter that was issued is not public before another person says so."""

    ISSUED = "issued", "已出具，待发布"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤下"


class Season(TextChoices):
    """When a letter to parents goes out."""

    WINTER = "winter", "寒假"
    SUMMER = "summer", "暑假"
    TERM = "term", "开学"
    OTHER = "other", "其他"
