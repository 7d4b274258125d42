"""Reading the register: as of a day, as known at an instant; counts; look-alikes; what is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.canonical import canonical, sha256

from . import periods
from .enums import OPERATING, LookalikeVerdict, SiteType, StaffRole, Stage, StandingKind, UnlicensedState
from .models import (
    ComparedPair,
    FormerName,
    Institution,
    Permit,
    Site,
    StaffMember,
    StandingEvent,
    StatusEvent,
    TrainingClass,
    UnlicensedSite,
    UnlicensedStateEvent,
)


def in_charge_of(party: Institution | UnlicensedSite) -> str:
    """Who answers for a place as the register knows them: the legal person, or who runs an unlicensed site."""
    return party.legal_person if isinstance(party, Institution) else party.operator


def last_status_event(institution: Institution) -> StatusEvent | None:
    """The believed status event that takes effect last, a future one included."""
    return (
        StatusEvent.objects.filter(institution=institution)
        .believed()
        .order_by("-effective_on", "-recorded_at", "-pk")
        .first()
    )


def last_state_event(site: UnlicensedSite) -> UnlicensedStateEvent | None:
    """The believed event of an unlicensed site that takes effect last."""
    believed = UnlicensedStateEvent.objects.filter(site=site).believed()
    return believed.order_by("-effective_on", "-recorded_at", "-pk").first()


def status_events_as_of(actor: Actor, *, on: date, known_at: datetime | None = None) -> QuerySet[StatusEvent]:
    """The status in force on a day for each visible institution, as known at an instant (default: as known now)."""
    visible = Institution.objects.visible_to(actor)
    return StatusEvent.objects.filter(institution__in=visible).as_of(on, known_at)


def count_by_status(
    actor: Actor, *, on: date, known_at: datetime | None = None, category: str | None = None
) -> dict[str, int]:
    """How many institutions (家) had which status on a day; ``category`` is the one they had then."""
    events = status_events_as_of(actor, on=on, known_at=known_at)
    chosen = StatusEvent.objects.filter(pk__in=events.values("pk"))
    if category:
        chosen = chosen.filter(category=category)
    return dict(chosen.order_by("status").values_list("status").annotate(n=Count("pk")))


def table_as_of(actor: Actor, *, on: date, known_at: datetime | None = None) -> list[tuple[str, dict[str, int]]]:
    """(category, {status: 家}) on a day, as known at an instant, for each category that occurred then."""
    events = status_events_as_of(actor, on=on, known_at=known_at)
    chosen = StatusEvent.objects.filter(pk__in=events.values("pk"))
    table: dict[str, dict[str, int]] = {}
    for category, status, number in (
        chosen.order_by("category", "status").values_list("category", "status").annotate(n=Count("pk"))
    ):
        table.setdefault(category, {})[status] = number
    return sorted(table.items())


def operating_on(actor: Actor, *, on: date, known_at: datetime | None = None, category: str | None = None) -> int:
    """How many institutions (家) were operating on a day."""
    counts = count_by_status(actor, on=on, known_at=known_at, category=category)
    return sum(number for status, number in counts.items() if status in OPERATING)


def standing(
    institution: Institution, *, on: date, known_at: datetime | None = None
) -> dict[tuple[str, str], StandingEvent]:
    """The standing in force on a day by (kind, detail); ended and expired ones are left out."""
    events = StandingEvent.objects.filter(institution=institution).as_of(on, known_at)
    return {
        (event.kind, event.detail): event
        for event in events
        if event.value and (event.until is None or event.until >= on)
    }


def listed_on(
    kind: StandingKind, *, on: date, known_at: datetime | None = None, among: Collection[int] | None = None
) -> QuerySet[StandingEvent]:
    """Entries of a list in force on a day; the one definition that page, API, search, cache and export share.

    ``among`` asks about these institutions only.
    """
    chosen = "" if among is None else "AND i.id = ANY(%(among)s)"
    sql, given = periods.positional(
        f"SELECT p.event_id {periods.listed(known=known_at is not None)} {chosen}",
        {"kind": kind, "on": on, "known_at": known_at, "among": list(among or ())},
    )
    listed = StandingEvent.objects.filter(pk__in=RawSQL(sql, given))  # noqa: S611 (the rule's own words)
    return listed.select_related("institution__jurisdiction")


def permits_in_force(institution: Institution, *, on: date) -> QuerySet[Permit]:
    """Permits valid on a day."""
    return institution.permits.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        Q(ended_on__isnull=True) | Q(ended_on__gt=on),
    ).order_by("kind", "pk")


def permits_expiring(actor: Actor, *, on: date, within_days: int) -> QuerySet[Permit]:
    """Permits of operating institutions that end within so many days and were not ended early."""
    return Permit.objects.visible_to(actor).filter(
        institution__in=Institution.objects.visible_to(actor).filter(status__in=OPERATING),
        ended_on__isnull=True,
        valid_to__range=(on, on + timedelta(days=within_days)),
    )


def with_permit_running_out(actor: Actor, *, on: date, within_days: int = 60) -> QuerySet[Institution]:
    """Operating institutions whose permit ends within so many days, or ended without another one in force."""
    soon = permits_expiring(actor, on=on, within_days=within_days).values("institution")
    ended = Permit.objects.filter(valid_to__lt=on, ended_on__isnull=True).values("institution")
    in_force = Permit.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    ).values("institution")
    operating = Institution.objects.visible_to(actor).filter(status__in=OPERATING)
    return operating.filter(Q(pk__in=soon) | (Q(pk__in=ended) & ~Q(pk__in=in_force)))


def without_permit(actor: Actor) -> QuerySet[Institution]:
    """Operating training institutions with no permit at all in the register; care places hold none."""
    held = Permit.objects.values("institution")
    rows = Institution.objects.visible_to(actor).filter(status__in=OPERATING).exclude(site_type=SiteType.CARE)
    return rows.exclude(pk__in=held)


def without_account(actor: Actor) -> QuerySet[Institution]:
    """Operating training institutions without a custody account."""
    rows = Institution.objects.visible_to(actor).filter(status__in=OPERATING).exclude(site_type=SiteType.CARE)
    return rows.filter(account_tail="")


def without_hours(actor: Actor) -> QuerySet[Institution]:
    """Operating institutions whose hours are not registered."""
    return Institution.objects.visible_to(actor).filter(status__in=OPERATING, hours="")


def off_the_platform(actor: Actor) -> QuerySet[Institution]:
    """Operating institutions without an id on the national platform."""
    return Institution.objects.visible_to(actor).filter(status__in=OPERATING, platform_id="")


def with_overdue_crime_checks(actor: Actor, *, on: date) -> QuerySet[Institution]:
    """Operating institutions that have somebody in service without a crime-record query within a year."""
    overdue = crime_check_overdue(actor, on=on).values("institution")
    return Institution.objects.visible_to(actor).filter(status__in=OPERATING, pk__in=overdue)


def platform_coverage(actor: Actor) -> tuple[int, int]:
    """(on the national platform, operating) institutions in the actor's scope (家)."""
    operating = Institution.objects.visible_to(actor).filter(status__in=OPERATING)
    counts = operating.aggregate(all=Count("pk"), covered=Count("pk", filter=~Q(platform_id="")))
    return counts["covered"], counts["all"]


