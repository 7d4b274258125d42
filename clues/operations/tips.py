"""The public's side of a clue: a tip is sent, its sender and its handler write to each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from clues import events, notices, rules
from clues.enums import Channel
from clues.evidence import Picture
from clues.models import Clue, Tip, TipMessage, TipPhoto
from clues.operations.clues import take_in_clue
from clues.sealing import Sender
from foundation.accounts.enums import Can
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Division, Jurisdiction
from institutions.models import Institution

MOST_MESSAGES = 50  # of one tip, both sides together: more is a telephone call


@operation
def send_tip(
    *,
    receipt: str,
    notice_version: str,
    jurisdiction: Jurisdiction,
    division: Division,
    subject: str,
    content: str,
    by: Actor,
    at: datetime,
    happened_on: date | None = None,
    institution: Institution | None = None,
    address: str = "",
    sign: str = "",
    sender: Sender | None = None,
    about_bureau: bool = False,
    pictures: Sequence[Picture] = (),
) -> Clue:
    """Take in what somebody tells us on the public form; ``receipt`` is the hash of theirs (``receipts.hashed``).

    The same receipt again is the same tip. Raises NotAllowed (somebody who is logged in), InvalidInput, Conflict.
    """
    authorize(by, rules.can_send_tip)
    handler = _handler(jurisdiction) if about_bureau else jurisdiction
    lock(Jurisdiction, handler.pk)  # the same form twice at once: the second finds what the first made
    if sent := Tip.objects.filter(receipt=receipt).select_related("clue").first():
        return sent.clue
    need_words(content, "content", "请写明您要反映的情况。")
    clue = take_in_clue(
        jurisdiction=jurisdiction,
        division=division,
        subject=subject,
        channel=Channel.TIP,
        content=content,
        happened_on=happened_on,
        institution=institution,
        address=address,
        sign=sign,
        sender=sender,
        about_bureau=about_bureau,
        by=by.allowed(Can.REPORT_CLUE, scope=frozenset({handler.pk})),
        at=at,
    )
    insert(Tip(clue=clue, receipt=receipt, notice_version=notice_version))
    for picture in pictures:
        insert(
            TipPhoto(
                clue=clue,
                path=picture.file.path,
                sha256=picture.file.sha256,
                width=picture.width,
                height=picture.height,
            )
        )
    return clue


def _handler(named: Jurisdiction) -> Jurisdiction:
    """One level above the unit that a tip is about; the province's own office takes none in here."""
    above = named.parent
    if above is None or above.level == JurisdictionLevel.PROVINCE:
        message = f"反映{named}教育部门的，请直接向省教育厅或纪检监察机关反映。"
        raise InvalidInput(message, code="about_bureau", fields={"about_bureau": [message]})
    return above


@operation
def write_as_sender(*, receipt: str, body: str, by: Actor, at: datetime) -> TipMessage:
    """The sender adds something. Raises NotAllowed, Conflict (no such receipt, too many messages), InvalidInput."""
    authorize(by, rules.can_send_tip)
    tip = Tip.objects.filter(receipt=receipt).first()
    if tip is None:
        raise Conflict("没有找到这个查询凭证。", code="no_receipt")
    clue = lock(Clue, tip.clue_id)
    message = _write(clue, body, from_sender=True, by=by, at=at)
    record(events.TIP_WRITTEN, subject=clue, by=by, at=at)
    outbox.put(notices.TIP_WRITTEN, at=at, clue_id=clue.pk, message_id=message.pk)
    return message


@operation
def write_to_sender(*, clue: Clue, body: str, by: Actor, at: datetime) -> TipMessage:
    """Answer or ask; the sender reads it with the receipt. Raises NotAllowed, Conflict (no tip, too many)."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_answer_sender, row)
    message = _write(row, body, from_sender=False, by=by, at=at)
    record(events.TIP_ANSWERED, subject=row, by=by, at=at)
    return message


def _write(clue: Clue, body: str, *, from_sender: bool, by: Actor, at: datetime) -> TipMessage:
    need_words(body, "body", "请写明内容。")
    if clue.messages.count() >= MOST_MESSAGES:
        raise Conflict(f"这份反映的往来已满{MOST_MESSAGES}条，请拨打当地教育部门电话或12345。", code="many_messages")
    return insert(
        TipMessage(
            clue=clue,
            from_sender=from_sender,
            body=body.strip(),
            sent_at=at,
            written_by_id=None if from_sender else by.user_id,
        )
    )
