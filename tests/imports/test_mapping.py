"""What a bureau's clerks chose for the headings of their files."""

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.imports.mapping import chosen_for
from foundation.imports.models import HeadingChoice
from foundation.imports.operations import remember_mapping
from foundation.imports.target import target_named
from tests.cast import CITY, NEIGHBOUR, OWN, PROVINCE, jurisdiction

pytestmark = pytest.mark.django_db


def remember(by, choices, *, code=OWN, target="schools"):
    return remember_mapping(
        jurisdiction=jurisdiction(code), target=target_named(target), choices=choices, by=by, at=clock.now()
    )


def chosen(code=OWN, target="schools"):
    return chosen_for(jurisdiction(code), target)


def test_a_choice_is_kept_for_the_bureau_with_one_event(cast):
    assert remember(cast.officer, {"校 名(全)": "name", "*校车数": ""}) == {
        "校名全": [None, "学校名称"],
        "校车数": [None, "不导入"],
    }
    assert chosen() == {"校名全": "name", "校车数": ""}
    event = Event.objects.get()
    assert (event.kind, event.subject_label, event.reason) == ("imports.mapping_changed", "思明区", "导入学校")
    assert event.changes == {"校名全": [None, "学校名称"], "校车数": [None, "不导入"]}


def test_a_choice_can_be_changed_and_the_same_again_leaves_no_trace(cast):
    remember(cast.officer, {"校名全": "name", "校车数": ""})
    assert remember(cast.second_officer, {"校名全": "name", "校车数": "code"}) == {"校车数": ["不导入", "学校标识码"]}
    assert remember(cast.officer, {"校车数": "code"}) == {}
    assert chosen() == {"校名全": "name", "校车数": "code"}
    assert (Event.objects.count(), HeadingChoice.objects.count()) == (2, 2)


def test_a_county_hears_its_city_where_it_chose_nothing_itself(cast):
    remember(cast.city.allowed(*cast.officer.capabilities), {"校名全": "name", "校车数": "town"}, code=CITY)
    assert chosen() == {"校名全": "name", "校车数": "town"}
    remember(cast.officer, {"校车数": ""})
    assert chosen() == {"校名全": "name", "校车数": ""}
    assert chosen(NEIGHBOUR) == chosen(CITY) == {"校名全": "name", "校车数": "town"}
    assert chosen(PROVINCE) == chosen("350581") == {}
    assert chosen(target="institutions") == {}


@pytest.mark.parametrize(
    ("choices", "code"), [({"校名全": "name", "校车数": "buses"}, "unknown_column"), ({"**": "name"}, "no_heading")]
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(cast, choices, code):
    with pytest.raises(InvalidInput) as refusal:
        remember(cast.officer, choices)
    assert refusal.value.code == code
    assert (HeadingChoice.objects.count(), Event.objects.count()) == (0, 0)


def test_only_those_who_may_upload_for_the_bureau_choose(cast):
    may = set()
    for name, actor in cast.everyone().items():
        before = Event.objects.count()
        try:
            remember(actor, {f"校名{name}": "name"})
            may.add(name)
        except NotAllowed:
            assert Event.objects.count() == before
    assert may == {"officer", "second_officer"}
    assert set(chosen()) == {"校名officer", "校名secondofficer"}


def test_choices_are_seen_within_the_scope(cast):
    remember(cast.officer, {"校名全": "name"})
    seen = {name for name, actor in cast.everyone().items() if HeadingChoice.objects.visible_to(actor).exists()}
    assert seen == {name for name, actor in cast.everyone().items() if jurisdiction(OWN).pk in actor.scope}
    assert "neighbour" not in seen
    assert "officer" in seen
