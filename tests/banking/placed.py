"""Objects of bank files at the places of the authorization matrix."""

from __future__ import annotations

from itertools import count

from banking.enums import FileState
from banking.models import AccountDay, BankFile, BankLine
from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.private_files import digest, write
from foundation.core.sealed_files import sealed_pieces
from funds.models import Bank
from tests.authz.relations import Objects, Place
from tests.funds.placed import account

_files = count(1)


def file(bank: Bank) -> BankFile:
    data, path = f"对账文件{next(_files)}".encode(), f"bank-files/{next(_files)}.sealed"
    kept, today = write(path, sealed_pieces(data, path=path)), clock.today()
    return BankFile.objects.create(
        bank=bank, name="日终对账", path=path, sealed_sha256=kept.sha256, sha256=digest(data), size=len(data),
        received_by=User.objects.order_by("pk")[0], received_at=clock.now(), state=FileState.ACCEPTED,
        first_on=today, last_on=today,
    )  # fmt: skip


def bank_file(place: Place) -> BankFile:
    return file(account(place).bank)


def account_day(place: Place) -> AccountDay:
    row = account(place)
    facts = {"day": clock.today(), "opening_fen": 0, "closing_fen": 0, "lines": 0}
    return AccountDay.objects.create(account=row, file=file(row.bank), **facts)


def bank_line(place: Place) -> BankLine:
    row = account(place)
    facts = {"day": clock.today(), "fen": 100, "identity": "serial:1", "content": "0" * 64, "row": 2}
    return BankLine.objects.create(account=row, file=file(row.bank), **facts)


OBJECTS: dict[str, Objects] = {
    "admin:banking_bankfile": Objects(bank_file),
    "admin:banking_accountday": Objects(account_day, place=True, category=True),
    "admin:banking_bankline": Objects(bank_line, place=True, category=True),
}
