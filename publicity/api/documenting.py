"""How the schema describes addresses: parameters with what they may hold, and every answer that is given."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from .serializers import RefusalSerializer

REFUSALS = {
    404: "没有找到，或已不再公开",
    422: "参数有误，说明在 message 中",
    429: "一分钟内超过60次，请按 Retry-After 稍后再试",
}


def documented(serializer: object, *codes: int) -> dict[int, object]:
    """The answers of an address: its own, unchanged, and its refusals."""
    return {
        200: serializer,
        304: OpenApiResponse(description="与 If-None-Match 所示相同，没有变化"),
        **{code: OpenApiResponse(RefusalSerializer, REFUSALS[code]) for code in sorted({*codes, 422, 429})},
    }


def in_query(name: str, text: str, **schema: Any) -> OpenApiParameter:
    """A parameter after the question mark."""
    return _parameter(name, text, OpenApiParameter.QUERY, **schema)


def in_path(name: str, text: str, **schema: Any) -> OpenApiParameter:
    """A part of the address."""
    return _parameter(name, text, OpenApiParameter.PATH, required=True, **schema)


def _parameter(name: str, text: str, place: str, *, required: bool = False, **schema: Any) -> OpenApiParameter:
    """``schema`` narrows what it may hold: a format, a pattern, an enumeration."""
    return OpenApiParameter(name, {"type": "string", **schema}, place, description=text, required=required)


AFTER = in_query("after", "上一页返回的 next_after", minLength=1)
