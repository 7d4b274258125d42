"""Reading fund supervision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from foundation.accounts.enums import Can, OrganKind
from foundation.accounts.models import Organ, User
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.notifications.recipients import people_in
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from .enums import AgreementState, BankStatus, Flag, ObstacleKind, ObstacleState, ProposalState
from .models import (
    AccountEvent,
    AdminTraining,
    Agreement,
    AgreementEvent,
    Bank,
    BankStatusEvent,
    FlagEvent,
    MinimumBalance,
    ModeEvent,
    Obstacle,
    Push,
    SupervisedAccount,
)
from .models.banks import upward
from .models.proposals import Proposal


@dataclass(frozen=True)
class KindLine:
    """Obstacles (个) of one kind."""

    kind: str
    open: int
    overdue: int
    closed: int

    @property
    def label(self) -> str:
        return ObstacleKind(self.kind).label


def last_bank_event(bank: Bank) -> BankStatusEvent:
    """The believed step that took effect last."""
    return bank.status_events.believed().order_by("-effective_on", "-recorded_at", "-pk")[0]


def banks_on(
    actor: Actor, *, on: date, status: str = BankStatus.SELECTED, known_at: datetime | None = None
) -> QuerySet[Bank]:
    """Banks (家) that the actor sees and that had a status on a day, as known at an instant."""
    events = BankStatusEvent.objects.as_of(on, known_at)
    chosen = BankStatusEvent.objects.filter(pk__in=events.values("pk"), status=status)
    return Bank.objects.visible_to(actor).filter(pk__in=chosen.values("bank"))


def bank_organs(actor: Actor) -> QuerySet[Organ]:
    """Banks with a desk of their own in the actor's bureaus or those above; for pickers."""
    own = upward(Jurisdiction.objects.filter(pk__in=actor.scope))
    return Organ.objects.filter(own, kind=OrganKind.BANK, closed_on__isnull=True).order_by("name")


def mode_on(institution: Institution, *, on: date, known_at: datetime | None = None) -> ModeEvent | None:
    """The mode of supervision in force on a day, as known at an instant."""
    return ModeEvent.objects.filter(institution=institution).as_of(on, known_at).first()


def account_on(institution: Institution, *, on: date) -> SupervisedAccount | None:
    """The special account that is open on a day, as believed now."""
    return institution.supervised_accounts.active(on).select_related("bank").first()


def minimum_on(institution: Institution, *, on: date, known_at: datetime | None = None) -> MinimumBalance | None:
    """The agreed minimum balance that holds on a day: the one that took effect last, as known at an instant."""
    agreed = institution.minimum_balances.filter(state=ProposalState.APPROVED, effective_on__lte=on)
    if known_at is not None:
        agreed = agreed.filter(decided_at__lte=known_at)
    return agreed.order_by("-effective_on", "-decided_at").first()


def supervised_on(actor: Actor, *, on: date, known_at: datetime | None = None) -> QuerySet[Institution]:
    """纳入监管机构 (家): distinct institutions with an open special account on a day, as known at an instant."""
    here = AccountEvent.objects.filter(account__institution__jurisdiction__in=actor.scope)
    newest = here.as_of(on, known_at)
    active = AccountEvent.objects.filter(pk__in=newest.values("pk"), active=True)
    accounts = SupervisedAccount.objects.visible_to(actor).filter(pk__in=active.values("account"))
    return Institution.objects.current().filter(pk__in=accounts.values("institution"))


def active_accounts(actor: Actor) -> QuerySet[SupervisedAccount]:
    """Accounts open today; for lists."""
    return SupervisedAccount.objects.visible_to(actor).active(clock.today())


def closed_accounts(actor: Actor) -> QuerySet[SupervisedAccount]:
    """Accounts open no more; for lists."""
    return SupervisedAccount.objects.visible_to(actor).filter(closed_on__lte=clock.today())


def to_decide(actor: Actor, model: type[Proposal]) -> QuerySet[Proposal]:
    """Minimum balances or exemptions that wait for this actor's decision: never the own ones."""
    if not actor.can(Can.APPROVE_FUNDS):
        return model.objects.none()
    return model.objects.visible_to(actor).filter(state=ProposalState.PROPOSED).exclude(proposed_by=actor.user_id)


