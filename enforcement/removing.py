"""Reading removals of advertisements: what is left of one, what they add up to, the history of an institution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Case, CharField, Count, F, Prefetch, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from assignments.enums import PartState
from assignments.models import Part
from clues.advert_queries import adverts_about, standing_sightings
from clues.enums import AdUnit, Claim, Verdict
from clues.models import Sighting
from foundation.accounts.enums import Can, OrganKind
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.queries import standing

from .enums import CLEARING, REPEAT_ADVERTS, AdOutcome
from .models import Removal, RemovalItem, RemovalOfficer

CLEARED = sorted(CLEARING)


def counted(items: QuerySet[RemovalItem]) -> QuerySet[RemovalItem]:
    """Items that count: not void."""
    return items.filter(voided_at__isnull=True)


def done_with(sighting: Sighting) -> dict[str, int]:
    """How many of an advertisement were cleared away, how many destroyed."""
    return counted(sighting.removals.all()).aggregate(
        cleared=Sum("quantity", default=0, filter=Q(outcome__in=CLEARED)),
        destroyed=Sum("quantity", default=0, filter=Q(outcome=AdOutcome.DESTROYED)),
    )


def left_of(sighting: Sighting) -> int:
    """How many are still there. What was confiscated and then destroyed is gone once."""
    return max(0, sighting.quantity - max(done_with(sighting).values()))


def waiting(actor: Actor) -> QuerySet[Sighting]:
    """Advertisements of the actor's area of which some are still there and nobody has passed them on."""
    if not (actor.can(Can.ISSUE_ORDER) and actor.can(Can.VIEW_CLUES)):
        return Sighting.objects.none()
    live = Q(removals__voided_at__isnull=True)
    rows = standing_sightings(Sighting.objects.visible_to(actor)).annotate(
        cleared=Sum("removals__quantity", default=0, filter=live & Q(removals__outcome__in=CLEARED)),
        destroyed=Sum("removals__quantity", default=0, filter=live & Q(removals__outcome=AdOutcome.DESTROYED)),
        passed_on=Count("removals", filter=live & Q(removals__outcome=AdOutcome.TRANSFERRED)),
    )
    return rows.filter(passed_on=0, cleared__lt=F("quantity"), destroyed__lt=F("quantity"))


def market_organs(jurisdiction_id: int) -> QuerySet[Organ]:
    """The market regulators of a county, to whom an advertisement is passed on."""
    rows = Organ.objects.filter(jurisdiction=jurisdiction_id, kind=OrganKind.MARKET, closed_on__isnull=True)
    return rows.order_by("pk")


# -- figures -------------------------------------------------------------------------------------------------------
#: One text for one party: the institution (as it is called now), the unlicensed site, the sign in its county; else the
#: clue itself.
FIRM = Case(
    When(
        sighting__clue__institution__isnull=False,
        then=Concat(
            Value("i"),
            Cast(
                Coalesce("sighting__clue__institution__merged_into", "sighting__clue__institution"),
                CharField(),
            ),
        ),
    ),
    When(
        sighting__clue__unlicensed_site__isnull=False,
        then=Concat(Value("u"), Cast("sighting__clue__unlicensed_site", CharField())),
    ),
    When(
        ~Q(sighting__clue__sign=""),
        then=Concat(Value("s"), Cast("sighting__clue__jurisdiction", CharField()), F("sighting__clue__sign")),
    ),
    default=Concat(Value("c"), Cast("sighting__clue", CharField())),
    output_field=CharField(),
)


@dataclass(frozen=True)
class Amount:
    """A sum of one unit; ``at_least`` prints 余 behind it."""

    number: int
    at_least: bool
    unit: str

    def __str__(self) -> str:
        return f"{self.number}{'余' if self.at_least else ''}{AdUnit(self.unit).label}"


@dataclass(frozen=True)
class AdFigures:
    """What removals add up to: by outcome and unit, the distinct 家 of each outcome, outings, 人次."""

    amounts: Mapping[str, Mapping[str, Amount]]
    firms: Mapping[str, int]
    outings: int
    person_times: int


