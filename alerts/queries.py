"""Reading warnings: which figures hold where, which institutions are watched, what counts say, whether none is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from contracts.enums import ProposalState
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above, jurisdictions_below, lowest_bureaus
from funds.models import SupervisedAccount
from institutions.models import Institution
from ledger.models import Purse

from .enums import AlertState, Grade
from .models import Alert, Runaway, ScoreDay, Search, Threshold
from .rules import can_decide_thresholds

ONE_DAY = timedelta(days=1)


def thresholds_of(jurisdiction_id: int, *, on: date) -> dict[str, int]:
    """Code: approved figure in force in a place on a day. The nearest place counts first, then the newest day."""
    near = {jurisdiction_id: 0} | dict.fromkeys(jurisdictions_above(jurisdiction_id) - {jurisdiction_id}, 1)
    levels = {row.pk: row.parent_id for row in Jurisdiction.objects.filter(pk__in=near)}
    place, step = jurisdiction_id, 0
    while place in levels:
        near[place], place, step = step, levels[place], step + 1
    held = Threshold.objects.filter(state=ProposalState.APPROVED, effective_from__lte=on)
    rows = held.filter(Q(jurisdiction__isnull=True) | Q(jurisdiction__in=near))
    ordered = sorted(rows, key=lambda row: (-near.get(row.jurisdiction_id, step), row.effective_from))
    return {row.code: row.value for row in ordered}


def thresholds_waiting(actor: Actor) -> QuerySet[Threshold]:
    """Proposed figures of the actor's area on which it is for this actor to decide: another's."""
    rows = Threshold.objects.filter(state=ProposalState.PROPOSED, jurisdiction__in=actor.scope)
    rows = rows.exclude(set_by=actor.user_id)
    return rows if can_decide_thresholds(actor) else rows.none()


def watched() -> QuerySet[Institution]:
    """Institutions that have a special account, money of families, or an alert that is open."""
    money = SupervisedAccount.objects.values("institution"), Purse.objects.values("institution")
    alerts = Alert.objects.filter(state=AlertState.OPEN).values("institution")
    rows = Institution.objects.filter(withdrawn_at__isnull=True, merged_into__isnull=True)
    return rows.filter(Q(pk__in=money[0]) | Q(pk__in=money[1]) | Q(pk__in=alerts) | Q(signs__isnull=False)).distinct()


def newest_scores(actor: Actor) -> QuerySet[ScoreDay]:
    """The last score of each institution that the actor sees, the highest first."""
    return ScoreDay.objects.visible_to(actor).filter(newest=True)


def open_alerts(actor: Actor) -> QuerySet[Alert]:
    """Alerts that somebody has to deal with."""
    return Alert.objects.visible_to(actor).filter(state=AlertState.OPEN)


def own_alerts(actor: Actor) -> QuerySet[Alert]:
    """Open alerts that the actor looks after."""
    return open_alerts(actor).filter(owner_id=actor.user_id)


def untaken_alerts(actor: Actor) -> QuerySet[Alert]:
    """Open alerts that nobody looks after yet."""
    return open_alerts(actor).filter(owner__isnull=True)


@dataclass(frozen=True)
class CountLine:
    """Institutions (家) of a county by level."""

    place: str
    numbers: dict[str, int]


def counts(actor: Actor) -> list[CountLine]:
    """By county: how many institutions stand at each level. Numbers only; a county with none stands there with 0."""
    area = actor.scope or _below_seat(actor)
    names = dict(Jurisdiction.objects.filter(pk__in=area, children__isnull=True).values_list("pk", "name"))
    found: dict[int, dict[str, int]] = {pk: dict.fromkeys(Grade.values, 0) for pk in names}
    rows = ScoreDay.objects.filter(newest=True, institution__jurisdiction__in=names, tenths__gt=0)
    rows = rows.filter(institution__withdrawn_at__isnull=True).values_list("institution__jurisdiction_id", "level")
    for pk, level, number in rows.annotate(number=Count("pk")).order_by():
        found[pk][level] = number
    return [CountLine(names[pk], found[pk]) for pk in sorted(names, key=lambda pk: names[pk])]


def _below_seat(actor: Actor) -> frozenset[int]:
    seat = Organ.objects.filter(pk=actor.organ_id).values_list("jurisdiction_id", flat=True).first()
    return jurisdictions_below(seat) if seat else frozenset()


def runaways(actor: Actor, *, first: date, last: date) -> QuerySet[Runaway]:
    """爆雷跑路 that happened in a period and were not struck."""
    return Runaway.objects.visible_to(actor).filter(happened_on__range=(first, last), struck_at__isnull=True)


def searches(actor: Actor, *, first: date, last: date) -> QuerySet[Search]:
    """What was searched for some day of a period, the earliest first."""
    rows = Search.objects.visible_to(actor).filter(last_on__gte=first, first_on__lte=last)
    return rows.order_by("first_on", "pk")


def _open_at(on: date) -> Q:
    return Q(opened_on__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def open_at(rows: QuerySet[Alert], *, on: date) -> QuerySet[Alert]:
    """Those of these alerts that were open at the end of a day."""
    return rows.filter(_open_at(on))


def moved_in(actor: Actor, *, first: date, last: date) -> dict[str, tuple[int, int, int]]:
    """By level: (opened in a period, ended in it, open at its end) alerts (条)."""
    counted = {
        "opened": Count("pk", filter=Q(opened_on__range=(first, last))),
        "ended": Count("pk", filter=Q(ended_on__range=(first, last))),
        "left": Count("pk", filter=_open_at(last)),
    }
    rows = Alert.objects.visible_to(actor).order_by().values("grade").annotate(**counted)
    found = {row["grade"]: (row["opened"], row["ended"], row["left"]) for row in rows}
    return {grade: found.get(grade, (0, 0, 0)) for grade in Grade}


def home_of(actor: Actor) -> int:
    """The place of the actor's own bureau."""
    return Organ.objects.get(pk=actor.organ_id).jurisdiction_id


def incidents(actor: Actor, *, first: date, last: date) -> tuple[int, bool]:
    """(起, searched): runaways of a period in the actor's area, and whether every county of it searched every day.

    0 起 says something only when the second is true.
    """
    rows = runaways(actor, first=first, last=last)
    homes = list(lowest_bureaus(actor).values_list("pk", flat=True))
    notes = searches(actor, first=first, last=last)
    spans: dict[int, list[tuple[date, date]]] = {home: [] for home in homes}
    for home, start, end in notes.values_list("jurisdiction_id", "first_on", "last_on"):
        spans.setdefault(home, []).append((start, end))
    return rows.count(), bool(homes) and all(_covers(spans[home], first, last) for home in homes)


def _covers(spans: list[tuple[date, date]], first: date, last: date) -> bool:
    """Whether spans, sorted by their beginnings, leave no day out."""
    reached = first - ONE_DAY
    for start, end in spans:
        if start > reached + ONE_DAY:
            return False
        reached = max(reached, end)
    return reached >= last


def jurisdictions_watched() -> Iterator[int]:
    """Bureaus with institutions that are watched."""
    yield from watched().order_by("jurisdiction_id").values_list("jurisdiction_id", flat=True).distinct()
