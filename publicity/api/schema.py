"""The schema of the open data, and the answer to any other address below /api/."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator

from foundation.core.api import NOT_FOUND, refusal
from publicity.manners import open_data

from . import urls


@cache
def described() -> dict[str, object]:
    """OpenAPI 3 of the public addresses and no others."""
    return SchemaGenerator(patterns=urls.urlpatterns).get_schema(request=None, public=True)


@csrf_exempt
@open_data
def schema(request: HttpRequest) -> HttpResponse:
    """The schema as JSON."""
    return JsonResponse(described(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """404 in the shape of all refusals."""
    return JsonResponse(refusal("not_found", NOT_FOUND), status=404)