def figures(items: QuerySet[RemovalItem]) -> AdFigures:
    """Sums by outcome and unit, never across units; 人次 of the outings that did them."""
    rows = counted(items).order_by()
    amounts: dict[str, dict[str, Amount]] = {}
    sums = rows.values("outcome", "sighting__unit").annotate(
        total=Sum("quantity"), open_ended=Count("pk", filter=Q(at_least=True))
    )
    for line in sums.order_by("outcome", "sighting__unit"):
        unit = line["sighting__unit"]
        amounts.setdefault(line["outcome"], {})[unit] = Amount(line["total"], bool(line["open_ended"]), unit)
    by_firm = rows.annotate(firm=FIRM).values("outcome").annotate(n=Count("firm", distinct=True)).order_by("outcome")
    outings = rows.values("removal").distinct()
    return AdFigures(
        amounts=amounts,
        firms={line["outcome"]: line["n"] for line in by_firm},
        outings=outings.count(),
        person_times=RemovalOfficer.objects.filter(removal__in=outings).count(),
    )


# -- the history of an institution ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class AdvertRecord:
    """One advertisement of an institution, as an annual check reads it."""

    sighting: Sighting
    number: str
    seen_on: date
    medium: str
    amount: str
    claims: tuple[str, ...]
    laws: tuple[str, ...]
    outcomes: tuple[str, ...]
    removed_on: date | None
    confirmed: bool


def adverts_of(institution: Institution, *, since: date, until: date) -> list[AdvertRecord]:
    """An institution's advertisements seen in a period, the newest first, each with what became of it.

    ``confirmed``: something was done about it, or its clue was found true. The caller answers for who may read it.
    """
    live = counted(RemovalItem.objects.all()).select_related("removal", "sighting").order_by("removal__done_on", "pk")
    rows = adverts_about(institution, since=since, until=until).prefetch_related(Prefetch("removals", queryset=live))
    return [_record(row) for row in rows]


def _record(row: Sighting) -> AdvertRecord:
    items = list(row.removals.all())
    return AdvertRecord(
        sighting=row,
        number=row.clue.number,
        seen_on=row.clue.happened_on,
        medium=row.get_medium_display(),
        amount=row.amount,
        claims=tuple(Claim(claim).label for claim in row.claims),
        laws=tuple(dict.fromkeys(law for _, _, _, law, _ in row.marks)),
        outcomes=tuple(str(item) for item in items),
        removed_on=items[-1].removal.done_on if items else None,
        confirmed=bool(items) or row.clue.verdict in (Verdict.TRUE, Verdict.PARTLY),
    )


def repeats_of(institution: Institution, *, on: date) -> int:
    """How many confirmed advertisements the institution has within ADVERT_REPEAT_DAYS up to a day."""
    since = on - timedelta(days=settings.ADVERT_REPEAT_DAYS)
    return sum(record.confirmed for record in adverts_of(institution, since=since, until=on))


def is_repeater(institution: Institution, *, on: date) -> bool:
    """Whether that is often enough to be asked for a risk flag."""
    return repeats_of(institution, on=on) >= settings.ADVERT_REPEATS


def is_flagged(institution: Institution, *, on: date) -> bool:
    """Whether the risk flag of repeated advertisements is in force on a day."""
    return (StandingKind.FLAG, REPEAT_ADVERTS) in standing(institution, on=on)


def answered(item: RemovalItem) -> str:
    """What the receiver of a transfer has answered so far."""
    part = Part.objects.filter(assignment=item.assignment_id).order_by("pk").first()
    if part is None:
        return ""
    return f"{PartState(part.state).label}：{part.result}" if part.result else PartState(part.state).label


def outings_to_join(actor: Actor, *, on: date) -> QuerySet[Removal]:
    """Outings of the actor's organ of the last two weeks, to which what was forgotten may be added."""
    rows = Removal.objects.visible_to(actor).filter(organ=actor.organ_id, done_on__gt=on - timedelta(days=14))
    return rows.order_by("-done_on", "-pk")
