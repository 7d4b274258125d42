"""Alerts open, refresh, lapse and stay ended; the sweep reads the real tables and changes nothing the second time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alerts import events, queries
from alerts.enums import Action, AlertState, Grade
from alerts.facts import Facts
from alerts.models import Alert, ScoreDay
from alerts.operations.handling import close_alert, disagree_with_alert, hold_on_alert, send_visit, take_alert
from alerts.operations.reporting import report_sign, strike_sign
from alerts.operations.sweeping import refresh_alerts
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from payouts.models import Hold
from tests.alerts.factories import alerted, moved_away, sweep_all, swept
from tests.institutions.factories import AT, institution
from tests.payouts.factories import LATER, asked, paid, school, taught

pytestmark = pytest.mark.django_db
DAY = AT.date()


def later(days: int):
    return AT + timedelta(days=days)


def told(kind) -> int:
    return Event.objects.filter(kind=kind.code).count()


def test_an_alert_opens_with_figures_sources_a_deadline_and_a_score(cast):
    row = alerted(institution(cast.officer))
    assert (row.rule, row.grade, row.state) == ("R08", Grade.RED, AlertState.OPEN)
    assert row.refs[0]["model"] == "institutions.institution"
    clock = Deadline.objects.get(subject_type="alerts.alert", subject_id=row.pk)
    assert (clock.due_on, clock.state) == (row.due_on, DeadlineState.RUNNING)
    score = ScoreDay.objects.get(institution=row.institution)
    assert (score.points, score.level, score.at_once) == ("20.0", Grade.RED, "R08")
    assert sum(part["tenths"] for part in score.parts) == score.tenths
    assert told(events.ALERT_OPENED) == 1


def test_the_same_night_again_changes_nothing(cast):
    row = alerted(institution(cast.officer))
    before, trail = Alert.objects.values().get(), Event.objects.count()
    swept(row.institution, **moved_away(DAY - timedelta(days=1)))
    assert (Alert.objects.values().get(), Event.objects.count()) == (before, trail)
    assert ScoreDay.objects.count() == 1


def test_an_alert_whose_fact_is_gone_lapses_with_a_reason_and_its_clock_stops(cast):
    row = alerted(institution(cast.officer))
    score = swept(row.institution, at=later(1))
    row.refresh_from_db()
    assert (row.state, row.ended_by, row.result) == (AlertState.LAPSED, None, "事件观察期内没有再发生。")
    assert Deadline.objects.get(subject_id=row.pk, subject_type="alerts.alert").state == DeadlineState.CANCELLED
    assert (score.tenths, ScoreDay.objects.count(), told(events.ALERT_LAPSED)) == (0, 2, 1)


def test_what_a_person_ended_stays_ended_for_the_same_fact_and_comes_back_for_a_new_one(cast):
    """Seen to fail with ``_ended_before`` always false."""
    row = alerted(institution(cast.officer))
    close_alert(alert=row, action=Action.VERIFY, result="已核实，装修后恢复营业。", by=cast.officer, at=AT)
    assert ScoreDay.objects.get(newest=True).tenths == 0
    swept(row.institution, at=later(1), **moved_away(DAY - timedelta(days=1)))
    assert Alert.objects.count() == 1
    swept(row.institution, at=later(2), **moved_away(DAY + timedelta(days=1)))
    assert [one.state for one in Alert.objects.order_by("pk")] == [AlertState.CLOSED, AlertState.OPEN]


def test_a_state_that_goes_on_comes_back_after_a_month(cast):
    home = institution(cast.officer)
    short = {"balance_fen": 1, "unused_fen": 2}
    swept(home, **short)
    disagree_with_alert(alert=Alert.objects.get(), reason="银行迟报", by=cast.officer, at=AT)
    swept(home, at=later(29), **short)
    assert Alert.objects.count() == 1
    swept(home, at=later(30), **short)
    assert Alert.objects.filter(state=AlertState.OPEN).count() == 1


@pytest.mark.parametrize("who", ["leader", "city", "neighbour", "town", "bank", "discipline", "province", "finance"])
def test_nobody_but_the_county_s_officers_ends_an_alert(cast, who):
    """Seen to fail with the rule's ``covers`` taken away, for the neighbour."""
    row = alerted(institution(cast.officer))
    trail = Event.objects.count()
    for end in (
        lambda: close_alert(alert=row, action=Action.VERIFY, result="好", by=getattr(cast, who), at=AT),
        lambda: disagree_with_alert(alert=row, reason="不对", by=getattr(cast, who), at=AT),
        lambda: take_alert(alert=row, action=Action.VERIFY, by=getattr(cast, who), at=AT),
    ):
        with pytest.raises(NotAllowed):
            end()
    row.refresh_from_db()
    assert (row.state, Event.objects.count()) == (AlertState.OPEN, trail)


