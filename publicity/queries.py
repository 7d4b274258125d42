"""Reading for the public: from the register to ``shown`` values; lists of institutions are read in ``rows``."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from foundation.core import clock
from foundation.core.money import yuan
from institutions import queries as register
from institutions.enums import SiteKind, StandingKind
from institutions.models import Institution, Permit, Site, StandingEvent, StatusEvent
from listings import queries as lists
from listings import rating, yearly
from listings.enums import STANDING, ListKind
from listings.models import Edition

from . import penalties
from .bureaus import areas_with_bureaus, bureau_of
from .memory import kept
from .moments import Moment
from .rows import rows_of
from .shown import CheckNotice, Course, Decision, Grade, GradeNotice, Issue, Page, Past, Then, masked_name
from .shown import Permit as ShownPermit

Held = dict[tuple[str, str], StandingEvent]
GRAVEST_FIRST = (ListKind.BLACK, ListKind.WARNING, ListKind.WHITE, ListKind.RED, ListKind.AFTERSCHOOL)


@kept
def kinds_shown() -> list[ListKind]:
    """The lists that the public sees: white and black always, any other once it has an edition."""
    numbered = set(Edition.objects.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in ListKind if kind in (ListKind.WHITE, ListKind.BLACK) or kind in numbered]


def institution_page(public_id: str, moment: Moment) -> Page | None:
    """The page of one institution; None when there is none, or it was merged into another or withdrawn."""
    row = Institution.objects.current().select_related("jurisdiction").filter(public_id=public_id).first()
    if row is None:
        return None
    today = Moment(clock.today())
    status = StatusEvent.objects.filter(institution=row).as_of(today.on).first()
    held = register.standing(row, on=today.on)
    [shown] = rows_of([row.pk], today)
    return Page(
        row=shown,
        past=_past(row, moment) if moment.asked else None,
        status_since=status.effective_on if status else None,
        mode=row.get_mode_display(),
        legal_person=masked_name(row.legal_person),
        hours=row.hours,
        public_phone=row.public_phone,
        licence=row.get_licence_status_display(),
        permits=tuple(_shown_permit(permit, today.on) for permit in row.permits.order_by("kind", "-valid_to", "pk")),
        campuses=tuple(
            row.sites.filter(kind=SiteKind.CAMPUS, closed_on__isnull=True)
            .order_by("name", "pk")
            .values_list("name", "address")
        ),
        courses=_courses(row),
        former_names=tuple(row.former_names.order_by("-until", "pk").values_list("name", flat=True)),
        decision=decision(row, today, held=held),
        grade=_grade(held),
        penalties=penalties.of_institution(row, on=today.on),
        bureau=bureau_of(row.jurisdiction),
        as_of=clock.now(),
    )


def _past(row: Institution, moment: Moment) -> Past:
    """A day looked back at twice: with today's knowledge (or that of the day named), and with its own."""
    place = Site.objects.filter(institution=row, kind=SiteKind.MAIN, opened_on__lte=moment.on)
    there = place.order_by("-opened_on", "-pk").values_list("address", flat=True).first()
    asked, own = (_then(row, each) for each in (moment, moment.as_known_then()))
    return Past(on=moment.on, known_on=moment.known_on, now=asked, then=own, address=there or "")


def _then(row: Institution, moment: Moment) -> Then:
    [shown] = rows_of([row.pk], moment)
    return Then(verdict=shown.verdict, decision=decision(row, moment))


def _in_force(permit: Permit, on: date) -> bool:
    begun = permit.valid_from is None or permit.valid_from <= on
    over = (permit.valid_to is not None and permit.valid_to < on) or (
        permit.ended_on is not None and permit.ended_on <= on
    )
    return begun and not over


def _shown_permit(permit: Permit, on: date) -> ShownPermit:
    return ShownPermit(
        kind=permit.get_kind_display(),
        number=permit.number,
        issuer=permit.issuer,
        valid_from=permit.valid_from,
        valid_to=permit.ended_on or permit.valid_to,
        in_force=_in_force(permit, on),
    )


