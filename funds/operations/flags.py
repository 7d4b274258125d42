"""监管账户开设, 资金核验, 开通支付: set with evidence, taken back with a reason, struck out when entered by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds import attaching, events, queries, rules
from funds.enums import Flag
from funds.models import FlagEvent
from inspections.attaching import Attached
from institutions.models import Institution


@operation
def set_flags(
    *,
    institution: Institution,
    flags: Sequence[str],
    effective_on: date,
    by: Actor,
    at: datetime,
    evidence: str = "",
    files: Sequence[Attached] = (),
) -> list[FlagEvent]:
    """Put flags up from a day on, each with what proves it; those that are up already stay as they are.

    Raises NotAllowed, Conflict (all are up), InvalidInput (none named, no evidence, a day to come or before the last
    change, no special account on that day).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    if not flags:
        raise invalid("flags", "请至少选择一项。")
    if not evidence.strip() and not files:
        raise invalid("evidence", "请写明依据，或上传证明文件。")
    standing = queries.flags_on(row, on=local_date(at))
    new = [flag for flag in Flag if flag in flags and not (flag in standing and standing[flag].up)]
    if not new:
        raise Conflict("所选事项均已登记完成。", code="up")
    last = max((standing[flag].effective_on for flag in new if flag in standing), default=effective_on)
    if not last <= effective_on <= local_date(at):
        raise invalid("effective_on", "完成日期不能晚于今天，也不能早于上一次变化。")
    if not row.supervised_accounts.active(effective_on).exists():
        raise invalid("effective_on", "该日没有在用的监管账户，请先登记监管账户。", code="no_account")
    made = []
    for flag in new:
        beside = "" if not made or evidence.strip() or not files else f"附件见“{made[0].get_flag_display()}”"
        words = evidence.strip() or beside
        made.append(_put(row, flag, up=True, evidence=words, effective_on=effective_on, by=by, at=at))
    kept = attaching.keep(files, beside=made[0], by=by, at=at)
    for event in made:
        changes = {"flag": [None, event.get_flag_display()], "effective_on": [None, effective_on], **kept}
        record(events.FLAG_SET, subject=event, by=by, at=at, changes=changes, reason=event.evidence)
    return made


def _put(
    row: Institution, flag: str, *, up: bool, evidence: str, effective_on: date, by: Actor, at: datetime
) -> FlagEvent:
    facts = {"effective_on": effective_on, "recorded_at": at, "recorded_by_id": by.user_id, "evidence": evidence}
    return insert(FlagEvent(institution=row, flag=flag, up=up, **facts))


@operation
def revoke_flag(
    *, institution: Institution, flag: str, effective_on: date, reason: str, by: Actor, at: datetime
) -> FlagEvent:
    """Take a flag down from a day on; until then it was up. Raises NotAllowed, Conflict (not up), InvalidInput."""
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    need_words(reason, "reason", "请填写撤销理由。")
    standing = queries.flags_on(row, on=local_date(at)).get(flag)
    if standing is None or not standing.up:
        raise Conflict("该事项没有登记完成，无需撤销。", code="down")
    if not standing.effective_on <= effective_on <= local_date(at):
        raise invalid("effective_on", f"撤销日期应在完成日期{standing.effective_on}至今天之间。")
    event = _put(row, flag, up=False, evidence=reason.strip(), effective_on=effective_on, by=by, at=at)
    changes = {"flag": [event.get_flag_display(), None], "effective_on": [None, effective_on]}
    record(events.FLAG_REVOKED, subject=event, by=by, at=at, changes=changes, reason=reason)
    return event


@operation
def strike_flag(*, event: FlagEvent, reason: str, by: Actor, at: datetime) -> FlagEvent:
    """An entry was a mistake: as known from now on it never was. What was known before stays as it was.

    Raises NotAllowed, Conflict (struck out before), InvalidInput (no reason).
    """
    row = lock(Institution, event.institution_id)
    authorize(by, rules.can_keep, row)
    need_words(reason, "reason", "请填写更正理由。")
    if not FlagEvent.objects.filter(pk=event.pk).believed().exists():
        raise Conflict("这条登记已经更正过。", code="struck")
    facts = {"effective_on": event.effective_on, "recorded_at": at, "recorded_by_id": by.user_id}
    words = {"flag": event.flag, "up": event.up, "evidence": reason.strip()}
    struck = insert(FlagEvent(institution=row, replaces=event, withdrawn=True, **words, **facts))
    changes = {"flag": [event.get_flag_display(), None], "effective_on": [event.effective_on, None]}
    record(events.FLAG_STRUCK, subject=event, by=by, at=at, changes=changes, reason=reason)
    return struck
