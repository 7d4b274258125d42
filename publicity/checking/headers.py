"""Security headers that every public answer carries (security.md 1, row 25)."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from .addresses import foreign_host
from .visitor import Answer

#: Header -> what its value has to hold; an empty text: any value.
WANTED = {
    "content-security-policy": "default-src 'self'",
    "permissions-policy": "camera=()",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "",
}
_LOOSE = ("'unsafe-inline'", "'unsafe-eval'", "data:text", "*")


def faults(answer: Answer) -> Iterator[str]:
    """What is missing or too loose, a sentence each."""
    wanted = {**WANTED, **({"strict-transport-security": "max-age="} if settings.SECURE_HSTS_SECONDS else {})}
    for name, part in wanted.items():
        value = answer.headers.get(name, "")
        if not value:
            yield f"没有 {name} 响应头"
        elif part not in value:
            yield f"{name} 响应头的内容不对"
    for word in answer.headers.get("content-security-policy", "").replace(";", " ").split():
        if word in _LOOSE:
            yield f"content-security-policy 放行了 {word}"
        elif "//" in word and foreign_host(word):
            yield f"content-security-policy 放行了外部网址 {foreign_host(word)}"
