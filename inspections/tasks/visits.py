"""Who is told of serious problems, and of what became of a supervisor's finding."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER
from inspections import notices
from inspections.enums import Severity
from inspections.models import Finding, Visit


@outbox.handles(notices.SERIOUS_FOUND)
def tell_of_serious(message) -> None:
    """One message to those who handle the area; telling twice changes nothing."""
    visit = Visit.objects.get(pk=message.payload["visit_id"])
    found = visit.findings.filter(severity=Severity.CRITICAL).order_by("code", "pk")
    place = {
        "jurisdiction_id": visit.jurisdiction_id,
        "division_id": visit.division_id,
        "category": visit.category,
        "on": clock.today(),
    }
    own = people_who_can(Can.VERIFY_FINDING, **place, own_level=True)
    send(
        notice=notices.SERIOUS,
        to=set(own or people_who_can(Can.VERIFY_FINDING, **place)) - {visit.filed_by_id},
        title=f"{visit.subject_name}：发现{len(found)}项严重问题",
        body="；".join(f"{row}（{row.note}）" if row.note else str(row) for row in found),
        url=reverse("admin:inspections_visit_change", args=[visit.pk]),
        about=visit,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.FINDING_JUDGED)
def tell_the_supervisor(message) -> None:
    """What became of it, to the one who saw it."""
    finding = Finding.objects.select_related("visit").get(pk=message.payload["finding_id"])
    send(
        notice=notices.JUDGED,
        to={finding.visit.filed_by_id},
        title=f"{finding.visit.subject_name}：{finding}，核实{finding.get_state_display()}",
        body=finding.judged_remark,
        about=finding,
        by=SENDER,
        at=clock.now(),
    )
