"""What draws show: strata, officers, exclusions and objects on their own page; records on an institution's; tiles."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, copyable, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from inspections.enums import DrawState
from inspections.models import Draw, DrawnObject, DrawOfficer, InterestDeclaration
from inspections.queries import draws as queries
from inspections.queries import pools
from inspections.rules import draws as rules
from institutions.models import Institution

kept(Draw, kind=MatterKind("draw", "双随机抽查", 20), keeper=named_in(Draw, "planned_by"))

SHOWN = 50


@panel(Draw, label="分层", order=10)
def strata(actor: Actor, draw: Draw) -> Panel | None:
    """As the pool would be today, or as it was frozen."""
    if draw.state == DrawState.DISCARDED:
        return None
    if draw.state == DrawState.DRAFT:
        rows = [
            (each.label, f"{each.ratio}%", each.objects, each.sample, each.flagged or "—", each.excluded or "—")
            for each in pools.preview(draw, on=clock.today())
        ]
        return Panel(("层", "比例", "在册(家)", "抽取(家)", "其中因风险标记上调", "已排除"), rows)
    return Panel(("层", "在册(家)", "抽取(家)"), list(queries.frozen_sizes(draw.commitment)))


@panel(Draw, label="抽中对象", order=20)
def drawn(actor: Actor, draw: Draw) -> Panel | None:
    if draw.state in (DrawState.DRAFT, DrawState.DISCARDED, DrawState.FROZEN):
        return None
    found = DrawnObject.objects.visible_to(actor).filter(draw=draw)
    rows = found.select_related("institution", "first_officer__post__user", "second_officer__post__user")
    shown = [
        (
            link(row.institution, reverse("admin:inspections_drawnobject_change", args=[row.pk])),
            copyable(row.code),
            f"{row.stratum}第{row.rank}位",
            pair_in_words(row),
            row.get_result_display() or chip("待登记", "notice"),
        )
        for row in rows.order_by("result", "stratum", "rank", "pk")[:SHOWN]
    ]
    more = reverse("admin:inspections_drawnobject_changelist") + f"?draw__id__exact={draw.pk}"
    return Panel(("机构", "编号", "层内位次", "检查人员", "结果"), shown, more_url=more)


@panel(Draw, label="公示文书", order=25)
def notices(actor: Actor, draw: Draw) -> Panel | None:
    if draw.published_on is None:
        return None
    rows = [
        (
            link(row.number, reverse("admin:documents_document_change", args=[row.pk])),
            f"{clock.local_date(row.issued_at)}",
            row.issued_by_name,
            chip("已作废", "bad") if row.is_void else chip("有效", "ok"),
        )
        for row in queries.notices_of(draw)
    ]
    return Panel(("文号", "出具日期", "出具人", "效力"), rows, empty="没有出具公示文书")


@panel(Draw, label="检查人员", order=30)
def officers(actor: Actor, draw: Draw) -> Panel:
    given = Count("pk", filter=Q(pk__isnull=False))
    pairs = DrawnObject.objects.filter(draw=draw)
    first = dict(pairs.order_by("first_officer").values_list("first_officer").annotate(n=given))
    second = dict(pairs.order_by("second_officer").values_list("second_officer").annotate(n=given))
    rows = [
        (
            each.post.user.name,
            each.post.organ,
            each.number,
            "名册外指定" if each.by_hand else "名册",
            first.get(each.pk, 0) + second.get(each.pk, 0),
        )
        for each in DrawOfficer.objects.filter(draw=draw).select_related("post__user", "post__organ").order_by("number")
    ]
    return Panel(("姓名", "单位", "执法证号", "来源", "抽中(家)"), rows)


@panel(Draw, label="排除的机构", order=40)
def exclusions(actor: Actor, draw: Draw) -> Panel:
    rows = [
        (each.institution, each.reason, each.excluded_by, each.excluded_at)
        for each in draw.exclusions.select_related("institution", "excluded_by").order_by("excluded_at", "pk")
    ]
    return Panel(("机构", "理由", "排除人", "时间"), rows, empty="没有排除机构")


@panel(Institution, label="双随机抽查", order=45)
def draws_of(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_draws(actor):
        return None
    rows = [
        (
            link(row.draw, reverse("admin:inspections_drawnobject_change", args=[row.pk])),
            row.draw.get_state_display(),
            row.checked_on or "—",
            row.get_result_display() or "—",
        )
        for row in DrawnObject.objects.visible_to(actor)
        .filter(institution=institution)
        .select_related("draw")
        .order_by("-draw__drawn_at", "-pk")
    ]
    return Panel(("抽查", "状态", "检查日期", "结果"), rows, empty="从未被抽中")


@panel(Institution, label="利益关系申报(回避)", order=46)
def interests_of(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.reads_all_interests(actor):
        return None
    rows = [
        (
            link(each.person, reverse("admin:inspections_interestdeclaration_change", args=[each.pk])),
            each.reason,
            each.since,
            each.until or "长期",
        )
        for each in InterestDeclaration.objects.visible_to(actor)
        .filter(institution=institution)
        .select_related("person")
        .order_by("-since", "-pk")
    ]
    return Panel(("人员", "利益关系", "起始日期", "截止日期"), rows, empty="没有人申报")


def pair_in_words(row: DrawnObject) -> object:
    """Names and numbers of the two officers, for staff; or that there are none."""
    pair = [each for each in (row.first_officer, row.second_officer) if each is not None]
    if not pair:
        return chip("无无须回避的两人，待指定", "bad")
    words = "、".join(f"{each.post.user.name}({each.number})" for each in pair)
    return f"{words}（人工指定）" if row.pair_reason else words


@todo_tile(order=32)
def results_missing(actor: Actor) -> Tile | None:
    """Drawn objects whose result this actor may enter."""
    if not rules.can_view_draws(actor):
        return None
    count = queries.without_result(actor).count()
    url = reverse("admin:inspections_drawnobject_changelist") + "?waiting=me"
    return Tile("双随机待登记结果", count, url, unit="家", tone="notice") if count else None


@todo_tile(order=33)
def results_due(actor: Actor) -> Tile | None:
    """Finished checks whose results are to be published within 20 working days."""
    if not rules.can_view_draws(actor):
        return None
    count = queries.to_publish(actor).count()
    url = reverse("admin:inspections_draw_changelist") + "?waiting=publish"
    return Tile("双随机结果待公示", count, url, tone="notice") if count else None


@todo_tile(order=34)
def voids_waiting(actor: Actor) -> Tile | None:
    """Draws that somebody asked to void, for who may agree."""
    if not rules.can_view_draws(actor):
        return None
    count = queries.voids_to_judge(actor).count()
    url = reverse("admin:inspections_draw_changelist") + "?waiting=void"
    return Tile("待我审核双随机作废", count, url, tone="notice") if count else None
