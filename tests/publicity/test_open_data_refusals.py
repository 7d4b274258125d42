"""What the open data refuses: in one shape, in words, whatever is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.core import clock
from tests.institutions.factories import AT
from tests.publicity.feeding import API


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def refusal(client, path: str, **query) -> tuple[int, str]:
    response = client.get(f"{API}{path}", query)
    said = response.json()
    assert set(said) == {"code", "message"}
    assert said["message"].endswith(("。", "？"))
    return response.status_code, said["code"]


BAD = [
    ("institutions", {"county": "999999"}, "bad_county"),
    ("institutions", {"county": ""}, "bad_county"),
    ("institutions", {"category": "nonsense"}, "bad_category"),
    ("institutions", {"state": "white"}, "bad_state"),
    ("institutions", {"q": "x" * 61}, "bad_q"),
    ("institutions", {"q": "a\x00"}, "bad_q"),
    ("institutions", {"after": "0123456789ab"}, "bad_after"),
    ("institutions", {"after": "1"}, "bad_after"),
    ("institutions", {"on": "2026-01-01"}, "unknown_parameter"),
    ("institutions", {"changed_since": "yesterday"}, "bad_changed_since"),
    ("institutions", {"changed_since": "2026-11-02T10:00:00"}, "bad_changed_since"),
    ("institutions", {"changed_since": "2026-02-30T10:00:00Z"}, "bad_changed_since"),
    ("institutions", {"changed_since": "0001-01-01T00:00:00+14:00"}, "bad_changed_since"),
    ("institutions", {"changed_since": "2026-11-02T10:00:00Z", "county": "350203"}, "bad_changed_since"),
    ("institutions", {"changed_since": "2026-11-02T10:00:00Z", "after": "x"}, "bad_after"),
    ("institutions", {"changed_since": "2026-11-02T10:00:00Z", "after": "9" * 20 + "-000000000000"}, "bad_after"),
    ("lists/white", {"on": "2026-13-01"}, "bad_date"),
    ("lists/white", {"on": "20261101"}, "bad_on"),
    ("lists/white", {"on": "2026-02-30"}, "bad_date"),
    ("lists/white", {"on": "2026-11-03"}, "bad_date"),
    ("lists/white", {"known": "1999-12-31"}, "bad_date"),
    ("lists/white", {"sort": "random"}, "bad_sort"),
    ("lists/white", {"sort": "since", "after": "20261399aaaaaaaaaaaa"}, "bad_after"),
    ("lists/white", {"state": "all"}, "unknown_parameter"),
    ("lists/white", {"q": ["a", "b"]}, "bad_q"),
    ("lists/white/changes", {"since": "1"}, "bad_since"),
    ("lists/white/changes", {"since": "-1"}, "bad_since"),
    ("lists/white/changes", {"since": "１"}, "bad_since"),
    ("lists/white/changes", {"since": "0", "after": "1-added-0123456789ab"}, "bad_after"),
    ("lists/white/editions", {"after": "x"}, "bad_after"),
    *((path, {"changed_since": day}, "bad_changed_since")
      for path in ("afterschool-providers", "penalties") for day in ("0001-01-01", "9999-12-31", "2026-02-30")),
    ("areas", {"county": "350203"}, "unknown_parameter"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "query", "code"), BAD)
def test_what_is_not_understood_is_refused(db, client, path, query, code):
    assert refusal(client, path, **query) == (422, code)


@pytest.mark.parametrize(
    "path",
    [
        *("institutions/0123456789ab", "institutions/1", "institutions/", "institutions/%00", "institutions/a/b"),
        *("lists/grey", "lists/grey/changes?since=0", "lists/grey/editions", "lists/white/editions/1", "nothing"),
        *("lists/white/editions/x", "lists/white/editions/99999999999", "lists/white/editions/١", ""),
    ],
)
def test_what_is_not_there_is_404_in_the_same_shape(db, client, path):
    response = client.get(f"{API}{path}")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")
    assert "没有" in response.json()["message"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes(db, client, method):
    response = getattr(client, method)(f"{API}institutions")
    assert (response.status_code, response.json()["code"], response.headers["Allow"]) == (
        405, "method_not_allowed", "GET, HEAD, OPTIONS",
    )  # fmt: skip
    assert "Access-Control-Allow-Origin" not in response.headers