def test_ending_needs_words_and_happens_once(cast):
    row = alerted(institution(cast.officer))
    with pytest.raises(InvalidInput, match="结果或理由"):
        close_alert(alert=row, action=Action.VERIFY, result=" ", by=cast.officer, at=AT)
    close_alert(alert=row, action=Action.VERIFY, result="已核实", by=cast.officer, at=AT)
    with pytest.raises(IllegalTransition):
        disagree_with_alert(alert=row, reason="不对", by=cast.officer, at=AT)
    with pytest.raises(Conflict):
        take_alert(alert=row, action=Action.VERIFY, by=cast.officer, at=AT)


def test_only_the_job_sweeps(cast):
    home = institution(cast.officer)
    with pytest.raises(NotAllowed):
        refresh_alerts(institution=home, facts=Facts(on=DAY), limits={}, by=cast.officer, at=AT)


def test_the_database_refuses_a_second_open_alert_and_one_without_sources(cast):
    row = alerted(institution(cast.officer))
    copy = {field.attname: getattr(row, field.attname) for field in row._meta.fields if not field.primary_key}
    with pytest.raises(IntegrityError, match="alert_open_once"), transaction.atomic():
        Alert.objects.create(**copy)
    with pytest.raises(IntegrityError, match="alert_has_sources"), transaction.atomic():
        Alert.objects.create(**copy | {"refs": [], "rule": "R09"})


def test_a_red_one_opens_a_visit_and_the_leader_s_hold(cast):
    row = alerted(institution(cast.officer))
    town = Organ.objects.get(pk=cast.town.organ_id)
    given = send_visit(alert=row, organs=[town], due_on=DAY, content="请今天上门", by=cast.officer, at=AT)
    assert given.parts.get().organ == town
    with pytest.raises(NotAllowed):
        hold_on_alert(alert=row, until_on=DAY, reason="核实", by=cast.officer, at=AT)
    hold_on_alert(alert=row, until_on=DAY, reason="疑似搬离", by=cast.leader, at=AT)
    assert Hold.objects.holding(DAY).get().institution == row.institution
    row.refresh_from_db()
    assert row.action == Action.FREEZE


def test_signs_reach_the_sweep_and_a_struck_one_does_not(cast):
    home = institution(cast.officer)
    said = {"words": "房东来电", "source": "12345", "by": cast.officer, "at": AT}
    sign = report_sign(institution=home, kind="rent", seen_on=DAY, **said)
    sweep_all(AT)
    row = Alert.objects.get()
    assert (row.rule, row.refs[0]["model"], row.refs[0]["pk"]) == ("R08", "alerts.sign", sign.pk)
    strike_sign(sign=sign, reason="听错了机构", by=cast.officer, at=AT)
    sweep_all(later(1))
    row.refresh_from_db()
    assert row.state == AlertState.LAPSED


def test_the_sweep_finds_idle_lessons_and_late_refunds_in_the_real_tables(cast):
    """Twenty-five days after the last lesson, and long after a refund was asked for."""
    home = school(cast)
    contract = paid(cast, home)
    taught(cast, contract, 2)
    asked(cast, contract, 50_000)
    sweep_all(LATER)
    assert not Alert.objects.filter(rule__in=("R03", "R04")).exists()
    sweep_all(LATER + timedelta(days=40))
    found = {row.rule: row for row in Alert.objects.filter(state=AlertState.OPEN)}
    assert {"R03", "R04"} <= set(found)
    assert found["R03"].refs[0] == {"model": "contracts.contract", "pk": contract.pk, "label": f"最近上课的{contract}"}
    assert found["R04"].refs[0]["model"] == "payouts.refund"


def test_regulators_read_numbers_by_county_and_no_row(cast):
    alerted(institution(cast.officer))
    assert not Alert.objects.visible_to(cast.finance).exists()
    assert not ScoreDay.objects.visible_to(cast.finance).exists()
    numbers = [line.numbers for line in queries.counts(cast.finance) if line.numbers["red"]]
    assert numbers == [{"red": 1, "orange": 0, "yellow": 0, "blue": 0}]


@pytest.mark.parametrize("who", ["discipline", "province", "town", "culture", "legal", "bank", "supervisor", "grid"])
def test_rows_are_seen_by_those_who_see_alerts_alone(cast, who):
    """Seen to fail with the right left out of ``AlertQuerySet.visible_to``."""
    alerted(institution(cast.officer))
    assert Alert.objects.visible_to(cast.leader).count() == 1
    assert not Alert.objects.visible_to(getattr(cast, who)).exists()
    assert not ScoreDay.objects.visible_to(getattr(cast, who)).exists()
