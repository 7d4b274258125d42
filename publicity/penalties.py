"""行政处罚公示: published decisions as the public sees them, by area, kind, day, words; gone when they are over.

There is no past day here, unlike on the lists: it would show again what was taken back or has served its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from cases import published
from cases.enums import PenaltyKind
from cases.models import Publication
from foundation.core import clock
from institutions.models import Institution

from .bureaus import bureau_of
from .memory import kept
from .rows import Area, areas
from .shown import PenaltyPage, PenaltyRow, TakenBack

MOST_TAKEN_BACK = 50
DAY = timedelta(days=1)
GONE = (("withdrawn", "已撤下"), ("over", "公示期已满"))


class OddPlace(ValueError):
    """A place that no page named."""


@dataclass(frozen=True)
class Wanted:
    """What narrows the decisions: words, a jurisdiction's id, a kind of penalty, decided from a day to a day."""

    on: date
    term: str = ""
    county: int = 0
    kind: str = ""
    first: date | None = None
    last: date | None = None


def _found(wanted: Wanted) -> QuerySet[Publication]:
    rows = published.on_show(on=wanted.on)
    if wanted.county:
        rows = rows.filter(case__jurisdiction=wanted.county)
    if wanted.kind:
        rows = rows.filter(Exists(published.standing_penalties().filter(case=OuterRef("case"), kind=wanted.kind)))
    if wanted.first:
        rows = rows.filter(case__decided_on__gte=wanted.first)
    if wanted.last:
        rows = rows.filter(case__decided_on__lte=wanted.last)
    for word in wanted.term.split():
        rows = rows.filter(
            Q(party__icontains=word)
            | Q(number__icontains=word)
            | Q(case__violation__name__icontains=word)
            | Q(case__organ__name__icontains=word)
        )
    return rows


def page(wanted: Wanted, *, after: str = "", size: int) -> tuple[list[PenaltyRow], str]:
    """(up to ``size`` decisions, the newest first, after a place; the place after them or ""). Raises OddPlace."""
    rows = _found(wanted)
    if after:
        place = Publication.objects.filter(public_id=after).values_list("published_on", "pk").first()
        if place is None:
            raise OddPlace(after)
        rows = rows.filter(Q(published_on__lt=place[0]) | Q(published_on=place[0], pk__lt=place[1]))
    found, known = list(rows[: size + 1]), areas()
    return [row_of(each, known) for each in found[:size]], found[size - 1].public_id if len(found) > size else ""


@kept
def counties(wanted: Wanted) -> dict[int, int]:
    """How many decisions there are in each area, whichever is chosen."""
    found = _found(replace(wanted, county=0)).order_by().values_list("case__jurisdiction").annotate(many=Count("pk"))
    return dict(found)


@kept
def kinds(wanted: Wanted) -> dict[str, int]:
    """How many decisions hold each kind of penalty, whichever is chosen."""
    chosen = _found(replace(wanted, kind="")).order_by().values("case")
    found = published.standing_penalties().filter(case__in=chosen).order_by().values_list("kind")
    return dict(found.annotate(many=Count("case", distinct=True)))


@kept
def number(wanted: Wanted) -> int:
    """How many decisions there are."""
    return _found(wanted).order_by().count()


def find(public_id: str, *, on: date) -> PenaltyPage | None:
    """One decision, while it is on show."""
    shown = published.on_show(on=on).filter(public_id=public_id).select_related("case__jurisdiction").first()
    if shown is None:
        return None
    case = shown.case
    return PenaltyPage(
        row=row_of(shown, areas()),
        facts=published.masked(shown.facts, case),
        penalty=published.masked(shown.penalty, case),
        basis=shown.basis,
        bureau=bureau_of(case.jurisdiction),
        as_of=clock.now(),
    )


def of_institution(row: Institution, *, on: date) -> tuple[PenaltyRow, ...]:
    """The decisions on show about an institution."""
    found = list(published.on_show(on=on).filter(case__institution=row))
    return tuple(row_of(shown, areas()) for shown in found)


def taken_back(*, on: date) -> list[TakenBack]:
    """Decisions that were taken back within a year, the newest first: which, when and why, and nothing else of them."""
    found = published.taken_back(on=on)[:MOST_TAKEN_BACK]
    return [_taken_back(shown) for shown in found]


def gone(public_id: str, *, on: date) -> TakenBack | None:
    """Why a decision is no longer on show where it once was; without a reason when its time was over."""
    shown = published.all_publications().filter(public_id=public_id).first()
    if shown is None or (shown.withdrawn_on is None and on <= shown.until):
        return None
    return _taken_back(shown)


class Changed(NamedTuple):
    """One decision of the feed."""

    public_id: str
    changed_on: date
    gone: str


def changed_since(since: date, *, on: date, after: str, size: int) -> tuple[list[Changed], list[PenaltyRow], str]:
    """(decisions published, taken back or over on ``since`` or later, by public id; the rows of those on show; place).

    Days, not instants: a day's changes come again when it is asked for again.
    """
    over = Q(until__gte=since - DAY, until__lt=on)
    rows = published.all_publications().filter(
        Q(published_on__gte=since) | Q(withdrawn_on__gte=since) | over, published_on__lte=on
    )
    found = list(rows.filter(public_id__gt=after).order_by("public_id")[: size + 1])
    taken, known = found[:size], areas()
    return (
        [_changed(shown, on) for shown in taken],
        [row_of(shown, known) for shown in taken if not _gone(shown, on)],
        taken[-1].public_id if len(found) > size else "",
    )


def _gone(shown: Publication, on: date) -> str:
    return "withdrawn" if shown.withdrawn_on else "over" if shown.until < on else ""


def _changed(shown: Publication, on: date) -> Changed:
    state = _gone(shown, on)
    over_on = shown.until + DAY
    day = {"withdrawn": shown.withdrawn_on, "over": over_on, "": shown.published_on}[state]
    return Changed(shown.public_id, day, state)


def _taken_back(shown: Publication) -> TakenBack:
    return TakenBack(
        number=shown.number or "",
        organ=shown.case.organ.name,
        withdrawn_on=shown.withdrawn_on,
        reason=published.masked(shown.withdrawn_because, shown.case),
    )


def row_of(shown: Publication, known: Mapping[int, Area]) -> PenaltyRow:
    """A decision as everywhere on the site; no full name passes, whatever was typed."""
    case, area = shown.case, known[shown.case.jurisdiction_id]
    party = published.shown_institution(shown)
    return PenaltyRow(
        public_id=shown.public_id,
        href=reverse("publicity:penalty", args=[shown.public_id]),
        number=shown.number or "",
        party=published.masked(shown.party, case),
        party_code=case.party_code if len(case.party_code) == 18 and not published.is_person(case) else "",
        institution=reverse("publicity:institution", args=[party.public_id]) if party else "",
        county=area.name,
        county_code=area.code,
        organ=case.organ.name,
        violation=case.violation.name,
        kinds=_kinds(case.standing),
        decided_on=case.decided_on,
        published_on=shown.published_on,
        until=shown.until,
    )


def _kinds(penalties: Iterable) -> str:
    return "、".join(PenaltyKind(penalty.kind).label for penalty in penalties)
