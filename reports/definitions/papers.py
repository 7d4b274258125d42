"""培训材料 and 宣传: sets reviewed, approved ones in use; outreach, meetings and honours."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.exports.declaring import Column
from inspections.enums import Measure
from materials.enums import Verdict
from materials.models import MaterialSet, MaterialUse, Review, UseAlarm
from materials.queries import approvals_on
from materials.rules import can_view as can_view_materials
from outreach.models import Honour, Meeting, Noted, Outreach
from outreach.rules import can_view as can_view_outreach

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

OF_SET = (
    columns.named("title", "材料"),
    columns.number("number", "备案号"),
    Column("institution", "机构"),
    columns.county("institution.jurisdiction"),
    Column("state", "现在状态"),
)
SETS = {
    "group": Group.SCHOOLS,
    "unit": Unit.SETS,
    "opens": can_view_materials,
    "columns": OF_SET,
    "place": "institution__jurisdiction",
    "town": "institution__division",
    "known": "",
}


def _sets(question: Question) -> QuerySet[MaterialSet]:
    rows = MaterialSet.objects.select_related("institution__jurisdiction")
    return question.here(rows, place="institution__jurisdiction", town="institution__division")


def _day(question: Question) -> date:
    """The last day that counts, as known: what is stated by day alone was put on record on that day."""
    return min(question.until, question.known_on)


def _reviews(question: Question) -> QuerySet[Review]:
    """Reviews of the period, known from the day on which they were decided."""
    return Review.objects.filter(material=OuterRef("pk"), decided_on__range=(question.first, _day(question)))


def _reviewed(question: Question) -> QuerySet[MaterialSet]:
    return _sets(question).filter(Exists(_reviews(question)))


def _passed(question: Question) -> QuerySet[MaterialSet]:
    return _sets(question).filter(Exists(_reviews(question).filter(verdict=Verdict.APPROVE)))


def _in_use(question: Question) -> QuerySet[MaterialSet]:
    uses = MaterialUse.objects.filter(material=OuterRef("pk"), since__lte=question.until)
    uses = uses.filter(entered_at__lte=question.known)
    return _sets(question).filter(Exists(uses.exclude(stopped_on__lte=question.until, stopped_at__lte=question.known)))


def _approved_in_use(question: Question) -> QuerySet[MaterialSet]:
    held = approvals_on(_day(question)).filter(material=OuterRef("pk"), valid_to__gte=question.until)
    return _in_use(question).filter(Exists(held))


def _alarms(question: Question) -> QuerySet[UseAlarm]:
    """未审先用 that stood on the last day."""
    rows = UseAlarm.objects.select_related("material__institution__jurisdiction", "training_class")
    rows = rows.filter(opened_on__lte=_day(question))
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=_day(question))
    place, town = "material__institution__jurisdiction", "material__institution__division"
    return question.here(rows.filter(open_then), place=place, town=town)


REVIEWED = Kpi(
    code="materials_reviewed",
    label="审核培训材料",
    means="期间完成外部审核的培训材料，不论结论，一套计一套。",
    rows=_reviewed,
    measure=Measure.MATERIALS,
    **SETS,
)
PASSED = Kpi(
    code="materials_passed", label="审核通过的培训材料", means="期间审核通过的培训材料。", rows=_passed, **SETS
)
IN_USE = Kpi(code="materials_in_use", label="在用培训材料", means="期末有班级在用的培训材料。", rows=_in_use, **SETS)
APPROVED = Kpi(
    code="materials_approved",
    label="在用且已审的培训材料",
    means="在用培训材料中期末审核有效的。",
    rows=_approved_in_use,
    **SETS,
)
COVERAGE = Ratio(
    code="materials_coverage",
    label="材料审核覆盖率",
    group=Group.SCHOOLS,
    means="在用且已审的材料占在用材料的比例（凡用必审）。",
    part=APPROVED,
    whole=IN_USE,
)
ALARMS = Kpi(
    code="materials_alarms",
    label="未审先用",
    unit=Unit.ITEMS,
    group=Group.SCHOOLS,
    means="期末还没有消除的未审先用警示，一个班级一套材料计一件。",
    rows=_alarms,
    columns=(
        Column("material", "材料"),
        Column("training_class", "班级"),
        columns.named("material.institution.name"),
        columns.county("material.institution.jurisdiction"),
        columns.on("opened_on", "发现日期"),
    ),
    opens=can_view_materials,
    place="material__institution__jurisdiction",
    town="material__institution__division",
    known="",
)
declare(REVIEWED, PASSED, IN_USE, APPROVED, COVERAGE, ALARMS)


# -- outreach --------------------------------------------------------------------------------------------------------
NOTED = {
    "group": Group.PUBLICITY,
    "unit": Unit.TIMES,
    "opens": can_view_outreach,
    "town": "",
    "day": "happened_on",
    "newest": ("-happened_on", "-pk"),
}


def _noted(model: type[Noted]):
    def rows(question: Question) -> QuerySet:
        found = question.happened(model.objects.select_related("jurisdiction", "organ"), "happened_on")
        return question.recorded(question.here(found, town=""), voided="voided_at")

    return rows


def _of(*more: Column) -> tuple[Column, ...]:
    return (columns.on("happened_on", "日期"), columns.named("title", "名称"), *more, columns.county())


OUTREACH = Kpi(
    code="outreach",
    label="宣传活动",
    means="期间登记的宣传：媒体、入户、推送、家访、公众号等，一次计一次。",
    rows=_noted(Outreach),
    columns=_of(Column("channel", "渠道"), Column("audience", "受众(人次)", kind="number")),
    **NOTED,
)
MEETINGS = Kpi(
    code="meetings",
    label="会议和座谈",
    means="期间召开的座谈会、推进会、联席会议等。",
    rows=_noted(Meeting),
    columns=_of(Column("kind", "种类"), Column("organiser", "召集单位")),
    **NOTED,
)
HONOURS = Kpi(
    code="honours",
    label="荣誉",
    means="期间获得的荣誉和典型案例。",
    rows=_noted(Honour),
    columns=_of(Column("giver", "授予单位"), Column("document", "文件")),
    **NOTED,
)
declare(OUTREACH, MEETINGS, HONOURS)
