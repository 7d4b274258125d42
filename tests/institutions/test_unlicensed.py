from datetime import date, timedelta

import pytest

from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.regions.models import Division
from institutions import queries, workflow
from institutions.enums import Disposal, UnlicensedState
from institutions.operations.unlicensed import (
    dispose_unlicensed,
    merge_unlicensed,
    record_round,
    reopen_unlicensed,
)
from tests.institutions.factories import AT, institution, unlicensed

pytestmark = pytest.mark.django_db
FOUND = date(2026, 9, 1)


def dispose(site, by, on=date(2026, 9, 10)):
    return dispose_unlicensed(site=site, disposal=Disposal.BANNED, disposed_on=on, reason="已关停", by=by, at=AT)


def test_numbers_run_by_bureau_and_year(cast):
    assert [unlicensed(cast.officer, found_on=FOUND).number for _ in range(2)] == [
        "WZ-350203-2026-0001",
        "WZ-350203-2026-0002",
    ]
    assert unlicensed(cast.neighbour, county="350211", found_on=FOUND).number == "WZ-350211-2026-0001"


def test_a_grid_worker_reports_in_the_own_grid_only(cast):
    community = cast.grid.areas
    with pytest.raises(NotAllowed, match="不在您负责的区域"):
        unlicensed(cast.grid, found_on=FOUND)
    site = unlicensed(cast.grid, division=Division.objects.get(pk=next(iter(community))), found_on=FOUND)
    assert site.state == UnlicensedState.OPEN


def test_the_open_count_of_each_day_survives_a_relapse(cast):
    site = unlicensed(cast.officer, found_on=FOUND)
    dispose(site, cast.officer)
    reopen_unlicensed(site=site, reopened_on=date(2026, 10, 8), reason="又开课", by=cast.officer, at=AT)
    days = [date(2026, 8, 31), FOUND, date(2026, 9, 9), date(2026, 9, 10), date(2026, 10, 7), date(2026, 10, 8)]
    assert [queries.open_unlicensed_on(cast.officer, on=day).count() for day in days] == [0, 1, 1, 0, 0, 1]


def test_rounds_are_counted_and_audited(cast):
    site = unlicensed(cast.officer, found_on=FOUND)
    organ = Organ.objects.get(pk=cast.officer.organ_id)
    for day in (2, 3):
        record_round(
            site=site, checked_on=FOUND + timedelta(days=day), organ=organ, officers="张三、李四", finding="仍在上课",
            still_operating=True, by=cast.officer, at=AT,
        )  # fmt: skip
    assert list(site.rounds.order_by("no").values_list("no", flat=True)) == [1, 2]
    assert Event.objects.filter(kind="unlicensed.checked").count() == 2


@pytest.mark.parametrize("state", UnlicensedState.values)
@pytest.mark.parametrize("step", workflow.UNLICENSED.transitions, ids=lambda step: step.name)
def test_every_state_and_step(cast, state, step):
    site = unlicensed(cast.officer, found_on=FOUND)
    row = institution(cast.officer)
    if state != UnlicensedState.OPEN:
        dispose(site, cast.officer)
    if state == UnlicensedState.MERGED:
        merge_unlicensed(site=site, institution=row, reason="已办证", by=cast.officer, at=AT)
    steps = {
        "dispose": lambda: dispose(site, cast.officer),
        "reopen": lambda: reopen_unlicensed(
            site=site, reopened_on=date(2026, 10, 1), reason="反弹", by=cast.officer, at=AT
        ),
        "merge": lambda: merge_unlicensed(site=site, institution=row, reason="已办证", by=cast.officer, at=AT),
    }
    if step.starts_from(state):
        assert steps[step.name]().state == step.target
    else:
        events = Event.objects.count()
        with pytest.raises(IllegalTransition):
            steps[step.name]()
        assert Event.objects.count() == events


@pytest.mark.parametrize("who", ["neighbour", "city", "town", "leader", "grid", "public"])
def test_others_cannot_dispose(cast, who):
    site = unlicensed(cast.officer, found_on=FOUND)
    with pytest.raises(NotAllowed):
        dispose(site, getattr(cast, who))
    site.refresh_from_db()
    assert (site.state, Event.objects.count()) == (UnlicensedState.OPEN, 1)


def test_a_day_in_the_future_is_refused(cast):
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        unlicensed(cast.officer, found_on=AT.date() + timedelta(days=1))


def test_disposed_before_found_is_refused(cast):
    site = unlicensed(cast.officer, found_on=FOUND)
    with pytest.raises(InvalidInput, match="处置日期不能早于发现日期"):
        dispose(site, cast.officer, on=FOUND - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "part"),
    [(date(2026, 10, 7), "不能早于反弹日期2026-10-08"), (AT.date() + timedelta(days=1), "不能晚于今天")],
)
def test_disposed_of_again_neither_before_the_relapse_nor_ahead(cast, day, part):
    """Figures go by the event that takes effect last: with an earlier day the site would be open for ever."""
    site, relapse = unlicensed(cast.officer, found_on=FOUND), date(2026, 10, 8)
    dispose(site, cast.officer)
    reopen_unlicensed(site=site, reopened_on=relapse, reason="又开课", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match=part) as refused:
        dispose(site, cast.officer, on=day)
    assert list(refused.value.fields) == ["disposed_on"]
    site.refresh_from_db()
    assert (site.state, Event.objects.count()) == (UnlicensedState.OPEN, 3)
    dispose(site, cast.officer, on=relapse)
    assert queries.open_unlicensed_on(cast.officer, on=AT.date()).count() == 0


@pytest.mark.parametrize(
    ("day", "part"),
    [(date(2026, 9, 9), "不能早于处置日期2026-09-10"), (AT.date() + timedelta(days=1), "不能晚于今天")],
)
def test_no_relapse_before_the_disposal_nor_ahead(cast, day, part):
    site = unlicensed(cast.officer, found_on=FOUND)
    dispose(site, cast.officer)
    with pytest.raises(InvalidInput, match=part) as refused:
        reopen_unlicensed(site=site, reopened_on=day, reason="又开课", by=cast.officer, at=AT)
    assert list(refused.value.fields) == ["reopened_on"]
    site.refresh_from_db()
    assert (site.state, Event.objects.count()) == (UnlicensedState.DISPOSED, 2)
