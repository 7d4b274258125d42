"""Posting: the one way in which money moves in the books.

    post(line=Line(...), by=actor, at=now, checker=None) -> Posted       one call of ``ledger_post``
    post_batch(lines=[Line(...), ...], by=..., at=..., checker=None)     one call of ``ledger_post_batch``, all or none
    reverse_entry(entry=..., happened_on=..., key=..., reason=..., by=..., at=..., checker=None)

``key`` is made and kept by the caller before it posts: the same key with the same request gives the same answer
(``replayed``) however often it comes, with another request it is a Conflict. Whoever posts more than one line in a
transaction uses ``post_batch``: it takes locks in one order, many ``post`` after another do not. An entry is its own
audit fact and its own sealed stream; no ``audit.record`` beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import connection

from foundation.core.actor import Actor
from foundation.core.errors import invalid
from foundation.core.operation import authorize, operation

from .. import rules
from ..enums import CHECKED, Kind
from ..models import Account, Entry, Purse
from ..refusals import Request, refusal

POST = """
SELECT outcome, entry, figures
FROM ledger_post(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s)
"""
BATCH = """
SELECT outcome, line, entries, earlier, figures
FROM ledger_post_batch(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::date[], %s::text[], %s::text[],
  %s::text[], %s::text[], %s::text[], %s, %s, %s, %s, %s, %s::bigint[])
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be posted: of a purse, or of a bank account (``account``) of the institution.

    With a purse, ``account`` is only given when the money lies elsewhere than on the purse's own bank account.
    ``source_kind`` and ``source_number`` name the document that it rests on.
    """

    kind: Kind
    amount_fen: int
    happened_on: date
    key: str
    source_kind: str
    source_number: str
    purse: Purse | None = None
    account: Account | None = None
    reason: str = ""

    def columns(self) -> tuple[object, ...]:
        """Kind, purse, account, amount, day: what the functions take first."""
        purse, account = self.purse and self.purse.pk, self.account and self.account.pk
        return str(self.kind), purse, account, self.amount_fen, self.happened_on

    def request_hash(self, checker: int | None) -> str:
        """What makes two requests the same: everything but who sends it and when."""
        words = [*self.columns()[:4], self.happened_on.isoformat(), self.source_kind, self.source_number, self.reason]
        return sha256(json.dumps([*words, checker]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Posted:
    """``replayed``: this key had been posted before, with the same request; nothing was posted now."""

    entry_id: int
    replayed: bool


@operation
def post(*, line: Line, by: Actor, at: datetime, checker: Actor | None = None) -> Posted:
    """Post one line. Raises NotAllowed; Conflict (the key was used otherwise); InvalidInput with the figures in yuan:
    more than there is, a closed or future day, an unknown purse or account, no second person where one is needed."""
    about = line.purse or line.account
    if about is None:
        raise invalid("purse", "请指明合同资金或银行账户。")
    authorize(by, rules.can_post, about)
    _check(line, by, checker)
    second = checker.user_id if checker else None
    texts = (line.key, line.request_hash(second), line.source_kind, line.source_number, line.reason)
    request = Request(line.kind, line.amount_fen, line.happened_on)
    return _posted([*line.columns(), *texts, *_people(by, checker), at, list(by.scope), None], request)


@operation
def reverse_entry(
    *, entry: Entry, happened_on: date, key: str, reason: str, by: Actor, at: datetime, checker: Actor | None = None
) -> Posted:
    """Take an entry back by another one with debit and credit exchanged; once, and never a reversal.

    Raises as ``post`` does, and Conflict when the entry was reversed.
    """
    authorize(by, rules.can_post, entry)
    if not reason.strip():
        raise invalid("reason", "冲正须写明事由。")
    line = Line(
        Kind(entry.kind), entry.amount_fen, happened_on, key, "ledger.reversal", str(entry.pk), reason=reason.strip()
    )
    _check(line, by, checker)
    second = checker.user_id if checker else None
    texts = (line.key, line.request_hash(second), line.source_kind, line.source_number, line.reason)
    request = Request(line.kind, line.amount_fen, line.happened_on, reversal=True)
    return _posted([*line.columns(), *texts, *_people(by, checker), at, list(by.scope), entry.pk], request)


@operation
def post_batch(*, lines: Sequence[Line], by: Actor, at: datetime, checker: Actor | None = None) -> list[Posted]:
    """Post many lines, all or none, in one call; the answers stand in the order of the lines.

    Whether a purse or account suffices is asked of the sum of its lines. Raises as ``post`` does, and names the line.
    """
    authorize(by, rules.can_post_many)
    if not lines:
        return []
    if len({line.key for line in lines}) != len(lines):
        raise invalid("key", "同一批记账中有重复的幂等键。")
    for line in lines:
        _check(line, by, checker)
    second = checker.user_id if checker else None
    rows = [
        (*line.columns(), line.key, line.request_hash(second), line.source_kind, line.source_number, line.reason)
        for line in lines
    ]
    arrays = [_array(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(BATCH, [*arrays, *_people(by, checker), at, list(by.scope)])
        outcome, number, entries, earlier, figures = cursor.fetchone()
    if outcome != "posted":
        line = lines[number - 1]
        raise refusal(outcome, Request(line.kind, line.amount_fen, line.happened_on, line=number), figures)
    return [Posted(entry, before is not None) for entry, before in zip(entries, earlier, strict=True)]


def _posted(values: list[object], request: Request) -> Posted:
    with connection.cursor() as cursor:
        cursor.execute(POST, values)
        outcome, entry, figures = cursor.fetchone()
    if outcome not in ("posted", "replayed"):
        raise refusal(outcome, request, figures)
    return Posted(entry, outcome == "replayed")


def _check(line: Line, by: Actor, checker: Actor | None) -> None:
    """What need not be asked of the database; its CHECKs say the same."""
    if type(line.amount_fen) is not int or line.amount_fen <= 0:
        raise invalid("amount_fen", "记账金额必须是大于零的整数分。")
    if not line.key or not line.source_kind or not line.source_number:
        raise invalid("key", "分录须写明凭据和幂等键。")
    if line.kind in CHECKED and (checker is None or checker.user_id is None):
        raise invalid("checker", "核拨、退费和退出保证金须经第二人复核。")
    if checker is not None and checker.user_id is not None and checker.user_id == by.user_id:
        raise invalid("checker", "复核人不能是经办人本人。")


def _people(by: Actor, checker: Actor | None) -> tuple[object, ...]:
    return by.user_id, by.name, checker.user_id if checker else None, checker.name if checker else ""


def _array(values: Sequence[object]) -> str:
    """PostgreSQL's text form of an array: one parameter to quote instead of a thousand."""
    return "{" + ",".join("NULL" if value is None else _quoted(str(value)) for value in values) + "}"


def _quoted(text: str) -> str:
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
