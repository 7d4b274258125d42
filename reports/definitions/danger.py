"""风险: alerts and what was done about them; runaways, with the searches that make a zero count."""

from __future__ import annotations

from django.db.models import QuerySet

from alerts.models import Alert, Runaway
from alerts.rules import can_view
from foundation.exports.declaring import Column

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

COMMON = {"group": Group.RISK, "opens": can_view}
ALERT = {
    **COMMON,
    "columns": (
        *columns.institution(),
        Column("rule", "规则"),
        Column("grade", "等级"),
        columns.on("opened_on", "发出日期"),
        columns.on("due_on", "处置期限"),
        Column("state", "状态"),
        columns.on("ended_on", "结束日期"),
    ),
    "place": "institution__jurisdiction",
    "town": "institution__division",
    "day": "opened_on",
    "known": "",
    "newest": ("-opened_on", "-pk"),
}


def _known(question: Question) -> QuerySet[Alert]:
    """Alerts of the area; one is on record from its day on."""
    rows = Alert.objects.select_related("institution__jurisdiction", "institution__division")
    rows = rows.filter(opened_on__lte=question.known_on)
    return question.here(rows, place="institution__jurisdiction", town="institution__division")


def _alerts(question: Question) -> QuerySet[Alert]:
    return question.happened(_known(question), "opened_on")


def _open(question: Question) -> QuerySet[Alert]:
    """Of whatever day, not ended by then."""
    rows = _known(question).filter(opened_on__lte=question.on)
    return rows.exclude(ended_on__lte=question.on, state_at__lte=question.known)


def _ended(question: Question) -> QuerySet[Alert]:
    return _alerts(question).filter(ended_on__lte=question.on, state_at__lte=question.known)


def _runaways(question: Question) -> QuerySet[Runaway]:
    rows = question.happened(Runaway.objects.select_related("jurisdiction"), "happened_on")
    return question.recorded(question.here(rows, town=""), "entered_at", "struck_at")


ALERTS = Kpi(
    code="alerts",
    label="风险预警",
    unit=Unit.ITEMS,
    means="期间发出的风险预警，一条规则对一家机构计一件。",
    rows=_alerts,
    **ALERT,
)
ALERTS_ENDED = Kpi(
    code="alerts_ended",
    label="已处置的风险预警",
    unit=Unit.ITEMS,
    means="期间发出、到截止日已结束的风险预警，情形消失后自动解除的在内。",
    rows=_ended,
    **ALERT,
)
ALERTS_RATE = Ratio(
    code="alerts_rate",
    label="预警处置率",
    group=Group.RISK,
    means="已处置的风险预警占风险预警的比例。",
    part=ALERTS_ENDED,
    whole=ALERTS,
)
ALERTS_OPEN = Kpi(
    code="alerts_open",
    label="未处置的风险预警",
    unit=Unit.ITEMS,
    means="截止日还没有结束的风险预警，不论何时发出。",
    rows=_open,
    **{**ALERT, "day": ""},
)
RUNAWAYS = Kpi(
    code="runaways",
    label="爆雷、跑路事件",
    unit=Unit.CASES,
    means="期间发生的爆雷、跑路事件；0起须有每天的排查记录为据。",
    rows=_runaways,
    columns=(
        columns.named("name"),
        columns.county(),
        Column("kind", "类型"),
        columns.on("happened_on", "发生日期"),
        Column("persons", "涉及(人)", kind="number"),
        Column("amount_fen", "涉及金额", kind="money"),
        Column("source", "来源"),
    ),
    town="",
    day="happened_on",
    known="entered_at",
    newest=("-happened_on", "-pk"),
    **COMMON,
)

declare(ALERTS, ALERTS_ENDED, ALERTS_RATE, ALERTS_OPEN, RUNAWAYS)
