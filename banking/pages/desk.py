"""The reconciliation desk: differences explained or tied by an officer, days signed by a leader."""

from __future__ import annotations

from banking import expecting, forms, rules, workflow
from banking.enums import OPEN_MEANINGS
from banking.operations import differences
from foundation.core.money import yuan
from foundation.core.pages import BulkOperationPage, OperationPage, StepPage


class TieDifference(OperationPage):
    slug, label, kind = "tie", "认定对应事项", "main"
    form_class = forms.TieForm
    effect = "这笔银行明细记为所选事项，原先的待查记账随即冲正；金额须完全一致。"
    done = "已认定。"

    @staticmethod
    def rule(actor, row) -> bool:
        open_line = row.line is not None and row.line.meaning.means in OPEN_MEANINGS
        return open_line and rules.can_explain_difference(actor, row)

    def form_kwargs(self) -> dict:
        line = self.row.line
        rows = [one for one in expecting.expected_of(self.row.account) if one.fen == line.fen and one.since <= line.day]
        choices = [(one.key, f"{one.means.label} {yuan(abs(one.fen))}元 {one.since}起") for one in rows]
        return {**super().form_kwargs(), "choices": choices}

    def run(self, *, by, at, key):
        return differences.tie_difference(difference=self.row, key=key, by=by, at=at)


class ExplainDifference(StepPage):
    slug, label, step = "explain", "说明差异", workflow.EXPLAIN
    rule = rules.can_explain_difference
    form_class = forms.ExplainForm
    effect = "记账不变；账户的差异全部查清或说明后，恢复核拨。日对账由审核领导另行签认。"
    done = "已说明。"

    def run(self, *, by, at, reason):
        return differences.explain_difference(difference=self.row, reason=reason, by=by, at=at)


class SignDay(StepPage):
    slug, label, kind, step = "sign", "签认", "main", workflow.SIGN
    rule = rules.can_sign
    effect = "确认该账户当日银行余额与账上一致，差异均已说明。之后数据有变的，须重新签认。"
    done = "已签认。"

    def run(self, *, by, at):
        return differences.sign_day(check=self.row, by=by, at=at)


class SignDays(BulkOperationPage):
    slug, label, kind = "sign-many", "批量签认", "main"
    rule = rules.can_sign_some
    effect = "逐户确认当日银行余额与账上一致；还有待查差异的、由您报送文件或说明差异的，不予签认并说明原因。"

    def run_one(self, row, *, by, at):
        return differences.sign_day(check=row, by=by, at=at)
