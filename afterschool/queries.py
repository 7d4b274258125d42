"""One definition of each number of after-school services: a queryset, so that count, list, chart and report agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.numbers import percent
from foundation.regions.models import Jurisdiction, School
from foundation.regions.queries import in_town, town_of

from .enums import FULL_DAYS, FULL_MINUTES, GRADES, SelectionState
from .models import Block, Offering, Participation, Provider, Selection, Term

#: The town of a school: a school that lies in a community counts with the community's town.
TOWN = town_of("school__division")


@dataclass(frozen=True)
class Totals:
    """Sums over counted rows: pupils in 人, money in 分."""

    enrolled: int = 0
    joined: int = 0
    exempt: int = 0
    subsidy_fen: int = 0
    paid_fen: int = 0

    @property
    def rate(self) -> str:
        """参与率 = joined / enrolled."""
        return tenths(self.joined, self.enrolled)

    @property
    def parent_share(self) -> str:
        """家长承担比例 = parents' payments / (subsidy + payments)."""
        return tenths(self.paid_fen, self.subsidy_fen + self.paid_fen)


def tenths(part: int, whole: int) -> str:
    """A share in percent with one decimal, cut off (as all rates here are); a dash of nothing."""
    return percent(part, whole, places=1) if whole else "—"


# -- terms -----------------------------------------------------------------------------------------------------------
def terms() -> QuerySet[Term]:
    """All terms, the latest first."""
    return Term.objects.order_by("-starts_on")


def current_term(on: date) -> Term | None:
    """The term that a day lies in, else the last one before it, else the first there is."""
    return terms().filter(starts_on__lte=on).first() or Term.objects.order_by("starts_on").first()


# -- participation ---------------------------------------------------------------------------------------------------
def newest(rows: QuerySet[Participation], *, on: date, known_at: datetime | None = None) -> QuerySet[Participation]:
    """Of these rows the one in force on a day for each school, term and grade, as known at an instant (None: now)."""
    return Participation.objects.filter(pk__in=rows.as_of(on, known_at).values("pk"))


def counted(
    actor: Actor, term: Term | None = None, *, on: date | None = None, known_at: datetime | None = None
) -> QuerySet[Participation]:
    """The rows that count in a term (None: in each term) on a day (None: today): one a school and grade."""
    rows = Participation.objects.visible_to(actor)
    rows = rows if term is None else rows.filter(term=term)
    return newest(rows, on=on or clock.today(), known_at=known_at)


def totals(rows: QuerySet[Participation]) -> Totals:
    """The sums of counted rows, in one question."""
    return Totals(**rows.aggregate(**sums()))


def sums() -> dict[str, Coalesce]:
    """What ``Totals`` holds, for one or for groups of rows; whole numbers, as sums would come back as decimals."""
    whole = BigIntegerField()
    exempt = F("exempt_hardship") + F("exempt_boarding") + F("exempt_other")
    parts = {"enrolled": "enrolled", "joined": "joined", "exempt": exempt}
    parts |= {"subsidy_fen": "subsidy_fen", "paid_fen": "paid_fen"}
    return {name: Coalesce(Sum(what, output_field=whole), 0, output_field=whole) for name, what in parts.items()}


def history(row: Participation) -> QuerySet[Participation]:
    """All that was ever recorded of a row's school, term and grade, the newest record first."""
    same = Participation.objects.filter(school=row.school_id, term=row.term_id, grade=row.grade)
    return same.select_related("recorded_by", "replaced_by").order_by("-recorded_at", "-pk")


# -- schools ---------------------------------------------------------------------------------------------------------
def schools_due(actor: Actor, term: Term) -> QuerySet[School]:
    """Of what the actor may see, see ``due_in``."""
    return due_in(School.objects.visible_to(actor), term)


