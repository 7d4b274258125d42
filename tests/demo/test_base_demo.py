"""The base demo through its command: a login per role, a lived-in register, nothing twice."""

import json
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assignments.models import Part
from foundation.accounts.enums import Role
from foundation.accounts.models import Post, User
from foundation.audit.models import Event
from foundation.core.models import OutboxMessage
from institutions.models import Institution, UnlicensedSite
from listings.models import ListEntry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def demo_mode(settings):
    settings.DEMO_MODE = True


def test_it_loads_once_with_a_login_per_role(demo_mode, at_work, tmp_path):
    file = tmp_path / "logins.json"
    call_command("load_base_demo", "--if-empty", "--logins-file", str(file))
    logins = json.loads(file.read_text(encoding="utf-8"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert all(User.objects.get(username=login["username"]).check_password(login["password"]) for login in logins)
    assert User.objects.filter(is_demo=False).count() == 0
    assert (Institution.objects.count(), UnlicensedSite.objects.count(), Part.objects.count()) == (68, 9, 4)
    assert ListEntry.objects.filter(state="proposed").count() == 2
    assert OutboxMessage.objects.exclude(state="done").count() == 0
    events = Event.objects.count()
    call_command("load_base_demo", "--if-empty", "--logins-file", str(file))
    assert Event.objects.count() == events
    with pytest.raises(CommandError, match="rows of its own"):
        call_command("load_base_demo", stdout=StringIO())


def test_it_is_refused_outside_demo_mode(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE"):
        call_command("load_base_demo")
    assert User.objects.count() == 0
