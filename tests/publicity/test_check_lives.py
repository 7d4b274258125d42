"""A finding from its first sight to its end; who is told, and that nobody is told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from foundation.audit.models import Event
from foundation.core import clock, outbox, schedule
from foundation.core.errors import Conflict, IllegalTransition, NotAllowed
from foundation.core.models import OutboxMessage
from foundation.notifications.models import Message
from institutions.models import Institution
from publicity import events, notices
from publicity.checking import running
from publicity.checking.found import Found, Owner
from publicity.enums import CheckState, FindingKind, Phase
from publicity.models import Finding, PublicCheck
from publicity.operations import checks
from publicity.operations.checks import finish_check, record_slice, start_check
from publicity.operations.telling import alarm_editors
from publicity.rules import CHECKER
from publicity.workflow import CHECK
from tests.institutions.factories import AT
from tests.publicity.checks import checked
from tests.publicity.factories import good, world

pytestmark = pytest.mark.django_db
BET = "365防伪查询系统_bet3365标准版_365bet大陆网站"
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def plant(row: Institution, text: str = BET) -> None:
    Institution.objects.filter(pk=row.pk).update(hours=text)


def told() -> list[tuple[int, str]]:
    kind = notices.PROBLEMS_FOUND.code
    return [(m.recipient_id, m.title) for m in Message.objects.filter(kind=kind).order_by("pk")]


def deliver(at=None) -> None:
    outbox.deliver_all(at=at or clock.now() + timedelta(seconds=1))


def test_found_once_told_once_seen_again_and_closed(cast):
    white, *_ = world(cast)
    plant(white)
    checked()
    deliver()
    [finding] = Finding.objects.all()
    assert (finding.institution_id, finding.jurisdiction, finding.closed_at) == (white.pk, white.jurisdiction, None)
    assert finding.place == f"/institutions/{white.public_id}/"
    editors = {cast.officer.user_id, cast.leader.user_id, cast.second_officer.user_id}
    assert {person for person, _ in told()} == editors
    assert {title for _, title in told()} == {"公众网站检查发现1处新问题：疑似植入文字1处"}
    body = Message.objects.get(kind=notices.PROBLEMS_FOUND.code, recipient=cast.officer.user_id).body
    assert "厦门海浪舞蹈培训中心“培训时间”" in body
    assert "打开登记记录" in body
    assert "bet" not in body
    with clock.set_to(LATER):
        second = checked()
        deliver()
        finding.refresh_from_db()
        assert (finding.first_check_id, finding.last_check) == (finding.first_check_id, second)
        assert (second.problems, second.new_problems, len(told())) == (1, 0, 3)
        plant(white, "周末")
        third = checked()
    finding.refresh_from_db()
    assert (finding.closed_at, third.closed_problems, third.problems) == (LATER, 1, 0)


def test_what_comes_back_is_a_new_finding_and_told_anew(cast):
    white, *_ = world(cast)
    for text in (BET, "周末", BET):
        plant(white, text)
        checked()
        deliver()
    assert [row.closed_at is None for row in Finding.objects.order_by("pk")] == [False, True]
    assert len(told()) == 6


def test_a_partial_check_closes_nothing(cast):
    white, *_ = world(cast)
    plant(white)
    checked()
    plant(white, "周末")
    assert checked(institution_limit=1).closed_problems == 0
    assert Finding.objects.open().count() == 1


def test_a_neighbour_is_not_told_and_the_site_is_the_highest_levels(cast):
    white, *_ = world(cast)
    check = start_check(by=CHECKER, at=AT, in_background=False)
    of_site = Found(FindingKind.HEADER, ("site", "x"), "/", "没有响应头")
    of_row = Found(FindingKind.PLANTED, ("row", 1), "/", "x", "名称", Owner(white.pk, None, white.jurisdiction_id))
    record_slice(check=check, found=[of_site, of_row], phase=Phase.SITE, by=CHECKER, at=AT)
    alarm_editors(check=check, by=CHECKER, at=AT)
    people = {person for person, _ in told()}
    assert people == {cast.officer.user_id, cast.leader.user_id, cast.second_officer.user_id, cast.province.user_id}
    assert alarm_editors(check=check, by=CHECKER, at=LATER) == []
    assert Finding.objects.filter(alarmed_at=AT).count() == 2


def test_many_new_problems_are_one_message(cast):
    check = start_check(by=CHECKER, at=AT, in_background=False)
    found = [Found(FindingKind.DEAD, ("page", n), f"/{n}/", "打不开") for n in range(30)]
    record_slice(check=check, found=found, phase=Phase.SITE, by=CHECKER, at=AT)
    [message] = alarm_editors(check=check, by=CHECKER, at=AT)
    assert message.title == "公众网站检查发现30处新问题：失效链接30处"
    assert message.body.endswith("另有22处，见“网站检查问题”。")


def test_a_flood_of_one_kind_is_capped_and_the_rest_comes_later(cast, monkeypatch):
    monkeypatch.setattr(checks, "KEPT_PER_KIND", 2)
    found = [Found(FindingKind.DEAD, ("page", n), f"/{n}/", "打不开") for n in range(5)]
    check = start_check(by=CHECKER, at=AT, in_background=False)
    for _ in range(2):
        record_slice(check=check, found=found, phase=Phase.SITE, by=CHECKER, at=AT)
    assert Finding.objects.count() == 2
    assert set(Finding.objects.values_list("times", flat=True)) == {2}


# -- one at a time, and what may not be ----------------------------------------------------------------------------
def test_one_runs_at_a_time_and_a_stalled_one_is_stopped(cast):
    first = start_check(by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="正在检查"):
        start_check(by=cast.leader, at=AT + timedelta(minutes=29))
    assert PublicCheck.objects.count() == 1
    start_check(by=cast.leader, at=AT + timedelta(minutes=30))
    first.refresh_from_db()
    assert first.state == CheckState.STOPPED
    kinds = list(
        Event.objects.filter(subject_type="publicity.publiccheck").order_by("pk").values_list("kind", flat=True)
    )
    assert kinds == [events.CHECK_STARTED.code, events.CHECK_STOPPED.code, events.CHECK_STARTED.code]


@pytest.mark.parametrize("who", ["legal", "town", "culture", "bank", "supervisor", "system", "auditor", "public"])
def test_others_start_nothing(cast, who):
    with pytest.raises(NotAllowed, match="不维护公众网站"):
        start_check(by=getattr(cast, who), at=AT)
    assert not PublicCheck.objects.exists()


def test_people_record_nothing(cast):
    check = start_check(by=CHECKER, at=AT, in_background=False)
    for attempt in (
        lambda: record_slice(check=check, found=[], phase=Phase.SITE, by=cast.officer, at=AT),
        lambda: finish_check(check=check, by=cast.officer, at=AT),
        lambda: alarm_editors(check=check, by=cast.officer, at=AT),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    check.refresh_from_db()
    assert (check.phase, check.state) == (Phase.REGISTER, CheckState.RUNNING)


@pytest.mark.parametrize("state", [CheckState.DONE, CheckState.STOPPED])
def test_a_finished_check_takes_nothing_more(cast, state):
    phase = Phase.OVER if state == CheckState.DONE else Phase.SITE
    check = PublicCheck.objects.create(started_at=AT, started_by="x", state=state, state_at=AT, beat_at=AT, phase=phase)
    with pytest.raises(Conflict):
        record_slice(check=check, found=[], phase=Phase.SITE, by=CHECKER, at=AT)
    with pytest.raises(IllegalTransition):
        finish_check(check=check, by=CHECKER, at=AT)
    assert CHECK.is_final(state)


def test_an_open_finding_is_there_once(cast):
    check = start_check(by=CHECKER, at=AT, in_background=False)
    one = Found(FindingKind.DEAD, ("page", 1), "/1/", "打不开")
    record_slice(check=check, found=[one, one], phase=Phase.SITE, by=CHECKER, at=AT)
    assert Finding.objects.get().times == 2


# -- by the schedule -----------------------------------------------------------------------------------------------
def test_the_daily_slot_checks_in_slices_through_the_outbox(cast):
    world(cast)
    with clock.set_to(LATER.replace(hour=20)):
        schedule.put_due_slots(at=clock.now())
        outbox.deliver_all(at=clock.now() + timedelta(seconds=1))
    [check] = PublicCheck.objects.all()
    assert (check.state, check.institutions, check.started_by) == (CheckState.DONE, 3, "公众网站检查")
    slices = OutboxMessage.objects.filter(kind=notices.CARRY_ON)
    assert slices.count() == 5
    assert set(slices.values_list("state", flat=True)) == {"done"}


def test_the_institutions_go_on_where_a_slice_stopped(cast, monkeypatch):
    monkeypatch.setattr(running, "CHUNK", 1)
    rows = [good(cast, name=f"机构{n}") for n in range(3)]
    check = start_check(by=CHECKER, at=AT, in_background=False)
    record_slice(check=check, found=[], phase=Phase.INSTITUTIONS, by=CHECKER, at=AT)
    cursors = []
    check.refresh_from_db()
    while check.phase == Phase.INSTITUTIONS:
        check = running.run_slice(check, seconds=0.000001)
        cursors.append(check.cursor)
        assert len(cursors) < 9
    assert check.institutions == 3
    assert rows[0].pk in cursors


def test_an_institution_that_is_merged_meanwhile_is_no_dead_page(cast, monkeypatch):
    """Control beside it: a page of a current institution that does not open is a finding."""
    world(cast)
    monkeypatch.setattr(running, "reverse", lambda name, args: "/institutions/0123456789ab/")
    check = start_check(by=CHECKER, at=AT, in_background=False)
    check = record_slice(check=check, found=[], phase=Phase.INSTITUTIONS, by=CHECKER, at=AT)
    monkeypatch.setattr(running, "_is_current", lambda pk: False)
    running.run_slice(check)
    assert not Finding.objects.exists()
    monkeypatch.undo()
    monkeypatch.setattr(running, "reverse", lambda name, args: "/institutions/0123456789ab/")
    check = record_slice(check=check, found=[], phase=Phase.INSTITUTIONS, by=CHECKER, at=AT)
    running.run_slice(check)
    assert Finding.objects.get().kind == FindingKind.DEAD
