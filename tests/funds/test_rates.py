"""三项监管率: one denominator, exact fractions cut off at two decimals, on any day, as known at any instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from assignments.models import Assignment, Part
from assignments.operations.assign import answer as answer_part
from assignments.operations.assign import receive
from foundation.accounts.enums import OrganKind, Role
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.regions.models import Jurisdiction
from funds import progress, rates
from funds.enums import Flag
from funds.models import Push
from funds.operations import pushes
from funds.operations.flags import revoke_flag, strike_flag
from funds.operations.proposals import end_exemption
from funds.rates import Group, Moment
from institutions.enums import SiteType, Status
from institutions.models import Institution
from institutions.operations.register import change_institution
from institutions.operations.status import change_status
from tests.cast import CITY, acting, organ, person
from tests.funds.factories import DAY, exempted, ready
from tests.institutions.factories import AT, institution, town

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = Moment(on=DAY), Moment(on=DAY - timedelta(days=1))
QUANZHOU, KINMEN = "350500", "350527"
NUMBER = 13  # eleven counties and two functional areas; 金门 holds no data


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(AT):
        yield


def texts(line: rates.Line) -> list[str]:
    return [rate.text for rate in line.rates]


def fractions(line: rates.Line) -> list[str]:
    return [rate.fraction for rate in line.rates]


# -- Quanzhou --------------------------------------------------------------------------------------------------------
@pytest.fixture
def quanzhou() -> tuple[Actor, dict[str, Actor]]:
    """The city's manager; each county's officer with three institutions that have everything since a week."""
    city = acting(person(Role.CITY_MANAGER, organ(QUANZHOU)))
    officers = {}
    for county in Jurisdiction.objects.filter(parent__code=QUANZHOU).exclude(code=KINMEN).order_by("code"):
        by = officers[county.code] = acting(person(Role.COUNTY_OFFICER, organ(county.code)))
        place = {} if county.division_id else {"division": town("350502"), "credit_code": None}
        for _ in range(3):
            since = DAY - timedelta(days=7)
            row = institution(by, county=county.code, effective_on=since, at=AT - timedelta(days=7), **place)
            ready(row, by, on=since, at=AT - timedelta(days=1))
    return city, officers


def test_quanzhou_has_all_three_at_100_and_drops_by_one_verification(quanzhou):
    city, officers = quanzhou
    assert len(officers) == NUMBER
    before = rates.total(city, TODAY)
    assert (before.should, texts(before)) == (3 * NUMBER, ["100.00%"] * 3)
    counties = rates.broken_down(city, TODAY, Group.COUNTY)
    assert (len(counties), {text for line in counties for text in texts(line)}) == (NUMBER, {"100.00%"})
    shishi = officers["350581"]
    row = Institution.objects.filter(jurisdiction__code="350581").order_by("pk")[0]
    revoke_flag(institution=row, flag=Flag.VERIFIED, effective_on=DAY, reason="核验材料有误", by=shishi, at=AT)
    assert (fractions(rates.total(city, TODAY)), texts(rates.total(city, TODAY))) == (
        ["39/39", "38/39", "39/39"],
        ["100.00%", "97.43%", "100.00%"],  # 38/39 = 0.97435…
    )
    asked = {"flag": Flag.VERIFIED, "which": "missing"}
    assert list(rates.listed(city, asked, TODAY).values_list("name", flat=True)) == [row.name]
    done = rates.listed(city, asked | {"which": "done", "county": str(row.jurisdiction_id)}, TODAY)
    assert done.count() == 2
    assert texts(rates.total(city, YESTERDAY)) == ["100.00%"] * 3
    counties = rates.broken_down(city, TODAY, Group.COUNTY)
    low = {line.label: fractions(line) for line in counties if texts(line)[1] != "100.00%"}
    assert low == {"石狮市": ["3/3", "2/3", "3/3"]}


# -- the denominator -------------------------------------------------------------------------------------------------
def test_who_should_be_supervised(cast):
    kept = institution(cast.officer, name="正常")
    for status, name in ((Status.SUSPENDED, "停业整改"), (Status.DEREGISTERED, "注销"), (Status.LOST, "失联")):
        row = institution(cast.officer, name=name)
        change_status(institution=row, status=status, effective_on=DAY, reason="测试", by=cast.officer, at=AT)
    institution(cast.officer, name="托管", site_type=SiteType.CARE)
    exempt = institution(cast.officer, name="先服务后收费")
    held = exempted(exempt, cast.officer, cast.leader, days=30)
    institution(cast.neighbour, county="350211", name="别的县")
    names = set(rates.should_be_supervised(cast.officer, TODAY).values_list("name", flat=True))
    assert names == {"正常", "停业整改"}
    assert rates.should_be_supervised(cast.officer, YESTERDAY).count() == 0  # nobody was registered yet
    when = Moment(DAY, known_at=AT - timedelta(seconds=1))
    assert rates.should_be_supervised(cast.officer, when).count() == 0
    after = DAY + timedelta(days=31)
    assert exempt in rates.should_be_supervised(cast.officer, Moment(after))
    end_exemption(exemption=held, ended_on=DAY, reason="改为预收费", by=cast.leader, at=AT + timedelta(hours=1))
    assert exempt in rates.should_be_supervised(cast.officer, TODAY)
    assert exempt not in rates.should_be_supervised(cast.officer, Moment(DAY, known_at=AT))
    assert kept in rates.should_be_supervised(cast.city, TODAY)


def test_who_became_a_care_place_was_to_be_supervised_until_then(cast):
    row = institution(cast.officer, effective_on=DAY - timedelta(days=9))
    change_institution(institution=row, facts={"site_type": SiteType.CARE}, by=cast.officer, at=AT)
    assert [rates.should_be_supervised(cast.officer, when).count() for when in (YESTERDAY, TODAY)] == [1, 0]


def test_nobody_to_supervise_is_a_dash(cast):
    line = rates.total(cast.officer, TODAY)
    assert (texts(line), fractions(line)) == (["—"] * 3, ["0/0"] * 3)
    assert rates.broken_down(cast.officer, TODAY, Group.TOWN) == []


def test_all_but_one_is_never_100():
    """Cut off, not rounded: 19,999 of 20,000 is 99.99 %."""
    assert rates.Rate(Flag.OPENED, 19_999, 20_000).text == "99.99%"
    assert rates.Rate(Flag.OPENED, 2, 3).text == "66.66%"


def test_by_town_and_by_category_add_up(cast):
    town = institution(cast.officer).division
    ready(institution(cast.officer, division=town.children.order_by("code")[0]), cast.officer)
    ready(institution(cast.officer, category="sport"), cast.officer, Flag.OPENED)
    [line] = rates.broken_down(cast.officer, TODAY, Group.TOWN)  # a community counts with its town
    assert (line.label, fractions(line)) == (str(town), ["2/3", "1/3", "1/3"])
    kinds = {line.label: fractions(line) for line in rates.broken_down(cast.officer, TODAY, Group.CATEGORY)}
    assert kinds == {"文化艺术类": ["1/2", "1/2", "1/2"], "体育类": ["1/1", "0/1", "0/1"]}
    rows = rates.listed(cast.officer, {"category": "sport"}, TODAY)
    assert rows.count() == 1


def test_as_known_then(cast):
    row = ready(institution(cast.officer), cast.officer)
    event = row.fund_flags.get(flag=Flag.VERIFIED)
    strike_flag(event=event, reason="登记有误", by=cast.officer, at=AT + timedelta(days=1))
    assert fractions(rates.total(cast.officer, TODAY)) == ["1/1", "0/1", "1/1"]
    assert fractions(rates.total(cast.officer, replace(TODAY, known_at=AT))) == ["1/1"] * 3


# -- who reads them --------------------------------------------------------------------------------------------------
def test_whose_rates_the_whole_cast_reads(cast):
    ready(institution(cast.officer), cast.officer)
    institution(cast.neighbour, county="350211")
    institution(cast.other_city, county="350581")
    read = {who: rates.total(actor, TODAY).should for who, actor in cast.everyone().items()}
    one, two = {"officer", "second_officer", "leader", "neighbour", "other_city"}, {"city", "finance", "discipline"}
    assert {who for who, number in read.items() if number == 1} == one
    assert {who for who, number in read.items() if number == 2} == two
    assert {who for who, number in read.items() if number == 3} == {"province"}
    assert sum(read.values()) == 5 + 6 + 3


def test_a_regulator_reads_rates_by_county_and_no_rows(cast, enter):
    """Seen to fail with ``RateRows.rule`` as the rates' own."""
    row = institution(cast.officer)
    client = enter(cast.finance)
    page = client.get(reverse("admin:funds_flagevent_rates")).content.decode()
    assert "思明区" in page
    assert "0/1" in page
    assert row.name not in page
    assert reverse("admin:funds_flagevent_institutions") not in page
    assert client.get(reverse("admin:funds_flagevent_institutions")).status_code == 403
    assert client.get(reverse("admin:funds_supervisedaccount_changelist")).status_code == 403


