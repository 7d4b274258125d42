"""A rubric in force, an institution's records of a year, and a rating reckoned again."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.regions.models import Jurisdiction
from institutions import dossier
from institutions.enums import OPERATING
from institutions.models import Institution

from .enums import OPEN, Grade, ListKind, RatingState
from .models import ListEntry, Rating, RatingObjection, RatingRun, Rubric
from .scoring import Item, Scale, Scored, arithmetic, digest, score


def rubric_for(jurisdiction: Jurisdiction | None) -> Rubric:
    """The newest rubric of a place: its own, else its superior's, else the one for everywhere."""
    while jurisdiction is not None:
        if own := Rubric.objects.filter(jurisdiction=jurisdiction).order_by("-version").first():
            return own
        jurisdiction = jurisdiction.parent
    if found := Rubric.objects.filter(jurisdiction=None).order_by("-version").first():
        return found
    raise InvalidInput("还没有评分标准，请先制定。", code="no_rubric")


def scale_of(rubric: Rubric) -> Scale:
    """A rubric as the value that points are reckoned by."""
    items = tuple(
        Item(item.code, item.name, item.source, item.weight, item.points, item.most, item.veto)
        for item in rubric.items.order_by("code")
    )
    return Scale(f"{rubric.pk}", rubric.base, rubric.a_from, rubric.b_from, rubric.c_from, items)


def year_of(year: int) -> tuple[date, date]:
    """First and last day."""
    return date(year, 1, 1), date(year, 12, 31)


def records_for(institution: Institution, year: int, scale: Scale) -> list[dict[str, object]]:
    """The records of a year that a rubric may count, as they are kept in a rating; voided ones do not count."""
    first, last = year_of(year)
    wanted = {item.source for item in scale.items}
    return [
        {
            "source": record.source,
            "pk": record.pk,
            "on": record.on.isoformat(),
            "what": record.told[:500],
            "weight": record.weight,
            "law": record.law[:300],
        }
        for record in dossier.records_of(institution, first=first, last=last, among=wanted)
        if not record.void
    ]


def reckoned_again(rating: Rating) -> tuple[Scored, bool]:
    """(what a rating's own records come to now, whether that and its digest are what was kept)."""
    scale = scale_of(rating.rubric)
    found = score(scale, rating.records)
    same = (found.score, found.vetoed, found.grade) == (rating.score, rating.vetoed, rating.grade)
    return found, same and digest(scale, rating.records, found) == rating.digest


def sum_of(rating: Rating) -> str:
    """A rating's arithmetic in one line."""
    kept = Scored(rating.score, rating.vetoed, rating.grade, rating.points)
    return arithmetic(scale_of(rating.rubric), kept)


def voided_since(rating: Rating) -> list[tuple[str, str]]:
    """(what, why) of the records that a rating was reckoned from and that do not hold any more."""
    keys = {f"{record['source']}:{record['pk']}": str(record["what"]) for record in rating.records}
    there = dossier.found(rating.institution, keys)
    return [
        (what, there[key].void if key in there else "记录已不存在")
        for key, what in keys.items()
        if key not in there or there[key].void
    ]


def to_rate(run: RatingRun) -> QuerySet[Institution]:
    """Institutions of a run's area that operated and have no rating of this run yet."""
    rows = Institution.objects.current().filter(jurisdiction=run.jurisdiction, status__in=OPERATING)
    return rows.exclude(pk__in=run.ratings.values("institution")).order_by("pk")


def waiting_for_review(actor: Actor) -> QuerySet[Rating]:
    """Ratings that this actor may look over: another person had them reckoned."""
    if not (actor.can(Can.PROPOSE_LISTING) or actor.can(Can.APPROVE_LISTING)):
        return Rating.objects.none()
    return Rating.objects.visible_to(actor).filter(state=RatingState.COMPUTED).exclude(computed_by=actor.user_id)


def waiting_for_publication(actor: Actor) -> QuerySet[Rating]:
    """Ratings whose grade this actor may show as proposed."""
    if not actor.can(Can.APPROVE_LISTING):
        return Rating.objects.none()
    return Rating.objects.visible_to(actor).filter(state=RatingState.REVIEWED).exclude(computed_by=actor.user_id)


def waiting_for_answer(actor: Actor) -> QuerySet[Rating]:
    """Proposed grades against which the institution objected, for those who may answer."""
    if not (actor.can(Can.PROPOSE_LISTING) or actor.can(Can.APPROVE_LISTING)):
        return Rating.objects.none()
    others = RatingObjection.objects.filter(accepted__isnull=True).exclude(entered_by=actor.user_id)
    shown = Rating.objects.visible_to(actor).filter(state=RatingState.NOTICE, pk__in=others.values("rating"))
    return shown.exclude(computed_by=actor.user_id)


def shown_in_public(*, on: date) -> QuerySet[Rating]:
    """Proposed grades whose notice runs, of institutions that the register shows, by name."""
    rows = Rating.objects.filter(state=RatingState.NOTICE, notice_until__gte=on)
    rows = rows.filter(institution__merged_into__isnull=True, institution__withdrawn_at__isnull=True)
    return rows.select_related("institution__jurisdiction").order_by("institution__name", "pk")


def notices_over(*, on: date) -> QuerySet[Rating]:
    """Proposed grades whose last day has passed and against which nothing waits for an answer."""
    waiting = RatingObjection.objects.filter(accepted__isnull=True).values("rating")
    return Rating.objects.filter(state=RatingState.NOTICE, notice_until__lt=on).exclude(pk__in=waiting)


def years_graded_a(institution: Institution) -> int:
    """How many of the latest published years in a row were A."""
    published = Rating.objects.filter(institution=institution, state=RatingState.PUBLISHED).order_by("-year")
    years, expected = 0, None
    for year, grade in published.values_list("year", "grade"):
        if grade != "A" or (expected is not None and year != expected):
            break
        years, expected = years + 1, year - 1
    return years


def red_candidates(actor: Actor) -> QuerySet[Rating]:
    """Published A ratings whose year before was A too, of institutions not on the red list: a person may propose them.

    Shown only to those who may propose; nothing is listed by itself.
    """
    if not actor.can(Can.PROPOSE_LISTING):
        return Rating.objects.none()
    published = Rating.objects.filter(institution=OuterRef("institution"), state=RatingState.PUBLISHED)
    before = published.filter(year=OuterRef("year") - 1, grade=Grade.A)
    listed = ListEntry.objects.filter(kind=ListKind.RED, state__in=OPEN).values("institution")
    a = Rating.objects.visible_to(actor).filter(state=RatingState.PUBLISHED, grade=Grade.A)
    later = published.filter(year__gt=OuterRef("year"))
    return a.filter(Exists(before), ~Exists(later)).exclude(institution__in=listed)
