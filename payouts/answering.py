"""家长查询: what a guardian reads with the code of its slip, and says about lessons; no account, no child's name.

The slip is given to whoever signed the contract. The page shows the contract's money as the books have it now, the
progress of its refunds, and asks about each consumption that waits; who says nothing until its day has agreed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from contracts.models import Contract
from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, Words, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import local_date, today
from foundation.core.money import yuan
from foundation.deadlines.queries import open_clocks_of
from ledger.queries import balance

from . import queries, rules
from .enums import MONEY_LINK, ConsumptionState, RefundState
from .models import Consumption, ContractPurse, Refund
from .operations.lessons import answer_by_link

#: So many are asked about at a time, the oldest first.
ASKED_AT_ONCE = 12
TRUE, FALSE = "true", "false"
WORDS = Words("确认消课", "已经确认或有异议的消课", "还没有。")


class LessonsForm(forms.Form):
    """One question for each consumption that waits, and words for those that were otherwise."""

    def __init__(self, *given: Any, waiting: Sequence[Consumption]) -> None:
        super().__init__(*given)
        for row in waiting:
            self.fields[f"reply{row.pk}"] = forms.ChoiceField(
                label=told(row), choices=[("", "以后再说"), (TRUE, "属实"), (FALSE, "有异议")], required=False
            )
        self.fields["text"] = forms.CharField(
            label="异议的情况(没有异议不用填)", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        replies = {int(name[5:]): reply for name, reply in given.items() if name.startswith("reply") and reply}
        if not replies:
            raise forms.ValidationError("请至少对一笔消课选择“属实”或“有异议”。")
        if FALSE in replies.values() and not given.get("text", "").strip():
            self.add_error("text", "请写明哪一次课、实际情况是什么。")
        return {"replies": {pk: reply == TRUE for pk, reply in replies.items()}, "text": given.get("text", "")}


def told(row: Consumption) -> str:
    days = f"{row.first_on}" if row.first_on == row.last_on else f"{row.first_on}至{row.last_on}"
    return f"{days} {row.lessons}课时 {yuan(row.amount_fen)}元"


class MoneyAnswer(Purpose):
    """The contract's money: read until some months after its end, answered while lessons wait."""

    code, model, rule = MONEY_LINK, Contract, rules.can_keep
    AFTER = timedelta(days=90)

    def last_day(self, subject: Contract) -> date | None:
        """As long as a refund may still be under way; none before the first fee lies on the special account."""
        there = subject.voided_at is None and ContractPurse.objects.filter(contract=subject).exists()
        return max(subject.ends_on, today()) + max(self.AFTER, GRACE) if there else None

    def asks(self, subject: Contract) -> bool:
        return self.last_day(subject) is not None

    def closed(self, subject: Contract) -> str:
        return (
            ""
            if queries.waiting(subject).exists()
            else "现在没有需要您确认的消课。有新的消课时，在本页确认或提出异议。"
        )

    def form(self, subject: Contract, *given: Any) -> forms.Form:
        return LessonsForm(*given, waiting=list(queries.waiting(subject)[:ASKED_AT_ONCE]))

    def shown(self, subject: Contract) -> Shown:
        now = balance(ContractPurse.objects.get(contract=subject).purse_id)
        waiting = list(queries.waiting(subject))
        last = queries.last_days(waiting)
        return Shown(
            title="预收费资金查询",
            party=f"{subject.institution.name} {subject}",
            state=subject.get_state_display(),
            tone="notice" if waiting else "ok",
            explained="下面的数字取自监管账簿，随时更新。对消课有异议的，请在期限内提出；到期没有提出的，视为已确认。"
            if waiting
            else "下面的数字取自监管账簿，随时更新。",
            lines=[
                ("课程", subject.course_name),
                ("已缴费", f"{yuan(now.deposited)}元"),
                ("已上课（已确认）", f"{yuan(now.consumed)}元"),
                ("还没有上课", f"{yuan(now.unused)}元"),
                ("应在监管专户的余额", f"{yuan(now.at_bank)}元"),
                *(("待确认消课", f"{told(row)}，{last[row.pk]}（含当日）前可提异议") for row in waiting),
                *(("退费", _progress(row)) for row in subject.refunds.order_by("-asked_on", "-pk")),
            ],
            said=[_said(row) for row in queries.spoken_of(subject)[:ASKED_AT_ONCE]],
            words=WORDS,
        )

    def send(self, *, code: str, at: datetime, photos: Sequence[Any], **answers: Any) -> None:
        answer_by_link(code=code, by=ANONYMOUS, at=at, **answers)


def _progress(row: Refund) -> str:
    """Where a refund stands, and until when the next step is due; overdue in words, not in colour alone."""
    parts = [f"{row.asked_on}申请{yuan(row.asked_fen)}元", row.get_state_display()]
    if row.agreed_fen is not None:
        parts.append(f"同意{yuan(row.agreed_fen)}元")
    if row.state == RefundState.PAID:
        parts.append(f"{row.paid_on}退回原支付账户")
    for clock in open_clocks_of(row):
        late = "，已逾期，请与经办人联系" if clock.due_on < today() else ""
        parts.append(f"{clock.title}期限{clock.due_on}{late}")
    return "；".join(parts)


def _said(row: Consumption) -> Said:
    how = row.get_confirmed_by_display() if row.state == ConsumptionState.CONFIRMED else row.get_state_display()
    entered = row.state == ConsumptionState.CONFIRMED and not row.by_link
    return Said(local_date(row.state_at), how, told(row), 0, entered)


MONEY = declare(MoneyAnswer())
