"""约谈: 61 institutions at once about three problems, each with its day, each closed by a visit."""

from datetime import timedelta

import pytest

from enforcement import clocks, queries, workflow
from enforcement.enums import InterviewKind, InterviewState, PartyState
from enforcement.models import Interview, InterviewParty, StudyVisit
from enforcement.operations.interviews import cancel_interview, confirm_fixed, drop_party, record_study_visit, summon
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from inspections.enums import Outcome, Slot
from tests.cast import NEIGHBOUR
from tests.enforcement.factories import AT, LATER, TWO, inspected
from tests.enforcement.interviewing import THREE, held, planned, with_parties
from tests.inspections.campaigning import running
from tests.inspections.factories import DAY
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
INTERVIEWS, PARTIES = "/admin/enforcement/interview/", "/admin/enforcement/interviewparty/"


def clean_visit(cast, row, **given):
    facts = {"outcome": Outcome.CLEAN, "problems": (), "at": LATER, "slot": Slot.MORNING}
    return inspected(cast, row, **facts | given)


def test_many_are_summoned_at_once_and_each_has_its_day(cast):
    rows = [institution(cast.officer) for _ in range(5)]
    interview = with_parties(cast.officer, rows)
    first, *_ = interview.parties.order_by("pk")
    row = held(interview, cast.officer, absent={first.pk})
    assert (row.state, row.document.number) == (InterviewState.HELD, "思教约谈〔2026〕1号")
    assert all(name in row.document.content for name in (*THREE, "未到场", rows[4].name))
    parties = list(interview.parties.order_by("pk"))
    assert [party.state for party in parties] == [PartyState.OPEN] * 5
    assert [party.attended for party in parties] == [False, True, True, True, True]
    assert Deadline.objects.filter(code=clocks.PARTY_DEADLINE, due_on=DAY + timedelta(days=15)).count() == 5
    found = queries.interview_figures(Interview.objects.all())
    assert (found.institutions, found.problems, found.fixed, found.open) == (5, 3, 0, 5)


def test_it_counts_in_the_campaign_that_was_chosen(cast, enter):
    """Only campaigns that run and that the officer may see are offered."""
    ours, foreign = (
        running(cast.officer, name="暑期护苗"),
        running(cast.neighbour, county=NEIGHBOUR),
    )
    client = enter(cast.officer)
    page = client.get(f"{INTERVIEWS}plan/").content.decode()
    assert ours.name in page
    assert f'value="{foreign.pk}"' not in page.split('name="campaign"')[1]
    facts = {"kind": "individual", "title": "违规广告约谈", "planned_on": "2026-11-18", "place": "会议室"}
    assert client.post(f"{INTERVIEWS}plan/", facts | {"campaign": foreign.pk}).status_code == 200
    assert client.post(f"{INTERVIEWS}plan/", facts | {"campaign": ours.pk}).status_code == 302
    interview = Interview.objects.get()
    assert interview.campaign == ours
    assert ours.name in client.get(f"{INTERVIEWS}{interview.pk}/").content.decode()


def test_only_a_clean_visit_afterwards_closes_one(cast):
    row = institution(cast.officer)
    interview = held(with_parties(cast.officer, [row]), cast.officer)
    party = interview.parties.get()
    bad = clean_visit(cast, row, outcome=Outcome.FOLLOW_UP)
    before = clean_visit(cast, row, at=AT - timedelta(days=1))
    elsewhere = clean_visit(cast, institution(cast.officer))
    for visit in (bad, before, elsewhere):
        with pytest.raises(InvalidInput, match="作为依据"):
            confirm_fixed(party=party, visit=visit, by=cast.officer, at=LATER)
    good = clean_visit(cast, row, slot=Slot.EVENING)
    assert confirm_fixed(party=party, visit=good, by=cast.city, at=LATER).state == PartyState.FIXED
    assert Deadline.objects.get(code=clocks.PARTY_DEADLINE).state == DeadlineState.MET
    assert queries.interview_figures(Interview.objects.all()).fixed == 1


def test_an_interview_without_problems_asks_for_nothing(cast):
    row = institution(cast.officer)
    interview = with_parties(cast.officer, [row], kind=InterviewKind.INDIVIDUAL, problems=(), due_on=None)
    held(interview, cast.officer)
    assert (interview.parties.get().state, Deadline.objects.count()) == (PartyState.TALKED, 0)


