"""The pool of a draw: which institutions and officers are in it on a day, as the canonical lines that are frozen.

One statement, whatever the number of institutions; the database writes the lines. Their form is that of
``docs/verify_draw.py``: columns with a tab between them, lines in the order of the codes.
"""
# ruff: noqa: S608 (put together from constants; values are parameters)

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from foundation.regions.enums import DivisionLevel
from foundation.regions.queries import divisions_below, jurisdictions_below
from inspections.enums import NEXT_STRATUM, RUN, Stratum
from inspections.models import Draw, DrawCommitment, DrawnObject, DrawOfficer, InterestDeclaration
from inspections.models.draws import RATIO_FIELDS
from inspections.replaying import OFFICER, RECENT
from institutions import periods
from institutions.enums import OPERATING, StandingKind

_LABEL = "CASE {grade} " + " ".join(f"WHEN '{stratum.value}' THEN '{stratum.label}'" for stratum in Stratum) + " END"
_NEXT = "CASE grade " + " ".join(f"WHEN '{one.value}' THEN '{other.value}'" for one, other in NEXT_STRATUM.items())
#: Every institution that the draft's conditions choose on a day: id, code, grade, risk flags, area, why left out.
_CHOSEN = f"""
WITH flagged AS (
    SELECT p.institution_id, string_agg(DISTINCT coalesce(nullif(p.detail, ''), '未写明'), '、') AS flags
    FROM institutions_standingperiod p WHERE p.kind = '{StandingKind.FLAG}' AND {periods.on_day("p")}
    GROUP BY p.institution_id
), chosen AS (
    SELECT i.id, coalesce(i.credit_code, i.public_id) AS code, coalesce(g.value, '') AS grade,
           regexp_replace(f.flags, '[[:space:]]+', ' ', 'g') AS flags,
           CASE d.level WHEN '{DivisionLevel.VILLAGE}' THEN town.code ELSE d.code END AS area,
           regexp_replace(x.reason, '[[:space:]]+', ' ', 'g') AS excluded
    FROM institutions_institution i
    JOIN regions_division d ON d.id = i.division_id
    LEFT JOIN regions_division town ON town.id = d.parent_id
    LEFT JOIN institutions_standingperiod g
        ON g.institution_id = i.id AND g.kind = '{StandingKind.GRADE}' AND {periods.on_day("g")}
    LEFT JOIN flagged f ON f.institution_id = i.id
    LEFT JOIN inspections_drawexclusion x ON x.institution_id = i.id AND x.draw_id = %(draw)s
    WHERE i.jurisdiction_id = ANY(%(jurisdictions)s) AND {periods.CURRENT} AND i.status = ANY(%(statuses)s)
      AND (%(site_type)s = '' OR i.site_type = %(site_type)s)
      AND (%(categories)s = '{{}}' OR i.category = ANY(%(categories)s))
      AND (%(places)s IS NULL OR i.division_id = ANY(%(places)s))
), placed AS (
    SELECT id, code, area, flags, excluded, {_LABEL.format(grade="grade")} AS own,
           {_LABEL.format(grade=f"CASE WHEN flags IS NULL THEN grade ELSE {_NEXT} END END")} AS stratum
    FROM chosen
)
"""
_LINES = (
    _CHOSEN
    + """
SELECT coalesce(string_agg(
           '对象' || E'\\t' || code || E'\\t' || stratum || E'\\t' || area || E'\\t'
           || coalesce('原' || own || '，风险标记：' || flags, '') || E'\\n', ''
       ) FILTER (WHERE excluded IS NULL), ''),
       coalesce(string_agg('排除' || E'\\t' || code || E'\\t' || excluded || E'\\n', ''), ''),
       coalesce(string_agg(id::text, ',') FILTER (WHERE excluded IS NULL), '')
FROM (SELECT * FROM placed ORDER BY code COLLATE "C") sorted
"""
)
#: Pages go without parallel workers (settings); a freeze reads a whole city's institutions once and waits for them.
_PARALLEL = "SET LOCAL max_parallel_workers_per_gather = 2"
_COUNTS = _CHOSEN + (
    "SELECT stratum, count(*) FILTER (WHERE excluded IS NULL), count(flags) FILTER (WHERE excluded IS NULL),"
    " count(excluded) FROM placed GROUP BY stratum"
)


@dataclass(frozen=True)
class Pool:
    """The file that is frozen, what it holds, and the ids of the institutions behind its objects, in their order."""

    text: str
    ids: list[int]
    sizes: dict[str, int]  # objects (家) by the label of their stratum; empty strata are left out
    officers: int

    @property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.split("\n")[:-1]


