"""What an officer does about answers by link: slips for notices and for the summoned, and reports entered for them."""

from __future__ import annotations

from enforcement import rules
from enforcement.answering import INTERVIEW, ORDER
from enforcement.enums import PartyState
from enforcement.forms.orders import ProofForm
from enforcement.operations.reports import enter_interview_report
from foundation.core.pages import OperationPage
from foundation.documents.slips import IssueLinkPage, StopLinkPage
from foundation.photos import intake
from foundation.photos.sending import sent_now


class IssueSlip(IssueLinkPage):
    rule, purpose = rules.can_follow_up, ORDER


class StopSlip(StopLinkPage):
    rule, purpose = rules.can_follow_up, ORDER


class IssuePartySlip(IssueLinkPage):
    rule, purpose = rules.can_confirm_fixed, INTERVIEW


class StopPartySlip(StopLinkPage):
    rule, purpose = rules.can_confirm_fixed, INTERVIEW


class EnterReport(OperationPage):
    slug, label = "report", "登记整改报告"
    rule = rules.can_confirm_fixed
    form_class = ProofForm
    effect = "代机构登记整改情况；还须检查后“核实已整改”。"
    done = "整改报告已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and row.state == PartyState.OPEN

    def run(self, *, by, at, text, given_by, photos):
        with intake.taking(photos) as taken:
            sent = sent_now(taken)
            enter_interview_report(party=self.row, text=text, given_by=given_by, photos=sent, by=by, at=at)
        return self.row
