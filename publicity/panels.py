"""What the check of the public site shows on other pages: the home tile, and what a check found."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import link
from foundation.core.panels import Panel, panel

from . import rules
from .models import Finding, ParentLetter, PublicCheck

SHOWN = 50


@panel(PublicCheck, label="看到的问题", order=10)
def findings(actor: Actor, check: PublicCheck) -> Panel:
    """Those that this check was the last to see."""
    rows = Finding.objects.visible_to(actor).filter(last_check=check).order_by("pk")
    shown = [
        (
            link(row.get_kind_display(), reverse("admin:publicity_finding_change", args=[row.pk])),
            row.subject or row.place,
            row.field,
            row.excerpt,
        )
        for row in rows[:SHOWN]
    ]
    url = reverse("admin:publicity_finding_changelist")
    return Panel(("问题", "在哪里", "栏目或位置", "情况"), shown, more_url=url, empty="没有问题")


@panel(ParentLetter, label="正文", order=5)
def body(actor: Actor, letter: ParentLetter) -> Panel | None:
    """The paragraphs of a 通告; a letter's words are in its document."""
    rows = [(line,) for line in letter.body.splitlines() if line.strip()]
    return Panel(("正文",), rows) if rows else None


@panel(ParentLetter, label="发放学校", order=10)
def schools(actor: Actor, letter: ParentLetter) -> Panel:
    """Each school with what it handed out and what came back."""
    rows = [
        (
            line.school.name,
            "未报" if line.copies is None else line.copies,
            "—" if line.receipts is None else line.receipts,
            line.handed_on or "—",
            line.reads,
            link("家长回执网页", reverse("publicity:letter_receipt", args=[line.code])) if line.code else "发布后生成",
        )
        for line in letter.schools.select_related("school").order_by("school__name", "pk")
    ]
    columns = ("学校", "发放(份)", "纸质回执(份)", "学校登记", "网上回执(次)", "家长回执")
    return Panel(columns, rows, empty="没有指定学校")


@todo_tile(order=35)
def open_findings(actor: Actor) -> Tile | None:
    """Open problems of the public site in this actor's area."""
    if not rules.can_keep_site(actor):
        return None
    count = Finding.objects.visible_to(actor).open().count()
    url = f"{reverse('admin:publicity_finding_changelist')}?standing=open"
    return Tile("公众网站问题", count, url, unit="处", tone="bad" if count else "plain")
