"""After the commit: those who decide on a request are told of it, who asked of the answer; what is due is destroyed."""

from __future__ import annotations

from datetime import time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_who_can
from foundation.notifications.rules import SENDER

from . import notices
from .models import ContractLimit, PartyOpening
from .operations.checks import check_contracts, check_loose
from .operations.parties import destroy_party
from .queries import parties_to_destroy, sliced, under_limit, unsettled

schedule.periodic(notices.CHECK, schedule.Daily(at=time(3, 20)))
schedule.periodic(notices.DESTROY, schedule.Daily(at=time(4, 10)))


@outbox.handles(notices.DESTROY)
def destroy_parties(message) -> None:
    """Destroy the people of contracts that are over for long enough; each is a transaction and an event of its own."""
    at = clock.now()
    for contract in parties_to_destroy(on=clock.local_date(at)):
        destroyer = job("学员信息到期销毁", notices.DESTROY, scope=frozenset({contract.jurisdiction_id}))
        destroy_party(contract=contract, reason="合同结束、退费期满，到期销毁", by=destroyer, at=at)


@outbox.handles(notices.OPENING_ASKED)
def tell_deciders(message) -> None:
    """Everybody who may decide it at its own level, else above; never the one who asks."""
    opening = PartyOpening.objects.select_related("contract").get(pk=message.payload["opening_id"])
    place = {"jurisdiction_id": opening.contract.jurisdiction_id, "on": clock.today()}
    people = people_who_can(Can.APPROVE_OPENING, own_level=True, **place) or people_who_can(
        Can.APPROVE_OPENING, **place
    )
    send(
        notice=notices.ASKED,
        to=[person for person in people if person != opening.asked_by_id],
        title=f"{opening.contract} 申请查看学员信息，请审批。",
        url=reverse("admin:contracts_partyopening_change", args=[opening.pk]),
        about=opening,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.OPENING_DECIDED)
def tell_asker(message) -> None:
    """Allowed or not, to the one who asked."""
    opening = PartyOpening.objects.select_related("contract").get(pk=message.payload["opening_id"])
    send(
        notice=notices.DECIDED,
        to=[opening.asked_by_id],
        title=f"{opening.contract} 的查看申请{opening.get_state_display()}。",
        url=reverse("admin:contracts_partyopening_change", args=[opening.pk]),
        about=opening,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.CHECK)
def check_again(message) -> None:
    """Every night, for what time alone makes wrong or right: what lacks a paper, and what is wrong so far."""
    for jurisdiction, contracts, loose in unsettled():
        _check(jurisdiction, contracts, loose)


@outbox.handles(notices.LIMIT_SET)
def check_under_limit(message) -> None:
    """A limit may hold from a day that is past: what ran since is measured anew, there and below."""
    limit = ContractLimit.objects.get(pk=message.payload["limit_id"])
    for jurisdiction, contracts in under_limit(limit):
        _check(jurisdiction, contracts, [])


def _check(jurisdiction: int, contracts: list[int], loose: list[int]) -> None:
    by, at = job("收费校验", notices.CHECK, scope=frozenset({jurisdiction})), clock.now()
    for ids in sliced(contracts):
        check_contracts(ids=ids, by=by, at=at)
    for ids in sliced(loose):
        check_loose(ids=ids, by=by, at=at)
