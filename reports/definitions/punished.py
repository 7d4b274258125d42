"""What cases ended in: decisions, fines that stand, cases that the public was told of; and leaders on patrol."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from cases.enums import SERVED, Outcome, PenaltyKind, Stage
from cases.models import Case, Penalty
from cases.rules import can_view_cases
from foundation.exports.declaring import Column
from inspections.models import CampaignReturn
from inspections.rules.campaigns import can_view_campaigns

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, declare
from . import columns
from .penalties import OF_CASE

COMMON = {"group": Group.ENFORCEMENT, "opens": can_view_cases, "known": "", "campaigns": True}
OF_PENALTY = (
    columns.number("case.number", "立案号"),
    columns.named("case.party_name", "当事人"),
    columns.county("case.jurisdiction"),
    columns.on("case.decided_on", "决定日期"),
    Column("kind", "处罚种类"),
    Column("amount", "金额", kind="money"),
)
OF_RETURN = (
    Column("campaign", "专项行动"),
    Column("organ", "报送单位"),
    columns.on("day_on", "日期"),
    Column("led_by_leaders", "领导带队(次)", kind="number"),
)


def _here(question: Question, rows: QuerySet, case: str = "") -> QuerySet:
    """Rows about cases of the area, and of the campaign that is asked about."""
    rows = question.here(rows, place=f"{case}jurisdiction", town=f"{case}division")
    return rows if question.campaign is None else rows.filter(**{f"{case}campaigns__campaign": question.campaign})


def _stands(question: Question, case: str = "") -> Q:
    """Decisions that nobody had overturned by the day, as known at the instant."""
    later = Q(**{f"{case}overturned_on__gt": question.on}) | Q(**{f"{case}overturned_at__gt": question.known})
    return Q(**{f"{case}overturned_on__isnull": True}) | later


def decided(question: Question) -> QuerySet[Case]:
    """Cases decided in the period, whenever they were filed; those that were dropped or handed on are none."""
    rows = Case.objects.select_related("violation", "jurisdiction").filter(outcome__in=SERVED)
    rows = question.happened(rows, "decided_on")
    return _here(question, rows.filter(decided_on__lte=question.known_on))


def fines(question: Question) -> QuerySet[Penalty]:
    """Fines of decisions of the period that had not been overturned by the day."""
    rows = Penalty.objects.filter(
        stage=Stage.DECIDED, dropped=False, turn=F("case__turn"), kind=PenaltyKind.FINE, case__outcome=Outcome.PUNISH
    )
    rows = rows.filter(_stands(question, "case__"))
    rows = question.happened(rows.select_related("case__jurisdiction"), "case__decided_on")
    return _here(question, rows.filter(case__decided_on__lte=question.known_on), "case__")


def exposed(question: Question) -> QuerySet[Case]:
    """Cases published in the period and not taken back, or decided in it with a circular; each once."""
    span = question.first, min(question.until, question.known_on)
    still = Q(publication__withdrawn_on__isnull=True) | Q(publication__withdrawn_on__gt=question.on)
    told = Q(publication__published_on__range=span) & still
    circular = Penalty.objects.filter(
        case=OuterRef("pk"), stage=Stage.DECIDED, dropped=False, turn=OuterRef("turn"), kind=PenaltyKind.CRITICISM
    )
    criticised = Q(decided_on__range=span, outcome=Outcome.PUNISH, pk__in=Subquery(circular.values("case")))
    rows = Case.objects.select_related("violation", "jurisdiction").filter(_stands(question))
    return _here(question, rows.filter(told | criticised))


def led(question: Question) -> QuerySet[CampaignReturn]:
    """The valid return (the last revision) of each unit and day of a campaign."""
    rows = question.recorded(question.happened(CampaignReturn.objects.all(), "day_on"), "filed_at")
    if question.campaign is not None:
        rows = rows.filter(campaign=question.campaign)
    rows = question.here(rows, place="organ__jurisdiction", town="")
    last = rows.order_by("campaign", "organ", "day_on", "-revision").distinct("campaign", "organ", "day_on")
    return CampaignReturn.objects.filter(pk__in=last.values("pk")).select_related("campaign", "organ__jurisdiction")


declare(
    Kpi(
        code="decided_cases",
        label="作出决定的案件",
        unit=Unit.CASES,
        means="期间作出处罚决定或不予处罚决定的案件，不论何时立案。",
        rows=decided,
        columns=OF_CASE,
        day="decided_on",
        newest=("-decided_on", "-pk"),
        **COMMON,
    ),
    Kpi(
        code="fines_fen",
        label="罚款",
        unit=Unit.YUAN,
        means="期间作出的、没有被撤销的处罚决定中罚款金额之和。",
        rows=fines,
        columns=OF_PENALTY,
        total="amount",
        place="case__jurisdiction",
        town="case__division",
        day="case__decided_on",
        newest=("-case__decided_on", "-pk"),
        page="case",
        **COMMON,
    ),
    Kpi(
        code="exposed",
        label="曝光通报",
        unit=Unit.CASES,
        means="期间向社会公开、或以通报批评作出决定的案件，一案一起；撤下和被撤销的不计。",
        rows=exposed,
        columns=OF_CASE,
        newest=("-filed_on", "-pk"),
        **COMMON,
    ),
    Kpi(
        code="led_by_leaders",
        label="领导带队",
        unit=Unit.TIMES,
        means="专项行动日报中填报的领导带队次数之和，以每个单位每天最后一次报送为准。",
        rows=led,
        columns=OF_RETURN,
        total="led_by_leaders",
        place="organ__jurisdiction",
        town="",
        day="day_on",
        known="filed_at",
        newest=("-day_on", "-pk"),
        page="campaign",
        campaigns=True,
        group=Group.INSPECTION,
        opens=can_view_campaigns,
    ),
)
