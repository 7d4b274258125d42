"""Entry after login, choice of post, and allauth's pages for the second factor with a trace in the trail."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from foundation.core import clock
from foundation.core.errors import NotAllowed
from foundation.core.events import EventKind

from . import events
from .actors import actor_of
from .enums import Can
from .lasting import settle_lasting
from .middleware import POST_KEY
from .operations.logins import note_second_factor, switch_post
from .queries import own_posts

PHONE = "/m/"


@login_required
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """To the face that the post works at, or a page that says there is no post."""
    if request.actor.can(Can.ENTER_STAFF):
        return redirect("admin:index")
    if request.actor.can(Can.ENTER_PHONE):
        return redirect(PHONE)
    return render(request, "account/no_post.html", status=200)


@login_required
@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """The person's posts in force; a POST works on in the chosen one."""
    held = own_posts(request.user, clock.today())
    if request.method == "GET":
        return render(request, "account/posts.html", {"posts": held, "current": request.actor.post_id})
    post = next((post for post in held if str(post.pk) == request.POST.get("post")), None)
    if post is None:
        raise Http404("没有找到这个岗位。")
    try:
        switch_post(by=request.actor, at=clock.now(), post=post)
    except NotAllowed as refusal:
        raise PermissionDenied(refusal.message) from refusal
    request.session[POST_KEY] = post.pk
    settle_lasting(request, actor_of(post, user=request.user))
    request.session.cycle_key()
    return redirect(reverse("enter"))


class ChangePassword(PasswordChangeView):
    """The person's own password; an account without one gets its first from the system administrator."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.has_usable_password():
            raise PermissionDenied("您的账号还没有密码，请联系系统管理员重置。")
        return super().dispatch(request, *args, **kwargs)


class _Noted:
    """Keep in the trail what allauth does for the person, in the same transaction."""

    kind: EventKind

    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            note_second_factor(by=self.request.actor, at=clock.now(), user=self.request.user, kind=self.kind)
        return response


class ActivateSecondFactor(_Noted, ActivateTOTPView):
    kind = events.SECOND_FACTOR_SET_UP


class DeactivateSecondFactor(_Noted, DeactivateTOTPView):
    kind = events.SECOND_FACTOR_REMOVED


class GenerateRecoveryCodes(_Noted, GenerateRecoveryCodesView):
    kind = events.RECOVERY_CODES_MADE
