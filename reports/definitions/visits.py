"""检查: what visits and the people on them add up to. 家次 are visits, 家 sites, 人次 people per visit, 人 people."""

from __future__ import annotations

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from foundation.exports.declaring import Column
from inspections.counters import PERSON, with_site
from inspections.enums import FindingState, Measure, Outcome, Slot
from inspections.models import CampaignVisit, Finding, Visit, VisitMonth, VisitOfficer
from inspections.queries.visits import SATURDAY, of_supervisors, official
from inspections.rules.visits import can_view_visits

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, Summed, declare
from . import columns

OF_VISIT = (
    columns.number("number", "编号"),
    columns.on("visited_on", "检查日期"),
    Column("slot", "时段"),
    Column("kind", "检查种类"),
    columns.named("subject_name", "检查对象"),
    columns.county(),
    columns.town(),
    Column("outcome", "检查结论"),
)
OF_OFFICER = (
    columns.named("name", "检查人员"),
    Column("organ_name", "单位"),
    columns.number("visit.number", "检查编号"),
    columns.on("visit.visited_on", "检查日期"),
    Column("subject", "检查对象", lambda row: row.visit.subject_name),
    columns.county("visit.jurisdiction"),
)
COMMON = {
    "group": Group.INSPECTION,
    "opens": can_view_visits,
    "day": "visited_on",
    "newest": ("-visited_on", "-pk"),
    "campaigns": True,
    "evenings": True,
}


def counted(question: Question) -> QuerySet[Visit]:
    """Visits of the area and period, official or not, that were not void."""
    rows = Visit.objects.select_related("jurisdiction", "division")
    rows = question.here(question.happened(rows, "visited_on", slot="slot"))
    return question.tagged(question.recorded(rows, voided="voided_at"), CampaignVisit, "visit")


def visits(question: Question) -> QuerySet[Visit]:
    """Visits of officers."""
    return official(counted(question))


def with_problem(question: Question) -> QuerySet[Visit]:
    """Official visits at which something was found that nobody had dismissed by then, each with its site."""
    dismissed = Q(state=FindingState.DISMISSED, state_at__lte=question.moment)
    found = Finding.objects.filter(visit=OuterRef("pk")).exclude(dismissed)
    return with_site(visits(question).filter(Exists(found)))


def person_times(question: Question) -> QuerySet[Visit]:
    """Official visits with how many went, those that a past record does not name included."""
    went = VisitOfficer.objects.filter(visit=OuterRef("pk")).order_by().values("visit").annotate(n=Count("pk"))
    number = Coalesce(Subquery(went.values("n")), 0, output_field=IntegerField()) + F("unnamed")
    return visits(question).annotate(person_times=number)


def persons(question: Question) -> QuerySet[VisitOfficer]:
    """Named people on official visits, each with who it is; those without a name cannot be told apart."""
    rows = VisitOfficer.objects.filter(visit__in=visits(question).order_by().values("pk"))
    return rows.select_related("visit__jurisdiction").annotate(person=PERSON)


