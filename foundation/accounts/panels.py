"""Posts on the page of a person and of an organ, a person's logins, and the link that a matter's party holds."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from foundation.core.actor import Actor
from foundation.core.marks import link
from foundation.core.panels import Panel, panel

from . import rules
from .links import alive
from .models import LoginEvent, Organ, Post, User


@panel(User, label="岗位", order=10)
def posts_of_person(actor: Actor, user: User) -> Panel:
    posts = user.posts.select_related("organ").order_by("-valid_from", "-pk")
    rows = [
        (_link(post), post.organ.name, post.title or "—", post.valid_from, post.valid_to or "长期") for post in posts
    ]
    return Panel(("角色", "单位", "职务", "任职起", "任职止"), rows, empty="还没有岗位，由安全管理员授予")


@panel(Organ, label="岗位", order=10)
def posts_of_organ(actor: Actor, organ: Organ) -> Panel:
    posts = organ.posts.select_related("user").order_by("role", "-valid_from", "-pk")[:50]
    rows = [
        (_link(post), post.user.name, post.title or "—", post.valid_from, post.valid_to or "长期") for post in posts
    ]
    return Panel(("角色", "人员", "职务", "任职起", "任职止"), rows, empty="本单位还没有岗位")


@panel(User, label="最近登录", order=20)
def logins_of_person(actor: Actor, user: User) -> Panel | None:
    if not rules.can_view_logins(actor):
        return None
    events = LoginEvent.objects.filter(user=user).order_by("-at", "-pk")[:10]
    rows = [(event.at, event.get_outcome_display(), event.address or "—", event.agent[:60]) for event in events]
    return Panel(("时间", "结果", "来源地址", "客户端"), rows, empty="没有登录记录")


def slip_panel(purpose: str, row: models.Model) -> Panel:
    """For the page of a matter: the link that its party may use now; its code is known to the slip alone."""
    found = [held] if (held := alive(purpose, row)) is not None else []
    rows = [
        (f"{timezone.localtime(each.issued_at):%Y-%m-%d %H:%M}", each.issued_by.name, each.last_day) for each in found
    ]
    return Panel(("开通时间", "开通人", "有效期至"), rows, empty="没有有效的回执单")


def _link(post: Post) -> str:
    return link(post.get_role_display(), reverse("admin:accounts_post_change", args=[post.pk]))
