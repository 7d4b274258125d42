"""Deadlines: computing the last day, the steps and their refusals, scope, lists."""

from datetime import date

import pytest

from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines import queries, rules, working_days
from foundation.deadlines.enums import DeadlineState as S
from foundation.deadlines.enums import Limit, LimitUnit
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations import deadlines as operations
from foundation.deadlines.reckoning import Term, due_on, explain
from foundation.deadlines.workflow import DEADLINE
from foundation.regions.models import Division
from tests.cast import NEIGHBOUR, OWN, TOWN, jurisdiction
from tests.deadlines.factories import STARTED, at, started

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "start", "expected"),
    [
        (Limit.HEARING_REQUEST, "2026-09-29", "2026-10-12"),
        (Limit.PENALTY_SERVICE, "2026-09-29", "2026-10-14"),
        (Limit.PENALTY_DECISION, "2026-07-01", "2026-09-29"),
        (Limit.PENALTY_DECISION, "2026-07-05", "2026-10-03"),  # calendar days end in the holiday and do not roll
        (Limit.FINE_PAYMENT, "2026-09-18", "2026-10-08"),  # 10-03 is a day off: rolls to the first working day
        (Limit.LITIGATION, "2026-03-31", "2026-09-30"),
        (Limit.LITIGATION, "2026-04-02", "2026-10-08"),
        (Limit.FINE_HAND_IN, "2026-02-13", "2026-02-24"),
    ],
)
def test_the_last_day_follows_the_limit(cast, code, start, expected):
    deadline = started(cast.officer, code=code, started_on=date.fromisoformat(start))
    assert (str(deadline.due_on), deadline.warning) == (expected, "")


def test_the_rule_is_copied_and_the_start_is_audited_once(cast):
    deadline = started(cast.officer)
    assert (deadline.title, deadline.amount, deadline.unit) == ("机构答复退费申请", 5, LimitUnit.WORKING_DAY)
    event = Event.objects.get(subject_type="deadlines.deadline", subject_id=deadline.pk)
    assert (event.kind, event.actor_id, event.jurisdiction_id) == (
        "deadlines.started",
        cast.officer.user_id,
        deadline.jurisdiction_id,
    )


def test_a_deadline_into_a_year_not_announced_keeps_the_warning(cast):
    deadline = started(cast.officer, started_on=date(2026, 12, 30))
    assert "2027年" in Deadline.objects.get(pk=deadline.pk).warning


def test_a_calendar_day_limit_that_does_not_roll_leans_on_no_calendar(cast):
    assert started(cast.officer, code=Limit.PENALTY_DECISION, started_on=date(2026, 12, 1)).warning == ""


def test_a_fixed_date_needs_no_rule(cast):
    deadline = started(cast.officer, code="assignment.answer", due_on=date(2026, 10, 30))
    assert (deadline.rule, deadline.due_on, deadline.title) == (None, date(2026, 10, 30), "限期办理")


def test_an_unknown_limit_is_refused(cast):
    with pytest.raises(InvalidInput, match="没有在"):
        started(cast.officer, code="unknown.limit")
    assert not Deadline.objects.exists()
    assert not Event.objects.filter(kind="deadlines.started").exists()


def test_one_open_deadline_a_subject_and_code(cast):
    started(cast.officer)
    with pytest.raises(InvalidInput, match="已在计算中"):
        started(cast.officer)


def test_nobody_starts_a_deadline_elsewhere(cast):
    with pytest.raises(NotAllowed):
        started(cast.neighbour)
    assert not Deadline.objects.exists()


