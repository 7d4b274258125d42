"""allauth's forms in Chinese. A code of the authenticator app works once, and a wrong one leaves a login event."""

from __future__ import annotations

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa import app_settings as mfa
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from foundation.core import clock

from .actors import actor_for
from .enums import LoginOutcome
from .lasting import settle_lasting

CODE_HELP = "打开手机上的验证器应用，输入当前显示的6位数字。"


def _label(form: forms.Form, name: str, label: str, **attrs: str) -> None:
    field = form.fields[name]
    field.label = label
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class LoginForm(account_forms.LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "login", "登录名", autocapitalize="none", spellcheck="false", autofocus="")
        _label(self, "password", "密码")

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """allauth ends every session with the browser once the password was right; after that the post decides."""
        response = super().login(request, redirect_url)
        if request.user.is_authenticated:
            settle_lasting(request, actor_for(request.user, on=clock.today()))
        return response


class ChangePasswordForm(account_forms.ChangePasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "oldpassword", "当前密码", autofocus="")
        _label(self, "password1", "新密码", autocomplete="new-password")
        _label(self, "password2", "再次输入新密码")
        self.fields["password1"].help_text = "不少于12位，须含大写字母、小写字母、数字、符号中的至少3类。"

    def clean_password2(self) -> str:
        again = self.cleaned_data["password2"]
        if "password1" in self.cleaned_data and self.cleaned_data["password1"] != again:
            raise forms.ValidationError("两次输入的新密码不一致。", code="password_mismatch")
        return again


class ReauthenticateForm(account_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "password", "密码", autofocus="")


class _OneUseCode:
    """A code is good once, for as long as the clock tolerance would let it pass again."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _label(self, "code", "动态验证码", inputmode="numeric", autofocus="")

    def clean_code(self) -> str:
        code = "".join(super().clean_code().split())
        lasts = mfa.TOTP_PERIOD * (2 * mfa.TOTP_TOLERANCE + 1)
        if not cache.add(f"totp-used:{self.user.pk}:{code}", "y", timeout=lasts):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class _WatchedCode(_OneUseCode):
    def _emit_authentication_failed(self, authenticator: object) -> None:
        adapter = get_adapter(context.request)
        adapter.keep_try(context.request, self.user.username, LoginOutcome.CODE, user=self.user)


class CodeForm(_WatchedCode, mfa_forms.AuthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = f"{CODE_HELP}手机不在身边时，可输入一个恢复码。"


class CodeAgainForm(_WatchedCode, mfa_forms.ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = f"{CODE_HELP}手机不在身边时，可输入一个恢复码。"


class ActivateForm(_OneUseCode, totp_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = CODE_HELP
