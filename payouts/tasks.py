"""After the commit: an objection is told. Every day: lessons to which nobody objected in time are earned."""

from __future__ import annotations

import logging
from datetime import time

from django.urls import reverse

from contracts.notices import CHECK
from contracts.operations.checks import keep_told
from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.errors import DomainError
from foundation.core.money import yuan
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER

from . import notices, queries, validations
from .models import Consumption
from .operations.lessons import confirm_silent
from .rules import CONFIRM_SILENT

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
    send(
        notice=notices.DISPUTED,
        to=people_who_can(Can.KEEP_FUNDS, jurisdiction_id=row.contract.jurisdiction_id, on=clock.today()),
        title=f"{row.contract.institution.name} {row}",
        url=reverse("admin:payouts_consumption_change", args=[row.pk]),
        about=row,
        period=row.state_at.isoformat(),
        by=SENDER,
        at=clock.now(),
    )
