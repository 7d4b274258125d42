import pytest

from foundation.accounts.models import User
from tests.documents.conftest import private_media

__all__ = ["private_media"]


@pytest.fixture(autouse=True)
def room(settings):
    """However full the disk of this machine is; the refusal has a test of its own."""
    settings.MEDIA_MIN_FREE_PERCENT = 0


@pytest.fixture
def login(client):
    def as_actor(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        return client

    return as_actor
