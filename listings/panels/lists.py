"""What the lists show on other pages: an institution's entries, an edition's changes, the home tile."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from foundation.accounts.panels import slip_panel
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, entered, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from foundation.documents.queries import documents_about
from foundation.photos.showing import gallery
from institutions import dossier
from institutions.models import Institution
from listings import list_rules, public_notices, queries, rules
from listings.enums import DEFENCE_LINK, REPAIR_LINK, UNDECIDED
from listings.models import Edition, ListEntry, Rating, Repair

LIST = MatterKind("listing", "名单", 60)
kept(ListEntry, kind=LIST, keeper=named_in(ListEntry, "proposed_by"))
kept(Repair, kind=LIST, keeper=named_in(Repair, "entry__proposed_by"))


@panel(Institution, label="黑白名单记录", order=35)
def entries(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_lists(actor):
        return None
    rows = [
        (e.get_kind_display(), e.get_state_display(), e.effective_on, e.until, e.reason, e.ended_on or "")
        for e in ListEntry.objects.visible_to(actor).filter(institution=institution).order_by("-proposed_at", "-pk")
    ]
    return Panel(("名单", "状态", "列入日期", "期限至", "事由", "移出日期"), rows, empty="从未列入名单")


@panel(ListEntry, label="依据的记录", order=10)
def records(actor: Actor, entry: ListEntry) -> Panel:
    """What it rests on, each as it stands now: what was voided since shows."""
    rows = [
        (
            each.happened_on,
            dossier.label_of(each.source),
            link(each.what, now.url) if now and now.url else each.what,
            each.law or "—",
            _standing_of(now),
        )
        for each, now in queries.records_now(entry)
    ]
    return Panel(("日期", "来源", "内容", "依据", "现在"), rows, empty="没有关联记录")


def _standing_of(now: dossier.Record | None) -> str:
    if now is None:
        return chip("已不存在", "bad")
    return chip(f"已作废：{now.void}", "bad") if now.void else chip("有效", "ok")


@panel(ListEntry, label="列入条件核对", order=15)
def entry_checks(actor: Actor, entry: ListEntry) -> Panel | None:
    """Before the decision: what the list asks for, and what was found today."""
    if entry.state not in UNDECIDED:
        return None
    rule = list_rules.rule_for(entry.kind, entry.institution.jurisdiction, clock.today())
    tones = {True: "ok", False: "bad", None: "notice"}
    rows = [
        (check.label, chip(check.word, tones[check.met]), check.told)
        for check in list_rules.checks(entry.institution, rule, on=clock.today())
    ]
    return Panel(("条件", "结果", "情况"), rows, empty="这种名单没有设定条件")


@panel(ListEntry, label="陈述申辩", order=20)
def defences(actor: Actor, entry: ListEntry) -> Panel | None:
    if not entry.needs_defence:
        return None
    rows = [
        (
            f"{timezone.localtime(said.received_at):%Y-%m-%d %H:%M}",
            "书面放弃" if said.waiver else "陈述申辩",
            said.given_by,
            said.text,
            gallery([shown.photo for shown in said.photos.all()]),
            entered(said.entered_by, otherwise="当事人提交"),
        )
        for said in entry.defences.select_related("entered_by").prefetch_related("photos__photo").order_by("pk")
    ]
    return Panel(("收到时间", "种类", "提出人", "内容", "照片", "登记"), rows, empty="当事人没有提出陈述申辩")


@panel(ListEntry, label="网上回执", order=22)
def slip_of_entry(actor: Actor, entry: ListEntry) -> Panel | None:
    return slip_panel(DEFENCE_LINK, entry) if entry.needs_defence and entry.state in UNDECIDED else None


@panel(ListEntry, label="信用修复回执", order=26)
def slip_for_repair(actor: Actor, entry: ListEntry) -> Panel | None:
    return slip_panel(REPAIR_LINK, entry) if rules.may_be_repaired(entry) else None


@panel(ListEntry, label="信用修复", order=25)
def repairs(actor: Actor, entry: ListEntry) -> Panel | None:
    if not entry.needs_defence:
        return None
    asked = entry.repairs.select_related("visit", "entered_by").prefetch_related("photos__photo").order_by("-pk")
    rows = [
        (
            f"{timezone.localtime(repair.received_at):%Y-%m-%d}",
            repair.given_by,
            repair.text,
            gallery([shown.photo for shown in repair.photos.all()]),
            entered(repair.entered_by, otherwise="当事人提交"),
            repair.get_state_display(),
            link(repair.visit.number, reverse("admin:inspections_visit_change", args=[repair.visit_id]))
            if repair.visit
            else "—",
            repair.remark or "—",
        )
        for repair in asked
    ]
    return Panel(
        ("申请日期", "申请人", "情况", "照片", "登记", "状态", "核查记录", "核查情况"), rows, empty="没有申请过"
    )


@panel(ListEntry, label="文书", order=30)
@panel(Rating, label="文书", order=30)
def papers(actor: Actor, subject: ListEntry | Rating) -> Panel:
    rows = [
        (
            link(paper.number, reverse("admin:documents_document_change", args=[paper.pk])),
            paper.get_kind_display(),
            f"{timezone.localtime(paper.issued_at):%Y-%m-%d}",
            "已作废" if paper.is_void else "有效",
        )
        for paper in documents_about(subject)
    ]
    return Panel(("文号", "种类", "日期", "效力"), rows, empty="还没有出具文书")


@panel(Edition, label="本期变动", order=10)
def changes(actor: Actor, edition: Edition) -> Panel:
    rows = [
        (c.get_change_display(), c.institution.name, c.since, c.until or "—")
        for c in edition.changes.select_related("institution").order_by("change", "institution__name", "pk")
    ]
    return Panel(("变动", "机构", "列入日期", "期限至"), rows)


@panel(Edition, label="公示文书", order=20)
def notices(actor: Actor, edition: Edition) -> Panel:
    rows = [
        (
            link(paper.number, reverse("admin:documents_document_change", args=[paper.pk])),
            paper.organ.name,
            f"{timezone.localtime(paper.issued_at):%Y-%m-%d}",
            "已作废" if paper.is_void else "有效",
        )
        for paper in public_notices.papers(edition).visible_to(actor)
    ]
    return Panel(("文号", "公示单位", "日期", "效力"), rows, empty="还没有出具公示文书")


@todo_tile(order=30)
def waiting_for_me(actor: Actor) -> Tile | None:
    """Proposals and removals that this actor may decide; opens exactly these rows."""
    if not rules.can_approve_somewhere(actor) or not rules.can_view_lists(actor):
        return None
    count = queries.waiting_for(actor).count()
    url = reverse("admin:listings_listentry_changelist") + "?waiting=me"
    return Tile("待我审核名单", count, url, tone="notice" if count else "plain")


@todo_tile(order=31)
def to_handle(actor: Actor) -> Tile | None:
    """Entries whose party has to be told, or whose repair has to be looked into; opens exactly these rows."""
    count = queries.to_handle(actor).count() if rules.can_view_lists(actor) else 0
    url = reverse("admin:listings_listentry_changelist") + "?waiting=handle"
    return Tile("名单待告知或核查", count, url, tone="notice") if count else None


@todo_tile(order=32)
def ending_soon(actor: Actor) -> Tile | None:
    """Entries whose term is about to end; opens exactly these rows."""
    count = queries.ending_soon(actor, on=clock.today()).count() if rules.can_view_lists(actor) else 0
    url = reverse("admin:listings_listentry_changelist") + "?waiting=ending"
    return Tile("名单即将到期", count, url, note=f"{queries.SOON_DAYS}日内") if count else None
