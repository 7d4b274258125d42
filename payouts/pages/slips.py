"""The slip with which a guardian reads the contract's money and confirms lessons."""

from __future__ import annotations

from contracts.models import Contract
from foundation.core.pages import contribute
from foundation.documents.slips import IssueLinkPage, IssueLinksPage, StopLinkPage
from payouts import rules
from payouts.answering import MONEY


class IssueSlip(IssueLinkPage):
    slug, label = "money-slip", "开通家长查询"
    rule, purpose = rules.can_keep, MONEY
    effect = (
        "将生成一张回执单，印有二维码和16位凭证，交给签合同的家长：无需账号即可查询这份合同的资金、确认消课、看退费进度。"
        "凭证只显示这一次；以前开通的立即失效。"
    )


class StopSlip(StopLinkPage):
    slug, label = "stop-money-slip", "停用家长查询"
    rule, purpose = rules.can_keep, MONEY


class IssueSlips(IssueLinksPage):
    slug, label = "money-slips", "批量开通家长查询"
    rule, purpose = rules.can_keep_some, MONEY


contribute(Contract, IssueSlip)
contribute(Contract, StopSlip)
contribute(Contract, IssueSlips)
