"""Drawing, results, publication, filing: what comes out, what is refused, who is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.accounts.actors import actor_of
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.notifications.models import Message
from inspections.enums import DrawState
from inspections.models import DrawOfficer
from inspections.operations.draw_results import (
    close_draw,
    finish_check,
    name_pair,
    publish_results,
)
from inspections.operations.interests import declare_interest
from inspections.operations.random_draw import (
    run_draw,
)
from inspections.queries import draws as queries
from inspections.queries import pools
from tests.inspections.drawing import (
    CHECKED_AT,
    DRAWN_AT,
    FROZEN_AT,
    NUMBER,
    NUMBER_ON,
    frozen,
    graded,
    in_state,
    inspectors,
    planned,
    result,
    run,
    unchanged,
)
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
DAY = FROZEN_AT.date()


def test_drawing_is_the_pure_function_over_what_was_frozen(cast):
    rows = [graded(cast.officer, "C") for _ in range(10)]
    draw = run(cast)
    assert (draw.state, draw.public_number, len(draw.seed)) == (DrawState.DRAWN, "03081217263109", 64)
    drawn = list(draw.drawn.order_by("rank"))
    assert [(row.stratum, row.rank) for row in drawn] == [("C级", 1), ("C级", 2)]
    assert {row.institution_id for row in drawn} <= {row.pk for row in rows}
    assert all(row.code == row.institution.credit_code for row in drawn)
    assert queries.verify(draw) == []
    event = Event.objects.get(kind="draw.drawn")
    assert (event.changes["drawn"], event.changes["without_pair"]) == ([None, 2], [None, 0])


def test_the_officers_drawn_are_told_how_many(cast, at_work):
    for _ in range(10):
        institution(cast.officer)
    with clock.set_to(DRAWN_AT):
        run(cast)
        outbox.deliver_all(at=DRAWN_AT + timedelta(seconds=30))
        outbox.deliver_all(at=DRAWN_AT + timedelta(seconds=60))
    told = Message.objects.filter(kind="draws.to_check").order_by("recipient__name")
    assert [message.title.rpartition("：")[2] for message in told] == ["您被抽中检查 1 家"] * 4


@pytest.mark.parametrize("text", ["", "12", "三八", "03 08 12 1A", "1" * 61])
def test_a_public_number_is_digits(cast, text):
    draw = in_state(cast, DrawState.FROZEN)
    unchanged(draw, lambda: run(cast, draw, number=text), InvalidInput)


@pytest.mark.parametrize("text", ["03081217263109", "03 08 12 17 26 31 + 09", "０３ ０８-12 17 26 31＋09 "])
def test_however_the_number_is_typed_its_digits_count(cast, text):
    draw = run(cast, in_state(cast, DrawState.FROZEN), number=text)
    assert draw.public_number == "03081217263109"


def test_nothing_is_drawn_before_the_number_is_out(cast):
    draw = in_state(cast, DrawState.FROZEN)
    early = clock.end_of(NUMBER_ON - timedelta(days=1))
    unchanged(
        draw, lambda: run_draw(draw=draw, public_number=NUMBER, by=cast.officer, at=early), Conflict, "此前不能抽取"
    )


def test_a_corrected_code_still_leads_to_its_institution(cast):
    row = graded(cast.officer, "A")
    code, draw = row.credit_code, frozen(cast)
    type(row).objects.filter(pk=row.pk).update(credit_code=None)
    drawn = run(cast, draw).drawn.get()
    assert (drawn.institution_id, drawn.code) == (row.pk, code)
    assert queries.verify(draw) == []


def test_an_object_that_nobody_may_check_is_named_and_gets_a_pair_by_hand(cast):
    row = graded(cast.officer, "A")
    officers = inspectors(3)
    for post in officers[:2]:
        declare_interest(person=post.user, institution=row, reason="亲属", since=DAY, by=cast.officer, at=FROZEN_AT)
    draw = run(cast, planned_and_frozen(cast, officers))
    drawn = draw.drawn.get()
    assert (drawn.first_officer, Event.objects.get(kind="draw.drawn").changes["without_pair"]) == (None, [None, 1])
    unchanged(draw, lambda: result(drawn, cast.officer), Conflict, "没有检查人员")
    new = inspectors(1, first=9)[0]
    unchanged(draw, lambda: named(cast, drawn, [officers[0], new]), InvalidInput, "应当回避")
    unchanged(draw, lambda: named(cast, drawn, [new]), InvalidInput, "两名")
    unchanged(draw, lambda: named(cast, drawn, [officers[2], new], reason=""), InvalidInput, "理由")
    drawn = named(cast, drawn, [officers[2], new])
    assert (drawn.first_officer.number, drawn.second_officer.number) == ("闽D0003", "闽D0009")
    shown = queries.published(draw)["drawn"][0]
    assert (shown["officers"], shown["officers_by_hand"]) == ([], ["闽D0003", "闽D0009"])
    assert queries.verify(draw) == []
    assert DrawOfficer.objects.get(draw=draw, number="闽D0009").by_hand


def planned_and_frozen(cast, officers):
    return frozen(cast, planned(cast, officers=officers))


def named(cast, drawn, officers, reason="名册内人员均须回避"):
    return name_pair(drawn=drawn, officers=officers, reason=reason, by=cast.officer, at=CHECKED_AT)


def test_a_pair_that_the_draw_gave_is_not_changed_by_hand(cast):
    drawn = in_state(cast, DrawState.DRAWN).drawn.get()
    officers = list(Post.objects.filter(certificate_no__in=["闽D0001", "闽D0002"]))
    unchanged(drawn.draw, lambda: named(cast, drawn, officers))


def test_the_pairs_of_the_last_draw_are_avoided(cast):
    institution(cast.officer, at=FROZEN_AT)
    officers = inspectors(3)
    first = run(cast, planned_and_frozen(cast, officers)).drawn.get()
    pair = {first.first_officer.number, first.second_officer.number}
    again = planned_and_frozen(cast, officers)
    assert "\t".join(("同组", *sorted(pair))) in pools.lines_of(again.commitment)
    second = run(cast, again).drawn.get()
    assert {second.first_officer.number, second.second_officer.number} != pair
    free = frozen(cast, planned(cast, officers=officers, avoid_recent=0))
    assert not [line for line in pools.lines_of(free.commitment) if line.startswith("同组")]


def test_results_are_entered_by_the_office_or_by_who_was_sent(cast):
    draw = in_state(cast, DrawState.DRAWN)
    drawn = draw.drawn.select_related("first_officer__post").get()
    sent = actor_of(drawn.first_officer.post, user=drawn.first_officer.post.user)
    others = [
        actor_of(post, user=post.user)
        for post in Post.objects.filter(certificate_no__startswith="闽D").select_related("user", "organ")
        if post.pk not in (drawn.first_officer.post_id, drawn.second_officer.post_id)
    ]
    unchanged(draw, lambda: result(drawn, others[0]))
    assert result(drawn, sent).entered_by_id == sent.user_id
    assert result(drawn, cast.officer, follow_up="").follow_up == ""
    about = Event.objects.filter(subject_type="inspections.drawnobject").order_by("pk")
    assert list(about.values_list("kind", flat=True)) == ["draw.result_recorded"] * 2


def test_the_visit_of_a_result_is_one_to_this_institution(cast):
    draw = in_state(cast, DrawState.DRAWN)
    drawn = draw.drawn.select_related("institution").get()
    other = institution(cast.officer)
    right, wrong = (
        filed(
            officers_report(row, cast.officer, cast.second_officer, visited_on=CHECKED_AT.date()),
            cast.officer,
            at=CHECKED_AT,
        )
        for row in (drawn.institution, other)
    )
    assert list(queries.visits_for(drawn)) == [right]
    unchanged(draw, lambda: result(drawn, cast.officer, visit=wrong), InvalidInput, "检查记录")
    assert result(drawn, cast.officer, visit=right).visit_id == right.pk


@pytest.mark.parametrize(
    "given",
    [
        {"result": ""},
        {"checked_on": DRAWN_AT.date() - timedelta(days=1)},
        {"checked_on": CHECKED_AT.date() + timedelta(days=1)},
    ],
)
def test_a_result_is_complete_and_of_a_possible_day(cast, given):
    draw = in_state(cast, DrawState.DRAWN)
    unchanged(draw, lambda: result(draw.drawn.get(), cast.officer, **given), InvalidInput)


def test_the_check_is_finished_when_every_object_has_a_result(cast):
    draw = in_state(cast, DrawState.DRAWN)
    unchanged(draw, lambda: finish_check(draw=draw, by=cast.officer, at=CHECKED_AT), Conflict, "还有 1 家")


def test_publication_is_due_20_working_days_after_the_last_check_and_stops_the_clock(cast):
    draw = in_state(cast, DrawState.CHECKED)
    deadline = Deadline.objects.get(code="draw.publication")
    assert (deadline.started_on, deadline.due_on) == (date(2026, 11, 24), date(2026, 12, 22))
    assert queries.published(draw)["drawn"][0]["result"] == ""
    assert list(queries.to_publish(cast.officer)) == [draw]
    publish_results(draw=draw, by=cast.officer, at=CHECKED_AT)
    draw.refresh_from_db()
    deadline.refresh_from_db()
    assert (deadline.state, draw.published_on) == (DeadlineState.MET, CHECKED_AT.date())
    assert queries.published(draw)["drawn"][0]["result"] == "未发现问题"
    assert queries.verify(draw) == []


def test_a_correction_after_the_check_needs_a_reason(cast):
    draw = in_state(cast, DrawState.PUBLISHED)
    drawn = draw.drawn.get()
    unchanged(draw, lambda: result(drawn, cast.officer), InvalidInput, "理由")
    result(drawn, cast.officer, reason="复核后更正")
    assert Event.objects.get(kind="draw.result_corrected").reason == "复核后更正"
    assert queries.published(draw)["drawn"][0]["result"] == "发现问题已责令改正"
    close_draw(draw=draw, by=cast.officer, at=CHECKED_AT)
    unchanged(draw, lambda: result(drawn, cast.officer, reason="再改"), IllegalTransition)
