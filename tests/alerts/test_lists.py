"""Each list costs the same number of questions however long it is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.alerts.placed import OBJECTS
from tests.authz.relations import places

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", [name.removeprefix("admin:") for name in OBJECTS])
def test_one_row_and_three_cost_the_same(cast, enter, name):
    own, client, asked = places()[0], enter(cast.officer), []
    page = reverse(f"admin:{name}_changelist")
    client.get(page)
    for more in (1, 2):
        for _ in range(more):
            OBJECTS[f"admin:{name}"].make(own)
        with CaptureQueriesContext(connection) as queries:
            listed = client.get(page)
        asked.append(len(queries))
        assert listed.status_code == 200
    assert asked[0] == asked[1]
    assert asked[0] <= 14
