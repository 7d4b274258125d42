"""A county's or a school's file: a verdict for each row, corrections that replace, one batch taken back whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from afterschool import queries
from afterschool.models import Participation
from afterschool.operations.participation import correct_participation
from afterschool.reading import term_in
from foundation.accounts.enums import Role
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.imports.enums import Outcome
from foundation.imports.models import BatchRow, KeptRow
from foundation.imports.operations import apply_batch, undo_batch
from foundation.imports.queries import batches_for
from foundation.imports.rules import can_view_imports
from foundation.imports.sheets import template_workbook
from foundation.imports.target import target_named
from foundation.regions.enums import SchoolStage
from tests.afterschool.factories import NOW, STARTS, counts, reported, school, specialist, term
from tests.cast import NEIGHBOUR, OWN, acting, organ, person
from tests.imports.factories import checked, csv_file, uploaded, xlsx_file

pytestmark = pytest.mark.django_db
HEAD = [
    "学校标识码",
    "学校名称",
    "学期",
    "年级",
    "在校学生数",
    "自愿参加人数",
    "免收困难学生",
    "财政补助",
    "家长缴费",
    "统计日期",
]
AUTUMN = "2026年秋季学期"


@pytest.fixture
def here(db):
    term()
    return school(name="演示实验小学", code="2135000001")


def line(grade: object = "一年级", enrolled: object = 50, joined: object = 48, *more: object, **given) -> list:
    word = given.get("term", AUTUMN)
    return [given.get("code", ""), given.get("name", "演示实验小学"), word, grade, enrolled, joined, *more]


#: Rows of a file, and why each is refused.
PLANTED = [
    (line(), ""),
    (line("二年级", 50, 51), "joined_above_enrolled"),
    (line(name="没有的小学"), "school_unknown"),
    (line("七年级"), "grade_of_another_stage"),
    (line("十年级"), "grade_unknown"),
    (line("三年级", -5, 3), "number_negative"),
    (line("三年级", 50, 2, 3, name="演示二小"), "exempt_above_joined"),
    (line(name="邻县小学"), "school_unknown"),
    (line(term="2031年春季学期"), "term_unknown"),
    (line("四年级", "", 5), "missing_enrolled"),
    (line(name="演示幼儿园"), "grade_of_another_stage"),
    (line("五年级", 50, 48, 0, 0, 0, "2026-08-01"), "date_range"),
    (line("五年级", 50, 48, 0, 0, 0, "2027-01-10"), "date_range"),
    (line("六年级", 50, 0, 0, 0, 99, name="演示二小"), "money_without_pupils"),
    (line("二年级", "约50", 3, name="演示二小"), "number_invalid"),
    (line(name="别的名字", code="2135000001", grade="六年级"), ""),
]


def applied(content: bytes, by, **given):
    batch = uploaded(content, by=by, target="participation", **given)
    return apply_batch(batch=batch, by=by, at=clock.now())


def told(rows) -> list:
    return [(row.outcome, [fault.code for fault in row.reasons]) for row in rows]


def test_planted_errors_give_each_row_its_verdict(cast, here):
    school(NEIGHBOUR, name="邻县小学")
    school(name="演示二小")
    school(stage=SchoolStage.KINDERGARTEN, name="演示幼儿园")
    rows = checked(csv_file(HEAD, *[row for row, _ in PLANTED]), target="participation")
    assert told(rows) == [("rejected" if why else "created", [why] if why else []) for _, why in PLANTED]
    assert "51人，多于在校学生50人" in rows[1].reasons[0].message
    assert "不在思明区的管辖范围内" in rows[7].reasons[0].message
    assert "name_differs" in [fault.code for fault in rows[15].warnings]


def test_a_countys_file_is_written_and_a_second_time_changes_nothing(cast, here):
    file = csv_file(HEAD, line("一年级", 50, 48, 2, "120.50", "1,000"), line("2年级", 60, 57))
    batch = applied(file, cast.officer)
    assert batch.counts["created"] == 2
    rows = queries.counted(cast.officer, term()).order_by("grade")
    assert [(row.grade, row.joined, row.exempt, row.subsidy_fen, row.paid_fen) for row in rows] == [
        (1, 48, 2, 12_050, 100_000),
        (2, 57, 0, 0, 0),
    ]
    assert {(row.effective_on, row.recorded_by_id) for row in rows} == {(STARTS, cast.officer.user_id)}
    again = uploaded(file, by=cast.officer, target="participation")
    assert (again.counts["unchanged"], again.counts["created"], again.counts["updated"]) == (2, 0, 0)


def test_the_title_may_name_the_term_and_junior_years_are_understood(cast, here):
    middle = school(stage=SchoolStage.JUNIOR, name="演示中学")
    head = ["学校名称", "年级", "在校学生数", "自愿参加人数"]
    sheet = [["2026-2027学年第一学期课后服务统计表"], head, [middle.name, "初二", 80, 76]]
    rows = checked(xlsx_file(*sheet), target="participation")
    assert [(row.outcome, row.record["grade"], row.record["term"]) for row in rows] == [("created", 8, AUTUMN)]
    names = ("2023春", "2023年春季学期课后服务", "2022—2023学年第二学期", "2023-2024学年上学期", "课后服务统计表")
    assert [term_in(name) for name in names] == [
        "2023年春季学期", "2023年春季学期", "2023年春季学期", "2023年秋季学期", None,
    ]  # fmt: skip


def test_a_row_of_the_same_day_corrects_and_of_another_day_counts_anew(cast, here):
    first = reported(cast.officer, here, enrolled=50, joined=40, exempt_hardship=2)
    batch = uploaded(
        csv_file(HEAD, line(), line("一年级", 55, 50, "", "", "", "2026-10-08")),
        by=cast.officer,
        target="participation",
    )
    assert (batch.counts["updated"], batch.counts["created"]) == (1, 1)
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    fixed, later = Participation.objects.exclude(pk=first.pk).order_by("effective_on")
    assert (fixed.replaces_id, fixed.joined, fixed.exempt_hardship) == (first.pk, 48, 2)
    assert (later.replaces_id, later.joined, later.exempt_hardship) == (None, 50, 0)
    assert list(queries.counted(cast.officer, term())) == [later]


def test_a_correction_that_contradicts_what_stands_is_refused_in_words(cast, here):
    """Fewer joined than are exempt by the record that the row corrects."""
    reported(cast.officer, here, enrolled=50, joined=40, exempt_hardship=9)
    batch = uploaded(csv_file(HEAD, line("一年级", 50, 8)), by=cast.officer, target="participation")
    row = BatchRow.objects.get(batch=batch)
    assert (row.outcome, row.reasons[0]["code"]) == (Outcome.REJECTED, "exempt_above_joined")


def test_what_was_entered_by_hand_since_the_check_is_not_entered_again(cast, here):
    """Seen to fail without ``has_unique_key = False``: both records of the day were believed."""
    batch = uploaded(csv_file(HEAD, line("二年级", 60, 57), line()), by=cast.officer, target="participation")
    first = reported(cast.officer, here, enrolled=50, joined=40)
    with pytest.raises(Conflict, match="第3行原为“新增”") as refused, transaction.atomic():
        apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert refused.value.code == "register_changed"
    assert Participation.objects.get() == first


def test_of_two_batches_with_the_same_row_one_is_written(cast, here):
    """Seen to fail without ``has_unique_key = False``; taken back, the other one's row is new again."""
    batches = [
        uploaded(csv_file(HEAD, line("一年级", 50, joined)), by=cast.officer, target="participation")
        for joined in (48, 41)
    ]
    one, two = batches
    apply_batch(batch=one, by=cast.officer, at=clock.now())
    with pytest.raises(Conflict) as refused, transaction.atomic():
        apply_batch(batch=two, by=cast.officer, at=clock.now())
    assert refused.value.code == "register_changed"
    undo_batch(batch=one, reason="重复", by=cast.officer, at=clock.now() + timedelta(seconds=1))
    apply_batch(batch=two, by=cast.officer, at=clock.now() + timedelta(seconds=2))
    assert Participation.objects.believed().get().joined == 41


