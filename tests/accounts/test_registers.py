"""The registers of organs, people, posts and logins through the staff site."""

from __future__ import annotations

import pytest

from foundation.accounts.enums import LoginOutcome, Role
from foundation.accounts.models import LoginEvent, Organ, Post, User
from foundation.core import clock
from tests.accounts.factories import second_factor
from tests.cast import NEIGHBOUR, OTHER_CITY, OWN, Cast, jurisdiction, organ, person


@pytest.fixture
def enter(client, cast):
    """Log the named member of the cast in; returns the client."""

    def as_(name: str):
        client.force_login(User.objects.get(pk=cast.everyone()[name].user_id))
        return client

    return as_


def text_of(response) -> str:
    return response.content.decode()


def logins(user: User, count: int) -> None:
    for _ in range(count):
        LoginEvent.objects.create(
            user=user, username=user.username, succeeded=True, outcome=LoginOutcome.SUCCESS, at=clock.now()
        )


def more(model: str, count: int) -> None:
    for number in range(count):
        if model == "organ":
            Organ.objects.create(jurisdiction=jurisdiction(OWN), kind="civil", name=f"单位{number}")
        else:
            post = person(Role.LEGAL_REVIEWER, organ(OWN), username=f"more-{number}")
            if model == "loginevent":
                logins(post.user, 1)


