"""12345转办单 by spreadsheet: a verdict for every row, hostile rows, nothing of the caller, once, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from clues import clocks
from clues.enums import Channel, ClueState, SenderKind, Subject
from clues.models import Clue
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import NotAllowed
from foundation.deadlines.queries import open_clocks_of
from foundation.imports.enums import BatchState
from foundation.imports.models import BatchFilePart
from foundation.imports.operations import apply_batch, queue_undo, undo_batch
from tests.cast import OWN
from tests.clues.factories import accepted
from tests.imports.factories import checked, codes, csv_file, notes, uploaded
from tests.institutions.factories import AT, institution, town

pytestmark = pytest.mark.django_db
HEAD = [
    "工单编号",
    "受理时间",
    "所属区县",
    "镇街",
    "被投诉单位",
    "事发地址",
    "诉求分类",
    "诉求内容",
    "诉求人",
    "联系电话",
]
CALLER = ["陈金丝雀", "13912345678"]
DANCE = "思明区海浪舞蹈培训中心"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def order(number: str = "XM001", **given: str) -> list[str]:
    facts = {
        "received": "2026-11-01", "county": "思明区", "town": "厦港街道", "name": DANCE, "address": "思明南路1号",
        "subject": "收费退费", "content": "退费拖了两个月", **given,
    }  # fmt: skip
    return [number, *facts.values(), *CALLER]


def sheet(*rows: list[str]) -> bytes:
    return csv_file(HEAD, *rows)


def verdicts(*rows: list[str]) -> list[tuple]:
    return [(row.outcome, codes(row), notes(row)) for row in checked(sheet(*rows), target="orders")]


def applied(cast, *rows: list[str]):
    batch = uploaded(sheet(*rows), by=cast.officer, target="orders")
    return apply_batch(batch=batch, by=cast.officer, at=AT)


def test_an_order_becomes_a_clue_with_its_institution_and_clock(cast):
    about = institution(cast.officer, name=DANCE)
    applied(cast, order(), order("XM002", name="李老师画室", subject="", town=""))
    first, second = Clue.objects.order_by("order_no")
    assert (first.channel, first.subject, first.institution, first.sign) == (Channel.HOTLINE, Subject.FEES, about, "")
    assert (first.content, first.happened_on, first.division) == ("退费拖了两个月", date(2026, 11, 1), town())
    assert (second.subject, second.institution, second.sign) == (Subject.OTHER, None, "李老师画室")
    assert (second.division.code, second.sender) == (OWN, SenderKind.ANONYMOUS)
    assert open_clocks_of(first).get().code == clocks.ACCEPTANCE
    assert Event.objects.filter(kind="clue.taken_in").count() == 2


def test_an_order_was_received_on_the_hotlines_day_while_clocks_start_with_the_import(cast):
    applied(cast, order(received="2026-09-30"), order("XM002", received="", name="", address="思明南路2号"))
    days = dict(Clue.objects.values_list("order_no", "received_on"))
    assert days == {"XM001": date(2026, 9, 30), "XM002": AT.date()}
    clue = Clue.objects.get(order_no="XM001")
    assert (clue.received_at, [row.started_on for row in open_clocks_of(clue)]) == (AT, [AT.date()])


def test_every_row_has_its_verdict(cast):
    institution(cast.officer, name=DANCE)
    assert verdicts(
        order("A1"),
        order(""),
        order("A3", content=""),
        order("A4", received="2026-11-09"),
        order("A5", county="集美区", town="", address="石鼓路1号", name="集美画室"),
        order("A6", name="", address=""),
        order("A7", name="没有这家培训中心", subject="外星人"),
        order("A8", content="第一次"),
        order("A8", content="又来一次"),
    ) == [
        ("created", [], []),
        ("rejected", ["code_missing"], []),
        ("rejected", ["missing_content"], []),
        ("rejected", ["date_range"], []),
        ("rejected", ["county_out_of_scope"], ["unknown_institution"]),
        ("rejected", ["missing_name"], []),
        ("created", [], ["category_unknown", "subject_assumed", "unknown_institution"]),
        ("rejected", ["duplicate_conflict"], []),
        ("rejected", ["duplicate_conflict"], []),
    ]
    assert [row[0] for row in verdicts(order("A1"), order("A1"))] == ["created", "duplicate"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"content": "=cmd|' /C calc'!A0"}, "formula"),
        ({"content": "@SUM(1+9)*cmd"}, "formula"),
        ({"content": "详见 http://spam.example/x"}, "unsafe_text"),
        ({"content": "365防伪查询系统_bet3365标准版"}, "unsafe_text"),
        ({"content": "<script>alert(1)</script>"}, "unsafe_text"),
        ({"content": "长" * 2001}, "too_long"),
        ({"content": "#REF!"}, "cell_error"),
        ({"name": "=HYPERLINK(1)"}, "formula"),
        ({"name": "13912345678"}, "name_format"),
        ({"received": "2026-13-45"}, "date_invalid"),
        ({"address": "x" * 201}, "too_long"),
    ],
)
def test_hostile_cells_are_refused_in_words(cast, given, code):
    [(outcome, reasons, _)] = verdicts(order("H1", **given))
    assert (outcome, code in reasons) == ("rejected", True), reasons


def test_invisible_characters_do_not_make_two_orders_of_one(cast):
    assert [row[0] for row in verdicts(order("A1"), order("A\u200b1"))] == ["created", "duplicate"]


def test_nothing_of_the_caller_is_kept_and_what_was_told_is_sealed(cast):
    applied(cast, order(), order("XM002", content=""))
    assert not BatchFilePart.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t")
            stored = " ".join(line for (line,) in cursor.fetchall())
            assert not any(word in stored for word in (*CALLER, "退费拖了")), table


def test_the_same_file_twice_is_once_and_a_refused_order_may_come_again(cast):
    applied(cast, order())
    assert verdicts(order())[0][0] == "unchanged"
    batch = uploaded(sheet(order(), order("XM002")), by=cast.officer, target="orders")
    apply_batch(batch=batch, by=cast.officer, at=AT)
    assert Clue.objects.count() == 2


def test_taken_back_what_waits_ends_and_what_was_accepted_stays(cast):
    batch = applied(cast, order(), order("XM002"))
    first, second = Clue.objects.order_by("order_no")
    accepted(first, cast.officer)
    batch = queue_undo(batch=batch, reason="导错了文件", by=cast.officer, at=AT)
    batch = undo_batch(batch=batch, reason="导错了文件", by=cast.officer, at=AT + timedelta(minutes=1))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, "导入有误" in second.refusal) == (ClueState.ACCEPTED, ClueState.REFUSED, True)
    assert batch.state == BatchState.UNDONE
    assert [row[0] for row in verdicts(order(), order("XM002"))] == ["unchanged", "created"]


def test_only_the_countys_officers_import(cast):
    for name, actor in cast.everyone().items():
        if name not in {"officer", "second_officer"}:
            with pytest.raises(NotAllowed):
                uploaded(sheet(order()), by=actor, target="orders")
    assert not Clue.objects.exists()
