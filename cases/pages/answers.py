"""The slip that goes with a notice: its party answers without an account."""

from __future__ import annotations

from cases import rules
from cases.answering import SAY
from foundation.documents.slips import IssueLinkPage, StopLinkPage


class IssueSlip(IssueLinkPage):
    rule, purpose = rules.can_handle, SAY


class StopSlip(StopLinkPage):
    rule, purpose = rules.can_handle, SAY
