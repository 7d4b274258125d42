"""三一致 over planted mismatches: each is flagged, nothing else is; ``script/prove planted_mismatches`` does 5,000."""

from __future__ import annotations

import os
import sys

import pytest

from contracts.enums import Verdict
from contracts.models import ContractFinding, Payment
from foundation.core import clock
from tests.contracts.planted import CLEAN, WRONG, plant
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
PAYMENTS = 5_000 if os.environ.get("PROVE_FULL") == "1" else 60
SHARE = 0.08 if PAYMENTS > 1000 else 0.35


@pytest.mark.prove
def test_recall_is_one_and_there_is_no_false_alarm(cast, record_property):
    with clock.set_to(AT):
        plan = plant(institution(cast.officer), payments=PAYMENTS, by=cast.officer, share=SHARE)
    found = dict(Payment.objects.values_list("reference", "verdict"))
    flagged = {reference for reference, verdict in found.items() if verdict != Verdict.AGREES}
    record_property("payments", len(found))
    record_property("planted", len(plan.wrong))
    assert set(plan.wrong.values()) == set(WRONG)
    assert len(plan.clean) >= len(CLEAN)
    assert {reference: plan.wrong[reference] for reference in set(plan.wrong) - flagged} == {}
    assert flagged - set(plan.wrong) == set()
    differing = Payment.objects.filter(verdict=Verdict.DIFFERS)
    assert not differing.filter(edit="").exists()
    told = ContractFinding.objects.filter(code="V09", cleared_on__isnull=True)
    assert set(told.values_list("payment", flat=True)) == set(differing.values_list("pk", flat=True))
    sys.stdout.write(f"{len(found)} payments, {len(plan.wrong)} planted, {len(flagged)} flagged\n")
