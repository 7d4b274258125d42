"""Tips for tests, sent through the operation."""

from __future__ import annotations

from datetime import datetime

from clues import receipts
from clues.enums import Subject
from clues.models import Clue
from clues.operations.tips import send_tip
from foundation.core.actor import ANONYMOUS
from foundation.regions.models import Jurisdiction
from tests.cast import OWN
from tests.institutions.factories import AT, town

RECEIPT = "1234567890123456"
TOLD = "每周六上午在三单元502补数学，收现金"


def tip(receipt: str = RECEIPT, *, county: str = OWN, at: datetime = AT, **given) -> Clue:
    facts = {"subject": Subject.UNLICENSED, "content": TOLD, "address": "三单元502", "division": town(county), **given}
    return send_tip(
        receipt=receipts.hashed(receipt),
        notice_version="test",
        jurisdiction=Jurisdiction.objects.get(code=county),
        by=ANONYMOUS,
        at=at,
        **facts,
    )
