"""What an app declares so that its register can be imported: columns, key, checks, finding, writing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import connection, models

from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below

from .columns import SheetResource
from .enums import Outcome
from .faults import Fault
from .models import Batch
from .places import County, Places


@dataclass
class Row:
    """One row on its way from cells to verdict. ``record`` and ``before`` hold canonical, JSON-ready values."""

    sheet: str | None
    number: int
    cells: dict[str, str]
    record: dict[str, Any] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    reasons: list[Fault] = field(default_factory=list)
    outcome: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    subject_id: int | None = None

    def reject(self, *faults: Fault) -> None:
        self.reasons.extend(faults)
        self.outcome = Outcome.REJECTED

    @property
    def label(self) -> str:
        """How other rows' messages name this one."""
        return f"“{self.sheet}”第{self.number}行" if self.sheet else f"第{self.number}行"


class Ground:
    """Where a file is imported: the bureau it is for, the jurisdictions that it may touch, the day."""

    def __init__(self, bureau: Jurisdiction, *, today: date) -> None:
        self.bureau = bureau
        self.today = today
        self.allowed = jurisdictions_below(bureau.pk)

    @cached_property
    def places(self) -> Places:
        return Places(self.allowed)

    @cached_property
    def own_county(self) -> County | None:
        """The bureau itself when it is a county's; a city's file has to name the county in each row."""
        return self.places.by_id.get(self.bureau.pk)


@dataclass(frozen=True)
class Existing:
    """A stored object as the import sees it: its id, its jurisdiction, its values in the columns' canonical form."""

    id: int
    jurisdiction_id: int
    record: dict[str, Any]


class Target(ABC):
    """One register that can be imported. All reading and writing of the database is set-based."""

    code: ClassVar[str]
    label: ClassVar[str]
    unit: ClassVar[str] = "条"
    capability: ClassVar[str]
    model: ClassVar[type[models.Model]]
    resource_class: ClassVar[type[SheetResource]]

    @cached_property
    def resource(self) -> SheetResource:
        return self.resource_class()

    @abstractmethod
    def check(self, row: Row, ground: Ground) -> None:
        """Look at a row as a whole: what is missing, what contradicts; completes ``record``, adds to the faults."""

    @abstractmethod
    def key(self, record: dict[str, Any]) -> str:
        """What makes two rows of a file speak of the same object; empty when the row cannot say."""

    @abstractmethod
    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        """The stored object of each row, by position; rejects rows that may not have theirs. Locks them if asked to."""

    @abstractmethod
    def create(self, rows: list[Row], *, by: Actor, at: datetime) -> None:
        """Insert the objects of these rows under the ids reserved in ``subject_id``."""

    @abstractmethod
    def update(self, rows: list[Row], *, by: Actor, at: datetime) -> None:
        """Write to each row's object the fields that ``before`` names, from ``record``."""

    def written(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        """Promise what has to follow a batch (search terms, named persons); nothing by default."""
        return

    def key_message(self) -> str:
        """What the register's key is, in the words of a message."""
        return "关键信息"

    def cross_check(self, rows: list[Row]) -> None:
        """Faults between rows of one file beyond equal keys; none by default."""
        return

    def url_of(self, subject_id: int) -> str:
        """The staff page of a stored object, empty when there is none."""
        return ""

    def list_url(self) -> str:
        """The staff list of the register, empty when there is none."""
        return ""

    def reserve_ids(self, count: int) -> list[int]:
        """Ids for objects to be inserted: a batch that is applied twice can never insert an object twice."""
        table = self.model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [pk for (pk,) in cursor.fetchall()]


_targets: dict[str, Target] = {}


def register(target: Target) -> Target:
    """Declare a target (in an app's ``importing.py``)."""
    if _targets.setdefault(target.code, target) is not target:
        raise RuntimeError(f"two import targets named {target.code}")
    return target


def target_named(code: str) -> Target:
    return _targets[code]


def targets_for(actor: Actor) -> list[Target]:
    """The registers that this actor may import into."""
    return [target for target in _targets.values() if actor.can(target.capability)]


def all_targets() -> Iterable[Target]:
    return _targets.values()
