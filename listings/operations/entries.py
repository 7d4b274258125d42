"""Onto a list: one person asks, another decides, and where the kind asks for it the party is heard in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, IllegalTransition, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from institutions import dossier
from institutions.models import Institution
from listings import clocks, events, list_rules, notices, papers, rules, workflow
from listings.enums import ListState
from listings.models import Evidence, ListEntry
from listings.numbering import promise_edition
from listings.queries import holding_records
from listings.standing import LISTED, set_listed
from listings.telling import tell_later


@operation
def propose_listing(
    *,
    institution: Institution,
    kind: str,
    reason: str,
    basis: str,
    effective_on: date,
    until: date,
    by: Actor,
    at: datetime,
    evidence: str = "",
    records: Sequence[str] = (),
    contact: str = "",
) -> ListEntry:
    """Ask for an institution to be put on a list for a term (last day included); nothing is public yet.

    ``records`` are the keys of what it rests on (``institutions.dossier``); a kind that hurts needs one that holds.
    Raises NotAllowed outside the actor's area, InvalidInput (no grounds, no record or one of another institution, no
    contact, a term that ends before it begins, an open entry of the same list), Conflict (gone, or ended where the
    list is not for such).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_propose, row)
    rule = list_rules.rule_for(kind, row.jurisdiction, local_date(at))
    _refuse_gone(row)
    _refuse(row, rule, on=local_date(at), only=("ended_institution",))
    chosen = _chosen(row, records)
    if rule.needs_defence:
        _need_grounds(chosen, contact)
    entry = insert(
        ListEntry(
            institution=row,
            kind=kind,
            published=rule.published,
            needs_defence=rule.needs_defence,
            reason=reason.strip(),
            basis=basis.strip(),
            evidence=evidence,
            contact=contact.strip(),
            effective_on=effective_on,
            until=until,
            state_at=at,
            proposed_by_id=by.user_id,
            proposed_at=at,
        )
    )
    insert_all(_evidence(entry, each) for each in chosen)
    changes = {"state": [None, entry.state], "effective_on": [None, effective_on], "until": [None, until]}
    changes |= {"records": [None, [each.key for each in chosen]]} if chosen else {}
    record(events.PROPOSED, subject=entry, by=by, at=at, changes=changes, reason=entry.reason)
    if not rule.needs_defence:
        tell_later(entry, notices.PROPOSED, at)
    return entry


def _chosen(institution: Institution, keys: Sequence[str]) -> list[dossier.Record]:
    """The records by their keys; raises InvalidInput for one that is not of this institution or does not hold."""
    found = dossier.found(institution, keys)
    if wrong := [key for key in keys if key not in found or found[key].void]:
        raise invalid("records", f"有{len(wrong)}条记录不是这家机构的，或者已作废。")
    return [found[key] for key in keys]


def _need_grounds(chosen: list[dossier.Record], contact: str) -> None:
    if not chosen:
        raise invalid("records", "请至少选择一条检查、问题、通知书等记录作为依据，不能只写文字。")
    need_words(contact, "contact", "请填写联系人和电话，当事人据此提出陈述申辩。")


def _evidence(entry: ListEntry, found: dossier.Record) -> Evidence:
    what = f"{found.what}（{found.result}）" if found.result else found.what
    return Evidence(
        entry=entry,
        source=found.source,
        record_id=found.pk,
        happened_on=found.on,
        what=what[:1500],
        law=found.law[:500],
    )


