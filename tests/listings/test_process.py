"""Due process: every state and step of both kinds of lists, the window to the day, who is told what, void evidence."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.actor import job
from foundation.core.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.limits import set_limit
from foundation.documents.models import Document
from inspections.operations.visits import void_visit
from listings import queries, tasks, workflow
from listings.clocks import window_of
from listings.enums import Hearing, ListKind, ListState
from listings.models import ListEntry
from listings.operations.entries import approve_listing, reject_listing
from listings.operations.hearing import (
    close_window,
    notify_party,
    record_notice_service,
    take_in_defence,
    waive_defence,
)
from listings.operations.removal import approve_delisting, let_lapse, propose_delisting, reject_delisting
from tests.institutions.factories import AT, institution
from tests.listings.factories import evidence_for, heard, in_state, listed, notified, proposed, served

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
AFTERWARDS = AT + timedelta(days=30)


def worker(cast):
    return job("到期", *cast.leader.capabilities, scope=cast.leader.scope)


def told(**given):
    return {"service": "direct", "served_on": LATER.date(), "recipient": "陈校长", **given}


STEPS = {
    "notify": lambda cast, entry: notify_party(entry=entry, by=cast.officer, at=LATER),
    "serve": lambda cast, entry: record_notice_service(entry=entry, by=cast.officer, at=LATER, **told()),
    "waive": lambda cast, entry: waive_defence(entry=entry, text="声明", given_by="陈", by=cast.officer, at=LATER),
    "close_window": lambda cast, entry: close_window(entry=entry, by=worker(cast), at=AFTERWARDS),
    "approve": lambda cast, entry: approve_listing(entry=entry, by=cast.leader, at=LATER),
    "reject": lambda cast, entry: reject_listing(entry=entry, remark="退回", by=cast.leader, at=LATER),
    "propose_removal": lambda cast, entry: propose_delisting(
        entry=entry, reason="有误", ground="mistake", by=cast.officer, at=LATER
    ),
    "approve_removal": lambda cast, entry: approve_delisting(entry=entry, by=cast.leader, at=LATER),
    "reject_removal": lambda cast, entry: reject_delisting(entry=entry, remark="未通过", by=cast.leader, at=LATER),
    "lapse": lambda cast, entry: let_lapse(entry=entry, by=worker(cast), at=AT + timedelta(days=900)),
}
OF_WHITE = (ListState.PROPOSED, ListState.APPROVED, ListState.REMOVING, ListState.ENDED, ListState.REJECTED)
CASES = [(ListKind.WHITE, state) for state in OF_WHITE] + [(ListKind.BLACK, state) for state in ListState]
#: Steps that start from the state but are not for the kind: without a hearing, or before it.
NOT_FOR = {
    (ListKind.WHITE, ListState.PROPOSED, "notify"): NotAllowed,
    (ListKind.BLACK, ListState.PROPOSED, "approve"): IllegalTransition,
}


def test_every_step_is_tried():
    assert {step.name for step in workflow.LISTING.transitions} == set(STEPS)


@pytest.mark.parametrize(("kind", "state"), CASES)
def test_every_state_and_step(cast, kind, state):
    """From each state each step leads where the table says and leaves its event, or is refused and changes nothing."""
    entry = in_state(cast, state, kind=kind)
    own = Event.objects.filter(subject_id=entry.pk, subject_type="listings.listentry")
    before = (ListEntry.objects.filter(pk=entry.pk).values().get(), Event.objects.count())
    events = own.count()
    for step in workflow.LISTING.transitions:
        refusal = NOT_FOR.get((kind, state, step.name), None if step.starts_from(state) else DomainError)
        with transaction.atomic():
            if refusal is None:
                assert STEPS[step.name](cast, entry).state == step.target, step.name
                assert own.count() == events + 1, step.name
            else:
                with pytest.raises(refusal), transaction.atomic():
                    STEPS[step.name](cast, entry)
                assert (ListEntry.objects.filter(pk=entry.pk).values().get(), Event.objects.count()) == before
            transaction.set_rollback(True)


# -- the window ----------------------------------------------------------------------------------------------------
#: Served on -> last day of five working days, counted by hand along the State Council's notices of the years.
WINDOWS = {
    date(2023, 9, 28): date(2023, 10, 11),  # 29 Sep-6 Oct off; Saturday 7 and Sunday 8 are worked: 7 8 9 10 11
    date(2024, 2, 8): date(2024, 2, 21),  # 10-17 Feb off, Friday 9 is worked, Sunday 18 too: 9 18 19 20 21
    date(2024, 4, 3): date(2024, 4, 11),  # 4-6 Apr off; Sunday 7 is worked: 7 8 9 10 11
    date(2024, 4, 30): date(2024, 5, 10),  # 1-5 May off: 6 7 8 9 10
    date(2025, 1, 24): date(2025, 2, 7),  # Sunday 26 Jan is worked; 28 Jan-4 Feb off: 26 27, 5 6 7
    date(2025, 9, 30): date(2025, 10, 14),  # 1-8 Oct off; Saturday 11 is worked: 9 10 11 13 14
    date(2025, 12, 30): date(2026, 1, 7),  # 1-3 Jan off; Sunday 4 is worked: 31, 4 5 6 7
    date(2026, 2, 13): date(2026, 2, 27),  # Saturday 14 is worked; 15-23 Feb off: 14 24 25 26 27
    date(2026, 11, 2): date(2026, 11, 9),  # a plain week: 3 4 5 6 9
}


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_default_timezone())


def test_the_window_is_five_working_days_along_the_holidays_of_2023_to_2026(cast):
    """Not on the last day at its last minute, but on the day after; the job finds the same."""
    for served_on, last in WINDOWS.items():
        entry = served(cast, at=at_noon(served_on), until=date(2028, 1, 1))
        assert window_of(entry).due_on == last, served_on
        still_open = at_noon(last) + timedelta(hours=11, minutes=59)
        with pytest.raises(Conflict, match=str(last)):
            close_window(entry=entry, by=cast.officer, at=still_open)
        with pytest.raises(IllegalTransition, match="须先告知当事人"):
            approve_listing(entry=entry, by=cast.leader, at=still_open)
        entry = close_window(entry=entry, by=cast.officer, at=still_open + timedelta(minutes=1))
        assert (entry.hearing, entry.heard_on) == (Hearing.LAPSED, last + timedelta(days=1))


def test_a_bureau_sets_its_own_window_from_a_day_on(cast):
    own = institution(cast.officer)
    rule = {
        "code": "listing.statement",
        "name": "陈述申辩",
        "rolls_over": False,
        "clause": "本区办法第六条",
        "remark": "",
    }
    by = job("参数", "parameters.manage", scope=cast.city.scope)
    days = {"amount": 3, "unit": "working_day", "jurisdiction": own.jurisdiction}
    set_limit(**rule, **days, effective_from=AT.date(), by=by, at=AT)
    entry = served(cast, own)
    assert window_of(entry).due_on == date(2026, 11, 5)
    assert "3个工作日内" in entry.prior_notice.content


def test_the_nightly_job_moves_on_what_is_over_and_nothing_else(cast):
    over, waits = served(cast), served(cast, at=AT + timedelta(days=3))
    night = datetime(2026, 11, 10, 0, 10, tzinfo=AT.tzinfo)
    with clock.set_to(night):
        outbox.put(tasks.LET_LAPSE, at=night)
        outbox.deliver_all(at=night)
    assert [ListEntry.objects.get(pk=entry.pk).state for entry in (over, waits)] == ["heard", "defending"]
    assert Deadline.objects.filter(code="listing.statement", state="met").count() == 1


def test_a_paused_window_is_not_over(cast):
    entry = served(cast)
    Deadline.objects.update(state="paused")
    with pytest.raises(Conflict):
        close_window(entry=entry, by=cast.officer, at=AFTERWARDS)


# -- what is said --------------------------------------------------------------------------------------------------
def test_a_defence_is_answered_before_the_decision(cast):
    entry = served(cast)
    take_in_defence(entry=entry, text="已于十月退费", given_by="陈校长", by=cast.officer, at=AT)
    entry = close_window(entry=entry, by=worker(cast), at=AFTERWARDS)
    with pytest.raises(InvalidInput, match="复核意见"):
        approve_listing(entry=entry, by=cast.leader, at=AFTERWARDS)
    entry = approve_listing(entry=entry, answer="退费不影响违规事实，不予采纳。", by=cast.leader, at=AFTERWARDS)
    paper = Document.objects.get(kind="listing_result")
    assert entry.answer in paper.content
    assert "列入黑名单" in paper.content


def test_a_defence_is_taken_in_while_the_window_is_open_only(cast):
    for entry in (notified(cast), heard(cast)):
        with pytest.raises(Conflict, match="陈述申辩期内"):
            take_in_defence(entry=entry, text="x", given_by="陈", by=cast.officer, at=AT)


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"records": []}, "至少选择一条"),
        ({"records": ["finding:999999"]}, "不是这家机构的"),
        ({"contact": " "}, "联系人"),
    ],
)
def test_free_text_alone_lists_nobody(cast, given, match):
    with pytest.raises(InvalidInput, match=match):
        proposed(cast, kind=ListKind.BLACK, evidence="据了解存在违规", **given)
    assert ListEntry.objects.count() == 0


def test_records_of_another_institution_are_no_evidence(cast):
    others = evidence_for(cast, institution(cast.officer))
    with pytest.raises(InvalidInput, match="不是这家机构的"):
        proposed(cast, kind=ListKind.BLACK, records=others)


def test_service_has_its_day_and_its_signature(cast):
    entry = notified(cast)
    for given, match in (
        (told(served_on=AT.date() - timedelta(days=1)), "送达日期"),
        (told(served_on=AT.date() + timedelta(days=9)), "送达日期"),
        (told(recipient=""), "签收人"),
        (told(service="none"), "送达方式"),
        (told(service="left"), "见证人"),
    ):
        with pytest.raises(InvalidInput, match=match):
            record_notice_service(entry=entry, by=cast.officer, at=LATER, **given)


def test_the_party_is_told_what_came_of_it(cast):
    rejected = reject_listing(entry=served(cast), remark="情节轻微", by=cast.leader, at=LATER)
    assert "不予列入黑名单" in Document.objects.get(kind="listing_result", subject_id=rejected.pk).content
    assert not Deadline.objects.filter(subject_id=rejected.pk, state="running").exists()
    gone = in_state(cast, ListState.ENDED, kind=ListKind.BLACK)
    told_of = Document.objects.filter(kind="listing_result", subject_id=gone.pk).order_by("pk")
    assert ["移出黑名单" in paper.content for paper in told_of] == [False, True]
    assert not Document.objects.filter(subject_id=listed(cast).pk).exists()  # a white entry needs no paper


# -- voided evidence -----------------------------------------------------------------------------------------------
def test_a_decision_that_rests_on_something_voided_shows_it(cast, enter):
    entry = listed(cast, kind=ListKind.BLACK)
    assert queries.void_records(entry) == []
    visit = entry.institution.visits.get()
    void_visit(visit=visit, reason="查错机构", by=cast.leader, at=LATER)
    assert {why for _, why in queries.void_records(entry)} == {"查错机构"}
    page = enter(cast.officer).get(f"/admin/listings/listentry/{entry.pk}/").content.decode()
    assert "2条记录已作废" in page
    assert "已作废：查错机构" in page


def test_nothing_is_decided_on_voided_records(cast):
    entry = heard(cast)
    void_visit(visit=entry.institution.visits.get(), reason="查错机构", by=cast.leader, at=LATER)
    with pytest.raises(Conflict, match="都已作废"):
        approve_listing(entry=entry, by=cast.leader, at=LATER)


@pytest.mark.parametrize(
    ("kind", "begins", "moved"),
    [(ListKind.BLACK, 0, 30), (ListKind.BLACK, -20, 0), (ListKind.BLACK, 40, 0), (ListKind.WHITE, 0, 0)],
    ids=["heard meanwhile", "an earlier decision entered late", "a later day", "not heard"],
)
def test_a_term_begins_with_the_decision_where_the_party_was_heard_until_then(cast, kind, begins, moved):
    asked = {"effective_on": AT.date() + timedelta(days=begins), "until": AT.date() + timedelta(days=300)}
    entry = (heard if kind == ListKind.BLACK else proposed)(cast, kind=kind, **asked)
    made = approve_listing(entry=entry, by=cast.leader, at=AFTERWARDS)
    assert {name: getattr(made, name) - day for name, day in asked.items()} == dict.fromkeys(asked, timedelta(moved))
    [logged] = Event.objects.filter(kind="listing.approved", subject_id=made.pk)
    assert ("effective_on" in logged.changes) == bool(moved)
