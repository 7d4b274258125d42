"""三方协议: drafted, put on paper, signed with its scan, run out or ended, renewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines.operations.deadlines import cancel_deadline, meet_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from foundation.deadlines.rules import RUN_DEADLINES
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.queries import refuse_second
from funds import attaching, events, notices, rules, workflow
from funds.enums import AgreementState, SupervisionMode
from funds.models import Agreement, AgreementEvent, Bank, FundsFile, SupervisedAccount
from inspections.attaching import Attached
from institutions.models import Institution

#: An agreement is for some years at most; a later end is a slip of the pen.
LONGEST = 5 * 366


@operation
def draft_agreement(
    *,
    institution: Institution,
    bank: Bank,
    mode: str,
    valid_from: date,
    valid_to: date,
    by: Actor,
    at: datetime,
    account: SupervisedAccount | None = None,
    renews: Agreement | None = None,
) -> Agreement:
    """Prepare an agreement of the own bureau, the bank and the institution; nothing holds before it is signed.

    Raises NotAllowed, InvalidInput (a bank that was not chosen here, an account that is another's or lies elsewhere,
    an end before the beginning), Conflict (already renewed).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_keep, row)
    if not Bank.objects.serving(row.jurisdiction).filter(pk=bank.pk).exists():
        raise invalid("bank", "该银行不是本地入选的监管银行。")
    if account is not None and (account.institution_id, account.bank_id) != (row.pk, bank.pk):
        raise invalid("account", "监管账户应是该机构在这家银行的账户。")
    if not 0 <= (valid_to - valid_from).days < LONGEST:
        raise invalid("valid_to", "有效期止不能早于有效期起，最长五年。")
    parties = {"institution": row, "organ_id": by.organ_id, "bank": bank, "account": account, "renews": renews}
    terms = {"mode": mode, "valid_from": valid_from, "valid_to": valid_to}
    agreement = insert(Agreement(**parties, **terms, state_at=at, drafted_by_id=by.user_id, drafted_at=at))
    changes = {name: [None, value] for name, value in terms.items()} | {"bank": [None, bank.name]}
    record(events.AGREEMENT_DRAFTED, subject=agreement, by=by, at=at, changes=changes)
    return agreement


@operation
def renew_agreement(*, agreement: Agreement, valid_to: date, by: Actor, at: datetime) -> Agreement:
    """Prepare the agreement that follows from the day after; once. Raises NotAllowed, Conflict, InvalidInput."""
    row = lock(Agreement, agreement.pk)
    authorize(by, rules.can_keep, row.institution)
    if row.state not in (AgreementState.SIGNED, AgreementState.EXPIRED) or hasattr(row, "renewal"):
        raise Conflict("只有已签署或已到期、尚未续签的协议可以续签。", code="not_renewable")
    terms = {"mode": row.mode, "valid_from": row.valid_to + timedelta(days=1), "valid_to": valid_to}
    parties = {"institution": row.institution, "bank": row.bank, "account": row.account}
    return draft_agreement(renews=row, **parties, **terms, by=by, at=at)


@operation
def issue_agreement_paper(*, agreement: Agreement, clauses: Sequence[str], by: Actor, at: datetime) -> Document:
    """Number the text for the three to sign; of the account number only the last four are printed.

    Raises NotAllowed, Conflict (no draft, or there is a valid paper), InvalidInput (no clauses).
    """
    row = lock(Agreement, agreement.pk)
    authorize(by, rules.can_keep, row.institution)
    if row.state != AgreementState.DRAFTED:
        raise Conflict("只有拟定中的协议可以出具文本。", code="not_drafted")
    refuse_second(row, DocumentKind.TRIPARTITE)
    document = issue_document(
        kind=DocumentKind.TRIPARTITE, organ=row.organ, fields=_printed(row, clauses), subject=row, by=by, at=at
    )
    record(events.AGREEMENT_ISSUED, subject=row, by=by, at=at, changes={"document": [None, document.number]})
    return document