def _courses(row: Institution) -> tuple[Course, ...]:
    return tuple(
        Course(
            name=course.name,
            stage=course.get_stage_display(),
            mode=course.get_mode_display(),
            minutes=course.lesson_minutes,
            fee=yuan(course.lesson_fee_fen),
        )
        for course in row.courses.filter(stopped_on__isnull=True).order_by("name", "pk")[:50]
    )


def decision(row: Institution, moment: Moment, *, held: Held | None = None) -> Decision | None:
    """Why the institution is on a list: the standing says whether, the entry says by whom and on what ground.

    ``held``: the standing of the moment, where it has been read already.
    """
    if held is None:
        held = register.standing(row, on=moment.on, known_at=moment.known_at)
    for kind in GRAVEST_FIRST:
        if (STANDING[kind], "") not in held:
            continue
        found = register.listed_on(STANDING[kind], on=moment.on, known_at=moment.known_at, among=[row.pk])
        event = found.first()
        if event is not None:
            entry = lists.entry_of(event)
            return Decision(
                label=kind.label,
                reason=event.reason,
                basis=entry.basis if entry else "",
                organ=entry.organ_name if entry else "",
                since=event.effective_on,
                until=event.until,
            )
    return None


#: Of the chips' tones: A green, B blue, C yellow, D red.
GRADE_TONES = {"A": "ok", "B": "primary", "C": "notice", "D": "bad"}


def _grade(held: Held) -> Grade | None:
    """The integrity grade in force; None where none was given."""
    event = held.get((StandingKind.GRADE, ""))
    if event is None:
        return None
    return Grade(event.value, GRADE_TONES[event.value], event.effective_on, event.reason)


def issues() -> list[Issue]:
    """The latest edition of each list that has one."""
    return [issue for kind in ListKind if (issue := issue_of(kind))]


@kept
def issue_of(kind: str) -> Issue | None:
    """The latest edition of a list."""
    edition = lists.latest_edition(kind)
    return as_issue(edition) if edition else None


def latest_no(kind: str) -> int:
    """The number of the latest edition of a list; 0 before the first."""
    edition = lists.latest_edition(kind)
    return edition.no if edition else 0


@kept
def check_notices() -> list[CheckNotice]:
    """The conclusions of annual checks whose notice runs today."""
    return [
        CheckNotice(
            href=reverse("publicity:institution", args=[row.institution.public_id]),
            name=row.institution.name,
            county=row.institution.jurisdiction.name,
            year=row.check_year.year,
            conclusion=row.conclusion,
            since=row.notice_from,
            until=row.notice_until,
            organ=row.check_year.organ.name,
        )
        for row in yearly.shown_in_public(on=clock.today())
    ]


@kept
def grade_notices() -> list[GradeNotice]:
    """The proposed grades against which the institution may still object today."""
    found = rating.shown_in_public(on=clock.today())
    bureaus = {code: bureau.name for code, _, bureau in areas_with_bureaus()}
    return [
        GradeNotice(
            href=reverse("publicity:institution", args=[row.institution.public_id]),
            name=row.institution.name,
            county=row.institution.jurisdiction.name,
            year=row.year,
            grade=row.get_grade_display(),
            tone=GRADE_TONES[row.grade],
            score=row.score,
            since=clock.local_date(row.state_at),
            until=row.notice_until,
            organ=bureaus[row.institution.jurisdiction.code],
        )
        for row in found
    ]


def as_issue(edition: Edition) -> Issue:
    """An edition as the public sees it."""
    return Issue(
        kind=edition.kind,
        label=edition.get_kind_display(),
        no=edition.no,
        cut_off=edition.cut_off,
        entries=edition.entries,
        added=edition.added,
        removed=edition.removed,
        sha256=edition.content_sha256,
    )
