"""Materials on the institution's page, reviews and uses on a set's page, home tiles of what waits."""

from __future__ import annotations

from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, figure_tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.numbers import percent
from foundation.core.panels import Panel, panel
from institutions.models import Institution

from . import queries, rules
from .models import MaterialSet, MaterialUse, Review, UseAlarm

SHOWN = 100
SETS = "admin:materials_materialset_changelist"


@panel(Institution, label="培训材料", order=36)
def of_institution(actor: Actor, institution: Institution) -> Panel:
    found = MaterialSet.objects.visible_to(actor).filter(institution=institution).order_by("-pk")[:SHOWN]
    today = clock.today()
    rows = [
        (
            link(str(row), reverse("admin:materials_materialset_change", args=[row.pk])),
            row.subject,
            row.get_stage_display(),
            row.get_kind_display(),
            chip("审核有效", "ok") if row.holds_on(today) else row.get_state_display(),
            row.number or "—",
            row.valid_to or "—",
        )
        for row in found
    ]
    return Panel(("材料", "科目", "学段", "编写方式", "状态", "备案号", "有效期至"), rows, empty="还没有登记培训材料")


@panel(Institution, label="未审先用", order=36)
def alarms_of_institution(actor: Actor, institution: Institution) -> Panel | None:
    """Open ones first; nothing where there never was one."""
    found = UseAlarm.objects.visible_to(actor).filter(training_class__course__institution=institution)
    rows = [_alarm(row) for row in _alarms(found)]
    return Panel(("班级", "材料", "原因", "来源", "发现日期", "状态", "说明"), rows) if rows else None


def _alarms(found):
    joined = found.select_related("training_class", "material")
    return joined.order_by("-closed_on", "-opened_on", "-pk")[:SHOWN]  # PostgreSQL: NULL is the greatest


def _alarm(row: UseAlarm) -> tuple[object, ...]:
    return (
        link(row.training_class.name, reverse("admin:materials_usealarm_change", args=[row.pk])),
        str(row.material),
        row.get_cause_display(),
        row.get_source_display(),
        row.opened_on,
        chip(row.get_closing_display(), "ok") if row.closed_on else chip("未解除", "bad"),
        row.reason or "—",
    )


@panel(MaterialSet, label="外审记录", order=10)
def reviews_of(actor: Actor, material: MaterialSet) -> Panel:
    """Each review with what both reviewers said."""
    found = Review.objects.visible_to(actor).filter(material=material).select_related("first", "second", "decided_by")
    rows = [
        (
            row.sent_on,
            f"{row.first.name}、{row.second.name}",
            "；".join(f"{each}{'：' + each.points if each.points else ''}" for each in _opinions(row)) or "待登记",
            row.get_verdict_display() if row.verdict else "待审定",
            row.decided_on or "—",
            str(row.decided_by) if row.decided_by_id else "—",
            row.number or "—",
            row.points or ("已于" + str(row.ended_on) + "撤销" if row.ended_on else "—"),
        )
        for row in found.prefetch_related("opinions__reviewer").order_by("-pk")[:SHOWN]
    ]
    columns = ("送审", "审核人", "意见", "结论", "结论日期", "审定人", "备案号", "说明")
    return Panel(columns, rows, empty="还没有送外审")


def _opinions(review: Review) -> list:
    return sorted(review.opinions.all(), key=lambda opinion: opinion.pk)


@panel(MaterialSet, label="使用班级", order=20)
def uses_of(actor: Actor, material: MaterialSet) -> Panel:
    found = MaterialUse.objects.visible_to(actor).filter(material=material).select_related("training_class")
    rows = [
        (
            link(row.training_class.name, reverse("admin:materials_materialuse_change", args=[row.pk])),
            row.since,
            row.get_source_display(),
            chip("已停用", "plain") if row.stopped_on else chip("在用", "ok"),
            row.stopped_on or "—",
            row.stop_reason or "—",
        )
        for row in found.order_by("-stopped_on", "-since", "-pk")[:SHOWN]
    ]
    return Panel(("班级", "开始使用", "来源", "状态", "停用日期", "停用事由"), rows, empty="没有班级使用这套材料")


@todo_tile(order=47)
def alarmed(actor: Actor) -> Tile | None:
    """未审先用 in the area of those who can have it stopped."""
    if not rules.can_keep_somewhere(actor) or not (count := queries.open_alarms(actor).count()):
        return None
    url = f"{reverse('admin:materials_usealarm_changelist')}?standing=open"
    return Tile("未审先用", count, url, unit="条", tone="bad")


@todo_tile(order=48)
def to_send(actor: Actor) -> Tile | None:
    if not (count := queries.to_send(actor).count()):
        return None
    return Tile("材料待送外审", count, f"{reverse(SETS)}?waiting=send", unit="套", tone="notice")


@todo_tile(order=48)
def to_decide(actor: Actor) -> Tile | None:
    if not (count := queries.to_decide(actor).count()):
        return None
    return Tile("材料待审定", count, f"{reverse(SETS)}?waiting=decide", unit="套", tone="notice")


@figure_tile(order=57)
def coverage(actor: Actor) -> Tile | None:
    """在用未审, with how many of the sets in use are approved."""
    if not rules.can_view(actor):
        return None
    today = clock.today()
    used = queries.in_use(actor, on=today).count()
    if not used:
        return None
    approved = queries.approved_in_use(actor, on=today).count()
    note = f"已审{approved}套，{percent(approved, used)}"
    return Tile("在用培训材料", used, f"{reverse(SETS)}?counted=used", unit="套", note=note)
