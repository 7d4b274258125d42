"""The directory of banks: entered as a candidate, chosen or leaving by dated, reasoned steps."""

from __future__ import annotations

from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from funds import events, queries, rules, workflow
from funds.enums import BankStatus
from funds.models import Bank, BankStatusEvent

FACTS = ("name", "organ", "city", "contact", "phone")


@operation
def add_bank(
    *,
    name: str,
    by: Actor,
    at: datetime,
    organ: Organ | None = None,
    city: str = "",
    contact: str = "",
    phone: str = "",
    reason: str = "",
) -> Bank:
    """Put a bank into the own bureau's directory, as a candidate from today.

    Raises NotAllowed, InvalidInput (no name, one that is there, an organ that is no bank).
    """
    authorize(by, rules.can_add_bank)
    need_words(name, "name", "请填写银行名称。")
    _check_organ(organ, by)
    bureau = Organ.objects.get(pk=by.organ_id)
    facts = {"name": name.strip(), "organ": organ, "city": city, "contact": contact, "phone": phone}
    row = insert(Bank(jurisdiction_id=bureau.jurisdiction_id, added_at=at, **facts))
    first = BankStatusEvent(bank=row, status=row.status, effective_on=local_date(at), recorded_at=at)
    first.reason = reason.strip() or "登记为候选"
    insert(first)
    changes = {"name": [None, row.name], "organ": [None, organ.name if organ else None], "status": [None, row.status]}
    record(events.BANK_ADDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def change_bank(
    *, bank: Bank, name: str, organ: Organ | None, city: str, contact: str, phone: str, by: Actor, at: datetime
) -> Bank:
    """Change what the directory says of a bank. Raises NotAllowed, InvalidInput."""
    row = lock(Bank, bank.pk)
    authorize(by, rules.can_change_bank, row)
    _check_organ(organ, by)
    row.name, row.organ, row.city, row.contact, row.phone = name.strip(), organ, city, contact, phone
    changes = update(row, *FACTS)
    if changes:
        told = {key: ["***", "***"] if key == "phone" else pair for key, pair in changes.items()}
        record(events.BANK_CHANGED, subject=row, by=by, at=at, changes=told)
    return row


def _check_organ(organ: Organ | None, by: Actor) -> None:
    if organ is not None and not queries.bank_organs(by).filter(pk=organ.pk).exists():
        raise invalid("organ", "只能选择本地或上级登记的商业银行单位。")


@operation
def set_bank_status(
    *, bank: Bank, status: str, effective_on: date, reason: str, by: Actor, at: datetime, basis: str = ""
) -> Bank:
    """候选 -> 入选 -> 退出 from a day on; accounts that lie with a bank that leaves stay open until they are moved.

    Raises NotAllowed, InvalidInput (no reason, a day to come or before the last step), IllegalTransition.
    """
    row = lock(Bank, bank.pk)
    authorize(by, rules.can_select_bank, row)
    need_words(reason, "reason", "请填写理由。")
    last = queries.last_bank_event(row)
    if not last.effective_on <= effective_on <= local_date(at):
        raise invalid("effective_on", f"生效日期应在{last.effective_on}至今天之间。")
    if status not in workflow.BANK_STEPS[BankStatus(row.status)]:
        now, then = row.get_status_display(), BankStatus(status).label
        raise IllegalTransition(f"“{now}”的银行不能变更为“{then}”。")
    words = {"reason": reason.strip(), "basis": basis.strip()}
    insert(BankStatusEvent(bank=row, status=status, effective_on=effective_on, recorded_at=at, **words))
    row.status = status
    changes = update(row, "status") | {"effective_on": [None, effective_on], "basis": [None, basis.strip()]}
    record(events.BANK_STATUS_SET, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
