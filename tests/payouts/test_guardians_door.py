"""Receipt number and phone open the contract's own page: rate-limited, said in the same words whatever is wrong."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta

import pypdfium2
import pytest
from django.test import Client

from contracts.models import Payment
from foundation.audit.sealing import close_day
from foundation.core import clock, outbox, throttle
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.notifications.models import Message, SentText
from ledger.models import Entry
from ledger.queries import balance
from ledger.receipts import read_receipt, root_of
from ledger.sealing import ENTRIES
from payouts.answering import MONEY
from payouts.enums import AskedBy, RefundState
from payouts.models import PhoneCode, Refund
from payouts.moving import money_of
from payouts.operations.phone_codes import ask_phone_code
from payouts.operations.refunds import Asked, agree_refund, approve_refund, ask_refund, object_refund
from payouts.tasks import text_code
from tests.accounts.slips import at_the_page, given
from tests.contracts.factories import PEOPLE
from tests.payouts.factories import DAY, LATER, paid, school, taught

pytestmark = pytest.mark.django_db
DIGITS = re.compile(r"验证码(\d{6})")


@pytest.fixture(autouse=True)
def today(settings):
    settings.SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"
    with clock.set_to(LATER):
        yield


@pytest.fixture
def contract(cast):
    return paid(cast, school(cast))


def post(client: Client, **given: str):
    throttle.counted_here.clear()
    return client.post("/money/", given)


def receipt_of(contract) -> str:
    return Payment.objects.get(contract=contract).reference


def texted() -> str:
    """The digits of the newest text, as the worker sent it."""
    outbox.deliver_all(at=clock.now())
    return DIGITS.search(SentText.objects.latest("pk").text)[1]


def opened(client: Client, contract, phone: str = PEOPLE.phone) -> str:
    """The page that the phone's code opens."""
    known = {"receipt": receipt_of(contract), "phone": phone}
    assert "验证码短信已经发到" in post(client, **known).content.decode()
    return post(client, **known, digits=texted()).content.decode()


def code_on(page: str) -> str:
    return re.search(r'name="code" value="(\d{16})"', page)[1]


def test_receipt_and_phone_open_the_page_of_that_contract(cast, client, contract):
    other = paid(cast, school(cast), contract_no="HT002", fen=999_00, total_fen=999_00)
    page = opened(client, contract)
    assert all(words in page for words in ("合同HT001", "2,400.00元", "查培训缴费"))
    for secret in ("HT002", receipt_of(other), PEOPLE.pupil, PEOPLE.guardian, PEOPLE.phone):
        assert secret not in page, secret
    assert client.cookies == {}
    again = at_the_page(client, code_on(page)).content.decode()
    assert "合同HT001" in again
    with clock.set_to(LATER + timedelta(minutes=31)):
        assert at_the_page(client, code_on(page)).status_code == 404


def test_nothing_tells_whether_a_receipt_or_a_phone_is_known(client, contract):
    right = {"receipt": receipt_of(contract), "phone": PEOPLE.phone}
    pages = []
    for wrong in ({"receipt": "LS999"}, {"phone": "13900000002"}, {}):
        answer = post(client, **right | wrong)
        text = answer.content.decode()
        for value in (right | wrong).values():
            text = text.replace(value, "")
        pages.append((answer.status_code, text))
    assert pages[0] == pages[1] == pages[2]
    assert PhoneCode.objects.count() == 1


def test_a_code_is_used_once_guessed_five_times_and_lives_ten_minutes(client, contract):
    """Seen to fail with ``waits`` without ``opened_at``, without ``tries``, without the time."""
    known = {"receipt": receipt_of(contract), "phone": PEOPLE.phone}
    post(client, **known)
    digits = texted()
    assert post(client, **known, digits=digits).status_code == 200
    assert post(client, **known, digits=digits).status_code == 404
    post(client, **known)
    digits = texted()
    wrong = f"{(int(digits) + 1) % 10**6:06d}"
    assert {post(client, **known, digits=wrong).status_code for _ in range(5)} == {404}
    assert post(client, **known, digits=digits).status_code == 404
    post(client, **known)
    digits = texted()
    with clock.set_to(LATER + timedelta(minutes=11)):
        assert post(client, **known, digits=digits).status_code == 404


