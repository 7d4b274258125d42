"""Objects of fund supervision at the places of the authorization matrix."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.accounts.actors import actor_of
from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ, User
from foundation.core import clock
from funds.attaching import FOLDER
from funds.enums import (
    AgreementState,
    BankStatus,
    ExemptionKind,
    Flag,
    ObstacleKind,
    ProposalState,
    SupervisionMode,
    TrainingMode,
)
from funds.models import (
    AccountEvent,
    AdminTraining,
    Agreement,
    Bank,
    BankStatusEvent,
    Exemption,
    FlagEvent,
    FundsFile,
    MinimumBalance,
    Obstacle,
    Push,
    PushedInstitution,
    SupervisedAccount,
)
from funds.numbers import hashed
from inspections.attaching import take
from tests.authz.register import institution
from tests.authz.relations import OWN, Objects, Place
from tests.cast import organ
from tests.funds.factories import number
from tests.inspections.crafting import pdf


def bank(place: Place) -> Bank:
    at = clock.now()
    row = Bank.objects.create(jurisdiction=place.jurisdiction, name=f"{place.relation}银行{number()}", added_at=at)
    BankStatusEvent.objects.create(
        bank=row, status=row.status, effective_on=clock.today(), recorded_at=at, reason="登记"
    )
    return row


def an_officer() -> User:
    return User.objects.filter(posts__role=Role.COUNTY_OFFICER).order_by("pk")[0]


def clerks_organ() -> Organ:
    return Organ.objects.get(kind=OrganKind.BANK, posts__role=Role.BANK_CLERK)


def account(place: Place) -> SupervisedAccount:
    """In the own county with the bank of the cast's clerk, elsewhere with others."""
    chosen, plain = bank(place), number()
    if place.relation == OWN:
        Bank.objects.filter(pk=chosen.pk).update(organ=clerks_organ())
    day, at = clock.today() - timedelta(days=30), clock.now()
    row = institution(place)
    facts = {"number": plain, "number_tail": plain[-4:], "number_hash": hashed(plain), "holder": row.name}
    made = SupervisedAccount.objects.create(institution=row, bank=chosen, opened_on=day, recorded_at=at, **facts)
    AccountEvent.objects.create(account=made, active=True, effective_on=day, recorded_at=at)
    return made


def _asked(place: Place, state: ProposalState) -> dict[str, object]:
    at, officer = clock.now(), an_officer()
    facts = {"institution": institution(place), "state": state, "state_at": at, "reason": "理由"}
    if state != ProposalState.PROPOSED:
        leader = User.objects.filter(posts__role=Role.COUNTY_LEADER).order_by("pk")[0]
        facts |= {"decided_by": leader, "decided_at": at}
    return facts | {"proposed_by": officer, "proposed_at": at}


def minimum(place: Place) -> MinimumBalance:
    facts = {"amount_fen": 100, "effective_on": clock.today()}
    return MinimumBalance.objects.create(**facts, **_asked(place, ProposalState.PROPOSED))


def exemption(place: Place, state: ProposalState = ProposalState.PROPOSED) -> Exemption:
    today = clock.today()
    facts = {"kind": ExemptionKind.PAY_AFTER, "from_on": today, "until_on": today + timedelta(days=30)}
    return Exemption.objects.create(**facts, **_asked(place, state))


def agreement(place: Place, state: AgreementState = AgreementState.DRAFTED) -> Agreement:
    """With a chosen bank of the place; in the own county one with the cast's clerk."""
    held, at = account(place), clock.now()
    Bank.objects.filter(pk=held.bank_id).update(status=BankStatus.SELECTED)
    bureau = organ(place.jurisdiction.code, document_word="测教")
    Organ.objects.filter(pk=bureau.pk).update(document_word="测教")
    officer = an_officer()
    terms = {
        "mode": SupervisionMode.BY_LESSON,
        "valid_from": held.opened_on,
        "valid_to": at.date() + timedelta(days=99),
    }
    parties = {"institution": held.institution, "organ": bureau, "bank": held.bank, "account": held}
    signed = {"signed_on": held.opened_on} if state != AgreementState.DRAFTED else {}
    given = {"state": state, "state_at": at, "drafted_by": officer, "drafted_at": at}
    return Agreement.objects.create(**parties, **terms, **given, **signed)


def file(place: Place) -> FundsFile:
    """A file that lies on the disk, beside a signed agreement."""
    row = agreement(place, AgreementState.SIGNED)
    given = take(SimpleUploadedFile("扫描件.pdf", pdf(tail=number().encode())), folder=FOLDER)
    by = actor_of(row.drafted_by.posts.get(), user=row.drafted_by)
    about = {"institution": row.institution, "agreement": row}
    return FundsFile.objects.create(**about, **given.columns(by=by, at=clock.now()))


def flag(place: Place) -> FlagEvent:
    """A flag that stands, of an institution with an account."""
    held, at = account(place), clock.now()
    officer = an_officer()
    facts = {"effective_on": held.opened_on, "recorded_at": at, "recorded_by": officer, "evidence": "回执"}
    return FlagEvent.objects.create(institution=held.institution, flag=Flag.OPENED, up=True, **facts)


def push(place: Place) -> Push:
    officer = an_officer()
    about = {"jurisdiction": place.jurisdiction, "organ": organ(place.jurisdiction.code), "flag": Flag.OPENED}
    row = Push.objects.create(due_on=clock.today(), pushed_by=officer, pushed_at=clock.now(), **about)
    PushedInstitution.objects.create(push=row, institution=institution(place))
    return row


def obstacle(place: Place) -> Obstacle:
    """Of the whole county."""
    officer, today, at = an_officer(), clock.today(), clock.now()
    facts = {
        "kind": ObstacleKind.COSTS,
        "words": "收费",
        "found_on": today,
        "due_on": today,
        "state_at": at,
        "opened_at": at,
    }
    return Obstacle.objects.create(jurisdiction=place.jurisdiction, owner=officer, opened_by=officer, **facts)


def training(place: Place) -> AdminTraining:
    officer, at = an_officer(), clock.now()
    about = {"jurisdiction": place.jurisdiction, "organ": organ(place.jurisdiction.code), "mode": TrainingMode.ONLINE}
    facts = {"held_on": clock.today(), "topic": "操作培训", "persons": 9, "recorded_by": officer, "recorded_at": at}
    return AdminTraining.objects.create(**about, **facts)


def placed(make) -> Objects:
    return Objects(make, place=True, category=True)


OBJECTS: dict[str, Objects] = {
    "admin:institutions_institution_flag": placed(lambda place: account(place).institution),
    "admin:institutions_institution_unflag": placed(lambda place: flag(place).institution),
    "admin:funds_flagevent": placed(flag),
    "admin:funds_push": Objects(push),
    "admin:funds_obstacle": Objects(obstacle),
    "admin:funds_admintraining": Objects(training),
    "admin:funds_agreement": placed(agreement),
    "admin:funds_agreement_renew": placed(partial(agreement, state=AgreementState.SIGNED)),
    "admin:funds_fundsfile": placed(file),
    "admin:funds_bank": Objects(bank),
    "admin:funds_supervisedaccount": placed(account),
    "admin:funds_minimumbalance": placed(minimum),
    "admin:funds_exemption": placed(exemption),
    "admin:funds_exemption_end": placed(partial(exemption, state=ProposalState.APPROVED)),
}
