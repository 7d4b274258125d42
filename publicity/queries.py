"""Reading for the public: from the register to ``shown`` values. Nothing else of this face reads a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.money import yuan
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction
from institutions import queries as register
from institutions import search
from institutions.enums import OPERATING, Category, SiteKind, Stage, StandingKind
from institutions.models import Institution, Permit, StandingEvent, StatusEvent
from listings import queries as lists
from listings.enums import STANDING, ListKind

from .shown import Bureau, Course, Decision, Issue, Page, Row, masked_name
from .shown import Permit as ShownPermit
from .verdicts import verdict

PAGE = 20
_SHOWN_LISTS = (StandingKind.WHITE_LIST, StandingKind.BLACK_LIST, StandingKind.WARNING)


@dataclass(frozen=True)
class Filters:
    """What a visitor asked for: words, a county's code, a category."""

    term: str = ""
    county: str = ""
    category: str = ""

    def apply(self, rows: QuerySet[Institution]) -> QuerySet[Institution]:
        if self.county:
            rows = rows.filter(jurisdiction__code=self.county)
        if self.category:
            rows = rows.filter(category=self.category)
        return search.matching(rows, self.term)


def directory() -> QuerySet[Institution]:
    """Institutions that operate: what the directory shows."""
    return Institution.objects.current().filter(status__in=OPERATING)


def on_list(kind: str, *, on: date | None = None) -> QuerySet[Institution]:
    """Institutions on a list today: exactly those of ``listed_on``, the one visibility rule."""
    events = register.listed_on(STANDING[ListKind(kind)], on=on or clock.today())
    return Institution.objects.filter(pk__in=events.values("institution"))


def slice_after(rows: QuerySet[Institution], after: str, *, size: int = PAGE) -> tuple[list[Institution], str]:
    """(up to ``size`` rows after the one with public id ``after``, the next ``after`` or ""), by name.

    Any depth costs the same: the place is found by (name, id), not by counting. An unknown ``after`` is the beginning.
    """
    last = Institution.objects.filter(public_id=after).values_list("name", "pk").first() if after else None
    if last:
        rows = rows.filter(Q(name__gt=last[0]) | Q(name=last[0], pk__gt=last[1]))
    found = list(rows.select_related("jurisdiction").order_by("name", "pk")[: size + 1])
    return found[:size], found[size - 1].public_id if len(found) > size else ""


def shown_rows(rows: Sequence[Institution], *, kind: str = "") -> list[Row]:
    """Rows as the public sees them; with ``kind`` also since when, until when and why on that list. Four queries."""
    today, ids = clock.today(), [row.pk for row in rows]
    events = {name: _events(name, ids, today) for name in _SHOWN_LISTS}
    permits = _permits(ids, today)
    listed = events[STANDING[ListKind(kind)]] if kind else {}
    return [_row(row, events, permits.get(row.pk, []), listed.get(row.pk)) for row in rows]


def _events(kind: StandingKind, ids: list[int], on: date) -> dict[int, StandingEvent]:
    found = register.listed_on(kind, on=on, among=ids).select_related(None).order_by("pk")
    return {event.institution_id: event for event in found}


def _permits(ids: list[int], on: date) -> dict[int, list[Permit]]:
    found: dict[int, list[Permit]] = {}
    for permit in Permit.objects.filter(institution__in=ids).order_by("kind", "-valid_to", "pk"):
        found.setdefault(permit.institution_id, []).append(permit)
    return found


def _in_force(permit: Permit, on: date) -> bool:
    begun = permit.valid_from is None or permit.valid_from <= on
    over = (permit.valid_to is not None and permit.valid_to < on) or (
        permit.ended_on is not None and permit.ended_on <= on
    )
    return begun and not over


def _row(
    row: Institution,
    events: dict[StandingKind, dict[int, StandingEvent]],
    permits: list[Permit],
    listed: StandingEvent | None,
) -> Row:
    held = frozenset(kind for kind, found in events.items() if row.pk in found)
    valid = [permit for permit in permits if _in_force(permit, clock.today())]
    ends = [permit.ended_on or permit.valid_to for permit in valid or permits]
    fine = row.get_subcategory_display() if row.subcategory else ""
    return Row(
        public_id=row.public_id,
        name=row.name,
        trade_name=row.trade_name if row.trade_name != row.name else "",
        county=row.jurisdiction.name,
        category=f"{row.get_category_display()}·{fine}" if fine else row.get_category_display(),
        stages="、".join(Stage(stage).label for stage in row.stages),
        legal_type=row.get_legal_type_display(),
        address=row.address,
        credit_code=row.credit_code or "",
        permit_until=max((end for end in ends if end), default=None) if None not in ends else None,
        has_permit=bool(permits),
        bank=row.bank,
        account_tail=row.account_tail,
        verdict=verdict(
            status=row.status,
            licence=row.licence_status,
            site_type=row.site_type,
            lists=held,
            permit_over=bool(permits) and not valid,
        ),
        since=listed.effective_on if listed else None,
        until=listed.until if listed else None,
        reason=listed.reason if listed else "",
    )


