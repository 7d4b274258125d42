"""Logging in: who gets in, where to, what is kept of it, and what a refused person is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import NoReverseMatch, reverse

from foundation.accounts.enums import LoginOutcome, Role
from foundation.accounts.models import LoginEvent, User
from foundation.audit.models import Event
from foundation.core import clock
from tests.accounts.factories import PASSWORD, log_in, officer, one_more_post, walker, with_password
from tests.cast import OWN, organ, person

WRONG = "登录名或密码不正确。"
LOCKED = "登录失败次数过多，请15分钟后再试。"


@pytest.fixture(autouse=True)
def _database(db):
    """Each test of this file uses the database."""


def outcomes() -> list[tuple[str, str]]:
    return list(LoginEvent.objects.order_by("pk").values_list("username", "outcome"))


def text_of(response) -> str:
    return response.content.decode()


def test_staff_goes_to_the_admin_and_leaves_a_login_event(client):
    user = officer()
    response = log_in(client, "chen", HTTP_USER_AGENT="Firefox", REMOTE_ADDR="10.1.2.3")
    assert response.status_code == 302
    assert response["Location"] == "/enter/"
    assert client.get("/enter/")["Location"] == "/admin/"
    event = LoginEvent.objects.get()
    assert (event.user, event.username, event.succeeded, event.outcome) == (user, "chen", True, "success")
    assert (event.address, event.agent) == ("10.1.2.3", "Firefox")


def test_login_name_may_be_typed_in_capitals_and_with_blanks(client):
    officer()
    assert log_in(client, " CHEN ")["Location"] == "/enter/"


def test_supervisor_goes_to_the_phone(client):
    walker()
    log_in(client, "lin")
    assert client.get("/enter/")["Location"] == "/m/"


def test_person_without_a_post_is_told_so(client):
    with_password(User.objects.create(username="wang", name="王芳", organ=organ(OWN)))
    log_in(client, "wang")
    response = client.get("/enter/")
    assert response.status_code == 200
    assert "您目前没有有效岗位" in text_of(response)
    assert client.get("/admin/").status_code == 403


def test_next_page_is_kept_but_never_leaves_the_site(client):
    officer()
    data = {"login": "chen", "password": PASSWORD}
    assert client.post("/accounts/login/", {**data, "next": "/admin/x/"})["Location"] == "/admin/x/"
    client.logout()
    assert client.post("/accounts/login/", {**data, "next": "https://evil.example/"})["Location"] == "/enter/"


def test_wrong_password_and_unknown_name_are_told_the_same(client):
    officer()
    known, unknown = log_in(client, "chen", "wrong-password-1"), log_in(client, "nobody", "wrong-password-1")
    assert known.status_code == unknown.status_code == 200
    assert WRONG in text_of(known)
    assert known.context["form"].errors.as_json() == unknown.context["form"].errors.as_json()
    assert outcomes() == [("chen", "password"), ("nobody", "password")]


@pytest.mark.parametrize("changed", [{"is_active": False}, {"is_demo": True}])
def test_disabled_and_demo_accounts_are_answered_like_a_wrong_password(client, changed):
    user = officer(**changed)
    response = log_in(client, "chen")
    assert WRONG in text_of(response)
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    assert list(LoginEvent.objects.values_list("user", "outcome")) == [(user.pk, LoginOutcome.REFUSED)]


def test_demo_accounts_get_in_in_demo_mode_and_out_when_it_ends(client, settings):
    settings.DEMO_MODE = True
    officer(is_demo=True)
    assert log_in(client, "chen")["Location"] == "/enter/"
    assert client.get("/enter/")["Location"] == "/admin/"
    settings.DEMO_MODE = False
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"


def test_five_failures_lock_the_name_at_the_address_for_15_minutes(client):
    """Not the name everywhere: a colleague's account cannot be locked out from another address."""
    officer()
    for _ in range(5):
        assert WRONG in text_of(log_in(client, "chen", "wrong-password-1", REMOTE_ADDR="10.0.0.1"))
    refused = log_in(client, "chen", PASSWORD, REMOTE_ADDR="10.0.0.1")
    assert LOCKED in text_of(refused)
    assert outcomes()[-1] == ("chen", "locked")
    assert log_in(client, "chen", PASSWORD, REMOTE_ADDR="10.0.0.2")["Location"] == "/enter/"