@pytest.mark.parametrize("model", ["organ", "user", "post", "loginevent"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(enter, model, count, django_assert_num_queries):
    more(model, count)
    client = enter("auditor")
    client.get("/enter/")  # writes when the session was last used
    with django_assert_num_queries(7):
        assert client.get(f"/admin/accounts/{model}/").status_code == 200


@pytest.mark.parametrize("who", ["system", "security", "auditor", "discipline"])
def test_admins_see_the_people_of_their_tree_only(enter, who):
    outside = person(Role.COUNTY_OFFICER, organ(OTHER_CITY), username="outsider", name="外地人")
    person(Role.COUNTY_OFFICER, organ(NEIGHBOUR), username="insider", name="本市人")
    client = enter(who)
    page = text_of(client.get("/admin/accounts/user/?q=er"))
    assert "insider" in page
    assert "outsider" not in page
    assert client.get(f"/admin/accounts/user/{outside.user_id}/").status_code == 404
    assert client.get(f"/admin/accounts/post/{outside.pk}/").status_code == 404


def test_audit_admin_has_no_button(enter, cast: Cast):
    client = enter("auditor")
    pages = [
        client.get(f"/admin/accounts/{model}/{pk}/")
        for model, pk in (
            ("user", cast.officer.user_id),
            ("organ", cast.officer.organ_id),
            ("post", cast.officer.post_id),
        )
    ]
    for page in pages:
        assert page.status_code == 200
        assert page.context["buttons"] == []
    assert "最近登录" in text_of(pages[0])


def test_system_admin_sees_no_logins(enter, cast):
    client = enter("system")
    assert "最近登录" not in text_of(client.get(f"/admin/accounts/user/{cast.officer.user_id}/"))
    assert client.get("/admin/accounts/loginevent/").status_code == 403


def test_buttons_are_those_of_the_duty(enter, cast):
    page = f"/admin/accounts/user/{cast.officer.user_id}/"
    labels = [button["label"] for button in enter("system").get(page).context["buttons"]]
    assert labels == ["修改", "重置密码", "重置动态验证码", "停用账号"]
    assert [button["label"] for button in enter("security").get(page).context["buttons"]] == ["授予岗位"]


def test_one_time_password_is_shown_once_and_kept_nowhere(enter, cast):
    client = enter("system")
    facts = {"organ": cast.officer.organ_id, "username": "Wu.Fang", "name": "吴芳"}
    shown = client.post("/admin/accounts/user/create/", facts)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    user = User.objects.get(username="wu.fang")
    password = shown.context["issued"].password
    assert user.check_password(password)
    assert password in text_of(shown)
    assert password not in text_of(client.get(f"/admin/accounts/user/{user.pk}/"))
    assert password not in str(dict(client.session))


def test_refused_account_shows_why_and_no_password(enter, cast):
    client = enter("system")
    facts = {"organ": cast.officer.organ_id, "username": "second-officer", "name": "吴芳"}
    page = client.post("/admin/accounts/user/create/", facts)
    assert "该登录名已被使用。" in text_of(page)
    assert "issued" not in page.context
    facts["organ"] = organ(OTHER_CITY).pk
    facts["username"] = "wu.fang"
    assert "选择一个有效的选项" in text_of(client.post("/admin/accounts/user/create/", facts))
    assert not User.objects.filter(username="wu.fang").exists()


def test_pages_of_the_system_admin_work_through_the_browser(enter, cast):
    client, user = enter("system"), User.objects.get(pk=cast.officer.user_id)
    page = f"/admin/accounts/user/{user.pk}"
    second_factor(user)
    assert client.get(f"{page}/edit/").status_code == 200
    facts = {"organ": user.organ_id, "name": "改名", "phone": "13800138000"}
    assert client.post(f"{page}/edit/", facts)["Location"] == f"{page}/"
    assert client.post(f"{page}/reset-second-factor/", {"reason": "手机遗失"})["Location"] == f"{page}/"
    assert "一次性密码" in text_of(client.post(f"{page}/reset-password/", {"reason": "忘记"}))
    assert client.post(f"{page}/disable/", {"reason": "离职"})["Location"] == f"{page}/"
    assert client.post(f"{page}/disable/", {"reason": "离职"}).status_code == 403
    assert client.post(f"{page}/enable/", {"reason": "返聘"})["Location"] == f"{page}/"
    assert "138****8000" in text_of(client.get(f"{page}/"))
    made = {"jurisdiction": jurisdiction(OWN).pk, "kind": "civil", "name": "思明区民政局"}
    assert client.post("/admin/accounts/organ/register/", made).status_code == 302
    created = Organ.objects.get(name="思明区民政局")
    page = f"/admin/accounts/organ/{created.pk}"
    assert client.post(f"{page}/edit/", {"name": created.name, "document_word": "思民"})["Location"] == f"{page}/"
    assert client.post(f"{page}/close/", {"closed_on": "2024-05-01", "reason": "撤并"})["Location"] == f"{page}/"


def test_pages_of_the_security_admin_work_through_the_browser(enter, cast):
    client = enter("security")
    user = User.objects.create(username="wu.fang", name="吴芳", organ=organ(OWN))
    page = f"/admin/accounts/user/{user.pk}"
    facts = {"organ": user.organ_id, "role": Role.LEGAL_REVIEWER, "valid_from": "2024-01-01"}
    assert client.get(f"{page}/grant/").status_code == 200
    assert client.post(f"{page}/grant/", facts)["Location"] == f"{page}/"
    clash = client.post(f"{page}/grant/", {**facts, "role": Role.AUDIT_ADMIN})
    assert "系统、安全、审计管理员和业务人员不得由同一人兼任。" in text_of(clash)
    post = Post.objects.get(user=user)
    ended = client.post(f"/admin/accounts/post/{post.pk}/end/", {"last_day": clock.today(), "reason": "调离"})
    assert ended["Location"] == f"/admin/accounts/post/{post.pk}/"
    assert client.post(f"{page}/disable/", {"reason": "离职"}).status_code == 403


def test_tries_with_unknown_names_are_seen_at_the_top_only(enter, cast):
    LoginEvent.objects.create(username="no-such-name", succeeded=False, outcome=LoginOutcome.PASSWORD, at=clock.now())
    logins(User.objects.get(pk=cast.officer.user_id), 1)
    assert set(LoginEvent.objects.visible_to(cast.auditor).values_list("user", flat=True)) == {cast.officer.user_id}
    assert LoginEvent.objects.visible_to(cast.province).count() == 2
    assert not LoginEvent.objects.visible_to(cast.other_city).exists()
    assert not LoginEvent.objects.visible_to(cast.bank).exists()
