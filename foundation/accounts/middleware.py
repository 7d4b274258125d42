"""The Actor on the request, the limits of a session, and what a person owes before working on.

All of it is lazy or skipped without a session cookie, so that public pages cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from foundation.core import clock
from foundation.core.actor import ANONYMOUS, STAFF_DOOR, Actor

from .actors import actor_for
from .adapters import BEGAN, SEEN

POST_KEY = "post_id"
SEEN_EVERY = 60  # seconds between two writes of "last seen"
FREE_PATHS = ("/accounts/", "/static/", "/healthz", "/readyz")
PHONE_PATH = "/m/"

Answer = Callable[[HttpRequest], HttpResponse]


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


class ActorMiddleware:
    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return actor_for(request.user, on=clock.today(), post_id=request.session.get(POST_KEY))


class SessionLimits:
    """Ends a session after 30 idle minutes and 12 hours after its login, whatever it does.

    On the phone only the 12 hours count: a form is filled without the portal hearing of it. Such a session is still
    idle for every other page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_session(request) and SESSION_KEY in request.session:
            _limit(request, now=clock.now().timestamp())
        return self.get_response(request)


def _limit(request: HttpRequest, *, now: float) -> None:
    session = request.session
    seen = session.get(SEEN, now)
    if now - session.setdefault(BEGAN, now) > settings.SESSION_COOKIE_AGE:
        _end(request, "本次登录已达最长时限，请重新登录。")
    elif now - seen > settings.SESSION_IDLE_SECONDS:
        if request.path.startswith(PHONE_PATH):
            return
        _end(request, f"您已超过{settings.SESSION_IDLE_SECONDS // 60}分钟未操作，请重新登录。")
    elif SEEN not in session or now - seen >= SEEN_EVERY:
        session[SEEN] = now


def _end(request: HttpRequest, sentence: str) -> None:
    logout(request)
    messages.info(request, sentence)


class LoginDuties:
    """A one-time password must be changed first; where required, posts that open ``/admin/`` need a second factor."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_session(request) and not request.path.startswith(FREE_PATHS) and request.user.is_authenticated:
            if request.user.must_change_password:
                messages.info(request, "首次登录或密码被重置后，请先设置新密码。")
                return redirect("account_change_password")
            if settings.MFA_REQUIRED and request.actor.can(STAFF_DOOR) and not _has_second_factor(request):
                messages.info(request, "您的岗位须使用动态验证码登录，请先完成设置。")
                return redirect("mfa_activate_totp")
        return self.get_response(request)


def _has_second_factor(request: HttpRequest) -> bool:
    return is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