def test_lock_out_ends_after_15_minutes(client, time_machine_at):
    officer()
    with time_machine_at(0):
        for _ in range(5):
            log_in(client, "chen", "wrong-password-1")
    with time_machine_at(14):
        assert LOCKED in text_of(log_in(client, "chen"))
    with time_machine_at(16):
        assert log_in(client, "chen")["Location"] == "/enter/"


def test_unknown_names_are_locked_out_alike(client):
    for _ in range(5):
        log_in(client, "nobody", "wrong-password-1")
    assert LOCKED in text_of(log_in(client, "nobody", "wrong-password-1"))


def test_many_names_from_one_address_are_stopped(client):
    for number in range(50):
        log_in(client, f"guess-{number}", "wrong-password-1")
    assert LOCKED in text_of(log_in(client, "guess-51", "wrong-password-1"))


def test_success_between_failures_does_not_reset_the_count(client):
    officer()
    for password in ("wrong-password-1",) * 4 + (PASSWORD, "wrong-password-1"):
        client.logout()
        log_in(client, "chen", password)
    client.logout()
    assert LOCKED in text_of(log_in(client, "chen"))


def test_behind_a_proxy_the_client_is_who_the_proxy_saw(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    officer()
    log_in(client, "chen", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.9.9.9", REMOTE_ADDR="127.0.0.1")
    assert LoginEvent.objects.get().address == "10.9.9.9"


def test_disabled_person_is_out_on_the_next_request(client):
    user = officer()
    log_in(client, "chen")
    assert client.get("/enter/")["Location"] == "/admin/"
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    assert client.get("/admin/")["Location"] == "/accounts/login/?next=/admin/"


def test_logout_needs_a_post(client):
    officer()
    log_in(client, "chen")
    assert "确定要退出登录吗" in text_of(client.get("/accounts/logout/"))
    assert client.get("/enter/")["Location"] == "/admin/"
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"


def test_session_key_changes_at_login(client):
    officer()
    client.get("/accounts/login/")
    session = client.session
    session["marker"] = 1
    session.save()
    before = session.session_key
    log_in(client, "chen")
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/email/",
        "/accounts/password/reset/",
        "/accounts/password/set/",
        "/accounts/social/connections/",
        "/accounts/2fa/webauthn/",
        "/accounts/login/code/",
        "/accounts/",
    ],
)
def test_other_pages_of_allauth_do_not_exist(client, path):
    officer()
    assert client.get(path).status_code == 404
    log_in(client, "chen")
    assert client.get(path).status_code == 404


def test_signup_has_no_name_either():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_pages_carry_no_inline_script_or_style_and_a_strict_policy(client):
    officer()
    pages = [client.get("/accounts/login/")]
    log_in(client, "chen")
    for path in ("/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/enter/posts/"):
        pages.append(client.get(path))
    for response in pages:
        assert response.status_code == 200
        assert "<script" not in text_of(response)
        assert "style=" not in text_of(response)
        assert "unsafe" not in response["Content-Security-Policy"]
        assert response["Cache-Control"] != ""


def test_own_password_change_ends_other_sessions_and_is_audited(client, django_user_model):
    user = officer()
    other = type(client)()
    log_in(client, "chen")
    log_in(other, "chen")
    changed = {"oldpassword": PASSWORD, "password1": "Another-Lake-77", "password2": "Another-Lake-77"}
    assert client.post("/accounts/password/change/", changed)["Location"] == "/enter/"
    assert client.get("/enter/")["Location"] == "/admin/"
    assert other.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_id) == ("user.password_changed", user.pk, user.pk)
    assert event.changes == {"password": ["***", "***"]}


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong-password-1", "Another-Lake-77", "Another-Lake-77", "当前密码不正确。"),
        (PASSWORD, "Another-Lake-77", "Another-Lake-78", "两次输入的新密码不一致。"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码不能与当前密码相同。"),
        (PASSWORD, "Short-1a", "Short-1a", "密码太短，不得少于 12 位。"),
        (PASSWORD, "onlylowercase77", "onlylowercase77", "密码须包含小写字母、大写字母、数字、符号中的至少 3 类。"),
        (PASSWORD, "Chen-chen-1", "Chen-chen-1", "密码跟 登录名 太相似了。"),
    ],
)
def test_refused_password_changes_nothing(client, old, new, again, sentence):
    user = officer(username="chen-chen")
    log_in(client, "chen-chen")
    before = User.objects.get(pk=user.pk).password
    response = client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": again})
    assert sentence in text_of(response)
    assert User.objects.get(pk=user.pk).password == before
    assert not Event.objects.exists()


