"""API manners: refusals with a code. Who may is in ``permissions``, which Django REST framework loads first."""

from __future__ import annotations

from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler

from .errors import DomainError
from .http import status_of
from .permissions import DenyUnlessDeclared, Public

__all__ = ["DenyUnlessDeclared", "Public", "answer_error"]


def answer_error(error: Exception, context: dict) -> Response | None:
    """``{"code", "message"}`` for refusals of operations and for DRF's own."""
    if isinstance(error, DomainError):
        return Response({"code": error.code, "message": error.message}, status=status_of(error))
    response = exception_handler(error, context)
    if response is not None and isinstance(error, APIException):
        response.data = {"code": error.default_code, "message": str(error.detail)}
    return response
