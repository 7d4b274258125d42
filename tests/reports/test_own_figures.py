"""Posts of a town or a department: every number is of the records that they may see, and of no other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.accounts.enums import TrainingCategory
from foundation.core import clock
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division
from inspections.models import Visit
from institutions.models import Institution
from reports.forms import asked
from reports.kpis import Kpi, kpi_of, kpis
from tests.cast import OWN
from tests.enforcement.interviewing import held, with_parties
from tests.inspections.factories import AT, filed, officers_report
from tests.institutions.factories import institution, town
from tests.listings.factories import listed

pytestmark = pytest.mark.django_db
BOARD, DASHBOARD, ROWS, TAKE = (f"admin:reports_ratiostyle_{name}" for name in ("board", "dashboard", "rows", "take"))


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def seen(cast):
    """Visits to two places in the own town, one of them of art, and to one of art elsewhere in the county."""
    elsewhere = Division.objects.filter(level=DivisionLevel.TOWN, code__startswith=OWN).exclude(pk=town().pk).first()
    places = (
        institution(cast.officer, name="镇内艺术", category=TrainingCategory.ARTS),
        institution(cast.officer, name="镇内体育", category=TrainingCategory.SPORT),
        institution(cast.officer, name="镇外艺术", category=TrainingCategory.ARTS, division=elsewhere),
    )
    for home in places:
        filed(officers_report(home, cast.officer, cast.second_officer), cast.officer)
    return cast


def names(page) -> set[str]:
    return {name for name in ("镇内艺术", "镇内体育", "镇外艺术") if name in page.content.decode()}


@pytest.mark.parametrize(
    ("who", "own"), [("town", {"镇内艺术", "镇内体育"}), ("culture", {"镇内艺术", "镇外艺术"}), ("officer", None)]
)
def test_number_list_and_dashboard_are_of_what_the_post_sees(seen, enter, who, own):
    own = own or {"镇内艺术", "镇内体育", "镇外艺术"}
    actor = getattr(seen, who)
    client = enter(actor)
    page = client.get(reverse(ROWS), {"kpi": "visits"})
    assert (page.context["answer"].value, names(page)) == (len(own), own)
    assert ("只计您的岗位能看到的记录" in page.content.decode()) == (who != "officer")
    tiles = {tile.label: tile.text for tile in client.get(reverse(DASHBOARD)).context["tiles"]}
    assert (tiles["检查家次"], tiles["在办培训机构"]) == (f"{len(own)}家次", f"{len(own)}家")
    question = asked(actor, None).question()
    assert sum(answer.value for answer in kpi_of("visits").by_place(question, towns=True).values()) == len(own)
    assert sum(answer.value for answer in kpi_of("visits").by_month(question).values()) == len(own)


def test_what_the_post_may_not_open_is_not_told_either(seen, enter):
    client = enter(seen.town)
    groups = [label for label, _, _ in client.get(reverse(BOARD)).context["groups"]]
    assert "检查" in groups
    assert not {"资金监管", "线索", "风险"} & set(groups)
    page = client.get(reverse(ROWS), {"kpi": "clues"}).content.decode()
    assert "不在您的岗位的查看范围" in page
    tiles = [tile.label for tile in client.get(reverse(DASHBOARD)).context["tiles"]]
    assert "线索" not in tiles


def test_what_says_no_town_has_no_number_of_a_town(seen, enter):
    """Interviews are of a county: their number is not the town's, though the town may read them."""
    held(with_parties(seen.officer, [institution(seen.officer)]), seen.officer)
    page = enter(seen.town).get(reverse(ROWS), {"kpi": "interviews"})
    assert (page.context["answer"].value, page.context["why_not"]) == (None, "不按您的岗位的范围统计")
    assert kpi_of("interviews").answer(asked(seen.officer, None).question()).value == 1
    assert kpi_of("interviewed").answer(asked(seen.town, None).question()).value == 1, "the institution lies in it"


@pytest.mark.parametrize("who", ["town", "culture"])
def test_no_list_of_any_number_has_a_row_that_the_post_may_not_see(seen, who):
    actor = getattr(seen, who)
    question = asked(actor, None).question()
    told = [kpi for kpi in kpis() if isinstance(kpi, Kpi) and not kpi.asked_in_vain(question)]
    assert len(told) > 30
    assert "list_white" in {kpi.code for kpi in told}
    for kpi in told:
        rows = kpi.list(question)
        if kpi.scope is None:
            visible = rows.model._default_manager.visible_to(actor).values("pk")
            assert not rows.exclude(pk__in=visible).exists(), kpi.code
    assert Visit.objects.visible_to(actor).count() == 2


def test_the_lists_are_told_by_town_and_category(seen):
    """Their rows are dated events, which have no scope of their own."""
    for home in Institution.objects.all():
        listed(seen, home)
    numbers = {
        who: kpi_of("list_white").answer(asked(getattr(seen, who), None).question()).value
        for who in ("officer", "town", "culture")
    }
    assert numbers == {"officer": 3, "town": 2, "culture": 2}


def test_a_town_takes_no_rows_away_and_a_department_takes_its_own(seen, enter):
    page = enter(seen.town).get(reverse(ROWS), {"kpi": "visits"}).content.decode()
    assert reverse(TAKE) not in page
    assert enter(seen.town).get(reverse(TAKE), {"kpi": "visits"}).status_code == 403
    client = enter(seen.culture)
    assert reverse(TAKE) in client.get(reverse(ROWS), {"kpi": "visits"}).content.decode()
    assert client.get(reverse(TAKE), {"kpi": "visits"}).status_code == 200


def test_how_rates_are_printed_is_read_and_not_set(seen, enter):
    client = enter(seen.town)
    assert client.get(reverse("admin:reports_ratiostyle_changelist")).status_code == 200
    assert client.get(reverse("admin:reports_ratiostyle_set-style")).status_code == 403


def test_an_empty_year_says_when_the_post_s_own_last_visit_was(seen, enter):
    """There is one of the new year elsewhere in the county: the county's page needs no hint, the town's does."""
    later = AT.replace(year=2027, month=1, day=18)
    with clock.set_to(later):
        elsewhere = Institution.objects.get(name="镇外艺术")
        report = officers_report(elsewhere, seen.officer, seen.second_officer, visited_on=later.date())
        filed(report, seen.officer, at=later)
        pages = {who: enter(getattr(seen, who)).get(reverse(DASHBOARD)).content.decode() for who in ("officer", "town")}
    assert "最近的在2026年11月" in pages["town"]
    assert "最近的在" not in pages["officer"]
