"""思明's cases in the base demo: one archived with its sums, one in hand, one that waits for the head."""

import pytest

from cases import queries
from cases.enums import CaseState
from cases.models import Case
from foundation.documents.enums import DocumentKind

pytestmark = pytest.mark.slow


def test_what_siming_filed(demo_db):
    cases = Case.objects.order_by("pk")
    assert [case.state for case in cases] == [CaseState.ARCHIVED, CaseState.INVESTIGATING, CaseState.PROPOSED]
    found = queries.figures(cases)
    assert (found.filed, found.decided, found.closed, found.fines, found.paid) == (2, 1, 1, 10_000_00, 10_000_00)
    assert list(cases[0].papers.order_by("pk").values_list("kind", flat=True)) == [
        DocumentKind.FILING,
        DocumentKind.QUESTIONING,
        DocumentKind.PRESERVATION,
        DocumentKind.PRIOR_NOTICE,
        DocumentKind.PENALTY,
        DocumentKind.CASE_CLOSING,
    ]
