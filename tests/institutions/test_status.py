from datetime import date, timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from institutions import queries
from institutions.enums import ENDED, SiteType, StandingKind, Status
from institutions.models import StatusEvent
from institutions.operations.register import change_institution
from institutions.operations.status import change_status, correct_status, set_standing
from institutions.tasks import REFRESH_TODAY
from institutions.workflow import may_follow
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
BASE = date(2021, 7, 24)


def close(row, by, on, *, status=Status.DEREGISTERED, at=AT):
    return change_status(institution=row, status=status, effective_on=on, reason="停办", by=by, at=at)


@pytest.mark.parametrize("before", Status.values)
@pytest.mark.parametrize("after", Status.values)
def test_every_status_and_what_may_follow(before, after):
    assert may_follow(before, after) == (before != after and before not in ENDED)


def test_81_become_7_as_of_two_dates(cast):
    """Shishi's baseline: 81 subject institutions on 2021-07-24, 7 today; the reduction is counted from dated events."""
    rows = [institution(cast.officer, category="subject", effective_on=BASE) for _ in range(81)]
    for row in rows[:70]:
        close(row, cast.officer, date(2022, 3, 1))
    for row in rows[70:74]:
        close(row, cast.officer, date(2022, 6, 1), status=Status.TRANSFORMED)
    count = lambda on: queries.operating_on(cast.officer, on=on, category="subject")  # noqa: E731
    assert (count(BASE - timedelta(days=1)), count(BASE), count(date(2022, 5, 1)), count(AT.date())) == (0, 81, 11, 7)
    assert queries.operating_on(cast.neighbour, on=AT.date()) == 0


def test_the_register_as_known_before_a_correction(cast):
    row = institution(cast.officer, effective_on=BASE)
    close(row, cast.officer, date(2026, 10, 1))
    event = queries.last_status_event(row)
    corrected_at = AT + timedelta(days=5)
    correct_status(
        event=event, status=Status.SUSPENDED, by=cast.officer, at=corrected_at, reason="误登为注销，实为停业整改"
    )
    on = date(2026, 11, 1)
    known_then = queries.count_by_status(cast.officer, on=on, known_at=AT)
    known_now = queries.count_by_status(cast.officer, on=on)
    assert (known_then, known_now) == ({"deregistered": 1}, {"suspended": 1})
    row.refresh_from_db()
    assert row.status == Status.SUSPENDED


def test_withdrawing_a_record_restores_the_one_before(cast):
    row = institution(cast.officer, effective_on=BASE)
    close(row, cast.officer, date(2026, 10, 1))
    correct_status(event=queries.last_status_event(row), by=cast.officer, at=AT, reason="登错机构")
    row.refresh_from_db()
    assert (row.status, StatusEvent.objects.count()) == (Status.NORMAL, 3)


def test_a_record_is_corrected_once(cast):
    row = institution(cast.officer, effective_on=BASE)
    close(row, cast.officer, date(2026, 10, 1))
    event = queries.last_status_event(row)
    correct_status(event=event, by=cast.officer, at=AT, reason="登错机构")
    with pytest.raises(InvalidInput):
        correct_status(event=event, by=cast.officer, at=AT, reason="再来一次")


def test_the_only_record_cannot_be_withdrawn(cast):
    row = institution(cast.officer)
    with pytest.raises(InvalidInput, match="只能更正"):
        correct_status(event=queries.last_status_event(row), by=cast.officer, at=AT, reason="删掉")


def test_an_ended_institution_stays_ended(cast):
    row = institution(cast.officer, effective_on=BASE)
    close(row, cast.officer, date(2026, 10, 1))
    with pytest.raises(IllegalTransition, match="注销"):
        close(row, cast.officer, date(2026, 10, 2), status=Status.NORMAL)


@pytest.mark.parametrize(
    ("given", "part"), [({"reason": " "}, "事由"), ({"effective_on": BASE - timedelta(days=1)}, "更正状态记录")]
)
def test_a_change_needs_a_reason_and_goes_forward(cast, given, part):
    row = institution(cast.officer, effective_on=BASE)
    wanted = {"status": Status.SUSPENDED, "effective_on": BASE, "reason": "检查", **given}
    with pytest.raises(InvalidInput, match=part):
        change_status(institution=row, by=cast.officer, at=AT, **wanted)
    assert (StatusEvent.objects.count(), Event.objects.count()) == (1, 1)


def test_a_neighbour_cannot_change_status(cast):
    row = institution(cast.officer)
    with pytest.raises(NotAllowed):
        close(row, cast.neighbour, AT.date())
    assert Event.objects.count() == 1


def test_a_future_status_arrives_by_itself(cast):
    row = institution(cast.officer, effective_on=BASE)
    soon = AT.date() + timedelta(days=3)
    close(row, cast.officer, soon, status=Status.SUSPENDED)
    row.refresh_from_db()
    assert row.status == Status.NORMAL
    later = AT + timedelta(days=10)
    with clock.set_to(later):
        outbox.put(REFRESH_TODAY, at=later)
        outbox.deliver_all(at=later)
    row.refresh_from_db()
    assert row.status == Status.SUSPENDED


def test_standing_is_in_force_between_its_days(cast):
    row = institution(cast.officer)
    set_standing(
        institution=row, kind=StandingKind.WHITE_LIST, value="在列", effective_on=date(2026, 4, 1),
        until=date(2026, 10, 31), reason="年检合格", by=cast.leader, at=AT,
    )  # fmt: skip
    listed = lambda on: queries.listed_on(StandingKind.WHITE_LIST, on=on).count()  # noqa: E731
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2026, 10, 31), date(2026, 11, 1)]
    assert [listed(day) for day in days] == [0, 1, 1, 0]


