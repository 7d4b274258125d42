"""Words of fund supervision."""

from django.db.models import TextChoices

from institutions.enums import Status, SupervisionMode

__all__ = ["SupervisionMode"]

#: 应监管 begins with these: institutions that teach or will teach again.
SUPERVISED = frozenset({Status.NORMAL, Status.SUSPENDED})
#: Modes under which the money lies in the institution's own account; 风险保证金 alone holds no fees.
CUSTODY = frozenset({SupervisionMode.BY_LESSON, SupervisionMode.BY_STAGE, SupervisionMode.LARGE_FLOW})


class BankStatus(TextChoices):
    CANDIDATE = "candidate", "候选"
    SELECTED = "selected", "入选"
    WITHDRAWN = "withdrawn", "退出"


class ProposalState(TextChoices):
    """What one person asks for and another decides: a minimum balance, an exemption."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "已同意"
    REFUSED = "refused", "不同意"
    ENDED = "ended", "已终止"


class ExemptionKind(TextChoices):
    """Why an institution takes no money ahead, and so needs no account."""

    PAY_AFTER = "pay_after", "先服务后收费"
    NO_FEES = "no_fees", "公益免费，不收费"


class AgreementState(TextChoices):
    DRAFTED = "drafted", "已拟定"
    SIGNED = "signed", "已签署"
    EXPIRED = "expired", "已到期"
    TERMINATED = "terminated", "已终止"


class Flag(TextChoices):
    """What Quanzhou counts: each is set with evidence, and taken back with a reason."""

    OPENED = "opened", "监管账户开设"
    VERIFIED = "verified", "资金核验"
    PAYABLE = "payable", "开通支付"


class ObstacleKind(TextChoices):
    """分类施策: what stands in the way of supervision."""

    OTHER_BANK = "other_bank", "异行账户接入"
    BANK_SYSTEM = "bank_system", "银行系统对接"
    PLATFORM = "platform", "全国平台操作"
    PAPERS = "papers", "开户资料不全"
    NAME = "name", "户名与许可不符"
    SECOND_ACCOUNT = "second_account", "多头开户(V14)"
    UNWILLING = "unwilling", "机构不配合"
    COSTS = "costs", "银行收费"
    OTHER = "other", "其他"


class ObstacleState(TextChoices):
    OPEN = "open", "未解决"
    CLOSED = "closed", "已解决"


class TrainingMode(TextChoices):
    ONLINE = "online", "线上"
    OFFLINE = "offline", "线下"
