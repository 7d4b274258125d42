from datetime import timedelta

import pytest
from django.db import connection

from foundation.accounts.enums import Role
from foundation.audit.models import Event
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.regions.models import Division, Jurisdiction
from institutions import search
from institutions.models import FormerName, Institution, Site
from institutions.operations.register import change_institution, register_institution
from tests.cast import NEIGHBOUR, OWN, acting, organ, person
from tests.institutions.factories import AT, credit_code, facts, institution, town

pytestmark = pytest.mark.django_db


def test_a_new_institution_has_its_address_its_status_and_one_event(cast):
    row = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    assert list(row.sites.values_list("kind", "address")) == [("main", row.address)]
    assert list(row.status_events.values_list("status", "category")) == [("normal", "arts")]
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_name) == ("institution.registered", row.pk, cast.officer.name)
    assert event.changes["phone"] == ["***", "***"]
    assert event.changes["name"] == [None, "思明区海浪舞蹈培训中心"]


@pytest.mark.parametrize(
    "who", ["neighbour", "other_city", "city", "province", "leader", "town", "culture", "bank", "public"]
)
def test_only_an_officer_of_the_county_registers(cast, who):
    with pytest.raises(NotAllowed):
        institution(getattr(cast, who))
    assert (Institution.objects.count(), Site.objects.count(), Event.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("91350100M000100Y44", "校验位不正确"),
        ("91350100M000100Y4Z", "不含"),
        ("9135010M000100Y43", "18位"),
        ("91350100I000100Y43", "不含"),
    ],
)
def test_a_wrong_credit_code_is_refused_in_words(cast, code, part):
    with pytest.raises(InvalidInput, match=part):
        institution(cast.officer, credit_code=code)
    assert Institution.objects.count() == 0


def test_a_full_width_credit_code_is_stored_compact(cast):
    row = institution(cast.officer, credit_code=" ９１３５０１００m000100Y43 ")
    assert row.credit_code == "91350100M000100Y43"


def test_a_taken_credit_code_is_refused_by_the_database_in_words(cast):
    code = credit_code()
    institution(cast.officer, credit_code=code)
    with pytest.raises(InvalidInput, match="已登记在另一家机构名下") as refusal:
        institution(cast.second_officer, credit_code=code)
    assert refusal.value.code == "institution_credit_code_once"


def test_a_town_of_another_county_is_refused(cast):
    with pytest.raises(InvalidInput, match="不属于思明区"):
        institution(cast.officer, division=town(NEIGHBOUR))


def test_a_change_keeps_the_former_name_and_address(cast):
    row = institution(cast.officer, name="旧名艺术培训中心", address="旧路1号")
    later = AT + timedelta(days=30)
    change_institution(
        institution=row, facts={"name": "新名艺术培训中心", "address": "新路2号"}, by=cast.officer, at=later
    )
    row.refresh_from_db()
    assert (row.name, row.address) == ("新名艺术培训中心", "新路2号")
    assert list(FormerName.objects.values_list("name", "until")) == [("旧名艺术培训中心", later.date())]
    assert list(row.sites.order_by("pk").values_list("address", "closed_on")) == [
        ("旧路1号", later.date()),
        ("新路2号", None),
    ]
    event = Event.objects.filter(kind="institution.changed").get()
    assert event.changes == {"name": ["旧名艺术培训中心", "新名艺术培训中心"], "address": ["旧路1号", "新路2号"]}


def test_a_change_without_a_difference_writes_nothing(cast):
    row = institution(cast.officer)
    before = row.changed_at
    change_institution(institution=row, facts={"name": row.name}, by=cast.officer, at=AT + timedelta(days=1))
    row.refresh_from_db()
    assert (row.changed_at, Event.objects.count()) == (before, 1)


def test_a_neighbour_cannot_change_and_nothing_is_written(cast):
    row = institution(cast.officer)
    with pytest.raises(NotAllowed):
        change_institution(institution=row, facts={"name": "被改名"}, by=cast.neighbour, at=AT)
    row.refresh_from_db()
    assert (row.name != "被改名", Event.objects.count()) == (True, 1)


def test_unknown_facts_are_a_programming_error(cast):
    with pytest.raises(TypeError, match="status"):
        institution(cast.officer, status="banned")


def test_the_phone_is_sealed_in_the_table(cast):
    row = institution(cast.officer, phone="13812345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM institutions_institution WHERE id = %s", [row.pk])
        assert cursor.fetchone()[0].startswith("v1$aes256gcm$")
    assert Institution.objects.get(pk=row.pk).phone == "13812345678"


@pytest.mark.parametrize("term", ["海浪", "舞", "hlwd", "XMHL", "52350203MJ", "湖滨南", "小海螺"])
def test_search_finds_by_two_characters_initials_code_address_and_former_name(cast, term):
    row = institution(cast.officer, name="小海螺培训中心", credit_code=credit_code(77))
    institution(cast.officer, name="别家机械培训中心", credit_code=credit_code(78, prefix="91"), address="别处")
    change_institution(institution=row, facts={"name": "厦门海浪舞蹈培训中心"}, by=cast.officer, at=AT)
    found = search.matching(Institution.objects.visible_to(cast.officer), term)
    assert list(found) == [row]


def test_search_of_nothing_and_of_blanks(cast):
    row = institution(cast.officer, name="海 浪")
    assert list(search.matching(Institution.objects.all(), "  ")) == [row]
    assert list(search.matching(Institution.objects.all(), "不存在")) == []


SEES = {
    "officer": True, "leader": True, "second_officer": True, "neighbour": False, "other_city": False, "city": True,
    "province": True, "legal": True, "town": True, "culture": True, "finance": False, "bank": False,
    "supervisor": True, "grid": True, "discipline": True, "public": False,
}  # fmt: skip


def test_the_whole_cast_sees_what_lies_in_its_scope(cast):
    row = institution(cast.officer)
    seen = {
        name: Institution.objects.visible_to(actor).filter(pk=row.pk).exists()
        for name, actor in cast.everyone().items()
    }
    assert {name: seen[name] for name in SEES if name not in {"grid"}} == {n: v for n, v in SEES.items() if n != "grid"}


def test_a_department_sees_its_own_category_only(cast):
    institution(cast.officer, category="sport")
    assert Institution.objects.visible_to(cast.culture).count() == 0


def test_a_town_sees_its_own_area_only(cast):
    other = Division.objects.filter(parent__code=OWN, level="town").order_by("code").last()
    institution(cast.officer, division=other)
    assert Institution.objects.visible_to(cast.town).count() == 0


def test_a_functional_area_takes_towns_of_its_city(cast):
    """泉州台商投资区 has no county of its own: its bureau registers places of 泉州's counties."""
    area = Jurisdiction.objects.get(code="3505T1")
    officer = acting(person(Role.COUNTY_OFFICER, organ("3505T1")))
    row = register_institution(jurisdiction=area, facts=facts("350521"), by=officer, at=AT)
    assert row.division.parent.code == "350521"
