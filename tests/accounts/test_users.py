"""Opening, changing and stopping accounts."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from foundation.accounts.enums import Role
from foundation.accounts.models import Organ, User
from foundation.accounts.operations.users import (
    change_user,
    create_user,
    disable_user,
    enable_user,
    reset_password,
    reset_second_factor,
)
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from tests.accounts.factories import log_in, officer, second_factor
from tests.cast import NEIGHBOUR, OTHER_CITY, OWN, acting, organ, person


def created(by, **given):
    facts = {"organ": organ(OWN), "username": "wu.fang", "name": "吴芳", "phone": "13800138000"}
    return create_user(by=by, at=clock.now(), **{**facts, **given})


def traces() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_account_is_opened_with_a_password_for_one_login(cast, client):
    issued = created(cast.system, username=" Wu.Fang ")
    user = User.objects.get(username="wu.fang")
    assert (user.name, user.organ, user.must_change_password, user.is_demo) == ("吴芳", organ(OWN), True, False)
    assert user.check_password(issued.password)
    assert not user.posts.exists()
    log_in(client, "wu.fang", issued.password)
    assert client.get("/enter/")["Location"] == "/accounts/password/change/"
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.jurisdiction_id) == (
        "user.created",
        user.pk,
        user.organ.jurisdiction_id,
    )
    assert issued.password not in str(event.changes)
    assert "13800138000" not in str(event.changes)


def test_one_time_passwords_differ(cast):
    passwords = {created(cast.system, username=f"wu-{number}").password for number in range(20)}
    assert len(passwords) == 20


def test_demo_account_needs_no_new_password(cast):
    assert created(cast.system, is_demo=True).user.must_change_password is False


def test_nobody_else_opens_accounts(cast):
    before = User.objects.count()
    for name, actor in cast.everyone().items():
        if name != "system":
            with pytest.raises(NotAllowed):
                created(actor)
    with pytest.raises(NotAllowed):
        created(cast.system, organ=organ(OTHER_CITY))
    assert (User.objects.count(), traces()) == (before, [])


@pytest.mark.parametrize("username", ["ab", "吴芳吴芳", "wu fang", "-wufang", "wu@fang"])
def test_bad_login_names_are_refused(cast, username):
    with pytest.raises(InvalidInput, match="登录名为3至60个小写字母"):
        created(cast.system, username=username)
    assert traces() == []


def test_login_name_in_use_is_refused_in_words(cast):
    created(cast.system)
    with pytest.raises(InvalidInput, match="该登录名已被使用。") as refusal:
        created(cast.system, username="WU.FANG")
    assert refusal.value.code == "user_username_once"


def test_closed_organ_takes_nobody(cast):
    bureau = organ(OWN)
    Organ.objects.filter(pk=bureau.pk).update(closed_on="2024-01-01")
    with pytest.raises(InvalidInput, match="该单位已撤销。"):
        created(cast.system)


def test_change_hides_personal_values(cast):
    user = created(cast.system).user
    change_user(
        by=cast.system, at=clock.now(), user=user, organ=organ(NEIGHBOUR), name="吴方", phone="13900139000", email=""
    )
    event = Event.objects.get(kind="user.changed")
    assert event.changes == {
        "organ": [organ(OWN).pk, organ(NEIGHBOUR).pk],
        "name": ["吴芳", "吴方"],
        "phone": ["***", "***"],
    }
    assert User.objects.get(pk=user.pk).phone == "13900139000"


def test_change_moves_nobody_out_of_reach(cast):
    user = created(cast.system).user
    with pytest.raises(NotAllowed):
        change_user(by=cast.system, at=clock.now(), user=user, organ=organ(OTHER_CITY), name="吴芳")


def test_disabling_ends_the_session_and_enabling_does_not_bring_it_back(cast, client):
    user = officer()
    log_in(client, "chen")
    assert client.get("/enter/")["Location"] == "/admin/"
    disable_user(by=cast.system, at=clock.now(), user=user, reason="离职")
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    client.cookies.clear()
    enable_user(by=cast.system, at=clock.now(), user=user, reason="返聘")
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    assert log_in(client, "chen")["Location"] == "/enter/"
    assert traces() == ["user.disabled", "user.enabled"]
    assert Event.objects.get(kind="user.disabled").changes == {"is_active": [True, False]}


def test_session_from_before_the_disabling_stays_dead(cast, client):
    """The epoch, not only the switch: nobody asks between disabling and enabling."""
    user = officer()
    log_in(client, "chen")
    disable_user(by=cast.system, at=clock.now(), user=user, reason="误操作")
    enable_user(by=cast.system, at=clock.now(), user=user, reason="更正")
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"


def test_only_the_fitting_step_is_possible(cast):
    user = officer()
    with pytest.raises(NotAllowed, match="账号未停用。"):
        enable_user(by=cast.system, at=clock.now(), user=user, reason="启用")
    disable_user(by=cast.system, at=clock.now(), user=user, reason="离职")
    with pytest.raises(NotAllowed, match="账号已停用。"):
        disable_user(by=cast.system, at=clock.now(), user=user, reason="离职")


def test_reset_password_replaces_the_old_one(cast, client):
    user = officer()
    log_in(client, "chen")
    issued = reset_password(by=cast.system, at=clock.now(), user=user, reason="本人忘记")
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    assert "登录名或密码不正确" in log_in(client, "chen").content.decode()
    log_in(client, "chen", issued.password)
    assert client.get("/enter/")["Location"] == "/accounts/password/change/"
    event = Event.objects.get()
    assert (event.kind, event.changes, event.reason) == (
        "user.password_reset",
        {"password": ["***", "***"]},
        "本人忘记",
    )


def test_reset_second_factor_forgets_the_phone_and_ends_sessions(cast, client):
    user = officer()
    client.force_login(user)
    second_factor(user)
    reset_second_factor(by=cast.system, at=clock.now(), user=user, reason="手机遗失")
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"
    assert traces() == ["user.second_factor_reset"]
    with pytest.raises(InvalidInput, match="没有启用动态验证码"):
        reset_second_factor(by=cast.system, at=clock.now(), user=user, reason="再次")


STEPS = [
    lambda by, user: change_user(by=by, at=clock.now(), user=user, organ=user.organ, name="改名"),
    lambda by, user: disable_user(by=by, at=clock.now(), user=user, reason="停用"),
    lambda by, user: reset_password(by=by, at=clock.now(), user=user, reason="重置"),
    lambda by, user: reset_second_factor(by=by, at=clock.now(), user=user, reason="重置"),
]


@pytest.mark.parametrize("step", STEPS)
def test_nobody_but_the_areas_system_admin(cast, step):
    """Nor the administrator for the own account, nor a county's for the neighbour's people."""
    user = officer()
    second_factor(user)
    neighbours = acting(person(Role.SYSTEM_ADMIN, organ(NEIGHBOUR)))
    others = [actor for name, actor in cast.everyone().items() if name != "system"]
    for actor in (neighbours, *others):
        with pytest.raises(NotAllowed):
            step(actor, user)
    with pytest.raises(NotAllowed, match=r"不能管理本人账号|账号已停用"):
        step(cast.system, User.objects.get(pk=cast.system.user_id))
    assert traces() == []
