"""How often one address or person may ask: counted in the database, without Redis, with no address in the clear."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from . import clock

# An unlogged table: counting waits for no disk, and what a crash forgets is a minute's count.
COUNT = """
INSERT INTO core_throttle (key, hits, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET hits = core_throttle.hits + 1 RETURNING hits
"""
#: (throttle, window, address) -> questions asked of this process.
counted_here: Counter[tuple[str, int, str]] = Counter()
MOST_COUNTED_HERE = 20_000
SWEEP = "DELETE FROM core_throttle WHERE until < %s"


@dataclass(frozen=True)
class Throttle:
    """At most ``limit`` questions in each window of ``seconds``, per address or per person."""

    name: str
    limit: int
    seconds: int

    def permits(self, request: HttpRequest, *, who: str = "") -> bool:
        """Count this question for all processes; False when it is one too many. ``who`` is asked instead of where."""
        window = self._window()
        until = clock.now() + timedelta(seconds=2 * self.seconds)
        who = salted_hmac(f"throttle:{self.name}", who or client_address(request)).hexdigest()[:32]
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [f"{self.name}:{window}:{who}", until])
            return cursor.fetchone()[0] <= self.limit

    def permits_here(self, request: HttpRequest) -> bool:
        """Count this question in this process alone: a microsecond, for answers that cost hardly more."""
        key = (self.name, self._window(), client_address(request))
        if key not in counted_here and len(counted_here) >= MOST_COUNTED_HERE:
            counted_here.clear()
        counted_here[key] += 1
        return counted_here[key] <= self.limit

    def _window(self) -> int:
        return int(clock.now().timestamp()) // self.seconds


def sweep(*, at: datetime) -> int:
    """Forget counts of windows that are over; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, [at])
        return cursor.rowcount


def client_address(request: HttpRequest) -> str:
    """The address that spoke to the outermost of our own proxies (NUM_PROXIES); a forged header is not believed."""
    proxies = settings.REST_FRAMEWORK["NUM_PROXIES"]
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")
