"""最低余额 and 豁免监管: asked for by an officer with a reason, decided by a leader, never by the same person."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from funds import events, rules, workflow
from funds.models import Exemption, MinimumBalance
from funds.models.proposals import Proposal
from institutions.models import Institution

P = TypeVar("P", bound=Proposal)
LONGEST_EXEMPTION = 366
APPROVED = {MinimumBalance: events.MINIMUM_APPROVED, Exemption: events.EXEMPTION_APPROVED}
REFUSED = {MinimumBalance: events.MINIMUM_REFUSED, Exemption: events.EXEMPTION_REFUSED}


@operation
def propose_minimum(
    *, institution: Institution, amount_fen: int, effective_on: date, reason: str, by: Actor, at: datetime
) -> MinimumBalance:
    """Ask that so much must stay in the account. Raises NotAllowed, InvalidInput (no reason, nothing, one is open)."""
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    need_words(reason, "reason", "请填写理由。")
    asked = _asked(reason, by, at)
    proposal = insert(MinimumBalance(institution=row, amount_fen=amount_fen, effective_on=effective_on, **asked))
    changes = {"amount_fen": [None, amount_fen], "effective_on": [None, effective_on]}
    record(events.MINIMUM_PROPOSED, subject=proposal, by=by, at=at, changes=changes, reason=reason)
    return proposal


@operation
def propose_exemption(
    *, institution: Institution, kind: str, from_on: date, until_on: date, reason: str, by: Actor, at: datetime
) -> Exemption:
    """Ask that an institution that takes no money ahead be left out, for a year at most.

    Raises NotAllowed, InvalidInput (no reason, an end before the beginning or later than a year, one is open).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    need_words(reason, "reason", "请填写理由。")
    if not 0 <= (until_on - from_on).days < LONGEST_EXEMPTION:
        raise invalid("until_on", "豁免须有止日，不早于起日，最长一年。")
    proposal = insert(
        Exemption(institution=row, kind=kind, from_on=from_on, until_on=until_on, **_asked(reason, by, at))
    )
    changes = {"kind": [None, kind], "from_on": [None, from_on], "until_on": [None, until_on]}
    record(events.EXEMPTION_PROPOSED, subject=proposal, by=by, at=at, changes=changes, reason=reason)
    return proposal


def _asked(reason: str, by: Actor, at: datetime) -> dict[str, object]:
    return {"reason": reason.strip(), "proposed_by_id": by.user_id, "proposed_at": at, "state_at": at}


@operation
def approve_proposal(*, proposal: P, by: Actor, at: datetime, remark: str = "") -> P:
    """Agree: a minimum balance holds from its day on, an exemption in its days.

    Raises NotAllowed (the proposer above all), IllegalTransition.
    """
    return _decide(proposal, workflow.APPROVE, APPROVED[type(proposal)], remark, by=by, at=at)


@operation
def refuse_proposal(*, proposal: P, remark: str, by: Actor, at: datetime) -> P:
    """Do not agree, and say why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    need_words(remark, "remark", "请填写不同意的理由。")
    return _decide(proposal, workflow.REFUSE, REFUSED[type(proposal)], remark, by=by, at=at)


def _decide(proposal: P, step: Transition, event: EventKind, remark: str, *, by: Actor, at: datetime) -> P:
    row = lock(type(proposal), proposal.pk)
    authorize(by, rules.can_decide, row)
    fields = advance(row, step, at=at)
    row.decided_by_id, row.decided_at, row.remark = by.user_id, at, remark.strip()
    changes = update(row, *fields, "decided_by", "decided_at", "remark")
    record(event, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def end_exemption(*, exemption: Exemption, ended_on: date, reason: str, by: Actor, at: datetime) -> Exemption:
    """From a day within its days on the institution is supervised again; by those who may decide it.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason, a day outside or to come).
    """
    row = lock(Exemption, exemption.pk)
    authorize(by, rules.can_approve, row.institution)
    need_words(reason, "reason", "请填写终止理由。")
    if not row.from_on <= ended_on <= min(row.until_on, local_date(at)):
        raise invalid("ended_on", "终止日期应在豁免期内，且不晚于今天。")
    fields = advance(row, workflow.END, at=at)
    row.ended_on, row.ended_at, row.end_reason = ended_on, at, reason.strip()
    changes = update(row, *fields, "ended_on", "ended_at", "end_reason")
    record(events.EXEMPTION_ENDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
