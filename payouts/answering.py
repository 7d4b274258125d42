"""家长查询: what a guardian reads with the code of its slip or phone, and says; no account, no child's name.

The slip is given to whoever signed the contract; who has lost it comes by receipt number and phone. The page shows the
contract's money as the books have it now, where its refunds stand, each fee with its receipt, and asks about each
consumption that waits; who says nothing until its day has agreed. A refund is asked for here too.
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
from foundation.core.forms import MoneyField
from foundation.core.money import yuan
from foundation.documents.templates import cn_date
from ledger.queries import balance

from . import queries, rules
from .doors import opened_by_phone
from .enums import ENDED, MONEY_LINK, ConsumptionState
from .models import Consumption, ContractPurse
from .operations.lessons import answer_by_link
from .operations.refunds import ask_by_link
from .printing import proof_text, receipt_pdf
from .telling import fees, progress

#: So many are asked about at a time, the oldest first.
ASKED_AT_ONCE = 12
TRUE, FALSE = "true", "false"
#: Which of the page's two forms was sent.
REFUND = "refund"
WORDS = Words("确认消课", "已经确认或有异议的消课", "还没有。")


class LessonsForm(forms.Form):
    """One question for each consumption that waits, and words for those that were otherwise."""

    def __init__(self, *given: Any, waiting: Sequence[Consumption]) -> None:
        super().__init__(*given)
        last = queries.last_days(waiting)
        for row in waiting:
            until = f"{cn_date(last[row.pk])}（含当日）前" if row.pk in last else "随时"
            label = f"{told(row)}，{until}可提异议"
            self.fields[f"reply{row.pk}"] = forms.ChoiceField(
                label=label, choices=[("", "以后再说"), (TRUE, "属实"), (FALSE, "有异议")], required=False
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


class WishForm(forms.Form):
    """What is asked back."""

    amount_fen = MoneyField(label="申请退多少元", error_messages={"required": "请填写申请退的金额。"})
    reason = forms.CharField(
        label="为什么退",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明为什么退。"},
    )


def told(row: Consumption) -> str:
    first, last = cn_date(row.first_on), cn_date(row.last_on)
    days = first if first == last else f"{first}至{last}"
    return f"{days} {row.lessons}课时 {yuan(row.amount_fen)}元"


class MoneyAnswer(Purpose):
    """The contract's money: read until some months after its end, answered while lessons wait."""

    code, model, rule = MONEY_LINK, Contract, rules.can_keep
    template = "public/money.html"
    AFTER = timedelta(days=90)

    def last_day(self, subject: Contract) -> date | None:
        """As long as a refund may still be under way; none before the first fee lies on the special account."""
        there = subject.voided_at is None and ContractPurse.objects.filter(contract=subject).exists()
        return max(subject.ends_on, today()) + max(self.AFTER, GRACE) if there else None

    def asks(self, subject: Contract) -> bool:
        return self.last_day(subject) is not None

    def opened_otherwise(self, code: str, *, at: datetime) -> int | None:
        return opened_by_phone(code, at=at)

    def closed(self, subject: Contract) -> str:
        return (
            ""
            if queries.waiting(subject).exists()
            else "现在没有需要您确认的消课。有新的消课时，在本页确认或提出异议。"
        )

    def form(self, subject: Contract, *given: Any) -> forms.Form:
        """Of the two forms of the page the one that was sent."""
        if given and given[0].get("about") == REFUND:
            return WishForm(*given)
        return LessonsForm(*given, waiting=list(queries.waiting(subject)[:ASKED_AT_ONCE]))

    def shown(self, subject: Contract) -> Shown:
        now = balance(ContractPurse.objects.get(contract=subject).purse_id)
        waiting = list(queries.waiting(subject))
        return Shown(
            title="预收费资金查询",
            party=f"{subject.institution.name} {subject}",
            state=subject.get_state_display(),
            tone="notice" if waiting else "ok",
            explained=f"有{len(waiting)}笔消课等您确认。对消课有异议的，请在期限内提出；写明期限的到期没有提出，视为已确认。"
            if waiting
            else "下面的数字取自监管账簿，随时更新。",
            lines=[
                ("课程", subject.course_name),
                ("已缴费", f"{yuan(now.deposited)}元"),
                ("已上课（已确认）", f"{yuan(now.consumed)}元"),
                *([("已核定退费", f"{yuan(now.refunded)}元")] if now.refunded else []),
                ("还没有上课", f"{yuan(now.unused)}元"),
                ("应在监管专户的余额", f"{yuan(now.at_bank)}元"),
            ],
            said=[_said(row) for row in queries.spoken_of(subject)[:ASKED_AT_ONCE]],
            words=WORDS,
        )

    def more(self, subject: Contract, form: forms.Form) -> dict[str, Any]:
        rows = [progress(row) for row in subject.refunds.order_by("-asked_on", "-pk")]
        under_way = any(one.row.state not in ENDED for one in rows)
        left = balance(ContractPurse.objects.get(contract=subject).purse_id).unused
        wished = isinstance(form, WishForm)
        return {
            "fees": fees(subject),
            "refunds": rows,
            "lessons": self.form(subject) if wished else form,
            "wish": form if wished and form.errors else WishForm() if left > 0 and not under_way else None,
            "most": yuan(left),
            "home": subject.institution.name,
            "contract": str(subject),
        }

    def file(self, subject: Contract, wanted: str) -> tuple[str, bytes, str] | None:
        """``receipt:7`` as PDF or ``proof:7`` as JSON, of one of the contract's own payments."""
        kind, _, number = wanted.partition(":")
        fee = next((one for one in fees(subject) if str(one.row.pk) == number and one.has_receipt), None)
        if fee is None or fee.entry is None:
            return None
        if kind == "receipt" and (pdf := receipt_pdf(fee.row, fee.entry)):
            return f"pingzheng-{number}.pdf", pdf, "application/pdf"
        if kind == "proof" and (text := proof_text(fee.entry)):
            return f"receipt-{number}.json", text.encode(), "application/json"
        return None

    def send(self, *, code: str, at: datetime, photos: Sequence[Any], **answers: Any) -> None:
        take = ask_by_link if "amount_fen" in answers else answer_by_link
        take(code=code, by=ANONYMOUS, at=at, **answers)


def _said(row: Consumption) -> Said:
    how = row.get_confirmed_by_display() if row.state == ConsumptionState.CONFIRMED else row.get_state_display()
    entered = row.state == ConsumptionState.CONFIRMED and not row.by_link
    return Said(local_date(row.state_at), how, told(row), 0, entered)


MONEY = declare(MoneyAnswer())
