"""Words of training materials (``docs/glossary.md``)."""

from django.db.models import TextChoices


class MaterialKind(TextChoices):
    SELF_MADE = "self_made", "自编"
    PUBLISHED = "published", "正式出版物"


class SetState(TextChoices):
    """Where a set stands in its two reviews."""

    ENTERED = "entered", "待内审"
    INSIDE = "inside", "待外审"
    OUTSIDE = "outside", "外审中"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "审核不通过"
    APPROVED = "approved", "审核通过"
    WITHDRAWN = "withdrawn", "已撤销"


class Verdict(TextChoices):
    """What a reviewer, and in the end the bureau, says; the worse ones stand later."""

    APPROVE = "approve", "同意使用"
    RETURN = "return", "修改后再审"
    REFUSE = "refuse", "不同意使用"


class UseSource(TextChoices):
    """How it is known that a class uses a set."""

    TOLD = "told", "机构报告"
    SEEN = "seen", "现场发现"
    TIP = "tip", "群众反映"
    PAPERS = "papers", "查阅资料"


class Cause(TextChoices):
    """Why a set in a class raises an alarm."""

    UNAPPROVED = "unapproved", "未经审核"
    WITHDRAWN = "withdrawn", "审核已撤销"
    EXPIRED = "expired", "审核已过期"


class Closing(TextChoices):
    """What closed an alarm."""

    STOPPED = "stopped", "已停用"
    APPROVED = "approved", "已通过审核"
