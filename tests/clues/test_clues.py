"""Taking in, checking and closing clues: who may, what is kept, what is refused, who is told."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from assignments.enums import Urgency
from clues import points, queries, workflow
from clues.enums import Channel, ClueState, Subject, Verdict
from clues.models import Clue
from clues.operations import triage
from clues.operations.clues import close_clue, set_check_points, start_checking
from foundation.accounts.enums import Can, Role
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, School
from institutions.models import UnlicensedSite
from institutions.operations.merging import merge_institutions
from institutions.operations.unlicensed import merge_unlicensed
from tests.cast import NEIGHBOUR, OTHER_CITY, OWN, TOWN, acting, jurisdiction, organ, person
from tests.clues.factories import SEEN, accepted, clue, in_state
from tests.institutions.factories import AT, institution, town, unlicensed

pytestmark = pytest.mark.django_db


def community(actor) -> Division:
    return Division.objects.get(pk=sorted(actor.areas)[0])


# -- taking in -----------------------------------------------------------------------------------------------------
def test_a_clue_is_numbered_by_county_and_year_and_lists_what_to_check(cast):
    first = clue(cast.officer)
    second = clue(cast.officer, check_points=["  请看三楼 ", "", "请看三楼"])
    other = clue(cast.neighbour, county=NEIGHBOUR)
    assert [row.number for row in (first, second, other)] == [
        "XS-350203-2026-0001", "XS-350203-2026-0002", "XS-350211-2026-0001",
    ]  # fmt: skip
    assert (first.state, first.points) == (ClueState.RECEIVED, points.usual(Subject.UNLICENSED))
    assert second.points == ["请看三楼"]
    assert (first.happened_on, first.reported_by_id) == (AT.date(), None)
    event = Event.objects.filter(kind="clue.taken_in", subject_id=first.pk).get()
    assert (event.actor_id, event.jurisdiction_id) == (cast.officer.user_id, jurisdiction(OWN).pk)


def test_every_subject_has_points_that_fit(cast):
    for subject in Subject:
        assert 1 <= len(points.usual(subject)) <= points.MOST_POINTS
        assert all(len(point) <= points.LONGEST_POINT for point in points.usual(subject))


def test_the_text_is_sealed_and_never_in_the_trail(cast):
    row = in_state(cast, ClueState.CLOSED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, result FROM clues_clue WHERE id = %s", [row.pk])
        stored = cursor.fetchone()
    assert [text.startswith("v1$aes256gcm$") for text in stored] == [True, True]
    assert Clue.objects.get(pk=row.pk).content == SEEN
    outbox.deliver_all(at=AT)
    trail = " ".join(f"{event.changes} {event.reason} {event.subject_label}" for event in Event.objects.all())
    told = " ".join(f"{message.title} {message.body}" for message in Message.objects.all())
    assert not any(word in trail + told for word in ("李老师", "已现场核查"))


@pytest.mark.parametrize(
    ("who", "channel", "names"),
    [("grid", Channel.GRID, True), ("supervisor", Channel.SUPERVISOR, True), ("officer", Channel.PHONE, False)],
)
def test_our_own_people_are_named_the_public_is_not(cast, who, channel, names):
    actor = getattr(cast, who)
    row = clue(actor, channel=channel, division=community(cast.grid))
    assert (row.reported_by_id, row.reported_organ_id) == ((actor.user_id, actor.organ_id) if names else (None, None))


def test_another_may_be_named_as_the_reporter(cast):
    """A supervisor's feedback that the bureau makes a clue of."""
    told = User.objects.get(pk=cast.supervisor.user_id)
    row = clue(cast.city, channel=Channel.SUPERVISOR, reported_by=told, reported_organ=told.organ)
    assert (row.reported_by, row.reported_organ) == (told, told.organ)


