"""Which site a past visit's row speaks of: by site number, credit code, permit number, else name (and address).

Asked set-based, block by block; what was found is remembered for the run, a few hundred bytes a site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q

from foundation.imports.target import Ground
from institutions.enums import ENDED, Status
from institutions.models import FormerName, Institution, Permit, StatusEvent, UnlicensedSite

from .naming import key_of, spellings_of


@dataclass(slots=True)
class Subject:
    """A site of the register as a row's check needs it; ``names`` are the keys of all names that it bears or bore."""

    id: int
    jurisdiction_id: int
    name: str
    address: str
    is_registered: bool = True
    code: str = ""
    status: str = ""
    ended_on: date | None = None
    names: set[str] = field(default_factory=set)

    @property
    def place(self) -> tuple[str, int]:
        """The key of the record under which the row keeps the site."""
        return ("institution" if self.is_registered else "unlicensed"), self.id

    def ended_in_words(self) -> str:
        return Status(self.status).label if self.status in ENDED else ""


class Sites:
    """What one run has asked the register."""

    def __init__(self, ground: Ground) -> None:
        self._allowed = ground.allowed
        self._subjects: dict[int, Subject] = {}
        self._unlicensed: dict[int, Subject] = {}
        self._by: dict[str, dict[str, set[int]]] = {name: {} for name in ("code", "number", "name", "site", "sign")}

    @classmethod
    def of(cls, ground: Ground) -> Sites:
        """The one of this run."""
        return ground.known.setdefault("inspections.sites", cls(ground))

    def fetch(
        self, *, codes: Iterable[str], numbers: Iterable[str], sites: Iterable[str], names: Iterable[str]
    ) -> None:
        """Ask for what these cells may mean, in at most seven queries; what was asked before is not asked again."""
        new_codes, new_numbers = self._new("code", codes), self._new("number", numbers)
        new_sites, new_names = self._new("site", sites), self._new("name", names)
        if new_codes:
            self._note("code", Institution.objects.filter(credit_code__in=new_codes).values_list("credit_code", "pk"))
        if new_numbers:
            held = Permit.objects.filter(number__in=new_numbers)
            self._note("number", held.values_list("number", "institution_id"))
        if new_sites:
            self._note("site", UnlicensedSite.objects.filter(number__in=new_sites).values_list("number", "pk"))
        if new_names:
            self._fetch_names(new_names)
        self._fetch_facts()

    def by_code(self, code: str) -> list[Subject]:
        return self._found("code", code)

    def by_number(self, number: str) -> list[Subject]:
        """Permit numbers repeat between authorities: of several holders those of the bureau's own area count."""
        found = self._found("number", number)
        return [each for each in found if each.jurisdiction_id in self._allowed] or found

    def by_name(self, name: str) -> list[Subject]:
        """Institutions of the area that bear or bore a name; without one, unlicensed sites under this sign."""
        return self._found("name", key_of(name)) or self._found("sign", key_of(name))

    def by_site(self, number: str) -> list[Subject]:
        return self._found("site", number)

    def _new(self, kind: str, keys: Iterable[str]) -> set[str]:
        """Keys that were not asked for yet; they count as asked from now on."""
        known = self._by[kind]
        if kind == "name":
            fresh = {name for name in keys if key_of(name) not in known}
            known.update((key_of(name), set()) for name in fresh)
            return fresh
        fresh = set(keys) - known.keys()
        known.update((key, set()) for key in fresh)
        return fresh

    def _note(self, kind: str, pairs: Iterable[tuple[str, int]]) -> None:
        for key, pk in pairs:
            self._by[kind].setdefault(key, set()).add(pk)

    def _fetch_names(self, names: Collection[str]) -> None:
        written = {spelling for name in names for spelling in spellings_of(name)}
        own = Institution.objects.filter(jurisdiction__in=self._allowed, withdrawn_at__isnull=True)
        borne = own.filter(Q(name__in=written) | Q(trade_name__in=written)).values_list("name", "trade_name", "pk")
        for name, sign, pk in borne:
            self._note("name", [(key_of(each), pk) for each in (name, sign) if each in written])
        former = FormerName.objects.filter(name__in=written, institution__in=own)
        self._note("name", ((key_of(name), pk) for name, pk in former.values_list("name", "institution_id")))
        signs = UnlicensedSite.objects.filter(jurisdiction__in=self._allowed, sign__in=written)
        self._note("sign", ((key_of(sign), pk) for sign, pk in signs.values_list("sign", "pk")))

    def _fetch_facts(self) -> None:
        wanted = {pk for kind in ("code", "number", "name") for ids in self._by[kind].values() for pk in ids}
        if new := wanted - self._subjects.keys():
            self._fetch_institutions(new)
        sites = {pk for kind in ("site", "sign") for ids in self._by[kind].values() for pk in ids}
        columns = ("pk", "jurisdiction_id", "sign", "address")
        for pk, place, sign, address in UnlicensedSite.objects.filter(
            pk__in=sites - self._unlicensed.keys()
        ).values_list(*columns):
            self._unlicensed[pk] = Subject(pk, place, sign or address, address, is_registered=False)

    def _fetch_institutions(self, ids: set[int]) -> None:
        """Institutions that were merged lead to the one that they went into; withdrawn ones to nothing."""
        rows = Institution.objects.filter(Q(pk__in=ids) | Q(absorbed__in=ids)).distinct()
        columns = ("pk", "merged_into_id", "withdrawn_at", "jurisdiction_id", "name", "trade_name", "address")
        went: dict[int, int] = {}
        for pk, into, withdrawn, place, name, sign, address, code, status in rows.values_list(
            *columns, "credit_code", "status"
        ):
            if into is not None:
                went[pk] = into
            elif withdrawn is None:
                names = {key_of(each) for each in (name, sign) if each}
                self._subjects[pk] = Subject(pk, place, name, address, code=code or "", status=status, names=names)
        for pk, into in went.items():
            if into in self._subjects:
                self._subjects[pk] = self._subjects[into]
        self._fetch_history(ids | set(went.values()))

    def _fetch_history(self, ids: set[int]) -> None:
        known = {subject.id: subject for pk in ids if (subject := self._subjects.get(pk))}
        former = FormerName.objects.filter(institution__in=known)
        for pk, name in former.values_list("institution_id", "name"):
            known[pk].names.add(key_of(name))
        ended = [pk for pk, subject in known.items() if subject.status in ENDED]
        events = StatusEvent.objects.filter(institution__in=ended, status__in=ENDED).believed().order_by()
        for pk, on in events.values_list("institution_id").annotate(on=Max("effective_on")):
            known[pk].ended_on = on

    def _found(self, kind: str, key: str) -> list[Subject]:
        known = self._unlicensed if kind in ("site", "sign") else self._subjects
        found: dict[tuple[str, int], Subject] = {}
        for pk in sorted(self._by[kind].get(key, ())):
            if pk in known:
                found[known[pk].place] = known[pk]
        return list(found.values())
