"""API manners: refusals with a code. Who may is in ``permissions``, which Django REST framework loads first."""

from __future__ import annotations

from django.http import Http404
from rest_framework.exceptions import APIException, NotFound, Throttled
from rest_framework.response import Response
from rest_framework.views import exception_handler

from .errors import DomainError
from .http import status_of
from .permissions import DenyUnlessDeclared, Public

__all__ = ["NOT_FOUND", "TOO_OFTEN", "DenyUnlessDeclared", "Public", "answer_error", "refusal"]

TOO_OFTEN = "查询过于频繁，请一分钟后再试。"
NOT_FOUND = "没有找到所查的内容。"


def refusal(code: str, message: str) -> dict[str, str]:
    """What every refusal says: a code for programs, a sentence for people."""
    return {"code": code, "message": message}


def answer_error(error: Exception, context: dict) -> Response | None:
    """``{"code", "message"}`` for refusals of operations and for DRF's own."""
    if isinstance(error, DomainError):
        return Response(refusal(error.code, error.message), status=status_of(error))
    if isinstance(error, Http404):
        error = NotFound(str(error) or NOT_FOUND)
    response = exception_handler(error, context)
    if response is not None and isinstance(error, APIException):
        message = TOO_OFTEN if isinstance(error, Throttled) else str(error.detail)
        response.data = refusal(error.default_code, message)
    return response
