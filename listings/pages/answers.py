"""Slips for institutions: against a list entry, off the list again, against a grade, for a year's own report."""

from __future__ import annotations

from foundation.documents.slips import IssueLinkPage, IssueLinksPage, StopLinkPage
from listings import rating_rules, rules, yearly_rules
from listings.answering import DEFENCE, REPAIR
from listings.answering_ratings import GRADE
from listings.answering_yearly import CHECK


class IssueSlip(IssueLinkPage):
    rule, purpose = rules.can_handle, DEFENCE


class StopSlip(StopLinkPage):
    rule, purpose = rules.can_handle, DEFENCE


class IssueRepairSlip(IssueLinkPage):
    slug, label = "repair-slip", "开通信用修复回执"
    rule, purpose = rules.can_handle, REPAIR


class StopRepairSlip(StopLinkPage):
    slug, label = "stop-repair-slip", "停用信用修复回执"
    rule, purpose = rules.can_handle, REPAIR


class IssueGradeSlip(IssueLinkPage):
    rule, purpose = rating_rules.can_take_objection, GRADE


class IssueGradeSlips(IssueLinksPage):
    rule, purpose = rules.can_propose_somewhere, GRADE


class StopGradeSlip(StopLinkPage):
    rule, purpose = rating_rules.can_take_objection, GRADE


class IssueCheckSlip(IssueLinkPage):
    rule, purpose = yearly_rules.can_handle, CHECK


class IssueCheckSlips(IssueLinksPage):
    rule, purpose = rules.can_propose_somewhere, CHECK


class StopCheckSlip(StopLinkPage):
    rule, purpose = yearly_rules.can_handle, CHECK
