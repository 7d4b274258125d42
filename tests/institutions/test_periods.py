"""Periods say what the dated events say: on any day, as known at any instant, whatever was entered late or replaced."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from institutions import periods, queries
from institutions.enums import ENDED, StandingKind, Status
from institutions.models import Institution, StandingEvent, StandingPeriod, StatusEvent
from institutions.operations.status import set_standing
from tests.cast import Cast

from .factories import AT, institution

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=n) for n in range(8)]
INSTANTS = [datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=n) for n in range(8)]

event = st.fixed_dictionaries(
    {
        "value": st.sampled_from(["在列", "在列", ""]),
        "day": st.integers(0, 6),
        "until": st.none() | st.integers(0, 7),
        "recorded": st.integers(0, 7),
        "replaces": st.booleans(),
        "withdrawn": st.booleans(),
    }
)


def as_written(row: Institution, histories: list[dict]) -> None:
    """The events of a history, each replacing the one before it or not."""
    last = None
    for told in sorted(histories, key=lambda each: each["recorded"]):
        replaces = last if told["replaces"] else None
        last = StandingEvent.objects.create(
            institution=row, kind=StandingKind.WHITE_LIST, value=told["value"], reason="测试", replaces=replaces,
            effective_on=DAYS[told["day"]], until=told["until"] if told["until"] is None else DAYS[told["until"]],
            recorded_at=INSTANTS[told["recorded"]], withdrawn=bool(replaces) and told["withdrawn"],
        )  # fmt: skip


def listed_by_events(row: Institution, on: date, known_at: datetime | None) -> list[int]:
    """The rule told by the events themselves: the newest believed one counts, unless it is empty or over."""
    newest = StandingEvent.objects.filter(institution=row, kind=StandingKind.WHITE_LIST).as_of(on, known_at).first()
    gone = StatusEvent.objects.filter(institution=row, status__in=ENDED, effective_on__lte=on).believed(known_at)
    if newest is None or not newest.value or (newest.until and newest.until < on) or gone.exists():
        return []
    return [newest.pk]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(event, max_size=6), ended=st.none() | st.tuples(st.integers(0, 7), st.integers(0, 7)))
def test_the_rule_agrees_with_the_events(cast: Cast, history, ended):
    row = institution(cast.officer, credit_code=None, effective_on=FIRST)
    as_written(row, history)
    if ended:
        StatusEvent.objects.create(
            institution=row, status=Status.REVOKED, category=row.category, reason="测试",
            effective_on=DAYS[ended[0]], recorded_at=INSTANTS[ended[1]],
        )  # fmt: skip
    periods.refresh([row.pk])
    for on in DAYS:
        for known_at in (None, INSTANTS[2], INSTANTS[5]):
            found = queries.listed_on(StandingKind.WHITE_LIST, on=on, known_at=known_at, among=[row.pk])
            assert list(found.values_list("pk", flat=True)) == listed_by_events(row, on, known_at)


def test_periods_never_overlap_and_follow_each_other(cast):
    row = institution(cast.officer)
    history = [("在列", 0, None), ("", 3, None), ("在列", 5, 6)]
    as_written(
        row,
        [
            {"value": value, "day": day, "until": until, "recorded": n, "replaces": False, "withdrawn": False}
            for n, (value, day, until) in enumerate(history)
        ],
    )
    periods.refresh([row.pk])
    found = list(StandingPeriod.objects.order_by("since").values_list("since", "over_on"))
    assert found == [(DAYS[0], DAYS[3]), (DAYS[5], DAYS[7])]


def test_setting_a_standing_keeps_the_periods(cast):
    row = institution(cast.officer)
    given = {"institution": row, "kind": StandingKind.FLAG, "detail": "欠费", "by": cast.officer, "at": AT}
    set_standing(value="是", effective_on=DAYS[1], reason="核实", **given)
    set_standing(value="", effective_on=DAYS[4], reason="已结清", **given)
    assert list(StandingPeriod.objects.values_list("since", "over_on")) == [(DAYS[1], DAYS[4])]
