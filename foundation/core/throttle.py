"""How often one address may ask, counted in the cache's table: works without Redis, keeps no address in the clear."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from . import clock


@dataclass(frozen=True)
class Throttle:
    """At most ``limit`` questions in each window of ``seconds``, per address."""

    name: str
    limit: int
    seconds: int

    def permits(self, request: HttpRequest) -> bool:
        """Count this question; False when it is one too many."""
        window = int(clock.now().timestamp()) // self.seconds
        who = salted_hmac(f"throttle:{self.name}", client_address(request)).hexdigest()[:32]
        key = f"throttle:{self.name}:{window}:{who}"
        if cache.add(key, 1, timeout=2 * self.seconds):
            return True
        try:
            return cache.incr(key) <= self.limit
        except ValueError:  # the entry was culled between the two steps
            return True


def client_address(request: HttpRequest) -> str:
    """The address that spoke to the outermost of our own proxies (NUM_PROXIES); a forged header is not believed."""
    proxies = settings.REST_FRAMEWORK["NUM_PROXIES"]
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")
