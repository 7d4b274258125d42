"""What an app declares so that its register can be imported: columns, key, checks, finding, writing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
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
from .values import text_of

Spot = tuple[str, int]  # sheet ("" for a file without sheets) and row number


@dataclass(slots=True)
class Row:
    """One row on its way from cells to verdict. ``record`` and ``before`` hold canonical, JSON-ready values."""

    sheet: str | None
    number: int
    raw: Sequence[Any] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    edits: Mapping[str, str] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    reasons: list[Fault] = field(default_factory=list)
    outcome: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    subject_id: int | None = None
    main: Spot | None = None  # of a campus: the row of its institution, when that stands in the same file

    def reject(self, *faults: Fault) -> None:
        self.reasons.extend(faults)
        self.outcome = Outcome.REJECTED

    @property
    def cells(self) -> dict[str, str]:
        """The row as it stands in the file, with what its sheet's title says and what the clerk changed, by column."""
        written = {name: text_of(self.raw[at]) for name, at in self.places.items() if at < len(self.raw)}
        edited = {name: text_of(text) for name, text in self.edits.items()}
        return {name: text for name, text in {**self.defaults, **written, **edited}.items() if text}

    @property
    def spot(self) -> Spot:
        return self.sheet or "", self.number

    @property
    def label(self) -> str:
        """How other rows' messages name this one."""
        return label_of(self.spot)


def label_of(spot: Spot) -> str:
    """``“1月”第5行``: where a row stands, for people."""
    sheet, number = spot
    return f"“{sheet}”第{number}行" if sheet else f"第{number}行"


class Ground:
    """Where a file is imported: the bureau it is for, the jurisdictions that it may touch, the day, by whom."""

    def __init__(self, bureau: Jurisdiction, *, today: date, by: Actor | None = None) -> None:
        self.bureau = bureau
        self.today = today
        self.by = by  # whose file it is, for registers into which some may write only what is their own
        self.today_in_iso = today.isoformat()
        self.allowed = jurisdictions_below(bureau.pk)
        self.known: dict[str, Any] = {}  # what a target looked up for the whole run

    @cached_property
    def places(self) -> Places:
        return Places(self.allowed)

    @cached_property
    def own_county(self) -> County | None:
        """The bureau itself when it is a county's; a city's file has to name the county in each row."""
        return self.places.by_id.get(self.bureau.pk)


@dataclass(slots=True)
class Existing:
    """A stored object as the import sees it: its id, its jurisdiction, its values in the columns' canonical form."""

    id: int
    jurisdiction_id: int
    record: dict[str, Any]
    withdrawn: bool = False  # taken back with an earlier import: this row brings it back to life
    places: Mapping[str, Any] = field(default_factory=dict)  # ids that are kept with a change, to take it back


