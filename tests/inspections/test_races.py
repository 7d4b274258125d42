"""The same form at the same moment: real commits, real locks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from inspections.models import Visit, VisitSeries
from inspections.operations.visits import file_visit
from tests.cast import build_cast
from tests.inspections.factories import AT, supervisors_report
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
