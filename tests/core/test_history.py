"""What was true when, as known when: on the chain of an institution's status."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from foundation.core import constraints
from foundation.core.errors import InvalidInput
from foundation.core.operation import operation
from institutions.models import StatusEvent
from tests.institutions import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2024, 6, 1, 12, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def told(cast):
    """told(effective_on, status, recorded on, ...): one more event of the same institution."""
    institution = factories.institution(cast.officer)

    def tell(on: str, status: str, recorded: str, **given) -> StatusEvent:
        at = datetime.combine(date.fromisoformat(recorded), NOON.time(), tzinfo=NOON.tzinfo)
        row = StatusEvent(
            institution=institution,
            effective_on=date.fromisoformat(on),
            status=status,
            recorded_at=at,
            category=institution.category,
            **given,
        )
        return operation(constraints.insert)(row)

    tell.institution = institution
    return tell


def status(told, on: str, known: str | None = None) -> str | None:
    known_at = known and NOON.replace(**dict(zip(("year", "month", "day"), map(int, known.split("-")), strict=True)))
    known_at = known_at and known_at + timedelta(hours=1)
    found = StatusEvent.objects.filter(institution=told.institution).as_of(date.fromisoformat(on), known_at or None)
    return next((event.status for event in found), None)


def test_the_latest_effective_event_holds(told):
    told("2024-01-01", "normal", "2024-01-02")
    told("2024-03-01", "suspended", "2024-03-01")
    assert [status(told, on) for on in ("2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01")] == [
        None,
        "normal",
        "normal",
        "suspended",
    ]


def test_what_was_not_yet_known_does_not_count(told):
    told("2024-01-01", "normal", "2024-01-02")
    told("2024-03-01", "suspended", "2024-04-01")
    assert status(told, "2024-03-15", known="2024-03-31") == "normal"
    assert status(told, "2024-03-15", known="2024-04-01") == "suspended"


def test_a_correction_takes_the_place_of_what_it_replaces(told):
    told("2024-01-01", "normal", "2024-01-02")
    wrong = told("2024-03-01", "suspended", "2024-03-01")
    told("2024-03-10", "suspended", "2024-04-01", replaces=wrong)
    assert status(told, "2024-03-05") == "normal"
    assert status(told, "2024-03-05", known="2024-03-20") == "suspended"


def test_a_withdrawal_says_that_it_never_happened(told):
    told("2024-01-01", "normal", "2024-01-02")
    wrong = told("2024-03-01", "suspended", "2024-03-01")
    told("2024-03-01", "suspended", "2024-04-01", replaces=wrong, withdrawn=True)
    assert status(told, "2024-05-01") == "normal"


def test_on_a_tie_the_later_recorded_event_holds(told):
    told("2024-01-01", "suspended", "2024-01-03")
    told("2024-01-01", "normal", "2024-01-02")
    assert status(told, "2024-01-01") == "suspended"


def test_an_event_is_replaced_once_and_a_withdrawal_replaces_something(told):
    wrong = told("2024-03-01", "suspended", "2024-03-01")
    told("2024-03-02", "suspended", "2024-03-02", replaces=wrong)
    with pytest.raises(InvalidInput):
        told("2024-03-03", "suspended", "2024-03-03", replaces=wrong)
    with pytest.raises(InvalidInput, match="撤销必须指明所撤销的记录。"):
        told("2024-03-03", "suspended", "2024-03-03", withdrawn=True)