@pytest.mark.parametrize("given", [{"problems": ()}, {"due_on": None}, {"due_on": DAY - timedelta(days=1)}])
def test_problems_and_their_day_belong_together(cast, given):
    with pytest.raises(InvalidInput):
        planned(cast.officer, **given)
    assert Interview.objects.count() == 0


def test_whom_one_may_summon(cast):
    interview = planned(cast.officer, kind=InterviewKind.INDIVIDUAL)
    away = institution(cast.neighbour, county=NEIGHBOUR)
    mine = institution(cast.officer)
    with pytest.raises(NotAllowed):
        summon(interview=interview, institution=away, by=cast.officer, at=AT)
    summon(interview=interview, institution=mine, by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="一家"):
        summon(interview=interview, institution=institution(cast.officer), by=cast.officer, at=AT)
    other = planned(cast.officer)
    summon(interview=other, institution=mine, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="已在这次约谈中"):
        summon(interview=other, institution=mine, by=cast.officer, at=AT)
    held(other, cast.officer)
    with pytest.raises(IllegalTransition):
        summon(interview=other, institution=institution(cast.officer), by=cast.officer, at=AT)


@pytest.mark.parametrize("who", ["leader", "city", "neighbour", "town", "supervisor", "public"])
def test_who_may_not_lead_it(cast, who):
    interview, by = with_parties(cast.officer, [institution(cast.officer)]), getattr(cast, who)
    for act in (
        lambda: held(interview, by),
        lambda: cancel_interview(interview=interview, reason="改期", by=by, at=AT),
        lambda: drop_party(party=interview.parties.get(), reason="写错", by=by, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Interview.objects.get().state == InterviewState.PLANNED


def test_what_a_record_needs(cast):
    empty = planned(cast.officer)
    with pytest.raises(InvalidInput, match="还没有通知"):
        held(empty, cast.officer)
    interview = with_parties(cast.officer, [institution(cast.officer)])
    with pytest.raises(InvalidInput, match="到场情况"):
        held(interview, cast.officer, attendance={})
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        held(interview, cast.officer, held_on=DAY + timedelta(days=1))
    with pytest.raises(InvalidInput):
        held(interview, cast.officer, host=" ")


def in_state(cast, state):
    """One of the summoned that has come this far."""
    row = institution(cast.officer)
    problems = {} if state != PartyState.TALKED else {"problems": (), "due_on": None}
    interview = with_parties(cast.officer, [row], **problems)
    party = interview.parties.get()
    if state == PartyState.DROPPED:
        drop_party(party=party, reason="写错", by=cast.officer, at=AT)
    elif state != PartyState.SUMMONED:
        held(interview, cast.officer)
    if state == PartyState.FIXED:
        confirm_fixed(party=party, visit=clean_visit(cast, row), by=cast.officer, at=LATER)
    return InterviewParty.objects.get(pk=party.pk)


@pytest.mark.parametrize("state", PartyState)
def test_every_step_of_a_party_in_every_state(cast, state):
    party = in_state(cast, state)
    assert party.state == state
    visit = clean_visit(cast, party.institution, slot=Slot.EVENING)
    acts = {
        workflow.DROP: lambda: drop_party(party=party, reason="写错", by=cast.officer, at=LATER),
        workflow.FIX: lambda: confirm_fixed(party=party, visit=visit, by=cast.officer, at=LATER),
    }
    for step, act in acts.items():
        if step.starts_from(state):
            act()
            assert InterviewParty.objects.get(pk=party.pk).state == step.target
            return
        with pytest.raises((IllegalTransition, InvalidInput)):
            act()
    assert InterviewParty.objects.get(pk=party.pk).state == state


@pytest.mark.parametrize("state", InterviewState)
def test_every_step_of_an_interview_in_every_state(cast, state):
    interview = with_parties(cast.officer, [institution(cast.officer)])
    if state == InterviewState.HELD:
        held(interview, cast.officer)
    elif state == InterviewState.CANCELLED:
        cancel_interview(interview=interview, reason="改期", by=cast.officer, at=AT)
    acts = {
        workflow.HOLD: lambda: held(interview, cast.officer),
        workflow.CANCEL: lambda: cancel_interview(interview=interview, reason="改期", by=cast.officer, at=AT),
    }
    for step, act in acts.items():
        if step.starts_from(state):
            act()
            assert Interview.objects.get().state == step.target
            return
        with pytest.raises(IllegalTransition):
            act()


def test_a_cancelled_interview_frees_its_parties(cast):
    interview = with_parties(cast.officer, [institution(cast.officer)])
    cancel_interview(interview=interview, reason="改期", by=cast.officer, at=AT)
    assert interview.parties.get().state == PartyState.DROPPED
    assert queries.interview_figures(Interview.objects.all()).institutions == 0


def test_a_study_visit_names_who_came_along(cast):
    host, guest = institution(cast.officer), institution(cast.officer)
    facts = {"held_on": DAY, "topics": "规范收费", "persons": 8, "by": cast.officer, "at": AT}
    row = record_study_visit(institution=host, guests=[guest], **facts)
    assert list(row.guests.values_list("institution", flat=True)) == [guest.pk]
    with pytest.raises(InvalidInput, match="观摩机构本身"):
        record_study_visit(institution=host, guests=[host], **facts)
    with pytest.raises(NotAllowed):
        record_study_visit(institution=host, guests=[], **facts | {"by": cast.leader})
    assert (StudyVisit.objects.count(), Event.objects.filter(kind="study_visit.recorded").count()) == (1, 1)


# -- pages ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def today():
    with clock.set_to(AT):
        yield


def test_from_the_plan_to_the_record_on_pages(cast, enter, today):
    rows = [institution(cast.officer) for _ in range(3)]
    client = enter(cast.officer)
    plan = {"kind": "collective", "title": "集体约谈", "planned_on": f"{DAY}", "place": "会议室"}
    plan |= {"problems": "未开户\n未签合同\n", "due_on": f"{DAY + timedelta(days=9)}"}
    planned(cast.officer)  # gives the organ its word
    assert client.post(f"{INTERVIEWS}plan/", plan).status_code == 302
    interview = Interview.objects.get(title="集体约谈")
    for row in rows:
        address = f"/admin/institutions/institution/{row.pk}/summon/"
        assert interview.title in client.get(address).content.decode()
        assert client.post(address, {"interview": interview.pk}).status_code == 302
    page = client.get(f"{INTERVIEWS}{interview.pk}/hold/").content.decode()
    assert all(row.name in page for row in rows)
    first, *others = interview.parties.order_by("pk")
    came = {f"party_{party.pk}": "校长" for party in others} | {f"party_{first.pk}": ""}
    sent = {"held_on": f"{DAY}", "host": "副局长", "requirements": "限期整改", **came}
    assert client.post(f"{INTERVIEWS}{interview.pk}/hold/", sent).status_code == 302
    shown = client.get(f"{INTERVIEWS}{interview.pk}/").content.decode()
    for words in ("未到场", "未开户；未签合同", "3家", "思教约谈〔2026〕1号"):
        assert words in shown
    assert "parties" not in shown
    visit = inspected(cast, first.institution, outcome=Outcome.CLEAN, problems=(), officers=TWO)
    assert visit.number in client.get(f"{PARTIES}{first.pk}/fixed/").content.decode()
    assert client.post(f"{PARTIES}{first.pk}/fixed/", {"visit": visit.pk, "remark": "已开户"}).status_code == 302
    assert "已整改" in client.get(f"/admin/institutions/institution/{first.institution_id}/").content.decode()


def test_guests_are_found_by_name_or_code_or_told(cast, enter, today):
    host, guest = institution(cast.officer), institution(cast.officer)
    client, address = enter(cast.officer), f"/admin/institutions/institution/{host.pk}/study-visit/"
    facts = {"held_on": f"{DAY}", "topics": "规范收费", "persons": 6}
    assert "名录中没有找到" in client.post(address, facts | {"guests": "没有这一家"}).content.decode()
    assert client.post(address, facts | {"guests": f"{guest.name}\n"}).status_code == 302
    row = StudyVisit.objects.get()
    shown = client.get(f"/admin/enforcement/studyvisit/{row.pk}/").content.decode()
    assert guest.name in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_query_counts(cast, enter, django_assert_num_queries, rows, today):
    held(with_parties(cast.officer, [institution(cast.officer) for _ in range(rows)]), cast.officer)
    client = enter(cast.officer)
    for address, queries_asked in ((INTERVIEWS, 6), (PARTIES, 6)):
        client.get(address)
        with django_assert_num_queries(queries_asked):
            client.get(address)
