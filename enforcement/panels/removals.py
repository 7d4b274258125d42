"""What 广告处置 shows on other pages: an advertisement's, an institution's and a campaign's; the tile of what waits."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from clues.models import Sighting
from clues.rules import can_view_clues
from enforcement import removing, rules
from enforcement.models import RemovalItem
from enforcement.removing import AdFigures
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from foundation.photos.showing import gallery
from inspections.models import Campaign
from institutions.models import Institution


def _opened(item: RemovalItem) -> SafeString:
    return link(item.removal.number, reverse("admin:enforcement_removalitem_change", args=[item.pk]))


@panel(Sighting, label="处置", order=10)
def of_sighting(actor: Actor, sighting: Sighting) -> Panel | None:
    if not rules.can_view_orders(actor):
        return None
    items = removing.counted(sighting.removals.all()).select_related("removal").order_by("removal__done_on", "pk")
    rows = [
        (_opened(item), item.removal.done_on, item.get_outcome_display(), _amount(item, sighting)) for item in items
    ]
    if rows and (left := removing.left_of(sighting)):
        rows.append(("还剩", "", "", f"{left}{sighting.get_unit_display()}"))
    return Panel(("处置编号", "日期", "方式", "数量"), rows, empty="还没有处置")


def _amount(item: RemovalItem, sighting: Sighting) -> str:
    item.sighting = sighting
    return item.amount


@panel(Institution, label="违规广告", order=43)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    """Those of the period in which they count as 反复, with the flag or how near to it, for those who read clues."""
    if not can_view_clues(actor):
        return None
    today = clock.today()
    since = today - timedelta(days=settings.ADVERT_REPEAT_DAYS)
    records = removing.adverts_of(institution, since=since, until=today)
    rows = [
        (
            link(record.number, reverse("admin:clues_sighting_change", args=[record.sighting.pk])),
            record.seen_on,
            record.medium,
            record.amount,
            "、".join(record.claims) or "—",
            "、".join(record.outcomes) or "待处置",
        )
        for record in records
    ]
    confirmed = sum(record.confirmed for record in records)
    if confirmed >= settings.ADVERT_REPEATS:
        flagged = removing.is_flagged(institution, on=today)
        words, tone = ("已设风险标记", "bad") if flagged else ("达到反复次数，请研判是否设风险标记", "notice")
        rows.append((chip(words, tone), "", "", f"查实{confirmed}次", "", ""))
    return Panel(("线索编号", "发现日期", "媒介", "数量", "虚假宣传", "处置"), rows, empty="一年内没有违规广告")


@panel(RemovalItem, label="同一次出动", order=10)
def of_outing(actor: Actor, item: RemovalItem) -> Panel:
    """Everything that the team did on that day."""
    same = removing.counted(RemovalItem.objects.visible_to(actor)).filter(removal=item.removal_id)
    rows = [
        (one.sighting.clue.about or str(one.sighting.clue.division), one.get_outcome_display(), one.amount)
        for one in same.select_related("sighting__clue__institution", "sighting__clue__division").order_by("pk")
    ]
    return Panel(("机构或地址", "方式", "数量"), rows)


@panel(RemovalItem, label="照片", order=20)
def photos(actor: Actor, item: RemovalItem) -> Panel | None:
    held = [row.photo for row in item.removal.photos.select_related("photo").order_by("pk")]
    return Panel(("照片",), [(gallery(held),)]) if held else None


@panel(Campaign, label="广告处置", order=45)
def of_campaign(actor: Actor, campaign: Campaign) -> Panel | None:
    if not rules.can_view_orders(actor):
        return None
    items = RemovalItem.objects.visible_to(actor).filter(removal__campaigns__campaign=campaign)
    url = f"{reverse('admin:enforcement_removalitem_changelist')}?campaign={campaign.pk}"
    return Panel(("方式", "数量", "涉及"), table(removing.figures(items)), more_url=url, empty="没有广告处置")


def table(found: AdFigures) -> list[tuple[object, ...]]:
    """A line an outcome with its sums, each unit by itself; the last line says how many went."""
    lines: list[tuple[object, ...]] = [
        (
            dict(RemovalItem._meta.get_field("outcome").choices)[outcome],
            "、".join(str(amount) for amount in sums.values()),
            f"{found.firms[outcome]}家",
        )
        for outcome, sums in found.amounts.items()
    ]
    return [*lines, ("出动", f"{found.person_times}人次", f"{found.outings}次")] if lines else []


@todo_tile(order=26)
def to_remove(actor: Actor) -> Tile | None:
    """Advertisements that are still there; opens exactly these rows."""
    count = removing.waiting(actor).count()
    url = reverse("admin:clues_sighting_changelist") + "?waiting=remove"
    return Tile("待处置广告", count, url, unit="条", tone="notice") if count else None
