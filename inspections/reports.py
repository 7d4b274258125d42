"""What somebody reports of a visit, before it is a record: the same whether phone, desk or spreadsheet sends it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from foundation.accounts.models import Organ, Post, User
from foundation.photos.operations import Sent
from foundation.regions.models import Jurisdiction
from institutions.models import Institution, UnlicensedSite

from .enums import Outcome, VisitKind
from .models import ChecklistVersion

SPACES = re.compile(r"[\s，。、；：,.;:!！?？“”\"'()（）]+")
TELLING = 12  # characters: shorter texts are alike by chance


@dataclass(frozen=True)
class HeadCount:
    """A number of persons; ``at_least`` prints 余 behind it. ``None``: not counted."""

    number: int | None = None
    at_least: bool = False

    def __str__(self) -> str:
        """220余人 for a lower bound, nothing for what was not counted."""
        return "" if self.number is None else f"{self.number}{'余' if self.at_least else ''}人"


@dataclass(frozen=True)
class OnSite:
    """One person who went: in a post of the portal, or named only (past visits, other departments)."""

    name: str
    organ_name: str = ""
    user: User | None = None
    organ: Organ | None = None
    certificate_no: str = ""

    @property
    def identity(self) -> str:
        """The same for the same person: two colleagues may bear one name."""
        return f"user:{self.user.pk}" if self.user else f"{self.name}/{self.organ_name}"

    @classmethod
    def of_post(cls, post: Post) -> OnSite:
        return cls(post.user.name, post.organ.name, post.user, post.organ, post.certificate_no)


@dataclass(frozen=True)
class Problem:
    """A problem named without a checklist: its aspect and severity are the reporter's."""

    text: str
    aspect: str
    severity: str
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A photo that was taken in (``foundation.photos.intake``) and the code of the item that it shows, "" for none."""

    sent: Sent
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class VisitReport:
    """``answers`` maps item codes to answers, ``notes`` item codes to what was seen; ``group`` names a patrol group.

    ``unnamed`` persons went besides ``officers``; only a past record may leave names out.

    Latitude and longitude are hundredths of a degree.
    """

    client_id: UUID
    kind: VisitKind
    subject: Institution | UnlicensedSite
    visited_on: date
    slot: str
    outcome: Outcome
    officers: tuple[OnSite, ...] = ()
    unnamed: int = 0
    checklist: ChecklistVersion | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pictures: tuple[Picture, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    covert: bool = False
    group: str = ""
    group_name: str = ""
    remark: str = ""
    accompanied_by: str = ""
    statement: str = ""
    pupils: HeadCount = HeadCount()
    teachers: HeadCount = HeadCount()
    dispersed: HeadCount = HeadCount()
    latitude: int | None = None
    longitude: int | None = None
    no_place_reason: str = ""

    @property
    def bureau(self) -> Jurisdiction:
        return self.subject.jurisdiction

    @property
    def by_supervisor(self) -> bool:
        return self.kind == VisitKind.SUPERVISOR

    @property
    def has_place(self) -> bool:
        return self.latitude is not None and self.longitude is not None

    def group_key(self, *, user_id: int | None) -> str:
        """Which group went: the patrol group, the supervisor, or just this set of people."""
        if self.group:
            return self.group
        if self.by_supervisor:
            return f"user:{user_id}"
        return group_of_people(self.officers)


def group_of_people(officers: Iterable[OnSite]) -> str:
    """The key of a group that is just these people."""
    who = "|".join(sorted(officer.identity for officer in officers))
    return "people:" + hashlib.sha256(who.encode()).hexdigest()[:32]


def text_key(text: str) -> str:
    """A key that two texts share when they differ in spaces and stops only; empty for texts that are short."""
    bare = SPACES.sub("", text)
    return hashlib.sha256(bare.encode()).hexdigest()[:32] if len(bare) >= TELLING else ""
