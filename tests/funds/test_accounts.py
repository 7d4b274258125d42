"""监管专户: one an institution at any day, its number sealed, seen in the area and by the own bank's clerk only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from funds import queries
from funds.models import AccountEvent, ModeEvent, SupervisedAccount
from funds.operations.accounts import close_account, set_mode
from institutions.enums import SupervisionMode
from institutions.models import Institution
from institutions.operations.status import change_status
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, acting, organ, person
from tests.funds.factories import DAY, bank, bank_of, opened, selected
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
SEEN_BY = {"officer", "second_officer", "leader", "city", "discipline"}


@pytest.fixture
def school(cast) -> Institution:
    return institution(cast.officer)


def test_an_account_is_opened_and_shown_in_the_register(cast, school):
    account = opened(school, cast.officer, number="6210 0000 0000 1234-567")
    school.refresh_from_db()
    assert (school.bank, school.account_tail) == (account.bank.name, "4567")
    event = Event.objects.get(kind="funds.account_opened")
    assert event.changes["number_tail"] == [None, "4567"]
    assert "1234567" not in str(list(Event.objects.values("changes", "reason")))


def test_the_number_is_sealed_in_the_database(cast, school):
    account = opened(school, cast.officer, number="62100000000012345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, number_hash FROM funds_supervisedaccount WHERE id = %s", [account.pk])
        [stored] = cursor.fetchall()
    assert "0012345678" not in "".join(stored)
    assert SupervisedAccount.objects.get(pk=account.pk).number == "62100000000012345678"


REFUSED = [
    ({"number": "1234567"}, "8至30位数字"),
    ({"number": "62A0000000000001"}, "8至30位数字"),
    ({"holder": "别人的公司"}, "户名应与机构名称"),
    ({"opened_on": DAY + timedelta(days=1)}, "不能晚于今天"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED)
def test_what_is_refused_writes_nothing(cast, school, change, says):
    with pytest.raises(InvalidInput, match=says):
        opened(school, cast.officer, **change)
    assert (SupervisedAccount.objects.count(), AccountEvent.objects.count()) == (0, 0)
    school.refresh_from_db()
    assert school.account_tail == ""


def test_brackets_and_blanks_do_not_make_another_holder(cast):
    row = institution(cast.officer, name="思明区启明(湖滨)培训中心")
    assert opened(row, cast.officer, holder=" 思明区启明（湖滨）培训中心 ").pk


def test_only_banks_that_were_chosen_for_the_place(cast, school):
    candidate, elsewhere = bank(cast.officer), bank_of(OTHER_CITY)
    for other in (candidate, elsewhere, bank_of(NEIGHBOUR)):
        with pytest.raises(InvalidInput, match="不是本地入选"):
            opened(school, cast.officer, bank=other)
    assert opened(school, cast.officer, bank=selected(cast.city)).pk


def test_an_institution_that_ended_opens_none(cast, school):
    change_status(institution=school, status="deregistered", effective_on=DAY, reason="终止", by=cast.officer, at=AT)
    with pytest.raises(Conflict, match="不能新开"):
        opened(school, cast.officer)


def test_who_may_open(cast, school):
    chosen = bank_of("350203")
    for who in ("leader", "neighbour", "other_city", "city", "province", "town", "culture", "finance", "bank"):
        with pytest.raises(NotAllowed):
            opened(school, getattr(cast, who), bank=chosen)
    assert SupervisedAccount.objects.count() == 0


# -- one at any day --------------------------------------------------------------------------------------------------
def test_a_second_account_is_refused_as_v14(cast, school):
    first = opened(school, cast.officer, on=DAY - timedelta(days=20))
    for on in (DAY, DAY - timedelta(days=40)):
        with pytest.raises(InvalidInput, match="V14") as refusal:
            opened(school, cast.officer, on=on)
        assert refusal.value.code == "V14"
    close_account(account=first, closed_on=DAY, reason="换行", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="V14"):
        opened(school, cast.officer, on=DAY - timedelta(days=1))
    second = opened(school, cast.officer, on=DAY)  # the day of closing is free again
    assert queries.account_on(school, on=DAY) == second
    assert queries.account_on(school, on=DAY - timedelta(days=1)) == first


def test_the_database_itself_refuses_a_second_one(cast, school):
    """Seen to fail with ``account_one_at_a_time`` taken out of the migration."""
    first = opened(school, cast.officer)
    twin = SupervisedAccount.objects.get(pk=first.pk)
    twin.pk, twin.number_hash, twin._state.adding = None, "0" * 64, True
    with pytest.raises(IntegrityError, match="account_one_at_a_time"), transaction.atomic():
        twin.save(force_insert=True)
    twin.institution, twin.number_hash = institution(cast.officer), first.number_hash
    with pytest.raises(IntegrityError, match="account_number_one_owner"), transaction.atomic():
        twin.save(force_insert=True)


def test_one_number_belongs_to_one_institution(cast, school):
    opened(school, cast.officer, number="6210000000005555")
    with pytest.raises(InvalidInput, match="另一家机构"):
        opened(institution(cast.officer), cast.officer, number="6210 0000 0000 5555")


# -- closing, and what was true when ---------------------------------------------------------------------------------
def test_closing_is_dated_and_known_from_its_recording_on(cast, school):
    account, later = opened(school, cast.officer, on=DAY - timedelta(days=30)), AT + timedelta(days=10)
    close_account(account=account, closed_on=DAY - timedelta(days=5), reason="停止收费", by=cast.officer, at=later)
    assert queries.supervised_on(cast.officer, on=DAY).count() == 0
    assert queries.supervised_on(cast.officer, on=DAY - timedelta(days=6)).count() == 1
    assert queries.supervised_on(cast.officer, on=DAY, known_at=AT).count() == 1
    assert queries.supervised_on(cast.officer, on=DAY - timedelta(days=31)).count() == 0
    school.refresh_from_db()
    assert (school.bank, school.account_tail) == ("", "")
    with pytest.raises(Conflict, match="已销户"):
        close_account(account=account, closed_on=DAY, reason="再次", by=cast.officer, at=later)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"closed_on": DAY - timedelta(days=1)}, InvalidInput),
        ({"closed_on": DAY + timedelta(days=1)}, InvalidInput),
        ({"reason": " "}, InvalidInput),
        ({"by": "leader"}, NotAllowed),
        ({"by": "neighbour"}, NotAllowed),
        ({"by": "bank"}, NotAllowed),
    ],
)
def test_closing_is_refused(cast, school, given, refusal):
    account = opened(school, cast.officer)
    facts = {"closed_on": DAY, "reason": "换行", "at": AT} | given | {"by": getattr(cast, given.get("by", "officer"))}
    with pytest.raises(refusal):
        close_account(account=account, **facts)
    assert SupervisedAccount.objects.get(pk=account.pk).closed_on is None


def test_shishi_has_55_under_supervision(cast):
    """55家纳入监管: distinct institutions, whatever accounts they had before."""
    chosen = bank_of(OTHER_CITY)
    rows = [institution(cast.other_city, county=OTHER_CITY) for _ in range(56)]
    for row in rows[:55]:
        opened(row, cast.other_city, bank=chosen, on=DAY - timedelta(days=9))
    first = rows[0].supervised_accounts.get()
    close_account(account=first, closed_on=DAY - timedelta(days=2), reason="换行", by=cast.other_city, at=AT)
    opened(rows[0], cast.other_city, bank=chosen, on=DAY)
    assert queries.supervised_on(cast.other_city, on=DAY).count() == 55
    assert queries.supervised_on(cast.other_city, on=DAY - timedelta(days=1)).count() == 54


# -- who sees what ---------------------------------------------------------------------------------------------------
def clerk(bank_organ: Organ, username: str) -> Actor:
    return acting(person(Role.BANK_CLERK, bank_organ, username=username))


def test_the_whole_cast(cast, school):
    own = bank_of("350203", organ=Organ.objects.get(pk=cast.bank.organ_id))
    account = opened(school, cast.officer, bank=own)
    visible = {
        who
        for who, actor in cast.everyone().items()
        if SupervisedAccount.objects.visible_to(actor).filter(pk=account.pk).exists()
    }
    assert visible == SEEN_BY | {"bank"}


def test_a_clerk_sees_the_own_bank_only(cast, school, enter):
    """Seen to fail with ``_of_bank`` asking for the capability alone."""
    ours, theirs = organ(CITY, OrganKind.BANK), organ(CITY, OrganKind.BANK, name="别的银行")
    account = opened(school, cast.officer, bank=bank_of("350203", organ=ours))
    other = opened(institution(cast.officer), cast.officer, bank=bank_of("350203", organ=theirs))
    nobodys = opened(institution(cast.officer), cast.officer, bank=bank_of("350203"))
    for actor, seen in ((cast.bank, {account.pk}), (clerk(theirs, "their-clerk"), {other.pk})):
        assert set(SupervisedAccount.objects.visible_to(actor).values_list("pk", flat=True)) == seen
    nowhere = clerk(ours, "lost-clerk")
    lost = Actor(user_id=nowhere.user_id, name="无单位", capabilities=nowhere.capabilities)
    assert list(SupervisedAccount.objects.visible_to(lost)) == []
    client = enter(cast.bank)
    with clock.set_to(AT):
        listed = client.get(reverse("admin:funds_supervisedaccount_changelist")).content.decode()
        page = client.get(reverse("admin:funds_supervisedaccount_change", args=[account.pk])).content.decode()
        hidden = [
            client.get(reverse("admin:funds_supervisedaccount_change", args=[row.pk])) for row in (other, nobodys)
        ]
    assert school.name in listed
    assert other.institution.name not in listed
    assert [answer.status_code for answer in hidden] == [404, 404]
    assert account.number not in page + listed
    assert reverse("admin:institutions_institution_funds", args=[school.pk]) not in page
    assert "登记监管账户" not in page  # no trail of who did what


# -- modes -----------------------------------------------------------------------------------------------------------
def test_modes_change_by_dated_steps(cast, school):
    opened(school, cast.officer, on=DAY - timedelta(days=30))
    first, second = DAY - timedelta(days=20), DAY
    given = {"institution": school, "by": cast.officer, "at": AT}
    set_mode(mode=SupervisionMode.BY_STAGE, effective_on=first, reason="首次设定", **given)
    set_mode(mode=SupervisionMode.BY_LESSON, effective_on=second, reason="改为一课一消", deposit_fen=500_00, **given)
    held = [queries.mode_on(school, on=on) for on in (first - timedelta(days=1), second - timedelta(days=1), second)]
    assert [one and (one.mode, one.deposit_fen) for one in held] == [None, ("by_stage", 0), ("by_lesson", 500_00)]
    changes = Event.objects.filter(kind="funds.mode_set").order_by("pk").last().changes
    assert changes["mode"] == ["银行托管，分阶段解付", "银行托管，一课一消"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"mode": SupervisionMode.BY_LESSON}, "须先登记监管账户"),
        ({"mode": SupervisionMode.DEPOSIT}, "应写明金额"),
        ({"mode": SupervisionMode.DEPOSIT, "deposit_fen": -1}, "应写明金额"),
        ({"mode": SupervisionMode.DEPOSIT, "deposit_fen": 1, "reason": ""}, "事由"),
        ({"mode": SupervisionMode.DEPOSIT, "deposit_fen": 1, "effective_on": date(2026, 11, 3)}, "不能晚于今天"),
    ],
)
def test_modes_that_do_not_fit_are_refused(cast, school, given, says):
    facts = {"effective_on": DAY, "reason": "设定"} | given
    with pytest.raises(DomainError, match=says):
        set_mode(institution=school, by=cast.officer, at=AT, **facts)
    assert ModeEvent.objects.count() == 0


def test_the_same_mode_again_is_refused(cast, school):
    given = {"institution": school, "mode": SupervisionMode.DEPOSIT, "deposit_fen": 100, "effective_on": DAY}
    set_mode(reason="设定", by=cast.officer, at=AT, **given)
    with pytest.raises(InvalidInput, match="与现行监管方式相同"):
        set_mode(reason="设定", by=cast.officer, at=AT, **given)
    for who in ("leader", "neighbour", "town", "bank"):
        with pytest.raises(NotAllowed):
            set_mode(reason="设定", by=getattr(cast, who), at=AT, **(given | {"deposit_fen": 200}))


# -- pages -----------------------------------------------------------------------------------------------------------
def test_from_the_money_page(cast, school, enter):
    chosen = bank_of("350203")
    with clock.set_to(AT):
        client = enter(cast.officer)
        money = reverse("admin:institutions_institution_funds", args=[school.pk])
        assert "未开设" in client.get(money).content.decode()
        facts = {"bank": chosen.pk, "number": "6210000000007777", "holder": school.name, "opened_on": "2026-11-02"}
        answer = client.post(reverse("admin:institutions_institution_account", args=[school.pk]), facts, follow=True)
        assert answer.redirect_chain[-1][0] == money
        assert "尾号7777" in answer.content.decode()
        again = client.get(reverse("admin:institutions_institution_account", args=[school.pk]))
        assert again.status_code == 403  # not offered while there is one: a second would be refused
        panel = client.get(reverse("admin:institutions_institution_change", args=[school.pk])).content.decode()
    assert "资金监管" in panel
