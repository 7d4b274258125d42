"""After-school services on the pages of schools, institutions and providers; what waits on the home page."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from foundation.regions.models import School
from institutions.models import Institution

from . import queries, rules
from .models import Participation, Provider, Selection, SelectionRound
from .queries import tenths

SHOWN = 60


@panel(School, label="课后服务参与情况", order=40)
def of_school(actor: Actor, school: School) -> Panel | None:
    """The grades of the last terms as they count now."""
    if not rules.can_view(actor):
        return None
    found = queries.counted(actor).filter(school=school).select_related("term")
    rows = [
        (
            row.term,
            link(row.get_grade_display(), reverse("admin:afterschool_participation_change", args=[row.pk])),
            row.enrolled,
            row.joined,
            tenths(row.joined, row.enrolled),
            row.exempt,
            amount(row.subsidy_fen),
            amount(row.paid_fen),
        )
        for row in found.order_by("-term__starts_on", "grade")[:SHOWN]
    ]
    heads = ("学期", "年级", "在校(人)", "参加(人)", "参与率", "免收(人)", "财政补助", "家长缴费")
    more = f"{reverse('admin:afterschool_participation_changelist')}?school={school.pk}"
    return Panel(heads, rows, more_url=more, empty="还没有登记参与情况")


@panel(School, label="课后服务开设内容", order=41)
def offered_at_school(actor: Actor, school: School) -> Panel | None:
    if not rules.can_view(actor):
        return None
    found = queries.offered(actor).filter(school=school).select_related("term", "block", "provider")
    rows = [
        (
            row.term,
            link(row.title or row.block, reverse("admin:afterschool_offering_change", args=[row.pk])),
            row.block.get_kind_display(),
            row.provider or row.get_carrier_display(),
            row.lessons,
            amount(row.fee_fen) if row.fee_fen else "不收费",
        )
        for row in found.order_by("-term__starts_on", "block__kind", "pk")[:SHOWN]
    ]
    heads = ("学期", "内容", "类别", "承担方", "课时数", "每课时收费")
    more = f"{reverse('admin:afterschool_offering_changelist')}?school={school.pk}"
    return Panel(heads, rows, more_url=more, empty="还没有登记开设内容")


@panel(Participation, label="历次记录", order=10)
def history_of(actor: Actor, row: Participation) -> Panel:
    rows = [
        (
            link(each.effective_on, reverse("admin:afterschool_participation_change", args=[each.pk])),
            each.enrolled,
            each.joined,
            each.recorded_at,
            each.recorded_by,
            _word(each),
            each.reason or "—",
        )
        for each in queries.history(row)[:SHOWN]
    ]
    return Panel(("统计日期", "在校(人)", "参加(人)", "登记时间", "登记人", "状态", "理由"), rows)


def _word(row: Participation):
    if row.withdrawn:
        return chip("撤销", "plain")
    return chip("已更正", "plain") if hasattr(row, "replaced_by") else chip("有效", "ok")


def _selections(rows, *, named: str) -> list[tuple]:
    return [
        (
            link(row.provider if named == "provider" else row.round, _selection_url(row)),
            row.starts_on,
            row.ends_on,
            row.get_state_display(),
            row.exited_on or "—",
        )
        for row in rows[:SHOWN]
    ]


def _selection_url(row: Selection) -> str:
    return reverse("admin:afterschool_selection_change", args=[row.pk])


DAYS = ("有效期起", "有效期止", "状态", "退出日期")


@panel(Provider, label="遴选记录", order=10)
def selections_of_provider(actor: Actor, provider: Provider) -> Panel:
    found = provider.selections.select_related("round").order_by("-starts_on", "-pk")
    return Panel(("批次", *DAYS), _selections(found, named="round"), empty="还没有提请入选")


@panel(Provider, label="承担的课后服务", order=20)
def offerings_of_provider(actor: Actor, provider: Provider) -> Panel:
    found = queries.offered(actor).filter(provider=provider).select_related("school", "term", "block")
    rows = [
        (
            link(row.school, reverse("admin:afterschool_offering_change", args=[row.pk])),
            row.term,
            row.title or row.block,
            row.lessons,
        )
        for row in found.order_by("-term__starts_on", "school__name", "pk")[:SHOWN]
    ]
    return Panel(("学校", "学期", "内容", "课时数"), rows, empty="还没有学校登记由它承担")


@panel(SelectionRound, label="本批次的服务机构", order=10)
def selections_of_round(actor: Actor, row: SelectionRound) -> Panel:
    found = row.selections.select_related("provider").order_by("provider__name", "pk")
    return Panel(("服务机构", *DAYS), _selections(found, named="provider"), empty="还没有提请入选的机构")


@panel(Institution, label="课后服务", order=45)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    """Nothing where the institution never stood in a selection."""
    if not rules.can_view_providers(actor):
        return None
    found = Selection.objects.visible_to(actor).filter(provider__institution=institution).select_related("round")
    rows = _selections(found.order_by("-starts_on", "-pk"), named="round")
    return Panel(("遴选批次", *DAYS), rows) if rows else None


@todo_tile(order=66)
def selections_waiting(actor: Actor) -> Tile | None:
    if not actor.can(Can.APPROVE_AFTERSCHOOL):
        return None
    url = reverse("admin:afterschool_selection_changelist") + "?waiting=me"
    return Tile("课后服务入选待审核", queries.selections_to_decide(actor).count(), url, unit="家")
