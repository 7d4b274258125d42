"""缴费凭证 on paper: what was paid, where it lies, and the proof that anybody can check against the day's root."""

from __future__ import annotations

import json
from pathlib import Path

from django.urls import reverse

from contracts.models import Payment
from foundation.core.clock import today
from foundation.core.money import yuan
from foundation.documents.rendering import drawn, public_url, qr_svg
from foundation.documents.templates import cn_date
from funds.models import SupervisedAccount
from ledger.models import Entry
from ledger.proofs import receipt

LAYOUT = Path(__file__).parent / "layouts" / "receipt.typ"


def proof_text(entry: Entry) -> str | None:
    """The proof as text whose lines are short enough to be printed and copied whole; None until its day has a root."""
    proof = receipt(entry)
    return json.dumps(proof, ensure_ascii=False, indent=0) if proof is not None else None


def _account(entry: Entry) -> str:
    """Bank and last digits of the special account on which the money lies (``books.open_money`` names it)."""
    number = entry.purse.custody.number.removeprefix("account:")
    account = SupervisedAccount.objects.filter(pk=number).select_related("bank").first()
    return f"{account.bank} 尾号{account.number_tail}" if account is not None else ""


def receipt_pdf(payment: Payment, entry: Entry) -> bytes | None:
    """One A4 page, more where the proof is long; None until the day has a root."""
    text = proof_text(entry)
    if text is None or payment.contract is None:
        return None
    proof = json.loads(text)
    page = public_url(reverse("publicity:ledger_receipt"))
    paper = {
        "facts": [
            ("培训机构", payment.institution.name),
            ("合同编号", payment.contract.number),
            ("课程", payment.contract.course_name),
            ("缴费金额", f"{yuan(payment.amount_fen)}元"),
            ("缴费日期", cn_date(payment.paid_on)),
            ("收据号（流水号）", payment.reference),
            ("存入监管专户", f"{cn_date(entry.happened_on)} {_account(entry)}"),
            ("账簿编号", f"第{proof['no']}号"),
        ],
        "day": cn_date(proof["day"]),
        "root": proof["root"],
        "proof": text,
        "page": page,
        "qr": qr_svg(page),
        "printed_on": cn_date(today()),
    }
    return drawn(LAYOUT, paper)
