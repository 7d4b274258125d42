"""Where allauth asks us: closed sign-up, lock-out by name and address, login events, one page after login."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from foundation.core import ciphers, clock
from foundation.core.actor import ANONYMOUS

from .actors import actor_for
from .backends import may_log_in
from .enums import LoginOutcome
from .lasting import settle_lasting
from .models import User
from .operations.logins import change_own_password, record_login

SECRETS = "mfa_authenticator.data"
BEGAN = "began_at"  # when the session's login was completed, seconds since 1970
SEEN = "seen_at"  # when it was last used
FRESH_SECONDS = 300


class LoginAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": "当前密码不正确。",
        "incorrect_password": "密码不正确。",
        "incorrect_code": "验证码不正确，请核对后重新输入。",
        "too_many_login_attempts": "登录失败次数过多，请15分钟后再试。",
        "rate_limited": "操作过于频繁，请稍后再试。",
        "username_password_mismatch": "登录名或密码不正确。",
        "invalid_login": "登录名或密码不正确。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by system administrators only."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Lock out a name at an address, so that nobody can lock out a colleague from elsewhere."""
        return f"{credentials.get('username', '').lower()}@{self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self.keep_try(request, credentials.get("username", ""), LoginOutcome.LOCKED)
            raise

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or None; a right password of a refused account is answered like a wrong one."""
        user = super().authenticate(request, **credentials)
        if user is None or may_log_in(user):
            return user
        self.keep_try(request, user.username, LoginOutcome.REFUSED, user=user)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self.keep_try(request, credentials.get("username", ""), LoginOutcome.PASSWORD)

    def login(self, request: HttpRequest, user: User) -> None:
        """All stages are passed: the session begins, unless the account was disabled between password and code."""
        if not may_log_in(user):
            self.keep_try(request, user.username, LoginOutcome.REFUSED, user=user)
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)
        request.session[BEGAN] = request.session[SEEN] = clock.now().timestamp()
        settle_lasting(request, actor_for(user, on=clock.today()))
        self.keep_try(request, user.username, LoginOutcome.SUCCESS, user=user)

    def keep_try(self, request: HttpRequest, username: str, outcome: LoginOutcome, *, user: User | None = None) -> None:
        username = username.strip().lower()
        record_login(
            by=ANONYMOUS,
            at=clock.now(),
            username=username,
            user=user or User.objects.filter(username=username).first(),
            outcome=outcome,
            address=self.get_client_ip(request),
            agent=self.get_http_user_agent(request),
        )

    def clean_password(self, password: str, user: User | None = None) -> str:
        password = super().clean_password(password, user)
        if user is not None and user.check_password(password):
            raise ValidationError("新密码不能与当前密码相同。", code="password_unchanged")
        return password

    def set_password(self, user: User, password: str) -> None:
        at = clock.now()
        by = actor_for(user, on=clock.local_date(at))
        changed = change_own_password(by=by, at=at, user=user, password=password)
        user.password, user.must_change_password = changed.password, changed.must_change_password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("enter")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Within five minutes of the login nobody is asked for the password again."""
        began = context.request.session.get(BEGAN)
        return began is None or clock.now().timestamp() - began > FRESH_SECONDS


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of the second factor sealed; a copy of the database does not open the door."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不正确，请核对后重新输入。",
        "cannot_delete_authenticator": "不能停用动态验证码。",
        "cannot_generate_recovery_codes": "请先启用动态验证码，再生成恢复码。",
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def encrypt(self, text: str) -> str:
        return ciphers.seal(text, column=SECRETS)

    def decrypt(self, encrypted_text: str) -> str:
        return ciphers.open_sealed(encrypted_text, column=SECRETS)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The trail tells what happened; the portal does not depend on e-mail."""
