"""A bank with its clerk, an account and a layout of files; files handed in through the operation."""

from __future__ import annotations

import io
from datetime import datetime

from banking import intake
from banking.models import BankFile, BankProfile
from banking.operations.files import receive_file
from banking.operations.profiles import set_profile
from foundation.core.actor import Actor
from funds.models import Bank, SupervisedAccount
from funds.operations.accounts import open_account
from tests.banking.bank_files import PROFILE
from tests.cast import Cast
from tests.funds.factories import selected
from tests.institutions.factories import AT, institution


def bank_with_layout(cast: Cast, **given) -> Bank:
    """A bank that the own county chose, and how it writes its files."""
    bank = selected(cast.leader, **given)
    set_profile(bank=bank, by=cast.officer, at=AT, **PROFILE)
    return bank


def account(by: Actor, bank: Bank, number: str) -> SupervisedAccount:
    row = institution(by)
    return open_account(institution=row, bank=bank, number=number, holder=row.name, opened_on=AT.date(), by=by, at=AT)


def hand_in(bank: Bank, data: bytes, by: Actor, *, at: datetime = AT, name: str = "日终对账.csv") -> BankFile:
    upload = io.BytesIO(data)
    upload.name = name
    with intake.taking(upload, BankProfile.objects.get(bank=bank)) as taken:
        return receive_file(bank=bank, taken=taken, by=by, at=at)
