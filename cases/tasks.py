"""After the commit: tell those who have to act next, or those who asked. And files that no evidence names go."""

from datetime import time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, private_files, schedule
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in, people_who_can
from foundation.notifications.rules import SENDER

from . import notices
from .attaching import FOLDER
from .models import Case, EvidenceFile

SWEEP = "cases.sweep_files"

schedule.periodic(SWEEP, schedule.Daily(at=time(3, 40)))


@outbox.handles(notices.CASE_MOVED)
def tell(message) -> None:
    """One message a person; telling twice changes nothing."""
    notice = notices.BY_CODE[message.payload["notice"]]
    case = Case.objects.select_related("jurisdiction").get(pk=message.payload["case_id"])
    send(
        notice=notice,
        to=_recipients(case, notice.code),
        title=f"{case.party_name}：{case.violation.name}",
        url=reverse("admin:cases_case_change", args=[case.pk]),
        about=case,
        period=message.payload["moved_at"],
        by=SENDER,
        at=clock.now(),
    )


def _recipients(case: Case, code: str) -> set[int]:
    """Those who may take the next step, without those who may not because they asked; else who handles the case."""
    handlers = set(case.officers.filter(until__isnull=True).values_list("user_id", flat=True))
    if code not in notices.ACTS:
        return handlers | {case.proposed_by_id}
    if notices.ACTS[code] == Can.APPROVE_CASE:
        return set(people_in(case.organ_id, Can.APPROVE_CASE, on=clock.today())) - handlers
    place = {
        "jurisdiction_id": case.jurisdiction_id,
        "division_id": case.division_id,
        "category": case.category,
        "on": clock.today(),
    }
    return set(people_who_can(notices.ACTS[code], **place)) - handlers


@outbox.handles(SWEEP)
def sweep(message) -> None:
    """Files whose evidence never came to be: a process died between the file and its row."""
    private_files.sweep(FOLDER, named_by=EvidenceFile, at=clock.now())
