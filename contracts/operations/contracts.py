"""Training contracts entered and closed; who signed is sealed, and never without the guardian's consent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from contracts import events, rules, workflow
from contracts.cases import lock_together
from contracts.enums import BoughtVia, PaymentWay
from contracts.models import Consent, Contract, ContractFinding, Invoice, Payment
from contracts.operations.checks import check_contracts
from contracts.people import People, checked, consent_text, sealed_party
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.personal import masked_person
from foundation.core.workflow import advance
from institutions.models import Institution, Site, TrainingClass


@dataclass(frozen=True)
class Terms:
    """What the contract says, but for who signed it."""

    number: str
    course_name: str
    category: str
    delivery: str
    lessons: int
    unit_price_fen: int
    total_fen: int
    signed_on: date
    starts_on: date
    ends_on: date
    on_model_contract: bool
    bought_via: str = BoughtVia.OFFLINE
    first_lesson_on: date | None = None
    gift_lessons: int = 0
    pupils: int | None = None
    lesson_minutes: int = 45
    way: str = PaymentWay.LUMP
    supervision: str = ""
    refund_window_days: int = 0
    on_platform: bool = False


@dataclass(frozen=True)
class Agreed:
    """That the guardian agreed: to which version of the words, when, in which way."""

    version: str
    given_on: date
    way: str


@operation
def sign_contract(
    *,
    institution: Institution,
    terms: Terms,
    people: People,
    agreed: Agreed | None,
    by: Actor,
    at: datetime,
    site: Site | None = None,
    training_class: TrainingClass | None = None,
    reserved: int | None = None,
    checks: bool = True,
) -> Contract:
    """Enter a contract with its pupil and guardian. ``reserved`` is the id that an import promised.

    An import enters many and has them checked together afterwards.

    Raises NotAllowed, InvalidInput (no consent or one of a later day, unknown words, a name missing, a wrong number,
    the number known already, a site or class of another institution).
    """
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_keep_for, home)
    if agreed is None:
        raise invalid("given_on", "没有监护人同意的记录，不能登记学员信息。", code="consent_missing")
    _check_parts(home, site, training_class)
    tidy, (_, digest) = checked(people), consent_text(agreed.version)
    row = Contract(
        pk=reserved,
        jurisdiction_id=home.jurisdiction_id,
        institution=home,
        site=site,
        training_class=training_class,
        state_at=at,
        recorded_at=at,
        **asdict(terms),
    )
    insert(row)
    insert(_consent(row, tidy, agreed, digest, at))
    insert(sealed_party(row, tidy))
    changes = {"number": [None, row.number], "institution": [None, home.name], "total_fen": [None, row.total_fen]}
    record(events.SIGNED, subject=row, by=by, at=at, changes=changes)
    _adopt(row)
    if checks:
        check_contracts(ids=[row.pk], by=by, at=at)
    return row


def _adopt(row: Contract) -> None:
    """Payments and invoices that came first and named this number are its own from now on."""
    same = {"institution": row.institution, "contract__isnull": True, "contract_no": row.number}
    ContractFinding.objects.filter(
        contract__isnull=True, payment__in=Payment.objects.filter(**same), cleared_on__isnull=True
    ).update(contract=row)
    for model in (Payment, Invoice):
        model.objects.filter(**same, voided_at__isnull=True).update(contract=row)


def _check_parts(home: Institution, site: Site | None, training_class: TrainingClass | None) -> None:
    if site is not None and site.institution_id != home.pk:
        raise invalid("site", "校区不是这家机构的。")
    if training_class is not None and training_class.course.institution_id != home.pk:
        raise invalid("training_class", "班级不是这家机构的。")


def _consent(row: Contract, people: People, agreed: Agreed, digest: str, at: datetime) -> Consent:
    if agreed.given_on > local_date(at):
        raise invalid("given_on", "监护人同意的日期在今天之后，请核对。", code="consent_later")
    return Consent(
        contract=row,
        guardian_masked=masked_person(people.guardian),
        text_version=agreed.version,
        text_hash=digest,
        given_on=agreed.given_on,
        way=agreed.way,
        recorded_on=local_date(at),
        recorded_at=at,
    )


@operation
def end_contract(*, contract: Contract, closed_on: date, by: Actor, at: datetime) -> Contract:
    """Lessons taken or period over. Raises NotAllowed, IllegalTransition, InvalidInput (a day in the future)."""
    row = lock_together(contract)
    authorize(by, rules.can_keep_contract, row)
    return _close(row, workflow.END, closed_on, "", by, at)


@operation
def terminate_contract(*, contract: Contract, closed_on: date, reason: str, by: Actor, at: datetime) -> Contract:
    """It ends before its time. Raises NotAllowed, IllegalTransition, InvalidInput (no reason, a later day)."""
    row = lock_together(contract)
    authorize(by, rules.can_keep_contract, row)
    need_words(reason, "reason", "请写明解除的原因。")
    return _close(row, workflow.TERMINATE, closed_on, reason.strip(), by, at)


def _close(row: Contract, step, closed_on: date, reason: str, by: Actor, at: datetime) -> Contract:
    fields = advance(row, step, at=at)
    if not row.signed_on <= closed_on <= local_date(at):
        raise invalid("closed_on", "结束日期应在签订日期和今天之间。")
    row.closed_on, row.close_reason = closed_on, reason
    changes = update(row, *fields, "closed_on", "close_reason")
    kind = events.ENDED if step is workflow.END else events.TERMINATED
    record(kind, subject=row, by=by, at=at, changes=changes, reason=reason)
    check_contracts(ids=[row.pk], by=by, at=at)
    return row
