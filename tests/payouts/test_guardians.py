"""What a guardian reads and says with the code of its slip: its own contract's money, no name, no account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from ledger.models import Entry
from ledger.queries import balance
from payouts.answering import MONEY
from payouts.enums import ConfirmedBy, ConsumptionState
from payouts.models import Consumption
from payouts.moving import money_of
from payouts.operations.lessons import answer_by_link, note_reached
from payouts.operations.refunds import agree_by_silence
from tests.accounts.slips import at_the_page, given, hashed
from tests.contracts.factories import PEOPLE, signed
from tests.payouts.factories import DAY, LATER, asked, earned, paid, school, taught

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(LATER):
        yield


@pytest.fixture
def home(cast):
    return school(cast)


@pytest.fixture
def contract(cast, home):
    return paid(cast, home)


def test_a_guardian_reads_the_money_of_its_contract_and_of_no_other(cast, home, client, contract):
    other = paid(cast, home, contract_no="HT002")
    earned(cast, contract, 5)
    earned(cast, other, 9)
    page = at_the_page(client, given(cast.officer, MONEY, contract)).content.decode()
    for words in ("合同HT001", "2,400.00元", "400.00元", "2,000.00元", "家长确认", "没有需要您确认的消课"):
        assert words in page, words
    for secret in ("HT002", "720.00", PEOPLE.pupil, PEOPLE.guardian, PEOPLE.phone, PEOPLE.school):
        assert secret not in page, secret


def test_lessons_are_confirmed_and_disputed_by_the_guardian_itself(cast, client, contract):
    first = taught(cast, contract, 2)
    code = given(cast.officer, MONEY, contract)
    assert "2课时 160.00元，随时可提异议" in at_the_page(client, code).content.decode()
    note_reached(consumption=first, by=cast.officer, at=LATER)
    page = at_the_page(client, code).content.decode()
    assert f"{DAY.year}年{DAY.month}月{DAY.day}日 2课时 160.00元，2026年12月11日（含当日）前可提异议" in page
    assert '<span class="whole">合同HT001</span>' in page
    answer = at_the_page(client, code, send="1", **{f"reply{first.pk}": "true"})
    assert "已收到" in answer.content.decode()
    first.refresh_from_db()
    assert (first.state, first.confirmed_by, first.by_link) == ("confirmed", ConfirmedBy.GUARDIAN, True)
    entry = Entry.objects.get(kind="consume")
    assert (entry.amount_fen, entry.by_id) == (16_000, None)
    at_the_page(client, code, send="1", **{f"reply{first.pk}": "true"})
    assert Entry.objects.filter(kind="consume").count() == 1


def test_an_objection_needs_words_stops_silence_and_is_told(cast, client, contract):
    row, code = taught(cast, contract, 1), given(cast.officer, MONEY, contract)
    wordless = at_the_page(client, code, send="1", **{f"reply{row.pk}": "false"})
    assert "请写明哪一次课" in wordless.content.decode()
    at_the_page(client, code, send="1", text="那天请假了", **{f"reply{row.pk}": "false"})
    row.refresh_from_db()
    assert (row.state, row.remark, row.by_link) == (ConsumptionState.DISPUTED, "那天请假了", True)
    outbox.deliver_all(at=LATER + timedelta(minutes=1))
    told = set(Message.objects.filter(kind="payouts.lessons_disputed").values_list("recipient", flat=True))
    assert told == {cast.officer.user_id, cast.second_officer.user_id}
    assert balance(money_of(contract).purse_id).consumed == 0


def test_nothing_chosen_is_no_answer(cast, client, contract):
    row, code = taught(cast, contract, 1), given(cast.officer, MONEY, contract)
    page = at_the_page(client, code, send="1", **{f"reply{row.pk}": ""}).content.decode()
    assert "请至少对一笔消课" in page
    row.refresh_from_db()
    assert row.state == ConsumptionState.PROPOSED


def test_the_code_answers_for_its_own_contract_alone(cast, home, contract):
    other = paid(cast, home, contract_no="HT002")
    row, code = taught(cast, other, 1), given(cast.officer, MONEY, contract)
    answer_by_link(code=hashed(code), replies={row.pk: True}, text="", by=ANONYMOUS, at=LATER)
    row.refresh_from_db()
    assert row.state == ConsumptionState.PROPOSED
    with pytest.raises(NotAllowed):
        answer_by_link(code=hashed(code), replies={row.pk: True}, text="", by=cast.officer, at=LATER)
    with pytest.raises(Conflict):
        answer_by_link(code=hashed("0" * 16), replies={row.pk: True}, text="", by=ANONYMOUS, at=LATER)


def test_a_refund_is_followed_to_its_end_and_its_delay_is_said(cast, client, contract):
    refund, code = asked(cast, contract, 100_000), given(cast.officer, MONEY, contract)
    page = at_the_page(client, code).content.decode()
    assert all(words in page for words in ("申请退1,000.00元", "待机构答复", "机构最晚2026年11月27日答复"))
    with clock.set_to(LATER + timedelta(days=9)):
        assert "已经超期。请联系教育部门的经办人" in at_the_page(client, code).content.decode()
        agree_by_silence(refund=refund, by=cast.officer, at=LATER + timedelta(days=9))
        page = at_the_page(client, code).content.decode()
    assert all(words in page for words in ("机构同意，待核定", "机构没有按期答复，视为同意退1,000.00元"))


def test_without_a_fee_on_the_account_there_is_nothing_to_read(cast, home):
    with pytest.raises(Conflict):
        given(cast.officer, MONEY, signed(cast.officer, home))


def test_an_objection_without_words_is_refused_by_the_operation_too(cast, contract):
    row, code = taught(cast, contract, 1), given(cast.officer, MONEY, contract)
    with pytest.raises(InvalidInput):
        answer_by_link(code=hashed(code), replies={row.pk: False}, text=" ", by=ANONYMOUS, at=LATER)
    assert Consumption.objects.get(pk=row.pk).state == ConsumptionState.PROPOSED
