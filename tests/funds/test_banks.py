"""监管银行: entered as candidates, chosen by those who may, seen by the counties below, counted as rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from funds import queries
from funds.enums import BankStatus
from funds.models import Bank
from funds.operations.banks import add_bank, change_bank, set_bank_status
from tests.cast import OTHER_CITY, OWN, acting, organ, person
from tests.funds.factories import DAY, bank, choose, selected
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db


def names(actor) -> set[str]:
    return set(Bank.objects.visible_to(actor).values_list("name", flat=True))


def test_a_city_bank_is_seen_by_its_counties_and_a_county_bank_by_its_city_only(cast):
    selected(cast.city, name="市行")
    bank(cast.officer, name="县行")
    assert names(cast.officer) == names(cast.leader) == names(cast.city) == names(cast.discipline) == {"市行", "县行"}
    assert names(cast.neighbour) == {"市行"}
    without = {"other_city", "province", "town", "culture", "finance", "bank", "supervisor", "grid", "legal"}
    assert [who for who in [*without, "system", "security", "auditor", "public"] if names(getattr(cast, who))] == []


def test_being_chosen_is_dated_and_reasoned(cast):
    row = bank(cast.officer, name="县行")
    later = AT + timedelta(days=10)
    chosen = choose(row, cast.leader, on=DAY + timedelta(days=5), at=later)
    assert (chosen.status, chosen.status_events.count()) == (BankStatus.SELECTED, 2)
    on = [queries.banks_on(cast.officer, on=DAY + timedelta(days=days)).count() for days in (4, 5)]
    assert on == [0, 1]
    assert queries.banks_on(cast.officer, on=DAY + timedelta(days=5), known_at=AT).count() == 0
    event = Event.objects.get(kind="funds.bank_status_set")
    assert event.changes["status"] == ["candidate", "selected"]
    assert event.changes["basis"] == [None, "遴选结果通知〔2026〕1号"]


def test_six_banks_chosen_is_a_count_of_rows(cast):
    """石狮市确定6家银行."""
    leader = acting(person(Role.COUNTY_LEADER, organ(OTHER_CITY)))
    for number in range(7):
        row = bank(cast.other_city, name=f"石狮监管银行{number}")
        if number:
            choose(row, leader)
    assert queries.banks_on(leader, on=DAY).count() == 6
    assert queries.banks_on(leader, on=DAY, status=BankStatus.CANDIDATE).count() == 1


def test_who_may_do_what(cast):
    row = bank(cast.officer)
    city_row = selected(cast.city)
    given = {"status": BankStatus.SELECTED, "effective_on": DAY, "reason": "遴选", "at": AT}
    facts = {"name": "改名", "organ": None, "city": "", "contact": "", "phone": "", "at": AT}
    for who in ("officer", "neighbour", "other_city", "town", "bank", "finance", "province", "discipline"):
        with pytest.raises(NotAllowed):
            set_bank_status(bank=row, by=getattr(cast, who), **given)
    for who in ("neighbour", "other_city", "town", "bank", "finance", "province", "discipline"):
        with pytest.raises(NotAllowed):
            change_bank(bank=row, by=getattr(cast, who), **facts)
    with pytest.raises(NotAllowed):
        change_bank(bank=city_row, by=cast.officer, **facts)
    for who in ("town", "bank", "finance", "province", "discipline"):
        with pytest.raises(NotAllowed):
            add_bank(name="行", by=getattr(cast, who), at=AT)
    assert Bank.objects.get(pk=row.pk).status == BankStatus.CANDIDATE
    assert Event.objects.filter(kind="funds.bank_changed").count() == 0


@pytest.mark.parametrize(
    ("change", "refusal", "says"),
    [
        ({"reason": " "}, InvalidInput, "理由"),
        ({"effective_on": DAY + timedelta(days=1)}, InvalidInput, "至今天之间"),
        ({"effective_on": DAY - timedelta(days=1)}, InvalidInput, "至今天之间"),
        ({"status": BankStatus.CANDIDATE}, IllegalTransition, "“候选”的银行不能变更为“候选”"),
    ],
)
def test_refused_steps_write_nothing(cast, change, refusal, says):
    row = bank(cast.officer)
    given = {"status": BankStatus.SELECTED, "effective_on": DAY, "reason": "遴选"} | change
    with pytest.raises(refusal, match=says):
        set_bank_status(bank=row, by=cast.leader, at=AT, **given)
    assert row.status_events.count() == 1


def test_what_the_directory_refuses(cast):
    bank(cast.officer, name="县行")
    elsewhere = organ(OTHER_CITY, OrganKind.BANK)
    for given, says in (
        ({"name": "县行"}, "已登记同名银行"),
        ({"name": " "}, "请填写银行名称"),
        ({"name": "行", "organ": Organ.objects.get(pk=cast.officer.organ_id)}, "商业银行"),
        ({"name": "行", "organ": elsewhere}, "商业银行"),
    ):
        with pytest.raises(DomainError, match=says):
            add_bank(by=cast.officer, at=AT, **given)
    assert add_bank(name="行", organ=Organ.objects.get(pk=cast.bank.organ_id), by=cast.officer, at=AT).organ.name


def test_a_telephone_is_sealed_masked_and_not_in_the_trail(cast, enter):
    row = bank(cast.officer, phone="05920000123")
    change_bank(
        bank=row, name=row.name, organ=None, city="厦门", contact="张经理", phone="05920000456", by=cast.officer, at=AT
    )
    assert Event.objects.get(kind="funds.bank_changed").changes["phone"] == ["***", "***"]
    with clock.set_to(AT):
        page = enter(cast.officer).get(reverse("admin:funds_bank_change", args=[row.pk])).content.decode()
    assert "059****0456" in page
    assert "05920000456" not in page


def test_the_pages_work(cast, enter):
    with clock.set_to(AT):
        client = enter(cast.leader)
        client.post(reverse("admin:funds_bank_add"), {"name": "新行", "city": "厦门"})
        row = Bank.objects.get(name="新行")
        words = {"status": "selected", "effective_on": DAY.isoformat(), "reason": "遴选"}
        answer = client.post(reverse("admin:funds_bank_status", args=[row.pk]), words, follow=True)
        listed = client.get(reverse("admin:funds_bank_changelist") + "?status__exact=selected").content.decode()
    assert "已变更遴选状态" in answer.content.decode()
    assert "新行" in listed
    assert row.jurisdiction.code == OWN
