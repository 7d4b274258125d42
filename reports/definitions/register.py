"""机构与无证治理: what operates on a day, how subject training was reduced, unlicensed sites found and still open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from foundation.exports.declaring import Column
from inspections.enums import Measure
from institutions.enums import OPERATING, Category, Net, SiteType, UnlicensedState
from institutions.models import Institution, Responsible, StatusEvent, UnlicensedSite, UnlicensedStateEvent
from institutions.rules import can_view_register, can_view_unlicensed

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

SINCE = date(2021, 7, 24)  # “双减以来”: the day on which the opinion was published
OF_INSTITUTION = (*columns.institution(""), Column("category", "培训类别"), Column("status", "现在状态"))
OF_SITE = (
    columns.number("number", "编号"),
    Column("sign", "招牌"),
    Column("address", "地址"),
    columns.county(),
    columns.town(),
    Column("licence_status", "证照情况"),
    Column("discovery", "发现途径"),
    columns.on("found_on", "发现日期"),
    Column("state", "状态"),
    Column("disposal", "处置方式"),
    columns.on("disposed_on", "处置日期"),
)
COMMON = {
    "group": Group.REGISTER,
    "opens": can_view_register,
    "columns": OF_INSTITUTION,
    "known": "",
    "category": "category_then",
}
SITE = {
    "group": Group.REGISTER,
    "opens": can_view_unlicensed,
    "columns": OF_SITE,
    "newest": ("-found_on", "-pk"),
}


def institutions(question: Question) -> QuerySet[Institution]:
    """The register's institutions of the area, each once."""
    rows = Institution.objects.current().select_related("jurisdiction", "division")
    return question.here(rows)


def operating(question: Question, on: date, category: str = "") -> QuerySet[Institution]:
    """Training institutions that operated on a day, of a type and a category as they were then."""
    newest = StatusEvent.objects.filter(institution__jurisdiction__in=question.area)
    newest = newest.as_of(on, question.known_at).values("pk")
    events = StatusEvent.objects.filter(pk__in=newest, status__in=sorted(OPERATING), site_type=SiteType.TRAINING)
    if category:
        events = events.filter(category=category)
    rows = institutions(question).filter(pk__in=events.values("institution"))
    if question.department is None:
        return rows
    return rows.annotate(category_then=events.filter(institution=OuterRef("pk")).values("category")[:1])


def _covered_by(net: Net) -> Callable[[Question], QuerySet[Institution]]:
    def rows(question: Question) -> QuerySet[Institution]:
        named = Responsible.objects.in_force(question.until).filter(institution=OuterRef("pk"), net=net)
        return operating(question, question.until).filter(Exists(named))

    return rows


INSTITUTIONS = Kpi(
    code="institutions",
    label="在办培训机构",
    unit=Unit.SITES,
    means="期末状态为正常、停业整改、责令停止招生、备改审或拟终止公告的培训机构。",
    rows=lambda question: operating(question, question.until),
    **COMMON,
)
SUBJECT_BASE = Kpi(
    code="subject_base",
    label="学科类培训机构基数",
    unit=Unit.SITES,
    means=f"{SINCE.year}年{SINCE.month}月{SINCE.day}日在办的学科类培训机构。",
    rows=lambda question: operating(question, SINCE, Category.SUBJECT),
    **COMMON,
)
SUBJECT_NOW = Kpi(
    code="subject_now",
    label="学科类培训机构现数",
    unit=Unit.SITES,
    means="期末在办的学科类培训机构；转型的机构不再计入，仍在名录中。",
    rows=lambda question: operating(question, question.until, Category.SUBJECT),
    **COMMON,
)
REDUCTION = Ratio(
    code="reduction_rate",
    label="学科类压减率",
    group=Group.REGISTER,
    means="（基数－现数）÷基数。",
    part=SUBJECT_BASE,
    less=SUBJECT_NOW,
    whole=SUBJECT_BASE,
)


# -- unlicensed sites ----------------------------------------------------------------------------------------------
def _found(question: Question) -> QuerySet[UnlicensedSite]:
    rows = question.happened(UnlicensedSite.objects.select_related("jurisdiction", "division"), "found_on")
    return question.recorded(question.here(rows))


def _in_state(question: Question, rows: QuerySet[UnlicensedSite], *states: str) -> QuerySet[UnlicensedSite]:
    newest = UnlicensedStateEvent.objects.filter(site__jurisdiction__in=question.area)
    newest = newest.as_of(question.on, question.known_at).values("pk")
    events = UnlicensedStateEvent.objects.filter(pk__in=newest, state__in=states)
    return rows.filter(pk__in=events.values("site"))


def _open(question: Question) -> QuerySet[UnlicensedSite]:
    rows = question.here(UnlicensedSite.objects.select_related("jurisdiction", "division"))
    return _in_state(question, rows, UnlicensedState.OPEN)


UNLICENSED_FOUND = Kpi(
    code="unlicensed_found",
    label="摸排发现无证场所",
    unit=Unit.SITES,
    means="期间发现的无证无照、有照无证、有证无照场所，一处计一家。",
    rows=_found,
    day="found_on",
    measure=Measure.UNLICENSED,
    **SITE,
)
UNLICENSED_DEALT = Kpi(
    code="unlicensed_dealt",
    label="已整治无证场所",
    unit=Unit.SITES,
    means="期间发现、到截止日已取缔、转型、办证或自行停办的无证场所。",
    rows=lambda question: _in_state(question, _found(question), UnlicensedState.DISPOSED, UnlicensedState.MERGED),
    day="found_on",
    **SITE,
)
UNLICENSED_OPEN = Kpi(
    code="unlicensed_open",
    label="无证存量",
    unit=Unit.SITES,
    means="截止日还没有整治到位的无证场所；为0即动态清零。",
    rows=_open,
    **SITE,
)
UNLICENSED_RATE = Ratio(
    code="unlicensed_rate",
    label="无证场所整治率",
    group=Group.REGISTER,
    means="已整治无证场所占摸排发现的比例。",
    part=UNLICENSED_DEALT,
    whole=UNLICENSED_FOUND,
)
declare(INSTITUTIONS, SUBJECT_BASE, SUBJECT_NOW, REDUCTION)
declare(UNLICENSED_FOUND, UNLICENSED_DEALT, UNLICENSED_RATE, UNLICENSED_OPEN)

# -- the three nets ------------------------------------------------------------------------------------------------
for _net in Net:
    _named = Kpi(
        code=f"net_{_net.value}",
        label=f"{_net.label}已落实责任人",
        unit=Unit.SITES,
        means=f"期末在办、{_net.label}中有在岗责任人的培训机构。责任人只有现在的记录，不回溯已知时间。",
        rows=_covered_by(_net),
        **COMMON,
    )
    _share = Ratio(
        code=f"net_{_net.value}_rate",
        label=f"{_net.label}覆盖率",
        group=Group.REGISTER,
        means=f"{_net.label}中有在岗责任人的机构占在办培训机构的比例。",
        part=_named,
        whole=INSTITUTIONS,
    )
    declare(_named, _share)
