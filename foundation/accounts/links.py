"""Reading one-purpose links."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import models

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import rule

from .models import PurposeLink

COLUMN = "accounts.link"
NO_LINK = "no_link"
NOT_FOUND = "没有找到这个凭证，或它已经停用、过期。"

M = TypeVar("M", bound=models.Model)


@rule("请退出登录后从回执单上的地址进入。")
def can_answer(actor: Actor) -> bool:
    """A link answers for nobody's account: whoever is logged in enters an answer on the staff's page, marked so."""
    return not actor.is_person


def opened_by(code: str, *, at: datetime) -> PurposeLink | None:
    """The link that this hash of a code opens now."""
    link = PurposeLink.objects.filter(code_hash=code, ended_at__isnull=True).first()
    return link if link is not None and local_date(at) <= link.last_day else None


def alive(purpose: str, subject: models.Model) -> PurposeLink | None:
    """The link of a matter that nobody has ended, past its last day or not."""
    same = {"purpose": purpose, "subject_type": subject._meta.label_lower, "subject_id": subject.pk}
    return PurposeLink.objects.filter(**same, ended_at__isnull=True).select_related("issued_by").first()


def locked_by(purpose: str, model: type[M], code: str, *, at: datetime) -> M:
    """The matter that a code opens for this purpose, locked; asked again, for it may have ended while we waited.

    For operations that take in an answer. Raises Conflict, as ``subject_of``.
    """
    row = lock(model, subject_of(purpose, code, at=at))
    subject_of(purpose, code, at=at)
    return row


def subject_of(purpose: str, code: str, *, at: datetime) -> int:
    """The id of the matter that a code opens for this purpose. Raises Conflict in the same words whatever is wrong."""
    link = opened_by(code, at=at)
    if link is None or link.purpose != purpose:
        raise Conflict(NOT_FOUND, code=NO_LINK)
    return link.subject_id
