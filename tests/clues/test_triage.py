"""受理: the wait that protects, one round of handing over, merging, recusal, check points to others, numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict

from assignments.enums import Urgency
from assignments.models import Assignment
from clues import comparing, queries, receipts
from clues.enums import Channel, ClueState, Subject, Verdict
from clues.following import follow
from clues.likeness import alike
from clues.models import Clue
from clues.operations import triage
from clues.operations.clues import close_clue, start_checking
from foundation.accounts.enums import OrganKind
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from institutions.models import Institution, StandingEvent, StatusEvent
from listings.models import ListEntry
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, jurisdiction, organ
from tests.clues.factories import SEEN, accepted, clue, in_state
from tests.clues.tipping import TOLD, tip
from tests.institutions.factories import AT, institution, unlicensed

pytestmark = pytest.mark.django_db
DAY = AT.date()


def handed(cast, row: Clue, to: str = NEIGHBOUR) -> Clue:
    return triage.hand_over(clue=row, to=jurisdiction(to), reason="不在本区", by=cast.officer, at=AT)


# -- the wait ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("channel", "urgency", "days", "refused"),
    [
        (Channel.TIP, Urgency.NORMAL, 1, "2至10天"), (Channel.TIP, Urgency.NORMAL, 0, "2至10天"),
        (Channel.TIP, Urgency.NORMAL, 11, "2至10天"), (Channel.HOTLINE, Urgency.NORMAL, 1, "2至10天"),
        (Channel.TIP, Urgency.URGENT, 2, "立即核查"), (Channel.STAFF, Urgency.NORMAL, 11, "不超过"),
        (Channel.TIP, Urgency.NORMAL, 2, ""), (Channel.TIP, Urgency.NORMAL, 10, ""),
        (Channel.TIP, Urgency.URGENT, 0, ""), (Channel.STAFF, Urgency.NORMAL, 0, ""),
    ],
)  # fmt: skip
def test_urgent_means_now_and_otherwise_it_waits(cast, channel, urgency, days, refused):
    row = clue(cast.officer, channel=channel)
    if refused:
        with pytest.raises(InvalidInput, match=refused):
            accepted(row, cast.officer, days=days, urgency=urgency)
        row.refresh_from_db()
        assert (row.state, row.visit_from_on) == (ClueState.RECEIVED, None)
    else:
        row = accepted(row, cast.officer, days=days, urgency=urgency)
        assert (row.visit_from_on, row.urgency) == (DAY + timedelta(days=days), urgency)


def test_check_points_go_out_when_the_wait_is_over_and_say_nothing_of_the_tip(cast):
    about = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    row = tip(institution=about, subject=Subject.FEES)
    culture = organ(OWN, OrganKind.CULTURE)
    asking = {"clue": row, "organs": [culture], "due_on": DAY + timedelta(days=9), "by": cast.officer}
    with pytest.raises(Conflict, match="尚未受理"):
        triage.ask_for_check(at=AT, **asking)
    accepted(row, cast.officer, days=3)
    for days in (0, 2):
        with pytest.raises(Conflict, match="为保护反映人"):
            triage.ask_for_check(at=AT + timedelta(days=days), **asking)
    assert not Assignment.objects.exists()
    later = AT + timedelta(days=3)
    given = triage.ask_for_check(at=later, **asking).assignment
    assert (given.title, given.parts.get().organ) == ("现场核查", culture)
    assert "海浪舞蹈" in given.content
    assert all(point in given.content for point in row.points)
    with clock.set_to(later):
        outbox.deliver_all(at=later)
    told = " ".join(f"{m.title}{m.body}" for m in Message.objects.filter(recipient=cast.culture.user_id))
    seen = f"{given.title}{given.content}{given.subject_label}{given.subject_url}{given.matter}{told}"
    assert not any(word in seen for word in (TOLD, row.number, "线索", "反映", "举报", "网上"))
    assert list(Clue.objects.visible_to(cast.culture)) == []


def test_the_departments_that_a_clue_points_to_are_offered(cast):
    market, fire = organ(OWN, OrganKind.MARKET), organ(OWN, OrganKind.FIRE)
    culture = organ(OWN, OrganKind.CULTURE)
    arts = institution(cast.officer, category="arts")
    found = {
        subject: set(queries.departments_for(tip(str(n) * 16, institution=arts, subject=subject), on=DAY))
        for n, subject in enumerate((Subject.ADVERT, Subject.SAFETY, Subject.FEES), start=1)
    }
    assert found == {Subject.ADVERT: {market, culture}, Subject.SAFETY: {fire, culture}, Subject.FEES: {culture}}


# -- refused, handed over, given back once -------------------------------------------------------------------------
def test_a_refusal_says_why_to_its_sender_and_to_the_trail_only_that(cast):
    row = tip()
    with pytest.raises(InvalidInput, match="理由"):
        triage.refuse_clue(clue=row, reason=" ", by=cast.officer, at=AT)
    triage.refuse_clue(clue=row, reason="幼儿园不属于校外培训，请向学前教育科反映", by=cast.officer, at=AT)
    seen = follow(receipts.hashed("1234567890123456"))
    assert (seen.state, "学前教育科" in seen.explained) == ("不予受理", True)
    assert "学前教育科" not in str(Event.objects.get(kind="clue.refused").changes)


def test_handed_over_it_is_the_others_and_comes_back_once(cast):
    row = tip()
    handed(cast, row)
    assert not Clue.objects.visible_to(cast.officer).exists()
    with pytest.raises(NotAllowed):
        accepted(row, cast.officer)
    outbox.deliver_all(at=AT)
    assert Message.objects.filter(kind="clues.new", recipient=cast.neighbour.user_id).count() == 1
    triage.give_back(clue=row, reason="也不在本区", by=cast.neighbour, at=AT)
    assert not Clue.objects.visible_to(cast.neighbour).exists()
    handed(cast, row)
    with pytest.raises(InvalidInput, match="已经退回过一次"):
        triage.give_back(clue=row, reason="还是不在", by=cast.neighbour, at=AT)
    row.refresh_from_db()
    assert (row.state, row.jurisdiction.code) == (ClueState.HANDED, NEIGHBOUR)
    assert accepted(row, cast.neighbour).state == ClueState.ACCEPTED
    assert follow(receipts.hashed("1234567890123456")).state == "已受理"


def test_not_to_oneself_not_without_a_reason_not_to_the_province(cast):
    row = tip()
    for to, reason in ((OWN, "x"), (NEIGHBOUR, " "), ("350000", "x")):
        with pytest.raises(InvalidInput):
            triage.hand_over(clue=row, to=jurisdiction(to), reason=reason, by=cast.officer, at=AT)
    row.refresh_from_db()
    assert (row.state, row.handovers.count()) == (ClueState.RECEIVED, 0)


@pytest.mark.parametrize("who", ["neighbour", "leader", "province", "town", "culture", "grid", "supervisor", "public"])
def test_others_decide_nothing(cast, who):
    row, actor = tip(), None
    actor = getattr(cast, who)
    before = Event.objects.count()
    for act in (
        lambda: accepted(row, actor),
        lambda: triage.refuse_clue(clue=row, reason="x", by=actor, at=AT),
        lambda: triage.hand_over(clue=row, to=jurisdiction(OTHER_CITY), reason="x", by=actor, at=AT),
        lambda: triage.merge_clue(clue=row, into=row, by=actor, at=AT),
        lambda: triage.ask_for_check(clue=row, organs=[], due_on=DAY, by=actor, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Event.objects.count() == before


# -- about the handling unit ---------------------------------------------------------------------------------------
def test_a_tip_about_the_bureau_goes_one_level_up_and_the_bureau_never_reads_it(cast, enter):
    row = tip(about_bureau=True)
    assert (row.jurisdiction.code, row.recused.code, row.number[:9]) == (CITY, OWN, "XS-350200")
    seen = {name for name, actor in cast.everyone().items() if Clue.objects.visible_to(actor).exists()}
    assert seen == {"city"}
    outbox.deliver_all(at=AT)
    assert set(Message.objects.values_list("recipient", flat=True)) == {cast.city.user_id}
    with clock.set_to(AT):
        assert enter(cast.officer).get(f"/admin/clues/clue/{row.pk}/").status_code == 404
    for to in (OWN,):
        with pytest.raises(Conflict, match="反映涉及这个单位"):
            triage.hand_over(clue=row, to=jurisdiction(to), reason="x", by=cast.city, at=AT)
    assert triage.hand_over(clue=row, to=jurisdiction(NEIGHBOUR), reason="异地办理", by=cast.city, at=AT)
    row.refresh_from_db()
    accepted(row, cast.neighbour, days=0, urgency=Urgency.URGENT)
    with pytest.raises(Conflict, match="这一级的单位"):
        triage.ask_for_check(clue=row, organs=[organ(OWN)], due_on=DAY, by=cast.city, at=AT)
    assert not Clue.objects.visible_to(cast.officer).exists()


def test_about_a_city_the_province_is_named_instead(cast):
    with pytest.raises(InvalidInput, match="省教育厅"):
        tip(about_bureau=True, county=CITY)


# -- the same again ------------------------------------------------------------------------------------------------
def test_how_alike_texts_are():
    assert alike("三单元502室，周六补课", "3单元502 周六补课") > 0.7
    assert alike("三单元502室", "中山路12号二楼") == 0
    assert (alike("", "x"), alike("一", "一")) == (0, 1)


def test_possible_repeats_are_shown_with_the_reason(cast):
    about, other = (institution(cast.officer, credit_code=None) for _ in range(2))
    row = tip("1" * 16, institution=about, address="", content="周六上午补数学收现金")
    same = tip("2" * 16, institution=about, address="", content="老师打孩子")
    text = tip("3" * 16, address="别处", content="周六上午补数学，收现金！")
    tip("4" * 16, institution=other, address="", content="退费拖了两个月")
    tip("5" * 16, institution=about, address="", at=AT - timedelta(days=61))
    tip("6" * 16, institution=about, address="", about_bureau=True)
    found = {repeat.clue.pk: repeat.why for repeat in comparing.possible_repeats(cast.officer, row)}
    assert found == {same.pk: "同一机构", text.pk: "内容相近"}
    near = tip("7" * 16, address="金榜小区三单元502", content="甲")
    assert [r.why for r in comparing.possible_repeats(cast.officer, near)] == []
    tip("8" * 16, address="金榜小区3单元502室", content="乙")
    assert [r.why for r in comparing.possible_repeats(cast.officer, near)] == ["地址或招牌相近"]
    site = unlicensed(cast.officer)
    first, second = clue(cast.officer, unlicensed_site=site, content="丙"), clue(cast.officer, unlicensed_site=site)
    assert second.pk in {r.clue.pk for r in comparing.possible_repeats(cast.officer, first)}


def test_merged_both_senders_follow_the_one_and_know_nothing_of_each_other(cast):
    main, more, third = (tip(str(n) * 16, content=f"第{n}人说") for n in (1, 2, 3))
    triage.merge_clue(clue=third, into=more, by=cast.officer, at=AT)
    triage.merge_clue(clue=more, into=main, by=cast.officer, at=AT)
    assert set(main.merged.all()) == {more, third}
    start_checking(clue=accepted(main, cast.officer), by=cast.officer, at=AT)
    close_clue(clue=main, verdict=Verdict.TRUE, result="已查", by=cast.officer, at=AT)
    for number in (2, 3):
        seen = follow(receipts.hashed(str(number) * 16))
        assert (seen.state, "第1人" in str(seen)) == ("已办结", False)


def test_not_into_itself_elsewhere_or_what_has_ended(cast):
    row, gone = tip("1" * 16), in_state(cast, ClueState.REFUSED)
    elsewhere, above = tip("2" * 16, county=NEIGHBOUR), tip("3" * 16, about_bureau=True)
    for into in (row, gone, elsewhere, above):
        with pytest.raises(InvalidInput):
            triage.merge_clue(clue=row, into=into, by=cast.city, at=AT)
    row.refresh_from_db()
    assert row.state == ClueState.RECEIVED


# -- mere numbers --------------------------------------------------------------------------------------------------
def state_of_the_register(row: Institution) -> tuple:
    row.refresh_from_db()
    return (
        model_to_dict(row), list(StatusEvent.objects.values()), list(StandingEvent.objects.values()),
        list(ListEntry.objects.values()),
    )  # fmt: skip


def test_many_tips_tell_a_person_and_change_nothing(cast):
    about = institution(cast.officer, name="思明区海浪舞蹈培训中心")
    before = state_of_the_register(about)
    for number in range(comparing.MANY + 3):
        tip(f"{number:016d}", institution=about)
        outbox.deliver_all(at=AT)
        told = Message.objects.filter(kind="clues.many").count()
        assert told == (2 if number + 1 >= comparing.MANY else 0), number
    assert set(Message.objects.filter(kind="clues.many").values_list("recipient", flat=True)) == {
        cast.officer.user_id, cast.second_officer.user_id,
    }  # fmt: skip
    assert state_of_the_register(about) == before


# -- pages ---------------------------------------------------------------------------------------------------------
def test_triage_on_pages(cast, enter):
    with clock.set_to(AT):
        row, other = tip("1" * 16, address="金榜小区三单元"), tip("2" * 16, address="金榜小区三单元")
        client, page = enter(cast.officer), f"/admin/clues/clue/{row.pk}/"
        html = client.get(page).content.decode()
        assert all(word in html for word in ("不予受理", "移交其他单位", "并入另一条", other.number, "内容相近"))
        assert "开始核查" not in html
        assert "2至10天" in client.post(f"{page}accept/", {"urgency": "normal", "delay_days": 1}).content.decode()
        client.post(f"{page}accept/", {"urgency": "normal", "delay_days": 2})
        assert "没有这个编号" in client.post(f"{page}merge/", {"into": "XS-9"}).content.decode()
        client.post(f"/admin/clues/clue/{other.pk}/merge/", {"into": row.number})
        html = client.get(page).content.decode()
        assert ("另有1人反映" in html, "2026-11-0" in html, SEEN in html) == (True, True, False)
        check = {"organs": [organ(OWN, OrganKind.CULTURE).pk], "due_on": "2026-11-20"}
        assert "为保护反映人" in client.post(f"{page}ask-check/", check).content.decode()
    with clock.set_to(AT + timedelta(days=2)):
        client.logout()
        enter(cast.officer).post(f"{page}ask-check/", check)
        assert Assignment.objects.get().number in client.get(page).content.decode()
