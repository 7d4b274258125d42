"""API manners: denied unless a view declares who may, and refusals with a code."""

from __future__ import annotations

from rest_framework.exceptions import APIException
from rest_framework.permissions import BasePermission
from rest_framework.response import Response
from rest_framework.views import exception_handler

from .errors import DomainError
from .http import status_of


class DenyUnlessDeclared(BasePermission):
    """The default for every API view: nobody."""

    def has_permission(self, request, view) -> bool:
        return False


class Public(BasePermission):
    """Declared on purpose: anybody may read."""

    def has_permission(self, request, view) -> bool:
        return request.method in {"GET", "HEAD", "OPTIONS"}


def answer_error(error: Exception, context: dict) -> Response | None:
    """``{"code", "message"}`` for refusals of operations and for DRF's own."""
    if isinstance(error, DomainError):
        return Response({"code": error.code, "message": error.message}, status=status_of(error))
    response = exception_handler(error, context)
    if response is not None and isinstance(error, APIException):
        response.data = {"code": error.default_code, "message": str(error.detail)}
    return response