def _printed(row: Agreement, clauses: Sequence[str]) -> dict[str, object]:
    party, account = row.institution, row.account
    return {
        "party_name": party.name,
        "party_code": party.credit_code or "",
        "party_address": party.address,
        "legal_person": party.legal_person,
        "bureau": row.organ.name,
        "bank": row.bank.name,
        "account_name": account.holder if account else "",
        "account_no": f"尾号{account.number_tail}，全号由丙方填写" if account else "",
        "mode": SupervisionMode(row.mode).label,
        "clauses": list(clauses),
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


@operation
def sign_agreement(
    *, agreement: Agreement, signed_on: date, files: Sequence[Attached], by: Actor, at: datetime
) -> Agreement:
    """Keep the scan of what all three have signed; the agreement holds in its days, and its clock runs to the last.

    Raises NotAllowed, IllegalTransition, InvalidInput (no scan, a day to come, another signed one in these days).
    """
    row = lock(Agreement, agreement.pk)
    authorize(by, rules.can_keep, row.institution)
    if not files:
        raise invalid("files", "请上传三方签署后的扫描件。")
    if signed_on > local_date(at):
        raise invalid("signed_on", "签署日期不能晚于今天。")
    fields = advance(row, workflow.SIGN, at=at)
    row.signed_on = signed_on
    changes = update(row, *fields, "signed_on") | attaching.keep(files, beside=row, by=by, at=at)
    insert(AgreementEvent(agreement=row, state=row.state, effective_on=row.valid_from, recorded_at=at))
    if row.renews is not None:
        for deadline in open_clocks_of(row.renews):
            meet_deadline(deadline=deadline, by=_keeper(by, row), at=at)
    _start_clock(row, by, at)
    record(events.AGREEMENT_SIGNED, subject=row, by=by, at=at, changes=changes)
    return row


def _start_clock(row: Agreement, by: Actor, at: datetime) -> None:
    place = row.institution
    start_deadline(
        subject=row,
        code=notices.AGREEMENT_CLOCK,
        started_on=local_date(at),
        due_on=row.valid_to,
        title="三方协议到期续签",
        url=reverse("admin:funds_agreement_change", args=[row.pk]),
        capability=Can.KEEP_FUNDS,
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        by=_keeper(by, row),
        at=at,
    )


def _keeper(by: Actor, row: Agreement) -> Actor:
    """The same person, allowed to run the agreement's clock: the calling operation's rule has decided that already."""
    return by.allowed(RUN_DEADLINES, scope=frozenset({row.institution.jurisdiction_id}))


@operation
def expire_agreement(*, agreement: Agreement, by: Actor, at: datetime) -> Agreement:
    """After its last day an agreement has run out; its clock runs on until it is renewed. For the portal's job.

    Raises NotAllowed, IllegalTransition, Conflict (its last day is not over).
    """
    row = lock(Agreement, agreement.pk)
    authorize(by, rules.can_expire)
    if row.valid_to >= local_date(at):
        raise Conflict("协议尚未到期。", code="not_over")
    fields = advance(row, workflow.EXPIRE, at=at)
    changes = update(row, *fields)
    over_on = row.valid_to + timedelta(days=1)
    insert(AgreementEvent(agreement=row, state=row.state, effective_on=over_on, recorded_at=at, reason="期满"))
    record(events.AGREEMENT_EXPIRED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def terminate_agreement(*, agreement: Agreement, ended_on: date, reason: str, by: Actor, at: datetime) -> Agreement:
    """End an agreement before its last day, or give up a draft. Raises NotAllowed, IllegalTransition, InvalidInput."""
    row = lock(Agreement, agreement.pk)
    authorize(by, rules.can_keep, row.institution)
    need_words(reason, "reason", "请填写终止理由。")
    if ended_on > local_date(at):
        raise invalid("ended_on", "终止日期不能晚于今天。")
    signed = row.state == AgreementState.SIGNED
    if signed and ended_on < row.valid_from:
        raise invalid("ended_on", f"终止日期不能早于有效期起{row.valid_from}。")
    fields = advance(row, workflow.TERMINATE, at=at)
    row.ended_on, row.end_reason = ended_on, reason.strip()
    changes = update(row, *fields, "ended_on", "end_reason")
    if signed:
        insert(AgreementEvent(agreement=row, state=row.state, effective_on=ended_on, recorded_at=at, reason=reason))
        for deadline in open_clocks_of(row):
            cancel_deadline(deadline=deadline, reason=reason, by=_keeper(by, row), at=at)
    record(events.AGREEMENT_ENDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def take_funds_file(*, file: FundsFile, by: Actor, at: datetime) -> FundsFile:
    """Note that a scan is taken out. Raises NotAllowed."""
    authorize(by, rules.can_take_file, file)
    changes = {"file": [None, {"name": file.filename, "sha256": file.sha256}]}
    record(events.FILE_TAKEN, subject=file, by=by, at=at, changes=changes)
    return file
