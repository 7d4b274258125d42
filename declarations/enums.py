"""Words of what institutions declare (``docs/glossary.md``)."""

from django.db.models import TextChoices

#: Purposes of one-purpose links (``answering/``).
DECLARE_LINK, CHANGE_LINK = "declaration", "profile_change"


class InquiryKind(TextChoices):
    """What a bureau asks its institutions for."""

    SELF_CHECK = "self_check", "自查"
    COMMITMENT = "commitment", "承诺书"


class InquiryState(TextChoices):
    OPEN = "open", "收取中"
    CLOSED = "closed", "已结束"


class DeclarationState(TextChoices):
    OPEN = "open", "待报送"
    GIVEN = "given", "已报送"


class Reply(TextChoices):
    """To an item of a self-check, worded so that 符合 is good."""

    YES = "yes", "符合"
    NO = "no", "不符合"
    NOT_APPLICABLE = "na", "不适用"


class ChangeState(TextChoices):
    OPEN = "open", "待办理"
    DECIDED = "decided", "已办理"


#: What an institution may ask to have changed: field of the register -> how it is called there.
CHANGEABLE = {
    "trade_name": "对外名称(招牌)",
    "legal_person": "法定代表人",
    "phone": "联系电话(内部)",
    "public_phone": "公开电话",
    "address": "核准办学地址",
    "hours": "培训时间",
}
