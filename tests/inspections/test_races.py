"""The same form at the same moment: real commits, real locks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from inspections.models import CampaignVisit, GroupVisit, Visit, VisitSeries
from inspections.operations.outings import file_group_visit
from inspections.operations.tagging import tag_visit
from inspections.operations.visits import file_visit
from tests.cast import build_cast
from tests.inspections.campaigning import group_report, planned, running, under_way
from tests.inspections.factories import AT, filed, officers_report, supervisors_report
from tests.institutions.factories import institution


def test_ten_times_at_once_is_one_record(committed_db):
    cast = build_cast()
    report = supervisors_report(institution(cast.officer), cast.supervisor)

    def send(_: int) -> str:
        try:
            return file_visit(report=report, by=cast.supervisor, at=AT).number
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        numbers = set(pool.map(send, range(10)))
    assert numbers == {"JD-350203-202611-0001"}
    assert (Visit.objects.count(), VisitSeries.objects.get().last_no) == (1, 1)


def test_a_groups_form_ten_times_at_once_is_one_visit_with_one_tag(committed_db):
    """Seen to fail without the locks of shift and campaign: two tags, or a refusal instead of the same record."""
    cast = build_cast()
    campaign = running(cast.officer)
    [group] = under_way(cast.officer, campaign=campaign).groups.all()
    report = group_report(institution(cast.officer))

    def send(_: int) -> str:
        try:
            return file_group_visit(group=group, report=report, by=cast.officer, at=AT).number
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(send, range(10)))) == 1
    assert (Visit.objects.count(), GroupVisit.objects.count(), CampaignVisit.objects.count()) == (1, 1, 1)


def test_a_visit_tagged_ten_times_at_once_counts_once(committed_db):
    """Seen to fail without the visit's lock: the others are refused by the unique tag instead of getting it back."""
    cast = build_cast()
    campaign = running(cast.officer)
    visit = filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)

    def tag(_: int) -> int:
        try:
            return tag_visit(visit=visit, campaign=campaign, by=cast.officer, at=AT).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(tag, range(10)))) == 1
    assert CampaignVisit.objects.count() == 1


def test_shifts_planned_at_once_get_different_numbers(committed_db):
    cast = build_cast()

    def plan_one(_: int) -> str:
        try:
            return planned(cast.officer).number
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(plan_one, range(5)))) == 5
