"""What refunds tell of an institution: late answers, disputes, money paid late. No child and no guardian is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from foundation.core.clock import today
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
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
    rows = list(told.exclude(state__in=gone).select_related("contract").order_by("asked_on", "pk"))
    due = _payment_days(rows)
    for row in rows:
        yield Record(
            "refund",
            row.pk,
            row.asked_on,
            f"退费申请（{row.contract}）",
            weight=_weight(row, due.get(row.pk)),
            result=row.get_state_display(),
            law=LAW,
            url=reverse("admin:payouts_refund_change", args=[row.pk]),
        )


def _payment_days(rows: Sequence[Refund]) -> dict[int, date]:
    """Until when each is to be paid, for those that somebody agreed to."""
    clocks = Deadline.objects.filter(subject_type=Refund._meta.label_lower, subject_id__in=[row.pk for row in rows])
    running = clocks.filter(code=PAYMENT).exclude(state=DeadlineState.CANCELLED)
    return dict(running.values_list("subject_id", "due_on"))


def _weight(row: Refund, due: date | None) -> str:
    """The gravest that can be said of it: paid after its last day, or not paid and that day is over."""
    if due is not None and (row.paid_on or today()) > due:
        return LATE
    if row.silent:
        return SILENT
    return DISPUTED if row.coordinator_id else PAID
