"""What is offered as evidence: formal records of this institution only; covert and volunteers' visits never."""

from datetime import timedelta

import pytest

from enforcement.operations.orders import void_order
from foundation.core import clock
from inspections.enums import VisitKind
from institutions import dossier
from institutions.enums import PermitKind
from institutions.operations.premises import add_permit
from tests.enforcement.factories import inspected, issued_today
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed, seen_clean

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def kinds(row) -> list[str]:
    return sorted(record.source for record in dossier.records_of(row))


def test_covert_visits_are_never_offered(cast):
    """The institution reads these lines: a covert visit, and what it found, is no formal record."""
    row = institution(cast.officer)
    inspected(cast, row, kind=VisitKind.COVERT, covert=True)
    assert kinds(row) == []
    inspected(cast, row, slot="evening")
    assert kinds(row) == ["finding", "finding", "visit"]


def test_what_has_not_come_yet_is_no_record(cast):
    """A permit that runs out next year, an order whose day has not passed: nothing wrong with either today."""
    row = institution(cast.officer)
    permit = {"kind": PermitKind.NON_SUBJECT, "number": "1", "issuer": "x", "valid_to": AT.date() + timedelta(days=90)}
    add_permit(institution=row, **permit, by=cast.officer, at=AT)
    issued_today(cast, row)
    assert "licence" not in kinds(row)
    assert [record.weight for record in dossier.records_of(row, among={"order"})] == ["rectify"]
    with clock.set_to(AT + timedelta(days=200)):
        assert "licence" in kinds(row)
        assert [record.weight for record in dossier.records_of(row, among={"order"})] == ["late"]


def test_each_source_gives_its_own_and_says_what_is_void(cast):
    row, other = institution(cast.officer), institution(cast.officer)
    seen_clean(cast, row)
    listed(cast, row)
    order = issued_today(cast, row)
    void_order(order=order, reason="写错", by=cast.second_officer, at=AT)
    assert set(kinds(row)) == {"finding", "listing", "order", "visit"}
    assert [record.void for record in dossier.records_of(row, among={"order"})] == ["写错"]
    assert "order" not in {record.source for record in dossier.standing_records(row)}
    assert kinds(other) == []
    mine = [record.key for record in dossier.records_of(row)]
    assert set(dossier.found(row, [*mine, "order:0", "nothing:1"])) == set(mine)
    assert dossier.found(other, mine) == {}
