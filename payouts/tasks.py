"""After the commit: guardians get their texts, officers hear of wishes and objections. Every day: whoever is silent is
warned, and lessons to which nobody objected in time are earned."""

from __future__ import annotations

import logging
from datetime import time

from django.urls import reverse

from contracts.models import Contract
from contracts.notices import CHECK
from contracts.operations.checks import keep_told
from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.errors import DomainError
from foundation.core.money import yuan
from foundation.deadlines.enums import Limit
from foundation.deadlines.queries import open_clocks_of
from foundation.documents.rendering import public_url
from foundation.documents.templates import cn_date
from foundation.notifications.channels import NotReachable, send_sms
from foundation.notifications.kinds import NoticeKind
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER

from . import notices, queries, validations
from .enums import ConsumptionState, RefundState
from .models import Consumption, PhoneCode, Refund
from .models.phone_codes import CODE_FOR
from .operations.lessons import confirm_silent, note_reached
from .operations.phone_codes import read_institutions_phone, read_phone
from .rules import CONFIRM_SILENT, TEXT

log = logging.getLogger(__name__)

SILENCE = "payouts.confirm_silent"
VALIDATE = "payouts.validate"

schedule.periodic(SILENCE, schedule.Daily(at=time(1, 30)))
schedule.periodic(VALIDATE, schedule.Daily(at=time(3, 40)))


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


def text(contract: Contract, words: str, reference: str, *, why: str) -> bool:
    """To the contract's guardian: number read in one transaction, sent after it; whether it went out.

    Who has no number is not reached.
    """
    at = clock.now()
    by = job("家长短信", TEXT, scope=frozenset({contract.jurisdiction_id}))
    if phone := read_phone(contract=contract, why=why, by=by, at=at):
        return _send_out(phone, words, reference)
    return False


def _send_out(phone: str, words: str, reference: str) -> bool:
    try:
        send_sms(phone=phone, text=words, reference=reference)
    except NotReachable as refusal:
        log.info("text %s was not sent: %s", reference, refusal)
        return False
    return True


@outbox.handles(notices.LESSONS_TOLD)
def text_lessons(message) -> None:
    """Not to who has answered meanwhile. The days of silence begin when the first text has gone out, not before."""
    row = Consumption.objects.select_related("contract__jurisdiction").get(pk=message.payload["consumption_id"])
    row.reached_on = row.reached_on or clock.today()
    last = queries.silent_until(row)
    if row.state != ConsumptionState.PROPOSED or last < clock.today():
        return
    again, number = ("还有一笔", "last") if message.payload["last"] else ("有一笔", "told")
    words = (
        f"您{again}消课待确认：{row.lessons}课时{yuan(row.amount_fen)}元。"
        f"{cn_date(last)}（含当日）前没有提出异议的，视为已确认。查看：{public_url(reverse('publicity:money'))}"
    )
    if text(row.contract, words, f"lessons-{number}-{row.pk}", why="消课待确认"):
        by = job("家长短信", TEXT, scope=frozenset({row.contract.jurisdiction_id}))
        note_reached(consumption=row, by=by, at=clock.now(), remark="短信已发出")


@outbox.handles(notices.ANSWER_DUE)
def text_answer_due(message) -> None:
    """To the institution that has not answered, and to the guardian who waits for it."""
    row = Refund.objects.select_related("contract__institution").get(pk=message.payload["refund_id"])
    answer = open_clocks_of(row).filter(code=Limit.REFUND_ANSWER).first()
    if row.state != RefundState.ASKED or answer is None:
        return
    due, wanted = f"{cn_date(answer.due_on)}（含当日）", f"{yuan(row.asked_fen)}元"
    by = job("家长短信", TEXT, scope=frozenset({row.contract.jurisdiction_id}))
    if phone := read_institutions_phone(refund=row, by=by, at=clock.now()):
        words = f"{row.contract}有退费申请{wanted}等您机构答复，{due}前没有答复的，视为同意。请联系县(区)教育局。"
        _send_out(phone, words, f"answer-due-{row.pk}")
    words = f"您申请的退费{wanted}，机构{due}前没有答复的，视为同意。查看：{public_url(reverse('publicity:money'))}"
    text(row.contract, words, f"answer-waited-{row.pk}", why="退费待机构答复")


@outbox.handles(notices.ASKED_BY_GUARDIAN)
def tell_of_wish(message) -> None:
    """To those who keep funds there; telling twice changes nothing."""
    row = Refund.objects.select_related("contract__institution").get(pk=message.payload["refund_id"])
    _tell(notices.ASKED, row, "admin:payouts_refund_change", period="")


@outbox.handles(VALIDATE)
def validate(message) -> None:
    """V07, V08, V11 and V14 of each place in a transaction of its own; a second run finds the same."""
    at = clock.now()
    for place in validations.places():
        by = job("收费校验", CHECK, scope=frozenset({place.pk}))
        keep_told(jurisdiction=place, told=validations.found_in(place, on=clock.local_date(at)), by=by, at=at)


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
