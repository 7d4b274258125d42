"""After an interview: what one of the summoned reports of having put right. Only a clean visit shows it done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from enforcement import events, notices, rules
from enforcement.enums import INTERVIEW_LINK, PartyState
from enforcement.models import InterviewParty, InterviewReport, InterviewReportPhoto
from enforcement.reporting import check_report
from foundation.accounts.links import can_answer, locked_by
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, insert_all
from foundation.core.errors import IllegalTransition
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.photos.notices import KEEP_BY_LINK
from foundation.photos.operations import Sent, keep_photos


@operation
def enter_interview_report(
    *, party: InterviewParty, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> InterviewReport:
    """Enter for one of the summoned what it reports. Raises NotAllowed, IllegalTransition (nothing is asked of it),
    InvalidInput (no words, nobody named, too many photos).
    """
    row = lock(InterviewParty, party.pk)
    authorize(by, rules.can_confirm_fixed, row)
    return _take_in(row, text, given_by, photos, by=by, at=at)


@operation
def report_on_interview_by_link(
    *, code: str, text: str, given_by: str, by: Actor, at: datetime, photos: Sequence[Sent] = ()
) -> InterviewReport:
    """The institution itself reports, with its code (``code``: its hash); the same words again are the same report.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more), as ``enter_interview_report``.
    """
    authorize(by, can_answer)
    row = locked_by(INTERVIEW_LINK, InterviewParty, code, at=at)
    same = row.reports.filter(entered_by=None, text=text.strip(), given_by=given_by.strip()).first()
    if same is not None:
        return same
    by = by.allowed(KEEP_BY_LINK, scope=frozenset({row.institution.jurisdiction_id}))
    return _take_in(row, text, given_by, photos, by=by, at=at)


def _take_in(
    row: InterviewParty, text: str, given_by: str, photos: Sequence[Sent], *, by: Actor, at: datetime
) -> InterviewReport:
    if row.state != PartyState.OPEN:
        raise IllegalTransition("约谈对象不在整改中，不需要报告。", code="interview_not_open")
    check_report(text, given_by, photos)
    report = insert(
        InterviewReport(
            party=row, text=text.strip(), given_by=given_by.strip(), received_at=at, entered_by_id=by.user_id
        )
    )
    kept = keep_photos(sent=photos, jurisdiction=row.institution.jurisdiction, by=by, at=at) if photos else []
    insert_all(InterviewReportPhoto(report=report, photo=photo) for photo in kept)
    changes = {"reports": [None, f"{report.given_by}，照片{len(kept)}张"]}
    record(events.PARTY_REPORTED, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.PARTY_REPORTED, at=at, report_id=report.pk)
    return report