def test_an_officer_alone_cannot_put_an_institution_on_a_list(cast):
    row = institution(cast.officer)
    with pytest.raises(NotAllowed):
        set_standing(
            institution=row, kind=StandingKind.BLACK_LIST, value="在列", effective_on=AT.date(), reason="x",
            by=cast.officer, at=AT,
        )  # fmt: skip


def test_the_grade_reaches_the_list_column(cast):
    row = institution(cast.officer)
    set_standing(
        institution=row,
        kind=StandingKind.GRADE,
        value="B",
        effective_on=AT.date(),
        reason="评价",
        by=cast.leader,
        at=AT,
    )
    row.refresh_from_db()
    assert row.grade == "B"


# -- another category ------------------------------------------------------------------------------------------------
def subjects(by, on, known_at=None) -> int:
    return queries.operating_on(by, on=on, known_at=known_at, category="subject")


def turned(row, by, *, at=AT, **given):
    return change_institution(institution=row, facts={"category": "arts"}, by=by, at=at, **given)


def test_who_turned_to_another_category_counts_there_from_that_day_on(cast):
    row, today = institution(cast.officer, category="subject", effective_on=BASE), AT.date()
    planned = change_status(
        institution=row, status=Status.SUSPENDED, effective_on=date(2027, 1, 1), reason="装修", by=cast.officer, at=AT
    )
    turned(row, cast.officer, at=AT + timedelta(minutes=1), category_since=date(2026, 3, 1))
    days = BASE, date(2026, 2, 28), date(2026, 3, 1), today, date(2027, 1, 1)
    assert [subjects(cast.officer, day) for day in days] == [1, 1, 0, 0, 0]
    assert [subjects(cast.officer, day, known_at=AT) for day in days] == [1, 1, 1, 1, 1]
    then = {event.effective_on: str(event) for event in StatusEvent.objects.as_of(date(2027, 1, 1))}
    assert then == {date(2027, 1, 1): "2027-01-01 停业整改·文化艺术类"}, planned
    assert StatusEvent.objects.as_of(today).get().reason == "培训类别变更"


@pytest.mark.parametrize("since", [BASE - timedelta(days=1), AT.date() + timedelta(days=1)])
def test_a_category_cannot_begin_before_the_status_did_nor_ahead(cast, since):
    row = institution(cast.officer, category="subject", effective_on=BASE)
    with pytest.raises(InvalidInput) as refused:
        turned(row, cast.officer, category_since=since)
    assert list(refused.value.fields) == ["category_since"]
    row.refresh_from_db()
    assert (row.category, StatusEvent.objects.count()) == ("subject", 1)


def test_the_category_of_one_who_begins_later_is_that_of_its_first_day(cast):
    row = institution(cast.officer, category="subject", effective_on=AT.date() + timedelta(days=9))
    turned(row, cast.officer)
    assert [event.category for event in StatusEvent.objects.believed()] == ["arts"]


def test_a_category_that_was_entered_wrongly_is_put_right_for_the_days_before(cast):
    row = institution(cast.officer, category="subject", effective_on=BASE)
    first, later = queries.last_status_event(row), AT + timedelta(minutes=1)
    given = {"by": cast.officer, "reason": "登记时选错", "status": Status.NORMAL, "category": "arts"}
    with pytest.raises(InvalidInput, match="请用“变更信息”"):
        correct_status(event=first, at=AT, **given)
    turned(row, cast.officer)
    correct_status(event=first, at=later, **given)
    assert (subjects(cast.officer, BASE), subjects(cast.officer, BASE, known_at=AT)) == (0, 1)
    with pytest.raises(InvalidInput, match="请用“变更信息”"):
        correct_status(event=queries.last_status_event(row), at=later, **given | {"category": "sport"})


# -- another type ----------------------------------------------------------------------------------------------------
def test_a_care_place_counts_as_the_training_institution_that_it_was(cast):
    row, before = institution(cast.officer, effective_on=BASE), date(2026, 2, 28)
    facts, since = {"site_type": SiteType.CARE}, date(2026, 3, 1)
    change_institution(institution=row, facts=facts, by=cast.officer, at=AT, category_since=since)
    believed = StatusEvent.objects.filter(institution=row).as_of
    assert [believed(day).get().site_type for day in (before, since)] == [SiteType.TRAINING, SiteType.CARE]
    later = believed(since).get()
    assert (str(later), later.reason) == ("2026-03-01 正常·文化艺术类·托管机构", "机构类型变更")
    change_status(
        institution=row, status=Status.SUSPENDED, effective_on=AT.date(), reason="装修", by=cast.officer, at=AT
    )
    assert believed(AT.date()).get().site_type == SiteType.CARE


def test_a_correction_keeps_the_type_and_none_may_say_another_than_the_register(cast):
    row, later = institution(cast.officer, effective_on=BASE), AT + timedelta(minutes=1)
    first = queries.last_status_event(row)
    change_institution(institution=row, facts={"site_type": SiteType.CARE}, by=cast.officer, at=AT)
    given = {"by": cast.officer, "at": later, "reason": "登记有误"}
    with pytest.raises(InvalidInput, match="机构类型将是培训机构"):
        correct_status(event=queries.last_status_event(row), **given)
    correct_status(event=first, status=Status.SUSPENDED, **given)
    assert [event.site_type for event in StatusEvent.objects.as_of(BASE)] == [SiteType.TRAINING]
    correct_status(event=queries.last_status_event(row), status=Status.SUSPENDED, **given)
    assert [event.site_type for event in StatusEvent.objects.as_of(AT.date())] == [SiteType.CARE]
