"""Collected posts by spreadsheet: judged row by row; those that are marked become clues, once, and are taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from clues.enums import Channel, ClueState, Medium
from clues.models import Clue, Sighting
from foundation.core import clock
from foundation.core.errors import Conflict
from foundation.imports.operations import apply_batch, queue_undo, undo_batch
from tests.imports.factories import checked, codes, csv_file, notes, uploaded
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
HEAD = ["原文", "发布平台", "采集日期", "区县", "街道", "账号主体", "地点", "网址"]
GOOD = "小学数学班签约提分，不提分退款，报名加微信"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def post(text: str = GOOD, **given: str) -> list[str]:
    facts = {
        "medium": "抖音",
        "seen": "2026-11-01",
        "county": "思明区",
        "town": "厦港街道",
        "name": "启航学堂",
        **given,
    }
    return [text, *facts.values(), "", "https://v.example/1"][: len(HEAD)]


def verdicts(*rows: list[str]) -> list[tuple]:
    return [(row.outcome, codes(row)) for row in checked(csv_file(HEAD, *rows), target="adverts")]


def test_each_row_is_judged():
    rows = checked(csv_file(HEAD, post(), post("本周六家长会，请准时参加")), target="adverts")
    assert [(row.outcome, codes(row), notes(row)) for row in rows] == [
        ("created", [], ["normalized", "unknown_institution", "marked"]),
        ("rejected", ["no_marks"], ["normalized", "unknown_institution"]),
    ]
    told = next(fault for fault in rows[0].warnings if fault.code == "marked").message
    assert "“签约提分”《中华人民共和国广告法》第二十四条第一项" in told


def test_what_cannot_be_read_is_refused():
    assert verdicts(
        post(""),
        post(medium="外星"),
        post("初三物理包过，报名从速", seen="2026-11-09"),
        post("初三化学包过，报名从速", county="集美区", town="", name=""),
    ) == [
        ("rejected", ["missing_content"]),
        ("rejected", ["medium_unknown"]),
        ("rejected", ["date_range"]),
        ("rejected", ["county_out_of_scope"]),
    ]
    wrong = post()
    wrong[-1] = "javascript:alert(1)"
    assert verdicts(wrong) == [("rejected", ["link_format"])]


def test_marked_posts_become_clues_once_and_are_taken_back(cast):
    about = institution(cast.officer, name="启航学堂", at=AT)
    file = csv_file(HEAD, post(), post("初三物理包过，报名从速", name="名师屋"))
    batch = apply_batch(batch=uploaded(file, by=cast.officer, target="adverts"), by=cast.officer, at=AT)
    first, second = Sighting.objects.order_by("pk")
    assert (first.medium, first.link, first.clue.institution) == (Medium.VIDEO, "https://v.example/1", about)
    assert (first.clue.channel, first.clue.happened_on, first.clue.content) == (Channel.STAFF, date(2026, 11, 1), GOOD)
    assert (second.clue.institution, second.clue.sign, bool(second.marks)) == (None, "名师屋", True)
    again = uploaded(file, by=cast.officer, target="adverts")
    assert {row.outcome for row in again.rows.all()} == {"unchanged"}
    queue_undo(batch=batch, reason="传错了", by=cast.officer, at=AT)
    undo_batch(batch=batch, reason="传错了", by=cast.officer, at=AT)
    assert set(Clue.objects.values_list("state", flat=True)) == {ClueState.REFUSED}
    apply_batch(batch=uploaded(file, by=cast.officer, target="adverts"), by=cast.officer, at=AT)
    assert Clue.objects.filter(state=ClueState.RECEIVED).count() == 2


def test_of_two_files_with_the_same_post_one_is_written(cast):
    """Seen to fail without ``has_unique_key = False``: the post became two clues."""
    file = csv_file(HEAD, post())
    one, two = (uploaded(file, by=cast.officer, target="adverts") for _ in range(2))
    apply_batch(batch=one, by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="重新校验"), transaction.atomic():
        apply_batch(batch=two, by=cast.officer, at=AT)
    assert Sighting.objects.count() == 1
