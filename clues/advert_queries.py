"""Reading advertisements: the rules in force, what they say of a text, what was seen of an institution."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from institutions.models import Institution
from institutions.queries import with_absorbed

from .enums import ClueState, Verdict
from .models import AdvertRule, Sighting
from .screening import Rule, Screened, screen


def rules_on(on: date) -> list[Rule]:
    """The rules of the screening that hold on a day."""
    return [
        Rule(
            code=row.code,
            kind=row.kind,
            words=tuple(row.words),
            unless=tuple(row.unless),
            needs=frozenset(row.needs),
            media=frozenset(row.media),
            carrier=row.carrier,
            claim=row.claim,
            law=row.law,
            clause=row.clause,
            reason=row.reason,
        )
        for row in AdvertRule.objects.in_force(on).order_by("code")
    ]


def judged(text: str, *, medium: str, on: date) -> Screened:
    """What the rules of a day say of a text."""
    return screen(text, rules=rules_on(on), medium=medium)


def standing_sightings(rows: QuerySet[Sighting]) -> QuerySet[Sighting]:
    """Those that count: not refused, not one more report of another, not found untrue."""
    return rows.exclude(clue__state__in=[ClueState.REFUSED, ClueState.MERGED]).exclude(clue__verdict=Verdict.UNTRUE)


def adverts_about(institution: Institution, *, since: date, until: date) -> QuerySet[Sighting]:
    """Advertisements of an institution, of those that it absorbed and of sites merged into these, seen in a period."""
    same = with_absorbed(institution)
    rows = Sighting.objects.filter(Q(clue__institution__in=same) | Q(clue__unlicensed_site__institution__in=same))
    found = standing_sightings(rows).filter(clue__happened_on__range=(since, until))
    return found.select_related("clue").order_by("-clue__happened_on", "-pk")


def digest_of(record: Mapping[str, Any]) -> str:
    """The same for the same post in the same county, from whichever file: a hash of county, text and link."""
    told = "\n".join([str(record.get("jurisdiction", "")), record["content"], record.get("link", "")])
    return sha256(told.encode()).hexdigest()