class Target(ABC):
    """One register that can be imported. All reading and writing of the database is set-based."""

    code: ClassVar[str]
    label: ClassVar[str]
    unit: ClassVar[str] = "条"
    book: ClassVar[str] = "名录"  # what the rows are written into, in the words of a sentence
    is_main: ClassVar[bool] = False  # the one that is offered first
    capability: ClassVar[str]
    model: ClassVar[type[models.Model]]
    #: Whether a unique constraint refuses a second object of a key; where none does, new rows are judged once more.
    has_unique_key: ClassVar[bool] = True
    resource_class: ClassVar[type[SheetResource]]
    #: What becomes of new objects whose batch is taken back: before, as a sentence's end, and afterwards, as a word.
    undo_effect: ClassVar[str] = "将撤回，名录和公众网站不再显示；以后再导入时会恢复。"
    undo_word: ClassVar[str] = "撤回"
    shown_as: ClassVar[tuple[str, str]]  # the columns that name a row on the page: its title and its code

    @cached_property
    def resource(self) -> SheetResource:
        return self.resource_class()

    def admits(self, actor: Actor) -> bool:
        """Who may import here. A post narrowed to some towns or categories may not: a file may speak of all of them.

        A register that lets such posts in looks at each row itself; they see no files but their own.
        """
        return actor.can(self.capability) and for_whole_bureau(actor)

    def sealed_as(self, name: str) -> str:
        """For which database column a personal value is sealed: that of the register itself."""
        return f"{self.model._meta.db_table}.{name}"

    def look_up(self, rows: list[Row], ground: Ground) -> None:
        """Ask the register, once for all rows of a block, what ``check`` has to know of each; nothing by default."""
        return

    @abstractmethod
    def check(self, row: Row, ground: Ground) -> None:
        """Look at a row as a whole: what is missing, what contradicts; completes ``record``, adds to the faults."""

    @abstractmethod
    def key(self, record: dict[str, Any]) -> str:
        """What makes two rows of a file speak of the same object; empty when the row cannot say."""

    @abstractmethod
    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        """The stored object of each row, by position; rejects rows that may not have theirs. Locks them if asked to."""

    def campus_of(self, row: Row) -> tuple[str, ...]:
        """Names that the object may have which a row names itself a further site of; none when it does not."""
        return ()

    def of_campus(self, row: Row, existing: Existing) -> bool:
        """Whether a stored object is the one that the row names itself a further site of."""
        return existing.record.get("name") in self.campus_of(row)

    def known_campuses(self, rows: list[Row]) -> set[Spot]:
        """The rows whose object has the further site already that they name."""
        return set()

    def remember(self, rows: list[Row]) -> None:
        """Add to ``before`` of rows that change an object what an undo needs beyond the columns' former values."""
        return

    def complete(self, row: Row) -> None:
        """Fill in what a new object needs beyond what its row says; nothing by default."""
        return

    def reserve(self, rows: list[Row]) -> None:
        """Give rows to be created their ids, so that a batch that is applied twice can never insert one twice."""
        new = [row for row in rows if row.subject_id is None]
        for row, pk in zip(new, self.reserve_ids(len(new)), strict=True):
            row.subject_id = pk

    @abstractmethod
    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        """Write a batch's stored rows into the register: created, updated, campus; all set-based."""

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        """Row id -> why what the row wrote cannot be taken back: changed since, or something refers to it.

        ``lock`` holds the objects until the transaction ends, so that the answer stays true.
        """
        return {}

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        """Take back what the batch's rows wrote, except the rows kept."""
        raise NotImplementedError(f"{self.label} cannot be taken back")

    def written(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        """Promise what has to follow a batch (search terms, named persons); nothing by default."""
        return

    def key_message(self) -> str:
        """What the register's key is, in the words of a message."""
        return "关键信息"

    def other_keys(self, row: Row) -> Iterable[str]:
        """Further keys that rows of different objects must not share."""
        return ()

    def other_key_fault(self, other: Spot) -> Fault:
        """What to say when another row has one of ``other_keys``."""
        raise NotImplementedError(f"{self.label} has no other keys")

    def url_of(self, subject_id: int) -> str:
        """The staff page of a stored object, empty when there is none."""
        return ""

    def list_url(self) -> str:
        """The staff list of the register, empty when there is none."""
        return ""

    def reserve_ids(self, count: int) -> list[int]:
        """Ids for objects to be inserted: a batch that is applied twice can never insert an object twice."""
        if not count:
            return []
        ids = "WITH own AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence)"
        with connection.cursor() as cursor:
            cursor.execute(
                f"{ids} SELECT array_agg(nextval(sequence)) FROM own, generate_series(1, %s)",  # noqa: S608 (constant)
                [self.model._meta.db_table, count],
            )
            return cursor.fetchone()[0]


def for_whole_bureau(actor: Actor) -> bool:
    """Whether the post is narrowed neither to towns nor to categories."""
    return actor.areas is None and actor.categories is None


_targets: dict[str, Target] = {}


def register(target: Target) -> Target:
    """Declare a target (in an app's ``importing.py``)."""
    if _targets.setdefault(target.code, target) is not target:
        raise RuntimeError(f"two import targets named {target.code}")
    return target


def target_named(code: str) -> Target:
    return _targets[code]


def targets_for(actor: Actor) -> list[Target]:
    """The registers that this actor may import into, the main one last."""
    return sorted((each for each in _targets.values() if each.admits(actor)), key=lambda each: each.is_main)


def all_targets() -> Iterable[Target]:
    return _targets.values()
