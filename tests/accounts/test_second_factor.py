"""The authenticator app: setting up, logging in with it, recovery codes, and who must have it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as project

from foundation.accounts.enums import Role
from foundation.accounts.models import LoginEvent, User
from foundation.audit.models import Event
from tests.accounts.factories import code, log_in, officer, one_more_post, second_factor, walker

BAD_CODE = "验证码不正确，请核对后重新输入。"
LOCKED = "登录失败次数过多，请15分钟后再试。"
AUTHENTICATE = "/accounts/2fa/authenticate/"
ACTIVATE = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of this file uses the database."""


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def set_up(client) -> str:
    """Activate the app in this session; returns the secret."""
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    counter = int(time.time()) // 30
    response = client.post(ACTIVATE, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def test_setting_up_shows_recovery_codes_and_is_audited(client):
    user = officer()
    log_in(client, "chen")
    page = client.get(ACTIVATE).content.decode()
    assert "启用动态验证码" in page
    assert "data:image/svg+xml;base64," in page
    set_up(client)
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert len(codes.context["unused_codes"]) == 10
    assert kinds() == ["user.second_factor_set_up"]
    assert Event.objects.get().subject_id == user.pk
    download = client.get("/accounts/2fa/recovery-codes/download/")
    assert codes.context["unused_codes"][0] in download.content.decode()


def test_wrong_code_sets_nothing_up(client):
    officer()
    log_in(client, "chen")
    client.get(ACTIVATE)
    assert BAD_CODE in client.post(ACTIVATE, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()
    assert kinds() == []


def test_secrets_are_sealed_in_the_database(client):
    officer()
    log_in(client, "chen")
    secret = set_up(client)
    for row in Authenticator.objects.all():
        assert secret not in str(row.data)
        assert all(value.startswith("v1$aes256gcm$") for key, value in row.data.items() if key in {"secret", "seed"})


def test_password_alone_does_not_log_in(client):
    second_factor(officer())
    assert log_in(client, "chen")["Location"] == AUTHENTICATE
    assert client.get("/enter/")["Location"].startswith("/accounts/login/")
    assert not LoginEvent.objects.exists()
    assert client.post(AUTHENTICATE, {"code": code()})["Location"] == "/enter/"
    assert client.get("/enter/")["Location"] == "/admin/"
    assert LoginEvent.objects.get().succeeded


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_half_a_minute_off_is_forgiven(client, time_machine_at, steps):
    with time_machine_at(0):
        second_factor(officer())
        log_in(client, "chen")
        assert client.post(AUTHENTICATE, {"code": code(steps=steps)})["Location"] == "/enter/"


@pytest.mark.parametrize("steps", [-2, 2])
def test_older_and_later_codes_are_not(client, time_machine_at, steps):
    with time_machine_at(0):
        second_factor(officer())
        log_in(client, "chen")
        assert BAD_CODE in client.post(AUTHENTICATE, {"code": code(steps=steps)}).content.decode()


@pytest.mark.parametrize("minutes", [0, 0.4, 0.75, 0.99])
def test_a_code_works_once_however_long_it_would_pass(client, time_machine_at, minutes):
    """The code of the next half-minute is accepted for a minute and a half; so long it must stay used."""
    with time_machine_at(0):
        second_factor(officer())
        used = code(steps=1)
        log_in(client, "chen")
        assert client.post(AUTHENTICATE, {"code": used})["Location"] == "/enter/"
    with time_machine_at(minutes):
        thief = type(client)()
        log_in(thief, "chen")
        assert BAD_CODE in thief.post(AUTHENTICATE, {"code": used}).content.decode()


def test_wrong_codes_leave_login_events_and_lock_out(client):
    user = second_factor(officer()).user
    log_in(client, "chen")
    for _ in range(5):
        assert BAD_CODE in client.post(AUTHENTICATE, {"code": "000000"}).content.decode()
    assert list(LoginEvent.objects.values_list("user", "outcome")) == [(user.pk, "code")] * 5
    assert LOCKED in client.post(AUTHENTICATE, {"code": code()}).content.decode()
    assert client.get("/enter/")["Location"].startswith("/accounts/login/")


def test_recovery_code_works_once(client):
    officer()
    log_in(client, "chen")
    set_up(client)
    recovery = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    for answer in ("/enter/", None):
        other = type(client)()
        log_in(other, "chen")
        assert other.post(AUTHENTICATE, {"code": recovery}).get("Location") == answer


def test_disabled_between_password_and_code_is_refused(client):
    user = officer()
    second_factor(user)
    log_in(client, "chen")
    User.objects.filter(pk=user.pk).update(is_active=False)
    client.post(AUTHENTICATE, {"code": code()})
    assert client.get("/enter/")["Location"].startswith("/accounts/login/")
    assert not LoginEvent.objects.filter(succeeded=True).exists()


def test_removing_it_asks_who_you_are_and_is_audited(client, time_machine_at):
    officer()
    with time_machine_at(0):
        log_in(client, "chen")
        set_up(client)
    with time_machine_at(10):
        asked = client.get("/accounts/2fa/totp/deactivate/")
        assert asked["Location"].startswith("/accounts/reauthenticate/")
        assert "确认身份" in client.get(asked["Location"]).content.decode()
    with time_machine_at(1):
        assert client.post("/accounts/2fa/totp/deactivate/")["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.exists()
    assert kinds() == ["user.second_factor_set_up", "user.second_factor_removed"]


def test_new_recovery_codes_replace_the_old_and_are_audited(client):
    officer()
    log_in(client, "chen")
    set_up(client)
    before = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    client.post("/accounts/2fa/recovery-codes/generate/")
    after = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    assert not set(before) & set(after)
    assert kinds() == ["user.second_factor_set_up", "user.recovery_codes_made"]


class TestRequired:
    @pytest.fixture(autouse=True)
    def _required(self, settings):
        settings.MFA_REQUIRED = True

    def test_staff_must_set_it_up_first(self, client):
        officer()
        log_in(client, "chen")
        for path in ("/enter/", "/admin/", "/admin/audit/event/"):
            assert client.get(path)["Location"] == ACTIVATE
        assert "请先完成设置" in client.get(ACTIVATE).content.decode()
        set_up(client)
        assert client.get("/enter/")["Location"] == "/admin/"

    def test_a_recovery_code_alone_is_no_second_factor(self, client):
        user = officer()
        log_in(client, "chen")
        set_up(client)
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        assert client.get("/admin/")["Location"] == ACTIVATE

    def test_phone_posts_need_none_until_they_switch_to_a_staff_post(self, client):
        user = walker()
        staff = one_more_post(user, Role.COUNTY_OFFICER, valid_from="2023-01-01")
        log_in(client, "lin")
        assert client.get("/enter/")["Location"] == "/m/"
        client.post("/enter/posts/", {"post": staff.pk})
        assert client.get("/admin/")["Location"] == ACTIVATE


def test_production_requires_it_and_local_does_not():
    """Read from the files, because importing production needs a production's environment."""
    files = Path(project.BASE_DIR, "shuanjian", "settings")
    assert "\nMFA_REQUIRED = True\n" in (files / "production.py").read_text(encoding="utf-8")
    assert "\nMFA_REQUIRED = False" in (files / "base.py").read_text(encoding="utf-8")
