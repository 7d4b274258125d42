"""After the commit: an objection is told. Every day: lessons to which nobody objected in time are earned."""

from __future__ import annotations

import logging
from datetime import time

from django.urls import reverse

from contracts.models import Contract
from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.errors import DomainError
from foundation.core.money import yuan
from foundation.notifications.channels import NotReachable, text_outside
from foundation.notifications.kinds import NoticeKind
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER

from . import notices, queries
from .models import Consumption, PhoneCode, Refund
from .models.phone_codes import CODE_FOR
from .operations.lessons import confirm_silent
from .operations.phone_codes import read_phone
from .rules import CONFIRM_SILENT, TEXT

log = logging.getLogger(__name__)

SILENCE = "payouts.confirm_silent"

schedule.periodic(SILENCE, schedule.Daily(at=time(1, 30)))


@outbox.handles(SILENCE)
def earn_silently(message) -> None:
    """Each by itself, so that one contract without cover stops no other; a second run finds nothing more to do."""
    at = clock.now()
    for row in queries.long_silent(on=clock.local_date(at)):
        scope = frozenset({row.contract.jurisdiction_id})
        try:
            confirm_silent(consumptions=[row], by=job("消课默认确认", CONFIRM_SILENT, scope=scope), at=at)
        except DomainError as refusal:
            log.info("lessons of consumption %s (%s yuan) not earned: %s", row.pk, yuan(row.amount_fen), refusal.code)


@outbox.handles(notices.PHONE_CODE)
def text_code(message) -> None:
    """Nothing is sent that opens nothing any more; the same text again is the same code."""
    door = PhoneCode.objects.select_related("contract").get(pk=message.payload["code_id"])
    if door.waits(clock.now()):
        minutes = int(CODE_FOR.total_seconds()) // 60
        words = f"验证码{door.digits}，{minutes}分钟内有效，用于查询培训缴费。不是您本人操作的，请不要告诉任何人。"
        text(door.contract, words, f"phone-code-{door.pk}", why="短信验证码")


def text(contract: Contract, words: str, reference: str, *, why: str) -> None:
    """To the contract's guardian: number read in one transaction, sent after it; who has none is not reached."""
    at = clock.now()
    by = job("家长短信", TEXT, scope=frozenset({contract.jurisdiction_id}))
    if phone := read_phone(contract=contract, why=why, by=by, at=at):
        try:
            text_outside(phone=phone, text=words, reference=reference)
        except NotReachable as refusal:
            log.info("no text about contract %s: %s", contract.pk, refusal)


@outbox.handles(notices.ASKED_BY_GUARDIAN)
def tell_of_wish(message) -> None:
    """To those who keep funds there; telling twice changes nothing."""
    row = Refund.objects.select_related("contract__institution").get(pk=message.payload["refund_id"])
    _tell(notices.ASKED, row, "admin:payouts_refund_change", period="")


@outbox.handles(notices.DISPUTED_BY_GUARDIAN)
def tell_of_objection(message) -> None:
    """To those who keep funds there; telling twice changes nothing."""
    row = Consumption.objects.select_related("contract__institution").get(pk=message.payload["consumption_id"])
    _tell(notices.DISPUTED, row, "admin:payouts_consumption_change", period=row.state_at.isoformat())


def _tell(notice: NoticeKind, row: Consumption | Refund, page: str, *, period: str) -> None:
    send(
        notice=notice,
        to=people_who_can(Can.KEEP_FUNDS, jurisdiction_id=row.contract.jurisdiction_id, on=clock.today()),
        title=f"{row.contract.institution.name} {row}",
        url=reverse(page, args=[row.pk]),
        about=row,
        period=period,
        by=SENDER,
        at=clock.now(),
    )
