"""Registers of organs, people, posts and logins for the three administrators."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import admin

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.ciphers import masked
from foundation.core.site import Menu
from foundation.regions.models import Jurisdiction

from . import pages, rules
from .enums import TrainingCategory
from .models import LoginEvent, Organ, Post, User


class JurisdictionFilter(admin.SimpleListFilter):
    """Only the actor's own jurisdictions are offered."""

    title = "管辖单位"
    parameter_name = "place"
    path = "jurisdiction_id"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        places = Jurisdiction.objects.visible_to(request.actor).order_by("code")
        return [(str(place.pk), place.name) for place in places]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.path: self.value()}) if (self.value() or "").isdecimal() else queryset


class OrganJurisdictionFilter(JurisdictionFilter):
    path = "organ__jurisdiction_id"


@admin.register(Organ)
class OrganAdmin(RegisterAdmin):
    view_rule = rules.can_view_accounts
    menu = Menu("系统", 10, "account_balance")
    pages = (pages.RegisterOrgan, pages.ChangeOrgan, pages.CloseOrgan)
    list_display = ("name", "kind", "jurisdiction", "document_word", "report_phone", "closed_on")
    list_filter = ("kind", JurisdictionFilter, ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("jurisdiction",)
    search_fields = ("name", "short_name")
    search_help = "单位名称或简称"
    empty_text = "还没有单位。先登记教育局、成员部门、镇街和银行，再开通人员账号。"
    ordering = ("jurisdiction__code", "kind", "name", "pk")
    sections = (
        ("基本信息", ("name", "short_name", "kind", "jurisdiction", "division", "parent", "closed_on")),
        ("发文与举报", ("document_word", "report_phone", "report_mailbox")),
    )

    def timeline(self, actor: Actor, row: Organ) -> list:
        return timeline(row)


@admin.register(User)
class UserAdmin(RegisterAdmin):
    view_rule = rules.can_view_accounts
    menu = Menu("系统", 20, "group")
    pages = (
        pages.CreateUser,
        pages.GrantPost,
        pages.ChangeUser,
        pages.ResetPassword,
        pages.ResetSecondFactor,
        pages.DisableUser,
        pages.EnableUser,
    )
    list_display = ("name", "username", "organ", "state_text", "last_login")
    list_filter = ("is_active", OrganJurisdictionFilter, "must_change_password")
    list_select_related = ("organ",)
    search_fields = ("name", "username", "organ__name")
    search_help = "姓名、登录名或单位"
    empty_text = "还没有人员。由系统管理员开通账号，再由安全管理员授予岗位。"
    ordering = ("organ__jurisdiction__code", "name", "pk")
    sections = (
        ("基本信息", ("name", "username", "organ", "phone_text", "email")),
        ("账号", ("state_text", "second_factor_text", "must_change_password", "last_login", "created_at")),
    )

    @admin.display(description="状态", ordering="is_active")
    def state_text(self, row: User) -> str:
        return ("启用" if row.is_active else "停用") + ("（演示）" if row.is_demo else "")

    @admin.display(description="动态验证码")
    def second_factor_text(self, row: User) -> str:
        return "已启用" if is_mfa_enabled(row, [Authenticator.Type.TOTP]) else "未启用"

    @admin.display(description="手机号码")
    def phone_text(self, row: User) -> str:
        return masked(row.phone) if row.phone else "—"

    def summary(self, actor: Actor, row: User) -> list[tuple[str, object, str]]:
        return [("状态", "启用" if row.is_active else "停用", "ok" if row.is_active else "bad")]

    def timeline(self, actor: Actor, row: User) -> list:
        return timeline(row)


@admin.register(Post)
class PostAdmin(RegisterAdmin):
    view_rule = rules.can_view_accounts
    menu = Menu("系统", 30, "badge")
    pages = (pages.EndPost,)
    list_display = ("user", "role", "organ", "title", "valid_from", "valid_to")
    list_filter = ("role", "duty", OrganJurisdictionFilter)
    list_select_related = ("user", "organ")
    search_fields = ("user__name", "user__username", "organ__name", "title")
    search_help = "姓名、登录名、单位或职务"
    empty_text = "还没有岗位。在人员页面由安全管理员授予。"
    ordering = ("organ__jurisdiction__code", "organ__name", "role", "-valid_from", "pk")
    sections = (
        ("任职", ("user", "organ", "role", "duty", "title", "valid_from", "valid_to", "certificate_no")),
        ("负责范围", ("division", "grid", "school", "categories_text")),
    )

    @admin.display(description="负责类别")
    def categories_text(self, row: Post) -> str:
        return "、".join(TrainingCategory(value).label for value in row.categories) or "全部"

    def summary(self, actor: Actor, row: Post) -> list[tuple[str, object, str]]:
        today = clock.today()
        if row.valid_from > today:
            return [("任期", "未开始", "notice")]
        ended = row.valid_to is not None and row.valid_to < today
        return [("任期", "已结束" if ended else "任期内", "plain" if ended else "ok")]

    def timeline(self, actor: Actor, row: Post) -> list:
        return timeline(row)


@admin.register(LoginEvent)
class LoginEventAdmin(RegisterAdmin):
    view_rule = rules.can_view_logins
    menu = Menu("系统", 85, "login")
    list_display = ("at", "username", "user", "outcome", "address", "agent")
    list_filter = ("outcome", "at")
    list_select_related = ("user",)
    search_fields = ("username", "user__name")
    search_help = "登录名或姓名"
    empty_text = "没有登录记录。"
    ordering = ("-at", "-pk")
    sections = (("登录", ("at", "username", "user", "outcome", "address", "agent")),)
