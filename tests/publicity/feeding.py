"""Reading what changed, and making changes, for the tests of both feeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from institutions.enums import StandingKind
from institutions.models import Institution, PublicChange
from institutions.operations.register import change_institution
from institutions.operations.status import set_standing
from listings.enums import ListKind
from listings.models import Edition
from listings.operations.editions import make_edition
from listings.operations.removal import approve_delisting, propose_delisting
from listings.tasks import EDITOR
from tests.cast import Cast
from tests.institutions.factories import AT
from tests.listings.factories import listed
from tests.publicity.factories import good, nobody_asked

API = "/api/v1/public/"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
DAY = AT.date()
Change = Callable[[Cast, Institution], object]


def all_changes(client, path: str, **query) -> tuple[list[dict], dict]:
    """(changes of all pages, the last page)."""
    found, after = [], ""
    while True:
        nobody_asked()
        response = client.get(f"{API}{path}", {**query, **({"after": after} if after else {})})
        assert response.status_code == 200, response.content.decode()
        page = response.json()
        found += page["changes"]
        if not (after := page["next_after"]):
            return found, page


def forget() -> None:
    """All that changed so far changed long ago: within a test's one transaction the database's clock stands still."""
    PublicChange.objects.update(changed_at=LONG_AGO)


def moved() -> set[int]:
    return set(PublicChange.objects.filter(changed_at__gt=LONG_AGO).values_list("institution_id", flat=True))


def by(cast: Cast) -> dict:
    return {"by": cast.officer, "at": AT}


def change(**facts) -> Change:
    return lambda cast, row: change_institution(institution=row, facts=facts, **by(cast))


def standing(kind: str, **given) -> Change:
    facts = {"value": "yes", "effective_on": DAY, "reason": "核实", **given}
    return lambda cast, row: set_standing(
        institution=row, kind=kind, by=cast.officer if kind == StandingKind.FLAG else cast.leader, at=AT, **facts
    )


def delist(cast: Cast, row: Institution) -> None:
    entry = propose_delisting(entry=row.list_entries.get(), reason="修复", **by(cast))
    approve_delisting(entry=entry, by=cast.leader, at=AT)


def grown(cast: Cast) -> list[Edition]:
    """Four editions of the white list: two come; one goes; it comes again with another term; one closes."""
    first, second = good(cast, name="甲机构"), good(cast, name="乙机构")
    listed(cast, first)
    listed(cast, second)
    made = [make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT)]
    delist(cast, first)
    made.append(make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT + timedelta(minutes=1)))
    standing(StandingKind.WHITE_LIST, until=date(2028, 1, 1))(cast, first)
    made.append(make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT + timedelta(minutes=2)))
    standing(StandingKind.WHITE_LIST, until=date(2029, 1, 1), reason="延期")(cast, first)
    made.append(make_edition(kind=ListKind.WHITE, by=EDITOR, at=AT + timedelta(minutes=3)))
    return made
