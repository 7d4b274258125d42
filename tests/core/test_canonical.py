import hashlib
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from foundation.core.canonical import canonical, merkle_root, sha256


def test_the_form_does_not_depend_on_order_zone_or_spelling():
    at = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
    first = canonical({"b": 1, "a": at, "name": "思明"})
    second = canonical({"name": "思明", "a": at.astimezone(ZoneInfo("Asia/Shanghai")), "b": 1})
    assert first == second == '{"a":"2026-03-01T00:00:00.000000+00:00","b":1,"name":"思明"}'.encode()


def test_all_kinds_of_values_have_a_form():
    row = {"on": date(2026, 3, 1), "id": UUID(int=1), "rate": Decimal("1.10"), "none": None, "list": [1, "二"]}
    assert (
        canonical(row).decode()
        == '{"id":"00000000-0000-0000-0000-000000000001","list":[1,"二"],"none":null,"on":"2026-03-01","rate":"1.10"}'
    )
    with pytest.raises(TypeError, match="no canonical form for bytes"):
        canonical({"raw": b"x"})


def test_parts_cannot_be_shifted():
    assert sha256(b"ab", b"c") != sha256(b"a", b"bc") != sha256(b"abc")
    framed = (3).to_bytes(8, "big") + b"abc"
    assert sha256(b"abc") == hashlib.sha256(framed).hexdigest()


def test_the_root_of_a_few_leaves():
    a, b, c = (sha256(text) for text in (b"a", b"b", b"c"))
    pair = sha256(bytes.fromhex(a), bytes.fromhex(b))
    assert merkle_root([]) == sha256()
    assert merkle_root([a]) == a
    assert merkle_root([a, b]) == pair
    assert merkle_root([a, b, c]) == sha256(bytes.fromhex(pair), bytes.fromhex(c))
    assert merkle_root([a, b, c]) != merkle_root([b, a, c])
