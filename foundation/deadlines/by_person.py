"""Open clocks by the person who keeps them and by kind of matter: how many run, come due soon, are overdue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Case, Count, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from foundation.accounts.models import User
from foundation.core.actor import Actor

from . import kinds
from .enums import DeadlineState
from .kinds import MatterKind
from .models import Deadline
from .queries import SOON, late, visible_to
from .workflow import OPEN_STATES
from .working_days import calendar

MOST = 100
NOBODY = 0  # what lists are asked with for clocks that no person keeps


@dataclass(frozen=True)
class Numbers:
    """Clocks that run or pause, and of them those due within three working days and those overdue."""

    open: int = 0
    soon: int = 0
    overdue: int = 0

    def __add__(self, other: Numbers) -> Numbers:
        return Numbers(self.open + other.open, self.soon + other.soon, self.overdue + other.overdue)


@dataclass
class Line:
    """One person (None: no person is named) with the numbers of each kind, by its code."""

    user: User | None
    by_kind: dict[str, Numbers] = field(default_factory=dict)

    @property
    def total(self) -> Numbers:
        return sum(self.by_kind.values(), Numbers())


@dataclass(frozen=True)
class Overview:
    """Lines with the most pressing first, at most ``MOST``; ``total`` and ``kinds`` are of all, shown or not."""

    kinds: list[MatterKind]
    lines: list[Line]
    total: Line
    people: int


def with_keeper(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """Rows with ``keeper``: the holder of the post that is named, else whom the app of the subject names, else None."""
    named = [
        When(subject_type=label, then=Subquery(query, output_field=BigIntegerField()))
        for label, query in kinds.keepers().items()
    ]
    of_subject = Case(*named, default=Value(None), output_field=BigIntegerField())
    return rows.annotate(keeper=Coalesce("post__user_id", of_subject, output_field=BigIntegerField()))


def kept_by(rows: QuerySet[Deadline], user_id: int) -> QuerySet[Deadline]:
    """Rows of one person; ``NOBODY`` asks for those that no person keeps."""
    found = with_keeper(rows)
    return found.filter(keeper=user_id) if user_id != NOBODY else found.filter(keeper__isnull=True)


def of_kind(rows: QuerySet[Deadline], code: str) -> QuerySet[Deadline]:
    """Rows of one kind of matter."""
    if code == kinds.OTHER.code:
        return rows.exclude(subject_type__in=kinds.declared())
    return rows.filter(subject_type__in=kinds.subjects_of(code))


def overview(actor: Actor, *, on: date) -> Overview:
    """What everybody in the actor's area has to keep, of what the actor may see; four queries, whatever there is."""
    last = calendar().add_working_days(on, SOON).value
    running = Q(state=DeadlineState.RUNNING)
    counted = (
        with_keeper(visible_to(actor).filter(state__in=OPEN_STATES))
        .order_by()
        .values("keeper", "subject_type")
        .annotate(
            open=Count("pk"),
            soon=Count("pk", filter=running & Q(due_on__gte=on, due_on__lte=last)),
            overdue=Count("pk", filter=late(on)),
        )
    )
    lines: dict[int | None, dict[str, Numbers]] = {}
    total: dict[str, Numbers] = {}
    for row in counted:
        code = kinds.kind_of(row["subject_type"]).code
        numbers = Numbers(row["open"], row["soon"], row["overdue"])
        line = lines.setdefault(row["keeper"], {})
        line[code] = line.get(code, Numbers()) + numbers
        total[code] = total.get(code, Numbers()) + numbers
    people = User.objects.select_related("organ").in_bulk([key for key in lines if key is not None])
    found = [Line(people.get(key) if key is not None else None, numbers) for key, numbers in lines.items()]
    shown = [kind for kind in kinds.all_kinds() if kind.code in total]
    return Overview(shown, sorted(found, key=_pressing)[:MOST], Line(None, total), len(found))


def _pressing(line: Line) -> tuple:
    numbers = line.total
    return (-numbers.overdue, -numbers.soon, -numbers.open, line.user.name if line.user else "")
