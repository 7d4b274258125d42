"""Publishing a decision in words that name no child and no private data, and taking it back when it falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cases import clocks, events, published, rules
from cases.models import Case, Publication, Violation
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.personal import masked_person, personal_in
from foundation.deadlines.enums import Limit


@dataclass(frozen=True, kw_only=True)
class PublicWords:
    """What the public reads of a decision, and until when."""

    party: str
    facts: str
    penalty: str
    basis: str
    until: date


@operation
def publish_decision(*, case: Case, words: PublicWords, by: Actor, at: datetime) -> Publication:
    """Let the public read a decision.

    Raises NotAllowed (not served, published), InvalidInput (personal data, a person by the full name).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_publish, row)
    _refuse_personal(row, words)
    shown = insert(Publication(case=row, published_on=local_date(at), published_by_id=by.user_id, **vars(words)))
    changes = {"until": [None, words.until], "party": [None, words.party]}
    record(events.PUBLISHED, subject=row, by=by, at=at, changes=changes)
    return shown


def _refuse_personal(case: Case, words: PublicWords) -> None:
    for field in ("party", "facts", "penalty", "basis"):
        _refuse_in(field, getattr(words, field), case)
    allowed = masked_person(case.party_name)
    if published.is_person(case) and words.party.strip() not in (allowed, f"{allowed}某"):
        raise invalid("party", f"当事人是自然人的，只写姓氏：{allowed}。", code="personal")


def _refuse_in(field: str, text: str, case: Case) -> None:
    """Numbers of people and full names. Raises InvalidInput."""
    if found := next(personal_in(text), None):
        message = f"公开内容中含有{found.words}，请隐去后再公开。"
        raise InvalidInput(message, code="personal", fields={field: [message]})
    for name in published.persons_of(case):
        if name in text:
            message = f"公开内容中有自然人的全名，请改为“{masked_person(name)}”。"
            raise InvalidInput(message, code="personal", fields={field: [message]})


@operation
def overturn(*, case: Case, on: date, authority: str, by: Actor, at: datetime) -> Case:
    """A court or a superior changed or revoked the decision: what is public has to go within three working days.

    Raises NotAllowed, InvalidInput (no authority, a day to come).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_overturn, row)
    need_words(authority, "authority", "请写明变更或撤销的机关和文号。")
    if on > local_date(at) or on < row.decided_on:
        raise InvalidInput("日期应在决定之日至今天之间。", code="date", fields={"on": ["请检查日期。"]})
    row.overturned_on, row.overturned_by, row.overturned_at = on, authority.strip(), at
    changes = update(row, "overturned_on", "overturned_by", "overturned_at")
    if Publication.objects.filter(case=row, withdrawn_on__isnull=True).exists():
        clocks.start(row, Limit.WITHDRAW_PUBLICATION, since=on, by=by, at=at)
    record(events.OVERTURNED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def withdraw_publication(*, publication: Publication, reason: str, by: Actor, at: datetime) -> Publication:
    """Take a decision off the public pages at once, and say there why.

    Raises NotAllowed, InvalidInput (no reason, personal data in it: the public reads it).
    """
    case = lock(Case, publication.case_id)
    shown = lock(Publication, publication.pk)
    authorize(by, rules.can_withdraw_publication, shown)
    need_words(reason, "reason", "请写明撤下的理由。")
    _refuse_in("reason", reason, case)
    shown.withdrawn_on, shown.withdrawn_because = local_date(at), reason.strip()
    changes = update(shown, "withdrawn_on", "withdrawn_because")
    clocks.meet(case, Limit.WITHDRAW_PUBLICATION, by=by, at=at)
    record(events.UNPUBLISHED, subject=case, by=by, at=at, changes=changes, reason=reason)
    return shown


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The words of a violation from a day on."""

    name: str
    conduct: str
    forbidden_by: str
    punished_by: str
    consequence: str
    competent: str


@operation
def word_violation(*, violation: Violation, wording: Wording, since: date, by: Actor, at: datetime) -> Violation:
    """Give a violation new words from a day on; the words until then stay, and cases keep theirs.

    Raises NotAllowed, InvalidInput (a day not after the present words began).
    """
    authorize(by, rules.can_word_violations)
    row = lock(Violation, violation.pk)
    if since <= row.effective_from or row.effective_to:
        raise invalid("since", "新条款的施行日应晚于现行条款，且只能从现行条款修订。", code="date")
    row.effective_to = date.fromordinal(since.toordinal() - 1)
    update(row, "effective_to")
    new = insert(Violation(code=row.code, effective_from=since, **vars(wording)))
    changes = {key: [getattr(row, key), value] for key, value in vars(wording).items() if getattr(row, key) != value}
    record(events.VIOLATION_WORDED, subject=new, by=by, at=at, changes=changes)
    return new