def test_who_may_report_and_where(cast):
    """Exactly the posts that go out or take in, and only in their own area."""
    may = {"officer", "second_officer", "city", "town", "culture", "supervisor", "grid"}
    for name, actor in cast.everyone().items():
        before = Event.objects.count()
        if name in may:
            assert clue(actor, division=community(cast.grid))
        else:
            with pytest.raises(NotAllowed):
                clue(actor, division=community(cast.grid))
            assert Event.objects.count() == before
    assert Clue.objects.count() == len(may)
    elsewhere = Division.objects.filter(parent__code=OWN).exclude(code=TOWN).order_by("code")[0]
    for actor in (cast.grid, cast.town):
        with pytest.raises(NotAllowed, match="不在您负责的区域"):
            clue(actor, division=elsewhere)


def test_a_school_specialist_reports_around_the_school(cast):
    school = School.objects.create(
        jurisdiction=jurisdiction(OWN), division=town(), name="演示小学", stage=SchoolStage.PRIMARY
    )
    specialist = acting(person(Role.SCHOOL_SPECIALIST, organ(OWN, name="演示小学"), school=school))
    assert clue(specialist, channel=Channel.SCHOOL).reported_by_id == specialist.user_id
    assert queries.channel_of(specialist) == Channel.SCHOOL


@pytest.mark.parametrize(
    "given",
    [
        {"happened_on": AT.date() + timedelta(days=1)},
        {"county": NEIGHBOUR, "division": "own"},
        {"institution": "neighbour"},
        {"unlicensed_site": "neighbour"},
        {"check_points": ["请核查"] * 3 + [str(number) for number in range(10)]},
        {"check_points": ["长" * 101]},
        {"subject": "x"},
        {"institution": "own", "unlicensed_site": "own"},
    ],
    ids=["tomorrow", "place elsewhere", "institution elsewhere", "site elsewhere", "many", "long", "unknown", "both"],
)
def test_what_does_not_fit_is_refused_and_leaves_nothing(cast, given):
    actors = {"own": cast.officer, "neighbour": cast.neighbour}
    counties = {"own": OWN, "neighbour": NEIGHBOUR}
    makers = {
        "institution": institution,
        "unlicensed_site": unlicensed,
        "division": lambda by, county: town(county),
    }
    facts = {
        name: makers[name](actors[value], county=counties[value]) if name in makers else value
        for name, value in given.items()
    }
    with pytest.raises(InvalidInput):
        clue(cast.city, **facts)
    assert (Clue.objects.count(), Event.objects.filter(kind="clue.taken_in").count()) == (0, 0)


def test_a_merged_institution_takes_no_more_clues_and_its_clues_show_at_the_kept_one(cast):
    keep, absorb = (institution(cast.officer, credit_code=None) for _ in range(2))
    site = unlicensed(cast.officer)
    old, of_site = clue(cast.officer, institution=absorb), clue(cast.officer, unlicensed_site=site)
    merge_institutions(keep=keep, absorb=absorb, reason="重复", by=cast.officer, at=AT)
    merge_unlicensed(site=site, institution=keep, reason="已取证", by=cast.officer, at=AT)
    absorb.refresh_from_db()
    with pytest.raises(Conflict, match="已并入"):
        clue(cast.officer, institution=absorb)
    assert set(queries.about_institution(cast.officer, keep)) == {old, of_site}
    assert list(queries.about_site(cast.officer, UnlicensedSite.objects.get())) == [of_site]


def test_the_same_form_sent_again_is_the_same_clue(cast):
    sent = {"client_id": uuid4(), "channel": Channel.GRID, "division": community(cast.grid)}
    first, again = clue(cast.grid, **sent), clue(cast.grid, **sent)
    assert (first.pk, Clue.objects.count()) == (again.pk, 1)
    assert Event.objects.filter(kind="clue.taken_in").count() == 1
    with pytest.raises(Conflict, match="已由他人提交"):
        clue(cast.town, **sent)


