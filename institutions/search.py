"""Search by two Chinese characters, pinyin initials or any part of a code.

pg_trgm never serves two-character terms, so each institution has one row with its text and an array of its one- and
two-character terms under a GIN index. This module is the only writer; ``manage.py rebuild_search`` makes all rows anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from django.db.models import QuerySet

from foundation.regions.reference import initials

from .models import FormerName, Institution, Permit, SearchEntry, Site

SEPARATOR = "\n"
SLICE = 2000


def normal(text: str) -> str:
    """Half width, lower case, no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def terms_of(text: str) -> list[str]:
    """All single characters and neighbouring pairs of each line, without blanks."""
    found: set[str] = set()
    for line in text.split(SEPARATOR):
        found.update(character for character in line if not character.isspace())
        found.update(a + b for a, b in pairwise(line) if not (a.isspace() or b.isspace()))
    return sorted(found)


def query_terms(term: str) -> list[str]:
    """The terms that a search must find: the pairs, or the character when there is only one."""
    return [term] if len(term) == 1 else [a + b for a, b in pairwise(term) if not (a.isspace() or b.isspace())]


def matching(rows: QuerySet[Institution], term: str) -> QuerySet[Institution]:
    """Rows whose name, former name, campus, address, code or pinyin initials contain the term."""
    wanted = normal(term)
    if not wanted:
        return rows
    found = rows.filter(search_entry__terms__contains=query_terms(wanted))
    return found if len(wanted) <= 2 else found.filter(search_entry__text__contains=wanted)


def refresh(ids: Iterable[int]) -> int:
    """Write the search rows of these institutions anew, in slices; returns how many."""
    wanted, written = sorted(set(ids)), 0
    for start in range(0, len(wanted), SLICE):
        entries = _entries(wanted[start : start + SLICE])
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["institution"], update_fields=["text", "terms"]
        )
        written += len(entries)
    return written


def _entries(ids: list[int]) -> list[SearchEntry]:
    lines: dict[int, list[str]] = {}
    facts = Institution.objects.filter(pk__in=ids).values_list("pk", "name", "trade_name", "address", "credit_code")
    for pk, name, trade_name, address, credit_code in facts:
        lines[pk] = [name, trade_name, address, credit_code or "", initials(name), initials(trade_name)]
    for pk, name in FormerName.objects.filter(institution__in=ids).values_list("institution_id", "name"):
        lines[pk] += [name, initials(name)]
    for pk, number in Permit.objects.filter(institution__in=ids).values_list("institution_id", "number"):
        lines[pk].append(number)
    sites = Site.objects.filter(institution__in=ids, closed_on__isnull=True)
    for pk, name, address in sites.values_list("institution_id", "name", "address"):
        lines[pk] += [name, address]
    texts = {pk: SEPARATOR.join(dict.fromkeys(normal(line) for line in found if line)) for pk, found in lines.items()}
    return [SearchEntry(institution_id=pk, text=text, terms=terms_of(text)) for pk, text in texts.items()]
