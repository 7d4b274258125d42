"""What a web process keeps: pages for their second, counts for a moment; never more, and never for somebody else."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from foundation.core import clock
from listings.operations.removal import approve_delisting, propose_delisting
from publicity import memory
from publicity.memory import kept
from tests.institutions.factories import AT
from tests.listings.factories import listed
from tests.publicity.factories import good, nobody_asked, reachable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def remembering(settings):
    settings.PUBLIC_MEMORY = True
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def names(client, **headers: str) -> str:
    return client.get("/lists/", headers=headers).content.decode()


def test_what_is_removed_is_gone_with_the_second(cast, client):
    reachable(cast)
    row = good(cast, name="思明区只在一秒艺术中心")
    entry = listed(cast, row)
    assert row.name in names(client)
    entry = propose_delisting(entry=entry, reason="信用修复", by=cast.officer, at=clock.now())
    approve_delisting(entry=entry, by=cast.leader, at=clock.now())
    assert row.name in names(client)  # the page of this second
    with clock.set_to(clock.now() + timedelta(seconds=1)):
        assert row.name not in names(client)


def test_a_page_of_the_second_costs_no_query_and_says_when_a_proxy_forgets_it(cast, client, django_assert_num_queries):
    first = client.get("/lists/")
    with django_assert_num_queries(0):
        again = client.get("/lists/")
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    assert first.headers["X-Accel-Expires"] == f"@{int(clock.now().timestamp())}"


def test_letter_sizes_hosts_and_addresses_have_pages_of_their_own(cast, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    plain = client.get("/report/")
    client.cookies["face"] = "elder"
    assert 'class="face-elder"' in client.get("/report/").content.decode()
    del client.cookies["face"]
    row = good(cast)
    pages = {
        client.get(f"/institutions/{row.public_id}/", headers={"host": host}).content for host in settings.ALLOWED_HOSTS
    }
    assert len(pages) == 2
    assert client.get("/report/").content == plain.content
    assert client.get("/lists/", {"kind": "black"}).content != client.get("/lists/").content


def test_only_good_answers_are_kept(cast, client):
    address = "/institutions/0123456789ab/"
    assert client.get(address).status_code == 404
    assert "X-Accel-Expires" not in client.get(address).headers
    assert "X-Accel-Expires" not in client.get("/lists/", {"on": "2999-01-01"}).headers


def test_the_throttle_counts_pages_that_are_kept_too(cast, client):
    statuses = [client.get("/lists/").status_code for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    nobody_asked()
    assert client.get("/lists/").status_code == 200


class Time:
    """A clock of seconds that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def monotonic(self) -> float:
        return self.at


@pytest.fixture
def seconds(monkeypatch) -> Time:
    made = Time()
    monkeypatch.setattr(memory, "time", made)
    return made


def test_counts_are_made_anew_beside_the_visitors_who_get_the_old(seconds):
    made, go_on, begun, done = [], threading.Event(), threading.Event(), threading.Event()

    @kept
    def slow(name: str) -> int:
        if made:
            begun.set()
            assert go_on.wait(10)
        made.append(name)
        done.set()
        return len(made)

    assert [slow("a"), slow("a")] == [1, 1]
    seconds.at += memory.AT_LEAST + 1
    done.clear()
    assert slow("a") == 1  # over, and being made anew
    assert begun.wait(10)
    assert slow("a") == 1  # by one only
    go_on.set()
    assert done.wait(10)
    memory._beside.submit(int).result(10)  # behind it in the queue
    assert slow("a") == 2
    assert made == ["a", "a"]


def test_what_is_long_over_is_shown_to_nobody(seconds):
    counted = iter(range(5))
    number = kept(lambda: next(counted))
    assert [number(), number()] == [0, 0]
    seconds.at += memory.AT_LEAST + memory.WHILE + 1
    assert number() == 1


def test_what_cannot_be_made_anew_stays_for_a_while_and_is_told(seconds, caplog):
    answers = iter([1])
    number = kept(lambda: next(answers))
    assert number() == 1
    seconds.at += memory.AT_LEAST + 1
    assert number() == 1
    memory._beside.submit(int).result(10)
    assert "was not made anew" in caplog.text
    seconds.at += memory.WHILE
    with pytest.raises(StopIteration):
        number()


def test_a_count_that_fails_is_made_again():
    tries = []

    @kept
    def failing() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("no database")
        return 7

    with pytest.raises(ValueError, match="no database"):
        failing()
    assert failing() == failing() == 7
    assert len(tries) == 2
