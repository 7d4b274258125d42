import pytest

from foundation.accounts.enums import Role
from tests.cast import CITY, acting, organ, person


@pytest.fixture
def clerk(cast):
    """An officer of the city's bureau, whose files speak of several counties."""
    return acting(person(Role.COUNTY_OFFICER, organ(CITY), username="city-importer"))