# -- steps ---------------------------------------------------------------------------------------------------------
STEPS = {
    workflow.ACCEPT: accepted,
    workflow.REFUSE: lambda row, by: triage.refuse_clue(clue=row, reason="不属于", by=by, at=AT),
    workflow.HAND_OVER: lambda row, by: triage.hand_over(
        clue=row, to=jurisdiction(OTHER_CITY), reason="不在本区", by=by, at=AT
    ),
    workflow.GIVE_BACK: lambda row, by: triage.give_back(clue=row, reason="也不在本区", by=by, at=AT),
    workflow.MERGE: lambda row, by: triage.merge_clue(clue=row, into=clue(by), by=by, at=AT),
    workflow.START_CHECKING: lambda row, by: start_checking(clue=row, by=by, at=AT),
    workflow.CLOSE: lambda row, by: close_clue(clue=row, verdict=Verdict.UNTRUE, result="未见培训", by=by, at=AT),
}


@pytest.mark.parametrize("state", ClueState)
@pytest.mark.parametrize("step", workflow.CLUE.transitions, ids=lambda step: step.name)
def test_each_step_from_each_state(cast, state, step):
    """As the city, which sees it wherever it was handed over. From outside it is accepted before it is checked."""
    row = in_state(cast, state)
    facts = Event.objects.filter(subject_type="clues.clue", subject_id=row.pk)
    before = facts.count()
    if step.starts_from(state) and (step, state) != (workflow.START_CHECKING, ClueState.RECEIVED):
        STEPS[step](row, cast.city)
        row.refresh_from_db()
        assert (row.state, facts.count()) == (step.target, before + 1)
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](row, cast.city)
        row.refresh_from_db()
        assert (row.state, facts.count()) == (state, before)


def test_what_our_own_people_report_is_checked_at_once(cast):
    row = clue(cast.officer, channel=Channel.STAFF)
    assert start_checking(clue=row, by=cast.officer, at=AT).state == ClueState.CHECKING


