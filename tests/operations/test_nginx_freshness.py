"""Removed from a list means gone: how old a page may be that comes through nginx."""

from __future__ import annotations

import random
import threading
import time
from datetime import timedelta

import pytest

from foundation.core import clock
from listings.operations.removal import approve_delisting, propose_delisting
from tests.institutions.factories import institution
from tests.listings.factories import deliver, listed
from tests.operations.conftest import Answer, Front, Site
from tests.operations.test_nginx import at_a_second

#: Public headers: what the portal sends, and the contract with a page that is fresh until the end of its second.
AS_SENT: dict[str, str] = {}
CONTRACT = {"Cache-Control": "public, max-age=1, stale-while-revalidate=1", "X-Accel-Expires": "@{second}"}
WITHOUT_END_OF_SECOND = CONTRACT | {"X-Accel-Expires": None}
BROKEN = {"Cache-Control": "no-store", "X-Accel-Expires": None}
OLDEST = 2.0  # seconds; nginx counts whole ones, so a second of life ends within two
TAKES = 1.0  # what an answer may take on a busy machine

USE_STALE = ("proxy_cache_lock on;", "proxy_cache_lock on; proxy_cache_use_stale updating error timeout http_500;")


@pytest.fixture(params=[AS_SENT, CONTRACT], ids=["as sent", "contract"])
def headers(request: pytest.FixtureRequest) -> dict[str, str]:
    return request.param


def make_name(number: int) -> str:
    return f"厦门海风{'一二三四五六七八'[number]}号舞蹈培训中心"


def remove(site: Site, entry) -> float:
    """Delist through the operations; returns when it was committed."""
    at, people = clock.now(), site.people
    entry = propose_delisting(entry=entry, reason="信用修复核查通过", by=people.officer, at=at)
    approve_delisting(entry=entry, by=people.leader, at=at)
    return time.time()


class Readers:
    """Four visitors who read a page all the time and note when they last saw a word."""

    def __init__(self, front: Front, path: str, word: str) -> None:
        self.front, self.path, self.word = front, path, word.encode()
        self.last_seen, self.asked, self.ended = 0.0, 0, threading.Event()
        self.threads = [threading.Thread(target=self._read) for _ in range(4)]

    def _read(self) -> None:
        while not self.ended.is_set():
            began = time.time()
            if self.word in self.front.ask(self.path).body:
                self.last_seen = max(self.last_seen, began)
            self.asked += 1

    def __enter__(self) -> Readers:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join()


@pytest.mark.parametrize("number", range(2))
def test_what_is_removed_is_gone_within_two_seconds(fresh: Site, headers: dict[str, str], number: int) -> None:
    """Four readers never see the name more than two seconds after the commit, whatever part of a second it falls in."""
    word = make_name(number + 3 * bool(headers))
    with clock.set_to(clock.now()):
        at, until = clock.now(), clock.today() + timedelta(days=300)
        entry = listed(fresh.people, institution(fresh.people.officer, name=word), at=at, until=until)
        deliver(at)
    fresh.order(set=headers)
    give_up = time.monotonic() + 10  # what is new may come some seconds later
    while word.encode() not in fresh.front.ask("/lists/?kind=white&p=1").body:
        assert time.monotonic() < give_up
        time.sleep(0.2)
    with Readers(fresh.front, "/api/v1/public/lists/white", word) as readers:
        time.sleep(1 + random.random())
        assert readers.last_seen > 0
        removed = remove(fresh, entry)
        time.sleep(OLDEST + 1.5)
    print(f"gone {readers.last_seen - removed:+.3f} s after the commit; {readers.asked} answers")  # noqa: T201
    assert readers.last_seen - removed < OLDEST
    assert word.encode() not in fresh.front.ask("/lists/?kind=white&p=1").body


def ages(site: Site, front: Front, count: int = 40) -> list[float]:
    """How old the answers to visits at odd intervals are."""
    found = []
    for _ in range(count):
        asked = time.time()
        found.append(asked - float(front.ask("/report/").one("X-Made")))
        time.sleep(random.uniform(0, 0.4))
    return found


def test_no_answer_is_older_than_two_seconds(fresh: Site, headers: dict[str, str]) -> None:
    fresh.order(set=headers)
    found = ages(fresh, fresh.front)
    print(f"oldest {max(found):.3f} s of {len(found)}; kept ones: {sum(age > 0 for age in found)}")  # noqa: T201
    assert 0.2 < max(found) < OLDEST


def test_control_stale_while_revalidate_without_the_end_of_the_second_gives_three(fresh: Site) -> None:
    """Whole seconds: max-age=1 lasts up to two, and another one while it is fetched anew."""
    fresh.order(set=WITHOUT_END_OF_SECOND)
    at_a_second()
    fresh.front.ask("/report/")
    time.sleep(2.6)
    assert OLDEST < fresh.front.ask("/report/").age < 3.5


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/lists/",
        "/institutions/",
        "/report/",
        "/robots.txt",
        "/api/v1/public/lists/white",
        "/lists/white.csv",
        "/institutions.csv",
    ],
)
def test_every_public_page_tells_the_proxy_to_forget_it_with_its_second(fresh: Site, path: str) -> None:
    at_a_second()
    assert fresh.front.ask(path).status == 200
    time.sleep(2.6)
    assert fresh.front.ask(path).age < TAKES


def after_idling(site: Site, front: Front) -> Answer:
    site.order(set=CONTRACT)
    front.ask("/report/")
    time.sleep(4)
    return front.ask("/report/")


def test_the_first_visitor_after_an_idle_time_gets_a_new_page(fresh: Site) -> None:
    assert after_idling(fresh, fresh.front).age < TAKES
    with fresh.variant(USE_STALE) as unbounded:
        assert after_idling(fresh, unbounded).age > 3.5


def test_the_old_page_is_shown_while_the_new_one_is_fetched_but_no_longer(fresh: Site) -> None:
    """A portal that takes three seconds: no visitor waits in the second after, nobody gets anything older."""
    fresh.order(set=CONTRACT)
    at_a_second()
    fresh.front.ask("/report/")
    fresh.order(set=CONTRACT, sleep=3)
    time.sleep(1.2 - (time.time() % 1))
    began = time.time()
    answer = fresh.front.ask("/report/")
    assert (time.time() - began < TAKES, 0.5 < answer.age < OLDEST) == (True, True)
    time.sleep(1.1)
    began = time.time()
    answer = fresh.front.ask("/report/")
    assert answer.age - (time.time() - began) < TAKES + 3 - 1.1  # made after the fetch began, never the first one
    assert time.time() - began > 1


def when_broken(site: Site, front: Front) -> list[int]:
    """Statuses 0.5 and 3.5 seconds after a page was kept and the portal broke."""
    site.order(set=CONTRACT)
    at_a_second()
    assert front.ask("/report/").status == 200
    site.order(status="500 Broken", set=BROKEN)
    time.sleep(0.5)
    soon = front.ask("/report/").status
    time.sleep(3)
    return [soon, front.ask("/report/").status]


def test_an_error_does_not_keep_an_old_page_alive(fresh: Site) -> None:
    assert when_broken(fresh, fresh.front) == [200, 500]
    with fresh.variant(USE_STALE) as careless:
        assert when_broken(fresh, careless) == [200, 200]
