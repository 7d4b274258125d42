"""Each list costs the same number of questions however long it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.authz.relations import places
from tests.documents.conftest import private_media
from tests.funds.placed import OBJECTS

__all__ = ["private_media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_media")]
REGISTERS = (
    *("bank", "supervisedaccount", "minimumbalance", "exemption", "agreement", "fundsfile", "flagevent", "push"),
    *("obstacle", "admintraining"),
)


@pytest.mark.parametrize("name", REGISTERS)
def test_one_row_and_three_cost_the_same(cast, enter, name, settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0
    own, client, asked = places()[0], enter(cast.officer), []
    page = reverse(f"admin:funds_{name}_changelist")
    client.get(page)
    for more in (1, 2):
        for _ in range(more):
            OBJECTS[f"admin:funds_{name}"].make(own)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            listed = client.get(page)
        asked.append(len(queries))
        assert listed.status_code == 200
    assert asked[0] == asked[1]
    assert asked[0] <= 14
