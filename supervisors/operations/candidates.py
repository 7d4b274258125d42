"""Nominating persons, reviewing them, and hearing what others hold against them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.notifications.kinds import NoticeKind
from foundation.photos.operations import Sent, keep_photos
from foundation.regions.models import Jurisdiction
from supervisors import events, notices, queries, rules, workflow
from supervisors.enums import ENDED_EARLY, ObjectionChannel, ObjectionState
from supervisors.models import Candidate, Objection, Quota, Recruitment, Supervisor

HIDDEN = [None, "***"]


@operation
def nominate(
    *,
    recruitment: Recruitment,
    jurisdiction: Jurisdiction,
    name: str,
    birth_year: int,
    workplace: str,
    identities: Sequence[str],
    phone: str,
    statement: str,
    by: Actor,
    at: datetime,
    sex: str = "",
    position: str = "",
    replaces: Supervisor | None = None,
) -> Candidate:
    """A district names one person; ``replaces`` is a supervisor who left early and whose term the person will finish.

    Raises NotAllowed, InvalidInput (no place left, a fact missing, nobody to be replaced), Conflict (nominations over).
    """
    row = lock(Recruitment, recruitment.pk)
    authorize(by, rules.can_nominate, row)
    quota = Quota.objects.filter(recruitment=row, jurisdiction=jurisdiction, jurisdiction__in=by.scope).first()
    left = queries.places_left(quota) if quota else 0
    if left < 1:
        raise InvalidInput(f"{jurisdiction}的推荐名额已用完。", code="no_place_left")
    if local_date(at) > row.nominate_by_on:
        raise Conflict(f"推荐已于{row.nominate_by_on}截止。", code="nomination_over")
    if replaces is not None and replaces.state not in ENDED_EARLY:
        raise InvalidInput("只能补选已解聘或辞聘的监督员。", fields={"replaces": ["该监督员没有提前离任。"]})
    candidate = insert(
        Candidate(
            recruitment=row,
            jurisdiction=jurisdiction,
            name=name.strip(),
            sex=sex,
            birth_year=birth_year,
            workplace=workplace.strip(),
            position=position.strip(),
            identities=list(identities),
            phone=phone.strip(),
            statement=statement.strip(),
            replaces=replaces,
            nominated_by_id=by.user_id,
            nominated_at=at,
            state_at=at,
        )
    )
    changes = {"name": [None, candidate.name], "jurisdiction": [None, jurisdiction.name], "phone": HIDDEN}
    record(events.NOMINATED, subject=candidate, by=by, at=at, changes=changes)
    _tell_managers(row, notices.NOMINATED, f"{candidate.name}（{jurisdiction}推荐）", candidate, at)
    return candidate


@operation
def set_portrait(*, candidate: Candidate, sent: Sent, by: Actor, at: datetime) -> Candidate:
    """The picture for the card, in the place of an earlier one, which stays kept. Raises NotAllowed, Conflict."""
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_set_portrait, row)
    [row.portrait] = keep_photos(sent=[sent], jurisdiction=row.jurisdiction, by=by, at=at)
    changes = update(row, "portrait")
    record(events.PORTRAIT_SET, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def withdraw_nomination(*, candidate: Candidate, reason: str, by: Actor, at: datetime) -> Candidate:
    """The district takes a nomination back; its place is free again. Raises NotAllowed, IllegalTransition."""
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_withdraw, row)
    need_words(reason, "reason", "请填写撤回理由。")
    fields = advance(row, workflow.WITHDRAW, at=at)
    changes = update(row, *fields)
    record(events.WITHDRAWN, subject=row, by=by, at=at, changes=changes, reason=reason.strip())
    return row


@operation
def pass_candidate(*, candidate: Candidate, met: Sequence[str], by: Actor, at: datetime, remark: str = "") -> Candidate:
    """The review finds every condition of the batch met. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = _reviewed(candidate, by, at)
    missing = [condition for condition in row.recruitment.conditions if condition not in met]
    if missing:
        raise InvalidInput(
            f"未确认符合：{'、'.join(missing)}。不符合的请选“审核不通过”。",
            code="conditions",
            fields={"met": ["须逐项确认。"]},
        )
    fields = advance(row, workflow.PASS, at=at)
    row.met, row.review_reason = list(row.recruitment.conditions), remark.strip()
    changes = update(row, *fields, "met", "reviewed_by", "reviewed_at", "review_reason")
    record(events.PASSED, subject=row, by=by, at=at, changes=changes, reason=row.review_reason)
    return row


