"""A betting string planted by SQL into any public column is found: by the crawl alone, and by the look at columns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connections

from cases.models import Publication
from cases.operations.publication import withdraw_publication
from foundation.accounts.models import Organ
from foundation.core import clock
from inspections.models import Draw, DrawCommitment, DrawExclusion, DrawnObject
from inspections.operations.draw_results import finish_check, publish_results
from inspections.operations.random_draw import exclude_object
from inspections.operations.voiding import agree_void, ask_void
from institutions.models import Course, FormerName, Institution, Permit, Site, StandingEvent
from institutions.operations.premises import open_campus
from institutions.operations.register import change_institution
from listings.models import ListEntry
from publicity.checking.columns import SOURCES, suspects
from publicity.enums import FindingKind
from tests import databases
from tests.cast import build_cast
from tests.inspections.drawing import CHECKED_AT, FROZEN_AT, frozen, inspectors, planned, result, run
from tests.institutions.factories import AT
from tests.publicity.checks import crawled
from tests.publicity.factories import world
from tests.publicity.test_penalties import published

BET = "365防伪查询系统_bet3365标准版_365bet大陆网站"
#: Every column that a public page shows as text, with its model.
COLUMNS = [
    *((Institution, name) for name in ("name", "trade_name", "address", "hours", "public_phone", "bank")),
    (FormerName, "name"), (Site, "name"), (Site, "address"), (Permit, "number"), (Permit, "issuer"), (Course, "name"),
    (StandingEvent, "reason"), (ListEntry, "basis"), (ListEntry, "organ_name"),
    (Organ, "name"), (Organ, "report_phone"), (Organ, "report_mailbox"),
    *((Draw, name) for name in ("title", "plan", "items", "public_number", "void_reason")),
    (DrawCommitment, "rule"), (DrawCommitment, "number_source"), (DrawnObject, "follow_up"),
    *((Publication, name) for name in ("party", "facts", "penalty", "basis", "withdrawn_because")),
]  # fmt: skip
#: A crawl takes two seconds: each run asks one for each model, ``script/prove check_columns`` for each column.
FULL = os.environ.get("PROVE_FULL") == "1"
FIRST = {(model, next(name for each, name in COLUMNS if each is model)) for model, _ in COLUMNS}
#: What pages show from a frozen copy: the column is what was written, the copy what is shown.
COPIED = {(DrawExclusion, "reason")}
WRITINGS = {
    "plain": BET,
    "zero width": BET.replace("bet", "b\u200be\u200bt").replace("防伪", "防\u2060伪"),
    "full width": BET.translate({ord(c): ord(c) + 0xFEE0 for c in "365bet"}),
    "spaced": " ".join(BET),
    "dotted": "博 · 彩 · 大 厅",
    "entities": "&#21338;&#24425;大厅",
    "twice escaped": "&amp;#21338;&amp;#24425;大厅",
    "traditional": "澳门賭場",
}


@pytest.fixture(scope="module")
def planted_db(django_db_setup, django_db_blocker) -> Iterator[Institution]:
    """One public world for the whole file; each test takes back what it planted."""
    with django_db_blocker.unblock():
        name = databases.clone(databases.template(), "commit")
        with databases.pointed_at(name):
            with clock.set_to(AT):
                yield _world()
            connections["owner"].close()
        databases.drop(name)


def _world() -> Institution:
    cast = build_cast()
    white, *_ = world(cast)
    open_campus(
        institution=white, name="湖滨校区", division=white.division, address="湖滨南路9号", opened_on=date(2025, 1, 1),
        by=cast.officer, at=AT,
    )  # fmt: skip
    change_institution(institution=white, facts={"name": "厦门海浪艺术培训中心"}, by=cast.officer, at=AT)
    _draws(cast, white)
    _decisions(cast)
    return white


def _decisions(cast) -> None:
    """One on show, one taken back."""
    _, wrong = (published(cast, f"思明区{word}艺术培训中心", at=AT) for word in ("启明", "海星"))
    withdraw_publication(publication=wrong, reason="决定被撤销", by=cast.officer, at=AT)


def _draws(cast, white: Institution) -> None:
    """One that is published, one that is voided; an exclusion in both, which their pools repeat."""
    officers = inspectors()
    shown, voided = planned(cast, officers=officers), planned(cast, officers=officers)
    for draw in (shown, voided):
        exclude_object(draw=draw, institution=white, reason="已在立案调查", by=cast.officer, at=FROZEN_AT)
    run(cast, frozen(cast, shown))
    for row in shown.drawn.order_by("pk"):
        result(row, cast.officer)
    finish_check(draw=shown, by=cast.officer, at=CHECKED_AT)
    publish_results(draw=shown, by=cast.officer, at=CHECKED_AT)
    frozen(cast, voided)
    ask_void(draw=voided, reason="名册条件设错", by=cast.officer, at=FROZEN_AT)
    agree_void(draw=voided, by=cast.leader, at=FROZEN_AT)


@pytest.fixture
def now(planted_db):
    cache.clear()
    with clock.set_to(AT + timedelta(seconds=30)):
        yield planted_db


def row_of(model, white: Institution, column: str = "") -> int:
    rows = model.objects.order_by("pk")
    if model is Institution:
        return white.pk
    if model is Organ:
        return rows.exclude(report_phone="").first().pk
    if model is Draw:
        return rows.get(state="voided" if column == "void_reason" else "published").pk
    if model in (DrawCommitment, DrawExclusion, DrawnObject):
        return rows.filter(draw__state="published").first().pk
    if model is Publication:
        return rows.get(withdrawn_on__isnull=column != "withdrawn_because").pk
    if model is Site:
        return rows.get(institution=white, kind="campus").pk
    return rows.filter(institution=white).first().pk


class Planted:
    """The value of one column, changed by the owner of the tables with the guards off, and put back."""

    def __init__(self, model, column: str, pk: int, text: str) -> None:
        self.table, self.column, self.pk = model._meta.db_table, column, pk
        self.text = text[: model._meta.get_field(column).max_length]

    def __enter__(self) -> None:
        self.before = self._sql(f"SELECT {self.column} FROM {self.table} WHERE id = %s", [self.pk])[0][0]
        self._write(self.text)

    def __exit__(self, *error: object) -> None:
        self._write(self.before)

    def _write(self, text: str) -> None:
        self._sql(f"ALTER TABLE {self.table} DISABLE TRIGGER USER")
        self._sql(f"UPDATE {self.table} SET {self.column} = %s WHERE id = %s", [text, self.pk])
        self._sql(f"ALTER TABLE {self.table} ENABLE TRIGGER USER")

    def _sql(self, sql: str, params: list[object] | None = None) -> list[tuple]:
        with connections["owner"].cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []


def found_by_crawl() -> set[tuple[str, str]]:
    cache.clear()
    return {(str(found.kind), found.field) for _, look in crawled() for found in look.found}


@pytest.mark.prove
@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=lambda value: getattr(value, "__name__", value))
def test_a_betting_string_in_any_public_column_is_found(now, model, column):
    label = str(model._meta.get_field(column).verbose_name)
    with Planted(model, column, row_of(model, now, column), BET):
        assert [(s.found.kind, s.found.field) for s in suspects()] == [(FindingKind.PLANTED, label)]
        if FULL or (model, column) in FIRST:
            assert found_by_crawl() == {("planted", label)}


def test_what_was_put_back_is_found_no_more(now):
    """Control: the same looks at the same world, with nothing planted."""
    assert list(suspects()) == []
    assert found_by_crawl() == set()


@pytest.mark.parametrize("writing", WRITINGS)
def test_however_it_is_written(now, writing):
    with Planted(Institution, "hours", now.pk, WRITINGS[writing]):
        assert [s.found.field for s in suspects()] == ["培训时间"]
        assert found_by_crawl() == {("planted", "培训时间")}


@pytest.mark.parametrize("innocent", ["文博彩虹画室", "特色情景英语", "角色情绪管理课", "象棋牌照样", "VPNX"])
def test_ordinary_compounds_are_no_planted_words(now, innocent):
    with Planted(Institution, "hours", now.pk, innocent):
        assert list(suspects()) == []
        assert found_by_crawl() == set()


def test_every_source_has_a_column_here():
    """A new public column must be planted above before it can be said to be watched."""
    watched = {(source.model, column) for source in SOURCES for column in source.columns}
    apart = {(Institution, "credit_code"), *COPIED}
    assert {pair for pair in watched if pair[0].__name__ != "Jurisdiction"} - apart == set(COLUMNS)


def test_an_exclusions_reason_is_watched_where_it_was_written(now):
    with Planted(DrawExclusion, "reason", row_of(DrawExclusion, now), BET):
        (suspect,) = suspects()
        assert suspect.found.field == "排除理由"
        assert suspect.found.owner.organ_id in Draw.objects.values_list("organ", flat=True)
        assert suspect.found.place.startswith("/draws/SJ-")
