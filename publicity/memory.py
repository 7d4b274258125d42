"""What a web process keeps for a moment, so that a thousand visitors of one second cost what one costs.

Pages are kept until the second in which they were made ends: what was removed is gone with the next second. Counts
are kept for at least a second and for twenty times what they took, so that they never use more than a twentieth of a
processor: a second at 20,000 institutions, some five at 200,000; then they are made anew while visitors get the old.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from foundation.core import clock

from .faces import face_of

P = ParamSpec("P")
T = TypeVar("T")
PAGES, LONGEST = 200, 200_000  # pages of one second, bytes of one page
VALUES = 500  # of one function
AT_LEAST, TIMES, AT_MOST = 1.0, 20, 60.0  # seconds; of what it took; seconds
WHILE = 5.0  # seconds that something is shown while it is made anew
_beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kept")
logger = logging.getLogger(__name__)


class _Entry:
    """A value, until when it is good (0: there is none yet), and the lock of whoever makes it."""

    __slots__ = ("good_until", "making", "value")

    def __init__(self) -> None:
        self.value: Any = None
        self.good_until = 0.0
        self.making = Lock()


class _Entries:
    """Entries by key; beyond ``most`` the oldest are dropped."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.found: OrderedDict[Hashable, _Entry] = OrderedDict()
        self.lock = Lock()

    def __getitem__(self, key: Hashable) -> _Entry:
        with self.lock:
            entry = self.found.get(key)
            if entry is None:
                entry = self.found[key] = _Entry()
                if len(self.found) > self.most:
                    self.found.popitem(last=False)
            return entry


def kept(make: Callable[P, T], *, at_least: float = AT_LEAST) -> Callable[P, T]:
    """Keep what a function of hashable arguments returns, for ``at_least`` seconds.

    When it is over, it is made anew beside the visitors, who get the old one meanwhile, for ``WHILE`` seconds at most;
    only where there is none, or an older one, does somebody wait.
    """
    entries = _Entries(VALUES)

    def anew(entry: _Entry, args: Any, kwargs: Any) -> None:
        began = time.monotonic()
        entry.value = make(*args, **kwargs)
        now = time.monotonic()
        entry.good_until = now + min(max(at_least, TIMES * (now - began)), AT_MOST)

    def beside(entry: _Entry, args: Any, kwargs: Any) -> None:
        close_old_connections()
        try:
            anew(entry, args, kwargs)
        except Exception:
            logger.exception("%s was not made anew", make.__qualname__)
        finally:
            entry.making.release()
            close_old_connections()

    @wraps(make)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> T:
        if not settings.PUBLIC_MEMORY:
            return make(*args, **kwargs)
        entry = entries[(args, *sorted(kwargs.items()))]
        over_for = time.monotonic() - entry.good_until
        usable = bool(entry.good_until) and over_for < WHILE
        if over_for < 0 or not entry.making.acquire(blocking=not usable):
            return entry.value
        if usable:
            _beside.submit(beside, entry, args, kwargs)
            return entry.value
        try:
            if entry.good_until <= time.monotonic():
                anew(entry, args, kwargs)
            return entry.value
        finally:
            entry.making.release()

    return remembered


class _Pages:
    """The pages of the present second."""

    def __init__(self) -> None:
        self.second, self.entries = 0, _Entries(PAGES)

    def of(self, second: int) -> _Entries:
        if second != self.second:
            self.second, self.entries = second, _Entries(PAGES)
        return self.entries


def page_of_the_second(
    view: Callable[..., HttpResponseBase], *, by: Callable[[HttpRequest], Hashable] = face_of
) -> Callable[..., HttpResponseBase]:
    """Answer like requests of the same second with the page made for the first of them.

    The page may depend on host and address only, and on what ``by`` says of the request: the letter size. Only small
    200 answers are kept.
    """
    pages = _Pages()

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not settings.PUBLIC_MEMORY:
            return view(request, *args, **kwargs)
        second = int(clock.now().timestamp())
        key = (request.get_host(), request.is_secure(), request.get_full_path(), by(request))
        entry = pages.of(second)[key]
        if entry.good_until:
            return _again(entry.value)
        with entry.making:
            if entry.good_until:
                return _again(entry.value)
            response = view(request, *args, **kwargs)
            small = isinstance(response, HttpResponse) and len(response.content) <= LONGEST
            if response.status_code == 200 and small:
                entry.value, entry.good_until = (response.content, dict(response.headers)), 1.0
            return response

    return answered


def _again(made: tuple[bytes, dict[str, str]]) -> HttpResponse:
    content, headers = made
    return HttpResponse(content, headers=headers)
