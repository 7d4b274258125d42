"""What clues show on other pages: an institution's and a site's clues, the tile of those that wait."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from assignments.models import Part
from foundation.accounts.enums import Can
from foundation.core import clock, marks
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import link
from foundation.core.panels import Panel, panel
from foundation.deadlines import working_days
from foundation.deadlines.kinds import MatterKind, kept, named_in
from foundation.deadlines.queries import chip as chip_of
from foundation.deadlines.queries import clocks_of
from foundation.documents.showing import papers_panel
from foundation.photos.queries import Repeat, same_pictures
from foundation.photos.showing import gallery
from foundation.regions.models import GridArea
from institutions.models import Institution, UnlicensedSite

from . import queries, rules
from .comparing import possible_repeats
from .enums import Channel, ClueState, WhistleState
from .models import CallBack, Clue, Sighting, Whistle

kept(Clue, kind=MatterKind("clue", "线索", 10, watched_with=Can.VIEW_CLUES), keeper=named_in(Clue, "checked_by"))

COLUMNS = ("编号", "问题类别", "来源", "发现日期", "状态", "核查结论")


@panel(Institution, label="线索", order=45)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_clues(actor):
        return None
    return _panel(queries.about_institution(actor, institution))


@panel(UnlicensedSite, label="线索", order=20)
def of_site(actor: Actor, site: UnlicensedSite) -> Panel | None:
    if not rules.can_view_clues(actor):
        return None
    return _panel(queries.about_site(actor, site))


@panel(GridArea, label="文书", order=20)
def of_grid(actor: Actor, grid: GridArea) -> Panel | None:
    if not rules.can_view_clues(actor):
        return None
    return papers_panel(actor, grid, empty="还没有出具网格巡查记录。")


@panel(Clue, label="照片", order=10)
def photos(actor: Actor, clue: Clue) -> Panel | None:
    """A picture that came with another clue too, or with something else in sight, is pointed out, without blame."""
    held = [row.photo for row in clue.photos.select_related("photo").order_by("pk")]
    if not held:
        return None
    repeats = same_pictures(held, actor=actor)
    return Panel(("照片",), [(gallery(held, repeats=repeats, named=named_clues(actor, repeats)),)])


@panel(Sighting, label="照片", order=5)
def photos_of_advert(actor: Actor, sighting: Sighting) -> Panel | None:
    """Those that came with its clue."""
    return photos(actor, sighting.clue)


def named_clues(actor: Actor, repeats: Mapping[int, list[Repeat]]) -> dict[int, SafeString]:
    """A link to the clue of each repeated photo, for those who may see that clue."""
    others = [repeat.photo for found in repeats.values() for repeat in found]
    return {
        pk: link(f"线索{other.number}", reverse("admin:clues_clue_change", args=[other.pk]))
        for pk, other in queries.clues_of(others, actor).items()
    }


def _panel(found: QuerySet[Clue]) -> Panel:
    rows = [
        (
            _number(clue),
            clue.get_subject_display(),
            clue.get_channel_display(),
            clue.happened_on,
            clue.get_state_display(),
            clue.get_verdict_display() or "—",
        )
        for clue in found.defer("content", "result").order_by("-received_at", "-pk")
    ]
    return Panel(COLUMNS, rows, empty="没有线索")


@panel(Clue, label="与反映人往来", order=10)
def messages(actor: Actor, clue: Clue) -> Panel | None:
    """What sender and handlers wrote to each other, for those who read the clue; none for a clue without a tip."""
    if clue.channel != Channel.TIP or not rules.can_view_clues(actor):
        return None
    rows = [
        (local_date(row.sent_at), "反映人" if row.from_sender else row.written_by.name, row.body)
        for row in clue.messages.select_related("written_by").order_by("sent_at", "pk")
    ]
    return Panel(("日期", "谁写的", "内容"), rows, empty="还没有往来")


@panel(Clue, label="期限", order=5)
def deadlines(actor: Actor, clue: Clue) -> Panel | None:
    """Its clocks, each opening the count day by day, where it is paused and extended."""
    along = working_days.calendar()
    rows = []
    for deadline in clocks_of(clue).visible_to(actor):
        words, tone = chip_of(deadline, on=clock.today(), along=along)
        url = reverse("admin:deadlines_deadline_change", args=[deadline.pk])
        rows.append((link(deadline.title, url), deadline.started_on, deadline.due_on, marks.chip(words, tone)))
    return Panel(("期限", "起算日", "到期日", "状态"), rows) if rows else None


@panel(Clue, label="回访", order=60)
def call_back(actor: Actor, clue: Clue) -> Panel | None:
    row = CallBack.objects.filter(clue=clue).select_related("called_by").first()
    if row is None:
        return None
    who = row.called_by.name if row.called_by else "反映人凭凭证评价"
    told = (local_date(row.called_at), who, row.get_satisfaction_display(), row.words or "—")
    return Panel(("日期", "谁", "是否满意", "说明"), [told])


@panel(Clue, label="可能重复", order=20)
def repeats(actor: Actor, clue: Clue) -> Panel | None:
    """Clues that may be about the same, while it is not decided yet."""
    if clue.state not in (ClueState.RECEIVED, ClueState.ACCEPTED) or not rules.can_handle(actor, clue):
        return None
    rows = [
        (_number(other.clue), other.why, local_date(other.clue.received_at), other.clue.get_state_display())
        for other in possible_repeats(actor, clue)
    ]
    return Panel(("编号", "为什么", "收到日期", "状态"), rows, empty="没有发现相同或相近的线索")


@panel(Clue, label="另有反映", order=30)
def others(actor: Actor, clue: Clue) -> Panel | None:
    """Those that were merged into this one."""
    rows = [
        (_number(row), row.get_channel_display(), local_date(row.received_at), row.content[:60])
        for row in clue.merged.visible_to(actor).order_by("received_at", "pk")
    ]
    return Panel(("编号", "来源", "收到日期", "内容"), rows) if rows else None


@panel(Clue, label="移交", order=40)
def handovers(actor: Actor, clue: Clue) -> Panel | None:
    rows = [
        (str(row), local_date(row.handed_at), row.reason, row.back_reason or "—")
        for row in clue.handovers.select_related("from_jurisdiction", "to_jurisdiction").order_by("pk")
    ]
    return Panel(("从哪到哪", "日期", "理由", "退回理由"), rows) if rows else None


@panel(Clue, label="现场核查交办", order=50)
def checks(actor: Actor, clue: Clue) -> Panel | None:
    rows = [
        (
            link(part.assignment.number, reverse("admin:assignments_assignment_change", args=[part.assignment_id])),
            part.organ.name,
            part.due_on,
            part.get_state_display(),
            part.result or "—",
        )
        for part in Part.objects.filter(assignment__of_clue__clue=clue)
        .select_related("assignment", "organ")
        .order_by("pk")
    ]
    return Panel(("交办编号", "承办单位", "期限", "状态", "办理情况"), rows) if rows else None


@panel(Whistle, label="部门报到", order=10)
def calls(actor: Actor, whistle: Whistle) -> Panel:
    """Who is called, when each was there, and how long it took."""
    rows = []
    for call in whistle.calls.select_related("organ", "reported_by").order_by("pk"):
        call.whistle = whistle
        late = (call.reported_at or clock.now()) > whistle.due_at
        words = "已报到" if call.reported_at else "未报到"
        tone = "bad" if late else "ok" if call.reported_at else "notice"
        when = f"{timezone.localtime(call.reported_at):%Y-%m-%d %H:%M}" if call.reported_at else "—"
        took = f"{call.minutes} 分钟" if call.minutes is not None else "—"
        who = call.reported_by.name if call.reported_by else "—"
        rows.append((call.organ.name, marks.chip(f"{words}{'（超时）' if late else ''}", tone), when, took, who))
    return Panel(("部门", "状态", "报到时间", "用时", "报到人"), rows)


@todo_tile(order=16)
def whistles(actor: Actor) -> Tile | None:
    """Tickets on which the actor's organ has to report in; opens these rows."""
    if not rules.can_view_whistles(actor):
        return None
    count = queries.awaited(actor).count()
    url = reverse("admin:clues_whistle_changelist") + f"?state__exact={WhistleState.RAISED}"
    return Tile("待报到", count, url, unit="次", tone="bad") if count else None


def _number(clue: Clue) -> SafeString:
    return link(clue.number, reverse("admin:clues_clue_change", args=[clue.pk]))


@todo_tile(order=15)
def waiting(actor: Actor) -> Tile | None:
    """Clues that wait to be accepted, for those who may; opens exactly these rows."""
    if not rules.can_take_in(actor):
        return None
    count = queries.waiting(actor).count()
    url = reverse("admin:clues_clue_changelist") + f"?state__exact={ClueState.RECEIVED}"
    return Tile("待受理线索", count, url, unit="条", tone="notice") if count else None
