"""Proposing a case, filing or declining it; who handles it and how long it may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases import clocks, events, notices, queries, rules, workflow
from cases.enums import CaseState, Source
from cases.models import Case, CaseCampaign, CaseOfficer, Violation
from cases.telling import tell
from clues.models import Clue
from enforcement.models import Order, OrderCampaign
from foundation.accounts.models import Organ, Post
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.enums import Limit
from foundation.deadlines.operations.deadlines import extend_deadline
from foundation.deadlines.queries import limit_for
from inspections.models import Campaign, CampaignVisit, Visit
from institutions.models import Institution, UnlicensedSite
from institutions.queries import in_charge_of

OFFICERS_NEEDED = 2


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed for filing. ``subject``: where the conduct was seen; ``person``: a party who is neither an
    institution nor the site itself, by name, ``code`` being the last four characters of the identity number.
    """

    source: Source
    violation: Violation
    summary: str
    subject: Institution | UnlicensedSite
    source_note: str = ""
    visit: Visit | None = None
    order: Order | None = None
    clue: Clue | None = None
    person: str = ""
    code: str = ""
    address: str = ""

    @property
    def seen_at(self) -> Visit | None:
        """The visit that the case grew from: its own, or that of the order."""
        return self.visit or (self.order.visit if self.order else None)


@operation
def propose_case(*, proposal: Proposal, officers: Sequence[Post], by: Actor, at: datetime) -> Case:
    """Ask for a case to be filed. It counts in the campaigns of the visit and the order that it grew from.

    Raises NotAllowed (another area, a covert visit, an order not escalated), InvalidInput (no summary, fewer than two
    officers with certificates, a violation of another time), Conflict (the order has a case already).
    """
    if proposal.order:
        lock(Order, proposal.order.pk)
    _authorize(by, proposal)
    need_words(proposal.summary, "summary", "请写明案情摘要。")
    _in_force(proposal.violation, at)
    chosen = _certified(officers, by)
    case = insert(_case_of(proposal, by=by, at=at))
    insert_all(_officer(case, post, at=at) for post in chosen)
    insert_all(CaseCampaign(case=case, campaign_id=campaign) for campaign in _campaigns(proposal))
    clocks.start(case, Limit.CASE_FILING, since=local_date(at), by=by, at=at)
    changes = {"state": [None, case.state], "violation": [None, str(proposal.violation)]}
    record(events.PROPOSED, subject=case, by=by, at=at, changes=changes)
    tell(case, notices.TO_FILE, at=at)
    return case


def _authorize(by: Actor, proposal: Proposal) -> None:
    authorize(by, rules.can_handle_cases)
    authorize(by, rules.can_propose_against, proposal.subject)
    if proposal.visit:
        authorize(by, rules.can_propose_from_visit, proposal.visit)
    if proposal.order:
        authorize(by, rules.can_propose_from_order, Order.objects.get(pk=proposal.order.pk))
    if proposal.clue:
        authorize(by, rules.can_propose_from_clue, lock(Clue, proposal.clue.pk))


def _in_force(violation: Violation, at: datetime) -> None:
    if not queries.violations_on(local_date(at)).filter(pk=violation.pk).exists():
        raise invalid("violation", "该条款在今天没有施行，请选择现行条款。")


def _certified(officers: Sequence[Post], by: Actor) -> list[Post]:
    """Two people at least of the actor's organ, each with a certificate. Raises InvalidInput."""
    chosen = {post.user_id: post for post in officers if post.organ_id == by.organ_id and post.certificate_no}
    if len(chosen) < max(OFFICERS_NEEDED, len({post.user_id for post in officers})):
        raise invalid("officers", f"办案人员须为本单位持有执法证的{OFFICERS_NEEDED}名以上人员。", code="case_officers")
    return list(chosen.values())


def _case_of(given: Proposal, *, by: Actor, at: datetime) -> Case:
    subject = given.subject
    institution = subject if isinstance(subject, Institution) and not given.person else None
    unlicensed = subject if isinstance(subject, UnlicensedSite) and not given.person else None
    return Case(
        matter=_matter(given),
        source=given.source,
        source_note=given.source_note.strip(),
        visit=given.seen_at,
        order=given.order,
        clue=given.clue,
        institution=institution,
        unlicensed=unlicensed,
        jurisdiction_id=subject.jurisdiction_id,
        division_id=subject.division_id,
        category=subject.category,
        organ=Organ.objects.get(pk=by.organ_id),
        party_name=given.person.strip() or subject.name,
        party_code=given.code.strip() if given.person else subject.credit_code or "",
        party_address=given.address.strip() if given.person else subject.address,
        person_in_charge="" if given.person else in_charge_of(subject),
        violation=given.violation,
        summary=given.summary.strip(),
        state_at=at,
        proposed_by_id=by.user_id,
        proposed_at=at,
    )


