"""The staff pages that change organs, people and posts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from foundation.core.actor import Actor
from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage

from . import forms, rules
from .models import Organ, Post, User
from .operations import organs, posts, users
from .operations.users import Issued


class RegisterOrgan(OperationPage):
    slug, label, kind, per_object = "register", "登记单位", "main", False
    rule = rules.can_manage_accounts
    form_class = forms.OrganForm
    done = "单位已登记。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> Organ:
        return organs.register_organ(by=by, at=at, **cleaned)


class ChangeOrgan(OperationPage):
    slug, label, kind = "edit", "修改", "main"
    rule = rules.can_manage_organ
    form_class = forms.OrganChangeForm

    def form_kwargs(self) -> dict[str, Any]:
        initial = {name: getattr(self.row, name) for name in organs.CHANGEABLE}
        return {**super().form_kwargs(), "initial": initial}

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> Organ:
        return organs.change_organ(by=by, at=at, organ=self.row, **cleaned)


class CloseOrgan(OperationPage):
    slug, label, kind = "close", "撤销", "danger"
    rule = rules.can_manage_organ
    form_class = forms.OrganCloseForm
    effect = "撤销后，该单位不能再开通账号、授予岗位或对外发文；历史记录保留。"
    done = "单位已撤销。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> Organ:
        return organs.close_organ(by=by, at=at, organ=self.row, **cleaned)


class OneTimePasswordPage(OperationPage):
    """An operation that issues a password: the page that answers shows it, and nothing keeps it."""

    issued: Issued | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if self.issued is None:
            return response
        self.template_name = "accounts/one_time_password.html"
        return self.render(issued=self.issued, next_url=response["Location"])

    def keep(self, issued: Issued) -> User:
        self.issued = issued
        return issued.user


class CreateUser(OneTimePasswordPage):
    slug, label, kind, per_object = "create", "开通账号", "main", False
    rule = rules.can_manage_accounts
    form_class = forms.NewPersonForm
    effect = "系统将生成一次性密码，只显示一次；本人首次登录时必须修改。开通后由安全管理员授予岗位。"
    done = "账号已开通。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> User:
        return self.keep(users.create_user(by=by, at=at, **cleaned))


class ChangeUser(OperationPage):
    slug, label, kind = "edit", "修改", "main"
    rule = rules.can_manage_user
    form_class = forms.PersonForm

    def form_kwargs(self) -> dict[str, Any]:
        initial = {name: getattr(self.row, name) for name in ("name", "phone", "email")}
        return {**super().form_kwargs(), "initial": {**initial, "organ": self.row.organ_id}}

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> User:
        return users.change_user(by=by, at=at, user=self.row, **cleaned)


class ResetPassword(OneTimePasswordPage):
    slug, label = "reset-password", "重置密码"
    rule = rules.can_manage_user
    form_class = ReasonForm
    effect = "原密码立即失效，本人的登录全部退出；新的一次性密码只显示一次。请先核实本人身份。"
    done = "密码已重置。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> User:
        return self.keep(users.reset_password(by=by, at=at, user=self.row, **cleaned))


class ResetSecondFactor(OperationPage):
    slug, label = "reset-second-factor", "重置动态验证码"
    rule = rules.can_manage_user
    form_class = ReasonForm
    effect = "本人手机上的验证码和恢复码立即失效，登录全部退出；下次登录时须重新设置。请先核实本人身份。"
    done = "动态验证码已重置。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> User:
        return users.reset_second_factor(by=by, at=at, user=self.row, **cleaned)


class DisableUser(OperationPage):
    slug, label, kind = "disable", "停用账号", "danger"
    rule = rules.can_disable_user
    form_class = ReasonForm
    effect = "该人员立即退出系统，不能再登录；岗位和历史记录保留。"
    done = "账号已停用。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> User:
        return users.disable_user(by=by, at=at, user=self.row, **cleaned)


class EnableUser(OperationPage):
    slug, label = "enable", "启用账号"
    rule = rules.can_enable_user
    form_class = ReasonForm
    effect = "该人员可以用原密码登录，任期内的岗位恢复有效。"
    done = "账号已启用。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> User:
        return users.enable_user(by=by, at=at, user=self.row, **cleaned)


class GrantPost(OperationPage):
    slug, label, kind = "grant", "授予岗位", "main"
    rule = rules.can_grant_to
    form_class = forms.PostForm
    effect = "该人员自任职起拥有该角色的权限；现有登录将退出，重新登录后生效。"
    done = "岗位已授予。"

    def form_kwargs(self) -> dict[str, Any]:
        return {**super().form_kwargs(), "initial": {"organ": self.row.organ_id}}

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> Post:
        return posts.grant_post(by=by, at=at, user=self.row, **cleaned)


class EndPost(OperationPage):
    slug, label, kind = "end", "终止岗位", "danger"
    rule = rules.can_end_post
    form_class = forms.PostEndForm
    effect = "最后任职日之后，该人员不再拥有该岗位的权限；现有登录将退出。"
    done = "岗位任期已设定终止日。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> Post:
        return posts.end_post(by=by, at=at, post=self.row, **cleaned)
