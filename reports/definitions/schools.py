"""课后服务: pupils enrolled and joined in the term of the last day, schools served, money, providers."""

from __future__ import annotations

from django.db.models import F, QuerySet

from afterschool.models import Participation, Provider
from afterschool.queries import active_providers, current_term, due_in, newest
from afterschool.rules import can_view
from foundation.exports.declaring import Column
from foundation.regions.models import School

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, Rows, declare
from . import columns

TERM = "学期以截止日所在的为准，每校每年级取当时最新的一次登记。"
OF_COUNT = (
    columns.named("school.name", "学校"),
    columns.county("school.jurisdiction"),
    columns.town("school.division"),
    Column("term", "学期"),
    Column("grade", "年级"),
    columns.on("effective_on", "自"),
)
COUNTS = {
    "group": Group.SCHOOLS,
    "opens": can_view,
    "place": "school__jurisdiction",
    "town": "school__division",
    "known": "",
    "newest": ("school", "grade", "pk"),
}


def counts(question: Question) -> QuerySet[Participation]:
    """What schools said last of each grade in the term of the last day."""
    rows = Participation.objects.select_related("school__jurisdiction", "school__division", "term")
    term = current_term(question.until)
    if term is None:
        return rows.none()
    among = question.here(
        Participation.objects.filter(term=term), place="school__jurisdiction", town="school__division"
    )
    return rows.filter(pk__in=newest(among, on=question.until, known_at=question.known_at).values("pk"))


def _pupils(code: str, label: str, field: str, means: str) -> Kpi:
    return Kpi(
        code=code,
        label=label,
        unit=Unit.PERSONS,
        means=f"{means}{TERM}",
        rows=counts,
        columns=(*OF_COUNT, Column(field, f"{label}(人)", kind="number")),
        total=field,
        **COUNTS,
    )


def _money(code: str, label: str, field: str) -> Kpi:
    return Kpi(
        code=code,
        label=label,
        unit=Unit.YUAN,
        means=f"各校登记的{label}之和。{TERM}",
        rows=counts,
        columns=(*OF_COUNT, Column(field, label, kind="money")),
        total=field,
        **COUNTS,
    )


def _schools(code: str, label: str, means: str, rows: Rows) -> Kpi:
    return Kpi(
        code=code,
        label=label,
        unit=Unit.PLACES,
        means=f"{means}{TERM}",
        rows=rows,
        columns=OF_COUNT,
        key="school",
        **COUNTS,
    )


ENROLLED = _pupils("afterschool_enrolled", "义务教育在校学生", "enrolled", "登记了课后服务的学校的在校学生。")
JOINED = _pupils("afterschool_joined", "参加课后服务学生", "joined", "自愿参加课后服务的学生。")
RATE = Ratio(
    code="afterschool_rate",
    label="课后服务参与率",
    group=Group.SCHOOLS,
    means="参加课后服务学生占在校学生的比例。",
    part=JOINED,
    whole=ENROLLED,
    places=1,
)


def _due(question: Question) -> QuerySet[School]:
    rows = question.here(School.objects.select_related("jurisdiction", "division"))
    term = current_term(question.until)
    return rows.none() if term is None or term.recorded_at > question.known else due_in(rows, term)


def _serving_of_due(question: Question) -> QuerySet[Participation]:
    return counts(question).filter(joined__gt=0, school__in=_due(question).values("pk"))


REPORTED = _schools("afterschool_reported", "登记课后服务的学校", "登记了参与情况的学校，一校计一处。", counts)
SERVING = _schools(
    "afterschool_schools",
    "开展课后服务的学校",
    "应开展的学校中至少有一名学生参加的，一校计一处。",
    _serving_of_due,
)
DUE = Kpi(
    code="afterschool_due",
    label="应开展课后服务的学校",
    unit=Unit.PLACES,
    group=Group.SCHOOLS,
    means="有义务教育年级、在学期内开办的学校，不论是否登记。学期以截止日所在的为准。",
    rows=_due,
    columns=(
        columns.named("name", "学校"),
        columns.county(),
        columns.town(),
        Column("stage", "学段"),
    ),
    opens=can_view,
    known="",
    newest=("name", "pk"),
)
COVERAGE = Ratio(
    code="afterschool_coverage",
    label="课后服务学校覆盖率",
    group=Group.SCHOOLS,
    means="开展课后服务的学校占应开展学校的比例。",
    part=SERVING,
    whole=DUE,
)
SUBSIDY = _money("afterschool_subsidy", "财政补助", "subsidy_fen")
PAID = _money("afterschool_paid", "家长缴费", "paid_fen")


def _all_money(question: Question) -> QuerySet[Participation]:
    return counts(question).annotate(money=F("subsidy_fen") + F("paid_fen"))


MONEY = Kpi(
    code="afterschool_money",
    label="课后服务经费",
    unit=Unit.YUAN,
    means=f"财政补助与家长缴费之和。{TERM}",
    rows=_all_money,
    columns=(*OF_COUNT, Column("money", "经费", kind="money")),
    total="money",
    **COUNTS,
)
SHARE = Ratio(
    code="afterschool_parent_share",
    label="家长承担比例",
    group=Group.SCHOOLS,
    means="家长缴费占课后服务经费的比例。",
    part=PAID,
    whole=MONEY,
    places=1,
)


def _providers(question: Question) -> QuerySet[Provider]:
    rows = question.here(Provider.objects.select_related("jurisdiction", "institution"), town="")
    return active_providers(rows, on=question.until, known_at=question.known_at)


PROVIDERS = Kpi(
    code="afterschool_providers",
    label="课后服务遴选机构",
    unit=Unit.SITES,
    group=Group.SCHOOLS,
    means="期末在遴选有效期内的培训机构和社会组织，几个县都遴选的计一家。",
    rows=_providers,
    columns=(
        columns.named("name", "名称"),
        Column("credit_code", "统一社会信用代码", kind="code"),
        Column("kind", "种类"),
        columns.county(),
        Column("services", "服务内容"),
    ),
    key="credit_code",
    opens=can_view,
    town="",
    known="",
)

declare(ENROLLED, JOINED, RATE, REPORTED, SERVING, DUE, COVERAGE, SUBSIDY, PAID, MONEY, SHARE, PROVIDERS)
