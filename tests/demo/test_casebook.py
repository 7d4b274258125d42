"""Cases of the bulletin: each loaded once, all of it or nothing, never beside real rows; by hand or by the worker."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from demo.casebook import CASES, case_of, load_case
from demo.loading import ask_worker, keep_logins, progress
from demo.models import LoadedCase
from demo.organs import Login
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict
from foundation.core.models import OutboxMessage
from inspections.models import Visit
from institutions.models import Institution

XIAMEN = case_of("xiamen")


@pytest.fixture
def demo_mode(settings):
    settings.DEMO_MODE = True


def quiet(done: int, of: int) -> None:
    """Nobody watches."""


def load_demo(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def test_seven_cases_in_the_order_of_the_bulletin():
    assert [case.code for case in CASES] == ["xiamen", "quanzhou", "lianjiang", "jimei", "shishi", "sanyuan", "xiapu"]
    assert case_of("nowhere") is None


@pytest.mark.django_db
def test_it_is_refused_outside_demo_mode_and_beside_real_people(settings, cast):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="DEMO_MODE"):
        load_demo("xiamen")
    settings.DEMO_MODE = True
    assert User.objects.filter(is_demo=False).exists()
    for arguments in (["xiamen"], ["--in-worker"]):
        with pytest.raises(CommandError, match="真实数据"):
            load_demo(*arguments)
    assert load_demo("--in-worker", "--if-demo") == ""
    assert (LoadedCase.objects.count(), OutboxMessage.objects.filter(kind="demo.load_case").count()) == (0, 0)


@pytest.mark.django_db
def test_a_name_that_no_case_has(demo_mode):
    with pytest.raises(CommandError, match=r"nowhere.*xiamen"):
        load_demo("nowhere")


@pytest.mark.turns(2)
@pytest.mark.django_db
@pytest.mark.slow
def test_broken_off_it_never_began_and_loaded_it_stays(demo_mode):
    def breaks(done: int, of: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_case(XIAMEN, tell=breaks)
    assert (Institution.objects.count(), User.objects.count(), Visit.objects.count()) == (0, 0, 0)
    assert LoadedCase.objects.count() == 0

    said = load_demo("xiamen")
    assert "厦门市 [########################] 100%" in said
    assert "xiamen.jiandu" in said
    assert Visit.objects.count() == 162
    events = Event.objects.count()
    assert load_demo("xiamen") == "厦门市: already there\n"
    assert (Event.objects.count(), LoadedCase.objects.get().code) == (events, "xiamen")
    assert ask_worker([XIAMEN], at=clock.now()) == 0


@pytest.mark.django_db
def test_a_case_whose_logins_cannot_be_kept_is_not_loaded(demo_mode, monkeypatch, tmp_path):
    monkeypatch.setattr("demo.loading.load_case", lambda case, tell: made())
    file = tmp_path / "nowhere" / "logins.json"

    def made() -> list[Login]:
        LoadedCase.objects.create(code="xiamen", loaded_at=clock.now())
        return [Login("角色", "a", "1")]

    with pytest.raises(FileNotFoundError):
        load_demo("xiamen", "--logins-file", str(file))
    assert LoadedCase.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.slow
def test_the_worker_loads_it_while_a_banner_says_so(demo_mode, tmp_path, client):
    file, at = tmp_path / "logins.json", clock.now()
    assert load_demo("xiamen", "--in-worker", "--logins-file", str(file)) == "1 cases for the worker\n"
    assert ask_worker([XIAMEN], at=at) == 0
    assert str(progress()) == "演示案例载入中 1/1：厦门市"
    at = clock.now() + timedelta(seconds=1)
    [message] = [
        each for each in outbox.claim_due(at=at) if OutboxMessage.objects.get(pk=each).kind == "demo.load_case"
    ]
    assert outbox.deliver(message, at=at)
    assert progress() is None
    assert LoadedCase.objects.get().code == "xiamen"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    logins = {each["username"]: each["password"] for each in json.loads(file.read_text(encoding="utf-8"))}
    assert User.objects.get(username="xiamen.jiandu").check_password(logins["xiamen.jiandu"])


@pytest.mark.django_db
def test_the_banner_goes_when_nothing_waits(settings, cast, enter):
    client = enter(cast.officer)
    settings.DEMO_MODE = True
    ask_worker(CASES, at=clock.now())
    OutboxMessage.objects.filter(payload__case="xiamen").update(state="done", done_at=clock.now())
    assert "演示案例载入中 2/7：泉州市" in client.get(reverse("admin:index")).content.decode()
    OutboxMessage.objects.update(state="done", done_at=clock.now())
    page = client.get(reverse("admin:index")).content.decode()
    assert "演示环境" in page
    assert "载入" not in page
    OutboxMessage.objects.filter(payload__case="xiapu").update(state="dead", done_at=None)
    assert "有 1 个演示案例未能载入" in client.get(reverse("admin:index")).content.decode()
    assert ask_worker(CASES, at=clock.now()) == 1, "asked for again, it is tried again"
    assert str(progress()).startswith("演示案例载入中 7/7")


@pytest.mark.django_db
def test_real_people_come_before_a_promise_is_carried_out(demo_mode, cast):
    """Asked for in an empty database, refused in one that people work in by now."""
    with pytest.raises(Conflict):
        load_case(XIAMEN, tell=quiet)


def test_logins_told_again_are_there_once(tmp_path):
    file = tmp_path / "logins.json"
    keep_logins(file, [Login("角色", "a", "1"), Login("角色", "b", "2")])
    keep_logins(file, [Login("角色", "a", "3")])
    kept = [(each["username"], each["password"]) for each in json.loads(file.read_text(encoding="utf-8"))]
    assert kept == [("b", "2"), ("a", "3")]