def _matter(given: Proposal) -> str:
    """The number of the visit where the matter was seen; a clue's stays with those who read clues."""
    return given.seen_at.number if given.seen_at else ""


def _officer(case: Case, post: Post, *, at: datetime) -> CaseOfficer:
    return CaseOfficer(
        case=case,
        user_id=post.user_id,
        name=post.user.name,
        certificate_no=post.certificate_no,
        since=local_date(at),
    )


def _campaigns(given: Proposal) -> set[int]:
    found: set[int] = set()
    if visit := given.seen_at:
        found |= set(
            CampaignVisit.objects.filter(visit=visit, ended_at__isnull=True).values_list("campaign_id", flat=True)
        )
    if given.order:
        found |= set(OrderCampaign.objects.filter(order=given.order).values_list("campaign_id", flat=True))
    return found


@operation
def approve_filing(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """File the case: from this day the decision is due in ninety days. Raises NotAllowed, IllegalTransition."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_approve, row)
    fields = advance(row, workflow.APPROVE, at=at)
    row.filed_by_id, row.filed_on, row.filing_opinion = by.user_id, local_date(at), opinion.strip()
    changes = update(row, *fields, "filed_by", "filed_on", "filing_opinion")
    clocks.meet(row, Limit.CASE_FILING, by=by, at=at)
    clocks.start(row, Limit.PENALTY_DECISION, since=row.filed_on, by=by, at=at)
    record(events.FILED, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.FILED, at=at)
    return row


@operation
def decline_filing(*, case: Case, opinion: str, by: Actor, at: datetime) -> Case:
    """Do not file the case, with a reason. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Case, case.pk)
    authorize(by, rules.can_approve, row)
    need_words(opinion, "opinion", "请写明不予立案的理由。")
    fields = advance(row, workflow.DECLINE, at=at)
    row.filed_by_id, row.filing_opinion = by.user_id, opinion.strip()
    changes = update(row, *fields, "filed_by", "filing_opinion")
    clocks.meet(row, Limit.CASE_FILING, by=by, at=at)
    record(events.DECLINED, subject=row, by=by, at=at, changes=changes, reason=opinion)
    tell(row, notices.FILED, at=at)
    return row


@operation
def replace_officer(*, case: Case, leaving: CaseOfficer, post: Post, reason: str, by: Actor, at: datetime) -> Case:
    """Hand the work of one officer (on leave, or with an interest: 回避) to another; both stay listed.

    Raises NotAllowed, InvalidInput (no reason, somebody without a certificate), Conflict (handles it already).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    need_words(reason, "reason", "请写明更换或回避的理由。")
    [chosen] = _certified_one(post, by)
    left = row.officers.filter(pk=leaving.pk, until__isnull=True).first()
    if left is None or row.state == CaseState.ARCHIVED:
        raise Conflict("该人员已不是本案办案人员，或案件已归档。", code="case_officer")
    left.until, left.left_because = local_date(at), reason.strip()
    update(left, "until", "left_because")
    insert(_officer(row, chosen, at=at))
    changes = {"officers": [left.name, chosen.user.name]}
    record(events.OFFICERS_CHANGED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


def _certified_one(post: Post, by: Actor) -> list[Post]:
    if post.organ_id != by.organ_id or not post.certificate_no:
        raise invalid("post", "办案人员须为本单位持有执法证的人员。", code="case_officers")
    return [post]


@operation
def extend_decision(*, case: Case, reason: str, by: Actor, at: datetime) -> Case:
    """Give a difficult case the longer term, once, by the head of the organ.

    Raises NotAllowed, InvalidInput (no reason), Conflict (extended already).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_extend, row)
    clock = clocks.running(row, Limit.PENALTY_DECISION)
    if clock is None or clock.extended_by:
        raise Conflict("办案期限已延长过一次。", code="extended")
    more = limit_for(Limit.PENALTY_DECISION_EXTENSION, row.jurisdiction, local_date(at)).amount
    before = clock.due_on
    after = extend_deadline(deadline=clock, amount=more, reason=reason, by=by, at=at).due_on
    record(events.EXTENDED, subject=row, by=by, at=at, changes={"due_on": [before, after]}, reason=reason)
    return row


@operation
def tag_case(*, case: Case, campaign: Campaign, by: Actor, at: datetime) -> CaseCampaign:
    """Let a case count in a campaign besides those it began in; said again, the same tag is given back.

    Raises NotAllowed.
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_handle, row)
    if tag := CaseCampaign.objects.filter(case=row, campaign=campaign).first():
        return tag
    tag = insert(CaseCampaign(case=row, campaign=campaign))
    record(events.TAGGED, subject=row, by=by, at=at, changes={"campaigns": [None, campaign.name]})
    return tag
