"""Registers of parents' money full of payloads: contracts, accounts, releases, bank files and alerts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from alerts.models import Alert, Runaway
from banking.models import BankFile, BankLine, Difference
from contracts.models import Contract, Invoice, Payment
from foundation.core.actor import Actor
from funds.enums import AgreementState
from funds.models import Agreement, Exemption, FlagEvent, Obstacle, SupervisedAccount
from materials.models import MaterialSet, UseAlarm
from outreach.models import Honour, Meeting, Outreach
from payouts.enums import ReleaseState
from payouts.models import Hold, Refund, Release
from tests.alerts import placed as alerts
from tests.authz.relations import Place, places
from tests.banking import placed as banking
from tests.cast import Cast
from tests.contracts import placed as contracts
from tests.funds import placed as funds
from tests.imports.hostile_rows import copies, cut, institutions, once, one_each, text
from tests.materials import placed as materials
from tests.outreach import placed as outreach
from tests.payouts import placed as payouts


def own() -> Place:
    return places()[0]


def people(row: Contract) -> list[Contract]:
    """Contracts with consent and party, masked names and all."""
    made = copies(row, number=once, course_name=cut(80), close_reason=text)
    given = copies(row.consent, contract=one_each(made), guardian_masked=cut(20))
    copies(row.consent.party, consent=one_each(given), pupil_masked=cut(20))
    return made


def hostile_contracts(cast: Cast) -> Actor:
    people(contracts.contract(own()))
    return cast.officer


def hostile_payments(cast: Cast) -> Actor:
    copies(contracts.payment(own()), reference=once, name_masked=cut(20), contract=lambda *_: None, contract_no=cut(60))
    return cast.officer


def hostile_invoices(cast: Cast) -> Actor:
    copies(contracts.invoice(own()), number=once, name_masked=cut(20), contract=lambda *_: None, contract_no=cut(60))
    return cast.officer


def hostile_accounts(cast: Cast) -> Actor:
    row = funds.account(own())
    copies(
        row,
        institution=one_each(institutions(cast)),
        holder=cut(120),
        number_hash=lambda payload, number: f"{number:064x}",
    )
    return cast.officer


def hostile_agreements(cast: Cast) -> Actor:
    row = funds.agreement(own(), AgreementState.SIGNED)
    ended = {"state": lambda *_: AgreementState.TERMINATED, "ended_on": lambda *_: row.valid_from, "end_reason": text}
    copies(row, institution=one_each(institutions(cast)), account=lambda *_: None, **ended)
    return cast.officer


def hostile_flags(cast: Cast) -> Actor:
    copies(funds.flag(own()), institution=one_each(institutions(cast)), evidence=text)
    return cast.officer


def hostile_exemptions(cast: Cast) -> Actor:
    copies(funds.exemption(own()), institution=one_each(institutions(cast)), reason=text)
    return cast.officer


def hostile_obstacles(cast: Cast) -> Actor:
    copies(funds.obstacle(own()), words=text)
    return cast.officer


def hostile_releases(cast: Cast) -> Actor:
    row = payouts.release(own(), ReleaseState.APPROVED)
    paid = {"state": lambda *_: ReleaseState.PAID, "paid_on": lambda *_: row.up_to, "bank_reference": cut(60)}
    copies(row, **paid, remark=text)
    return cast.officer


def hostile_refunds(cast: Cast) -> Actor:
    row = payouts.refund(own())
    copies(row, contract=one_each(people(row.contract)), reason=text)
    return cast.officer


def hostile_holds(cast: Cast) -> Actor:
    copies(payouts.hold(own()), reason=text)
    return cast.officer


def hostile_files(cast: Cast) -> Actor:
    copies(banking.bank_file(own()), name=cut(120), sha256=lambda payload, number: f"{number:064x}")
    return cast.officer


def hostile_lines(cast: Cast) -> Actor:
    row = banking.bank_line(own())
    copies(row, memo=cut(60), serial=cut(40), identity=lambda payload, number: f"serial:{number + 1}")
    return cast.officer


def hostile_differences(cast: Cast) -> Actor:
    row = banking.difference(own())
    copies(row, key=lambda payload, number: f"line:-{number}", explanation=text)
    return cast.officer


def hostile_alerts(cast: Cast) -> Actor:
    copies(alerts.alert(own()), institution=one_each(institutions(cast)), words=text, remedy=cut(200))
    return cast.officer


def hostile_sets(cast: Cast) -> Actor:
    row = materials.material(own())
    texts = {"title": cut(120), "edition": once, "subject": cut(40), "isbn": cut(20), "author": cut(80)}
    copies(row, **texts, inside_by=cut(60), inside_note=cut(300))
    return cast.officer


def hostile_use_alarms(cast: Cast) -> Actor:
    row = materials.alarm(own())
    named = copies(row.training_class, name=once)
    sets = copies(row.material, title=cut(120), edition=once)
    copies(row, training_class=one_each(named), material=one_each(sets))
    return cast.officer


def hostile_outreach(cast: Cast) -> Actor:
    copies(outreach.told(own()), title=cut(120), place=cut(120), link=text)
    return cast.officer


def hostile_meetings(cast: Cast) -> Actor:
    words = {"organiser": cut(120), "topics": text, "decisions": text}
    copies(outreach.met(own()), title=cut(120), attendees=lambda payload, number: [[text(payload, number), 1]], **words)
    return cast.officer


def hostile_honours(cast: Cast) -> Actor:
    copies(outreach.honoured(own()), title=cut(120), giver=cut(120), document=cut(200))
    return cast.officer


def hostile_runaways(cast: Cast) -> Actor:
    day = alerts.runaway(own())
    copies(
        day, name=cut(120), source=cut(120), words=text, happened_on=lambda _, n: day.happened_on - timedelta(days=n)
    )
    return cast.officer


MONEY: dict[str, tuple[Callable[[Cast], Actor], type]] = {
    "outreach.outreach": (hostile_outreach, Outreach),
    "outreach.meeting": (hostile_meetings, Meeting),
    "outreach.honour": (hostile_honours, Honour),
    "materials.materialset": (hostile_sets, MaterialSet),
    "materials.usealarm": (hostile_use_alarms, UseAlarm),
    "contracts.contract": (hostile_contracts, Contract),
    "contracts.payment": (hostile_payments, Payment),
    "contracts.invoice": (hostile_invoices, Invoice),
    "funds.supervisedaccount": (hostile_accounts, SupervisedAccount),
    "funds.agreement": (hostile_agreements, Agreement),
    "funds.flagevent": (hostile_flags, FlagEvent),
    "funds.exemption": (hostile_exemptions, Exemption),
    "funds.obstacle": (hostile_obstacles, Obstacle),
    "payouts.release": (hostile_releases, Release),
    "payouts.refund": (hostile_refunds, Refund),
    "payouts.hold": (hostile_holds, Hold),
    "banking.bankfile": (hostile_files, BankFile),
    "banking.bankline": (hostile_lines, BankLine),
    "banking.difference": (hostile_differences, Difference),
    "alerts.alert": (hostile_alerts, Alert),
    "alerts.runaway": (hostile_runaways, Runaway),
}
