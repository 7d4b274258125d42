"""The public text columns of register, bureaus, draws, decisions: a net beside the crawl, and whose text it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse

from cases import published
from cases.models import Publication
from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.regions.models import Jurisdiction
from inspections.enums import PUBLIC
from inspections.models import Draw, DrawCommitment, DrawExclusion, DrawnObject
from institutions.enums import SiteKind
from institutions.models import Course, FormerName, Institution, Permit, Site, StandingEvent
from listings.enums import IN_FORCE, STANDING
from listings.models import ListEntry

from ..enums import FindingKind
from . import wording
from .found import Found, Owner

CHUNK = 2000


@dataclass(frozen=True)
class Source:
    """Some columns of one model that public pages show. ``owner``: the path to the row that editors open."""

    model: type[Model]
    owner: str
    columns: tuple[str, ...]
    rows: Callable[[], QuerySet]
    with_phone: tuple[str, ...] = ()  # columns in which a telephone number is published on purpose

    def owners(self) -> tuple[str, str]:
        """The paths of the owner's id and of its jurisdiction's id."""
        if self.model is Jurisdiction:
            return "pk", "pk"
        if self.owner == "draw":
            return self._way("organ_id"), self._way("jurisdiction_id")
        if self.owner == "case":
            return "case__organ_id", "case__jurisdiction_id"
        prefix = f"{self.owner}__" if self.owner in {"institution"} else ""
        return f"{prefix}pk", f"{prefix}jurisdiction_id"

    def address(self) -> str:
        """The path of what the address of its public page is made of."""
        if self.owner == "draw":
            return self._way("number")
        return {"self": "public_id", "case": "public_id", "institution": "institution__public_id"}.get(self.owner, "pk")

    def _way(self, name: str) -> str:
        return name if self.model is Draw else f"draw__{name}"

    def label(self, column: str) -> str:
        return str(self.model._meta.get_field(column).verbose_name)


def _shown(rows: QuerySet) -> QuerySet:
    return rows.filter(institution__merged_into__isnull=True, institution__withdrawn_at__isnull=True)


_LISTS = tuple(STANDING.values())
SOURCES = (
    Source(
        Institution,
        "self",
        ("name", "trade_name", "credit_code", "address", "hours", "public_phone", "bank"),
        lambda: Institution.objects.current(),
        with_phone=("public_phone",),
    ),
    Source(FormerName, "institution", ("name",), lambda: _shown(FormerName.objects.all())),
    Source(
        Site,
        "institution",
        ("name", "address"),
        lambda: _shown(Site.objects.filter(kind=SiteKind.CAMPUS, closed_on__isnull=True)),
    ),
    Source(Permit, "institution", ("number", "issuer"), lambda: _shown(Permit.objects.all())),
    Source(Course, "institution", ("name",), lambda: _shown(Course.objects.filter(stopped_on__isnull=True))),
    Source(
        StandingEvent,
        "institution",
        ("reason",),
        lambda: _shown(StandingEvent.objects.believed().filter(kind__in=_LISTS)),
    ),
    Source(
        ListEntry,
        "institution",
        ("basis", "organ_name"),
        lambda: _shown(ListEntry.objects.filter(state__in=IN_FORCE, published=True)),
    ),
    Source(
        Organ,
        "organ",
        ("name", "report_phone", "report_mailbox"),
        lambda: Organ.objects.filter(kind=OrganKind.EDUCATION, closed_on__isnull=True),
        with_phone=("report_phone",),
    ),
    Source(Jurisdiction, "jurisdiction", ("name",), lambda: Jurisdiction.objects.all()),
    Source(
        Draw,
        "draw",
        ("title", "plan", "items", "public_number", "void_reason"),
        lambda: Draw.objects.filter(state__in=PUBLIC),
    ),
    Source(DrawCommitment, "draw", ("rule", "number_source"), lambda: DrawCommitment.objects.all()),
    Source(DrawExclusion, "draw", ("reason",), lambda: DrawExclusion.objects.filter(draw__state__in=PUBLIC)),
    Source(
        DrawnObject,
        "draw",
        ("follow_up",),
        lambda: DrawnObject.objects.filter(published_on__isnull=False).exclude(follow_up=""),
    ),
    Source(
        Publication,
        "case",
        ("party", "facts", "penalty", "basis"),
        lambda: published.on_show(on=clock.today()).prefetch_related(None),
    ),
    Source(
        Publication,
        "case",
        ("withdrawn_because",),
        lambda: published.taken_back(on=clock.today()).prefetch_related(None),
    ),
)
#: Whose rows belong to a bureau or an area and to no institution.
OF_BUREAUS = frozenset({"organ", "jurisdiction", "draw", "case"})


@dataclass(frozen=True)
class Suspect:
    """A column of one row that holds something: what to store, and the text by which a page shows the same."""

    found: Found
    text: str


def of_bureaus() -> Iterator[Suspect]:
    """What the columns of bureaus, areas, draws and decisions hold."""
    for source in SOURCES:
        if source.owner in OF_BUREAUS:
            yield from _in_source(source, source.rows())


def suspects(*, among: Iterable[int] | None = None) -> Iterator[Suspect]:
    """All columns that hold planted or personal text, streamed; ``among``: of these institutions only."""
    for source in SOURCES:
        rows = source.rows()
        if among is not None:
            if source.owner in OF_BUREAUS:
                continue
            rows = rows.filter(**{f"{source.owners()[0]}__in": list(among)})
        yield from _in_source(source, rows)


def _in_source(source: Source, rows: QuerySet) -> Iterator[Suspect]:
    owner, jurisdiction = source.owners()
    names = ("pk", owner, jurisdiction, source.address(), *source.columns)
    for pk, owner_id, jurisdiction_id, public, *values in rows.order_by("pk").values_list(*names).iterator(CHUNK):
        yield from _in_row(source, pk, _owner(source, owner_id, jurisdiction_id), str(public), values)


def _owner(source: Source, owner_id: int, jurisdiction_id: int) -> Owner:
    if source.owner in {"organ", "draw", "case"}:
        return Owner(organ_id=owner_id, jurisdiction_id=jurisdiction_id)
    if source.owner == "jurisdiction":
        return Owner(jurisdiction_id=jurisdiction_id)
    return Owner(institution_id=owner_id, jurisdiction_id=jurisdiction_id)


def _in_row(source: Source, pk: int, owner: Owner, public: str, values: list[str | None]) -> Iterator[Suspect]:
    """Most rows hold nothing, which is seen once for the whole row."""
    together = "\n".join(value for value in values if value)
    if wording.planted(together, strictly=True) is None and next(wording.personal(together), None) is None:
        return
    place = _place(source, public)
    for column, value in zip(source.columns, values, strict=True):
        for hit in hits_in(value or "", mobiles=column not in source.with_phone, codes=column != "credit_code"):
            same = ("column", source.model._meta.label_lower, column, pk)
            found = Found(hit.kind, same, place, hit.words[:200], source.label(column), owner)
            yield Suspect(found, wording.bare(value or ""))


def hits_in(value: str, *, mobiles: bool, codes: bool) -> Iterator[wording.Hit]:
    """At most one hit of each kind in one column."""
    if hit := wording.planted(value, strictly=True):
        yield hit
    if codes and (hit := next(wording.personal(value, mobiles=mobiles), None)):
        yield hit


def _place(source: Source, public: str) -> str:
    if source.owner in {"self", "institution"}:
        return reverse("publicity:institution", args=[public])
    if source.owner == "draw":
        return reverse("publicity:draw", args=[public])
    if source.owner == "case":
        return reverse("publicity:penalty", args=[public])
    return reverse("publicity:report")


def published_on_purpose(hit: wording.Hit) -> bool:
    """A number that a bureau or an institution gives as its own, or a registered credit code that looks like one."""
    if hit.kind != FindingKind.PERSONAL:
        return False
    if len(hit.exact) == 18:
        return Institution.objects.filter(credit_code=hit.exact).exists()
    if len(hit.exact) != 11:
        return False
    if hit.exact in re.sub(r"\D", "", settings.SITE_INFO["phone"]):
        return True
    spelt = rf"(^|[^0-9]){hit.exact[:3]}[ -]?{hit.exact[3:7]}[ -]?{hit.exact[7:]}([^0-9]|$)"
    return (
        Organ.objects.filter(report_phone__regex=spelt).exists()
        or Institution.objects.current().filter(public_phone__regex=spelt).exists()
    )
