"""What the page says while the worker has a batch in hand, and how two texts are compared."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from foundation.imports.comparing import in_words, marked
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch
from foundation.imports.offering import spot_key, spot_named
from foundation.imports.progress import progress_of

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SECOND = int(NOW.timestamp())


def looked(state=BatchState.UPLOADED, *, rows=4000, total=10_000, query="", ago=30):
    batch = Batch(state=state, rows_checked=rows, rows_total=total, state_at=NOW - timedelta(seconds=ago))
    return progress_of(batch, QueryDict(query), now=NOW)


def test_the_first_look_knows_how_far_but_not_how_long():
    seen = looked()
    assert (seen.rows, seen.percent, seen.left_in_words) == (4000, 40, "")
    assert seen.refresh == f"1; url=?from=4000&since={SECOND}"


def test_the_next_look_tells_how_long_it_still_takes():
    assert looked(query=f"from=1000&since={SECOND - 10}").left_in_words == "约还需20秒"
    assert looked(query=f"from=3900&since={SECOND - 10}").left_in_words == "约还需10分钟"
    assert looked(rows=9999, query=f"from=1000&since={SECOND - 10}").left_in_words == "约还需5秒"


def test_the_page_looks_often_at_first_and_then_every_three_seconds():
    waits = [looked(query=f"from=1000&since={SECOND - ago}").refresh[:2] for ago in (1, 4, 5, 60)]
    assert waits == ["1;", "1;", "3;", "3;"]


@pytest.mark.parametrize(
    "query", ["from=5000&since=1", f"from=1&since={SECOND + 9}", "from=x&since=y", "from=1", "from=" + "9" * 30]
)
def test_an_odd_address_or_a_check_begun_anew_counts_from_now(query):
    seen = looked(query=query)
    assert (seen.left_in_words, seen.refresh) == ("", f"1; url=?from=4000&since={SECOND}")


@pytest.mark.django_db
def test_writing_has_no_way_until_the_worker_tells_it():
    seen = looked(BatchState.APPLYING)
    assert (seen.title, seen.rows, seen.seconds_left, seen.seconds_so_far) == ("正在写入名录", None, None, 30)
    assert looked(BatchState.UNDOING).title == "正在撤销"
    assert looked(BatchState.CHECKED) is None


def test_differing_characters_are_marked_and_said():
    assert marked("9135O2", "913502") == ("9135<mark>O</mark>2", "9135<mark>0</mark>2")
    assert in_words("9135O2", "913502") == "第5位“O”改成“0”"
    assert in_words("913502", "91350203") == "在第7位补上“03”"
    assert in_words("9113502", "913502") == "去掉第2位的“1”"


def test_texts_with_little_in_common_are_not_marked_letter_by_letter():
    assert marked("美术书法", "文化艺术类") == ("美术书法", "文化艺术类")
    assert in_words("美术书法", "文化艺术类") == in_words("", "913") == ""


def test_what_was_written_in_a_cell_stays_text():
    assert marked("<b>1</b>", "<b>2</b>") == (
        "&lt;b&gt;<mark>1</mark>&lt;/b&gt;",
        "&lt;b&gt;<mark>2</mark>&lt;/b&gt;",
    )
    assert marked("<script>", "") == ("&lt;script&gt;", "")


@pytest.mark.parametrize("spot", [("", 3), ("名录|二", 12), ("a\"'<", 1)])
def test_a_row_is_named_by_its_place_in_the_file(spot):
    assert spot_named(spot_key(*spot)) == spot


@pytest.mark.parametrize("key", ["", "x|y", "|y", "-1|y", "12345678901|y", "1.5|y"])
def test_anything_else_names_no_row(key):
    assert spot_named(key) is None