def agreements_over(*, on: date) -> QuerySet[Agreement]:
    """Signed agreements whose last day lies before a day."""
    return Agreement.objects.filter(state=AgreementState.SIGNED, valid_to__lt=on)


def agreements_on(actor: Actor, *, on: date, known_at: datetime | None = None) -> QuerySet[Agreement]:
    """Agreements in force on a day, as known at an instant (签约数)."""
    newest = AgreementEvent.objects.as_of(on, known_at)
    signed = AgreementEvent.objects.filter(pk__in=newest.values("pk"), state=AgreementState.SIGNED)
    return Agreement.objects.visible_to(actor).filter(pk__in=signed.values("agreement"), valid_to__gte=on)


def accounts_without_agreement(actor: Actor) -> QuerySet[SupervisedAccount]:
    """V14: accounts in use today whose institution has no agreement in force today."""
    held = Agreement.objects.in_force(clock.today()).values("institution")
    return active_accounts(actor).exclude(institution__in=held)


def agreements_ending(actor: Actor) -> QuerySet[Agreement]:
    """Agreements in force that end within sixty days; for lists."""
    today = clock.today()
    soon = (today, today + timedelta(days=60))
    return Agreement.objects.visible_to(actor).in_force(today).filter(valid_to__range=soon)


def agreements_run_out(actor: Actor) -> QuerySet[Agreement]:
    """Agreements that ran out and whose renewal nobody has signed; for lists."""
    over = Agreement.objects.visible_to(actor).filter(valid_to__lt=clock.today(), signed_on__isnull=False)
    return over.filter(ended_on__isnull=True).exclude(renewal__signed_on__isnull=False)


def flags_on(institution: Institution, *, on: date, known_at: datetime | None = None) -> dict[str, FlagEvent]:
    """The newest entry of each flag that took effect by a day; ``up`` says whether it stands."""
    events = FlagEvent.objects.filter(institution=institution).as_of(on, known_at)
    return {event.flag: event for event in events}


def flags_up(institution: Institution, *, on: date) -> list[Flag]:
    """The flags that stand on a day."""
    standing = flags_on(institution, on=on)
    return [flag for flag in Flag if flag in standing and standing[flag].up]


# -- obstacles and trainings -----------------------------------------------------------------------------------------
def obstacles_by_kind(actor: Actor, *, on: date) -> list[KindLine]:
    """Open, overdue and closed obstacles of each kind that occurred, in the order of the kinds."""
    is_open = Q(state=ObstacleState.OPEN)
    counted = Obstacle.objects.visible_to(actor).order_by().values("kind")
    found = counted.annotate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=on)),
        closed=Count("pk", filter=Q(state=ObstacleState.CLOSED)),
    )
    lines = {row["kind"]: KindLine(**row) for row in found}
    return [lines[kind] for kind in ObstacleKind.values if kind in lines]


def obstacles_overdue(actor: Actor) -> QuerySet[Obstacle]:
    """Open obstacles whose day is over; for lists."""
    return Obstacle.objects.visible_to(actor).filter(state=ObstacleState.OPEN, due_on__lt=clock.today())


def own_obstacles(actor: Actor) -> QuerySet[Obstacle]:
    """Open obstacles that the actor has to solve."""
    return Obstacle.objects.visible_to(actor).filter(state=ObstacleState.OPEN, owner=actor.user_id)


def keepers_of(actor: Actor, *, on: date) -> QuerySet[User]:
    """Those of the actor's own organ who keep funds; for pickers."""
    return User.objects.filter(pk__in=people_in(actor.organ_id, Can.KEEP_FUNDS, on=on)).order_by("name", "pk")


def training_organs(actor: Actor) -> QuerySet[Organ]:
    """Organs that may attend: those of the area, and the banks with a desk above; for pickers."""
    banks = bank_organs(actor).values("pk")
    return Organ.objects.filter(Q(jurisdiction__in=actor.scope) | Q(pk__in=banks), closed_on__isnull=True).order_by(
        "jurisdiction__code", "kind", "name"
    )


def with_attending(trainings: QuerySet[AdminTraining]) -> QuerySet[AdminTraining]:
    """Each with the number of organs that had people there."""
    return trainings.annotate(organs_there=Count("attending"))


def with_pushed(pushes: QuerySet[Push]) -> QuerySet[Push]:
    """Each with the number of its institutions."""
    return pushes.annotate(pushed=Count("institutions"))
