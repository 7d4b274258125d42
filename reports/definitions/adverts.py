"""广告: what was done with advertisements. Each unit has its own KPI, because 处 面 块 张 家 are never added up."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from clues.enums import AdUnit, Medium
from enforcement.enums import AdOutcome
from enforcement.models import Removal, RemovalItem, RemovalOfficer
from enforcement.removing import FIRM
from enforcement.rules import can_view_orders
from foundation.exports.declaring import Column
from inspections.enums import Measure

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, declare
from . import columns

OF_ITEM = (
    columns.number("removal.number", "处置编号"),
    columns.on("removal.done_on", "处置日期"),
    Column("clue", "广告线索", lambda row: row.sighting.clue.number, kind="code"),
    Column("about", "涉及对象", lambda row: row.sighting.clue.about),
    Column("medium", "媒介", lambda row: row.sighting.get_medium_display()),
    Column("outcome", "处置方式"),
    columns.county("sighting.clue.jurisdiction"),
)
OF_REMOVAL = (
    columns.number("number", "处置编号"),
    columns.on("done_on", "处置日期"),
    columns.named("organ.name", "登记单位"),
    columns.county(),
    columns.town(),
)
COMMON = {"group": Group.ADVERTS, "opens": can_view_orders, "campaigns": True}
ITEM = {
    **COMMON,
    "place": "sighting__clue__jurisdiction",
    "town": "sighting__clue__division",
    "day": "removal__done_on",
    "known": "recorded_at",
    "newest": ("-removal__done_on", "-pk"),
}


def items(question: Question) -> QuerySet[RemovalItem]:
    """What was done with advertisements of the area in the period, void entries left out."""
    rows = RemovalItem.objects.select_related(
        "removal", "sighting__clue__jurisdiction", "sighting__clue__institution", "sighting__clue__unlicensed_site"
    )
    rows = question.happened(rows, "removal__done_on")
    rows = question.here(rows, place="sighting__clue__jurisdiction", town="sighting__clue__division")
    rows = question.recorded(rows, voided="voided_at")
    return rows if question.campaign is None else rows.filter(removal__campaigns__campaign=question.campaign)


def _dismantled(unit: AdUnit) -> Callable[[Question], QuerySet[RemovalItem]]:
    return lambda question: items(question).filter(
        outcome=AdOutcome.DISMANTLED, sighting__unit=unit, sighting__medium=Medium.OUTDOOR
    )


def _torn_down(code: str, unit: AdUnit, counted_in: Unit, measure: Measure) -> Kpi:
    return Kpi(
        code=code,
        label=f"拆除户外广告({unit.label})",
        unit=counted_in,
        means=f"期间拆除的、以“{unit.label}”计的户外广告数量之和；不同计量单位不相加。",
        rows=_dismantled(unit),
        columns=(*OF_ITEM, Column("quantity", f"数量({unit.label})", kind="number")),
        total="quantity",
        flag="at_least",
        measure=measure,
        **ITEM,
    )


PLACES = _torn_down("ad_places", AdUnit.PLACE, Unit.PLACES, Measure.AD_PLACES)
FACES = _torn_down("ad_faces", AdUnit.FACE, Unit.FACES, Measure.AD_FACES)
BOARDS = _torn_down("ad_boards", AdUnit.BOARD, Unit.BOARDS, Measure.AD_BOARDS)
SHEETS = Kpi(
    code="ad_sheets",
    label="销毁宣传单",
    unit=Unit.SHEETS,
    means="期间销毁的宣传单张数之和；有一次只记了下限的，数字后加“余”。",
    rows=lambda question: items(question).filter(outcome=AdOutcome.DESTROYED, sighting__unit=AdUnit.SHEET),
    columns=(*OF_ITEM, Column("quantity", "数量(张)", kind="number")),
    total="quantity",
    flag="at_least",
    measure=Measure.AD_SHEETS,
    **ITEM,
)
SITES = Kpi(
    code="ad_sites",
    label="被拆除户外广告的机构",
    unit=Unit.SITES,
    means="户外广告被拆除的不同机构、场所，一家有几块牌都计一家。",
    rows=lambda question: (
        items(question).filter(outcome=AdOutcome.DISMANTLED, sighting__medium=Medium.OUTDOOR).annotate(firm=FIRM)
    ),
    columns=OF_ITEM,
    key="firm",
    measure=Measure.AD_SITES,
    **ITEM,
)
ONLINE_SITES = Kpi(
    code="ad_accounts",
    label="公众号违规广告被查处的机构",
    unit=Unit.SITES,
    means="在公众号发布违规广告、已删除或移送的不同机构。",
    rows=lambda question: (
        items(question)
        .filter(outcome__in=[AdOutcome.DELETED, AdOutcome.TRANSFERRED], sighting__medium=Medium.ACCOUNT)
        .annotate(firm=FIRM)
    ),
    columns=OF_ITEM,
    key="firm",
    **ITEM,
)


def _outings(question: Question) -> QuerySet[Removal]:
    rows = question.here(
        question.happened(Removal.objects.select_related("jurisdiction", "division", "organ"), "done_on")
    )
    rows = question.recorded(rows)
    standing = Q(items__voided_at__isnull=True) | Q(items__voided_at__gt=question.known)
    rows = rows.filter(pk__in=Removal.objects.filter(standing).values("pk"))
    went = RemovalOfficer.objects.filter(removal=OuterRef("pk")).order_by().values("removal").annotate(n=Count("pk"))
    rows = rows.annotate(went=Coalesce(Subquery(went.values("n")), 0, output_field=IntegerField()))
    return rows if question.campaign is None else rows.filter(campaigns__campaign=question.campaign)


PERSON_TIMES = Kpi(
    code="ad_person_times",
    label="广告整治出动",
    unit=Unit.PERSON_TIMES,
    means="每次广告处置到场的人数之和。",
    rows=_outings,
    columns=(*OF_REMOVAL, Column("went", "出动(人次)", kind="number")),
    total="went",
    day="done_on",
    newest=("-done_on", "-pk"),
    **COMMON,
)

declare(PLACES, FACES, BOARDS, SHEETS, SITES, ONLINE_SITES, PERSON_TIMES)
