"""What refunds tell of an institution: late answers, disputes, money paid late. No child and no guardian is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from foundation.core.clock import today
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.queries import clocks_of
from institutions.dossier import Record, source
from institutions.models import Institution

from .clocks import PAYMENT
from .enums import RefundState
from .models import Refund

SILENT, DISPUTED, LATE, PAID = "silent", "disputed", "late", "paid"
WEIGHTS = [(SILENT, "逾期未答复"), (DISPUTED, "经教育部门协调"), (LATE, "逾期未退"), (PAID, "按期退费")]
LAW = "《关于加强校外培训机构预收费监管工作的通知》"


@source("refund", label="退费", order=55, weights=WEIGHTS)
def refunds(institution: Institution, first: date, last: date) -> Iterator[Record]:
    """Refunds that were agreed or had to be; what was withdrawn or declined says nothing against the institution."""
    told = Refund.objects.filter(contract__institution=institution, asked_on__range=(first, last))
    gone = (RefundState.WITHDRAWN, RefundState.DECLINED)
    for row in told.exclude(state__in=gone).select_related("contract").order_by("asked_on", "pk"):
        yield Record(
            "refund",
            row.pk,
            row.asked_on,
            f"退费申请（{row.contract}）",
            weight=_weight(row),
            result=row.get_state_display(),
            law=LAW,
            url=reverse("admin:payouts_refund_change", args=[row.pk]),
        )


def _weight(row: Refund) -> str:
    """The gravest that can be said of it."""
    if _late(row):
        return LATE
    if row.silent:
        return SILENT
    return DISPUTED if row.answer and row.state != RefundState.AGREED and row.coordinator_id else PAID


def _late(row: Refund) -> bool:
    """Paid after its last day, or not paid and that day is over."""
    clock = clocks_of(row).filter(code=PAYMENT).exclude(state=DeadlineState.CANCELLED).first()
    if clock is None:
        return False
    return (row.paid_on or today()) > clock.due_on
