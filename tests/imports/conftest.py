"""What the tests of the import's pages share."""

import os

import pytest

from foundation.accounts.models import User

#: Kills and figures on the real stack, minutes long: only ``script/prove import_large`` runs it, alone on its machine.
#: What it proves of races and deaths, test_races.py and tests/core prove in every run.
collect_ignore = [] if os.environ.get("PROVE_FULL") == "1" else ["test_import_large.py"]


@pytest.fixture
def login(client):
    def enter(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return enter
