"""社会监督员: in office, what they did, whether each month's duty was met, what became of what they said."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from foundation.core import clock
from foundation.exports.declaring import Column
from supervisors.duties import kept
from supervisors.enums import FeedbackState, ProposalState
from supervisors.models import Feedback, Proposal, PublicityActivity, Supervisor
from supervisors.months import Month
from supervisors.rules import can_view

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns
from .visits import SUPERVISOR_VISITS

OF_SUPERVISOR = (
    columns.named("name", "姓名"),
    columns.number("number", "编号"),
    Column("level", "层级"),
    Column("area", "负责区域"),
    columns.on("term_from_on", "聘期自"),
    columns.on("term_until_on", "聘期至"),
    Column("state", "现在状态"),
)
COMMON = {"group": Group.SUPERVISORS, "opens": can_view, "town": ""}
PERSON = {**COMMON, "known": "", "newest": ("number", "pk")}
SAID = {**COMMON, "known": "filed_at", "day": "filed_at", "newest": ("-filed_at", "-pk")}


# -- people --------------------------------------------------------------------------------------------------------
def _served(question: Question, first: date, last: date) -> QuerySet[Supervisor]:
    """Those appointed by then who were in office on at least one of the days, each with the last day as then known."""
    rows = Supervisor.objects.select_related("jurisdiction", "area").filter(term_from_on__lte=last)
    left = When(last_day_on__lte=question.known_on, then=F("last_day_on"))
    rows = rows.annotate(last_day=Case(left, default=F("term_until_on"))).filter(last_day__gte=first)
    return question.recorded(question.here(rows, town=""), "candidate__state_at")


def _owing(question: Question) -> QuerySet[Supervisor]:
    """Those who owed a month: in how many, in how many of them they did the minimum, and the 家次 done in them."""
    rows = _served(question, question.first, question.until)
    months = _months(question)
    found = kept(rows, months=months, on=question.on, known_at=question.known_at) if months else {}
    told = {name: _each({pk: getattr(row, name) for pk, row in found.items()}) for name in ("owed", "reached", "done")}
    return rows.filter(pk__in=found).annotate(**told)


def _months(question: Question) -> list[Month]:
    """The whole months of the period."""
    first = Month.of(question.first)
    found = [first if first.first == question.first else first.back(-1)]
    while found[-1].last <= question.until:
        found.append(found[-1].back(-1))
    return found[:-1]


def _each(numbers: dict[int, int]) -> Case:
    """A number for each row by its id, for counting in the database."""
    by_number: dict[int, list[int]] = {}
    for pk, number in numbers.items():
        by_number.setdefault(number, []).append(pk)
    cases = [When(pk__in=ids, then=Value(number)) for number, ids in by_number.items()]
    return Case(*cases, default=0, output_field=IntegerField())


IN_OFFICE = Kpi(
    code="supervisors",
    label="在聘社会监督员",
    unit=Unit.PERSONS,
    means="期末在聘的社会监督员。",
    rows=lambda question: _served(question, question.until, question.until),
    columns=OF_SUPERVISOR,
    **PERSON,
)
OWED = Kpi(
    code="duty_months",
    label="监督员应履职月数",
    unit=Unit.TIMES,
    means="期间整月在聘、补录期已过的人月数，一人一月计一次。",
    rows=_owing,
    columns=(*OF_SUPERVISOR, Column("owed", "应履职(月)", kind="number")),
    total="owed",
    **PERSON,
)
REACHED = Kpi(
    code="duty_months_met",
    label="监督员达标月数",
    unit=Unit.TIMES,
    means="应履职的人月中，按时录入的走访达到当月最低次数的。",
    rows=_owing,
    columns=(*OF_SUPERVISOR, Column("reached", "达标(月)", kind="number")),
    total="reached",
    **PERSON,
)
DONE = Kpi(
    code="duty_visits",
    label="监督员履职月份的监督检查",
    unit=Unit.VISITS,
    means="应履职的人月中，按时录入的走访。",
    rows=_owing,
    columns=(*OF_SUPERVISOR, Column("owed", "应履职(月)", kind="number"), Column("done", "走访(家次)", kind="number")),
    total="done",
    **PERSON,
)
ATTAINMENT = Ratio(
    code="duty_rate",
    label="监督员履职达标率",
    group=Group.SUPERVISORS,
    means="达标月数占应履职月数的比例。",
    part=REACHED,
    whole=OWED,
)
PER_PERSON = Ratio(
    code="visits_per_supervisor",
    label="监督员人均监督检查",
    group=Group.SUPERVISORS,
    means="期间社会监督员监督检查家次÷期末在聘人数。",
    part=SUPERVISOR_VISITS,
    whole=IN_OFFICE,
    unit=Unit.PER_PERSON,
    places=1,
)
PER_MONTH = Ratio(
    code="visits_per_month",
    label="监督员月均监督检查",
    group=Group.SUPERVISORS,
    means="应履职的人月中按时录入的走访÷应履职月数，即一人一月平均几家次。",
    part=DONE,
    whole=OWED,
    unit=Unit.PER_MONTH,
    places=1,
)


# -- what they said ------------------------------------------------------------------------------------------------
def _feedback(question: Question) -> QuerySet[Feedback]:
    rows = Feedback.objects.select_related("supervisor", "jurisdiction", "institution")
    return question.recorded(question.here(question.happened(rows, "filed_at"), town=""), "filed_at")


def _proposals(question: Question) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("supervisor__jurisdiction")
    rows = question.here(question.happened(rows, "filed_at"), place="supervisor__jurisdiction", town="")
    return question.recorded(rows, "filed_at")


def _publicity(question: Question) -> QuerySet[PublicityActivity]:
    rows = PublicityActivity.objects.select_related("supervisor__jurisdiction")
    rows = question.here(question.happened(rows, "held_on"), place="supervisor__jurisdiction", town="")
    return question.recorded(rows)


def _day(row: Feedback | Proposal) -> date:
    return clock.local_date(row.filed_at)


OF_FEEDBACK = (
    columns.named("supervisor.name", "监督员"),
    Column("kind", "反馈类别"),
    Column("filed_on", "提交日期", _day, kind="date"),
    columns.county(),
    Column("state", "状态"),
)
OF_PROPOSAL = (
    columns.named("supervisor.name", "监督员"),
    Column("title", "建议"),
    Column("filed_on", "提交日期", _day, kind="date"),
    Column("state", "状态"),
)
FEEDBACK = Kpi(
    code="feedback",
    label="监督员反馈",
    unit=Unit.ITEMS,
    means="期间社会监督员提交的反馈。",
    rows=_feedback,
    columns=OF_FEEDBACK,
    **SAID,
)
CONVERTED = Kpi(
    code="feedback_converted",
    label="转为线索的反馈",
    unit=Unit.ITEMS,
    means="期间提交、已转为线索的反馈。",
    rows=lambda question: _feedback(question).filter(state=FeedbackState.CONVERTED, state_at__lte=question.moment),
    columns=OF_FEEDBACK,
    **SAID,
)
CONVERSION = Ratio(
    code="feedback_conversion",
    label="反馈转线索率",
    group=Group.SUPERVISORS,
    means="转为线索的反馈占监督员反馈的比例。",
    part=CONVERTED,
    whole=FEEDBACK,
)
PROPOSALS = Kpi(
    code="proposals",
    label="监督员建议",
    unit=Unit.ITEMS,
    means="期间社会监督员提交的合理化建议。",
    rows=_proposals,
    columns=OF_PROPOSAL,
    **{**SAID, "place": "supervisor__jurisdiction"},
)
ADOPTED = Kpi(
    code="proposals_adopted",
    label="采纳的建议",
    unit=Unit.ITEMS,
    means="期间提交、已采纳或部分采纳的建议。",
    rows=lambda question: _proposals(question).filter(
        state__in=[ProposalState.ADOPTED, ProposalState.PARTLY], state_at__lte=question.moment
    ),
    columns=OF_PROPOSAL,
    **{**SAID, "place": "supervisor__jurisdiction"},
)
PUBLICITY = Kpi(
    code="supervisor_publicity",
    label="监督员宣传",
    unit=Unit.TIMES,
    means="期间社会监督员开展的政策宣传。",
    rows=_publicity,
    columns=(
        columns.named("supervisor.name", "监督员"),
        Column("outlet", "渠道"),
        Column("title", "标题"),
        columns.on("held_on", "日期"),
    ),
    **{**COMMON, "place": "supervisor__jurisdiction", "day": "held_on", "newest": ("-held_on", "-pk")},
)

declare(IN_OFFICE, PER_PERSON, OWED, REACHED, ATTAINMENT, DONE, PER_MONTH, FEEDBACK, CONVERTED, CONVERSION)
declare(PROPOSALS, ADOPTED, PUBLICITY)