STEPS = {
    "meet": lambda d, by, when: operations.meet_deadline(deadline=d, by=by, at=when),
    "cancel": lambda d, by, when: operations.cancel_deadline(deadline=d, reason="已撤案", by=by, at=when),
    "extend": lambda d, by, when: operations.extend_deadline(deadline=d, reason="案情复杂", amount=2, by=by, at=when),
    "pause": lambda d, by, when: operations.pause_deadline(deadline=d, reason="送检鉴定", by=by, at=when),
    "resume": lambda d, by, when: operations.resume_deadline(deadline=d, by=by, at=when),
}
REACH = {S.RUNNING: (), S.PAUSED: ("pause",), S.MET: ("meet",), S.CANCELLED: ("cancel",)}
NEXT = {transition.name: transition for transition in DEADLINE.transitions}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", S.values)
def test_every_state_and_step(cast, state, step):
    when = at(date(2026, 9, 30))
    deadline = started(cast.officer)
    for earlier in REACH[S(state)]:
        deadline = STEPS[earlier](deadline, cast.officer, when)
    events = Event.objects.filter(subject_type="deadlines.deadline").count()
    if NEXT[step].starts_from(state):
        assert STEPS[step](deadline, cast.officer, when).state == NEXT[step].target
        assert Event.objects.filter(subject_type="deadlines.deadline").count() == events + 1
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](deadline, cast.officer, when)
        assert Deadline.objects.get(pk=deadline.pk).state == state
        assert Event.objects.filter(subject_type="deadlines.deadline").count() == events


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("who", ["neighbour", "leader", "supervisor", "auditor", "public", "system"])
def test_only_the_one_who_has_to_act_moves_a_deadline(cast, who, step):
    deadline = started(cast.officer)
    if step == "resume":
        deadline = STEPS["pause"](deadline, cast.officer, at(date(2026, 9, 30)))
    with pytest.raises(NotAllowed):
        STEPS[step](deadline, getattr(cast, who), at(date(2026, 9, 30)))
    assert Deadline.objects.get(pk=deadline.pk).due_on == deadline.due_on


def test_extending_adds_in_the_same_unit(cast):
    deadline = started(cast.officer)
    extended = STEPS["extend"](deadline, cast.officer, at(date(2026, 10, 9)))
    assert (extended.extended_by, extended.due_on) == (2, date(2026, 10, 14))
    event = Event.objects.get(kind="deadlines.extended")
    assert event.changes == {"due_on": ["2026-10-12", "2026-10-14"], "extended_by": [0, 2]}
    assert event.reason == "案情复杂"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reason": " ", "amount": 2}, "理由"),
        ({"reason": "案情复杂"}, "二者填一项"),
        ({"reason": "案情复杂", "amount": 1, "until": date(2026, 11, 1)}, "二者填一项"),
        ({"reason": "案情复杂", "until": date(2026, 10, 12)}, "晚于原到期日"),
    ],
)
def test_what_is_no_extension_is_refused(cast, given, message):
    deadline = started(cast.officer)
    with pytest.raises(InvalidInput, match=message):
        operations.extend_deadline(deadline=deadline, by=cast.officer, at=at(date(2026, 10, 9)), **given)
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2026, 10, 12)
    assert not Event.objects.filter(kind="deadlines.extended").exists()


def test_a_pause_does_not_count(cast):
    """Two of five days are used up (09-30, 10-08); the remaining three are counted from the day of resuming."""
    deadline = started(cast.officer)
    deadline = STEPS["pause"](deadline, cast.officer, at(date(2026, 10, 9)))
    assert not queries.overdue(Deadline.objects.all(), on=date(2026, 11, 30)).exists()
    deadline = STEPS["resume"](deadline, cast.officer, at(date(2026, 10, 20)))
    assert (deadline.paused_days, deadline.due_on) == (11, date(2026, 10, 22))


def test_a_pause_moves_a_fixed_date_by_its_days(cast):
    deadline = started(cast.officer, code="assignment.answer", due_on=date(2026, 10, 30))
    deadline = STEPS["pause"](deadline, cast.officer, at(date(2026, 10, 9)))
    deadline = STEPS["resume"](deadline, cast.officer, at(date(2026, 10, 19)))
    assert deadline.due_on == date(2026, 11, 9)


def test_a_deadline_that_has_passed_cannot_be_paused(cast):
    deadline = started(cast.officer)
    with pytest.raises(InvalidInput, match="届满"):
        STEPS["pause"](deadline, cast.officer, at(date(2026, 10, 13)))


def test_day_by_day_tells_why(cast):
    deadline = started(cast.officer)
    days = queries.day_by_day(deadline, along=working_days.calendar())
    told = {str(day.date): (day.number, day.why) for day in days}
    assert told["2026-09-29"] == (None, "起算当日不计入")
    assert told["2026-09-30"] == (1, "工作日，计入")
    assert told["2026-10-01"] == (None, "国庆节，不计入")
    assert told["2026-10-10"] == (4, "调休上班日，计入")
    assert told["2026-10-11"] == (None, "周末，不计入")
    assert told["2026-10-12"] == (5, "工作日，计入")
    assert [day.date for day in days][-1] == deadline.due_on


