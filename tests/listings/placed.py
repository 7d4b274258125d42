"""Rows of the lists at a place of the authorization matrix, asked for and decided by people who are not of the cast."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.db.models import Model

from foundation.accounts.models import User
from foundation.core import clock
from inspections.enums import VisitKind
from listings.enums import (
    CHECK_CONCLUDED,
    CHECK_LINK,
    DEFENCE_LINK,
    GRADE_LINK,
    REPAIR_LINK,
    UNDECIDED,
    CheckState,
    Hearing,
    ListKind,
    ListState,
    RatingState,
)
from listings.models import (
    AnnualCheck,
    CheckYear,
    Edition,
    Evidence,
    ListEntry,
    ListRule,
    Rating,
    RatingObjection,
    RatingRun,
    Repair,
    Rubric,
)
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.cast import OWN, organ
from tests.documents.factories import placed as document
from tests.enforcement.placed import slip
from tests.inspections.placed import visit


def person(name: str) -> User:
    return User.objects.get_or_create(username=name, defaults={"name": name, "organ": organ(OWN)})[0]


def list_entry(place: Place, state: ListState = ListState.PROPOSED) -> ListEntry:
    """Of the black list, listed before a hearing was asked for."""
    at = clock.now()
    decided = {} if state in UNDECIDED else {"decided_by": person("list-decider"), "decided_at": at}
    removal = {"removal_proposed_by": person("list-proposer"), "removal_reason": "x"}
    return ListEntry.objects.create(
        institution=institution(place),
        kind=ListKind.BLACK,
        needs_defence=True,
        hearing=Hearing.LAPSED if state == ListState.HEARD else "" if state in UNDECIDED else Hearing.BEFORE,
        reason="x",
        basis="x",
        effective_on=clock.local_date(at),
        until=clock.local_date(at),
        state=state,
        state_at=at,
        proposed_by=person("list-proposer"),
        proposed_at=at,
        **decided,
        **(removal if state == ListState.REMOVING else {}),
    )


def heard_entry(place: Place) -> ListEntry:
    """Its party was heard, and the visit that it rests on holds."""
    seen = visit(place, kind=VisitKind.ROUTINE)
    entry = list_entry(place, ListState.HEARD)
    ListEntry.objects.filter(pk=entry.pk).update(institution=seen.institution)
    Evidence.objects.create(
        entry=entry, source="visit", record_id=seen.pk, happened_on=seen.visited_on, what=seen.number
    )
    return ListEntry.objects.get(pk=entry.pk)


def asked_for_repair(place: Place) -> ListEntry:
    entry, at = list_entry(place, ListState.APPROVED), clock.now()
    Repair.objects.create(entry=entry, text="x", given_by="x", received_at=at, state_at=at)
    return entry


def notified_entry(place: Place) -> ListEntry:
    """Its party was told in writing, which is when a slip goes out."""
    entry = list_entry(place, ListState.NOTIFIED)
    ListEntry.objects.filter(pk=entry.pk).update(prior_notice=document(place))
    return ListEntry.objects.get(pk=entry.pk)


def with_slip(make: Callable[[Place], Model], purpose: str) -> Objects:
    """What ``make`` makes, and a link that lives."""

    def made(place: Place) -> Model:
        row = make(place)
        slip(purpose, row, place)
        return row

    return Objects(made, place=True, category=True)


def edition(place: Place) -> Edition:
    made = {"cut_off": clock.now(), "entries": 0, "added": 0, "removed": 0, "content_sha256": "0" * 64}
    return Edition.objects.get_or_create(kind=ListKind.WHITE, no=1, defaults=made)[0]


def list_rule(place: Place) -> ListRule:
    return ListRule.objects.order_by("pk").first()


def rubric(place: Place) -> Rubric:
    return Rubric.objects.order_by("pk").first()


def run(place: Place) -> RatingRun:
    return RatingRun.objects.create(
        jurisdiction=place.jurisdiction,
        year=2026,
        rubric=rubric(place),
        started_by=person("list-proposer"),
        started_at=clock.now(),
    )


def placed_rating(place: Place, state: RatingState = RatingState.COMPUTED) -> Rating:
    at, reviewed = clock.now(), state in (RatingState.REVIEWED, RatingState.NOTICE)
    shown = {"published_by": person("list-decider"), "notice_until": clock.local_date(at)}
    return Rating.objects.create(
        run=run(place),
        institution=institution(place),
        year=2026,
        rubric=rubric(place),
        records=[],
        points=[],
        score=90,
        grade="A",
        digest="0" * 64,
        computed_by=person("list-proposer"),
        computed_at=at,
        state=state,
        state_at=at,
        reviewed_by=person("list-decider") if reviewed else None,
        **(shown if state == RatingState.NOTICE else {}),
    )


def disputed_rating(place: Place) -> Rating:
    row = placed_rating(place, RatingState.NOTICE)
    said = {"text": "x", "given_by": "x", "received_on": clock.today(), "entered_by": person("list-proposer")}
    RatingObjection.objects.create(rating=row, **said)
    return row


def check_year(place: Place) -> CheckYear:
    made = {"organ": organ(OWN), "report_by": clock.today(), "questions": ["x"], "grades": ["合格", "不合格"]}
    made |= {"opened_by": person("list-proposer"), "opened_at": clock.now()}
    return CheckYear.objects.get_or_create(jurisdiction=place.jurisdiction, year=2026, defaults=made)[0]


def annual_check(place: Place, state: CheckState = CheckState.OPEN) -> AnnualCheck:
    at, seen = clock.now(), visit(place, kind=VisitKind.ROUTINE)
    given = {"report": [["x", "x"]], "reported_by": "x", "reported_at": at} if state != CheckState.OPEN else {}
    if state in CHECK_CONCLUDED:
        given |= {"visit": seen, "conclusion": "合格", "reasons": "x", "concluded_by": person("list-proposer")}
    if state == CheckState.NOTICE:
        day = clock.local_date(at) - timedelta(days=1)  # over: it can be finished
        given |= {"published_by": person("list-decider"), "notice_from": day, "notice_until": day}
    return AnnualCheck.objects.create(
        check_year=check_year(place), institution=seen.institution, state=state, state_at=at, **given
    )


def _checked(state: CheckState) -> Objects:
    return Objects(partial(annual_check, state=state), place=True, category=True)


def _in(state: ListState) -> Objects:
    return Objects(partial(list_entry, state=state), place=True, category=True)


ENTRY, CHECK = "admin:listings_listentry", "admin:listings_annualcheck"
OBJECTS: dict[str, Objects] = {
    ENTRY: Objects(list_entry, place=True, category=True),
    f"{ENTRY}_serve": _in(ListState.NOTIFIED),
    **{f"{ENTRY}_{slug}": _in(ListState.DEFENDING) for slug in ("defence", "waive", "close-window")},
    f"{ENTRY}_slip": Objects(notified_entry, place=True, category=True),
    f"{ENTRY}_stop-slip": with_slip(notified_entry, DEFENCE_LINK),
    f"{ENTRY}_stop-repair-slip": with_slip(partial(list_entry, state=ListState.APPROVED), REPAIR_LINK),
    f"{ENTRY}_approve": Objects(heard_entry, place=True, category=True),
    **{f"{ENTRY}_{slug}": _in(ListState.APPROVED) for slug in ("propose-removal", "repair", "repair-slip")},
    **{
        f"{ENTRY}_{slug}": Objects(asked_for_repair, place=True, category=True)
        for slug in ("pass-repair", "refuse-repair")
    },
    **{f"{ENTRY}_{slug}": _in(ListState.REMOVING) for slug in ("approve-removal", "reject-removal")},
    "admin:listings_edition": Objects(edition, relations=("own",)),
    CHECK: _checked(CheckState.OPEN),
    f"{CHECK}_stop-slip": with_slip(annual_check, CHECK_LINK),
    **{f"{CHECK}_{slug}": _checked(CheckState.REPORTED) for slug in ("review", "send-back")},
    f"{CHECK}_visit": _checked(CheckState.REVIEWED),
    f"{CHECK}_conclude": _checked(CheckState.CHECKED),
    **{f"{CHECK}_{slug}": _checked(CheckState.CONCLUDED) for slug in ("announce", "reconsider")},
    f"{CHECK}_finish": _checked(CheckState.NOTICE),
    "admin:listings_checkyear": Objects(check_year),
    "admin:listings_rating": Objects(placed_rating, place=True, category=True),
    **{
        f"admin:listings_rating_{slug}": Objects(partial(placed_rating, state=state), place=True, category=True)
        for slug, state in (
            ("propose-grade", RatingState.REVIEWED),
            *((slug, RatingState.NOTICE) for slug in ("publish", "dispute", "slip")),
        )
    },
    "admin:listings_rating_stop-slip": with_slip(partial(placed_rating, state=RatingState.NOTICE), GRADE_LINK),
    "admin:listings_rating_answer-dispute": Objects(disputed_rating, place=True, category=True),
    "admin:listings_ratingrun": Objects(run),
    "admin:listings_rubric": Objects(rubric, relations=("own",)),
    "admin:listings_listrule": Objects(list_rule, relations=("own",)),
}
