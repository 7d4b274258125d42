"""未审先用: a use that no approval covers raises one alarm, and what ends it closes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import DomainError, InvalidInput, NotAllowed
from foundation.notifications import registry
from foundation.notifications.models import Message
from institutions.models import Institution
from materials import queries
from materials.enums import Cause, Closing, SetState, UseSource
from materials.models import MaterialUse, UseAlarm
from materials.notices import EXPIRE
from materials.operations.reviews import withdraw_set
from materials.operations.sets import resubmit_set
from materials.operations.uses import note_run_out, record_use, stop_use
from materials.panels import alarmed, alarms_of_institution, coverage
from tests.institutions.factories import AT, institution
from tests.materials.factories import a_class, approved, in_state, inside, registered, sent, spoken, used

pytestmark = pytest.mark.django_db
DAY = AT.date()
NEXT = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def unchanged(call, error: type[DomainError], match: str | None = None) -> None:
    before = (list(MaterialUse.objects.order_by("pk").values()), alarms(), Event.objects.count())
    with pytest.raises(error, match=match), transaction.atomic():
        call()
    assert before == (list(MaterialUse.objects.order_by("pk").values()), alarms(), Event.objects.count())


def alarms() -> list:
    return list(UseAlarm.objects.order_by("pk").values())


def stop(cast, use, *, at=NEXT, **given):
    facts = {"stopped_on": clock.local_date(at), "reason": "收回教材", **given}
    with clock.set_to(at):
        return stop_use(use=use, by=cast.officer, at=at, **facts)


def test_an_unapproved_set_in_a_class_raises_an_alarm_and_stopping_it_closes_the_alarm(cast):
    use = used(cast, registered(cast))
    alarm = UseAlarm.objects.get()
    assert (alarm.cause, alarm.source, alarm.opened_on) == (Cause.UNAPPROVED, UseSource.SEEN, DAY)
    assert list(queries.open_alarms(cast.officer)) == [alarm]
    tile = alarmed(cast.officer)
    assert (tile.count, tile.unit, tile.tone) == (1, "条", "bad")
    assert alarmed(cast.neighbour) is None
    [shown] = alarms_of_institution(cast.officer, alarm.material.institution).rows
    assert shown[2:4] == ("未经审核", "现场发现")
    stop(cast, use)
    alarm.refresh_from_db()
    assert (alarm.closed_on, alarm.closing, alarm.reason) == (NEXT.date(), Closing.STOPPED, "班级已停用：收回教材")
    assert alarmed(cast.officer) is None
    kinds = Event.objects.filter(kind__startswith="material_").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        *("material_use.recorded", "material_alarm.raised", "material_use.stopped", "material_alarm.closed"),
    ]


def test_approving_the_set_closes_the_alarms_of_all_its_classes(cast):
    row = registered(cast)
    for name in ("一班", "二班"):
        used(cast, row, a_class(cast, row.institution, name))
    other = used(cast, registered(cast, row.institution, title="别的"), a_class(cast, row.institution, "三班"))
    approved(cast, spoken(cast, sent(cast, inside(cast, row))))
    closed = UseAlarm.objects.exclude(closed_on=None).order_by("pk")
    assert [(each.closing, each.reason) for each in closed] == [
        (Closing.APPROVED, "审核通过，备案号CL-350203-2026-0001")
    ] * 2
    assert queries.open_alarms(cast.officer).get().material == other.material


def test_an_approved_set_raises_none_and_withdrawing_it_does(cast):
    row = in_state(cast, SetState.APPROVED)
    use = used(cast, row)
    stopped = used(cast, row, a_class(cast, row.institution, "二班"))
    stop(cast, stopped, at=AT)
    assert not UseAlarm.objects.exists()
    withdraw_set(material=row, reason="内容有误", by=cast.leader, at=AT)
    alarm = UseAlarm.objects.get()
    assert (alarm.training_class, alarm.cause) == (use.training_class, Cause.WITHDRAWN)
    again = a_class(cast, row.institution, "三班")
    used(cast, row, again)
    assert UseAlarm.objects.get(training_class=again).cause == Cause.WITHDRAWN


def test_what_runs_out_is_found_the_night_after_and_once(cast):
    row = in_state(cast, SetState.APPROVED)
    use = used(cast, row)
    for days, found in ((400, 0), (401, 1), (402, 1)):
        with clock.set_to(AT + timedelta(days=days)):
            for _ in range(2):
                outbox.put(EXPIRE, at=clock.now())
                outbox.deliver_all(at=clock.now())
            assert UseAlarm.objects.count() == found, days
    alarm = UseAlarm.objects.get()
    assert (alarm.cause, alarm.opened_on) == (Cause.EXPIRED, DAY + timedelta(days=401))
    late = AT + timedelta(days=500)
    with clock.set_to(late), transaction.atomic():  # the alarm that is open stays the only one
        withdraw_set(material=row, reason="内容有误", by=cast.leader, at=late)
        assert UseAlarm.objects.get() == alarm
        transaction.set_rollback(True)
    unchanged(lambda: note_run_out(use=use, by=cast.officer, at=late), NotAllowed)


def test_offered_again_before_the_night_has_looked_it_raises_the_alarm_at_once(cast):
    """Seen to fail without the alarms of ``resubmit_set``: the night finds approved sets only."""
    row = in_state(cast, SetState.APPROVED)
    use = used(cast, row)
    stop(cast, used(cast, row, a_class(cast, row.institution, "二班")), at=AT)
    over = AT + timedelta(days=401)
    with clock.set_to(over):
        resubmit_set(material=row, reason="到期", by=cast.officer, at=over)
        outbox.put(EXPIRE, at=over)
        outbox.deliver_all(at=over)
    alarm = UseAlarm.objects.get()
    told = (alarm.training_class, alarm.cause, alarm.source, alarm.opened_on)
    assert told == (use.training_class, Cause.EXPIRED, UseSource.PAPERS, over.date())


def test_offered_again_after_the_night_has_looked_the_alarm_stays_the_only_one(cast):
    row = in_state(cast, SetState.APPROVED)
    used(cast, row)
    over = AT + timedelta(days=401)
    with clock.set_to(over):
        outbox.put(EXPIRE, at=over)
        outbox.deliver_all(at=over)
        alarm = UseAlarm.objects.get()
        resubmit_set(material=row, reason="到期", by=cast.officer, at=over)
    assert UseAlarm.objects.get() == alarm


def test_the_reminder_says_what_to_do_before_the_end(cast):
    """Done as it says, the class is never without an approved set."""
    row = approved(cast, in_state(cast, SetState.OUTSIDE), days=40)
    words = registry.find("materials.approval").words(row, DAY + timedelta(days=15), None)
    assert "还有25日。要接着使用的，请另行登记一套" in words.body
    use = used(cast, row)
    with clock.set_to(AT + timedelta(days=15)):
        other = in_state(cast, SetState.APPROVED, row.institution, title=row.title, edition="2026年版续审")
        used(cast, other, use.training_class)
        stop(cast, use, at=clock.now())
    with clock.set_to(AT + timedelta(days=41)):
        outbox.put(EXPIRE, at=clock.now())
        outbox.deliver_all(at=clock.now())
    assert not UseAlarm.objects.exists()


def test_one_open_row_for_a_class_and_a_set(cast):
    """Seen to fail without the constraint."""
    row = registered(cast)
    use = used(cast, row)
    unchanged(lambda: used(cast, row, use.training_class), InvalidInput, "已登记使用")
    stop(cast, use, at=AT)
    used(cast, row, use.training_class)
    assert UseAlarm.objects.count() == 2
    with pytest.raises(Exception, match="material_alarm_open_once"), transaction.atomic():
        UseAlarm.objects.update(closed_on=None, closing="", reason="")


def test_officers_of_the_area_are_told_once(cast, at_work):
    with clock.set_to(AT):
        used(cast, registered(cast))
        for _ in range(2):
            outbox.deliver_all(at=AT + timedelta(minutes=1))
        told = Message.objects.filter(kind="materials.used_unapproved")
        assert set(told.values_list("recipient", flat=True)) == {cast.officer.user_id, cast.second_officer.user_id}
        assert "未经审核" in told.first().title
        assert User.objects.filter(pk=cast.neighbour.user_id).exists()


def test_a_use_is_refused_for_what_it_says(cast):
    row = registered(cast)
    here, elsewhere = a_class(cast, row.institution), institution(cast.officer, name="另一家")
    foreign = registered(cast, elsewhere)

    def call(by=cast.officer, **given):
        facts = {"training_class": here, "material": row, "since": DAY, "source": UseSource.TOLD, **given}
        return lambda: record_use(by=by, at=AT, **facts)

    unchanged(call(material=foreign), InvalidInput, "不是这家机构登记")
    unchanged(call(since=NEXT.date()), InvalidInput, "晚于今天")
    for who in ("leader", "neighbour", "city", "town", "public"):
        unchanged(call(by=getattr(cast, who)), NotAllowed)
    use = call()()
    unchanged(lambda: stop(cast, use, reason=" "), InvalidInput, "事由")
    unchanged(lambda: stop(cast, use, stopped_on=NEXT.date() + timedelta(days=1)), InvalidInput, "晚于今天")
    unchanged(lambda: stop(cast, use, stopped_on=DAY - timedelta(days=1)), InvalidInput, "不能早于")
    unchanged(lambda: stop_use(use=use, stopped_on=DAY, reason="x", by=cast.leader, at=AT), NotAllowed)
    stop(cast, use)
    unchanged(lambda: stop(cast, use), NotAllowed)


def test_the_counts_have_one_definition_each_and_look_at_a_day(cast):
    """Seven sets by hand: 4 reviewed (3 passed), 3 in use, of them 1 approved today and 2 tomorrow's yesterday."""
    home = institution(cast.officer)
    sets = {
        state: in_state(cast, state, home, title=state)
        for state in (SetState.ENTERED, SetState.INSIDE, SetState.OUTSIDE, SetState.REFUSED, SetState.APPROVED)
    }
    withdrawn = in_state(cast, SetState.APPROVED, home, title="撤销")
    expired = in_state(cast, SetState.APPROVED, home, title="过期")
    for number, row in enumerate((sets[SetState.APPROVED], withdrawn, sets[SetState.ENTERED])):
        used(cast, row, a_class(cast, home, f"{number}班"))
    with clock.set_to(NEXT):
        withdraw_set(material=withdrawn, reason="有误", by=cast.leader, at=NEXT)
    days = {"first": DAY, "last": DAY}
    assert queries.reviewed(cast.officer, **days).count() == 4
    assert set(queries.passed(cast.officer, **days)) == {sets[SetState.APPROVED], withdrawn, expired}
    assert not queries.reviewed(cast.officer, first=NEXT.date(), last=NEXT.date()).exists()
    for on, held in ((DAY, 2), (NEXT.date(), 1), (DAY + timedelta(days=401), 0)):
        assert queries.in_use(cast.officer, on=on).count() == 3
        assert queries.approved_in_use(cast.officer, on=on).count() == held
        assert queries.unapproved_in_use(cast.officer, on=on).count() == 3 - held
    assert not queries.in_use(cast.officer, on=DAY - timedelta(days=1)).exists()
    assert not queries.in_use(cast.neighbour, on=DAY).exists()
    with clock.set_to(NEXT):
        assert (coverage(cast.officer).count, coverage(cast.officer).note) == (3, "已审1套，33.33%")
    for row in (*sets.values(), withdrawn, expired):
        row.refresh_from_db()
        assert row.holds_on(NEXT.date()) == queries.approvals_on(NEXT.date()).filter(material=row).exists()
    Institution.objects.filter(pk=home.pk).update(withdrawn_at=AT)
    assert not queries.reviewed(cast.officer, **days).exists()
    assert not queries.open_alarms(cast.officer).exists()
