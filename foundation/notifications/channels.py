"""How a message leaves the portal: Django's mail, and an SMS adapter named in the settings.

A channel raises ``NotReachable`` with a Chinese reason when sending makes no sense (no address, nothing configured),
and lets every other error through. Addresses and numbers are read here, at the last moment, and go nowhere else.
"""

from __future__ import annotations

from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

from . import digests, queries
from .enums import Channel
from .kinds import DIGEST
from .models import Delivery, Message

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
SIGN = "【双减监管】"
#: How references of deliveries begin; those of texts to people without an account begin otherwise.
DELIVERY = "shuanjian"


class NotReachable(Exception):
    """This delivery cannot be sent at all; the text says why and holds no personal data."""


class SmsAdapter(Protocol):
    """What a provider's adapter has to be: a class without arguments. ``reference`` is the same when sent again."""

    def send(self, *, phone: str, text: str, reference: str) -> None: ...


def send_email(delivery: Delivery) -> None:
    """Title, body and address of the page, as plain text; of a digest those of each message in it."""
    if settings.EMAIL_BACKEND == NO_MAIL:
        raise NotReachable("未配置邮件服务器。")
    message = delivery.message
    if not message.recipient.email:
        raise NotReachable("收件人未登记电子邮箱。")
    parts = _carried(delivery)
    lines = [line for part in parts for line in _lines(part)]
    EmailMessage(
        subject=_subject(parts),
        body="\n\n".join(lines),
        to=[message.recipient.email],
        headers={"X-Reference": reference_of(delivery)},
    ).send()


def send_text(delivery: Delivery) -> None:
    """The title only: a text message may lie open on a desk."""
    message = delivery.message
    text = f"{_subject(_carried(delivery))}。请登录平台办理。"
    send_sms(phone=message.recipient.phone, text=text, reference=reference_of(delivery))


def _carried(delivery: Delivery) -> list[Message]:
    message = delivery.message
    if message.kind != DIGEST.code:
        return [message]
    return digests.carried(delivery, queries.preference_of(message.recipient)) or [message]


def _subject(parts: list[Message]) -> str:
    """The title itself, or how many there are and the first."""
    return parts[0].title if len(parts) == 1 else f"今日提醒{len(parts)}件：{parts[0].title}等"


def _lines(message: Message) -> list[str]:
    address = f"办理：{settings.SITE_INFO['address'].rstrip('/')}{message.url}"
    return [message.body or message.title, *([address] if message.url else [])]


def reference_of(delivery: Delivery) -> str:
    """What a provider can recognise a repeated request by."""
    return f"{DELIVERY}-{delivery.pk}"


def send_sms(*, phone: str, text: str, reference: str) -> None:
    """A text to a number, also of somebody without an account, such as a guardian: no name stands in it. Never in a
    transaction.

    Raises NotReachable (nothing configured, no number). ``reference`` is the same when it is sent again.
    """
    if not settings.SMS_ADAPTER:
        raise NotReachable("未配置短信通道。")
    if not phone:
        raise NotReachable("收件人未登记手机号码。")
    adapter: SmsAdapter = import_string(settings.SMS_ADAPTER)()
    adapter.send(phone=phone, text=f"{SIGN}{text}", reference=reference)


SENDERS = {Channel.EMAIL: send_email, Channel.SMS: send_text}
