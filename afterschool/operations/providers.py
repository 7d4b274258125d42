"""服务机构 and their selection: proposed by an officer, decided by a leader, left with a reason."""

from __future__ import annotations

from datetime import date, datetime

from afterschool import events, rules, workflow
from afterschool.enums import ProviderKind
from afterschool.models import Provider, Selection, SelectionRound
from afterschool.standing import doubts
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.scope import covers
from foundation.core.workflow import Transition, advance
from foundation.deadlines.calendars import add_months
from foundation.regions.models import Jurisdiction
from institutions.credit_code import compact, fault
from institutions.models import Institution

LONGEST_MONTHS = 36


@operation
def add_institution_provider(
    *, jurisdiction: Jurisdiction, institution: Institution, services: str = "", by: Actor, at: datetime
) -> Provider:
    """Take a training institution of the register among the bureau's providers.

    Raises NotAllowed, InvalidInput (out of the area, no credit code in the register, there already).
    """
    authorize(by, rules.can_keep_in, jurisdiction)
    if not covers(by, institution) or institution.merged_into_id is not None:
        raise invalid("institution", "请选择管辖范围内的机构。")
    if not institution.credit_code:
        raise invalid("institution", "名录中没有这家机构的统一社会信用代码，请先补登。")
    facts = {"name": institution.name, "credit_code": institution.credit_code, "institution": institution}
    return _add(jurisdiction, ProviderKind.INSTITUTION, facts, services, by=by, at=at)


@operation
def add_social_provider(
    *, jurisdiction: Jurisdiction, name: str, credit_code: str, services: str = "", by: Actor, at: datetime
) -> Provider:
    """Take a social organisation among the bureau's providers. Raises NotAllowed, InvalidInput (name, code, twice)."""
    authorize(by, rules.can_keep_in, jurisdiction)
    need_words(name, "name", "请填写社会组织的名称。")
    code = compact(credit_code)
    if wrong := fault(code):
        raise invalid("credit_code", wrong)
    if Institution.objects.filter(credit_code=code, withdrawn_at__isnull=True).exists():
        raise invalid("credit_code", "这个代码属于名录中的校外培训机构，请按校外培训机构登记。")
    facts = {"name": name.strip(), "credit_code": code}
    return _add(jurisdiction, ProviderKind.SOCIAL, facts, services, by=by, at=at)


