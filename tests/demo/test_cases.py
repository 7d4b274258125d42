"""思明's cases in the base demo: four archived with their sums and published, one in hand, one that waits."""

import pytest

from cases import published, queries
from cases.enums import CaseState
from cases.models import Case
from foundation.core import clock
from foundation.documents.enums import DocumentKind

pytestmark = pytest.mark.slow


def test_what_siming_filed(demo_db):
    cases = Case.objects.order_by("pk")
    assert [case.state for case in cases] == [*[CaseState.ARCHIVED] * 4, CaseState.INVESTIGATING, CaseState.PROPOSED]
    found = queries.figures(cases)
    assert (found.filed, found.decided, found.closed, found.fines, found.paid) == (5, 4, 4, 17_000_00, 17_000_00)
    assert list(cases[0].papers.order_by("pk").values_list("kind", flat=True)) == [
        DocumentKind.FILING,
        DocumentKind.QUESTIONING,
        DocumentKind.PRESERVATION,
        DocumentKind.PRIOR_NOTICE,
        DocumentKind.PENALTY,
        DocumentKind.CASE_CLOSING,
    ]


def test_what_the_public_reads_of_them(demo_db):
    today = clock.today()
    assert [row.party for row in published.on_show(on=today) if published.is_person(row.case)] == ["林某"]
    assert (published.on_show(on=today).count(), published.taken_back(on=today).count()) == (3, 1)
