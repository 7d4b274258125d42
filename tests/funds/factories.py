"""Banks, accounts and the rest of fund supervision for tests, made through the operations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from funds.attaching import taking
from funds.enums import BankStatus, ExemptionKind, Flag, ObstacleKind, SupervisionMode
from funds.models import Agreement, Bank, BankStatusEvent, Exemption, Obstacle, SupervisedAccount
from funds.operations.accounts import open_account
from funds.operations.agreements import draft_agreement, sign_agreement
from funds.operations.banks import add_bank, set_bank_status
from funds.operations.flags import set_flags
from funds.operations.obstacles import open_obstacle
from funds.operations.proposals import approve_proposal, propose_exemption
from institutions.models import Institution
from tests.inspections.crafting import pdf
from tests.institutions.factories import AT

DAY = AT.date()
_numbers = count(1)


def bank(by: Actor, *, at: datetime = AT, name: str = "", **given) -> Bank:
    """A candidate of the actor's own bureau."""
    return add_bank(name=name or f"测试银行第{next(_numbers)}支行", by=by, at=at, **given)


def selected(by: Actor, *, at: datetime = AT, organ: Organ | None = None, **given) -> Bank:
    """A bank that the actor's bureau has chosen."""
    row = bank(by, at=at, organ=organ, **given)
    return choose(row, by, at=at)


def choose(row: Bank, by: Actor, *, on: date | None = None, at: datetime = AT) -> Bank:
    words = {"reason": "公开遴选第一名", "basis": "遴选结果通知〔2026〕1号"}
    return set_bank_status(bank=row, status=BankStatus.SELECTED, effective_on=on or at.date(), by=by, at=at, **words)


def number() -> str:
    """An account number that no other account of the test has."""
    return f"6210000000{next(_numbers):08d}"


def bank_of(county: str, *, organ: Organ | None = None) -> Bank:
    """A chosen bank of a county's own bureau, as a row."""
    place = Jurisdiction.objects.get(code=county)
    row = Bank.objects.create(
        jurisdiction=place,
        name=f"{place}监管银行{next(_numbers)}",
        organ=organ,
        status=BankStatus.SELECTED,
        added_at=AT,
    )
    event = {"status": row.status, "effective_on": DAY, "recorded_at": AT, "reason": "遴选"}
    BankStatusEvent.objects.create(bank=row, **event)
    return row


def opened(
    row: Institution, by: Actor, *, bank: Bank | None = None, on: date = DAY, at: datetime = AT, **given
) -> SupervisedAccount:
    """The institution's special account, at a chosen bank of its county."""
    facts = {"bank": bank or bank_of(row.jurisdiction.code), "number": number(), "holder": row.name, "opened_on": on}
    return open_account(institution=row, by=by, at=at, **(facts | given))


def exempted(row: Institution, by: Actor, leader: Actor, *, days: int = 200, at: datetime = AT) -> Exemption:
    """Asked for by one and agreed to by another, from the first day on."""
    asked = {
        "kind": ExemptionKind.PAY_AFTER,
        "from_on": DAY,
        "until_on": DAY + timedelta(days=days),
        "reason": "按次付费",
    }
    return approve_proposal(proposal=propose_exemption(institution=row, by=by, at=at, **asked), by=leader, at=at)


def scan(name: str = "三方协议扫描件.pdf", *, tail: bytes = b"") -> SimpleUploadedFile:
    """An honest PDF; another ``tail`` makes it another file."""
    return SimpleUploadedFile(name, pdf(tail=tail))


def agreed(row: Institution, by: Actor, *, bank: Bank | None = None, days: int = 365, **given) -> Agreement:
    """A draft from the first day on."""
    terms = {"mode": SupervisionMode.BY_LESSON, "valid_from": DAY, "valid_to": DAY + timedelta(days=days), "at": AT}
    return draft_agreement(institution=row, bank=bank or bank_of(row.jurisdiction.code), by=by, **(terms | given))


def signed(row: Institution, by: Actor, *, at: datetime = AT, tail: bytes = b"", **given) -> Agreement:
    """Signed with its scan; the files need ``private_media``."""
    draft = agreed(row, by, at=at, **given)
    with taking([scan(tail=tail)]) as files:
        return sign_agreement(agreement=draft, signed_on=at.date(), files=files, by=by, at=at)


def ready(row: Institution, by: Actor, *flags: Flag, on: date = DAY, at: datetime = AT, **given) -> Institution:
    """With an account since a month, and these flags (all of them if none is named) since a day."""
    opened(row, by, on=on - timedelta(days=30), at=at, **given)
    set_flags(institution=row, flags=flags or list(Flag), effective_on=on, evidence="开户回执及平台截图", by=by, at=at)
    return row


def obstacle(by: Actor, **given) -> Obstacle:
    """An open one of the actor's county, to be solved by the actor in twenty days."""
    facts = {"kind": ObstacleKind.OTHER_BANK, "words": "开户行系统尚未接入", "found_on": DAY}
    facts |= {"owner": User.objects.get(pk=by.user_id), "due_on": DAY + timedelta(days=20), "at": AT}
    return open_obstacle(by=by, **(facts | given))
