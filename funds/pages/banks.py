"""Pages of the directory of banks."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from funds import rules, workflow
from funds.enums import BankStatus
from funds.forms import banks as forms
from funds.operations import banks


class AddBank(OperationPage):
    slug, label, kind, per_object = "add", "登记银行", "main", False
    rule = rules.can_add_bank
    form_class = forms.AddBankForm
    effect = "银行将以“候选”列入本单位的监管银行名录。"
    done = "已登记为候选银行。"

    def run(self, *, by, at, **facts):
        return banks.add_bank(by=by, at=at, **facts)


class ChangeBank(OperationPage):
    slug, label = "edit", "变更资料"
    rule = rules.can_change_bank
    form_class = forms.BankForm

    def form_kwargs(self) -> dict:
        known = {name: getattr(self.row, name) for name in banks.FACTS}
        return {**super().form_kwargs(), "initial": known}

    def run(self, *, by, at, **facts):
        return banks.change_bank(bank=self.row, by=by, at=at, **facts)


class SetBankStatus(OperationPage):
    slug, label, kind = "status", "变更遴选状态", "main"
    rule = rules.can_select_bank
    form_class = forms.BankStatusForm
    effect = "遴选状态的每次变化连同理由和依据文件保留；只有入选银行可以新开监管账户。"
    done = "已变更遴选状态。"

    def form_kwargs(self) -> dict:
        after = workflow.BANK_STEPS[BankStatus(self.row.status)]
        return {"choices": [(one.value, one.label) for one in BankStatus if one in after]}

    def run(self, *, by, at, **facts):
        return banks.set_bank_status(bank=self.row, by=by, at=at, **facts)
