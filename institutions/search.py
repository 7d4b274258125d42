"""Search by two Chinese characters, pinyin initials or any part of a code.

pg_trgm never serves two-character terms, so each institution has one row with its text and an array of its one- and
two-character terms under a GIN index. This module is the only writer; ``manage.py rebuild_search`` makes all rows anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise

from django.db import connection
from django.db.models import QuerySet

from foundation.regions.reference import initials

from .models import FormerName, Institution, Permit, Site

SEPARATOR = "\n"
SLICE = 2000


def normal(text: str) -> str:
    """Half width, lower case, no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def terms_of(text: str) -> list[str]:
    """All single characters and neighbouring pairs of each line, without blanks."""
    found: set[str] = set()
    for part in text.split():
        found.update(part)
        found.update(map("".join, pairwise(part)))
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


def rarest(term: str, shares: Mapping[str, float]) -> list[str]:
    """The two rarest terms of a normal term: looking up more of them costs the index more than it saves.

    ``shares`` as ``common`` gives them; a term that is not there is rare.
    """
    return sorted(query_terms(term), key=lambda each: shares.get(each, 0.0))[:2]


def common() -> dict[str, float]:
    """Terms that are known to be common, with the share of institutions that contain them."""
    with connection.cursor() as cursor:
        cursor.execute(SHARES)
        return dict(cursor.fetchall())


#: Institutions ``i`` with their search row ``s``, and whether it contains a term; parameters ``terms`` and ``term``.
JOINED = "JOIN institutions_searchentry s ON s.institution_id = i.id"
CONTAINS = "s.terms @> %(terms)s::varchar[] AND strpos(s.text, %(term)s) > 0"
ANYWHERE = "SELECT true FROM institutions_searchentry WHERE terms @> %(terms)s::varchar[] LIMIT 1"
#: How common the most common terms are, by the planner's own figures: share of institutions.
SHARES = """
SELECT term, share FROM (
    SELECT most_common_elems::text::varchar[] AS terms, most_common_elem_freqs AS shares FROM pg_stats
    WHERE schemaname = 'public' AND tablename = 'institutions_searchentry' AND attname = 'terms'
) known, unnest(terms, shares[1:cardinality(terms)]) AS common (term, share)
"""


WRITE = """
INSERT INTO institutions_searchentry (institution_id, text, terms)
SELECT id, text, terms::text[] FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS entry (id, text, terms)
ON CONFLICT (institution_id) DO UPDATE SET text = excluded.text, terms = excluded.terms
"""


def refresh(ids: Iterable[int]) -> int:
    """Write the search rows of these institutions anew, in slices; returns how many."""
    wanted, written = sorted(set(ids)), 0
    for start in range(0, len(wanted), SLICE):
        texts = _texts(wanted[start : start + SLICE])
        terms = [_array(terms_of(text)) for text in texts.values()]
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [list(texts), list(texts.values()), terms])
        written += len(texts)
    return written


def _array(terms: list[str]) -> str:
    """A PostgreSQL array of texts, written out."""
    escaped = "\0".join(terms).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + escaped.replace("\0", '","') + '"}' if terms else "{}"


def _texts(ids: list[int]) -> dict[int, str]:
    """Institution -> its searchable lines."""
    lines: dict[int, list[str]] = {}
    facts = Institution.objects.filter(pk__any_of=ids).values_list("pk", "name", "trade_name", "address", "credit_code")
    for pk, name, trade_name, address, credit_code in facts:
        lines[pk] = [name, trade_name, address, credit_code or "", initials(name), initials(trade_name)]
    for pk, name in FormerName.objects.filter(institution__id__any_of=ids).values_list("institution_id", "name"):
        lines[pk] += [name, initials(name)]
    for pk, number in Permit.objects.filter(institution__id__any_of=ids).values_list("institution_id", "number"):
        lines[pk].append(number)
    sites = Site.objects.filter(institution__id__any_of=ids, closed_on__isnull=True)
    for pk, name, address in sites.values_list("institution_id", "name", "address"):
        lines[pk] += [name, address]
    return {pk: SEPARATOR.join(dict.fromkeys(normal(line) for line in found if line)) for pk, found in lines.items()}
