"""整改: notices by kind and what became of them; interviews and study visits."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from enforcement.enums import InterviewState, OrderKind, OrderState, PartyState
from enforcement.models import Interview, InterviewParty, Order, StudyVisit
from enforcement.rules import can_view_orders
from foundation.exports.declaring import Column
from inspections.enums import Measure
from inspections.queries.visits import REGISTERED

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

OF_ORDER = (
    columns.number("number", "文号"),
    Column("kind", "种类"),
    columns.named("party_name", "当事人"),
    columns.county(),
    columns.town(),
    columns.on("issued_on", "开具日期"),
    columns.on("due_on", "整改期限"),
    Column("state", "状态"),
    columns.on("closed_on", "办结日期"),
)
COMMON = {
    "group": Group.ENFORCEMENT,
    "opens": can_view_orders,
    "day": "issued_on",
    "known": "issued_at",
    "newest": ("-issued_on", "-pk"),
    "campaigns": True,
}


def orders(question: Question) -> QuerySet[Order]:
    """Notices issued in the period that had not been withdrawn by then."""
    rows = question.here(question.happened(Order.objects.select_related("jurisdiction", "division"), "issued_on"))
    rows = question.recorded(rows, "issued_at").exclude(state=OrderState.VOIDED, state_at__lte=question.moment)
    return rows if question.campaign is None else rows.filter(campaigns__campaign=question.campaign)


def _closed(question: Question, rows: QuerySet[Order]) -> QuerySet[Order]:
    return rows.filter(state=OrderState.CLOSED, closed_on__lte=question.on, state_at__lte=question.known)


def _of_kind(kind: OrderKind):
    return lambda question: orders(question).filter(kind=kind)


def _parties(question: Question) -> QuerySet[Order]:
    """One number for one party: an institution, also what an unlicensed site became, else the site."""
    return orders(question).annotate(party_key=Coalesce(REGISTERED, F("unlicensed_id") * -1))


NOTICES = Kpi(
    code="notices",
    label="开具通知书",
    unit=Unit.COPIES,
    means="期间开具的整改、停止培训和当场改正通知书，一份计一份；已撤销的不计。",
    rows=orders,
    columns=OF_ORDER,
    **COMMON,
)
RECTIFICATIONS = Kpi(
    code="rectification_notices",
    label="责令整改通知书",
    unit=Unit.COPIES,
    means="期间开具的责令（限期）整改通知书。",
    rows=_of_kind(OrderKind.RECTIFY),
    columns=OF_ORDER,
    measure=Measure.NOTICES,
    **COMMON,
)
STOPS = Kpi(
    code="stop_notices",
    label="停止培训通知书",
    unit=Unit.COPIES,
    means="期间开具的停止培训通知书；它不是处罚，一般随后立案。",
    rows=_of_kind(OrderKind.STOP),
    columns=OF_ORDER,
    **COMMON,
)
ON_SPOT = Kpi(
    code="on_spot_notices",
    label="现场下发通知书",
    unit=Unit.COPIES,
    means="检查当时在现场下发的通知书。",
    rows=lambda question: orders(question).filter(on_spot=True),
    columns=OF_ORDER,
    **COMMON,
)
NOTICED_SITES = Kpi(
    code="noticed_sites",
    label="被下发通知书的机构",
    unit=Unit.SITES,
    means="收到通知书的不同机构和场所。",
    rows=_parties,
    columns=OF_ORDER,
    key="party_key",
    **COMMON,
)
CLOSED = Kpi(
    code="closed_notices",
    label="已整改到位的通知书",
    unit=Unit.COPIES,
    means="期间开具、到截止日已复查办结的通知书。",
    rows=lambda question: _closed(question, orders(question)),
    columns=OF_ORDER,
    **COMMON,
)
CLOSED_IN_TIME = Kpi(
    code="closed_in_time",
    label="按期整改到位的通知书",
    unit=Unit.COPIES,
    means="在整改期限当天或之前办结的通知书。",
    rows=lambda question: _closed(question, orders(question)).filter(closed_on__lte=F("due_on")),
    columns=OF_ORDER,
    **COMMON,
)
OVERDUE = Kpi(
    code="overdue_notices",
    label="逾期未整改的通知书",
    unit=Unit.COPIES,
    means="期间开具、到截止日已过整改期限还没有办结的通知书。",
    rows=lambda question: (
        orders(question)
        .filter(due_on__lt=question.on)
        .exclude(state=OrderState.CLOSED, closed_on__lte=question.on, state_at__lte=question.known)
        .exclude(state=OrderState.ESCALATED, state_at__lte=question.moment)
    ),
    columns=OF_ORDER,
    **COMMON,
)
CLOSED_RATE = Ratio(
    code="rectified_rate",
    label="整改率",
    group=Group.ENFORCEMENT,
    means="已整改到位的通知书占开具通知书的比例。",
    part=CLOSED,
    whole=NOTICES,
)
IN_TIME_RATE = Ratio(
    code="in_time_rate",
    label="按期整改率",
    group=Group.ENFORCEMENT,
    means="按期整改到位的通知书占开具通知书的比例。",
    part=CLOSED_IN_TIME,
    whole=NOTICES,
)

# -- interviews ----------------------------------------------------------------------------------------------------
OF_INTERVIEW = (
    columns.number("number", "编号"),
    columns.named("title", "约谈"),
    Column("kind", "形式"),
    columns.county(),
    columns.on("held_on", "约谈日期"),
)
OF_PARTY = (
    *columns.institution(),
    columns.number("interview.number", "约谈编号"),
    columns.on("interview.held_on", "约谈日期"),
    Column("attended", "到场", lambda row: "是" if row.attended else "否"),
    Column("state", "状态"),
    columns.on("due_on", "整改期限"),
)


def _held(question: Question) -> QuerySet[Interview]:
    rows = Interview.objects.select_related("jurisdiction").filter(state=InterviewState.HELD)
    rows = question.happened(rows.filter(state_at__lte=question.known), "held_on")
    return rows if question.campaign is None else rows.filter(campaign=question.campaign)


def _summoned(question: Question) -> QuerySet[InterviewParty]:
    """Institutions of the area, whoever summoned them."""
    rows = InterviewParty.objects.filter(interview__in=_held(question).order_by().values("pk"))
    rows = rows.exclude(state=PartyState.DROPPED).select_related(
        "institution__jurisdiction", "institution__division", "interview"
    )
    rows = question.here(rows, place="institution__jurisdiction", town="institution__division")
    return rows.annotate(home=Coalesce("institution__merged_into_id", "institution_id"))


INTERVIEWS = Kpi(
    code="interviews",
    label="约谈",
    unit=Unit.TIMES,
    group=Group.ENFORCEMENT,
    means="期间进行的约谈，集体约谈一场计一次。",
    rows=lambda question: question.here(_held(question), town=""),
    columns=OF_INTERVIEW,
    opens=can_view_orders,
    town="",
    day="held_on",
    known="state_at",
    newest=("-held_on", "-pk"),
    measure=Measure.INTERVIEWS,
    campaigns=True,
)
PARTY = {
    "unit": Unit.SITES,
    "group": Group.ENFORCEMENT,
    "columns": OF_PARTY,
    "opens": can_view_orders,
    "key": "home",
    "page": "interview",
    "place": "institution__jurisdiction",
    "town": "institution__division",
    "day": "interview__held_on",
    "known": "interview__state_at",
    "newest": ("-interview__held_on", "-pk"),
    "campaigns": True,
}
INTERVIEWED = Kpi(
    code="interviewed",
    label="约谈机构",
    means="被约谈的不同机构，一家被约谈几次都计一家；没有到场的同样限期整改，也在内。",
    rows=_summoned,
    measure=Measure.INTERVIEWED,
    **PARTY,
)
INTERVIEWED_FIXED = Kpi(
    code="interviewed_fixed",
    label="约谈后整改到位的机构",
    means="约谈要求整改的事项已核实到位的机构，没有到场、后来整改的也在内。",
    rows=lambda question: _summoned(question).filter(state=PartyState.FIXED, state_at__lte=question.moment),
    **PARTY,
)


def _study_visits(question: Question) -> QuerySet[StudyVisit]:
    rows = StudyVisit.objects.select_related("organ__jurisdiction", "institution")
    rows = question.recorded(question.happened(rows, "held_on"))
    return question.here(rows, place="organ__jurisdiction", town="")


STUDY_VISITS = Kpi(
    code="study_visits",
    label="参观学习",
    unit=Unit.TIMES,
    group=Group.ENFORCEMENT,
    means="组织机构负责人到规范办学的机构参观学习的次数。",
    rows=_study_visits,
    columns=(
        columns.on("held_on", "日期"),
        columns.named("institution.name", "参观的机构"),
        Column("topics", "内容"),
        Column("persons", "参加(人)", kind="number"),
        columns.county("organ.jurisdiction"),
    ),
    opens=can_view_orders,
    place="organ__jurisdiction",
    town="",
    day="held_on",
    newest=("-held_on", "-pk"),
)

declare(NOTICES, RECTIFICATIONS, STOPS, ON_SPOT, NOTICED_SITES, CLOSED, CLOSED_RATE, CLOSED_IN_TIME, IN_TIME_RATE)
declare(OVERDUE, INTERVIEWS, INTERVIEWED, INTERVIEWED_FIXED, STUDY_VISITS)
