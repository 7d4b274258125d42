"""What the tests of the import's pages share."""

import pytest

from foundation.accounts.models import User


@pytest.fixture
def login(client):
    def enter(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return enter