def institution_page(public_id: str) -> Page | None:
    """The page of one institution; None when there is none, or it was merged into another or withdrawn."""
    row = Institution.objects.current().select_related("jurisdiction").filter(public_id=public_id).first()
    if row is None:
        return None
    today = clock.today()
    status = StatusEvent.objects.filter(institution=row).as_of(today).first()
    [shown] = shown_rows([row])
    return Page(
        row=shown,
        status_since=status.effective_on if status else None,
        mode=row.get_mode_display(),
        legal_person=masked_name(row.legal_person),
        hours=row.hours,
        public_phone=row.public_phone,
        licence=row.get_licence_status_display(),
        permits=tuple(_shown_permit(permit, today) for permit in _permits([row.pk], today).get(row.pk, [])),
        campuses=tuple(
            row.sites.filter(kind=SiteKind.CAMPUS, closed_on__isnull=True)
            .order_by("name", "pk")
            .values_list("name", "address")
        ),
        courses=_courses(row),
        former_names=tuple(row.former_names.order_by("-until", "pk").values_list("name", flat=True)),
        decision=_decision(row, today),
        bureau=bureau_of(row.jurisdiction),
        as_of=clock.now(),
    )


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


def _decision(row: Institution, on: date) -> Decision | None:
    """Why the institution is on a list: the standing says whether, the entry says by whom and on what ground."""
    for kind in ListKind:
        event = register.listed_on(STANDING[kind], on=on, among=[row.pk]).first()
        if event is not None:
            entry = lists.entry_in_force(row.pk)
            return Decision(
                label=kind.label,
                reason=event.reason,
                basis=entry.basis if entry else "",
                organ=entry.organ_name if entry else "",
                since=event.effective_on,
                until=event.until,
            )
    return None


def bureau_of(jurisdiction: Jurisdiction) -> Bureau:
    """The education bureau of a jurisdiction with its report phone and mailbox; its name alone if it gave none."""
    organs = Organ.objects.filter(jurisdiction=jurisdiction, kind=OrganKind.EDUCATION, closed_on__isnull=True)
    organ = organs.order_by("pk").first()
    if organ is None:
        return Bureau(f"{jurisdiction.name}教育行政部门", "", "")
    return Bureau(organ.name, organ.report_phone, organ.report_mailbox)


def report_contacts() -> list[tuple[str, list[tuple[str, Bureau]]]]:
    """(city, [(area, bureau)]) of all bureaus that publish a phone or a mailbox."""
    organs = (
        Organ.objects.filter(kind=OrganKind.EDUCATION, closed_on__isnull=True)
        .exclude(report_phone="", report_mailbox="")
        .select_related("jurisdiction__parent")
        .order_by("jurisdiction__code", "pk")
    )
    cities: dict[str, list[tuple[str, Bureau]]] = {}
    for organ in organs:
        area = organ.jurisdiction
        city = area.parent if area.level == JurisdictionLevel.COUNTY else area
        bureau = Bureau(organ.name, organ.report_phone, organ.report_mailbox)
        cities.setdefault(city.name, []).append((area.name, bureau))
    return list(cities.items())


def counties_with(rows: QuerySet[Institution]) -> list[tuple[str, str, int]]:
    """(code, name, number) of the areas that have rows, so that no chip leads to an empty page."""
    counts = rows.order_by().values_list("jurisdiction__code", "jurisdiction__name").annotate(n=Count("pk"))
    return sorted(counts)


def categories_with(rows: QuerySet[Institution]) -> list[tuple[str, str, int]]:
    """(value, label, number) of the categories that have rows."""
    counts = dict(rows.order_by().values_list("category").annotate(n=Count("pk")))
    return [(value, str(label), counts[value]) for value, label in Category.choices if value in counts]


def issues() -> list[Issue]:
    """The latest edition of each list that has one."""
    return [issue for kind in ListKind if (issue := issue_of(kind))]


def issue_of(kind: str) -> Issue | None:
    """The latest edition of a list."""
    edition = lists.latest_edition(kind)
    if edition is None:
        return None
    return Issue(
        label=edition.get_kind_display(),
        no=edition.no,
        cut_off=edition.cut_off,
        entries=edition.entries,
        added=edition.added,
        removed=edition.removed,
        sha256=edition.content_sha256,
    )


def all_shown(rows: Iterable[Institution], *, kind: str) -> list[Row]:
    """All rows of a list, for files."""
    return shown_rows(list(rows), kind=kind)
