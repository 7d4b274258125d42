"""Inquiries and what institutions answered, for tests, through the operations."""

from __future__ import annotations

from datetime import timedelta

from declarations.enums import InquiryKind
from declarations.models import ChangeRequest, Declaration, Inquiry
from declarations.operations.changes import take_in_change
from declarations.operations.declarations import Told
from declarations.operations.inquiries import ask_institution, open_inquiry
from foundation.core import clock
from institutions.models import Institution
from tests.cast import OWN, Cast, jurisdiction
from tests.institutions.factories import institution

ITEMS = [["01", "消防设施完好有效"], ["02", "疏散通道畅通"], ["03", "食品从业人员有健康证明"]]
SAID = Told(given_by="校长王某", replies=[("yes", ""), ("no", "二楼通道堆放，本周清理"), ("na", "")])
WANTED = {"public_phone": "0592-2198888", "address": "湖滨南路9号3楼"}


def opened(cast: Cast, *, kind: str = InquiryKind.SELF_CHECK, **given) -> Inquiry:
    facts = {
        "jurisdiction": jurisdiction(OWN),
        "title": "2026年暑期安全自查" if kind == InquiryKind.SELF_CHECK else "2026年规范办学承诺书",
        "year": 2026,
        "due_on": clock.today() + timedelta(days=10),
        "items": ITEMS,
        **given,
    }
    return open_inquiry(kind=kind, by=cast.officer, at=clock.now(), **facts)


def asked(cast: Cast, row: Institution | None = None, **given) -> Declaration:
    """One institution in an inquiry of its bureau."""
    row = row or institution(cast.officer)
    inquiry = opened(cast, jurisdiction=row.jurisdiction, **given)
    return ask_institution(inquiry=inquiry, institution=row, by=cast.officer, at=clock.now())


def wished(cast: Cast, row: Institution | None = None, **given) -> ChangeRequest:
    facts = {"proposed": WANTED, "reason": "搬迁", "given_by": "校长王某", **given}
    subject = row or institution(cast.officer)
    return take_in_change(institution=subject, by=cast.officer, at=clock.now(), **facts)