VISITS = Kpi(
    code="visits",
    label="检查家次",
    unit=Unit.VISITS,
    means="执法人员对一个场所的一次检查计一家次；同一场所同一天两个时段各计一次。不含社会监督员走访和已作废的记录。",
    rows=visits,
    columns=OF_VISIT,
    measure=Measure.VISITS,
    summed=Summed(VisitMonth, "visits", {"official": True}),
    **COMMON,
)
SITES = Kpi(
    code="sites",
    label="检查家数",
    unit=Unit.SITES,
    means="被检查的不同场所；同一场所无论检查几次只计一家，合并的机构、办证后的场所按一家计。",
    rows=lambda question: with_site(visits(question)),
    columns=OF_VISIT,
    key="site",
    measure=Measure.SITES,
    **COMMON,
)
PERSON_TIMES = Kpi(
    code="person_times",
    label="出动人次",
    unit=Unit.PERSON_TIMES,
    means="每次检查到场的人数之和，含历史记录中没有写明姓名的人员。",
    rows=person_times,
    columns=(*OF_VISIT, Column("person_times", "出动(人次)", kind="number")),
    total="person_times",
    summed=Summed(VisitMonth, "person_times", {"official": True}),
    measure=Measure.PERSON_TIMES,
    **COMMON,
)
PERSONS = Kpi(
    code="persons",
    label="出动人数",
    unit=Unit.PERSONS,
    means="到场检查的不同人员，一人只计一次；没有写明姓名的人员不计。",
    rows=persons,
    columns=OF_OFFICER,
    key="person",
    page="visit",
    place="visit__jurisdiction",
    town="visit__division",
    **{**COMMON, "day": "visit__visited_on", "newest": ("-visit__visited_on", "-pk")},
    known="visit__recorded_at",
)
WITH_PROBLEM = Kpi(
    code="with_problem",
    label="发现问题家数",
    unit=Unit.SITES,
    means="检查中发现问题、且问题未被排除的不同场所。",
    rows=with_problem,
    columns=OF_VISIT,
    key="site",
    measure=Measure.WITH_PROBLEM,
    **COMMON,
)
CORRECTED = Kpi(
    code="corrected",
    label="当场责令改正家数",
    unit=Unit.SITES,
    means="检查结论为当场改正的不同场所。",
    rows=lambda question: with_site(visits(question).filter(outcome=Outcome.CORRECTED)),
    columns=OF_VISIT,
    key="site",
    **COMMON,
)
DISPERSED = Kpi(
    code="dispersed",
    label="清散学生",
    unit=Unit.PERSONS,
    means="检查时清散的学生人数之和；有一处只记了下限的，数字后加“余”。",
    rows=lambda question: visits(question).filter(dispersed__gt=0),
    columns=(*OF_VISIT, Column("dispersed", "清散(人)", kind="number")),
    total="dispersed",
    flag="dispersed_at_least",
    summed=Summed(VisitMonth, "dispersed", {"official": True}, flag="dispersed_flags"),
    measure=Measure.DISPERSED,
    **COMMON,
)
EVENING = Kpi(
    code="evening_visits",
    label="工作日晚间检查",
    unit=Unit.VISITS,
    means="周一到周五晚上的检查，一次计一家次。",
    rows=lambda question: visits(question).filter(slot=Slot.EVENING, visited_on__iso_week_day__lt=SATURDAY),
    columns=OF_VISIT,
    summed=Summed(VisitMonth, "visits", {"official": True, "evening": True}),
    **COMMON,
)
SUPERVISOR_VISITS = Kpi(
    code="supervisor_visits",
    label="社会监督员监督检查",
    unit=Unit.VISITS,
    means="社会监督员走访一次计一家次，与执法检查分开统计。",
    rows=lambda question: of_supervisors(counted(question)),
    columns=OF_VISIT,
    summed=Summed(VisitMonth, "visits", {"official": False}),
    measure=Measure.SUPERVISOR_VISITS,
    **{**COMMON, "group": Group.SUPERVISORS, "campaigns": False},
)
PROBLEM_RATE = Ratio(
    code="problem_rate",
    label="问题发现率",
    group=Group.INSPECTION,
    means="发现问题家数占检查家数的比例。",
    part=WITH_PROBLEM,
    whole=SITES,
)
EVENING_SHARE = Ratio(
    code="evening_share",
    label="工作日晚间检查占比",
    group=Group.INSPECTION,
    means="工作日晚间检查占检查家次的比例。",
    part=EVENING,
    whole=VISITS,
)

declare(VISITS, SITES, PERSON_TIMES, PERSONS, WITH_PROBLEM, PROBLEM_RATE, CORRECTED, DISPERSED, EVENING, EVENING_SHARE)
declare(SUPERVISOR_VISITS)