def test_five_texts_a_day_and_ten_questions_from_one_address(client, contract):
    """Seen to fail without MOST_A_DAY, and without the throttle."""
    known = {"receipt": receipt_of(contract), "phone": PEOPLE.phone}
    for _ in range(7):
        post(client, **known)
    assert PhoneCode.objects.count() == 5
    throttle.counted_here.clear()
    answers = [client.post("/money/", {"receipt": "LS0", "phone": "13900000009"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_late_worker_sends_no_dead_code_and_a_second_run_no_second_text(client, contract):
    post(client, receipt=receipt_of(contract), phone=PEOPLE.phone)
    with clock.set_to(LATER + timedelta(minutes=11)):
        outbox.deliver_all(at=clock.now())
    assert not SentText.objects.exists()
    post(client, receipt=receipt_of(contract), phone=PEOPLE.phone)
    outbox.deliver_all(at=LATER)
    text_code(outbox.OutboxMessage.objects.filter(kind="payouts.phone_code").latest("pk"))
    assert SentText.objects.count() == 1


def test_who_is_logged_in_enters_by_the_counter(cast, contract):
    with pytest.raises(NotAllowed):
        ask_phone_code(receipt=receipt_of(contract), phone=PEOPLE.phone, by=cast.officer, at=LATER)
    asked = Asked(amount_fen=1, reason="转学", asked_by=AskedBy.ONLINE, asked_on=DAY)
    with pytest.raises(InvalidInput):
        ask_refund(contract=contract, asked=asked, by=cast.officer, at=LATER)


def test_a_refund_is_asked_online_frozen_told_and_never_agreed_to_by_who_took_it_over(cast, client, contract):
    code = given(cast.officer, MONEY, contract)
    refused = at_the_page(client, code, send="1", about="refund", amount_fen="2400.01", reason="搬家")
    assert "不能超过未消课的2,400.00元" in refused.content.decode()
    assert "请填写申请退的金额" in at_the_page(client, code, send="1", about="refund").content.decode()
    page = at_the_page(client, code, send="1", about="refund", amount_fen="1000", reason="搬家").content.decode()
    assert all(words in page for words in ("已收到", "1,000.00元已经冻结", "机构最晚2026年11月27日答复，还有5个工作日"))
    assert "提交退费申请" not in page
    row = Refund.objects.get()
    assert (row.asked_by, row.entered_by, balance(money_of(contract).purse_id).frozen) == ("online", None, 100_000)
    outbox.deliver_all(at=LATER + timedelta(minutes=1))
    told = set(Message.objects.filter(kind="payouts.refund_asked_online").values_list("recipient", flat=True))
    assert told == {cast.officer.user_id, cast.second_officer.user_id}
    row = agree_refund(refund=row, amount_fen=100_000, answer="同意", answered_on=DAY, by=cast.officer, at=LATER)
    assert row.entered_by_id == cast.officer.user_id
    row = approve_refund(refund=row, by=cast.leader, at=LATER)
    assert (row.state, Entry.objects.get(kind="refund").by_id) == (RefundState.APPROVED, cast.officer.user_id)


def test_a_second_wish_while_one_is_under_way_is_refused(cast, client, contract):
    code = given(cast.officer, MONEY, contract)
    at_the_page(client, code, send="1", about="refund", amount_fen="10", reason="搬家")
    answer = at_the_page(client, code, send="1", about="refund", amount_fen="10", reason="搬家").content.decode()
    assert "该合同已有一笔退费正在办理" in answer
    assert Refund.objects.count() == 1
    row = object_refund(refund=Refund.objects.get(), answer="已开课", answered_on=DAY, by=cast.officer, at=LATER)
    assert "机构不同意，教育部门正在协调。机构的答复：已开课。" in at_the_page(client, code).content.decode()
    assert row.entered_by_id == cast.officer.user_id


def test_each_fee_has_a_receipt_to_keep_that_anybody_can_check(cast, client, contract):
    code, payment = given(cast.officer, MONEY, contract), Payment.objects.get()
    assert "明天再来下载" in at_the_page(client, code).content.decode()
    assert at_the_page(client, code, file=f"receipt:{payment.pk}").status_code == 404
    root = close_day(ENTRIES, day=DAY, at=LATER + timedelta(days=1))
    assert "打印凭证" in at_the_page(client, code).content.decode()
    proof = read_receipt(at_the_page(client, code, file=f"proof:{payment.pk}").content.decode())
    assert (root_of(proof), proof["entry"]["amount_fen"]) == (root.root, 240_000)
    printed = at_the_page(client, code, file=f"receipt:{payment.pk}")
    pages = pypdfium2.PdfDocument(io.BytesIO(printed.content))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r", "")
    assert all(words in text for words in ("缴　费　凭　证", "合同", payment.reference, root.root))
    copied = re.sub(r"\n— \d+ —\n", "\n", text[text.index("{") : text.rindex("}") + 1])
    assert json.loads(copied) == proof
    other = paid(cast, school(cast), contract_no="HT002")
    stranger = Payment.objects.get(contract=other)
    close_day(ENTRIES, day=DAY + timedelta(days=1), at=LATER + timedelta(days=2))
    assert at_the_page(client, code, file=f"proof:{stranger.pk}").status_code == 404


def test_a_second_run_asks_about_what_waits(cast, client, contract):
    taught(cast, contract, 1)
    page = opened(client, contract)
    answer = at_the_page(client, code_on(page), send="1", **{re.search(r"reply\d+", page)[0]: "true"})
    assert "已收到" in answer.content.decode()
    assert Entry.objects.filter(kind="consume").count() == 1
