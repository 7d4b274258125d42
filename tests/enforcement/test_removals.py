"""广告处置: outings of two at least, what is left, transfers, corrections, figures by unit, history and risk flag."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from assignments.models import Part
from assignments.operations.assign import answer, receive
from clues.enums import AdUnit, Carrier, Channel, Claim, Medium
from clues.models import Sighting
from clues.operations.adverts import AdvertFacts
from clues.operations.triage import refuse_clue
from enforcement import removing
from enforcement.enums import AdOutcome
from enforcement.models import Removal, RemovalItem, RemovalOfficer
from enforcement.operations.removals import (
    Done,
    Outing,
    flag_adverts,
    join_removal,
    record_removal,
    tag_removal,
    unflag_adverts,
    void_removal_item,
)
from enforcement.panels.removals import of_institution, of_sighting, to_remove
from foundation.accounts.actors import actor_of
from foundation.accounts.enums import OrganKind, Role
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed
from inspections.reports import OnSite
from institutions.enums import StandingKind
from institutions.queries import standing
from tests.cast import NEIGHBOUR, OWN, organ, person
from tests.clues.adverts import BOARD, sighting
from tests.inspections import campaigning
from tests.institutions.factories import AT, institution, town

pytestmark = pytest.mark.django_db
DAY = AT.date()
TWO = (OnSite("陈晓岚", "思明区教育局"), OnSite("林志远", "思明区城市管理局"))
OUTING = Outing(done_on=DAY, officers=TWO)
LEAFLETS = AdvertFacts(medium=Medium.LEAFLET, unit=AdUnit.SHEET, quantity=300, at_least=True)
SIGHTINGS, ITEMS = "/admin/clues/sighting/", "/admin/enforcement/removalitem/"
SIGHTING_QUERIES, ITEM_QUERIES = 7, 10


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def removed(cast, row: Sighting, outcome=AdOutcome.DISMANTLED, quantity=None, **given) -> Removal:
    done = [Done(row, outcome, quantity)]
    return record_removal(outing=replace(OUTING, **given), done=done, by=cast.officer, at=AT)


def refused(error: type[DomainError], call) -> None:
    """The call is refused and leaves nothing behind."""
    before = (Removal.objects.count(), RemovalItem.objects.count(), Event.objects.count())
    with pytest.raises(error):
        call()
    assert (Removal.objects.count(), RemovalItem.objects.count(), Event.objects.count()) == before


def test_what_is_left_is_counted_down(cast):
    row = sighting(cast.officer)
    first = removed(cast, row, quantity=2)
    assert (removing.left_of(row), removing.waiting(cast.officer).count()) == (1, 1)
    join_removal(removal=first, done=[Done(row, AdOutcome.DELETED)], by=cast.officer, at=AT)
    assert (removing.left_of(row), removing.waiting(cast.officer).count()) == (0, 0)
    assert (Removal.objects.count(), RemovalOfficer.objects.count()) == (1, 2)
    refused(InvalidInput, lambda: removed(cast, row, quantity=1))
    event = Event.objects.get(kind="removal.recorded")
    assert event.changes == {"officers": [None, 2], "items": [None, ["拆除 2块"]]}


def test_what_was_confiscated_may_be_destroyed_and_more_than_was_counted(cast):
    row = sighting(cast.officer, LEAFLETS)
    removed(cast, row, AdOutcome.CONFISCATED, 320)
    removed(cast, row, AdOutcome.DESTROYED, 300)
    assert (removing.left_of(row), str(RemovalItem.objects.latest("pk"))) == (0, "销毁 300张")
    found = removing.figures(RemovalItem.objects.all())
    assert {outcome: list(map(str, sums.values())) for outcome, sums in found.amounts.items()} == {
        "confiscated": ["320张"],
        "destroyed": ["300张"],
    }


@pytest.mark.parametrize(
    "given",
    [
        {"officers": TWO[:1]},
        {"officers": (TWO[0], TWO[0])},
        {"done_on": DAY + timedelta(days=1)},
        {"done_on": DAY - timedelta(days=1)},
    ],
)
def test_an_outing_that_cannot_be_is_refused(cast, given):
    row = sighting(cast.officer)
    refused(InvalidInput, lambda: removed(cast, row, **given))


def test_nothing_done_is_no_outing(cast):
    refused(InvalidInput, lambda: record_removal(outing=OUTING, done=[], by=cast.officer, at=AT))


def test_a_clue_that_was_refused_has_nothing_to_remove(cast):
    row = sighting(cast.officer, channel=Channel.PHONE)
    refuse_clue(clue=row.clue, reason="重复", by=cast.officer, at=AT)
    refused(Conflict, lambda: removed(cast, row))


@pytest.mark.parametrize(
    "name", ["leader", "neighbour", "other_city", "town", "culture", "grid", "supervisor", "auditor"]
)
def test_only_the_countys_officers_record_it(cast, name):
    row, by = sighting(cast.officer), getattr(cast, name)
    done = [Done(row, AdOutcome.DISMANTLED)]
    refused(NotAllowed, lambda: record_removal(outing=OUTING, done=done, by=by, at=AT))


def test_advertisements_of_two_counties_are_two_outings(cast):
    rows = [sighting(cast.officer), sighting(cast.neighbour, county=NEIGHBOUR)]
    done = [Done(row, AdOutcome.DISMANTLED) for row in rows]
    refused(InvalidInput, lambda: record_removal(outing=OUTING, done=done, by=cast.city, at=AT))
    begun = record_removal(outing=OUTING, done=done[:1], by=cast.city, at=AT)
    refused(InvalidInput, lambda: join_removal(removal=begun, done=done[1:], by=cast.city, at=AT))
    refused(NotAllowed, lambda: join_removal(removal=begun, done=done[:1], by=cast.officer, at=AT))


def test_a_transfer_asks_the_market_regulator_and_tells_nothing_of_the_clue(cast):
    said = "家长王女士说小学数学签约提分，报名从速"
    advert = AdvertFacts(
        medium=Medium.ACCOUNT, carrier=Carrier.AID, claims=[Claim.TEACHERS], link="https://mp.example/1"
    )
    row = sighting(cast.officer, advert, content=said, sign="启航教育")
    refused(InvalidInput, lambda: removed(cast, row, AdOutcome.TRANSFERRED))  # no market regulator in the county yet
    market = organ(OWN, OrganKind.MARKET)
    by = person(Role.DEPARTMENT_OFFICER, market)
    removed(cast, row, AdOutcome.TRANSFERRED)
    part = Part.objects.get(organ=market)
    told = part.assignment.content
    for words in (
        "启航教育",
        "公众号（教辅）",
        "教师资质",
        "《中华人民共和国广告法》第二十四条第一项",
        "https://mp.example/1",
    ):
        assert words in told
    assert "王女士" not in told
    assert (removing.left_of(row), removing.waiting(cast.officer).count()) == (1, 0)
    acts = actor_of(by, user=by.user)
    receive(part=part, by=acts, at=AT)
    answer(part=part, result="已立案", by=acts, at=AT)
    assert removing.answered(RemovalItem.objects.get()).endswith("：已立案")


def test_a_wrong_entry_is_void_and_no_longer_counts(cast):
    row = sighting(cast.officer)
    item = removed(cast, row).items.get()
    refused(InvalidInput, lambda: void_removal_item(item=item, reason=" ", by=cast.officer, at=AT))
    refused(NotAllowed, lambda: void_removal_item(item=item, reason="错", by=cast.neighbour, at=AT))
    void_removal_item(item=item, reason="登记错了", by=cast.second_officer, at=AT)
    assert (removing.left_of(row), removing.figures(RemovalItem.objects.all()).outings) == (3, 0)
    refused(NotAllowed, lambda: void_removal_item(item=item, reason="再来", by=cast.officer, at=AT))
    removed(cast, row)


def test_a_campaign_counts_an_outing_once(cast):
    campaign = campaigning.running(cast.officer, starts_on=DAY, ends_on=DAY)
    row = removed(cast, sighting(cast.officer))
    for _ in range(2):
        tag_removal(removal=row, campaign=campaign, by=cast.officer, at=AT)
    assert row.campaigns.count() == 1
    other = campaigning.running(cast.neighbour, county=NEIGHBOUR, starts_on=DAY, ends_on=DAY)
    refused(IllegalTransition, lambda: tag_removal(removal=row, campaign=other, by=cast.officer, at=AT))


def test_figures_never_add_units_and_count_each_firm_once(cast):
    about = institution(cast.officer, at=AT)
    boards = [sighting(cast.officer, institution=about), sighting(cast.officer, institution=about)]
    face = sighting(cast.officer, replace(BOARD, unit=AdUnit.FACE, quantity=48, at_least=True), sign="名校冲刺")
    record_removal(
        outing=OUTING, done=[Done(row, AdOutcome.DISMANTLED) for row in (*boards, face)], by=cast.officer, at=AT
    )
    found = removing.figures(RemovalItem.objects.all())
    assert {unit: str(amount) for unit, amount in found.amounts["dismantled"].items()} == {
        "board": "6块",
        "face": "48余面",
    }
    assert (found.firms, found.outings, found.person_times) == ({"dismantled": 2}, 1, 2)


# -- history and flag ------------------------------------------------------------------------------------------------
def test_the_history_that_an_annual_check_reads(cast):
    about = institution(cast.officer, at=AT)
    row = sighting(cast.officer, institution=about)
    sighting(cast.officer, institution=about, happened_on=DAY - timedelta(days=400))
    (record,) = removing.adverts_of(about, since=DAY - timedelta(days=365), until=DAY)
    assert (record.number, record.amount, record.outcomes, record.confirmed) == (row.clue.number, "3块", (), False)
    removed(cast, row)
    (record,) = removing.adverts_of(about, since=DAY - timedelta(days=365), until=DAY)
    assert (record.outcomes, record.removed_on, record.confirmed) == (("拆除 3块",), DAY, True)
    assert record.laws[0].startswith("《")
    assert record.claims == ("培训效果",)


def test_a_person_sets_the_risk_flag_of_repeats_and_ends_it(cast):
    about = institution(cast.officer, at=AT)
    given = {"institution": about, "reason": "一年内两次", "until": None}
    rows = [sighting(cast.officer, institution=about) for _ in range(2)]
    removed(cast, rows[0])
    refused(InvalidInput, lambda: flag_adverts(by=cast.officer, at=AT, **given))
    assert not standing(about, on=DAY)  # nothing is flagged by itself
    removed(cast, rows[1])
    assert not standing(about, on=DAY)
    refused(InvalidInput, lambda: flag_adverts(by=cast.officer, at=AT, **given | {"reason": ""}))
    for by in (cast.leader, cast.neighbour, cast.city):
        refused(NotAllowed, lambda by=by: flag_adverts(by=by, at=AT, **given))
    flag_adverts(by=cast.officer, at=AT, **given)
    assert list(standing(about, on=DAY)) == [(StandingKind.FLAG, "反复违规广告")]
    refused(Conflict, lambda: flag_adverts(by=cast.officer, at=AT, **given))
    unflag_adverts(institution=about, reason="已整改", by=cast.officer, at=AT + timedelta(hours=1))
    assert not standing(about, on=DAY)
    refused(Conflict, lambda: unflag_adverts(institution=about, reason="再", by=cast.officer, at=AT))


# -- pages -----------------------------------------------------------------------------------------------------------
def test_a_removal_from_the_advertisements_page_and_where_it_shows(cast, enter):
    about = institution(cast.officer, at=AT)
    row, client = sighting(cast.officer, institution=about), enter(cast.officer)
    address = f"{SIGHTINGS}{row.pk}/remove/"
    page = client.get(address).content.decode()
    for words in ("单位：块，共3块。", 'value="3"', "新的一次出动"):
        assert words in page
    given = {"outcome": "dismantled", "quantity": "2", "done_on": f"{DAY}", "others": "王海(城管大队)、李明(市监局)"}
    assert "处置须有2名以上人员。" in client.post(address, given | {"others": "王海(城管大队)"}).content.decode()
    assert client.post(address, given).status_code == 302
    item = RemovalItem.objects.get()
    shown = client.get(f"{ITEMS}{item.pk}/").content.decode()
    for words in ("拆除", "2块", "王海（城管大队）", "城管大队、市监局", about.name):
        assert words in shown
    assert [line[1:] for line in of_sighting(cast.officer, row).rows][-1] == ("", "", "1块")
    assert "拆除 2块" in of_institution(cast.officer, about).rows[0]
    assert of_institution(cast.town, about) is None
    joined = {"outcome": "deleted", "quantity": "1", "done_on": f"{DAY}", "joined": item.removal_id}
    assert client.post(address, joined).status_code == 302
    assert (Removal.objects.count(), removing.left_of(row), to_remove(cast.officer)) == (1, 0, None)
    for address in (ITEMS, f"/admin/institutions/institution/{about.pk}/"):
        assert item.removal.number in client.get(address).content.decode() or address != ITEMS


def test_many_ticked_are_one_outing(cast, enter):
    rows = [sighting(cast.officer) for _ in range(3)]
    assert to_remove(cast.officer).count == 3
    client, address = enter(cast.officer), f"{SIGHTINGS}remove-many/"
    page = client.post(address, {"ids": [row.pk for row in rows]})
    frozen = page.context["frozen"]
    given = {"outcome": "dismantled", "done_on": f"{DAY}", "others": "王海(城管大队)、李明(市监局)"}
    shown = client.post(address, {"frozen": frozen, **given}).content.decode()
    assert "3" in shown
    assert (Removal.objects.count(), RemovalItem.objects.count(), RemovalOfficer.objects.count()) == (1, 3, 2)


def test_the_figures_open_their_rows(cast, enter):
    removed(cast, sighting(cast.officer))
    client = enter(cast.leader)
    page = client.get(f"{ITEMS}figures/").content.decode()
    for words in ("出动 1 次、2 人次。", "3块", "1家", "outcome__exact=dismantled"):
        assert words in page
    url = re.search(r'href="([^"]*sighting__unit__exact=board[^"]*)"', page)[1].replace("&amp;", "&")
    assert Removal.objects.get().number in client.get(url).content.decode()
    assert "没有登记广告处置" in client.get(f"{ITEMS}figures/?since=2020-01-01&until=2020-02-01").content.decode()


def test_towns_and_neighbours(cast):
    removed(cast, sighting(cast.officer, division=town(OWN)))
    seen = {name: RemovalItem.objects.visible_to(actor).count() for name, actor in cast.everyone().items()}
    assert seen["officer"] == seen["leader"] == seen["city"] == seen["province"] == seen["town"] == 1
    assert seen["neighbour"] == seen["other_city"] == seen["public"] == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_cost_the_same_for_any_number(cast, enter, django_assert_num_queries, number):
    about = institution(cast.officer, at=AT)
    for _ in range(number):
        removed(cast, sighting(cast.officer, institution=about))
    client = enter(cast.officer)
    for address, queries in ((SIGHTINGS, SIGHTING_QUERIES), (ITEMS, ITEM_QUERIES)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)