def open_unlicensed_on(actor: Actor, *, on: date, known_at: datetime | None = None) -> QuerySet[UnlicensedSite]:
    """Unlicensed sites that were open at the end of a day (动态清零 counts these day by day)."""
    visible = UnlicensedSite.objects.visible_to(actor)
    newest = UnlicensedStateEvent.objects.filter(site__in=visible).as_of(on, known_at)
    events = UnlicensedStateEvent.objects.filter(pk__in=newest.values("pk"), state=UnlicensedState.OPEN)
    return visible.filter(pk__in=events.values("site"))


def crime_check_overdue(actor: Actor, *, on: date) -> QuerySet[StaffMember]:
    """Staff in service whose yearly crime-record query is missing or older than a year (未成年人保护法 art. 62)."""
    a_year_ago = on - timedelta(days=365)
    return StaffMember.objects.visible_to(actor).filter(
        Q(crime_checked_on__isnull=True) | Q(crime_checked_on__lt=a_year_ago), left_on__isnull=True
    )


_NAME_NOISE = re.compile(
    r"[\s()（）【】\[\]·\-—]|有限责任公司|有限公司|分公司|民办非企业单位|校外培训|培训(学校|中心|机构)|中心|学校"
)


def name_key(name: str) -> str:
    """A name without legal form, brackets and blanks: equal keys make look-alikes, never the same institution."""
    return _NAME_NOISE.sub("", name).lower()


def lookalikes(actor: Actor) -> list[tuple[Institution, Institution, str]]:
    """Pairs in the actor's scope that may be one institution, with why; pairs judged before are left out."""
    rows = list(Institution.objects.visible_to(actor).order_by("pk"))
    judged = set(ComparedPair.objects.values_list("first_id", "second_id"))
    groups: dict[tuple[str, str], list[Institution]] = defaultdict(list)
    for row in rows:
        groups["名称相近", name_key(row.name)].append(row)
        groups["地址相同", re.sub(r"\s", "", row.address)].append(row)
    pairs: dict[tuple[int, int], tuple[Institution, Institution, str]] = {}
    for (why, key), found in groups.items():
        if not key or len(found) > 20:
            continue
        for i, first in enumerate(found):
            for second in found[i + 1 :]:
                pairs.setdefault((first.pk, second.pk), (first, second, why))
    return [pair for ids, pair in sorted(pairs.items()) if ids not in judged]


def judged_different(first: Institution, second: Institution) -> bool:
    """Whether a person has said that the two are not the same."""
    low, high = sorted((first.pk, second.pk))
    return ComparedPair.objects.filter(first_id=low, second_id=high, verdict=LookalikeVerdict.DIFFERENT).exists()


