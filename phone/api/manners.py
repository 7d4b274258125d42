"""Manners of the phone's API: a session of a post that works on the phone, refusals with a code, one visit's size."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from foundation.core.api import refusal
from foundation.core.errors import InvalidInput
from foundation.core.throttle import Throttle
from phone import rules

#: Bytes of one request: twenty photos of 1 MB, the report, and what a form adds.
LARGEST = 30 * 1024 * 1024
#: Per session: a phone asks a few times a minute, and sends again when the network is bad.
ASKED = Throttle("phone", limit=120, seconds=60)


class LoginNeeded(APIException):
    """401: nobody is logged in, or not any more."""

    status_code = 401
    default_code = "login"
    default_detail = "请重新登录。"


class BadToken(APIException):
    """403: the token belongs to another session; a new one comes with the next answer."""

    status_code = 403
    default_code = "csrf"
    default_detail = "页面已过期，请再试一次。"


class TooLarge(APIException):
    """413: more than a visit with its photos needs."""

    status_code = 413
    default_code = "too_large"
    default_detail = f"照片太大或太多，一次最多{LARGEST // 1024 // 1024}MB，请删去几张后再试。"


class PhoneSession(SessionAuthentication):
    """The session of the pages. Who sends without the session's token is refused with a code of its own."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as refused:
            raise BadToken from refused


class PhoneSessionScheme(SessionScheme):
    """How the schema names it."""

    target_class = "phone.api.manners.PhoneSession"
    name = "phoneSession"


class OnPhone(BasePermission):
    """Logged in, and in a post that works on the phone."""

    message = rules.can_enter.refusal

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not request.user.is_authenticated:
            raise LoginNeeded
        return rules.can_enter(request.actor)


class EachPerson(BaseThrottle):
    """So many requests a minute for one person: many phones may share an address."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        return not request.user.is_authenticated or ASKED.permits(request._request, who=f"user:{request.user.pk}")

    def wait(self) -> float:
        return float(ASKED.seconds)


class PhoneView(APIView):
    """A view of the phone's API."""

    authentication_classes = (PhoneSession,)
    permission_classes = (OnPhone,)
    throttle_classes: ClassVar[tuple[type[BaseThrottle], ...]] = (EachPerson,)

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """The size is asked before anything of the body is read."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise TooLarge
        super().initial(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        """Refusals of input name their fields."""
        if isinstance(exc, InvalidInput):
            return Response({**refusal(exc.code, exc.message), "fields": exc.fields}, status=422)
        return super().handle_exception(exc)