@dataclass(frozen=True)
class StratumCount:
    """One line of the preview: how many (家) stand in a stratum, how many were moved there, left out, and are drawn."""

    label: str
    ratio: int
    objects: int
    flagged: int
    excluded: int

    @property
    def sample(self) -> int:
        """``ratio`` percent of the objects, rounded up."""
        return -(-self.objects * self.ratio // 100)


def rule_text(draw: Draw) -> str:
    """The rule as it goes into the seed: which share of which stratum, and how many officers for each object."""
    ratios = "；".join(f"{stratum.label}={getattr(draw, field)}%" for stratum, field in RATIO_FIELDS.items())
    return f"双随机规则1；{ratios}；每家2人"


def pool_of(draw: Draw, *, on: date) -> Pool:
    """The pool of a draft as it stands on a day: objects, exclusions, officers with what they avoid, earlier pairs.

    Called in the transaction that freezes it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PARALLEL)
        cursor.execute(_LINES, _conditions(draw, on))
        objects, excluded, listed = cursor.fetchone()
    ids = list(map(int, listed.split(","))) if listed else []
    officers = _officer_lines(draw, ids, on)
    others = "".join(f"{line}\n" for line in (*officers, *_recent_lines(draw)))
    sizes = {
        label: objects.count(f"\t{label}\t") for label in Stratum.labels
    }  # no other column between two tabs is one
    return Pool(objects + excluded + others, ids, {label: size for label, size in sizes.items() if size}, len(officers))


def preview(draw: Draw, *, on: date) -> list[StratumCount]:
    """How many institutions each stratum would hold if the pool were frozen on that day; all five, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, _conditions(draw, on))
        found = {label: counts for label, *counts in cursor.fetchall()}
    return [
        StratumCount(stratum.label, getattr(draw, field), *found.get(stratum.label, (0, 0, 0)))
        for stratum, field in RATIO_FIELDS.items()
    ]


def lines_of(commitment: DrawCommitment) -> list[str]:
    """The lines of a frozen pool; none when what is stored cannot be read any more, which no hash of a pool fits."""
    try:
        return zlib.decompress(commitment.pool).decode().split("\n")[:-1]
    except (zlib.error, UnicodeDecodeError):
        return []


def institution_ids(commitment: DrawCommitment) -> list[int]:
    """The institutions behind the objects of a frozen pool, in the order of its lines."""
    ids = array("q")
    ids.frombytes(zlib.decompress(commitment.institutions))
    return list(ids)


def packed(text: str) -> bytes:
    """The pool file, compressed for keeping."""
    return zlib.compress(text.encode(), 1)


def packed_ids(ids: Iterable[int]) -> bytes:
    """The ids, compressed for keeping."""
    return zlib.compress(array("q", ids).tobytes(), 1)


def recent_pairs(draw: Draw) -> set[tuple[str, str]]:
    """Pairs of certificate numbers, in their order, that went out together in the bureau's last draws."""
    earlier = Draw.objects.filter(jurisdiction=draw.jurisdiction_id, state__in=RUN).exclude(pk=draw.pk)
    last = list(earlier.order_by("-drawn_at", "-pk").values_list("pk", flat=True)[: draw.avoid_recent])
    pairs = DrawnObject.objects.filter(draw__in=last, first_officer__isnull=False)
    numbers = pairs.values_list("first_officer__number", "second_officer__number").distinct()
    return {(min(pair), max(pair)) for pair in numbers}


def _conditions(draw: Draw, on: date) -> dict[str, object]:
    return {
        "draw": draw.pk,
        "on": on,
        "jurisdictions": list(jurisdictions_below(draw.jurisdiction_id)),
        "statuses": sorted(OPERATING),
        "site_type": draw.site_type,
        "categories": list(draw.categories),
        "places": list(divisions_below(*draw.areas)) if draw.areas else None,
    }


def _officer_lines(draw: Draw, ids: list[int], on: date) -> list[str]:
    """人员, number, areas that the person answers for, codes of institutions of the pool with a declared interest."""
    officers = list(_officers(draw))
    interests = InterestDeclaration.objects.in_force(on).filter(person__in=[each.post.user_id for each in officers])
    in_pool, avoided = set(ids), defaultdict(set)
    for person, pk, code, public_id in interests.values_list(
        "person_id", "institution_id", "institution__credit_code", "institution__public_id"
    ):
        if pk in in_pool:
            avoided[person].add(code or public_id)
    lines = {
        each.number: "\t".join(
            (OFFICER, each.number, ",".join(sorted(_areas(each))), ",".join(sorted(avoided[each.post.user_id])))
        )
        for each in officers
    }
    return [lines[number] for number in sorted(lines)]


def _officers(draw: Draw) -> Iterable[DrawOfficer]:
    places = ("post__division", "post__grid__division", "post__school__division", "post__organ__division")
    parents = [f"{place}__parent" for place in places]
    return DrawOfficer.objects.filter(draw=draw, by_hand=False).select_related(*places, *parents)


def _areas(officer: DrawOfficer) -> set[str]:
    """Codes of the towns that the officer answers for by post, grid, school or the organ's own seat."""
    post = officer.post
    places = [post.division, *(place.division for place in (post.grid, post.school) if place), post.organ.division]
    towns = (place.parent if place and place.level == DivisionLevel.VILLAGE else place for place in places)
    return {town.code for town in towns if town is not None and town.level == DivisionLevel.TOWN}


def _recent_lines(draw: Draw) -> list[str]:
    """同组 lines, for officers of this draw only."""
    here = set(DrawOfficer.objects.filter(draw=draw, by_hand=False).values_list("number", flat=True))
    return ["\t".join((RECENT, *pair)) for pair in sorted(recent_pairs(draw)) if here.issuperset(pair)]
