"""立案: cases filed by kind and party, what became of them, and which are over time."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Case as Choice
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from cases.models import Case
from cases.queries import closed_by
from cases.rules import can_view_cases
from foundation.deadlines.enums import DeadlineState, Limit
from foundation.deadlines.models import Deadline
from foundation.exports.declaring import Column
from inspections.enums import Measure
from inspections.queries.visits import REGISTERED

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

OF_CASE = (
    columns.number("number", "立案号"),
    columns.named("party_name", "当事人"),
    Column("violation", "违法行为", lambda row: row.violation.name),
    columns.county(),
    columns.on("filed_on", "立案日期"),
    Column("state", "状态"),
    columns.on("decided_on", "决定日期"),
    columns.on("closed_on", "结案日期"),
)
COMMON = {
    "group": Group.ENFORCEMENT,
    "opens": can_view_cases,
    "columns": OF_CASE,
    "day": "filed_on",
    "known": "",
    "newest": ("-filed_on", "-pk"),
    "campaigns": True,
}
#: One text for one party: the institution (as it is called now) or the unlicensed site.
PARTY = Choice(
    When(
        Q(institution__isnull=False) | Q(unlicensed__institution__isnull=False),
        then=Concat(Value("i"), Cast(REGISTERED, CharField())),
    ),
    When(unlicensed__isnull=False, then=Concat(Value("u"), Cast("unlicensed_id", CharField()))),
    default=Concat(Value("n"), F("party_name"), Value("/"), F("party_code")),
    output_field=CharField(),
)
A_PERSON = Q(institution__isnull=True, unlicensed__isnull=True)


def cases(question: Question) -> QuerySet[Case]:
    """Cases filed in the period; a filing is known from the day on which it was approved."""
    rows = question.happened(Case.objects.select_related("violation", "jurisdiction"), "filed_on")
    rows = question.here(rows.filter(filed_on__lte=question.known_on))
    return rows if question.campaign is None else rows.filter(campaigns__campaign=question.campaign)


def _for(*codes: str) -> Callable[[Question], QuerySet[Case]]:
    return lambda question: cases(question).filter(violation__code__in=codes)


def _closed(question: Question) -> QuerySet[Case]:
    day = min(question.on, question.known_on)
    return cases(question).filter(closed_by(day))


def _overdue(question: Question) -> QuerySet[Case]:
    """Cases whose term for the decision was over and not met."""
    late = Deadline.objects.filter(
        Q(met_at__isnull=True) | Q(met_at__gt=question.moment),
        subject_type=Case._meta.label_lower,
        subject_id=OuterRef("pk"),
        code=Limit.PENALTY_DECISION,
        due_on__lt=question.on,
    ).exclude(state=DeadlineState.CANCELLED)
    return cases(question).filter(Exists(late))


CASES = Kpi(
    code="cases",
    label="立案",
    unit=Unit.CASES,
    means="期间批准立案的案件，一案一起；不予立案的不计。",
    rows=cases,
    measure=Measure.CASES,
    **COMMON,
)
FALSE_ADVERT_CASES = Kpi(
    code="cases_advert",
    label="立案：违法广告和虚假宣传",
    unit=Unit.CASES,
    means="期间以违法培训广告、虚假宣传立案的案件。",
    rows=_for("WAD"),
    **COMMON,
)
FIRE_CASES = Kpi(
    code="cases_fire",
    label="立案：消防违法",
    unit=Unit.CASES,
    means="期间以消防安全隐患立案的案件。",
    rows=_for("WFI"),
    **COMMON,
)
PARTIES = Kpi(
    code="case_parties",
    label="立案查处的机构",
    unit=Unit.SITES,
    means="被立案的不同机构和场所，一家有几起案件都计一家。",
    rows=lambda question: cases(question).exclude(A_PERSON).annotate(who=PARTY),
    key="who",
    measure=Measure.PENALISED,
    **COMMON,
)
PERSONS = Kpi(
    code="case_persons",
    label="立案查处的个人",
    unit=Unit.PERSONS,
    means="被立案的不同个人。",
    rows=lambda question: cases(question).filter(A_PERSON).annotate(who=PARTY),
    key="who",
    **COMMON,
)
CLOSED = Kpi(
    code="closed_cases",
    label="已结案",
    unit=Unit.CASES,
    means="期间立案、到截止日已经结案的案件；撤销案件、移送的也是结案。",
    rows=_closed,
    **COMMON,
)
OVERDUE = Kpi(
    code="overdue_cases",
    label="超期未决定的案件",
    unit=Unit.CASES,
    means="期间立案、到截止日已过办案期限还没有作出决定的案件。",
    rows=_overdue,
    **COMMON,
)
CLOSED_RATE = Ratio(
    code="case_closed_rate",
    label="结案率",
    group=Group.ENFORCEMENT,
    means="已结案占立案的比例。",
    part=CLOSED,
    whole=CASES,
)

declare(CASES, FALSE_ADVERT_CASES, FIRE_CASES, PARTIES, PERSONS, CLOSED, CLOSED_RATE, OVERDUE)
