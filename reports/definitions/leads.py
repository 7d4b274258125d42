"""线索: received, closed, how fast; and how long from a clue to the first notice."""

from __future__ import annotations

from django.db.models import (
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Extract, Floor, TruncDate

from clues.enums import ClueState, Verdict
from clues.models import Clue
from clues.rules import can_view_clues
from enforcement.enums import OrderState
from enforcement.models import Order
from enforcement.rules import can_view_orders
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.deadlines.models import Deadline
from foundation.exports.declaring import Column
from inspections.models import CampaignClue
from matters.models import ClueVisit

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

OF_CLUE = (
    columns.number("number", "编号"),
    Column("channel", "来源"),
    Column("subject", "问题类别"),
    columns.county(),
    columns.town(),
    columns.on("happened_on", "发现日期"),
    columns.on("received_on", "收到日期"),
    Column("state", "状态"),
    Column("verdict", "核查结论"),
)
COMMON = {
    "group": Group.CLUES,
    "opens": can_view_clues,
    "day": "received_on",
    "known": "",
    "newest": ("-received_on", "-pk"),
    "campaigns": True,
}


def clues(question: Question) -> QuerySet[Clue]:
    """Clues received in the period; what was merged into another is one with it, what was refused is told apart."""
    rows = Clue.objects.select_related("jurisdiction", "division")
    rows = rows.exclude(state=ClueState.MERGED, state_at__lte=question.known)
    rows = question.here(question.happened(rows.filter(received_at__lte=question.known), "received_on"))
    return question.tagged(rows, CampaignClue, "clue")


def _closed(question: Question) -> QuerySet[Clue]:
    """Those answered by then, each with how many days that took."""
    taken = ExpressionWrapper(TruncDate("state_at") - TruncDate("received_at"), output_field=DurationField())
    rows = clues(question).filter(state=ClueState.CLOSED, state_at__lte=question.moment)
    return rows.annotate(days_taken=Cast(Extract(taken, "day"), IntegerField()))


def _in_time(question: Question) -> QuerySet[Clue]:
    """Those of whose clocks none was met after its last day."""
    late = Deadline.objects.filter(
        subject_type=Clue._meta.label_lower, subject_id=OuterRef("pk"), met_at__date__gt=F("due_on")
    )
    return _closed(question).exclude(Exists(late))


def _noticed(question: Question) -> QuerySet[Clue]:
    """Those whose check led to a notice, each with the hours from its receipt to the first one."""
    checks = ClueVisit.objects.filter(clue=OuterRef(OuterRef("pk")), linked_at__lte=question.known).values("visit")
    orders = Order.objects.exclude(state=OrderState.VOIDED, state_at__lte=question.moment)
    orders = orders.filter(visit__in=checks, issued_at__lte=question.moment)
    first = orders.order_by().values("kind").annotate(first=Min("issued_at")).order_by("first").values("first")[:1]
    rows = clues(question).annotate(noticed_at=Subquery(first)).filter(noticed_at__isnull=False)
    taken = ExpressionWrapper(F("noticed_at") - F("received_at"), output_field=DurationField())
    return rows.annotate(hours_taken=Cast(Floor(Extract(taken, "epoch") / 3_600), IntegerField()))


@rule("您的岗位不能查看线索的执法处置。")
def can_view_both(actor: Actor) -> bool:
    return can_view_clues(actor) and can_view_orders(actor)


RECEIVED = Kpi(
    code="clues",
    label="收到线索",
    unit=Unit.ITEMS,
    means="期间收到的线索，导入的12345工单按受理日期；并入其他线索的只计一件。",
    rows=clues,
    columns=OF_CLUE,
    **COMMON,
)
REFUSED = Kpi(
    code="clues_refused",
    label="不予受理的线索",
    unit=Unit.ITEMS,
    means="期间收到、不予受理的线索。",
    rows=lambda question: clues(question).filter(state=ClueState.REFUSED, state_at__lte=question.moment),
    columns=OF_CLUE,
    **COMMON,
)
CLOSED = Kpi(
    code="clues_closed",
    label="办结线索",
    unit=Unit.ITEMS,
    means="期间收到、到截止日已办结的线索。",
    rows=_closed,
    columns=(*OF_CLUE, Column("days_taken", "办理(天)", kind="number")),
    **COMMON,
)
PROVED = Kpi(
    code="clues_proved",
    label="查实线索",
    unit=Unit.ITEMS,
    means="办结线索中属实或部分属实的。",
    rows=lambda question: _closed(question).filter(verdict__in=[Verdict.TRUE, Verdict.PARTLY]),
    columns=OF_CLUE,
    **COMMON,
)
IN_TIME = Kpi(
    code="clues_in_time",
    label="按时办结线索",
    unit=Unit.ITEMS,
    means="办结线索中没有一个期限逾期的。",
    rows=_in_time,
    columns=OF_CLUE,
    **COMMON,
)
DAYS_TAKEN = Kpi(
    code="clue_days",
    label="线索办理总天数",
    unit=Unit.DAYS,
    means="办结线索从登记到办结的天数之和，按日历日。",
    rows=_closed,
    columns=(*OF_CLUE, Column("days_taken", "办理(天)", kind="number")),
    total="days_taken",
    **COMMON,
)
NOTICED = Kpi(
    code="clues_noticed",
    label="开出通知书的线索",
    unit=Unit.ITEMS,
    means="期间收到、核查后开出通知书的线索。",
    rows=_noticed,
    columns=(*OF_CLUE, Column("hours_taken", "到开出通知书(小时)", kind="number")),
    **{**COMMON, "opens": can_view_both},
)
HOURS_TO_NOTICE = Kpi(
    code="clue_notice_hours",
    label="线索到通知书总时长",
    unit=Unit.HOURS,
    means="从收到线索到开出第一份通知书的整小时数之和。",
    rows=_noticed,
    columns=(*OF_CLUE, Column("hours_taken", "到开出通知书(小时)", kind="number")),
    total="hours_taken",
    **{**COMMON, "opens": can_view_both},
)
CLOSED_RATE = Ratio(
    code="clue_closed_rate",
    label="线索办结率",
    group=Group.CLUES,
    means="办结线索占收到线索的比例。",
    part=CLOSED,
    whole=RECEIVED,
)
IN_TIME_RATE = Ratio(
    code="clue_in_time_rate",
    label="线索按时办结率",
    group=Group.CLUES,
    means="按时办结线索占办结线索的比例。",
    part=IN_TIME,
    whole=CLOSED,
)
MEAN_DAYS = Ratio(
    code="clue_mean_days",
    label="线索平均办理天数",
    group=Group.CLUES,
    means="线索办理总天数÷办结线索。",
    part=DAYS_TAKEN,
    whole=CLOSED,
    unit=Unit.DAYS,
    places=1,
)
MEAN_HOURS = Ratio(
    code="clue_notice_mean",
    label="线索到通知书平均时长",
    group=Group.CLUES,
    means="线索到通知书总时长÷开出通知书的线索。",
    part=HOURS_TO_NOTICE,
    whole=NOTICED,
    unit=Unit.HOURS,
    places=1,
)

declare(RECEIVED, REFUSED, CLOSED, CLOSED_RATE, PROVED, IN_TIME, IN_TIME_RATE, DAYS_TAKEN, MEAN_DAYS)
declare(NOTICED, HOURS_TO_NOTICE, MEAN_HOURS)
