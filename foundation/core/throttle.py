"""How often one address or person may ask: counted in the database, without Redis, with no address in the clear."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
_keys: dict[date, bytes] = {}  # of ``permits_unseen``: at most today's
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
        return self._count_here(client_address(request))

    def permits_unseen(self, request: HttpRequest, *, who: str = "") -> bool:
        """As ``permits_here``, under a key of this process and this day alone: neither the database nor the memory
        holds an address, and after midnight nobody can say whose count it was. ``who`` is counted instead of where.
        """
        asked = (who or client_address(request)).encode()
        return self._count_here(hmac.digest(_key_of(clock.today()), asked, "sha256").hex())

    def _count_here(self, who: str) -> bool:
        key = (self.name, self._window(), who)
        if key not in counted_here and len(counted_here) >= MOST_COUNTED_HERE:
            counted_here.clear()
        counted_here[key] += 1
        return counted_here[key] <= self.limit

    def _window(self) -> int:
        return int(clock.now().timestamp()) // self.seconds


def _key_of(day: date) -> bytes:
    """The random key of a day, made on its first question; those of other days are forgotten."""
    if day not in _keys:
        _keys.clear()
        _keys[day] = secrets.token_bytes(32)
    return _keys[day]


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
