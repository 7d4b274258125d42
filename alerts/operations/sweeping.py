"""Every night: what the rules find becomes alerts, opened, refreshed or lapsed, and the day's score."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.urls import reverse

from alerts import events, notices, rules, workflow
from alerts.enums import EVENTS, AlertState, Grade, Rule
from alerts.enums import ThresholdCode as T
from alerts.facts import Facts, Ref
from alerts.models import Alert, ScoreDay
from alerts.rulebook import Signal, Thresholds, evaluate
from alerts.scores import write_score
from foundation.accounts.enums import Can
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.deadlines import working_days
from foundation.deadlines.operations.deadlines import cancel_deadline, start_deadline
from foundation.deadlines.queries import open_clocks_of
from institutions.models import Institution

DUE = {Grade.RED: T.DUE_RED, Grade.ORANGE: T.DUE_ORANGE, Grade.YELLOW: T.DUE_YELLOW, Grade.BLUE: T.DUE_BLUE}
#: A state that a person ended comes back after so many days if it is still so; what happened never does.
QUIET = timedelta(days=30)
REFRESHED = ("grade", "words", "figures", "refs", "remedy", "fresh_on")


@operation
def refresh_alerts(*, institution: Institution, facts: Facts, limits: Thresholds, by: Actor, at: datetime) -> ScoreDay:
    """Bring an institution's alerts to what the facts say, and write the day's score. Run again it changes nothing.

    What a person ended stays ended for the same fact. Raises NotAllowed (only the portal's own job may).
    """
    home = lock(Institution, institution.pk)
    authorize(by, rules.can_sweep, home)
    found = {signal.rule: signal for signal in evaluate(facts, limits)}
    for alert in Alert.objects.filter(institution=home, state=AlertState.OPEN).order_by("pk"):
        signal = found.pop(Rule(alert.rule), None)
        if signal is None:
            _lapse(alert, by=by, at=at)
        else:
            _refresh(alert, signal, home, by=by, at=at)
    for signal in found.values():
        if not _ended_before(home, signal, on=facts.on):
            _open(home, signal, limits, by=by, at=at)
    return write_score(home, limits=limits, on=local_date(at))


def _columns(signal: Signal, home: Institution) -> dict[str, object]:
    refs = signal.refs or (Ref(home._meta.label_lower, home.pk, f"机构 {home.name}"),)
    unique = list(dict.fromkeys(refs))[:60]
    return {
        "grade": signal.grade.value,
        "words": signal.words[:500],
        "figures": [list(pair) for pair in signal.figures],
        "refs": [asdict(ref) for ref in unique],
        "remedy": signal.remedy,
        "fresh_on": signal.fresh_on,
    }


def _open(home: Institution, signal: Signal, limits: Thresholds, *, by: Actor, at: datetime) -> Alert:
    today = local_date(at)
    due_on = working_days.add_working_days(today, limits[DUE[signal.grade]]).value
    facts = _columns(signal, home) | {"opened_on": today, "refreshed_on": today, "due_on": due_on, "state_at": at}
    row = insert(Alert(institution=home, rule=signal.rule.value, **facts))
    start_deadline(
        subject=row,
        code=notices.CLOCK,
        started_on=today,
        due_on=due_on,
        title="风险预警处置",
        label=f"{home.name} {row}",
        url=reverse("admin:alerts_alert_change", args=[row.pk]),
        capability=Can.HANDLE_ALERTS,
        jurisdiction=home.jurisdiction,
        division=home.division,
        category=home.category,
        by=by,
        at=at,
    )
    changes = {"rule": [None, row.get_rule_display()], "grade": [None, row.get_grade_display()]}
    record(events.ALERT_OPENED, subject=row, by=by, at=at, changes=changes, reason=row.words)
    return row


def _refresh(alert: Alert, signal: Signal, home: Institution, *, by: Actor, at: datetime) -> None:
    before = alert.grade
    for name, value in _columns(signal, home).items():
        setattr(alert, name, value)
    alert.refreshed_on = local_date(at)
    update(alert, *REFRESHED, "refreshed_on")
    if alert.grade != before:
        changes = {"grade": [before, alert.grade]}
        record(events.ALERT_REGRADED, subject=alert, by=by, at=at, changes=changes, reason=alert.words)


def _lapse(alert: Alert, *, by: Actor, at: datetime) -> None:
    alert = lock(Alert, alert.pk)
    fields = advance(alert, workflow.LAPSE, at=at)
    alert.ended_on = local_date(at)
    alert.result = "事件观察期内没有再发生。" if alert.rule in EVENTS else "情形已不存在。"
    changes = update(alert, *fields, "ended_on", "result")
    for clock in open_clocks_of(alert):
        cancel_deadline(deadline=clock, reason=alert.result, by=by, at=at)
    record(events.ALERT_LAPSED, subject=alert, by=by, at=at, changes=changes, reason=alert.result)


def _ended_before(home: Institution, signal: Signal, *, on: date) -> bool:
    """Whether a person ended an alert of the rule after the very fact that it rests on."""
    ended = Alert.objects.filter(
        institution=home, rule=signal.rule, state__in=(AlertState.CLOSED, AlertState.DISAGREED)
    ).order_by("-ended_on", "-pk")
    last = ended.first()
    if last is None or last.ended_on is None:
        return False
    if signal.rule in EVENTS:
        return signal.fresh_on <= last.ended_on
    return on - last.ended_on < QUIET
