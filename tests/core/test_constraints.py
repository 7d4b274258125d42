from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.db.models import Q

from foundation.accounts.models import Organ
from foundation.core import constraints
from foundation.core.errors import InvalidInput
from foundation.core.operation import operation
from foundation.regions.enums import SchoolStage
from foundation.regions.models import GridArea, School
from tests.cast import OWN, jurisdiction, organ

pytestmark = pytest.mark.django_db


def grid(**given) -> GridArea:
    place = jurisdiction(OWN)
    return GridArea(jurisdiction=place, division=place.division, name="第一网格", **given)


@operation
def write_grid(**given) -> GridArea:
    return constraints.insert(grid(**given))


@operation
def write_and_commit(row: GridArea) -> None:
    constraints.insert(row)
    connection.check_constraints()  # what the end of the transaction does


def test_the_databases_refusal_becomes_the_constraints_sentence():
    write_grid()
    with pytest.raises(InvalidInput) as refused:
        write_grid()
    assert (refused.value.code, refused.value.message) == ("grid_name_once", "该社区已有同名网格。")
    assert isinstance(refused.value.__cause__, IntegrityError)
    assert GridArea.objects.count() == 1


def test_a_check_speaks_too():
    with pytest.raises(InvalidInput) as refused:
        write_grid(cycle_days=0)
    assert (refused.value.code, refused.value.message) == ("grid_cycle_sane", "巡查周期应在1至366天之间。")


def test_all_fields_are_checked_at_once_without_a_query(django_assert_num_queries):
    row = grid(cycle_days="often")
    row.jurisdiction_id, row.division_id = str(row.jurisdiction_id), str(row.division_id)
    row.name = ""
    with django_assert_num_queries(0), pytest.raises(InvalidInput) as refused:
        constraints.check_fields(row)
    assert sorted(refused.value.fields) == ["cycle_days", "name"]
    assert refused.value.message == "网格名称：此字段不能为空。；巡查周期(天)：“often”的值应该是一个整型"
    assert refused.value.code == "invalid_fields"


def test_a_missing_key_is_named_by_us_and_a_key_to_nothing_refused_by_the_database():
    place = jurisdiction(OWN)
    with pytest.raises(InvalidInput) as refused:
        constraints.check_fields(GridArea(jurisdiction=place, name="第一网格"))
    assert sorted(refused.value.fields) == ["division"]
    with pytest.raises(InvalidInput, match="与已有数据冲突"):
        write_and_commit(GridArea(jurisdiction=place, division_id=0, name="第一网格"))
    assert not GridArea.objects.exists()


def test_only_the_named_fields_are_checked():
    row = grid()
    row.name = ""
    assert constraints.check_fields(row, only=["cycle_days"]) is None


def test_update_returns_what_really_changed_and_writes_only_that():
    row = write_grid()
    row.name, row.cycle_days = "第二网格", 7
    assert constraints.update(row, "name", "cycle_days") == {"name": ["第一网格", "第二网格"]}
    row.refresh_from_db()
    assert row.name == "第二网格"


def test_update_without_a_change_writes_nothing(django_assert_num_queries):
    row = write_grid()
    with django_assert_num_queries(1):
        assert constraints.update(row, "name") == {}


def test_update_names_foreign_keys_by_id():
    school = constraints.insert(
        School(jurisdiction=jurisdiction(OWN), division=jurisdiction(OWN).division, name="一小", stage="primary")
    )
    other = jurisdiction(OWN).division.children.order_by("code").first()
    before, school.division = school.division_id, other
    assert constraints.update(school, "division") == {"division": [before, other.pk]}


def test_an_unknown_refusal_still_has_a_sentence():
    assert constraints.message_for(IntegrityError()) == ("integrity", "与已有数据冲突，未保存。请刷新后核对。")


def test_one_of_may_let_nothing_through_as_well():
    strict, blank = (constraints.one_of("stage", SchoolStage, name="x", blank=blank) for blank in (False, True))
    assert strict.condition == Q(stage__in=SchoolStage.values)
    assert blank.condition == Q(stage__in=[*SchoolStage.values, ""])


def test_a_period_does_not_end_before_it_begins():
    bureau = organ(OWN)
    school = School(
        jurisdiction=bureau.jurisdiction,
        division=bureau.jurisdiction.division,
        name="二小",
        stage="primary",
        opened_on=date(2024, 9, 1),
        closed_on=date(2024, 8, 31),
    )
    with pytest.raises(InvalidInput, match="撤并日期不能早于启用日期。"):
        operation(constraints.insert)(school)
    school.closed_on = date(2024, 9, 1)
    assert operation(constraints.insert)(school).pk
    assert Organ.objects.count() == 1
