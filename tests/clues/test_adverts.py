"""广告线索: taken in through one door, marked by the rules of the day; the rules are dated and kept by the province."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from clues.advert_queries import adverts_about, judged, rules_on
from clues.enums import AdRuleKind, AdUnit, Channel, Claim, ClueState, Medium, Subject, Verdict
from clues.models import AdvertRule, Clue, Sighting
from clues.operations.adverts import AdvertFacts, RuleFacts, describe_advert, end_ad_rule, set_ad_rule
from clues.operations.clues import close_clue, start_checking
from clues.operations.triage import refuse_clue
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from tests.clues.adverts import BOARD, sighting
from tests.clues.factories import clue
from tests.clues.posts import first_rules
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
DAY = AT.date()
PLEA = RuleFacts(
    code="Z1",
    kind=AdRuleKind.EXTREME,
    name="试",
    words=["秒变学霸"],
    law="《广告法》",
    clause="第九条",
    reason="不得使用。",
)
SCREEN = "/admin/clues/sighting/screen/"
PHONE = "/m/forms/advert/"


def test_the_table_holds_the_first_rules():
    assert {rule.code: rule for rule in rules_on(DAY)} == {rule.code: rule for rule in first_rules()}


def test_a_sighting_is_a_clue_with_its_marks(cast):
    row = sighting(cast.officer, replace(BOARD, at_least=True, claims=(Claim.STRENGTH,)))
    assert (row.clue.subject, row.clue.state, row.amount) == (Subject.ADVERT, ClueState.RECEIVED, "3余块")
    assert row.claims == sorted([Claim.STRENGTH, Claim.EFFECT])
    start, end, _, law, reason = next(mark for mark in row.marks if mark[2] == "A1")
    assert (row.clue.content[start:end], law, bool(reason)) == (
        "签约提分",
        "《中华人民共和国广告法》第二十四条第一项",
        True,
    )
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["clue.taken_in", "clue.advert_seen"]


def test_sent_again_it_is_the_same_one(cast):
    given = {"client_id": uuid4(), "channel": Channel.GRID, "division": None}
    first = sighting(cast.officer, **given)
    assert sighting(cast.officer, **given) == first
    assert (Clue.objects.count(), Sighting.objects.count()) == (1, 1)


@pytest.mark.parametrize("quantity", [0, 100_001])
def test_an_impossible_quantity_makes_nothing(cast, quantity):
    with pytest.raises(InvalidInput):
        sighting(cast.officer, replace(BOARD, quantity=quantity))
    assert not Clue.objects.exists()


def test_nobody_reports_elsewhere(cast):
    with pytest.raises(NotAllowed):
        sighting(cast.neighbour)
    assert not Sighting.objects.exists()


def test_a_clue_without_its_figures_is_described_once(cast):
    row = clue(cast.officer, subject=Subject.ADVERT)
    describe_advert(clue=row, advert=BOARD, by=cast.officer, at=AT)
    with pytest.raises(Conflict):
        describe_advert(clue=row, advert=BOARD, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        describe_advert(clue=clue(cast.officer, subject=Subject.FEES), advert=BOARD, by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        describe_advert(clue=clue(cast.officer, subject=Subject.ADVERT), advert=BOARD, by=cast.grid, at=AT)


def test_only_readers_of_clues_see_them(cast):
    sighting(cast.officer)
    seen = {name: Sighting.objects.visible_to(actor).count() for name, actor in cast.everyone().items()}
    assert {name for name, number in seen.items() if number} == {"officer", "leader", "second_officer", "city"}


def test_an_institutions_adverts_leave_out_what_was_refused_or_untrue(cast):
    about = institution(cast.officer, at=AT)
    kept = sighting(cast.officer, institution=about)
    refused = sighting(cast.officer, institution=about, channel=Channel.PHONE)
    refuse_clue(clue=refused.clue, reason="重复", by=cast.officer, at=AT)
    untrue = sighting(cast.officer, institution=about)
    start_checking(clue=untrue.clue, by=cast.officer, at=AT)
    close_clue(clue=untrue.clue, verdict=Verdict.UNTRUE, result="没有", by=cast.officer, at=AT)
    assert list(adverts_about(about, since=DAY, until=DAY)) == [kept]
    assert not adverts_about(about, since=DAY + timedelta(days=1), until=DAY + timedelta(days=2))


# -- rules -----------------------------------------------------------------------------------------------------------
def test_another_wording_holds_from_its_day_on(cast):
    set_ad_rule(facts=PLEA, valid_from=DAY, by=cast.province, at=AT)
    changed = set_ad_rule(
        facts=replace(PLEA, words=["一夜学霸"]), valid_from=DAY + timedelta(days=5), by=cast.province, at=AT
    )
    marked = {
        (text, ahead): judged(text, medium=Medium.OTHER, on=DAY + timedelta(days=ahead)).suspicious
        for text in ("秒变学霸", "一夜学霸")
        for ahead in (-1, 0, 4, 5)
    }
    assert {key for key, found in marked.items() if found} == {("秒变学霸", 0), ("秒变学霸", 4), ("一夜学霸", 5)}
    end_ad_rule(rule=changed, ends_on=DAY + timedelta(days=9), by=cast.province, at=AT)
    assert not judged("一夜学霸", medium=Medium.OTHER, on=DAY + timedelta(days=10)).suspicious
    with pytest.raises(Conflict):
        end_ad_rule(rule=changed, ends_on=DAY + timedelta(days=9), by=cast.province, at=AT)


@pytest.mark.parametrize(
    ("facts", "valid_from"),
    [
        (replace(PLEA, words=["保"]), DAY),
        (replace(PLEA, words=[]), DAY),
        (replace(PLEA, law=""), DAY),
        (replace(PLEA, code="A1"), date(2021, 7, 24)),
    ],
)
def test_a_rule_that_cannot_be_is_refused(cast, facts, valid_from):
    before = AdvertRule.objects.count()
    with pytest.raises(InvalidInput):
        set_ad_rule(facts=facts, valid_from=valid_from, by=cast.province, at=AT)
    assert (AdvertRule.objects.count(), AdvertRule.objects.filter(valid_to__isnull=False).count()) == (before, 0)


@pytest.mark.parametrize("name", ["officer", "leader", "city", "system", "grid", "public"])
def test_only_the_provinces_parameter_keeper_sets_rules(cast, name):
    with pytest.raises(NotAllowed):
        set_ad_rule(facts=PLEA, valid_from=DAY, by=getattr(cast, name), at=AT)


# -- pages -----------------------------------------------------------------------------------------------------------
def test_pasted_posts_are_judged_and_the_ticked_ones_taken_in(cast, enter):
    with clock.set_to(AT):
        client, text = (
            enter(cast.officer),
            "小学数学班保证提分，报名加微\n\n学校明天家长会，请准时参加\n\n高考包过，名师押题班招生",
        )
        given = {
            "posts": text,
            "medium": Medium.MOMENTS,
            "division": clue(cast.officer).division_id,
            "happened_on": f"{DAY}",
        }
        page = client.post(SCREEN, {**given, "look": "1"}).content.decode()
        assert "<mark>保证提分</mark>" in page
        assert "第二十四条第一项" in page
        assert (page.count("涉嫌违规</span>"), page.count("未发现违规用语</span>"), Sighting.objects.count()) == (
            2,
            1,
            0,
        )
        assert page.count(" checked>") == 2
        assert "请先勾选" in client.post(SCREEN, {**given, "make": "1"}).content.decode()
        assert client.post(SCREEN, {**given, "make": "1", "pick": ["1", "2"]}).status_code == 302
        made = list(Sighting.objects.order_by("pk"))
        assert [row.clue.content[:4] for row in made] == ["小学数学", "学校明天"]
        assert (made[0].medium, bool(made[0].marks), bool(made[1].marks)) == (Medium.MOMENTS, True, False)
        shown = client.get(f"/admin/clues/sighting/{made[0].pk}/").content.decode()
        assert "<mark>保证提分</mark>" in shown
        assert made[0].clue.number in shown
        assert made[0].clue.number in client.get("/admin/clues/sighting/").content.decode()


def test_markup_in_a_post_stays_text(cast, enter):
    with clock.set_to(AT):
        given = {"posts": "<script>x</script>小学数学班保证提分，报名", "medium": "moments", "look": "1"}
        given |= {"division": clue(cast.officer).division_id, "happened_on": f"{DAY}"}
        page = enter(cast.officer).post(SCREEN, given).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


def test_too_many_posts_are_refused(cast, enter):
    page = enter(cast.officer).post(SCREEN, {"posts": "\n\n".join(["数学班招生"] * 51), "medium": "group"})
    assert "一次最多50则，现在有51则。" in page.content.decode()


def test_three_taps_on_the_phone_and_the_figures_if_known(cast, enter):
    with clock.set_to(AT):
        client = enter(cast.grid)
        assert PHONE in client.get("/m/forms/").content.decode()
        page = client.get(PHONE).content.decode()
        for words in ("什么广告", "在哪里", "传单", "没有数完", "教师资质"):
            assert words in page
        place = cast.grid.areas and sorted(cast.grid.areas)[0]
        assert client.post(PHONE, {"medium": "leaflet", "division": place}).status_code == 302
        first = Sighting.objects.get()
        assert (first.medium, first.amount, first.clue.channel) == (Medium.LEAFLET, "1张", Channel.GRID)
        told = {
            "quantity": "300",
            "at_least": "on",
            "unit": "sheet",
            "nearness": "gate",
            "claims": ["effect", "anxiety"],
        }
        client.post(PHONE, {"medium": "campus", "division": place, "carrier": "stationery", **told})
        row = Sighting.objects.latest("pk")
        assert (row.amount, row.nearness, row.carrier, row.claims) == (
            "300余张",
            "gate",
            "stationery",
            ["anxiety", "effect"],
        )
        wrong = client.post(PHONE, {"division": place, "quantity": "0"}).content.decode()
        assert "请点选是什么广告。" in wrong
        assert Sighting.objects.count() == 2


def test_the_province_changes_a_rule_on_its_page(cast, enter):
    with clock.set_to(AT):
        row = AdvertRule.objects.get(code="A1")
        client, address = enter(cast.province), f"/admin/clues/advertrule/{row.pk}/revise/"
        page = client.get(address).content.decode()
        assert "签约提分" in page
        facts = {"code": "A1", "kind": "promise", "name": row.name, "words": "保证…提分\n稳赚", "needs": ["training"]}
        facts |= {"law": row.law, "clause": row.clause, "reason": row.reason, "claim": "effect", "valid_from": f"{DAY}"}
        assert client.post(address, facts).status_code == 302
        assert AdvertRule.objects.get(code="A1", valid_to__isnull=True).words == ["保证…提分", "稳赚"]
        assert "已停用或未施行" in client.get(f"/admin/clues/advertrule/{row.pk}/").content.decode()


def test_what_is_seen_is_counted_by_its_medium():
    assert AdvertFacts(medium=Medium.LEAFLET).unit == AdUnit.PLACE  # the operation's own default; the phone says 张
