"""What is known of one institution on one day, as plain values: the rules read nothing else, wherever it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Ref:
    """A row on which a figure rests: ``app.model``, its id, and how to call it."""

    model: str
    pk: int
    label: str


@dataclass(frozen=True, slots=True)
class Day:
    """What moved on one day, in fen; ``opening_fen`` is what the bank had when it began, None where no bank said."""

    on: date
    income_fen: int = 0
    outflow_fen: int = 0
    largest_fen: int = 0
    opening_fen: int | None = None
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class RefundWish:
    """A refund that a guardian asked for, with the last days for answer and payment; ``ended_on`` when it is over."""

    asked_on: date
    answer_due: date | None
    answered_on: date | None
    pay_due: date | None
    ended_on: date | None
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that somebody reported or that happened on a day; ``grave``: closed or unreachable, door shut."""

    on: date
    words: str
    grave: bool = False
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Expiry:
    what: str
    until_on: date
    ref: Ref | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All lists are oldest first and end with ``on``; ``days`` has no gaps.

    What has no data source is empty, None or zero: no rule fires for it.
    """

    on: date
    days: Sequence[Day] = ()
    balance_fen: int | None = None
    balance_ref: Ref | None = None
    unused_fen: int = 0
    in_custody: bool = True
    guarantee_fen: int = 0
    guarantee_minimum_fen: int = 0
    last_lesson_on: date | None = None
    idle_days: int = 0  # days since the last lesson that are no declared holidays
    lesson_ref: Ref | None = None
    refunds: Sequence[RefundWish] = ()
    learners: int = 0
    season_percent: int = 100  # what all of the county took in, of what it usually takes in
    complaints: Sequence[Incident] = ()
    reports: Sequence[Incident] = ()
    changes: Sequence[Incident] = ()
    visits: Sequence[Incident] = ()
    expiries: Sequence[Expiry] = ()
    file_known_to: date | None = None
    file_late_days: int = 0  # working days beyond the last day of which the bank spoke
    file_ref: Ref | None = None
    red_relatives: Sequence[Incident] = ()