def test_one_time_password_must_be_changed_before_anything_else(client):
    officer(must_change_password=True)
    log_in(client, "chen")
    for path in ("/enter/", "/admin/", "/m/"):
        assert client.get(path)["Location"] == "/accounts/password/change/"
    changed = {"oldpassword": PASSWORD, "password1": "Another-Lake-77", "password2": "Another-Lake-77"}
    client.post("/accounts/password/change/", changed)
    assert client.get("/enter/")["Location"] == "/admin/"


class TestSessionLimits:
    def at(self, minutes: float):
        return clock.set_to(self.start + timedelta(minutes=minutes))

    @pytest.fixture(autouse=True)
    def _start(self, client):
        self.start = clock.now()
        officer()
        with self.at(0):
            log_in(client, "chen")

    def test_thirty_idle_minutes_end_it(self, client):
        with self.at(29):
            assert client.get("/enter/")["Location"] == "/admin/"
        with self.at(58):
            assert client.get("/enter/")["Location"] == "/admin/"
        with self.at(89):
            assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
        assert "您已超过30分钟未操作，请重新登录。" in text_of(client.get("/accounts/login/"))

    def test_twelve_hours_end_it_whatever_was_done(self, client):
        for minutes in range(0, 720, 20):
            with self.at(minutes):
                assert client.get("/enter/")["Location"] == "/admin/"
        with self.at(721):
            assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"

    def test_on_the_phone_only_the_twelve_hours_count(self, client):
        """A form is filled without the portal hearing of it; the same session is idle for every other page."""
        with self.at(200):
            assert client.get("/m/me/").status_code == 200
            assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"

    def test_a_phones_visit_does_not_keep_the_staffs_pages_open(self, client):
        for minutes in (20, 60, 100, 600):
            with self.at(minutes):
                assert client.get("/m/me/").status_code == 200
        with self.at(719):
            assert client.get("/m/me/").status_code == 200
        with self.at(721):
            assert client.get("/m/me/")["Location"] == "/accounts/login/?next=/m/me/"

    def test_another_setting_holds(self, client, settings):
        settings.SESSION_IDLE_SECONDS = 60
        with self.at(2):
            assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"


def test_the_browser_of_a_phone_post_keeps_the_session_when_it_is_closed(client):
    """Others lose theirs with the window; who changes from the one post to the other as well."""
    walker()
    officer()
    log_in(client, "lin")
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60
    client.post("/accounts/logout/")
    log_in(client, "chen")
    assert client.cookies["sessionid"]["max-age"] == ""


def test_changing_the_post_settles_how_long_the_browser_keeps_the_session(client):
    user = walker()
    post = one_more_post(user, Role.COUNTY_OFFICER)
    log_in(client, "lin")
    client.post("/enter/posts/", {"post": post.pk})
    assert client.cookies["sessionid"]["max-age"] == ""


def test_unknown_and_known_names_cost_the_same_hashes(client, monkeypatch):
    """The answer's time is the hash: one for each kind of refusal."""
    officer()
    counted = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *given: counted.append(1) or encode(self, *given), raising=True
    )
    log_in(client, "chen", "wrong-password-1")
    known = len(counted)
    counted.clear()
    log_in(client, "nobody", "wrong-password-1")
    assert (known, len(counted)) == (1, 1)


def test_two_posts_are_offered_and_the_switch_is_audited(client):
    user = officer()
    phone = one_more_post(user, Role.SUPERVISOR)
    log_in(client, "chen")
    page = text_of(client.get("/enter/posts/"))
    assert "县级经办人" in page
    assert "社会监督员" in page
    before = client.session.session_key
    assert client.post("/enter/posts/", {"post": phone.pk})["Location"] == "/enter/"
    assert client.session.session_key != before
    assert client.get("/enter/")["Location"] == "/m/"
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_id) == ("post.switched", phone.pk, user.pk)


def test_somebody_elses_post_cannot_be_switched_to(client):
    other = person(Role.CITY_MANAGER, organ("350200"), username="boss")
    officer()
    log_in(client, "chen")
    assert client.post("/enter/posts/", {"post": other.pk}).status_code == 404
    assert not Event.objects.exists()
