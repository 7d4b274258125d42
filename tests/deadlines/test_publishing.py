"""Publishing a calendar: previewed first, moves what runs, refuses what was not previewed; limits by place and day."""

from datetime import date

import pytest

from foundation.audit.models import Event
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.deadlines import working_days
from foundation.deadlines.calendars import NamedDay, package_days
from foundation.deadlines.enums import DayKind, Limit
from foundation.deadlines.models import CalendarYear, Deadline, LimitRule
from foundation.deadlines.operations.deadlines import pause_deadline
from foundation.deadlines.operations.limits import amend_limit_text, set_limit
from foundation.deadlines.previews import preview_calendar
from foundation.deadlines.queries import limit_for
from foundation.deadlines.reference import _read
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, jurisdiction
from tests.deadlines.factories import at, drafted, off, published, started

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 11, 20))


def test_the_preview_lists_what_moves_and_publishing_moves_it(cast):
    moving = started(cast.officer, started_on=date(2026, 12, 30))  # 5 working days: into 2027
    still = started(cast.officer, code=Limit.PENALTY_DECISION, started_on=date(2026, 12, 30))
    done = started(cast.officer, code=Limit.HEARING_NOTICE, started_on=date(2026, 11, 2))
    assert moving.due_on == date(2027, 1, 7)
    days = [*package_days(2027), *off(date(2027, 1, 4))]
    preview = preview_calendar(year=2027, days=days)
    assert [(m.deadline.pk, m.before, m.after) for m in preview.moves] == [
        (moving.pk, date(2027, 1, 7), date(2027, 1, 8))
    ]
    assert [(change.date, change.before, change.after) for change in preview.days] == [
        (date(2027, 1, 4), "工作日", "放假")
    ]
    assert Deadline.objects.get(pk=moving.pk).due_on == date(2027, 1, 7)

    version = published(cast.province, 2027, days)
    moving.refresh_from_db()
    assert (moving.due_on, moving.warning) == (date(2027, 1, 8), "")
    assert [Deadline.objects.get(pk=row.pk).due_on for row in (still, done)] == [still.due_on, done.due_on]
    assert Event.objects.get(kind="deadlines.moved").changes["due_on"] == ["2027-01-07", "2027-01-08"]
    event = Event.objects.get(kind="deadlines.calendar_published")
    assert (event.subject_id, event.changes["moved"]) == (version.pk, [0, 1])


def test_a_paused_deadline_does_not_move_by_its_open_pause(cast):
    deadline = started(cast.officer)
    pause_deadline(deadline=deadline, reason="送检鉴定", by=cast.officer, at=at(date(2026, 10, 9)))
    assert preview_calendar(year=2026, days=package_days(2026)).moves == []


def test_what_was_not_previewed_is_not_published(cast):
    days = package_days(2027)
    digest = preview_calendar(year=2027, days=days).digest
    started(cast.officer, started_on=date(2026, 12, 30))
    with pytest.raises(Conflict, match="重新查看"):
        published(cast.province, 2027, days, previewed=digest)
    with pytest.raises(Conflict):
        published(cast.province, 2027, [*days, *off(date(2027, 1, 4))], previewed=digest)
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert not Event.objects.filter(kind="deadlines.calendar_published").exists()


