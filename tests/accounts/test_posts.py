"""Granting and ending posts; three duties that no person holds two of (三员分立)."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from foundation.accounts.enums import DUTIES, OrganKind, Role, TrainingCategory
from foundation.accounts.models import Post, User
from foundation.accounts.operations.posts import end_post, grant_post
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.regions.models import Division, GridArea
from tests.accounts.factories import log_in, officer, with_password
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, PROVINCE, TOWN, acting, build_cast, organ, person

ONE_DUTY = "系统、安全、审计管理员和业务人员不得由同一人兼任。"
FROM = date(2024, 1, 1)


def newcomer(username: str = "wu.fang", code: str = OWN) -> User:
    return with_password(User.objects.create(username=username, name="吴芳", organ=organ(code)))


def granted(by, user, **given) -> Post:
    facts = {"organ": organ(OWN), "role": Role.COUNTY_OFFICER, "valid_from": FROM}
    return grant_post(by=by, at=clock.now(), user=user, **{**facts, **given})


def traces() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_security_admin_grants_a_post(cast):
    post = granted(cast.security, newcomer(), title="科员")
    assert (post.role, post.duty, post.title, post.valid_to) == ("county_officer", "business", "科员", None)
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.jurisdiction_id) == (
        "post.granted",
        post.pk,
        post.organ.jurisdiction_id,
    )
    assert event.changes == {"role": ["", "county_officer"], "period": ["", "2024-01-01至长期"]}


@pytest.mark.parametrize(("role", "duty"), [*DUTIES.items(), (Role.COUNTY_LEADER, "business")])
def test_duty_follows_from_the_role(cast, role, duty):
    assert granted(cast.security, newcomer(), role=role).duty == duty


def test_nobody_else_grants_posts(cast):
    user, before = newcomer(), Post.objects.count()
    for name, actor in cast.everyone().items():
        if name != "security":
            with pytest.raises(NotAllowed):
                granted(actor, user)
    assert (Post.objects.count(), traces()) == (before, [])


def test_security_admin_grants_himself_nothing(cast):
    himself = User.objects.get(pk=cast.security.user_id)
    with pytest.raises(NotAllowed, match="不能授予本人"):
        granted(cast.security, himself, role=Role.SECURITY_ADMIN)
    assert traces() == []


def test_neither_organ_nor_person_from_elsewhere(cast):
    own = acting(person(Role.SECURITY_ADMIN, organ(OWN)))
    with pytest.raises(NotAllowed):
        granted(own, newcomer(), organ=organ(NEIGHBOUR))
    with pytest.raises(NotAllowed):
        granted(own, newcomer("wu.two", NEIGHBOUR))
    with pytest.raises(NotAllowed):
        granted(own, newcomer("wu.three"), organ=organ(CITY), role=Role.CITY_MANAGER)
    with pytest.raises(NotAllowed):
        granted(cast.security, newcomer("wu.four"), organ=organ(OTHER_CITY))
    assert traces() == []


@pytest.mark.parametrize(
    ("role", "code", "kind", "sentence"),
    [
        (Role.COUNTY_OFFICER, CITY, OrganKind.EDUCATION, "“县级经办人”不能任职于市级单位（厦门市）。"),
        (Role.COUNTY_LEADER, CITY, OrganKind.EDUCATION, "“县级审核领导”不能任职于市级单位（厦门市）。"),
        (Role.CITY_MANAGER, OWN, OrganKind.EDUCATION, "“市级管理员”不能任职于县级单位（思明区）。"),
        (Role.PROVINCE_ANALYST, CITY, OrganKind.EDUCATION, "“省级查看分析员”不能任职于市级单位（厦门市）。"),
        (Role.COUNTY_OFFICER, OWN, OrganKind.CULTURE, "“县级经办人”不能任职于文化和旅游部门。"),
        (Role.DEPARTMENT_OFFICER, OWN, OrganKind.EDUCATION, "“部门工作人员”不能任职于教育行政部门。"),
        (Role.BANK_CLERK, OWN, OrganKind.EDUCATION, "“银行经办人”不能任职于教育行政部门。"),
        (Role.FINANCE_REGULATOR, CITY, OrganKind.BANK, "“金融监管人员”不能任职于商业银行。"),
    ],
)
def test_roles_sit_where_they_belong(cast, role, code, kind, sentence):
    with pytest.raises(InvalidInput) as refusal:
        granted(cast.security, newcomer(), role=role, organ=organ(code, kind))
    assert refusal.value.message == sentence
    assert traces() == []


def test_pingtan_has_county_posts_though_it_is_a_city(cast):
    """平潭 stands directly under the province and has no bureaus below it."""
    provincial = acting(person(Role.SECURITY_ADMIN, organ(PROVINCE)))
    user = newcomer(code="350128")
    assert granted(provincial, user, organ=organ("350128")).pk
    assert granted(provincial, user, organ=organ("350128"), role=Role.CITY_MANAGER).pk


def test_grid_worker_needs_an_area_of_the_own_organ(cast):
    with pytest.raises(InvalidInput, match="网格员必须指明负责网格或区域。") as refusal:
        granted(cast.security, newcomer(), role=Role.GRID_WORKER)
    assert refusal.value.code == "post_grid_worker_has_area"
    place = Division.objects.filter(parent__parent__code=NEIGHBOUR).order_by("code")[0]
    elsewhere = GridArea.objects.create(jurisdiction=organ(NEIGHBOUR).jurisdiction, division=place, name="外")
    with pytest.raises(InvalidInput, match="负责区域、网格或学校与单位不符。"):
        granted(cast.security, newcomer("wu.two"), role=Role.GRID_WORKER, grid=elsewhere)
    with pytest.raises(InvalidInput, match="负责区域、网格或学校与单位不符。"):
        granted(cast.security, newcomer("wu.three"), role=Role.GRID_WORKER, division=place)
    inside = Division.objects.get(code=TOWN)
    assert granted(cast.security, newcomer("wu.four"), role=Role.GRID_WORKER, division=inside).division == inside


def test_post_gives_rights_and_its_last_day_is_its_last(cast, client):
    user = newcomer()
    culture = organ(OWN, OrganKind.CULTURE)
    granted(cast.security, user, organ=culture, role=Role.DEPARTMENT_OFFICER, categories=[TrainingCategory.ARTS])
    log_in(client, "wu.fang")
    assert client.get("/enter/")["Location"] == "/admin/"
    at = clock.now()
    end_post(by=cast.security, at=at, post=user.posts.get(), last_day=clock.local_date(at), reason="调离")
    assert client.get("/enter/")["Location"] == "/accounts/login/?next=/enter/"  # sessions end
    log_in(client, "wu.fang")
    assert client.get("/enter/")["Location"] == "/admin/"  # still the last day
    with clock.set_to(at + timedelta(days=1)):
        client.cookies.clear()
        log_in(client, "wu.fang")
        assert "您目前没有有效岗位" in client.get("/enter/").content.decode()
    event = Event.objects.get(kind="post.ended")
    assert (event.changes, event.reason) == ({"valid_to": [None, str(clock.local_date(at))]}, "调离")


def test_yesterday_ends_a_post_at_once_and_earlier_days_are_history(cast):
    post, at = granted(cast.security, newcomer()), clock.now()
    today = clock.local_date(at)
    with pytest.raises(InvalidInput, match="已经履行的任期不能改写"):
        end_post(by=cast.security, at=at, post=post, last_day=today - timedelta(days=2), reason="更正")
    assert end_post(by=cast.security, at=at, post=post, last_day=today - timedelta(days=1), reason="停职").valid_to
    with pytest.raises(InvalidInput, match="该岗位任期已定于"):
        end_post(by=cast.security, at=at, post=post, last_day=today, reason="再次")
    assert traces() == ["post.granted", "post.ended"]


def test_ended_before_it_began_is_refused_in_words(cast):
    at = clock.now()
    later = clock.local_date(at) + timedelta(days=30)
    post = granted(cast.security, newcomer(), valid_from=later)
    with pytest.raises(InvalidInput, match="任职止不能早于任职起。"):
        end_post(by=cast.security, at=at, post=post, last_day=clock.local_date(at), reason="取消")


def test_nobody_else_ends_posts_and_nobody_the_own(cast):
    post = granted(cast.security, newcomer())
    today = clock.today()
    neighbours = acting(person(Role.SECURITY_ADMIN, organ(NEIGHBOUR)))
    for actor in (neighbours, *(actor for name, actor in cast.everyone().items() if name != "security")):
        with pytest.raises(NotAllowed):
            end_post(by=actor, at=clock.now(), post=post, last_day=today, reason="终止")
    own = Post.objects.get(pk=cast.security.post_id)
    with pytest.raises(NotAllowed, match="不能终止本人的岗位"):
        end_post(by=cast.security, at=clock.now(), post=own, last_day=today, reason="终止")
    assert traces() == ["post.granted"]


@pytest.mark.parametrize("second", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_no_person_holds_two_duties_at_a_time(cast, second):
    user = officer()
    with pytest.raises(InvalidInput) as refusal:
        granted(cast.security, user, role=second)
    assert (refusal.value.message, refusal.value.code) == (ONE_DUTY, "post_one_duty_a_person")
    assert traces() == []


def test_duties_may_follow_each_other_and_one_duty_may_have_many_posts(cast):
    user = newcomer()
    granted(cast.security, user, role=Role.SYSTEM_ADMIN, valid_to=date(2024, 6, 30))
    with pytest.raises(InvalidInput, match="不得由同一人兼任"):
        granted(cast.security, user, role=Role.AUDIT_ADMIN, valid_from=date(2024, 6, 30))
    granted(cast.security, user, role=Role.AUDIT_ADMIN, valid_from=date(2024, 7, 1))
    business = newcomer("wu.two")
    granted(cast.security, business)
    granted(cast.security, business, role=Role.LEGAL_REVIEWER)
    assert business.posts.count() == 2


def test_two_security_admins_at_once_cannot_give_two_duties(committed_db):
    """Both look, both write: the database lets one through, the other gets the sentence."""
    cast = build_cast()
    second = acting(person(Role.SECURITY_ADMIN, organ(CITY), username="second-security"))
    user = newcomer()
    barrier, answers = threading.Barrier(2), []

    def grant(by, role) -> None:
        try:
            barrier.wait(timeout=10)
            answers.append(granted(by, user, role=role).role)
        except InvalidInput as refusal:
            answers.append(refusal.message)
        finally:
            connection.close()

    pairs = [(cast.security, Role.SYSTEM_ADMIN), (second, Role.AUDIT_ADMIN)]
    threads = [threading.Thread(target=grant, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(answer == ONE_DUTY for answer in answers) == [False, True]
    assert user.posts.count() == 1
    assert traces() == ["post.granted"]