def test_numbers_open_their_rows(cast, enter):
    done, missing = ready(institution(cast.officer), cast.officer), institution(cast.officer)
    client = enter(cast.officer)
    page = client.get(reverse("admin:funds_flagevent_rates") + "?on=2026-11-02&group=category").content.decode()
    assert "50.00%" in page
    asked = "?on=2026-11-02&group=county&category=arts&flag=verified&which="
    rows = reverse("admin:funds_flagevent_institutions") + asked
    for which, seen, unseen in (("done", done, missing), ("missing", missing, done)):
        listed = client.get(rows + which).content.decode()
        assert seen.name in listed
        assert unseen.name not in listed
    assert client.get(reverse("admin:funds_flagevent_rates") + "?on=nonsense&group=x").status_code == 200


# -- pushing ---------------------------------------------------------------------------------------------------------
def test_a_county_pushes_its_towns_in_one_step(cast, enter):
    done = ready(institution(cast.officer), cast.officer)
    missing = institution(cast.officer, name="缺核验的机构", division=done.division)
    other_town = done.division.parent.children.exclude(pk=done.division_id).order_by("code")[0]
    lost = institution(cast.officer, name="无人可交办的机构", division=other_town)
    client = enter(cast.officer)
    asked = {"flag": "verified", "due_on": "2026-11-20", "urgency": "normal"}
    client.post(reverse("admin:funds_flagevent_push"), asked)
    push, part = Push.objects.get(), Part.objects.get()
    assert part.organ_id == cast.town.organ_id
    assert "缺核验的机构" in part.assignment.content
    assert done.name not in part.assignment.content
    pushed = {row.institution: row.assignment for row in push.institutions.select_related("institution", "assignment")}
    assert pushed == {missing: part.assignment, lost: None}
    assert progress.of(push).text == "0/2家"
    receive(part=part, by=cast.town, at=AT)
    answer_part(part=part, result="已督促，本周核验", by=cast.town, at=AT)
    ready(missing, cast.officer)
    page = client.get(reverse("admin:funds_push_change", args=[push.pk])).content.decode()
    for words in ("1/2家", "已督促，本周核验", "没有登记单位，未交办", "已反馈待审"):
        assert words in page


