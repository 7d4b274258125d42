"""A further place of teaching in a file: a site of its institution, once, as long as that institution stands."""

from __future__ import annotations

import pytest

from foundation.core import clock
from foundation.core.errors import Conflict
from foundation.imports.operations import apply_batch
from institutions import queries
from institutions.enums import SiteKind
from institutions.models import Institution, Site
from institutions.operations.premises import open_campus
from tests.institutions.factories import AT
from tests.institutions.imported import FULL, OTHER, bring_in, check, register, row, take_back
from tests.institutions.test_undo import CAMPUS, MOVED

pytestmark = pytest.mark.django_db
SECOND = CAMPUS | {"name": f"{FULL['name']}第二教学点", "address": "厦禾路9号", "town": "厦港街道"}


def verdicts(*rows: dict[str, str], by) -> list[tuple[str, list[str]]]:
    found = check(*rows, by=by).rows.order_by("number")
    return [(each.outcome, [fault["message"] for fault in each.reasons]) for each in found]


def outcomes(*rows: dict[str, str], by) -> list[str]:
    return [outcome for outcome, _ in verdicts(*rows, by=by)]


def campuses() -> list[tuple[str, str]]:
    sites = Site.objects.filter(kind=SiteKind.CAMPUS, closed_on=None).order_by("pk")
    return list(sites.values_list("name", "address"))


def test_a_campus_is_a_site_of_its_institution_and_not_an_institution(cast, clerk):
    bring_in(FULL, CAMPUS, SECOND, by=clerk)
    known = Institution.objects.get()
    assert campuses() == [(CAMPUS["name"], CAMPUS["address"]), (SECOND["name"], SECOND["address"])]
    assert {site.institution_id for site in Site.objects.all()} == {known.pk}
    towns = Site.objects.filter(kind=SiteKind.CAMPUS).order_by("pk").values_list("division__name", flat=True)
    assert list(towns) == ["莲前街道", "厦港街道"]


def test_again_it_changes_nothing_and_undone_it_is_gone(cast, clerk):
    bring_in(FULL, by=clerk)
    before = register()
    batch = bring_in(CAMPUS, SECOND, by=clerk)
    imported = queries.content_hash()
    again = bring_in(CAMPUS, SECOND, by=clerk)
    assert (again.counts["unchanged"], again.counts["campus"], queries.content_hash()) == (2, 0, imported)
    take_back(batch, clerk)
    assert register() == before
    bring_in(CAMPUS, SECOND, by=clerk)
    assert queries.content_hash() == imported


def test_its_institution_may_stand_below_it(cast, clerk):
    assert outcomes(CAMPUS, SECOND, FULL, by=clerk) == ["campus", "campus", "created"]
    bring_in(CAMPUS, SECOND, FULL, by=clerk)
    assert (Institution.objects.get().name, len(campuses())) == (FULL["name"], 2)


def test_a_campus_may_lie_in_another_county_of_the_city(cast, clerk):
    bring_in(FULL, CAMPUS | MOVED, by=clerk)
    assert Institution.objects.get().jurisdiction.name == "思明区"
    assert Site.objects.get(kind=SiteKind.CAMPUS).division.name == "集美街道"


@pytest.mark.parametrize("fault", [{"category": "辅导"}, {"phone": "12"}, {"county": "火星区"}, {"address": ""}])
@pytest.mark.parametrize("below", [True, False])
def test_the_campus_of_a_refused_row_is_refused_and_says_which(cast, clerk, fault, below):
    """Seen to fail before: the campus was to be entered for an institution that never came."""
    main = row(**fault)
    rows = [CAMPUS, main] if below else [main, CAMPUS]
    found = verdicts(*rows, by=clerk)
    place = rows.index(main) + 2
    assert [outcome for outcome, _ in found] == ["rejected", "rejected"]
    assert found[rows.index(CAMPUS)][1] == [f"所属机构(第{place}行)不合格，请先改正那一行。"]


def test_a_row_that_contradicts_the_institution_refuses_its_campuses_too(cast, clerk):
    """A row that only looks like a campus (of another name) has the same code: nobody knows which one is right."""
    stranger = CAMPUS | {"name": "思明区博雅培训学校（软件园校区）", "address": "软件园1号"}
    assert outcomes(FULL, CAMPUS, stranger, by=clerk) == ["rejected", "rejected", "rejected"]
    assert outcomes(stranger, CAMPUS, FULL, by=clerk) == ["rejected", "rejected", "rejected"]


def test_two_campuses_at_one_address_contradict_each_other(cast, clerk):
    other = CAMPUS | {"name": f"{FULL['name']}（前埔校区）"}
    assert outcomes(FULL, CAMPUS, other, by=clerk) == ["created", "rejected", "rejected"]
    assert outcomes(FULL, CAMPUS, CAMPUS, by=clerk) == ["created", "campus", "duplicate"]


def test_a_campus_of_another_bureaus_institution_is_refused(cast):
    bring_in(row(**MOVED), by=cast.neighbour, code="350211")
    before = register()
    batch = check(CAMPUS, by=cast.officer, code="350203")
    [found] = batch.rows.all()
    assert (found.outcome, found.reasons[0]["code"]) == ("rejected", "county_out_of_scope")
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert register() == before


def test_a_campus_is_known_after_its_institution_was_renamed_in_the_same_file(cast, clerk):
    """Seen to fail before: the site was entered a second time."""
    bring_in(FULL, CAMPUS, by=clerk)
    renamed = row(name=OTHER["name"])
    assert outcomes(renamed, CAMPUS | {"name": f"{OTHER['name']}（莲前校区）"}, by=clerk) == ["updated", "unchanged"]


def test_a_campus_that_somebody_entered_meanwhile_is_not_entered_twice(cast, clerk):
    bring_in(FULL, by=clerk)
    batch, known = check(CAMPUS, by=clerk), Institution.objects.get()
    open_campus(
        institution=known, name="莲前", division=known.division, address=CAMPUS["address"], opened_on=AT.date(),
        by=cast.officer, at=AT,
    )  # fmt: skip
    with pytest.raises(Conflict, match="名录有变化"):
        apply_batch(batch=batch, by=clerk, at=clock.now())
    assert len(campuses()) == 1


def test_the_campus_of_a_withdrawn_institution_comes_with_it_or_alone(cast, clerk):
    take_back(bring_in(FULL, CAMPUS, by=clerk), clerk)
    assert outcomes(FULL, CAMPUS, by=clerk) == ["created", "campus"]
    assert outcomes(CAMPUS, by=clerk) == ["created"]


def test_many_campuses_cost_no_questions_each(cast, clerk, django_assert_max_num_queries):
    bring_in(FULL, by=clerk)
    many = [CAMPUS | {"name": f"{FULL['name']}第{n}教学点", "address": f"{n}号"} for n in range(1, 121)]
    with django_assert_max_num_queries(60):
        batch = check(row(remark="改"), *many, by=clerk)
    assert (batch.counts["campus"], batch.counts["updated"]) == (120, 1)
    with django_assert_max_num_queries(60):
        apply_batch(batch=batch, by=clerk, at=clock.now())