def test_the_check_names_who_does_it_and_ends_with_a_verdict(cast):
    row = start_checking(clue=accepted(clue(cast.officer), cast.officer), by=cast.second_officer, at=AT)
    assert row.checked_by_id == cast.second_officer.user_id
    with pytest.raises(InvalidInput, match="核查情况"):
        close_clue(clue=row, verdict=Verdict.TRUE, result=" ", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        close_clue(clue=row, verdict="", result="已查", by=cast.officer, at=AT)
    row.refresh_from_db()
    assert (row.state, row.verdict) == (ClueState.CHECKING, "")
    closed = close_clue(clue=row, verdict=Verdict.PARTLY, result="李老师在场", by=cast.officer, at=AT)
    event = Event.objects.get(kind="clue.closed")
    assert (closed.verdict, event.changes["verdict"], event.changes["result"]) == (
        Verdict.PARTLY, ["", "partly"], ["***", "***"],
    )  # fmt: skip


@pytest.mark.parametrize("who", ["neighbour", "leader", "province", "town", "culture", "grid", "supervisor", "public"])
def test_others_do_not_handle(cast, who):
    row, actor = clue(cast.officer), None
    actor = getattr(cast, who)
    facts = Event.objects.filter(kind__startswith="clue.")
    before = facts.count()
    for act in (
        lambda: start_checking(clue=row, by=actor, at=AT),
        lambda: set_check_points(clue=row, check_points=["请看"], by=actor, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    checking = start_checking(clue=accepted(row, cast.officer), by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        close_clue(clue=checking, verdict=Verdict.TRUE, result="x", by=actor, at=AT)
    row.refresh_from_db()
    assert (row.state, facts.count()) == (ClueState.CHECKING, before + 2)


def test_points_may_be_written_until_it_is_closed(cast):
    row = clue(cast.officer)
    set_check_points(clue=row, check_points=["请看三楼", "请看消防"], by=cast.officer, at=AT)
    set_check_points(clue=row, check_points=["请看三楼", "请看消防"], by=cast.officer, at=AT)
    assert Event.objects.filter(kind="clue.points_set").count() == 1
    with pytest.raises(InvalidInput, match="至少写一条"):
        set_check_points(clue=row, check_points=[" "], by=cast.officer, at=AT)
    closed = in_state(cast, ClueState.CLOSED)
    with pytest.raises(Conflict, match="已办结"):
        set_check_points(clue=closed, check_points=["请看"], by=cast.officer, at=AT)


# -- who sees and hears what ---------------------------------------------------------------------------------------
def test_the_whole_cast_sees_what_it_may(cast):
    row = clue(cast.officer)
    seen = {name for name, actor in cast.everyone().items() if Clue.objects.visible_to(actor).filter(pk=row.pk)}
    assert seen == {"officer", "second_officer", "leader", "city"}
    assert {name for name, actor in cast.everyone().items() if actor.can(Can.VIEW_CLUES)} == seen | {
        "neighbour", "other_city",
    }  # fmt: skip


def test_a_reporter_knows_of_the_own_ones_number_and_state_only(cast):
    place = community(cast.grid)
    mine = clue(cast.grid, channel=Channel.GRID, division=place)
    clue(cast.town, channel=Channel.STAFF, division=place)
    [report] = queries.own_reports(cast.grid, limit=20)
    assert (report.number, report.subject, report.place, report.state, report.closed) == (
        mine.number, "无证办学", str(place.name), "待受理", False,
    )  # fmt: skip
    assert SEEN not in str(report)
    assert queries.own_reports(cast.public, limit=20) == []
    assert list(Clue.objects.visible_to(cast.grid)) == []


def test_those_who_handle_it_are_told_once_and_the_reporter_of_the_end(cast):
    row = clue(cast.grid, channel=Channel.GRID, division=community(cast.grid), urgency=Urgency.URGENT)
    outbox.deliver_all(at=AT)
    told = Message.objects.filter(kind="clues.urgent")
    assert set(told.values_list("recipient", flat=True)) == {cast.officer.user_id, cast.second_officer.user_id}
    assert told[:1].get().title.startswith(row.number)
    outbox.put("clues.taken_in", at=AT, clue_id=row.pk)
    outbox.deliver_all(at=AT)
    assert Message.objects.filter(kind__startswith="clues.").count() == 2
    start_checking(clue=row, by=cast.officer, at=AT)
    close_clue(clue=row, verdict=Verdict.TRUE, result="已查", by=cast.officer, at=AT)
    outbox.deliver_all(at=AT)
    end = Message.objects.get(kind="clues.closed")
    assert (end.recipient_id, "属实" in end.title + end.body) == (cast.grid.user_id, False)


def test_a_call_has_nobody_to_thank(cast):
    in_state(cast, ClueState.CLOSED)
    outbox.deliver_all(at=AT)
    assert not Message.objects.filter(kind="clues.closed").exists()


def test_nobody_at_the_own_level_means_the_level_above_is_told(cast):
    town_of_city = town("350205")
    clue(cast.city, county="350205", division=town_of_city, happened_on=date(2026, 11, 1))
    outbox.deliver_all(at=AT)
    assert set(Message.objects.filter(kind="clues.new").values_list("recipient", flat=True)) == {cast.city.user_id}


def test_institutions_nearby_are_those_of_the_own_town(cast):
    near, far = institution(cast.officer), institution(cast.officer, division=Division.objects.filter(
        parent__code=OWN).exclude(code=TOWN).order_by("code")[0])  # fmt: skip
    in_community = institution(cast.officer, division=community(cast.grid))
    assert {row.pk for row in queries.nearby(cast.grid, "启明", limit=10)} == {near.pk, in_community.pk}
    assert far.pk in {row.pk for row in queries.nearby(cast.supervisor, "启明", limit=10)}
    assert queries.nearby(cast.neighbour, "启明", limit=10) == []