@operation
def approve_listing(*, entry: ListEntry, by: Actor, at: datetime, remark: str = "", answer: str = "") -> ListEntry:
    """Put a proposed entry in force: it is public (where the kind is) from its day on, and a new edition follows.

    Where the party is heard first the term begins with the decision, unless it was proposed for a later day or, for a
    decision that was taken before it came into the portal, for a day before the proposal.
    Raises NotAllowed (the proposer, another area), IllegalTransition (also where the party has not been heard),
    Conflict (the institution does not meet the list's rule, is on a list that excludes this one, or nothing that the
    entry rests on holds any more; the term is over), InvalidInput (a defence without an answer).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide, row)
    if row.needs_defence and row.state != ListState.HEARD:
        label = row.get_state_display()
        raise IllegalTransition(f"当前状态为“{label}”：须先告知当事人，陈述申辩期满或者其书面放弃后才能同意列入。")
    fields = advance(row, workflow.APPROVE, at=at)
    institution = lock(Institution, row.institution_id)
    day = local_date(at)
    fields += _begin(row, day)
    if row.until < day:
        raise Conflict("该提请的期限已过，请退回后重新提请。", code="term_over")
    _refuse_gone(institution)
    _refuse(institution, list_rules.rule_for(row.kind, institution.jurisdiction, day), on=max(row.effective_on, day))
    _refuse_void(row)
    row.decided_by_id, row.decided_at, row.decision_remark = by.user_id, at, remark
    row.organ_name, row.answer = by.organ_name, _answer(row, answer)
    changes = update(row, *fields, "decided_by", "decided_at", "decision_remark", "organ_name", "answer")
    set_listed(institution, row, LISTED, row.effective_on, by=by, at=at, reason=row.reason)
    papers.issue_result(row, f"列入{row.get_kind_display()}", row.reason, by=by, at=at, term=True)
    record(events.APPROVED, subject=row, by=by, at=at, changes=changes, reason=remark)
    tell_later(row, notices.APPROVED, at)
    if row.published:
        promise_edition(row.kind, at=at)
    return row


def _begin(entry: ListEntry, day: date) -> list[str]:
    """Nobody is listed for days on which the party was still being heard: the term moves, its length stays."""
    if not entry.needs_defence or not local_date(entry.proposed_at) <= entry.effective_on < day:
        return []
    entry.until += day - entry.effective_on
    entry.effective_on = day
    return ["effective_on", "until"]


def _answer(entry: ListEntry, answer: str) -> str:
    if entry.defences.filter(waiver=False).exists():
        need_words(answer, "answer", "当事人提出了陈述申辩，请写明复核意见。")
    return answer.strip()


def _refuse_void(entry: ListEntry) -> None:
    if entry.needs_defence and not holding_records(entry):
        raise Conflict("列入所依据的记录都已作废，请退回。", code="evidence_void")


@operation
def reject_listing(*, entry: ListEntry, remark: str, by: Actor, at: datetime) -> ListEntry:
    """Send a proposal back with a reason; a party that was told is told this too.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(ListEntry, entry.pk)
    authorize(by, rules.can_decide, row)
    need_words(remark, "remark", "请填写退回理由。", code="reason")
    fields = advance(row, workflow.REJECT, at=at)
    row.decided_by_id, row.decided_at, row.decision_remark = by.user_id, at, remark
    changes = update(row, *fields, "decided_by", "decided_at", "decision_remark")
    clocks.stop_window(row, reason="提请退回", by=by, at=at)
    papers.issue_result(row, f"不予列入{row.get_kind_display()}", remark, by=by, at=at)
    record(events.REJECTED, subject=row, by=by, at=at, changes=changes, reason=remark)
    tell_later(row, notices.REJECTED, at)
    return row


def _refuse_gone(institution: Institution) -> None:
    if institution.merged_into_id or institution.withdrawn_at:
        raise Conflict("该机构记录已合并或撤回，不能列入名单。", code="gone")


def _refuse(institution: Institution, rule, *, on: date, only: tuple[str, ...] = ()) -> None:
    """Raise Conflict for the first thing that the list asks for and that is not met."""
    for check in list_rules.checks(institution, rule, on=on):
        if check.met is False and (not only or check.code in only):
            told = check.told if check.code != "entry_rule" else f"不符合列入条件“{check.label}”：{check.told}"
            raise Conflict(f"{told}。", code=check.code)
