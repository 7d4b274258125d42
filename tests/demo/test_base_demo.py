"""The base demo through its command: a login per role, a lived-in register, nothing twice."""

import json
import random
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from assignments.models import Part
from demo import base
from demo.organs import People, loader, set_up
from foundation.accounts.enums import Role
from foundation.accounts.models import Organ, Post, User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.models import OutboxMessage
from foundation.regions.models import Jurisdiction
from institutions.models import Institution, UnlicensedSite
from listings.enums import ListKind
from listings.models import AnnualCheck, ListEntry, Rating
from listings.queries import latest_edition, lines_of, lines_on, void_records

pytestmark = pytest.mark.slow


@pytest.fixture
def demo_mode(settings):
    settings.DEMO_MODE = True


@pytest.mark.django_db
def test_each_role_has_a_login_that_opens(demo_mode, monkeypatch, tmp_path):
    """Without the institutions, which take a minute: they are in the template that the next test looks at."""
    people = People(loader=loader(), at=clock.now(), dice=random.Random(base.SEED))
    set_up(people)
    monkeypatch.setattr(base, "is_empty", lambda: True)
    monkeypatch.setattr(base, "load", lambda **given: people.logins)
    file = tmp_path / "logins.json"
    call_command("load_base_demo", "--if-empty", "--logins-file", str(file))
    logins = json.loads(file.read_text(encoding="utf-8"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {Post.objects.get(user__username=login["username"]).role for login in logins} == set(Role.values)
    assert all(User.objects.get(username=login["username"]).check_password(login["password"]) for login in logins)


def test_it_is_loaded_once(demo_db, demo_mode):
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert User.objects.filter(is_demo=False).count() == 0
    assert (Institution.objects.count(), UnlicensedSite.objects.count(), Part.objects.count()) == (54, 5, 6)
    assert ListEntry.objects.filter(state="proposed").count() == 1
    _simings_lists()
    assert set(Rating.objects.values_list("state", flat=True)) == {"computed", "objected", "notice", "published"}
    assert set(AnnualCheck.objects.values_list("state", flat=True)) >= {"open", "reported", "notice"}
    assert OutboxMessage.objects.exclude(state="done").count() == 0
    events = Event.objects.count()
    call_command("load_base_demo", "--if-empty")
    assert Event.objects.count() == events
    with pytest.raises(CommandError, match="rows of its own"):
        call_command("load_base_demo", stdout=StringIO())


def _simings_lists() -> None:
    """Every black entry was heard and rests on records that hold; each decision was another person's; the one that was
    repaired left by a visit; each change made an edition.
    """
    own = ListEntry.objects.filter(institution__jurisdiction__code="350203")
    in_force = own.filter(state="approved", kind__in=["black", "white"])
    assert sorted(in_force.values_list("kind", flat=True)) == ["black"] + ["white"] * 7
    black = own.filter(kind="black").exclude(state="defending")
    assert {(entry.hearing, entry.removal_ground) for entry in black} == {("lapsed", ""), ("lapsed", "repaired")}
    assert all(entry.records.exists() and not void_records(entry) for entry in black)
    assert not own.filter(decided_by=F("proposed_by")).exists()
    listed = {line.institution_id for kind in ListKind for line in lines_on(kind, on=clock.today())}
    assert set(in_force.values_list("institution", flat=True)) <= listed
    assert own.get(state="ended", kind="black").institution_id not in listed
    assert all(lines_of(latest_edition(kind)) == lines_on(kind, on=clock.today()) for kind in ("white", "black"))


def test_shishi_waits_for_its_case(demo_db):
    """Only its people: what the base demo had there would count among the case's figures."""
    shishi = Jurisdiction.objects.get(code="350581")
    assert not Institution.objects.filter(jurisdiction=shishi).exists()
    bureau = Organ.objects.get(jurisdiction=shishi, kind="education")
    assert bureau.report_phone
    assert bureau.report_mailbox


@pytest.mark.django_db
def test_it_is_refused_outside_demo_mode(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE"):
        call_command("load_base_demo")
    assert User.objects.count() == 0
