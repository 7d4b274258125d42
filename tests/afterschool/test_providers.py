"""服务机构: two persons, doubts that a reason overrules, active ones of any day as known then, exits that stay."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from afterschool import queries
from afterschool.enums import Carrier, SelectionState
from afterschool.models import Block, Offering, Provider, Selection
from afterschool.operations import providers as operations
from afterschool.operations.terms import (
    Offered,
    add_block,
    close_block,
    record_offering,
    register_term,
    rename_block,
    void_offering,
)
from afterschool.standing import doubts
from foundation.accounts.enums import Role
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from institutions.enums import LicenceStatus, StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing
from tests.afterschool.factories import (
    NOW,
    STARTS,
    block,
    licensed,
    of_register,
    opened,
    proposed,
    school,
    selected,
    social,
    specialist,
    term,
)
from tests.cast import OWN, Cast, acting, jurisdiction, person
from tests.institutions.factories import credit_code, institution

pytestmark = pytest.mark.django_db
MODELS = (Provider, Selection, Offering)


def refuses(error, call, match: str | None = None) -> None:
    def state():
        return [list(model.objects.order_by("pk").values()) for model in MODELS], Event.objects.count()

    before = state()
    with pytest.raises(error, match=match):
        call()
    assert state() == before


def blacklisted(row: Institution, cast: Cast, on: date) -> None:
    facts = {"kind": StandingKind.BLACK_LIST, "value": "listed", "effective_on": on, "reason": "测试"}
    set_standing(institution=row, **facts, by=cast.leader, at=NOW)


def test_one_proposes_and_another_decides(cast):
    row = proposed(cast.officer)
    assert (row.state, Event.objects.latest("pk").kind) == (SelectionState.PROPOSED, "afterschool.selection_proposed")
    for who in ("officer", "second_officer", "city", "neighbour", "province", "town"):
        refuses(NotAllowed, lambda who=who: operations.approve_selection(selection=row, by=getattr(cast, who), at=NOW))
    refuses(InvalidInput, lambda: operations.refuse_selection(selection=row, remark=" ", by=cast.leader, at=NOW))
    done = operations.approve_selection(selection=row, by=cast.leader, at=NOW)
    assert (done.state, done.decided_by_id) == (SelectionState.APPROVED, cast.leader.user_id)
    assert Event.objects.latest("pk").kind == "afterschool.selection_approved"
    for again in (operations.approve_selection, operations.refuse_selection):
        refuses(IllegalTransition, lambda again=again: again(selection=row, remark="再次", by=cast.leader, at=NOW))
    other = operations.refuse_selection(selection=proposed(cast.officer), remark="材料不齐", by=cast.leader, at=NOW)
    assert (other.state, other.remark) == (SelectionState.REFUSED, "材料不齐")


def test_nobody_decides_what_the_same_person_proposed(cast):
    """A leader of another time: the rule asks the person; the CHECK holds where the rule is passed by."""
    both = acting(person(Role.COUNTY_LEADER, Organ.objects.get(pk=cast.officer.organ_id), username="both"))
    row = proposed(cast.officer)
    Selection.objects.filter(pk=row.pk).update(proposed_by=both.user_id)
    refuses(NotAllowed, lambda: operations.approve_selection(selection=row, by=both, at=NOW), "另一人")
    with pytest.raises(IntegrityError, match="selection_two_persons"), transaction.atomic():
        Selection.objects.filter(pk=row.pk).update(
            state=SelectionState.APPROVED, decided_by=both.user_id, decided_at=NOW
        )


def test_a_provider_stands_in_the_bureaus_list_once(cast):
    row = of_register(cast.officer)
    assert (row.name, Event.objects.latest("pk").kind) == (row.institution.name, "afterschool.provider_added")
    refuses(InvalidInput, lambda: of_register(cast.officer, row.institution), "已登记")
    refuses(NotAllowed, lambda: of_register(cast.neighbour, row.institution))
    refuses(NotAllowed, lambda: social(cast.leader))
    far = licensed(cast.other_city, county="350581")
    here = {"jurisdiction": jurisdiction(OWN), "by": cast.officer, "at": NOW}
    refuses(InvalidInput, lambda: operations.add_institution_provider(institution=far, **here), "管辖范围内")
    bare = institution(cast.officer, credit_code=None, licence_status=LicenceStatus.NO_REGISTRATION)
    refuses(InvalidInput, lambda: operations.add_institution_provider(institution=bare, **here), "信用代码")
    named = {"name": "某社会组织", **here}
    taken = row.credit_code
    refuses(InvalidInput, lambda: operations.add_social_provider(credit_code=taken, **named), "校外培训机构登记")
    refuses(InvalidInput, lambda: operations.add_social_provider(credit_code="12", **named), "18位")
    refuses(InvalidInput, lambda: operations.add_social_provider(credit_code=credit_code(), **named | {"name": " "}))


def test_what_speaks_against_an_institution_is_said_and_may_be_overruled(cast):
    """No black list, licence in force on the first day; each a sentence, none decides alone."""
    good, black, late = licensed(cast.officer), licensed(cast.officer), licensed(cast.officer, until=date(2026, 8, 1))
    blacklisted(black, cast, date(2026, 8, 1))
    assert doubts(of_register(cast.officer, good), on=STARTS) == []
    assert doubts(social(cast.officer), on=STARTS) == []
    assert doubts(of_register(cast.officer, black), on=STARTS) == ["该机构2026-09-01在黑名单中。"]
    provider = of_register(cast.officer, late)
    assert doubts(provider, on=date(2026, 7, 1)) == []
    asked = {"round": opened(cast.officer)}
    refuses(InvalidInput, lambda: proposed(cast.officer, provider, **asked), "在2026-09-01有效的许可")
    row = proposed(cast.officer, provider, **asked, overruled="许可已换发，正在录入")
    assert row.doubts == "名录中没有该机构在2026-09-01有效的许可。"
    assert Event.objects.latest("pk").reason == "许可已换发，正在录入"
    assert operations.approve_selection(selection=row, by=cast.leader, at=NOW).state == SelectionState.APPROVED


def test_what_came_up_since_the_proposal_is_said_to_the_leader(cast):
    provider = of_register(cast.officer)
    row = proposed(cast.officer, provider)
    blacklisted(provider.institution, cast, STARTS)
    refuses(InvalidInput, lambda: operations.approve_selection(selection=row, by=cast.leader, at=NOW), "在黑名单中")
    done = operations.approve_selection(selection=row, by=cast.leader, at=NOW, remark="申诉已成立，即将移出")
    assert done.state == SelectionState.APPROVED


def test_days_rounds_and_reasons_of_a_proposal(cast):
    provider = social(cast.officer)
    for given, match in (
        ({"reason": ""}, "理由"),
        ({"ends_on": STARTS - timedelta(days=1)}, "有效期"),
        ({"ends_on": date(2029, 9, 1)}, "最长3年"),
        ({"starts_on": date(2026, 8, 1)}, "遴选日期"),
    ):
        chosen = opened(cast.officer)
        refuses(
            InvalidInput,
            lambda given=given, chosen=chosen: proposed(cast.officer, provider, round=chosen, **given),
            match,
        )
    theirs = opened(cast.neighbour, county="350211")
    refuses(InvalidInput, lambda: proposed(cast.officer, provider, round=theirs), "本单位")
    far = social(cast.neighbour, county="350211")
    refuses(NotAllowed, lambda: proposed(cast.second_officer, far, round=theirs))
    row = selected(cast, provider)
    refuses(InvalidInput, lambda: proposed(cast.officer, provider, round=row.round), "已在这个批次中")
    proposed(cast.officer, provider)
    another = opened(cast.officer)
    refuses(InvalidInput, lambda: proposed(cast.officer, provider, round=another), "已有一项待审核")
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        opened(cast.officer, on=date(2026, 12, 1))


def test_an_exit_ends_validity_and_the_past_stays(cast):
    row = selected(cast)
    day = STARTS + timedelta(days=20)
    end = operations.end_selection
    refuses(NotAllowed, lambda: end(selection=row, exited_on=day, reason="退", by=cast.officer, at=NOW))
    refuses(InvalidInput, lambda: end(selection=row, exited_on=day, reason=" ", by=cast.leader, at=NOW), "退出理由")
    for wrong in (STARTS - timedelta(days=1), NOW.date() + timedelta(days=1)):
        refuses(InvalidInput, lambda on=wrong: end(selection=row, exited_on=on, reason="退", by=cast.leader, at=NOW))
    done = end(selection=row, exited_on=day, reason="考核不合格", by=cast.leader, at=NOW + timedelta(days=3))
    assert (done.state, Event.objects.latest("pk").reason) == (SelectionState.ENDED, "考核不合格")
    refuses(IllegalTransition, lambda: end(selection=row, exited_on=day, reason="退", by=cast.leader, at=NOW))
    active = lambda on, known=None: queries.active_providers(Provider.objects.all(), on=on, known_at=known).count()  # noqa: E731
    assert [active(STARTS - timedelta(days=1)), active(STARTS), active(day - timedelta(days=1)), active(day)] == [
        0,
        1,
        1,
        0,
    ]
    assert active(day, NOW + timedelta(days=2)) == 1
    assert active(day, NOW - timedelta(days=1)) == 0


def test_a_provider_selected_twice_is_one(cast):
    provider = social(cast.officer)
    selected(cast, provider)
    selected(cast, provider)
    proposed(cast.officer)
    operations.refuse_selection(selection=proposed(cast.officer), remark="不合格", by=cast.leader, at=NOW)
    assert list(queries.active_providers(Provider.objects.visible_to(cast.city), on=STARTS)) == [provider]
    assert not queries.active_providers(Provider.objects.visible_to(cast.neighbour), on=STARTS).exists()
    assert not Provider.objects.visible_to(cast.town).exists()


def test_blocks_are_the_bureaus_own(cast):
    row = block(cast.officer)
    refuses(InvalidInput, lambda: block(cast.officer), "同名")
    refuses(NotAllowed, lambda: block(cast.leader, "体育锻炼"))
    refuses(NotAllowed, lambda: block(cast.neighbour, "体育锻炼"))
    there = {"jurisdiction": jurisdiction(OWN), "kind": "basic", "by": cast.officer, "at": NOW}
    refuses(InvalidInput, lambda: add_block(name=" ", **there), "名称")
    assert rename_block(block=row, name="作业辅导和答疑", by=cast.officer, at=NOW).name == "作业辅导和答疑"
    assert Event.objects.latest("pk").changes == {"name": ["作业辅导", "作业辅导和答疑"]}
    refuses(InvalidInput, lambda: close_block(block=row, reason="", by=cast.officer, at=NOW))
    closed = close_block(block=row, reason="不再开设", by=cast.officer, at=NOW)
    assert closed.closed_on == NOW.date()
    refuses(NotAllowed, lambda: rename_block(block=row, name="再改", by=cast.officer, at=NOW))
    assert list(queries.open_blocks(row.jurisdiction)) == []


def test_a_school_offers_blocks_by_itself_or_by_a_selected_provider(cast):
    here, basic = school(), block(cast.officer)
    chosen = selected(cast).provider
    given = {"school": here, "term": term(), "block": basic, "at": NOW}
    own = record_offering(offered=Offered(lessons=90, fee_fen=200), by=specialist(here), **given)
    assert Event.objects.latest("pk").kind == "afterschool.offering_recorded"
    third = {"carrier": Carrier.THIRD_PARTY, "title": "书法", "lessons": 18, "fee_fen": 400}
    record_offering(offered=Offered(**third, provider=chosen), by=cast.officer, **given)

    def again(**more):
        return record_offering(**{"offered": Offered(lessons=9), "by": cast.officer, **given, **more})

    refuses(InvalidInput, again, "已登记这项")
    unchosen = Offered(**third, provider=social(cast.officer))
    refuses(InvalidInput, lambda: again(offered=unchosen), "没有有效的入选记录")
    refuses(InvalidInput, lambda: again(offered=Offered(**third)), "应选择服务机构")
    refuses(InvalidInput, lambda: again(offered=Offered(lessons=0, title="武术")), "大于0")
    theirs = block(cast.neighbour, county="350211")
    refuses(InvalidInput, lambda: again(block=theirs), "在用的服务内容")
    refuses(NotAllowed, lambda: again(by=specialist(school())))
    refuses(NotAllowed, lambda: void_offering(offering=own, reason="错", by=cast.neighbour, at=NOW))
    refuses(InvalidInput, lambda: void_offering(offering=own, reason=" ", by=cast.officer, at=NOW))
    void_offering(offering=own, reason="登记有误", by=cast.officer, at=NOW)
    refuses(NotAllowed, lambda: void_offering(offering=own, reason="再次", by=cast.officer, at=NOW))
    assert queries.offered(cast.officer, term()).count() == 1
    assert again().lessons == 9


def test_a_block_that_was_closed_since_it_was_read_is_not_offered(cast):
    """Seen to fail when the caller's own copy was asked."""
    here, stale = school(), block(cast.officer)
    close_block(block=Block.objects.get(pk=stale.pk), reason="停", by=cast.officer, at=NOW)
    given = {"school": here, "term": term(), "block": stale, "by": cast.officer, "at": NOW}
    refuses(InvalidInput, lambda: record_offering(offered=Offered(lessons=1), **given), "在用的服务内容")


