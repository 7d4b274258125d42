"""Objects of bank files at the places of the authorization matrix."""

from __future__ import annotations

from itertools import count

from banking.enums import DifferenceKind, FileState, Means
from banking.models import (
    AccountDay,
    BankFile,
    BankLine,
    CallbackKey,
    DayCheck,
    Difference,
    LineMeaning,
    MonthStatement,
)
from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.private_files import digest, write
from foundation.core.sealed_files import sealed_pieces
from funds.models import Bank
from tests.authz.relations import Objects, Place
from tests.funds.placed import account
from tests.funds.placed import bank as chosen_bank

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


def month_statement(place: Place) -> MonthStatement:
    moved = dict.fromkeys(("deposited_fen", "released_fen", "repaid_fen", "other_fen", "frozen_fen"), 0)
    facts = {"month": clock.today().replace(day=1), "opening_fen": 100, "closing_fen": 100, "made_at": clock.now()}
    return MonthStatement.objects.create(account=account(place), **facts, **moved)


def account_day(place: Place) -> AccountDay:
    row = account(place)
    facts = {"day": clock.today(), "opening_fen": 0, "closing_fen": 0, "lines": 0}
    return AccountDay.objects.create(account=row, file=file(row.bank), **facts)


def bank_line(place: Place) -> BankLine:
    row = account(place)
    facts = {"day": clock.today(), "fen": 100, "identity": "serial:1", "content": "0" * 64, "row": 2}
    return BankLine.objects.create(account=row, file=file(row.bank), **facts)


def difference(place: Place) -> Difference:
    line, now = bank_line(place), clock.now()
    LineMeaning.objects.create(line=line, means=Means.UNPOSTED, refusal="余额不足", settled_at=now)
    facts = {"day": line.day, "bank_fen": 100, "effect_fen": 100, "found_at": now, "state_at": now, "due_on": line.day}
    return Difference.objects.create(
        account=line.account, key=f"line:{line.pk}", kind=DifferenceKind.BANK_ONLY, line=line, **facts
    )


def day_check(place: Place) -> DayCheck:
    day = account_day(place)
    facts = {"bank_fen": 0, "books_fen": 0, "listed_fen": 0, "matched": 0, "waiting": 0, "state_at": clock.now()}
    return DayCheck.objects.create(account=day.account, day=day.day, prepared_by=day.file.received_by, **facts)


def bank_with_key(place: Place) -> Bank:
    bank = chosen_bank(place)
    made = {"made_by": User.objects.order_by("pk")[0], "made_at": clock.now()}
    CallbackKey.objects.create(bank=bank, public_id=f"k{next(_files)}", secret="geheim", **made)
    return bank


OBJECTS: dict[str, Objects] = {
    "admin:banking_bankfile": Objects(bank_file),
    "admin:banking_monthstatement": Objects(month_statement, place=True, category=True),
    "admin:banking_accountday": Objects(account_day, place=True, category=True),
    "admin:banking_difference": Objects(difference, place=True, category=True),
    "admin:banking_daycheck": Objects(day_check, place=True, category=True),
    "admin:funds_bank_end-callback-keys": Objects(bank_with_key),
    "admin:banking_bankline": Objects(bank_line, place=True, category=True),
}
