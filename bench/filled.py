"""A register of many institutions, most of them on the white list, brought in by COPY: what list and search measure in.

The same number of rows always gives the same content. Three quarters are on the white list, one in a hundred on the
black list, as many are warned of, one in twenty-five has been deregistered.
"""

from __future__ import annotations

import random
from datetime import timedelta

from django.db import connection

from foundation.core import clock
from foundation.core.bulk import copy_rows
from foundation.regions.models import Division, Jurisdiction
from institutions import periods, search
from institutions.models import Institution, Permit, StandingEvent, StatusEvent
from institutions.public_ids import ALPHABET

from . import registry
from .place import vacuum

CATEGORIES = {"学科类": "subject", "文化艺术类": "arts", "体育类": "sport", "科技类": "science"}
SLICE = 20_000
#: What is the same for every institution.
CONSTANT = {
    "trade_name": "", "site_type": "training", "subcategory": "", "stages": "{primary}", "mode": "offline",
    "legal_type": "company", "licence_status": "complete", "phone": "", "public_phone": "", "hours": "周末 9:00-20:30",
    "platform_id": "", "remark": "", "grade": "",
}  # fmt: skip
FACTS = (
    "id", "public_id", "jurisdiction_id", "division_id", "name", "credit_code", "category", "legal_person", "address",
    "bank", "account_tail", "status", "registered_at", "changed_at", *CONSTANT,
)  # fmt: skip
PERMIT = ("institution_id", "kind", "number", "issuer", "scope", "valid_from", "valid_to")
STATUS = ("institution_id", "status", "category", "site_type", "effective_on", "recorded_at", "reason", "withdrawn")
STANDING = (
    "institution_id", "kind", "detail", "value", "effective_on", "until", "recorded_at", "reason", "withdrawn",
    "source",
)  # fmt: skip


def fill(rows: int) -> None:
    """Institutions with permit, status, standing and search terms, and the figures that the planner needs."""
    chance, now, today = random.Random(rows), clock.now(), clock.today()
    places = _places()
    institutions, permits, statuses, standings = [], [], [], []
    for number, row in enumerate(registry.registry(rows), start=1):
        name, code, permit, category, _, person, _, address, county, _, issued, until, bank, tail = row
        jurisdiction, division = places[county]
        ended, kind = number % 25 == 7, _standing(number)
        status = "deregistered" if ended else "normal"
        institutions.append((
            number, _public_id(chance), jurisdiction, division, name, code, CATEGORIES[category], person, address, bank,
            tail, status, now, now, *CONSTANT.values(),
        ))  # fmt: skip
        permits.append((number, "non_subject", permit, f"{county}教育局", "", issued, until))
        kinds = (CATEGORIES[category], "training")
        statuses.append((number, "normal", *kinds, issued, now, "", False))
        if ended:
            statuses.append((number, "deregistered", *kinds, today - timedelta(days=90), now, "", False))
        if kind:
            since = today - timedelta(days=chance.randint(1, 300))
            standings.append((number, kind, "", "在列", since, since + timedelta(days=364), now, "年检合格", False, ""))
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    copy_rows(Institution, FACTS, institutions)
    copy_rows(Permit, PERMIT, permits)
    copy_rows(StatusEvent, STATUS, statuses)
    copy_rows(StandingEvent, STANDING, standings)
    _derive(rows)


def _derive(rows: int) -> None:
    """What the portal itself derives: periods and search terms; then the planner's figures."""
    with connection.cursor() as cursor:
        for start in range(1, rows + 1, SLICE):
            ids = range(start, min(start + SLICE, rows + 1))
            periods.refresh(ids)
            search.refresh(ids)
        cursor.execute("RESET statement_timeout")
    vacuum()


def _standing(number: int) -> str:
    if number % 100 == 1:
        return "black_list"
    if number % 100 == 2:
        return "warning"
    return "white_list" if number % 4 else ""


def _places() -> dict[str, tuple[int, int]]:
    """County -> its bureau's jurisdiction and the division that stands for all of it."""
    divisions = dict(Division.objects.filter(level="county").values_list("code", "pk"))
    return {
        name: (pk, divisions[code])
        for pk, code, name in Jurisdiction.objects.filter(code__startswith="3502").values_list("pk", "code", "name")
        if code in divisions
    }


def _public_id(chance: random.Random) -> str:
    return "".join(chr(chance.choice(ALPHABET)) for _ in range(12))
