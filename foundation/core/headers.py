"""Security headers on every response. ``/admin/`` gets what Unfold's bundled Alpine needs, nothing else does."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

STRICT = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
PHONE = f"{STRICT}; worker-src 'self'"
STAFF = f"{STRICT}; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"
PERMISSIONS = "accelerometer=(), camera={camera}, geolocation={camera}, gyroscope=(), microphone=(), payment=(), usb=()"


class SecurityHeaders:
    """Content-Security-Policy and Permissions-Policy by face; pages are not stored unless they say otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        phone = request.path.startswith("/m/")
        policy = STAFF if request.path.startswith("/admin/") else PHONE if phone else STRICT
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS.format(camera="(self)" if phone else "()"))
        response.headers.setdefault("Cache-Control", "no-store")
        return response
