"""The staff's site under ``/admin/``: Unfold's shell, entry by post, a menu by work instead of by table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, wraps

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, path, reverse
from unfold.sites import UnfoldAdminSite

from .actor import STAFF_DOOR
from .home import changes, figure_tiles, tile_maps, todo_tiles

SECTIONS = ("工作台", "机构名录", "线索", "检查", "执法", "监督员", "资金", "名单与评价", "课后服务", "报表", "系统")


@dataclass(frozen=True)
class Menu:
    """Where a register stands in the menu at the left: section, place in it, icon (Material Symbols)."""

    section: str
    order: int
    icon: str


class StaffSite(UnfoldAdminSite):
    """Django's admin without its own login, password, "view on site" and app index pages."""

    final_catch_all_view = False

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Registers only: what packages bring along (groups, e-mail addresses, second factors) stays out."""
        if hasattr(admin_class, "view_rule"):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.actor.can(STAFF_DOOR)

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied("您的岗位不进入工作人员后台。")
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            return inner(request, *args, **kwargs)

        return guarded

    def get_urls(self) -> list:
        """The home page, the registers and a way out. Django's and Unfold's other pages are not there at all.

        Palette search and autocomplete would list rows by themselves; the date pickers that need ``jsi18n`` are unused.
        """
        dropped = {
            *("login", "logout", "password_change", "password_change_done", "view_on_site", "app_list"),
            *("search", "autocomplete", "jsi18n"),
        }
        kept = [route for route in super().get_urls() if getattr(route, "name", None) not in dropped]
        return [
            path("login/", lambda request: redirect("account_login"), name="login"),
            path("logout/", leave, name="logout"),
            *kept,
        ]

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        actor = request.actor
        blocks = {
            "todo": todo_tiles(actor),
            "figures": figure_tiles(actor),
            "maps": tile_maps(actor),
            "changes": changes(actor),
        }
        return super().index(request, {**blocks, "title": "工作台", "crumbs": [], **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """No list by app and table: the menu is by work (``get_sidebar_list``)."""
        return []

    def get_sidebar_list(self, request: HttpRequest) -> list[dict]:
        """Sections with the registers and pages that this actor may open; empty sections are not shown."""
        found = [
            ("工作台", 0, "待办与概览", _address("admin:index", get_script_prefix()), "home"),
            *self._menu(request),
        ]
        here = request.path
        opened = max((url for *_, url, _ in found[1:] if here.startswith(url)), key=len, default=here)
        entries: dict[str, list[tuple[int, dict]]] = {section: [] for section in SECTIONS}
        for section, order, label, url, icon in found:
            entries[section].append((order, _entry(label, url, icon, active=url == opened)))
        return [
            {"title": section, "items": [entry for _, entry in sorted(held, key=lambda pair: pair[0])]}
            for section, held in entries.items()
            if held
        ]

    def _menu(self, request: HttpRequest) -> Iterator[tuple[str, int, str, str, str]]:
        """(section, place, label, address, icon) of each register, and of those of its pages that have a place."""
        for model, register in self._registry.items():
            if not register.has_view_permission(request):
                continue
            if menu := getattr(register, "menu", None):
                name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
                url = _address(name, get_script_prefix())
                yield menu.section, menu.order, str(model._meta.verbose_name_plural), url, menu.icon
            for page in register.all_pages():
                if page.menu and page.offered_to(request.actor, None):
                    yield page.menu.section, page.menu.order, page.label, page.url_for(register, None), page.menu.icon


@cache
def _address(name: str, prefix: str) -> str:
    """The menu of every staff page asks for some fifty addresses that never change while the process lives."""
    return reverse(name)


def _entry(title: str, link: str, icon: str, *, active: bool) -> dict:
    return {"title": title, "link": link, "icon": icon, "active": active, "has_permission": True}


def leave(request: HttpRequest) -> HttpResponse:
    """End the session; by POST only, so that no link or picture can log anybody out."""
    if request.method != "POST":
        return redirect("account_logout")
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