def _add(
    jurisdiction: Jurisdiction, kind: ProviderKind, facts: dict, services: str, *, by: Actor, at: datetime
) -> Provider:
    row = insert(Provider(jurisdiction=jurisdiction, kind=kind, services=services.strip(), added_at=at, **facts))
    changes = {"name": [None, row.name], "credit_code": [None, row.credit_code]}
    record(events.PROVIDER_ADDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def open_round(
    *, jurisdiction: Jurisdiction, name: str, selected_on: date, basis: str = "", by: Actor, at: datetime
) -> SelectionRound:
    """Record an open selection by its date and document. Raises NotAllowed, InvalidInput (no name, a day to come)."""
    authorize(by, rules.can_keep_in, jurisdiction)
    need_words(name, "name", "请填写批次名称。")
    if selected_on > local_date(at):
        raise invalid("selected_on", "遴选日期不能晚于今天。")
    facts = {"name": name.strip(), "selected_on": selected_on, "basis": basis.strip()}
    row = insert(SelectionRound(jurisdiction=jurisdiction, recorded_at=at, **facts))
    record(events.ROUND_OPENED, subject=row, by=by, at=at, changes={key: [None, each] for key, each in facts.items()})
    return row


@operation
def propose_selection(
    *,
    provider: Provider,
    round: SelectionRound,
    starts_on: date,
    ends_on: date,
    reason: str,
    by: Actor,
    at: datetime,
    overruled: str = "",
) -> Selection:
    """Ask that a provider be selected for its days. What speaks against it is told, and may be overruled by a reason.

    Raises NotAllowed, InvalidInput (no reason, another bureau's round, days out of order or too long, doubts that
    nobody overruled, one is open, twice in a round).
    """
    row = lock(Provider, provider.pk)
    authorize(by, rules.can_propose, row)
    need_words(reason, "reason", "请填写提请的理由。")
    if round.jurisdiction_id != row.jurisdiction_id:
        raise invalid("round", "请选择本单位的遴选批次。")
    if not round.selected_on <= starts_on <= ends_on < add_months(starts_on, LONGEST_MONTHS):
        raise invalid("ends_on", f"有效期应自遴选日期（{round.selected_on}）或之后起，最长{LONGEST_MONTHS // 12}年。")
    against = doubts(row, on=starts_on)
    if against and not overruled.strip():
        raise invalid("overruled", f"{''.join(against)}仍要提请的，请写明理由。", code="doubts")
    told = {"reason": reason.strip(), "doubts": "".join(against)[:300], "overruled": overruled.strip()}
    asked = {"proposed_by_id": by.user_id, "proposed_at": at, "state_at": at}
    days = {"starts_on": starts_on, "ends_on": ends_on}
    made = insert(Selection(provider=row, round=round, **days, **told, **asked))
    changes = {name: [None, value] for name, value in (days | {"doubts": made.doubts}).items()}
    record(events.SELECTION_PROPOSED, subject=made, by=by, at=at, changes=changes, reason=overruled or reason)
    return made


@operation
def approve_selection(*, selection: Selection, by: Actor, at: datetime, remark: str = "") -> Selection:
    """Agree: from its first day the provider may serve schools and is published.

    Raises NotAllowed (the proposer above all), IllegalTransition, InvalidInput (doubts that came up since the
    proposal, and no remark on them).
    """
    row = lock(Selection, selection.pk)
    authorize(by, rules.can_decide, row)
    against = "".join(doubts(row.provider, on=row.starts_on))[:300]
    if against and against != row.doubts and not remark.strip():
        raise invalid("remark", f"{against}仍同意的，请在审核意见中写明理由。", code="doubts")
    return _decide(row, workflow.APPROVE, events.SELECTION_APPROVED, remark, by=by, at=at)


@operation
def refuse_selection(*, selection: Selection, remark: str, by: Actor, at: datetime) -> Selection:
    """Do not agree, and say why. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    row = lock(Selection, selection.pk)
    authorize(by, rules.can_decide, row)
    need_words(remark, "remark", "请填写不同意的理由。")
    return _decide(row, workflow.REFUSE, events.SELECTION_REFUSED, remark, by=by, at=at)


def _decide(row: Selection, step: Transition, event: EventKind, remark: str, *, by: Actor, at: datetime) -> Selection:
    fields = advance(row, step, at=at)
    row.decided_by_id, row.decided_at, row.remark = by.user_id, at, remark.strip()
    changes = update(row, *fields, "decided_by", "decided_at", "remark")
    record(event, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def end_selection(*, selection: Selection, exited_on: date, reason: str, by: Actor, at: datetime) -> Selection:
    """A provider leaves from a day of its validity on; the past stays. It is held against schools that take it on.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason, a day outside the validity or to come).
    """
    lock(Provider, selection.provider_id)
    row = lock(Selection, selection.pk)
    authorize(by, rules.can_end, row)
    need_words(reason, "reason", "请填写退出理由。")
    fields = advance(row, workflow.END, at=at)
    if not row.starts_on <= exited_on <= min(row.ends_on, local_date(at)):
        raise invalid("exited_on", "退出日期应在有效期内，且不晚于今天。")
    row.exited_on, row.exited_at, row.exited_by_id, row.exit_reason = exited_on, at, by.user_id, reason.strip()
    changes = update(row, *fields, "exited_on", "exited_at", "exited_by", "exit_reason")
    record(events.SELECTION_ENDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