def test_a_city_pushes_its_counties(cast):
    ready(institution(cast.officer), cast.officer, Flag.OPENED)
    institution(cast.neighbour, county="350211")
    push = pushes.push_missing(flag=Flag.VERIFIED, due_on=DAY, by=cast.city, at=AT)
    given = Assignment.objects.order_by("pk").values_list("parts__organ_id", flat=True)
    assert sorted(given) == sorted([cast.officer.organ_id, cast.neighbour.organ_id])
    assert push in Push.objects.visible_to(cast.officer)
    assert push not in Push.objects.visible_to(cast.other_city)
    assert {row.name for row in (one.institution for one in push.institutions.visible_to(cast.officer))} == {
        Institution.objects.get(jurisdiction__code="350203").name
    }


def test_what_is_not_pushed(cast):
    given = {"flag": Flag.OPENED, "due_on": DAY, "at": AT}
    with pytest.raises(Conflict, match="没有未完成"):
        pushes.push_missing(by=cast.officer, **given)
    institution(cast.officer)
    institution(cast.other_city, county="350581")
    with pytest.raises(InvalidInput, match="不能早于今天"):
        pushes.push_missing(by=cast.officer, **(given | {"due_on": DAY - timedelta(days=1)}))
    with pytest.raises(Conflict, match="没有登记单位"):
        pushes.push_missing(by=cast.other_city, **given)
    for who in ("province", "town", "finance", "bank", "discipline", "culture"):
        with pytest.raises(NotAllowed):
            pushes.push_missing(by=getattr(cast, who), **given)
    assert Push.objects.count() == 0


def test_a_list_too_long_for_one_paper_says_how_many_are_left(cast, monkeypatch):
    monkeypatch.setattr(pushes, "LONGEST", 120)
    for number in range(9):
        institution(cast.officer, name=f"很长很长很长的培训机构名称第{number}号")
    pushes.push_missing(flag=Flag.OPENED, due_on=DAY, by=cast.officer, at=AT)
    content = Assignment.objects.get().content
    named = content.count("很长很长很长")
    assert 0 < named < 9
    assert content.endswith(f"……其余{9 - named}家见催办记录。")


def test_the_page_asks_a_fixed_number_of_questions(cast, enter, django_assert_max_num_queries):
    client, page = enter(cast.city), reverse("admin:funds_flagevent_rates")
    ready(institution(cast.officer), cast.officer)
    client.get(page)
    for county in ("350203", "350211"):
        by = cast.officer if county == "350203" else cast.neighbour
        ready(institution(by, county=county), by)
    organ(CITY, OrganKind.BANK)
    with django_assert_max_num_queries(22):
        client.get(page)
