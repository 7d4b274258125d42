"""Bank files through the web: the clerk's narrow door, the officers' pages, what is said of a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from banking.models import AccountDay, BankFile, BankLine, BankProfile
from banking.operations.profiles import set_profile
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.notifications import registry
from foundation.notifications.daily import send_due
from foundation.notifications.models import Message
from tests.banking.bank_files import HEADINGS, PROFILE, Moved, Truth, rows, text
from tests.banking.factories import account, bank_with_layout, hand_in
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
HAND_IN = reverse("admin:banking_bankfile_hand-in")
FILES = reverse("admin:banking_bankfile_changelist")
ONE = Truth("6222000000001234", AT.date(), 0, [[Moved(3600_00), Moved(-5_00, "手续费")]])


@pytest.fixture
def bank(cast):
    bank = bank_with_layout(cast, organ=Organ.objects.get(pk=cast.bank.organ_id))
    account(cast.officer, bank, ONE.number)
    return bank


def sent(client, bank, data: bytes):
    upload = SimpleUploadedFile("../日终.csv", data, content_type="text/csv")
    return client.post(HAND_IN, {"bank": bank.pk, "file": upload}, follow=True)


def test_the_clerk_of_the_bank_hands_in_and_reads_what_became_of_it(cast, enter, bank):
    clerk = enter(cast.bank)
    page = sent(clerk, bank, text(rows(ONE, 0, 1)))
    assert "已接收：1个账户、2笔明细，其中新增2笔。" in page.content.decode()
    again = sent(clerk, bank, text(rows(ONE, 0, 1)))
    assert "已经接收过，没有重复入库" in again.content.decode()
    wrong = sent(clerk, bank, text(rows(ONE, 0, 1)).replace(b"3,600.00", b"3,601.00"))
    assert all(words in wrong.content.decode() for words in ("整份退回：账户尾号1234", "应为3,596.00元"))
    assert BankFile.objects.count() == 2
    assert "日终" in clerk.get(FILES).content.decode()


def test_a_clerk_sees_nothing_of_another_bank(cast, enter, bank):
    other = bank_with_layout(cast)
    file = hand_in(other, text([], above=["x"]) + b"y", cast.officer)
    clerk = enter(cast.bank)
    assert other.name not in clerk.get(FILES).content.decode()
    assert clerk.get(reverse("admin:banking_bankfile_change", args=[file.pk])).status_code == 404
    assert "bank" in sent(clerk, other, text(rows(ONE, 0, 1))).context["form"].errors


def test_the_names_of_payers_are_masked_in_lists_and_pages(cast, enter, bank):
    hand_in(bank, text(rows(ONE, 0, 1)), cast.officer)
    officer = enter(cast.officer)
    line = BankLine.objects.first()
    lists = officer.get(reverse("admin:banking_bankline_changelist")).content.decode()
    page = officer.get(reverse("admin:banking_bankline_change", args=[line.pk])).content.decode()
    assert "李****" in lists
    assert "李某" not in lists + page
    assert "6228480402564890018" not in page
    assert "****0018" in page


def test_the_page_of_an_account_shows_what_the_bank_says(cast, enter, bank):
    hand_in(bank, text(rows(ONE, 0, 1)), cast.officer)
    row = AccountDay.objects.get()
    page = enter(cast.officer).get(reverse("admin:funds_supervisedaccount_change", args=[row.account_id]))
    assert all(words in page.content.decode() for words in ("银行余额", "3,595.00", "银行明细", "手续费"))


def test_the_original_leaves_as_it_came_and_leaves_a_trace(cast, enter, bank):
    data = text(rows(ONE, 0, 1))
    file = hand_in(bank, data, cast.officer)
    answer = enter(cast.officer).post(reverse("admin:banking_bankfile_take", args=[file.pk]))
    assert answer.content == data
    assert Event.objects.filter(kind="banking.file_taken").count() == 1


def test_the_layout_is_set_at_the_banks_page_and_every_change_is_told(cast, enter, bank):
    url = reverse("admin:funds_bank_file-layout", args=[bank.pk])
    officer = enter(cast.officer)
    known = officer.get(url).context["form"].initial
    assert known["memo"] == "摘要"
    answer = officer.post(url, {**known, "memo": "备注", "income_word": "", "outgo_word": ""})
    assert answer.status_code == 302
    assert BankProfile.objects.get(bank=bank).headings["memo"] == "备注"
    changed = Event.objects.filter(kind="banking.profile_set").order_by("-pk")[0]
    assert list(changed.changes) == ["headings"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"headings": {**HEADINGS, "balance": ""}}, "缺少列名：余额"),
        ({"headings": {**HEADINGS, "income": ""}}, "缺少列名：收入金额"),
        ({"headings": {**HEADINGS, "name": "摘要"}}, "两列不能用同一个列名"),
        ({"first": "余额", "last": "余额"}, "不能相同"),
        ({"style": "marked", "headings": {**HEADINGS, "amount": "金额", "direction": "借贷"}}, "收入和支出各自的写法"),
    ],
)
def test_a_layout_that_proves_nothing_is_refused(cast, bank, given, words):
    before = BankProfile.objects.filter(bank=bank).values().get()
    with pytest.raises(InvalidInput) as refused:
        set_profile(bank=bank, by=cast.officer, at=AT, **(PROFILE | given))
    assert words in refused.value.message
    assert BankProfile.objects.filter(bank=bank).values().get() == before
    with pytest.raises(NotAllowed):
        set_profile(bank=bank, by=cast.bank, at=AT, **PROFILE)


def test_a_bank_that_keeps_its_files_back_is_reported_once(cast, bank):
    hand_in(bank, text(rows(ONE, 0, 1)), cast.officer)
    told = Message.objects.filter(kind="banking.file_missing")
    with clock.set_to(AT + timedelta(days=3)):
        send_due(registry.find("banking.file_missing"))
        assert not told.exists()
    with clock.set_to(AT + timedelta(days=7)):
        send_due(registry.find("banking.file_missing"))
        send_due(registry.find("banking.file_missing"))
    people = list(told.values_list("recipient_id", flat=True))
    assert {cast.officer.user_id, cast.leader.user_id, cast.bank.user_id} <= set(people)
    assert not {cast.town.user_id, cast.neighbour.user_id} & set(people)
    assert len(people) == len(set(people))
