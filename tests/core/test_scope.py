import pytest

from foundation.core.actor import ANONYMOUS, Actor, job
from foundation.core.scope import Place, Scope, covers
from foundation.regions.models import Division
from institutions.models import Institution
from tests.cast import NEIGHBOUR, OWN, TOWN, jurisdiction
from tests.institutions import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(cast) -> Institution:
    return factories.institution(cast.officer, division=Division.objects.get(code=TOWN))


def seen(actor: Actor) -> bool:
    return Institution.objects.visible_to(actor).exists()


def test_without_a_scope_nothing_is_seen_and_nothing_asked(own, django_assert_num_queries):
    nobody = Actor(user_id=1, name="无岗位")
    with django_assert_num_queries(0):
        assert list(Institution.objects.visible_to(nobody)) == list(Institution.objects.visible_to(ANONYMOUS)) == []
    assert not covers(nobody, own)


def test_the_jurisdiction_decides(own):
    assert seen(job("测试", scope=frozenset({jurisdiction(OWN).pk})))
    assert not seen(job("测试", scope=frozenset({jurisdiction(NEIGHBOUR).pk})))


@pytest.mark.parametrize(
    ("areas", "categories", "expected"),
    [
        (None, None, True),
        ({"own"}, None, True),
        ({"other"}, None, False),
        (set(), None, False),
        (None, {"arts"}, True),
        (None, {"sport"}, False),
        (None, set(), False),
        ({"own"}, {"sport"}, False),
    ],
)
def test_areas_and_categories_narrow_it(own, areas, categories, expected):
    ids = {"own": own.division_id, "other": 0}
    actor = Actor(
        user_id=1,
        name="员",
        scope=frozenset({own.jurisdiction_id}),
        areas=None if areas is None else frozenset(ids[area] for area in areas),
        categories=None if categories is None else frozenset(categories),
    )
    assert (seen(actor), covers(actor, own)) == (expected, expected)


def test_the_query_and_the_question_about_one_row_agree_for_the_whole_cast(cast, own):
    for name, actor in cast.everyone().items():
        assert seen(actor) == covers(actor, own), name


def test_a_path_leads_over_other_rows(own):
    part = type("Part", (), {"owner": own, "SCOPE": Scope("owner__jurisdiction_id", category="owner__category")})()
    assert covers(job("测试", scope=frozenset({own.jurisdiction_id})), part)
    assert part.SCOPE.place_of(part) == Place(own.jurisdiction_id, None, own.category)
