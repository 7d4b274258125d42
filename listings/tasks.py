"""Entries lapse by themselves; editions follow what the lists say, whatever changed them."""

from dataclasses import asdict
from datetime import time

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.core.errors import Conflict
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_near, people_who_can
from foundation.notifications.rules import SENDER

from . import notices, queries, yearly
from .enums import ListKind
from .models import AnnualCheck, CheckYear, ListEntry, RatingObjection, RatingRun
from .numbering import MAKE_EDITION
from .operations.editions import make_edition
from .operations.hearing import close_window
from .operations.ratings import publish_rating, rate_institution
from .operations.removal import let_lapse
from .operations.yearly import add_to_check, finish_check
from .rating import notices_over, to_rate

LET_LAPSE = "listings.let_lapse"
COMPARE = "listings.compare_editions"

EDITOR = job("名单期次编成", Can.APPROVE_LISTING)

schedule.periodic(LET_LAPSE, schedule.Daily(at=time(0, 10)))
schedule.periodic(COMPARE, schedule.Every(seconds=300))


@outbox.handles(LET_LAPSE)
def close_lapsed(message) -> None:
    """Close what is over; each entry by itself, so that one does not hold up the others. Twice changes nothing."""
    now = clock.now()
    _close_windows(now)
    _finish_checks(now)
    _publish_grades(now)
    for entry in queries.lapsed(on=clock.today()).select_related("institution").order_by("pk"):
        scope = frozenset({entry.institution.jurisdiction_id})
        let_lapse(entry=entry, by=job("名单到期处理", Can.APPROVE_LISTING, scope=scope), at=now)
    compare_editions(message)


def _close_windows(now) -> None:
    """Defence windows whose last day has passed; those that still run, or are paused, are left."""
    for entry in queries.windows_open().select_related("institution").order_by("pk"):
        scope = frozenset({entry.institution.jurisdiction_id})
        try:
            close_window(entry=entry, by=job("申辩期满处理", Can.APPROVE_LISTING, scope=scope), at=now)
        except Conflict:
            continue


@outbox.handles(COMPARE)
def compare_editions(message) -> None:
    """Make the editions that are due: terms begin and end, and institutions close, without anybody touching a list."""
    for kind in ListKind:
        _make(kind)


@outbox.handles(MAKE_EDITION)
def make_promised_edition(message) -> None:
    """The edition of a change just decided."""
    _make(ListKind(message.payload["listing"]))


def _make(kind: ListKind) -> None:
    make_edition(kind=kind, by=EDITOR, at=clock.now())


@outbox.handles(notices.RATE)
def rate(message) -> None:
    """Reckon a run institution by institution; begun again, it goes on where it stopped."""
    run = RatingRun.objects.select_related("rubric").get(pk=message.payload["run_id"])
    by = job("诚信评价计算", Can.PROPOSE_LISTING, scope=frozenset({run.jurisdiction_id}))
    for row in to_rate(run):
        rate_institution(institution=row, run=run, by=by, at=clock.now())


@outbox.handles(notices.FILL_CHECK)
def fill_check(message) -> None:
    """Let the operating institutions of an area take part; begun again, it goes on where it stopped."""
    year = CheckYear.objects.get(pk=message.payload["check_year_id"])
    by = job("年检安排", Can.PROPOSE_LISTING, scope=frozenset({year.jurisdiction_id}))
    for row in yearly.to_add(year):
        add_to_check(check_year=year, institution=row, by=by, at=clock.now())


def _finish_checks(now) -> None:
    for check in yearly.over(on=clock.local_date(now)).select_related("institution").order_by("pk"):
        scope = frozenset({check.institution.jurisdiction_id})
        finish_check(check=check, by=job("年检公示期满", Can.PROPOSE_LISTING, scope=scope), at=now)


def _publish_grades(now) -> None:
    """Grades whose notice is over and against which nothing waits; a term that was paused or moved is left."""
    for row in notices_over(on=clock.local_date(now)).select_related("institution").order_by("pk"):
        scope = frozenset({row.institution.jurisdiction_id})
        try:
            publish_rating(rating=row, by=job("诚信等级公示期满", Can.APPROVE_LISTING, scope=scope), at=now)
        except Conflict:
            continue


@outbox.handles(notices.ENTRY_MOVED)
def tell(message) -> None:
    """One message to those who may decide, or to the one who asked; telling twice changes nothing."""
    notice = notices.BY_CODE[message.payload["notice"]]
    entry = ListEntry.objects.select_related("institution").get(pk=message.payload["entry_id"])
    send(
        notice=notice,
        to=_recipients(entry, notice.code),
        title=f"{entry.institution}：{entry.get_kind_display()}",
        url=reverse("admin:listings_listentry_change", args=[entry.pk]),
        about=entry,
        period=message.payload["moved_at"],
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.CHECK_ANSWERED)
def tell_of_check(message) -> None:
    """One message a day to those of the organ that arranged the check, however many institutions reported."""
    check = AnnualCheck.objects.select_related("institution", "check_year").get(pk=message.payload["check_id"])
    year, place = check.check_year, check.SCOPE.place_of(check)
    send(
        notice=notices.CHECK_REPORTED,
        to=people_near(year.organ_id, Can.PROPOSE_LISTING, on=clock.today(), **asdict(place)),
        title=f"{year}：有机构报送自查",
        url=reverse("admin:listings_annualcheck_changelist") + "?waiting=handle",
        about=year,
        period=clock.today().isoformat(),
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.GRADE_DISPUTED)
def tell_of_objection(message) -> None:
    """Those near the place who may answer it: not who had the grade reckoned."""
    said = RatingObjection.objects.select_related("rating__institution").get(pk=message.payload["objection_id"])
    row, place = said.rating, said.SCOPE.place_of(said)
    send(
        notice=notices.DISPUTED,
        to=set(people_near(None, Can.APPROVE_LISTING, on=clock.today(), **asdict(place))) - {row.computed_by_id},
        title=str(row),
        url=reverse("admin:listings_rating_change", args=[row.pk]),
        about=row,
        period=str(said.pk),
        by=SENDER,
        at=clock.now(),
    )


def _recipients(entry: ListEntry, code: str) -> set[int]:
    asker = entry.removal_proposed_by_id or entry.proposed_by_id
    asked_by = entry.removal_proposed_by_id if code in notices.ABOUT_REMOVAL else entry.proposed_by_id
    place = {"on": clock.today(), **asdict(entry.SCOPE.place_of(entry))}
    if code in notices.FROM_PARTY and asked_by not in people_who_can(Can.PROPOSE_LISTING, **place):
        return set(people_near(None, Can.PROPOSE_LISTING, **place))
    if code not in notices.TO_DECIDERS:
        return {asked_by}
    own = set(people_who_can(Can.APPROVE_LISTING, **place, own_level=True)) - {asker}
    return own or set(people_who_can(Can.APPROVE_LISTING, **place)) - {asker}
