"""The three nets: whom the posts give to an institution, what stays, what is released, what the page counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Post, User
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, GridArea, School, SchoolArea
from institutions import coverage
from institutions.enums import Category, Charge, Net, SiteType, Status
from institutions.models import DepartmentCharge, Institution, Responsible
from institutions.operations.nets import Filled, fill_nets, name_responsible, set_charge
from institutions.operations.status import change_status
from institutions.tasks import FILL_NETS
from tests.cast import NEIGHBOUR, OWN, TOWN, jurisdiction, organ, person
from tests.institutions.factories import AT, institution, town

pytestmark = pytest.mark.django_db
TODAY = AT.date()
PAGE_QUERIES = 14


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def other_town() -> Division:
    return Division.objects.filter(parent__code=OWN, level="town").exclude(code=TOWN).order_by("code")[0]


def communities(code: str = TOWN) -> list[Division]:
    return list(Division.objects.filter(parent__code=code).order_by("code"))


def school(name: str, division: Division, area: SchoolArea | None = None, **given) -> School:
    place = jurisdiction(OWN)
    return School.objects.create(
        jurisdiction=place, division=division, area=area, name=name, stage=SchoolStage.PRIMARY, **given
    )


def specialist(at: School) -> Post:
    return person(Role.SCHOOL_SPECIALIST, organ(OWN, OrganKind.SCHOOL, name=at.name), name=f"{at.name}专员", school=at)


def fill(by, *rows: Institution, at=AT) -> Filled:
    return fill_nets(institutions=rows, by=by, at=at)


def names(row: Institution) -> dict[str, str]:
    return dict(Responsible.objects.filter(institution=row).values_list("net", "person_name"))


# -- whom the posts give -------------------------------------------------------------------------------------------
def test_grid_and_department_are_named_from_posts(cast):
    row = institution(cast.officer, division=Division.objects.get(pk=sorted(cast.grid.areas)[0]))
    other = institution(cast.officer, division=other_town())
    assert fill(cast.officer, row, other) == Filled(named=3, released=0)
    assert names(row) == {Net.GRID: cast.grid.name, Net.DEPARTMENT: cast.culture.name}
    assert names(other) == {Net.DEPARTMENT: cast.culture.name}
    assert fill(cast.officer, row, other) == Filled(named=0, released=0)
    events = Event.objects.filter(kind="institution.responsible_named")
    assert sorted((e.subject_id, *e.changes) for e in events) == sorted(
        [(row.pk, "社区网格"), (row.pk, "部门分类包干"), (other.pk, "部门分类包干")]
    )
    assert {e.jurisdiction_id for e in events} == {jurisdiction(OWN).pk}


def test_the_nearest_grid_worker_is_named(cast):
    """Of an institution whose community is known, the worker of that community, not of the one beside it."""
    first, second = communities()[:2]
    grid = GridArea.objects.create(jurisdiction=jurisdiction(OWN), division=second, name="第二网格")
    theirs = person(Role.GRID_WORKER, organ(OWN), username="second-grid", name="二网格员", grid=grid)
    rows = [institution(cast.officer, division=place) for place in (first, second, town())]
    fill(cast.officer, *rows)
    assert [names(row)[Net.GRID] for row in rows] == [cast.grid.name, "二网格员", cast.grid.name]
    GridArea.objects.filter(pk=grid.pk).update(closed_on=TODAY)
    fill(cast.officer, *rows)
    assert Net.GRID not in names(rows[1])
    assert theirs.pk not in Responsible.objects.values_list("post", flat=True)


def test_the_school_net_takes_the_school_there_then_of_the_town_then_of_the_area(cast):
    first, second, *_ = communities()
    area = SchoolArea.objects.create(jurisdiction=jurisdiction(OWN), name="东片区")
    at_second, elsewhere = school("社区小学", second, area), school("镇外小学", other_town(), area)
    there, same_town, same_area = (institution(cast.officer, division=place) for place in (second, first, other_town()))
    specialist(at_second)
    fill(cast.officer, there, same_town, same_area)
    assert [names(row).get(Net.SCHOOL) for row in (there, same_town, same_area)] == ["社区小学专员"] * 3
    specialist(elsewhere)
    fill(cast.officer, there, same_town, same_area)
    assert [names(row)[Net.SCHOOL] for row in (there, same_town, same_area)] == [
        "社区小学专员", "社区小学专员", "镇外小学专员",
    ]  # fmt: skip


def test_a_town_without_a_school_of_the_area_has_no_specialist(cast):
    specialist(school("社区小学", communities()[0]))
    row = institution(cast.officer, division=other_town())
    fill(cast.officer, row)
    assert Net.SCHOOL not in names(row)


def test_an_area_head_stands_in_until_there_is_a_specialist(cast):
    row, far = institution(cast.officer), institution(cast.officer, division=other_town())
    person(Role.AREA_HEAD, organ(OWN), username="everywhere", name="全区片长")
    fill(cast.officer, row, far)
    assert (names(row)[Net.SCHOOL], names(far)[Net.SCHOOL]) == ("全区片长", "全区片长")
    person(Role.AREA_HEAD, organ(OWN), username="of-town", name="本镇片长", division=town())
    fill(cast.officer, row, far)
    assert (names(row)[Net.SCHOOL], names(far)[Net.SCHOOL]) == ("本镇片长", "全区片长")
    specialist(school("本镇小学", town()))
    fill(cast.officer, row, far)
    assert (names(row)[Net.SCHOOL], names(far)[Net.SCHOOL]) == ("本镇小学专员", "全区片长")


def test_posts_of_another_county_cover_nothing(cast):
    row = institution(cast.neighbour, county=NEIGHBOUR)
    person(Role.AREA_HEAD, organ(OWN), username="head", name="别区片长")
    fill(cast.neighbour, row)
    assert names(row) == {}


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"category": Category.SUBJECT}, OrganKind.EDUCATION),
        ({"category": Category.OTHER}, OrganKind.EDUCATION),
        ({"category": Category.SCIENCE}, OrganKind.SCIENCE),
        ({"category": Category.ARTS}, OrganKind.CULTURE),
        ({"category": Category.SPORT}, OrganKind.SPORT),
        ({"category": Category.ARTS, "site_type": SiteType.CARE}, OrganKind.MARKET),
    ],
    ids=lambda value: str(value),
)
def test_departments_by_category_as_shipped(cast, given, kind):
    for each in (OrganKind.SCIENCE, OrganKind.SPORT, OrganKind.MARKET):
        person(Role.DEPARTMENT_OFFICER, organ(OWN, each))
    row = institution(cast.officer, **given)
    fill(cast.officer, row)
    assert Responsible.objects.get(institution=row, net=Net.DEPARTMENT).organ.kind == kind


# -- what stays, what goes -----------------------------------------------------------------------------------------
def test_a_name_given_by_hand_stays_as_long_as_its_post(cast):
    row = institution(cast.officer, division=other_town())
    hand = Post.objects.get(pk=cast.grid.post_id)
    name_responsible(institution=row, net=Net.GRID, post=hand, by=cast.officer, at=AT)
    fill(cast.officer, row)
    assert (names(row)[Net.GRID], Responsible.objects.get(net=Net.GRID).by_hand) == (cast.grid.name, True)
    Post.objects.filter(pk=hand.pk).update(valid_to=TODAY - timedelta(days=1))
    assert list(coverage.without_responsible(cast.officer, Net.GRID, on=TODAY)) == [row]
    assert fill(cast.officer, row) == Filled(named=0, released=1)
    assert Net.GRID not in names(row)
    event = Event.objects.get(kind="institution.responsible_released")
    assert (event.subject_id, event.changes) == (row.pk, {"社区网格": [cast.grid.name, None]})


def test_nobody_out_of_post_is_named_by_hand(cast):
    row, post = institution(cast.officer), Post.objects.get(pk=cast.grid.post_id)
    post.valid_to = TODAY - timedelta(days=1)
    post.save(update_fields=["valid_to"])
    with pytest.raises(InvalidInput, match="已经结束"):
        name_responsible(institution=row, net=Net.GRID, post=post, by=cast.officer, at=AT)
    assert not Responsible.objects.exists()


@pytest.mark.parametrize("why", ["post over", "account off", "moved away"])
def test_a_name_out_of_post_is_replaced(cast, why):
    row = institution(cast.officer)
    fill(cast.officer, row)
    held = Post.objects.get(pk=cast.grid.post_id)
    successor = GridArea.objects.create(jurisdiction=jurisdiction(OWN), division=communities()[1], name="第二网格")
    person(Role.GRID_WORKER, organ(OWN), username="successor", name="接替人", grid=successor)
    fill(cast.officer, row)
    assert names(row)[Net.GRID] == cast.grid.name
    if why == "post over":
        Post.objects.filter(pk=held.pk).update(valid_to=TODAY - timedelta(days=1))
    elif why == "account off":
        User.objects.filter(pk=held.user_id).update(is_active=False)
    else:
        GridArea.objects.filter(pk=held.grid_id).update(division=communities(other_town().code)[0])
    assert fill(cast.officer, row) == Filled(named=1, released=0)
    assert names(row)[Net.GRID] == "接替人"
    changes = Event.objects.filter(kind="institution.responsible_named").latest("pk").changes
    assert changes == {"社区网格": [cast.grid.name, "接替人"]}


@pytest.mark.parametrize("who", ["neighbour", "leader", "city", "town", "grid", "public"])
def test_others_do_not_fill(cast, who):
    row = institution(cast.officer)
    before = Event.objects.count()
    with pytest.raises(NotAllowed):
        fill(getattr(cast, who), row)
    assert (Responsible.objects.count(), Event.objects.count()) == (0, before)


def test_one_row_out_of_scope_refuses_them_all(cast):
    rows = institution(cast.officer), institution(cast.neighbour, county=NEIGHBOUR)
    with pytest.raises(NotAllowed):
        fill(cast.officer, *rows)
    assert Responsible.objects.count() == 0


def test_every_night_names_follow_the_posts(cast):
    row = institution(cast.officer)
    ended = institution(cast.officer)
    change_status(
        institution=ended, status=Status.DEREGISTERED, effective_on=TODAY, reason="终止", by=cast.officer, at=AT
    )
    outbox.put(FILL_NETS, at=AT)
    outbox.deliver_all(at=AT)
    assert set(names(row)) == {Net.GRID, Net.DEPARTMENT}
    assert names(ended) == {}
    event = Event.objects.filter(kind="institution.responsible_named").first()
    assert (event.actor_name, event.actor_id) == ("三张网补齐", None)
    events = Event.objects.count()
    outbox.put(FILL_NETS, at=AT, again=1)
    outbox.deliver_all(at=AT)
    assert Event.objects.count() == events


# -- who is in charge ----------------------------------------------------------------------------------------------
def charge(by, *, where=OWN, since=TODAY, department=OrganKind.MARKET, what=Charge.ARTS) -> DepartmentCharge:
    place = jurisdiction(where) if where else None
    return set_charge(charge=what, department=department, jurisdiction=place, effective_from=since, by=by, at=AT)


def test_a_county_changes_who_is_in_charge_for_itself(cast):
    person(Role.DEPARTMENT_OFFICER, organ(OWN, OrganKind.MARKET), name="市监员")
    person(Role.DEPARTMENT_OFFICER, organ(NEIGHBOUR, OrganKind.CULTURE), name="邻区文旅")
    row, beside = institution(cast.officer), institution(cast.neighbour, county=NEIGHBOUR)
    fill(cast.officer, row)
    fill(cast.neighbour, beside)
    made = charge(cast.officer)
    assert fill(cast.officer, row) == Filled(named=1, released=0)
    assert fill(cast.neighbour, beside) == Filled(named=0, released=0)
    assert (names(row)[Net.DEPARTMENT], names(beside)[Net.DEPARTMENT]) == ("市监员", "邻区文旅")
    event = Event.objects.get(kind="institution.charge_set")
    assert (event.subject_id, event.jurisdiction_id) == (made.pk, jurisdiction(OWN).pk)


def test_charges_follow_one_another_and_a_slip_of_the_day_is_mended(cast):
    first = charge(cast.officer)
    mended = charge(cast.officer, department=OrganKind.SPORT)
    assert (mended.pk, mended.department) == (first.pk, OrganKind.SPORT)
    later = charge(cast.officer, since=TODAY + timedelta(days=30))
    first.refresh_from_db()
    assert (first.effective_to, later.effective_to) == (TODAY + timedelta(days=29), None)
    in_force = DepartmentCharge.objects.filter(jurisdiction=jurisdiction(OWN))
    assert [in_force.in_force(TODAY + timedelta(days=days)).get() for days in (29, 30)] == [first, later]
    with pytest.raises(InvalidInput, match="不能更早"):
        charge(cast.officer, since=TODAY)
    with pytest.raises(InvalidInput, match="不承担"):
        charge(cast.officer, department=OrganKind.BANK, since=date(2027, 1, 1))
    assert in_force.count() == 2


@pytest.mark.parametrize(
    ("who", "where", "may"),
    [
        ("officer", OWN, True), ("officer", NEIGHBOUR, False), ("officer", "", False), ("province", "", True),
        ("province", OWN, False), ("city", OWN, False), ("leader", OWN, False), ("culture", OWN, False),
    ],
)  # fmt: skip
def test_who_sets_charges_where(cast, who, where, may):
    actor, before = getattr(cast, who), DepartmentCharge.objects.count()
    if may:
        charge(actor, where=where)
    else:
        with pytest.raises(NotAllowed):
            charge(actor, where=where)
    assert DepartmentCharge.objects.count() == before + may


def test_what_counts_everywhere_is_shipped_and_seen_by_all(cast):
    charge(cast.officer)
    assert DepartmentCharge.objects.visible_to(cast.neighbour).count() == len(Charge)
    assert DepartmentCharge.objects.visible_to(cast.officer).count() == len(Charge) + 1
