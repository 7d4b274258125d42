"""Look-alikes are judged by a person: merged, or remembered as different. Never silently."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock_all
from foundation.core.operation import authorize, operation
from institutions import events, merging, queries, rules, search
from institutions.enums import ENDED, LookalikeVerdict
from institutions.models import ComparedPair, FormerName, Institution, StatusEvent
from institutions.present import refresh_cached

CARRIED = "合并重复机构"


@operation
def merge_institutions(*, keep: Institution, absorb: Institution, reason: str, by: Actor, at: datetime) -> Institution:
    """Let ``absorb``, and all that was merged into it, be the same institution as ``keep``: it leaves all lists, keeps
    its records. What it was before ``keep`` began is told of ``keep``, so that figures of earlier days stay.

    Raises NotAllowed, InvalidInput (itself, no reason, two different credit codes, one that had ended before ``keep``
    began), Conflict (merged before, or a higher app still keeps something open of ``absorb``).
    """
    if keep.pk == absorb.pk:
        raise InvalidInput("请选择两家不同的机构。", code="same")
    earlier = set(queries.with_absorbed(absorb)) - {absorb.pk}
    rows = {row.pk: row for row in lock_all(Institution, {keep.pk, absorb.pk} | earlier)}
    keep, absorb = rows[keep.pk], rows[absorb.pk]
    authorize(by, rules.can_merge, keep)
    authorize(by, rules.can_merge, absorb)
    need_words(reason, "reason", "请填写合并理由。")
    merged_meanwhile = set(queries.with_absorbed(absorb)) != earlier | {absorb.pk}
    if keep.merged_into_id or absorb.merged_into_id or merged_meanwhile:
        raise Conflict("其中一家机构已被合并，请刷新页面。")
    if why := merging.why_not(absorb, on=local_date(at)):
        raise Conflict(why, code="still_open")
    if keep.credit_code and absorb.credit_code and keep.credit_code != absorb.credit_code:
        raise InvalidInput("两家机构的统一社会信用代码不同，不是同一机构，不能合并。", code="credit_codes_differ")
    for row in (absorb, *(rows[pk] for pk in sorted(earlier))):  # readers follow one step
        row.merged_into, row.changed_at = keep, at
        update(row, "merged_into", "changed_at")
    if absorb.credit_code and not keep.credit_code:
        keep.credit_code = absorb.credit_code
        update(keep, "credit_code")
    if absorb.name != keep.name:
        insert(FormerName(institution=keep, name=absorb.name, until=local_date(at)))
    _carry_statuses(keep, absorb, at)
    _judge(keep, absorb, LookalikeVerdict.MERGED, at)
    changes = {"absorbed": [None, f"{absorb.name}（{absorb.pk}）"]}
    record(events.MERGED, subject=keep, by=by, at=at, changes=changes, reason=reason)
    search.refresh([keep.pk])
    return keep


def _carry_statuses(keep: Institution, absorb: Institution, at: datetime) -> None:
    """What is believed of ``absorb`` from before the first status of ``keep``, as events of ``keep``."""
    believed = StatusEvent.objects.believed().order_by("effective_on", "recorded_at", "pk")
    first, earlier = believed.filter(institution=keep).first(), believed.filter(institution=absorb)
    if first is not None:
        earlier = earlier.filter(effective_on__lt=first.effective_on)
    for event in list(earlier):
        if first is not None and event.status in ENDED and first.status not in ENDED:
            ended = f"“{absorb.name}”自{event.effective_on}起{event.get_status_display()}"
            words = f"{ended}，“{keep.name}”自{first.effective_on}起才登记，不能合并。状态记录有误的，请先更正。"
            raise InvalidInput(words, code="ended_before")
        facts = {name: getattr(event, name) for name in ("status", "category", "site_type", "effective_on")}
        insert(StatusEvent(institution=keep, recorded_at=at, reason=CARRIED, **facts))
    refresh_cached(keep, on=local_date(at))


@operation
def judge_different(*, first: Institution, second: Institution, reason: str, by: Actor, at: datetime) -> Institution:
    """Remember that two look-alikes are two institutions, so that they are not proposed again."""
    rows = {row.pk: row for row in lock_all(Institution, [first.pk, second.pk])}
    first, second = rows[first.pk], rows[second.pk]
    authorize(by, rules.can_merge, first)
    authorize(by, rules.can_merge, second)
    _judge(first, second, LookalikeVerdict.DIFFERENT, at)
    changes = {"other": [None, f"{second.name}（{second.pk}）"]}
    record(events.FOUND_DIFFERENT, subject=first, by=by, at=at, changes=changes, reason=reason)
    return first


def _judge(a: Institution, b: Institution, verdict: str, at: datetime) -> None:
    first, second = sorted((a, b), key=lambda row: row.pk)
    insert(ComparedPair(first=first, second=second, verdict=verdict, compared_at=at))
