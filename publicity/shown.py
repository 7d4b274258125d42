"""What the public may see: frozen values with public fields only. Templates, JSON and CSV get these, never a model.

Whoever adds a field here publishes it. Names of people appear as 陈**, telephones only where a bureau or an institution
publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Verdict:
    """The answer in one word and one sentence. ``tone`` is ok, notice, bad or black; ``may_pay`` is the advice."""

    word: str
    tone: str
    sentence: str
    may_pay: bool


@dataclass(frozen=True)
class Row:
    """One institution in the directory or on a list; ``href`` is the path of its page."""

    public_id: str
    href: str
    name: str
    trade_name: str
    county: str
    county_code: str
    category: str
    stages: str
    legal_type: str
    address: str
    credit_code: str
    permit_until: date | None
    has_permit: bool
    bank: str
    account_tail: str
    verdict: Verdict
    since: date | None = None
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Permit:
    kind: str
    number: str
    issuer: str
    valid_from: date | None
    valid_to: date | None
    in_force: bool


@dataclass(frozen=True)
class Course:
    name: str
    stage: str
    mode: str
    minutes: int
    fee: str


@dataclass(frozen=True)
class Bureau:
    """Where to report, by the bureau's own published number and mailbox; empty where it has none."""

    name: str
    phone: str
    mailbox: str


@dataclass(frozen=True)
class Decision:
    """Why an institution is on a list."""

    label: str
    reason: str
    basis: str
    organ: str
    since: date
    until: date | None


@dataclass(frozen=True)
class Grade:
    """The integrity grade: its letter, the tone of its colour (A green, B blue, C yellow, D red), since when."""

    letter: str
    tone: str
    since: date
    reason: str


@dataclass(frozen=True)
class PenaltyRow:
    """A published decision in the list. ``institution``: the path of its page, empty where the party has none."""

    public_id: str
    href: str
    number: str
    party: str
    party_code: str
    institution: str
    county: str
    county_code: str
    organ: str
    violation: str
    kinds: str
    decided_on: date
    published_on: date
    until: date


@dataclass(frozen=True)
class PenaltyPage:
    """All that the page of one published decision says."""

    row: PenaltyRow
    facts: str
    penalty: str
    basis: str
    bureau: Bureau
    as_of: datetime


@dataclass(frozen=True)
class TakenBack:
    """A decision that is no longer on show: which, and why it was taken back; no day and reason: its time was over."""

    number: str
    organ: str
    withdrawn_on: date | None
    reason: str


@dataclass(frozen=True)
class Then:
    """What held on a day, in the knowledge of some time: the word and sentence, and the list if it was on one."""

    verdict: Verdict
    decision: Decision | None


@dataclass(frozen=True)
class Past:
    """One day looked back at: as known now (or on ``known_on``), and as it was known on the day itself."""

    on: date
    known_on: date | None
    now: Then
    then: Then
    address: str

    @property
    def differ(self) -> bool:
        """Whether something about that day was entered or corrected later."""
        return self.now != self.then


@dataclass(frozen=True)
class Page:
    """All that the page of one institution says. ``row`` is as of today; ``past`` answers for a day asked for."""

    row: Row
    past: Past | None
    status_since: date | None
    mode: str
    legal_person: str
    hours: str
    public_phone: str
    licence: str
    permits: tuple[Permit, ...]
    campuses: tuple[tuple[str, str], ...]
    courses: tuple[Course, ...]
    former_names: tuple[str, ...]
    decision: Decision | None
    grade: Grade | None
    penalties: tuple[PenaltyRow, ...]
    bureau: Bureau
    as_of: datetime


@dataclass(frozen=True)
class CheckNotice:
    """The conclusion of one annual check while its notice runs."""

    href: str
    name: str
    county: str
    year: int
    conclusion: str
    since: date
    until: date
    organ: str


@dataclass(frozen=True)
class GradeNotice:
    """A proposed grade while the institution may object to it."""

    href: str
    name: str
    county: str
    year: int
    grade: str
    tone: str
    score: int
    since: date
    until: date
    organ: str


@dataclass(frozen=True)
class Issue:
    """An edition of a list as the public sees it: 第N期 截至."""

    kind: str
    label: str
    no: int
    cut_off: datetime
    entries: int
    added: int
    removed: int
    sha256: str


@dataclass(frozen=True)
class Change:
    """What edition ``no`` changed: an institution that came or went (``change``), and why."""

    no: int
    change: str
    public_id: str
    name: str
    came: bool
    since: date
    until: date | None
    reason: str
    shown: bool


@dataclass(frozen=True)
class Choice:
    """A filter chip: its label, how many rows it leads to (None: not counted), the query string, whether chosen."""

    label: str
    count: int | None
    query: str
    chosen: bool


def masked_name(name: str) -> str:
    """陈晓明 -> 陈**: the family name's first character only, the same length for everybody."""
    return f"{name.strip()[0]}**" if name.strip() else ""
