"""Reading contracts: what is due to be destroyed, what hangs on an institution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from clues.enums import OpeningState
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.regions.queries import jurisdictions_below, lowest_bureaus

from .enums import BoughtVia, LimitCode, ProposalState, Verdict
from .limits import Asked, LimitBook
from .models import Contract, ContractFinding, ContractLimit, PartyOpening, Payment

#: Verdicts that the passing of days turns into a finding.
LACKING = (Verdict.NO_CONTRACT, Verdict.NO_INVOICE, Verdict.NEITHER)


def parties_to_destroy(*, on: date) -> Iterator[Contract]:
    """Contracts whose people are kept no longer: closed, the refund window past, and the days of ``kept_days`` too.

    A contract that nobody closed may still owe a family money: its people stay.
    """
    book = LimitBook.opened()
    over = Contract.objects.filter(closed_on__lt=on, consent__party__destroyed_at__isnull=True)
    for contract in over.filter(consent__party__isnull=False).order_by("pk"):
        asked = Asked(contract.jurisdiction_id, contract.category, contract.delivery, contract.closed_on)
        kept = book.value(LimitCode.KEPT_DAYS, asked)
        if kept is not None and contract.closed_on + timedelta(days=contract.refund_window_days + kept) < on:
            yield contract


def unsettled() -> Iterator[tuple[int, list[int], list[int]]]:
    """(bureau, contracts, payments without one) that time alone can make wrong, or a permit since renewed right."""
    contracts: dict[int, set[int]] = {}
    loose: dict[int, set[int]] = {}
    wrong = ContractFinding.objects.filter(cleared_on__isnull=True, contract__isnull=False)
    for place, contract in wrong.values_list("jurisdiction_id", "contract_id"):
        contracts.setdefault(place, set()).add(contract)
    late = Payment.objects.filter(verdict__in=LACKING, voided_at__isnull=True, destroyed_at__isnull=True)
    for place, contract, pk in late.values_list("jurisdiction_id", "contract_id", "pk"):
        (contracts if contract else loose).setdefault(place, set()).add(contract or pk)
    for place in sorted({*contracts, *loose}):
        yield place, sorted(contracts.get(place, ())), sorted(loose.get(place, ()))


def under_limit(limit: ContractLimit) -> Iterator[tuple[int, list[int]]]:
    """(bureau, contracts) that run or ran on a day on which a limit holds, in its place and below."""
    places = jurisdictions_below(limit.jurisdiction_id)
    rows = Contract.objects.filter(jurisdiction__in=places, voided_at__isnull=True, ends_on__gte=limit.effective_from)
    found: dict[int, list[int]] = {}
    for place, pk in rows.order_by("jurisdiction", "pk").values_list("jurisdiction_id", "pk"):
        found.setdefault(place, []).append(pk)
    yield from found.items()


def sliced(ids: list[int], *, size: int = 500) -> Iterator[list[int]]:
    """So many at a time: one transaction holds no more."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def agreeing(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Contracts whose every payment agrees with invoice and buyer, and that have one."""
    paid = Payment.objects.filter(voided_at__isnull=True, contract__isnull=False)
    wrong = paid.exclude(verdict=Verdict.AGREES).values("contract")
    return contracts.filter(pk__in=paid.values("contract")).exclude(pk__in=wrong)


@dataclass
class Figures:
    """The contracts (份) of one county or institution, and how many of them are as they should be."""

    label: str
    query: str
    contracts: int = 0
    on_model: int = 0
    via_app: int = 0
    agree: int = 0

    def percent(self, number: int) -> str:
        """Truncated to two decimals, so that nothing short of all is 100%."""
        if not self.contracts:
            return "—"
        whole, rest = divmod(number * 10_000 // self.contracts, 100)
        return f"{whole}.{rest:02d}%"


def figures(actor: Actor, *, county: int | None = None) -> list[Figures]:
    """By county, or by the institutions of one (or of the only one that the actor sees); the last line is the sum."""
    rows = Contract.objects.visible_to(actor)
    by_home = county is not None or lowest_bureaus(actor).count() <= 1
    if county is not None:
        rows = rows.filter(jurisdiction=county)
    path = "institution" if by_home else "jurisdiction"
    found: dict[int, Figures] = {}
    names = rows.order_by().values_list(f"{path}_id", f"{path}__name").distinct()
    for pk, name in sorted(names, key=lambda pair: pair[1]):
        found[pk] = Figures(name, f"{path}={pk}")
    parts = {
        "contracts": rows,
        "on_model": rows.filter(on_model_contract=True),
        "via_app": rows.filter(bought_via=BoughtVia.APP),
        "agree": agreeing(rows),
    }
    for field, part in parts.items():
        for pk, number in part.order_by().values_list(f"{path}_id").annotate(Count("pk")):
            setattr(found[pk], field, number)
    whole = Figures("合计", f"jurisdiction={county}" if county is not None else "")
    for line in found.values():
        for field in parts:
            setattr(whole, field, getattr(whole, field) + getattr(line, field))
    return [*found.values(), whole]


def open_findings(actor: Actor) -> QuerySet[ContractFinding]:
    """What is wrong now in the actor's area."""
    return ContractFinding.objects.visible_to(actor).filter(cleared_on__isnull=True)


def openings_waiting(actor: Actor) -> QuerySet[PartyOpening]:
    """Requests to see who signed on which this actor may decide."""
    rows = PartyOpening.objects.visible_to(actor).filter(state=OpeningState.ASKED).exclude(asked_by=actor.user_id)
    return rows if actor.can(Can.APPROVE_OPENING) else rows.none()


def limits_waiting(actor: Actor) -> QuerySet[ContractLimit]:
    """Proposed limits of the actor's area on which it is for this actor to decide: another's."""
    rows = ContractLimit.objects.filter(state=ProposalState.PROPOSED, jurisdiction__in=actor.scope)
    rows = rows.exclude(proposed_by=actor.user_id)
    return rows if actor.can(Can.KEEP_CONTRACT_LIMITS) else rows.none()