def due_in(schools: QuerySet[School], term: Term) -> QuerySet[School]:
    """Schools with grades of compulsory education that were open in the term: the denominator of coverage."""
    rows = schools.filter(stage__in=list(GRADES))
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=term.ends_on)
    return rows.filter(opened, Q(closed_on__isnull=True) | Q(closed_on__gt=term.starts_on))


def schools_serving(
    actor: Actor, term: Term, *, on: date | None = None, known_at: datetime | None = None
) -> QuerySet[School]:
    """Of these the schools in which at least one pupil joined: the numerator of coverage (学校覆盖率)."""
    joined = counted(actor, term, on=on, known_at=known_at).filter(joined__gt=0)
    return schools_due(actor, term).filter(pk__in=joined.values("school"))


def schools_full(
    actor: Actor, term: Term, *, on: date | None = None, known_at: datetime | None = None
) -> QuerySet[School]:
    """Serving schools all of whose joined grades are looked after for 5天×2小时."""
    short = Q(days_per_week__lt=FULL_DAYS) | Q(minutes_per_day__lt=FULL_MINUTES)
    lacking = counted(actor, term, on=on, known_at=known_at).filter(short, joined__gt=0)
    return schools_serving(actor, term, on=on, known_at=known_at).exclude(pk__in=lacking.values("school"))


def schools_silent(actor: Actor, term: Term, *, on: date | None = None) -> QuerySet[School]:
    """Schools that should have reported for the term and have not."""
    return schools_due(actor, term).exclude(pk__in=counted(actor, term, on=on).values("school"))


def lies_at(place: str) -> Q:
    """Schools of a county (``c24``) or of a town (``t24``), whose communities count with it; else none."""
    where, number = place[:1], place[1:]
    if not number.isdecimal() or where not in ("c", "t"):
        return Q(pk__in=[])
    if where == "c":
        return Q(jurisdiction=number)
    return in_town(number)


# -- providers -------------------------------------------------------------------------------------------------------
#: Providers whose institution was not taken out of the register; social organisations stand in none.
IN_REGISTER = Q(institution__isnull=True) | Q(institution__withdrawn_at__isnull=True)


def active_providers(
    among: QuerySet[Provider], *, on: date | None = None, known_at: datetime | None = None
) -> QuerySet[Provider]:
    """Of these providers those that are validly selected on a day (家), each once however often it was selected."""
    valid = Selection.objects.filter(provider=OuterRef("pk")).in_force(on or clock.today(), known_at)
    return among.filter(IN_REGISTER, Exists(valid))


def providers_for(school: School, term: Term) -> QuerySet[Provider]:
    """Providers of the school's own bureau that are validly selected on some day of the term.

    One that was left on its own first day was valid on no day.
    """
    valid = Selection.objects.filter(state__in=[SelectionState.APPROVED, SelectionState.ENDED])
    valid = valid.filter(starts_on__lte=term.ends_on, ends_on__gte=term.starts_on)
    valid = valid.filter(Q(exited_on__isnull=True) | Q(exited_on__gt=Greatest("starts_on", term.starts_on)))
    own = Provider.objects.filter(IN_REGISTER, jurisdiction=school.jurisdiction_id)
    return own.filter(pk__in=valid.values("provider")).order_by("name", "pk")


def selections_to_decide(actor: Actor) -> QuerySet[Selection]:
    """Proposals that wait for this person."""
    return Selection.objects.visible_to(actor).filter(state=SelectionState.PROPOSED).exclude(proposed_by=actor.user_id)


# -- offerings -------------------------------------------------------------------------------------------------------
def offered(actor: Actor, term: Term | None = None) -> QuerySet[Offering]:
    """What schools offer, without what was voided."""
    rows = Offering.objects.visible_to(actor).filter(voided_at__isnull=True)
    return rows if term is None else rows.filter(term=term)


def open_blocks(bureau: Jurisdiction | int) -> QuerySet[Block]:
    """Blocks that schools of a bureau may offer now: basic ones first."""
    return Block.objects.filter(jurisdiction=bureau, closed_on__isnull=True).order_by("kind", "pk")
