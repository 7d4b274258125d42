"""建议复查 (M13): sites whose findings come from somebody far from the peers, grades whose scores pile up on a line.

Suggestions for another visit, with sample sizes; nobody is called guilty of anything, and no name is shown here.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from foundation.exports.declaring import Column
from inspections.counters import PERSON, with_site
from inspections.enums import FindingState
from inspections.models import Finding, Visit, VisitOfficer
from listings.enums import RatingState
from listings.models import Rating
from listings.rules import can_view_lists

from ..asking import Question
from ..drifting import Drift, far_from_peers, heaped
from ..enums import Group, Unit
from ..kpis import Kpi, declare
from . import columns
from .visits import COMMON, OF_VISIT, visits

BAND = 3  # points on each side of a line
LINES = ("a_from", "b_from", "c_from")


def _found(question: Question) -> Exists:
    """Something was found that nobody had dismissed by then."""
    dismissed = Q(state=FindingState.DISMISSED, state_at__lte=question.moment)
    return Exists(Finding.objects.filter(visit=OuterRef("pk")).exclude(dismissed))


def drifts(question: Question) -> dict[int, dict[str, Drift]]:
    """By bureau, whoever is far from the peers there; a town narrows the list, not the comparison."""
    asked = visits(replace(question, town=None)).order_by()
    went = VisitOfficer.objects.filter(visit__in=asked.values("pk"))
    tallied = went.annotate(
        who=PERSON,
        problem=Exists(asked.filter(_found(question), pk=OuterRef("visit")).values("pk")),
    )
    grouped = tallied.values("visit__jurisdiction", "visit__category", "visit__kind", "visit__site_type", "who")
    counted = grouped.annotate(n=Count("visit", distinct=True), k=Count("visit", distinct=True, filter=Q(problem=True)))
    bureaus: dict[int, dict[str, dict]] = defaultdict(lambda: defaultdict(dict))
    for row in counted.order_by():
        stratum = (row["visit__category"], row["visit__kind"], row["visit__site_type"])
        bureaus[row["visit__jurisdiction"]][row["who"]][stratum] = (row["n"], row["k"])
    named = {bureau: far_from_peers(tallies) for bureau, tallies in bureaus.items()}
    return {bureau: people for bureau, people in named.items() if people}


def revisits(question: Question) -> QuerySet[Visit]:
    """What put somebody far from the peers: visits without findings where few were found, else those with."""
    cases = []
    for bureau, people in drifts(question).items():
        for person, drift in people.items():
            theirs = VisitOfficer.objects.annotate(who=PERSON).filter(visit=OuterRef("pk"), who=person)
            chosen = Q(Exists(theirs), jurisdiction=bureau, problem=not drift.low)
            cases.append(When(chosen, then=Value(drift.words)))
    rows = visits(question)
    if not cases:
        return with_site(rows.none()).annotate(why=Value("", output_field=CharField()))
    rows = rows.annotate(problem=_found(question))
    rows = rows.annotate(why=Case(*cases, default=Value(""), output_field=CharField()))
    return with_site(rows.exclude(why=""))


def heaps(question: Question) -> QuerySet[Rating]:
    """Published grades just above a line where too many lie, each line of a rubric in a bureau by itself.

    Left out are those who have the base score because nothing was on record: they all lie on one point by the rubric.
    """
    rows = Rating.objects.filter(state=RatingState.PUBLISHED, vetoed=False).exclude(points=[])
    rows = question.recorded(question.happened(rows, "published_on"), "computed_at")
    rows = rows.filter(institution__jurisdiction__in=question.area)
    wanted = Q(pk__in=[])
    for line in LINES:
        off = F("score") - F(f"rubric__{line}")
        near = rows.annotate(off=off).filter(off__gte=-BAND, off__lt=BAND)
        counted = near.order_by().values("institution__jurisdiction", "rubric")
        for row in counted.annotate(above=Count("pk", filter=Q(off__gte=0)), below=Count("pk", filter=Q(off__lt=0))):
            if heaped(row["above"], row["below"], lines=len(LINES)):
                at = Q(institution__jurisdiction=row["institution__jurisdiction"], rubric=row["rubric"])
                wanted |= at & Q(score__gte=F(f"rubric__{line}"), score__lt=F(f"rubric__{line}") + BAND)
    rows = rows.filter(wanted).select_related("institution__jurisdiction", "institution__division", "rubric")
    return question.here(rows, place="institution__jurisdiction", town="institution__division")


REVISIT = Kpi(
    code="revisit_suggested",
    label="建议复查家数",
    unit=Unit.SITES,
    means="检查人员的问题发现情况与同单位、同类检查的其他人相差很远时，建议换人复查的场所。只是统计提示，不代表检查有误；"
    "没有偏差的单位被误提示的可能不超过1%，每人20家次、其他人40家次以下的不比较。",
    rows=revisits,
    columns=(*OF_VISIT, Column("why", "为什么建议复查")),
    key="site",
    **{**COMMON, "campaigns": False},
)
HEAPED = Kpi(
    code="heaped_grades",
    label="分数线附近建议复核",
    unit=Unit.SITES,
    group=Group.LISTS,
    means="诚信评价得分恰好压线(高出不到3分)的明显多于差不到3分的，建议复核的机构。只是统计提示，不代表评价有误；"
    "没有堆积时被误提示的可能不超过1%，一条分数线附近不满30家的不比较。",
    rows=heaps,
    columns=(
        *columns.institution(),
        Column("score", "得分", kind="number"),
        Column("grade", "等级"),
        columns.on("published_on", "公布日期"),
    ),
    opens=can_view_lists,
    key="institution",
    place="institution__jurisdiction",
    town="institution__division",
    day="published_on",
    known="computed_at",
    newest=("-published_on", "-pk"),
)

declare(REVISIT, HEAPED)