@pytest.mark.parametrize("who", ["officer", "leader", "city", "system", "security", "auditor", "supervisor", "public"])
def test_only_the_province_changes_the_calendar(cast, who):
    with pytest.raises(NotAllowed, match="省级"):
        published(getattr(cast, who), 2027, package_days(2027))
    with pytest.raises(NotAllowed):
        drafted(getattr(cast, who), 2027)
    assert not CalendarYear.objects.filter(year=2027).exists()


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ([], "请填写"),
        (off(date(2026, 12, 31)), "不在2027年内"),
        ([NamedDay(date(2027, 1, 4), DayKind.MAKEUP)], "只能是周六或周日"),
        (off(date(2027, 1, 1), date(2027, 1, 1)), "只能列一次"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(cast, days, message):
    with pytest.raises(InvalidInput, match=message):
        published(cast.province, 2027, days)
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_confirmed_calendar_names_its_notice(cast):
    with pytest.raises(InvalidInput, match="文号"):
        published(cast.province, 2027, package_days(2027), notice_no="")


def test_an_imported_draft_counts_with_a_warning(cast):
    with pytest.raises(Conflict, match="重新查看"):
        drafted(cast.province, 2027, previewed="what somebody saw before")
    draft = drafted(cast.province, 2027)
    assert (draft.confirmed, draft.version, draft.days.count()) == (False, 1, len(package_days(2027)))
    assert working_days.is_working_day(date(2027, 1, 1)).unconfirmed_years == (2027,)
    assert Event.objects.filter(kind="deadlines.calendar_imported").count() == 1
    confirmed = published(cast.province, 2027, package_days(2027))
    assert (confirmed.version, working_days.is_working_day(date(2027, 1, 1)).warning) == (2, "")
    with pytest.raises(Conflict, match="不再导入"):
        drafted(cast.province, 2027)


def local(by, place, amount, **given):
    facts = {
        "code": Limit.DEFENCE_STATEMENT,
        "name": "陈述申辩",
        "unit": "working_day",
        "rolls_over": False,
        "clause": "本地规定第三条",
        "remark": "",
        "effective_from": date(2026, 1, 1),
        "at": NOW,
        **given,
    }
    return set_limit(jurisdiction=place and jurisdiction(place), amount=amount, by=by, **facts)


def test_the_most_specific_limit_of_the_day_counts(cast):
    local(cast.province, CITY, 4)
    local(cast.province, OWN, 3, effective_from=date(2026, 7, 1))

    def amount(place, on):
        return limit_for(Limit.DEFENCE_STATEMENT, jurisdiction(place), on).amount

    assert [amount(OWN, date(2026, 6, 30)), amount(OWN, date(2026, 7, 1))] == [4, 3]
    assert [amount(NEIGHBOUR, date(2026, 7, 1)), amount(OTHER_CITY, date(2026, 7, 1))] == [4, 5]
    assert limit_for(Limit.DEFENCE_STATEMENT, None, date(2026, 7, 1)).amount == 5


def test_a_new_limit_ends_the_old_one_the_day_before(cast):
    old = LimitRule.objects.get(code=Limit.DEFENCE_STATEMENT)
    new = local(cast.province, None, 4, effective_from=date(2027, 1, 1))
    old.refresh_from_db()
    assert (old.effective_to, new.effective_to) == (date(2026, 12, 31), None)
    assert limit_for(Limit.DEFENCE_STATEMENT, None, date(2026, 12, 31)) == old
    assert limit_for(Limit.DEFENCE_STATEMENT, None, date(2027, 1, 1)) == new
    assert Event.objects.get(kind="deadlines.limit_set").changes["amount"] == [[5, "working_day"], [4, "working_day"]]


def test_a_running_deadline_keeps_the_limit_that_it_began_under(cast):
    deadline = started(cast.officer, code=Limit.DEFENCE_STATEMENT)
    local(cast.province, None, 3, effective_from=date(2026, 9, 1))
    assert preview_calendar(year=2026, days=package_days(2026)).moves == []
    assert Deadline.objects.get(pk=deadline.pk).amount == 5


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"clause": " "}, "依据条文"),
        ({"amount": 0}, "1至1000"),
        ({"effective_from": date(2021, 7, 15)}, "晚于这一天"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(cast, given, message):
    facts = {"amount": 4, **given}
    with pytest.raises(InvalidInput, match=message):
        local(cast.province, None, **facts)
    assert LimitRule.objects.filter(code=Limit.DEFENCE_STATEMENT).count() == 1
    assert not Event.objects.filter(kind="deadlines.limit_set").exists()


@pytest.mark.parametrize("who", ["officer", "city", "auditor", "public"])
def test_limits_are_kept_by_parameter_posts(cast, who):
    limit = LimitRule.objects.get(code=Limit.DEFENCE_STATEMENT)
    with pytest.raises(NotAllowed):
        local(getattr(cast, who), OWN, 3)
    with pytest.raises(NotAllowed):
        amend_limit_text(
            limit=limit, name="x", clause="y", remark="", needs_review=False, by=getattr(cast, who), at=NOW
        )
    limit.refresh_from_db()
    assert limit.name == "陈述申辩"


def test_a_checked_clause_is_kept_with_its_trace(cast):
    limit = LimitRule.objects.get(code=Limit.DEFENCE_STATEMENT)
    facts = {"limit": limit, "name": limit.name, "remark": limit.remark, "by": cast.province, "at": NOW}
    amend_limit_text(clause="本省规定第十条", needs_review=False, **facts)
    amend_limit_text(clause="本省规定第十条", needs_review=False, **facts)
    event = Event.objects.get(kind="deadlines.limit_text_amended")
    assert set(event.changes) == {"clause", "needs_review"}
    with pytest.raises(InvalidInput, match="核实后"):
        amend_limit_text(clause="", needs_review=False, **facts)


def test_every_shipped_limit_has_a_code_and_every_code_a_limit():
    shipped = {row["code"] for row in _read("limits.csv")}
    assert shipped == set(Limit) == set(LimitRule.objects.values_list("code", flat=True))
    unchecked_without_clause = LimitRule.objects.filter(clause="", needs_review=False)
    assert not unchecked_without_clause.exists()


@pytest.mark.parametrize(
    ("code", "amount", "unit"),
    [
        (Limit.PENALTY_DECISION, 90, "calendar_day"),
        (Limit.FINE_PAYMENT, 15, "calendar_day"),
        (Limit.HEARING_REQUEST, 5, "working_day"),
        (Limit.HEARING_NOTICE, 7, "working_day"),
        (Limit.PENALTY_SERVICE, 7, "working_day"),
        (Limit.EVIDENCE_PRESERVATION, 7, "working_day"),
        (Limit.FINE_HAND_IN, 2, "working_day"),
        (Limit.WITHDRAW_PUBLICATION, 3, "working_day"),
        (Limit.REFUND_ANSWER, 5, "working_day"),
        (Limit.LESSON_CONFIRMATION, 15, "working_day"),
    ],
)
def test_article_85_short_periods_are_working_days(code, amount, unit):
    limit = limit_for(code, None, date(2026, 10, 1))
    assert (limit.amount, limit.unit) == (amount, unit)
