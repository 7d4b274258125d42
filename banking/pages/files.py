"""Pages of bank files: handed in, taken out again as they came, and how a bank writes them."""

from __future__ import annotations

from django.contrib import messages

from banking import intake, rules
from banking.enums import FileState
from banking.forms import HandInForm, ProfileForm
from banking.models import BankFile, BankProfile
from banking.operations import files, profiles
from foundation.core.downloads import TakePage
from foundation.core.money import yuan
from foundation.core.pages import OperationPage, contribute
from funds.models import Bank
from inspections.attaching import plain


class HandIn(OperationPage):
    slug, label, kind, per_object = "hand-in", "报送对账文件", "main", False
    form_class = HandInForm
    effect = (
        "整份核对：每个账户的期初余额加明细应等于期末余额，并与已接收的文件接得上。"
        "不符的整份退回，一笔也不入库；重复报送不会重复入库。"
    )

    @staticmethod
    def rule(actor) -> bool:
        return rules.can_hand_in_some(actor)

    def run(self, *, by, at, bank, file):
        with intake.taking(file, bank.profile) as taken:
            row = files.receive_file(bank=bank, taken=taken, by=by, at=at)
        if row.state == FileState.REFUSED:
            messages.error(self.request, f"整份退回：{row.reason}")
        self.done = self.told(row, at)
        return row

    @staticmethod
    def told(row: BankFile, at) -> str:
        if row.state == FileState.REFUSED:
            return "文件已留存备查，没有任何明细入库。请银行更正后重新报送。"
        if row.received_at != at:
            return "这份文件已经接收过，没有重复入库。"
        return f"已接收：{row.accounts}个账户、{row.lines}笔明细，其中新增{row.fresh}笔。"


class TakeFile(TakePage):
    rule = rules.can_take
    what = "对账文件"

    def effect(self) -> str:
        return f"{self.row.bank}报送的原始文件。本次下载会记入操作记录。"

    def fetch(self, *, by, at):
        data = plain(self.row)
        file = files.take_bank_file(file=self.row, by=by, at=at)
        return data, file.name, "application/octet-stream"


class SetProfile(OperationPage):
    """At a bank's page."""

    slug, label = "file-layout", "设定对账文件格式"
    rule = rules.can_set_profile
    form_class = ProfileForm
    effect = "按银行文件里实际的列名填写；以后收到的文件按新格式读取，已接收的不变。"
    done = "已设定。"

    def form_kwargs(self) -> dict:
        known = BankProfile.objects.filter(bank=self.row).first()
        if known is None:
            return super().form_kwargs()
        marks = {"style": known.style, "first": known.first, "last": known.last}
        words = {
            "income_word": known.income,
            "outgo_word": known.outgo,
            "fee_words": "、".join(known.fee_words),
            "interest_words": "、".join(known.interest_words),
            "fee_most_fen": yuan(known.fee_most_fen),
        }
        return {**super().form_kwargs(), "initial": {**known.headings, **marks, **words}}

    def run(self, *, by, at, **_):
        profiles.set_profile(bank=self.row, by=by, at=at, **self.form.facts())
        return self.row


contribute(Bank, SetProfile)