def test_day_by_day_tells_the_rolling_over():
    term = Term(date(2026, 9, 18), 15, LimitUnit.CALENDAR_DAY, rolls_over=True)
    calendar = working_days.calendar()
    last = due_on(term, calendar).value
    told = {str(day.date): (day.number, day.why) for day in explain(term, last, calendar)}
    assert told["2026-10-03"] == (15, "按日（自然日）连续计算，计入")
    assert told["2026-10-04"] == (None, "已期满，遇周末顺延")
    assert told["2026-10-08"] == (None, "顺延后的到期日")


SEES = {"officer", "second_officer", "leader", "legal", "city", "province", "discipline"}


def test_the_whole_cast_sees_only_its_area(cast):
    """The post opens the register or not; the scope says which rows. Narrowed posts do not see a row without place."""
    started(cast.officer)
    started(cast.neighbour, place=NEIGHBOUR)
    own, neighbour = jurisdiction(OWN).pk, jurisdiction(NEIGHBOUR).pk
    seen = {
        who: set(queries.visible_to(actor).values_list("jurisdiction", flat=True))
        for who, actor in cast.everyone().items()
        if rules.can_view_deadlines(actor)
    }
    assert {who for who, places in seen.items() if own in places} == SEES
    assert {who for who, places in seen.items() if neighbour in places} == {
        "neighbour",
        "city",
        "province",
        "discipline",
    }


def test_narrowed_posts_see_their_place_and_category(cast):
    town = Division.objects.get(code=TOWN)
    started(cast.officer, division=town, category="arts")
    started(cast.officer, division=town, category="subject", code=Limit.CASE_FILING)
    seen = {
        who: set(queries.visible_to(getattr(cast, who)).values_list("category", flat=True))
        for who in ("town", "culture")
    }
    assert seen == {"town": {"arts", "subject"}, "culture": {"arts"}}


def test_open_for_asks_capability_post_and_organ(cast):
    anybody = started(cast.officer)
    mine = started(cast.officer, code=Limit.PENALTY_SERVICE, post=cast_post(cast.officer))
    assert set(queries.open_for(cast.officer)) == {anybody, mine}
    assert set(queries.open_for(cast.second_officer)) == {anybody}
    assert set(queries.open_for(cast.leader)) == set()
    assert set(queries.open_for(cast.neighbour)) == set()


def cast_post(actor):
    return Post.objects.get(pk=actor.post_id)


def test_overdue_and_due_soon(cast):
    started(cast.officer)  # due 2026-10-12
    rows = Deadline.objects.all()
    along = working_days.calendar()
    soon = {
        on: queries.due_within(rows, 3, on=on, along=along).count() for on in dates("09-30 10-07 10-08 10-12 10-13")
    }
    assert list(soon.values()) == [0, 0, 1, 1, 0]
    assert [queries.overdue(rows, on=on).count() for on in dates("10-12 10-13")] == [0, 1]


def dates(text: str) -> list[date]:
    return [date.fromisoformat(f"2026-{part}") for part in text.split()]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-09-29", ("剩余 5 个工作日", "ok")),
        ("2026-10-08", ("剩余 3 个工作日", "notice")),
        ("2026-10-10", ("剩余 1 个工作日", "notice")),
        ("2026-10-12", ("今天到期", "notice")),
        ("2026-10-14", ("超期 2 天", "bad")),
    ],
)
def test_the_chip_says_it_in_words(cast, on, words):
    deadline = started(cast.officer, started_on=STARTED)
    assert queries.chip(deadline, on=date.fromisoformat(on), along=working_days.calendar()) == words


def test_the_end_of_a_partys_window_is_no_lateness(cast):
    """Whoever handles the matter waits for it: what comes after it is not overdue, and not finished late."""
    deadline = started(cast.officer, code=Limit.LISTING_STATEMENT, started_on=STARTED)
    rows, on, along = Deadline.objects.filter(pk=deadline.pk), date(2026, 12, 1), working_days.calendar()
    assert (queries.chip(deadline, on=on, along=along), queries.overdue(rows, on=on).count()) == (
        ("已期满", "notice"),
        0,
    )
    met = STEPS["meet"](deadline, cast.officer, at(date(2026, 11, 30), 0, 30))
    assert queries.chip(met, on=on, along=along) == ("已办结", "ok")


def test_a_late_finish_is_said(cast):
    deadline = started(cast.officer)
    late = STEPS["meet"](deadline, cast.officer, at(date(2026, 10, 13), 0, 30))
    assert queries.chip(late, on=date(2026, 11, 1), along=working_days.calendar()) == ("已办结（逾期）", "bad")
    assert late.capability == Can.EDIT_REGISTER