def with_absorbed(institution: Institution) -> list[int]:
    """Ids of an institution and of all that were merged into it, directly or by way of another."""
    ids, level = [institution.pk], [institution.pk]
    while level:
        level = list(Institution.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        ids += level
    return ids


def staff_shares(institution: Institution) -> dict[str, int | None]:
    """Persons in service, those full-time, those full-time in teaching or research, and the latter's share of all.

    The share is in whole percent, rounded down (从业人员管理办法 wants 50 or more); None where nobody serves.
    """
    full_time = Q(full_time=True)
    counts = institution.staff.filter(left_on__isnull=True).aggregate(
        persons=Count("pk"),
        full_time_persons=Count("pk", filter=full_time),
        full_time_teaching=Count("pk", filter=full_time & Q(role__in=[StaffRole.TEACHING, StaffRole.RESEARCH])),
    )
    share = 100 * counts["full_time_teaching"] // counts["persons"] if counts["persons"] else None
    return {**counts, "full_time_teaching_percent": share}


def staff_for_pupils(institution: Institution, *, on: date) -> tuple[int, int, bool]:
    """(full-time persons in service, places in running classes, enough) of an institution on a day.

    从业人员管理办法 wants full-time staff of at least 2 % of the pupils, 6 % where preschool children are taught; the
    places of running classes stand for pupils. Without a running class it is always enough.
    """
    running = TrainingClass.objects.filter(course__institution=institution, starts_on__lte=on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    counts = running.aggregate(
        places=Coalesce(Sum("capacity"), 0), preschool=Count("pk", filter=Q(course__stage=Stage.PRESCHOOL))
    )
    persons = institution.staff.filter(left_on__isnull=True, full_time=True).count()
    percent = 6 if counts["preschool"] else 2
    return persons, counts["places"], 100 * persons >= percent * counts["places"]


#: What an institution says of itself: everything but ids, the instants of its writing, and whom it was merged into.
CONTENT = (
    *("name", "trade_name", "credit_code", "site_type", "category", "subcategory", "stages", "mode", "legal_type"),
    *("licence_status", "legal_person", "phone", "public_phone", "address", "hours", "bank", "account_tail"),
    *("platform_id", "remark", "status", "grade", "jurisdiction__code", "division__code", "division__name"),
)
_SLICE = 2000


def content_hash(jurisdiction_ids: Collection[int] | None = None) -> str:
    """One SHA-256 over all that the register shows of today, of some jurisdictions or (None) of all.

    Each current institution with its facts, open permits and sites, former names, status and standing in force. Not
    over ids and the instants of writing: the same content gives the same hash whenever and however it was entered.
    """
    return sha256(*sorted(bytes.fromhex(sha256(canonical(row))) for row in content_rows(jurisdiction_ids)))


def content_rows(jurisdiction_ids: Collection[int] | None = None) -> Iterator[dict[str, object]]:
    """What ``content_hash`` is made of, an institution at a time."""
    rows = Institution.objects.current().order_by("pk")
    if jurisdiction_ids is not None:
        rows = rows.filter(jurisdiction__in=jurisdiction_ids)
    last = 0
    while found := list(rows.filter(pk__gt=last).values("pk", *CONTENT)[:_SLICE]):
        last = found[-1]["pk"]
        parts = _parts([row["pk"] for row in found])
        for row in found:
            yield row | {name: sorted(of[row["pk"]], key=canonical) for name, of in parts.items()} | {"pk": None}


def _parts(ids: list[int]) -> dict[str, dict[int, list[dict[str, object]]]]:
    """Kind of part -> institution -> the parts that it has today."""
    today = clock.today()
    status = StatusEvent.objects.filter(institution__in=ids).as_of(today)
    newest = StandingEvent.objects.filter(institution__in=ids).as_of(today)
    standing = StandingEvent.objects.filter(pk__in=newest.values("pk")).exclude(value="")
    names = FormerName.objects.filter(institution__in=ids)
    permits = Permit.objects.filter(institution__in=ids, ended_on__isnull=True)
    sites = Site.objects.filter(institution__in=ids, closed_on__isnull=True)
    place = ("division__code", "division__name", "address", "area_m2", "fire_approved_on", "opened_on")
    chosen = {
        "status_in_force": status.values("institution_id", "status", "category", "effective_on"),
        "standing_in_force": standing.values("institution_id", "kind", "detail", "value", "until", "effective_on"),
        "former_names": names.values("institution_id", "name", "until"),
        "permits": permits.values("institution_id", "kind", "number", "issuer", "scope", "valid_from", "valid_to"),
        "sites": sites.values("institution_id", "kind", "name", *place),
    }
    parts: dict[str, dict[int, list[dict[str, object]]]] = {}
    for name, rows in chosen.items():
        parts[name] = defaultdict(list)
        for row in rows:
            parts[name][row.pop("institution_id")].append(row)
    return parts