def test_a_provider_that_was_taken_out_of_the_register_serves_no_school(cast):
    """Seen to fail without the institution in ``providers_for``: it was on no list and could be taken on."""
    here, provider = school(), of_register(cast.officer)
    selected(cast, provider)
    assert list(queries.providers_for(here, term())) == [provider]
    Institution.objects.filter(pk=provider.institution_id).update(withdrawn_at=NOW)
    assert not queries.active_providers(Provider.objects.all(), on=STARTS).exists()
    assert not queries.providers_for(here, term()).exists()
    offered = Offered(lessons=18, carrier=Carrier.THIRD_PARTY, title="书法", provider=provider)
    given = {"school": here, "term": term(), "block": block(cast.officer), "by": cast.officer, "at": NOW}
    refuses(InvalidInput, lambda: record_offering(offered=offered, **given), "没有有效的入选记录")


def test_a_selection_that_was_left_on_its_first_day_was_valid_on_none(cast):
    """Seen to fail without the first day in ``providers_for``. A day later it was valid for one."""
    here, day = school(), STARTS + timedelta(days=9)
    for exited_on in (day, day + timedelta(days=1)):
        row = selected(cast, starts_on=day)
        operations.end_selection(selection=row, exited_on=exited_on, reason="退出", by=cast.leader, at=NOW)
    assert list(queries.providers_for(here, term())) == [row.provider]


def test_terms_are_registered_above_the_counties(cast):
    given = {"year": 2027, "season": "spring", "starts_on": date(2027, 2, 22), "ends_on": date(2027, 7, 3)}
    for who in ("officer", "leader", "town", "discipline"):
        with pytest.raises(NotAllowed):
            register_term(**given, by=getattr(cast, who), at=NOW)
    row = register_term(**given, by=cast.province, at=NOW)
    assert (str(row), Event.objects.latest("pk").kind) == ("2027年春季学期", "afterschool.term_registered")
    before = Event.objects.count()
    for wrong, match in (
        ({}, "已经登记"),
        ({"season": "autumn"}, "重叠"),
        ({"season": "autumn", "starts_on": date(2027, 9, 1)}, "晚于开始"),
        ({"season": "autumn", "starts_on": date(2028, 9, 1), "ends_on": date(2029, 1, 20)}, "年份"),
    ):
        with pytest.raises(InvalidInput, match=match):
            register_term(**given | wrong, by=cast.city, at=NOW)
    assert Event.objects.count() == before