def test_a_batch_is_taken_back_whole_and_nothing_is_deleted(cast, here):
    first = reported(cast.officer, here, enrolled=50, joined=40)
    batch = applied(csv_file(HEAD, line(), line("二年级", 60, 57), line("三年级", 30, 20)), cast.officer)
    kept = Participation.objects.get(grade=3)
    correct_participation(row=kept, counts=counts(enrolled=30, joined=21), reason="改", by=cast.officer, at=clock.now())
    before, events = Participation.objects.count(), Event.objects.count()
    undo_batch(batch=batch, reason="报错学期", by=cast.officer, at=clock.now() + timedelta(seconds=1))
    rows = queries.counted(cast.officer, term()).order_by("grade")
    assert [(row.grade, row.joined) for row in rows] == [(1, first.joined), (3, 21)]
    assert (Participation.objects.count(), Event.objects.count()) == (before + 2, events + 1)
    assert "又有改动" in KeptRow.objects.get().why
    again = uploaded(csv_file(HEAD, line("二年级", 60, 57)), by=cast.officer, target="participation")
    assert again.counts["created"] == 1


def test_a_specialist_imports_for_the_own_school_only(cast, here):
    """Seen to fail without ``school_not_own`` in the verdict and with ``can_enter_rows`` true for everybody."""
    school(name="别的小学")
    me, other = specialist(here), specialist(school())
    batch = uploaded(csv_file(HEAD, line(), line(name="别的小学")), by=me, target="participation")
    rows = BatchRow.objects.filter(batch=batch).order_by("number")
    assert [(row.outcome, [fault["code"] for fault in row.reasons]) for row in rows] == [
        ("created", []),
        ("rejected", ["school_not_own"]),
    ]
    assert list(batches_for(me)) == [batch]
    assert not batches_for(other).exists()
    assert list(batches_for(cast.officer)) == [batch]
    with pytest.raises(NotAllowed):
        apply_batch(batch=batch, by=other, at=NOW)
    apply_batch(batch=batch, by=me, at=NOW)
    assert list(queries.counted(me, term()).values_list("school", flat=True)) == [here.pk]
    theirs = uploaded(csv_file(HEAD, line(name="别的小学")), by=cast.officer, target="participation")
    assert theirs not in batches_for(me)
    with pytest.raises(NotAllowed):
        apply_batch(batch=theirs, by=me, at=NOW)


def test_the_write_itself_refuses_a_school_of_somebody_else(cast, here):
    """The verdict was given to the portal's own job, as for a large file; the person in the post is asked again."""
    me = specialist(school())
    batch = uploaded(csv_file(HEAD, line()), by=cast.officer, target="participation")
    type(batch).objects.filter(pk=batch.pk).update(uploaded_by=me.user_id)
    with pytest.raises(NotAllowed, match="不是您负责的学校"):
        apply_batch(batch=batch, by=me, at=NOW)
    assert not Participation.objects.exists()


def test_a_post_narrowed_to_a_town_still_imports_nothing(cast):
    division = school().division
    narrowed = acting(person(Role.COUNTY_OFFICER, organ(OWN), username="narrowed", division=division))
    assert can_view_imports(cast.officer)
    assert not can_view_imports(narrowed)
    assert not batches_for(narrowed).exists()


def test_the_template_is_understood_by_the_import(cast, here):
    target = target_named("participation")
    assert template_workbook(target)[:2] == b"PK"
    assert target.resource.headings()[:4] == ["学校名称", "学校标识码", "学期", "年级"]
