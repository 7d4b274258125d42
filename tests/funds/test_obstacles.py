"""监管问题台账 by kind, and trainings of administrators."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.accounts.models import Organ, User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from foundation.deadlines.queries import open_clocks_of
from funds import queries, workflow
from funds.enums import ObstacleKind, ObstacleState
from funds.models import AdminTraining, Obstacle
from funds.operations.obstacles import close_obstacle, hold_admin_training, open_obstacle
from tests.cast import CITY, OTHER_CITY
from tests.funds.factories import DAY, obstacle
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(AT):
        yield


def user(actor) -> User:
    return User.objects.get(pk=actor.user_id)


def organ_of(actor) -> Organ:
    return Organ.objects.get(pk=actor.organ_id)


def test_every_state_and_step():
    steps = {state: [step.name for step in workflow.OBSTACLE.steps_from(state)] for state in ObstacleState.values}
    assert steps == {"open": ["close"], "closed": []}


def test_from_finding_to_result(cast):
    row = obstacle(cast.officer, institution=institution(cast.officer), owner=user(cast.second_officer))
    assert (row.jurisdiction.code, open_clocks_of(row).count()) == ("350203", 1)
    assert list(queries.own_obstacles(cast.second_officer)) == [row]
    for given, says in (({"result": " "}, "处理结果"), ({"closed_on": DAY + timedelta(days=1)}, "至今天之间")):
        with pytest.raises(InvalidInput, match=says):
            close_obstacle(obstacle=row, by=cast.officer, at=AT, **({"closed_on": DAY, "result": "好"} | given))
    for who in ("leader", "city", "neighbour", "town", "bank"):
        with pytest.raises(NotAllowed):
            close_obstacle(obstacle=row, closed_on=DAY, result="好", by=getattr(cast, who), at=AT)
    close_obstacle(obstacle=row, closed_on=DAY, result="银行已完成异行接入", by=cast.officer, at=AT)
    assert open_clocks_of(row).count() == 0
    with pytest.raises(IllegalTransition):
        close_obstacle(obstacle=row, closed_on=DAY, result="再次", by=cast.officer, at=AT)
    kinds = Event.objects.filter(subject_type="funds.obstacle").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["funds.obstacle_opened", "funds.obstacle_closed"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (lambda cast: {"words": " "}, "请填写问题"),
        (lambda cast: {"due_on": DAY - timedelta(days=1)}, "不能早于今天"),
        (lambda cast: {"found_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        (lambda cast: {"owner": user(cast.leader)}, "在岗的经办人"),
        (lambda cast: {"owner": user(cast.neighbour)}, "在岗的经办人"),
        (lambda cast: {"by": cast.leader}, "经办人"),
        (lambda cast: {"by": cast.city}, "经办人"),
        (lambda cast: {"institution": institution(cast.neighbour, county="350211")}, "经办人"),
    ],
)
def test_what_is_refused_writes_nothing(cast, given, says):
    facts = {"kind": ObstacleKind.COSTS, "words": "收年费", "owner": user(cast.officer), "due_on": DAY, "found_on": DAY}
    with pytest.raises(DomainError, match=says):
        open_obstacle(at=AT, **({"by": cast.officer} | facts | given(cast)))
    assert Obstacle.objects.count() == 0


def test_counts_by_kind(cast):
    for days, kind in ((5, ObstacleKind.OTHER_BANK), (9, ObstacleKind.OTHER_BANK), (9, ObstacleKind.COSTS)):
        obstacle(cast.officer, kind=kind, due_on=DAY + timedelta(days=days))
    done = obstacle(cast.officer, kind=ObstacleKind.COSTS)
    close_obstacle(obstacle=done, closed_on=DAY, result="已免收", by=cast.officer, at=AT)
    obstacle(cast.neighbour, kind=ObstacleKind.COSTS)
    lines = [
        [(line.label, line.open, line.overdue, line.closed) for line in queries.obstacles_by_kind(actor, on=on)]
        for actor, on in ((cast.officer, DAY + timedelta(days=6)), (cast.city, DAY))
    ]
    assert lines[0] == [("异行账户接入", 2, 1, 0), ("银行收费", 1, 0, 1)]
    assert lines[1] == [("异行账户接入", 2, 0, 0), ("银行收费", 2, 0, 1)]
    assert [
        who for who in ("bank", "finance", "town", "province") if queries.obstacles_by_kind(getattr(cast, who), on=DAY)
    ] == []


def held(by, *organs: Organ, **given) -> AdminTraining:
    facts = {"mode": "online", "held_on": DAY, "topic": "全国平台资金监管操作", "persons": 86, "organs": organs}
    return hold_admin_training(by=by, at=AT, **(facts | given))


def test_a_training_is_seen_where_it_was_held_and_by_who_attended(cast):
    row = held(cast.city, organ_of(cast.officer), organ_of(cast.bank))
    assert (row.attending.count(), row.persons, row.jurisdiction.code) == (2, 86, CITY)
    seen = {who for who, actor in cast.everyone().items() if AdminTraining.objects.visible_to(actor).exists()}
    assert seen == {"officer", "second_officer", "leader", "city", "discipline"}
    assert Event.objects.get(kind="funds.training_held").changes["attending"] == [None, 2]


def test_trainings_that_are_refused(cast):
    ours, theirs = organ_of(cast.officer), organ_of(cast.other_city)
    for given, says in (
        ({"held_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"organs": []}, "参训单位"),
        ({"organs": [ours, theirs]}, "本辖区内"),
        ({"topic": " "}, "主题"),
        ({"persons": 0}, "至少1人"),
    ):
        with pytest.raises(DomainError, match=says):
            held(cast.officer, ours, **given)
    for who in ("town", "bank", "finance", "province", "discipline"):
        with pytest.raises(NotAllowed):
            held(getattr(cast, who), ours)
    assert AdminTraining.objects.count() == 0
    assert theirs.jurisdiction.code == OTHER_CITY


def test_the_pages_work(cast, enter):
    client = enter(cast.officer)
    row = institution(cast.officer)
    facts = {"kind": "papers", "owner": cast.officer.user_id, "words": "缺授权书", "found_on": "2026-11-02"}
    page = reverse("admin:institutions_institution_obstacle", args=[row.pk])
    answer = client.post(page, facts | {"due_on": "2026-11-20"}, follow=True).content.decode()
    assert "缺授权书" in answer
    lines = client.get(reverse("admin:funds_obstacle_by-kind")).content.decode()
    assert "开户资料不全" in lines
    facts = {"topic": "线上操作培训", "mode": "online", "held_on": "2026-11-02", "persons": 12}
    facts["organs"] = [cast.officer.organ_id]
    answer = client.post(reverse("admin:funds_admintraining_add"), facts, follow=True)
    assert "线上操作培训" in answer.content.decode()
    assert "我负责的监管问题" in client.get(reverse("admin:index")).content.decode()