@operation
def reject_candidate(
    *, candidate: Candidate, reason: str, by: Actor, at: datetime, met: Sequence[str] = ()
) -> Candidate:
    """The review finds the person unfit, and says why. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = _reviewed(candidate, by, at)
    need_words(reason, "reason", "请填写不通过的理由。")
    fields = advance(row, workflow.REJECT, at=at)
    row.met = [condition for condition in row.recruitment.conditions if condition in met]
    row.review_reason = reason.strip()
    changes = update(row, *fields, "met", "reviewed_by", "reviewed_at", "review_reason")
    record(events.REJECTED, subject=row, by=by, at=at, changes=changes, reason=row.review_reason)
    return row


def _reviewed(candidate: Candidate, by: Actor, at: datetime) -> Candidate:
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_review, row)
    row.reviewed_by_id, row.reviewed_at = by.user_id, at
    return row


@operation
def file_objection(
    *, candidate: Candidate, objector: str, contact: str, reason: str, by: Actor, at: datetime
) -> Objection:
    """Anybody objects on the public page, with the real name, while the list is shown to all.

    Raises NotAllowed (before or after), InvalidInput (unsigned).
    """
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_object, row, local_date(at))
    return _object(row, ObjectionChannel.WEBSITE, objector, contact, reason, by, at)


@operation
def enter_objection(
    *, candidate: Candidate, channel: str, objector: str, contact: str, reason: str, by: Actor, at: datetime
) -> Objection:
    """The bureau writes down an objection that came by telephone, letter or visit; one that came in time may be
    written down after the last day. Raises NotAllowed, InvalidInput (unsigned).
    """
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_enter_objection, row)
    return _object(row, channel, objector, contact, reason, by, at)


def _object(
    row: Candidate, channel: str, objector: str, contact: str, reason: str, by: Actor, at: datetime
) -> Objection:
    objection = insert(
        Objection(
            candidate=row,
            channel=channel,
            objector=objector.strip(),
            contact=contact.strip(),
            reason=reason.strip(),
            filed_at=at,
            state_at=at,
        )
    )
    changes = {"objector": HIDDEN, "contact": HIDDEN, "channel": [None, channel]}
    record(events.OBJECTED, subject=objection, by=by, at=at, changes=changes)
    _tell_managers(row.recruitment, notices.OBJECTED, f"{row.name}的公示", objection, at)
    return objection


@operation
def uphold_objection(*, objection: Objection, findings: str, by: Actor, at: datetime) -> Objection:
    """The objection is right: the candidate is out. Raises NotAllowed, IllegalTransition, InvalidInput."""
    candidate = lock(Candidate, objection.candidate_id)
    row = _handled(objection, findings, by)
    fields = advance(row, workflow.UPHOLD, at=at)
    changes = update(row, *fields, "findings", "handled_by")
    moved = update(candidate, *advance(candidate, workflow.STRIKE, at=at))
    record(events.OBJECTION_UPHELD, subject=row, by=by, at=at, changes=changes, reason=row.findings)
    record(events.STRUCK, subject=candidate, by=by, at=at, changes=moved, reason="异议成立")
    return row


@operation
def dismiss_objection(*, objection: Objection, findings: str, by: Actor, at: datetime) -> Objection:
    """The objection is not right, and why. Raises NotAllowed, IllegalTransition, InvalidInput (no findings)."""
    row = _handled(objection, findings, by)
    fields = advance(row, workflow.DISMISS_OBJECTION, at=at)
    changes = update(row, *fields, "findings", "handled_by")
    record(events.OBJECTION_DISMISSED, subject=row, by=by, at=at, changes=changes, reason=row.findings)
    return row


def _handled(objection: Objection, findings: str, by: Actor) -> Objection:
    row = lock(Objection, objection.pk)
    authorize(by, rules.can_handle_objection, row)
    need_words(findings, "findings", "请写明核查情况和处理意见。", code="reason")
    row.findings, row.handled_by_id = findings.strip(), by.user_id
    return row


@operation
def strike_candidate(*, candidate: Candidate, reason: str, by: Actor, at: datetime) -> Candidate:
    """Take a person off the list for another reason than an objection, such as a refusal to serve.

    Raises NotAllowed, IllegalTransition, Conflict (an objection is open: handle that), InvalidInput (no reason).
    """
    row = lock(Candidate, candidate.pk)
    authorize(by, rules.can_appoint, row)
    need_words(reason, "reason", "请填写理由。")
    if row.objections.filter(state=ObjectionState.OPEN).exists():
        raise Conflict("该人选有待处理的异议，请先处理异议。", code="objection_open")
    changes = update(row, *advance(row, workflow.STRIKE, at=at))
    record(events.STRUCK, subject=row, by=by, at=at, changes=changes, reason=reason.strip())
    return row


def _tell_managers(
    recruitment: Recruitment, notice: NoticeKind, title: str, about: Candidate | Objection, at: datetime
) -> None:
    outbox.put(
        notices.FOR_MANAGERS,
        at=at,
        notice=notice.code,
        organ_id=recruitment.organ_id,
        title=title,
        model=about._meta.label_lower,
        pk=about.pk,
    )
