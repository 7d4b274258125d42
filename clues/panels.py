"""What clues show on other pages: an institution's and a site's clues, the tile of those that wait."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import link
from foundation.core.panels import Panel, panel
from foundation.photos.queries import Repeat, same_pictures
from foundation.photos.showing import gallery
from institutions.models import Institution, UnlicensedSite

from . import queries, rules
from .enums import Channel, ClueState
from .models import Clue

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


@panel(Clue, label="照片", order=10)
def photos(actor: Actor, clue: Clue) -> Panel | None:
    """A picture that came with another clue too, or with something else in sight, is pointed out, without blame."""
    held = [row.photo for row in clue.photos.select_related("photo").order_by("pk")]
    if not held:
        return None
    repeats = same_pictures(held, actor=actor)
    return Panel(("照片",), [(gallery(held, repeats=repeats, named=named_clues(actor, repeats)),)])


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
            link(clue.number, reverse("admin:clues_clue_change", args=[clue.pk])),
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


@todo_tile(order=15)
def waiting(actor: Actor) -> Tile | None:
    """Clues that nobody has begun to check, for those who may; opens exactly these rows."""
    if not rules.can_take_in(actor):
        return None
    count = queries.waiting(actor).count()
    url = reverse("admin:clues_clue_changelist") + f"?state__exact={ClueState.RECEIVED}"
    return Tile("待核查线索", count, url, unit="条", tone="notice") if count else None
