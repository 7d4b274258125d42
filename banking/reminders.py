"""What is reminded of in reconciliation: differences to be explained, banks that hand in no files (R12)."""

from __future__ import annotations

from datetime import date, time

from django.db.models import QuerySet
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.deadlines.calendars import WorkingCalendar
from foundation.notifications.clocks import remind_of_clocks
from foundation.notifications.daily import declare
from foundation.notifications.recipients import people_in, people_who_can
from foundation.notifications.registry import Reminder, Words
from funds.models import Bank

from . import notices, queries, rules
from .clocks import CODE


def _recipients(bank: Bank, on: date) -> set[int]:
    """Its clerks, those who keep funds, and those who chose it."""
    bureau = people_who_can(Can.KEEP_FUNDS, jurisdiction_id=bank.jurisdiction_id, on=on)
    chooser = people_who_can(Can.SELECT_BANKS, jurisdiction_id=bank.jurisdiction_id, on=on, own_level=True)
    clerks = people_in(bank.organ_id, Can.BANK_DESK, on=on) if bank.organ_id else []
    return {*bureau, *chooser, *clerks}


def _banks(until: date) -> QuerySet[Bank]:
    return Bank.objects.filter(profile__isnull=False)


def _stage(bank: Bank, on: date, along: WorkingCalendar) -> str:
    """The day since which files are missing: told once for each."""
    behind = queries.behind(bank, on=on, along=along)
    return behind[0].isoformat() if behind else ""


def _words(bank: Bank, on: date, along: WorkingCalendar) -> Words | None:
    behind = queries.behind(bank, on=on, along=along)
    if behind is None:
        return None
    since, accounts = behind
    return Words(
        title=f"{bank}：{accounts}个监管账户自{since}起没有对账文件",
        url=reverse("admin:banking_bankfile_changelist"),
        to=lambda: _recipients(bank, on),
    )


remind_of_clocks("banking.difference", "查清对账差异", codes=(CODE,), who="机构所在地的资金监管人员，无人则上级")
declare(
    Reminder(
        code="banking.file_missing",
        label="银行对账文件未报",
        notice=notices.FILE_MISSING,
        when=f"对账文件迟{queries.MISSING_AFTER}个工作日以上，每次中断提醒一次",
        who="银行经办人、资金监管人员、选定银行的人",
        at=time(8, 40),
        rows=_banks,
        stage=_stage,
        words=_words,
        seen_by=rules.can_view,
        unless="届时仍未报送的",
    )
)
