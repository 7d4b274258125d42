"""Story 15, the runaway drill, through the pages only: from the early warning to the parent's money coming back.

An institution stops its lessons, a third of the money has left the account, three families complain: the sweep says 红
and why. The officer goes there, the leader holds releases, it is no runaway and the sources searched are written down.
The guardian asks for its money by receipt number and phone, the institution is silent, the leader agrees, the bank pays
in its day file, and the guardian sees it paid and keeps a receipt that anybody can check.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from django.utils import timezone

from alerts import tasks as alerts
from alerts.models import Alert, ScoreDay
from assignments.models import Assignment
from banking.models import BankLine
from banking.operations.profiles import set_profile
from contracts.models import Payment
from foundation.accounts.models import Organ
from foundation.audit.sealing import close_day
from foundation.audit.verify import verify
from foundation.core import clock
from foundation.notifications.models import SentText
from inspections.models import Visit as SiteVisit
from ledger.receipts import read_receipt, root_of
from ledger.sealing import ENTRIES
from payouts.models import Hold, Refund
from payouts.operations.releases import pay_release
from tests.banking.bank_files import PROFILE, Moved, Truth, rows, text
from tests.browser.conftest import PHONE, Visit
from tests.browser.desks import Desk, later, shot
from tests.browser.walking import english_in, sideways
from tests.clues.factories import clue
from tests.contracts.factories import PEOPLE
from tests.funds.factories import opened, selected
from tests.institutions.factories import AT
from tests.payouts.factories import DAY, LATER, approved, earned, paid
from tests.publicity.factories import good, reachable

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="a minute and more: script/prove runaway_drill"),
]
BEGIN = datetime(
    2026, 12, 9, 9, 0, tzinfo=timezone.get_default_timezone()
)  # a Wednesday, 17 days after the last lesson
ACCOUNT = "6210000000999988"


@pytest.fixture(scope="module")
def place(people) -> Iterator[SimpleNamespace]:
    """2,400 yuan of one contract on the special account, ten of thirty lessons taught and let go; then nothing."""
    with clock.set_to(AT):
        reachable(people)
        home = good(people, name="思明区展翅舞蹈培训中心")
        bank = selected(people.leader, name="厦门海峡银行思明支行", organ=Organ.objects.get(pk=people.bank.organ_id))
        set_profile(bank=bank, by=people.officer, at=AT, **PROFILE)
        opened(home, people.officer, bank=bank, number=ACCOUNT)
        contract = paid(people, home)
    with clock.set_to(LATER):
        earned(people, contract, 10)
        release = approved(people, home)
        pay_release(release=release, paid_on=DAY, bank_reference="JS001", by=people.officer, at=LATER)
    with clock.set_to(BEGIN - timedelta(days=2)):
        for _ in range(3):
            told = {"institution": home, "content": "老师两周没来上课，电话打不通。", "happened_on": clock.today()}
            clue(people.officer, at=clock.now(), **told)
    texts = override_settings(SMS_ADAPTER="foundation.notifications.adapters.KeptTexts")
    with clock.set_to(BEGIN), texts:
        yield SimpleNamespace(home=home, bank=bank, contract=contract, release=release)


def statement(place: SimpleNamespace, *, refund: Refund | None = None) -> dict[str, object]:
    """The bank's day file from the first day to today, as a person picks it from a folder."""
    fee = Payment.objects.get(contract=place.contract)
    truth = Truth(ACCOUNT, AT.date())
    truth.days = [[] for _ in range((clock.today() - truth.first).days + 1)]
    truth.days[0] = [Moved(240_000, name=PEOPLE.guardian, serial=fee.reference)]
    truth.days[(DAY - truth.first).days] = [Moved(-80_000, f"HB{place.release.pk}", place.home.name, "Y2")]
    if refund is not None:
        truth.days[-1] = [Moved(-refund.agreed_fen, f"TF{refund.pk}退费", PEOPLE.guardian, "Y3")]
    content = text(rows(truth, 0, len(truth.days)))
    return {"name": "日终对账.csv", "mimeType": "text/csv", "buffer": content}


class Drill:
    """Everybody's pages."""

    def __init__(self, visit, people) -> None:
        self.phone: Visit = visit(None, PHONE)
        self.officer, self.leader, self.bank = (
            Desk(visit, actor) for actor in (people.officer, people.leader, people.bank)
        )

    def later(self, **by: int) -> None:
        """Time goes on; whoever works has a new session."""
        later(**by)
        for desk in (self.officer, self.leader, self.bank):
            desk.log_in()

    def night(self) -> None:
        """To the next morning, when the sweep has run and yesterday's books are sealed."""
        self.later(days=1)
        alerts.sweep(None)
        close_day(ENTRIES, day=clock.today() - timedelta(days=1), at=clock.now())

    def faults(self) -> list[str]:
        """What is wrong with the guardian's page: for a screen reader, in English, wider than the phone."""
        found = [issue["id"] for issue in Axe().run(self.phone.page).response["violations"]]
        return [*found, *english_in(self.phone), *(["sideways"] if sideways(self.phone) > 0 else [])]


def hand_in(drill: Drill, place: SimpleNamespace, **told) -> None:
    """The bank's clerk hands its day file in at its own page; the reconciliation reads it."""
    assert drill.bank.seen.open("/admin/banking/bankfile/hand-in/") == 200
    page = drill.bank.page
    page.select_option('[name="bank"]', str(place.bank.pk))
    page.set_input_files('[name="file"]', statement(place, **told))
    page.locator("form.operation button[type=submit]").click()
    assert "已接收" in page.inner_text("body")
    shot(drill.bank.seen, "bank-file")
    later(seconds=10)


def at_the_phone(drill: Drill, place: SimpleNamespace) -> str:
    """Receipt number and phone, the six digits of the text, the page."""
    page = drill.phone.page
    assert drill.phone.open("/") == 200
    page.get_by_role("link", name="查培训缴费").click()
    shot(drill.phone, "money-ask")
    page.get_by_label("收据号").fill(Payment.objects.get(contract=place.contract).reference)
    page.get_by_label("手机号").fill(PEOPLE.phone)
    page.get_by_role("button", name="发送验证码").click()
    shot(drill.phone, "money-code")
    later(seconds=5)
    kept = SentText.objects.latest("pk")
    assert kept.phone == PEOPLE.phone
    page.get_by_label("短信验证码").fill(re.search(r"验证码(\d{6})", kept.text)[1])
    page.get_by_role("button", name="打开").click()
    assert drill.faults() == []
    return page.inner_text("main")


def test_the_runaway_drill(people, place, visit):
    drill = Drill(visit, people)
    hand_in(drill, place)
    warned(drill, place)
    looked_into(drill, people, place)
    refund = asked_back(drill, place)
    silent(drill, place, refund)
    drill.leader.step(refund, "approve")
    shot(drill.leader.seen, "refund-approved")
    assert "等银行退款" in at_the_phone(drill, place)
    drill.later(days=1)
    hand_in(drill, place, refund=refund)
    refund.refresh_from_db()
    assert (refund.state, refund.paid_on, BankLine.objects.count()) == ("paid", clock.today(), 3)
    paid_back(drill, place)
    nothing_open(drill, place)
    assert [one for desk in (drill.officer, drill.leader, drill.bank) for one in desk.seen.complaints] == []
    assert drill.phone.complaints == []
    assert drill.phone.page.context.cookies() == []


def warned(drill: Drill, place: SimpleNamespace) -> None:
    """A sign is written down; in the morning the institution stands at 红 and every alert says why."""
    drill.officer.step(
        place.home,
        "risk-sign",
        kind="rent",
        seen_on=clock.today().isoformat(),
        words="房东来电：三个月没有交租",
        source="房东来电",
    )
    drill.night()
    score = ScoreDay.objects.get(institution=place.home, newest=True)
    fired = set(Alert.objects.filter(institution=place.home, state="open").values_list("rule", flat=True))
    assert (score.level, {"R03", "R07", "R08"} - fired) == ("red", set()), fired
    drill.officer.read("/admin/alerts/alert/")
    shot(drill.officer.seen, "alerts")
    drill.officer.read(f"/admin/institutions/institution/{place.home.pk}/")
    shot(drill.officer.seen, "institution")


def looked_into(drill: Drill, people, place: SimpleNamespace) -> None:
    """Somebody is sent, the leader holds releases, the visit finds the door shut: no runaway, and what was searched."""
    alert = Alert.objects.get(institution=place.home, rule="R08")
    drill.officer.step(alert, "take", action="verify")
    drill.officer.step(alert, "send-visit", organs=[people.town.organ_id], due_on=clock.today().isoformat())
    assert Assignment.objects.count() == 1
    drill.leader.step(alert, "hold", until_on=(clock.today() + timedelta(days=30)).isoformat(), reason="核实期间")
    assert Hold.objects.get().institution == place.home
    shot(drill.leader.seen, "alert")
    drill.officer.step(
        place.home,
        "visit",
        kind="joint",
        visited_on=clock.today().isoformat(),
        slot="morning",
        officers=[people.officer.post_id, people.second_officer.post_id],
        outcome="follow_up",
        problem_1="停课两周，尚欠课时",
        aspect_1="conduct",
        severity_1="major",
    )
    assert SiteVisit.objects.count() == 1
    searched(drill)
    assert "0起有据" in drill.officer.read("/admin/alerts/runaway/proof/")
    shot(drill.officer.seen, "proof")


def searched(drill: Drill) -> None:
    """The officer writes down what was looked through, from the first of the month until today."""
    drill.officer.read("/admin/alerts/search/add/")
    page = drill.officer.page
    page.fill('[name="first_on"]', clock.today().replace(day=1).isoformat())
    page.fill('[name="last_on"]', clock.today().isoformat())
    page.fill('[name="sources"]', "12345工单、信访、公安通报、现场检查")
    page.fill('[name="found"]', "负责人在场，停课整顿，不是跑路")
    page.locator("form.operation button[type=submit]").click()


def asked_back(drill: Drill, place: SimpleNamespace) -> Refund:
    """The guardian reads where its money is and asks for the rest; the officers are told."""
    text = at_the_phone(drill, place)
    assert all(words in text for words in ("2,400.00元", "1,600.00元", "打印凭证", "申请退费"))
    shot(drill.phone, "money")
    page = drill.phone.page
    page.get_by_text("申请退费", exact=True).click()
    page.get_by_label("申请退多少元").fill("1600")
    page.get_by_label("为什么退").fill("停课两周，联系不上老师")
    shot(drill.phone, "money-wish")
    page.get_by_role("button", name="提交退费申请").click()
    assert "已收到" in page.locator("[role=status]").inner_text()
    assert drill.faults() == []
    shot(drill.phone, "money-asked")
    later(seconds=5)
    drill.officer.read("/admin/")
    shot(drill.officer.seen, "home")
    return Refund.objects.get()


def silent(drill: Drill, place: SimpleNamespace, refund: Refund) -> None:
    """Five working days without an answer: overdue is said to the guardian, and silence counts as yes."""
    drill.later(days=8)
    text = at_the_phone(drill, place)
    assert "已经超期" in text
    shot(drill.phone, "money-late")
    drill.officer.step(refund, "silence")
    shot(drill.officer.seen, "refund")
    assert "机构没有按期答复，视为同意退1,600.00元" in at_the_phone(drill, place)


def paid_back(drill: Drill, place: SimpleNamespace) -> None:
    """Paid, nothing left on the account, and a receipt of the fee to keep that the public page finds in order."""
    text = at_the_phone(drill, place)
    shot(drill.phone, "money-paid")
    assert all(words in text for words in ("已退款", "1,600.00元已于2026年12月", "应在监管专户的余额"))
    page = drill.phone.page
    with page.expect_download() as paper:
        page.get_by_role("button", name="打印凭证").click()
    assert paper.value.path().read_bytes()[:5] == b"%PDF-"
    if folder := os.environ.get("SCREENSHOTS"):
        paper.value.save_as(f"{folder}/way-receipt.pdf")
    with page.expect_download() as proof:
        page.get_by_role("button", name="核对用文件").click()
    found = proof.value.path().read_text("utf-8")
    assert root_of(read_receipt(found)) == read_receipt(found)["root"]
    page.get_by_role("link", name="核对凭证").click()
    page.get_by_label("凭证").fill(found)
    page.get_by_role("button", name="核对").click()
    assert "一致：这笔账" in page.inner_text("main")
    shot(drill.phone, "receipt-checked")


def nothing_open(drill: Drill, place: SimpleNamespace) -> None:
    """The alert is closed with what was done, the month's report shows 0 起 and why it may; the books stand."""
    alert = Alert.objects.get(institution=place.home, rule="R08")
    drill.officer.step(alert, "close", action="verify", result="已退费，未发现跑路")
    shot(drill.officer.seen, "alert-closed")
    assert "还不能说0起" in drill.officer.read("/admin/alerts/alert/month/")
    searched(drill)
    text = drill.officer.read("/admin/alerts/alert/month/")
    said = ("2026年12月资金监管月报", "0起", "0起有据", "12345工单、信访", "1人", "1,600.00元")
    assert [words for words in said if words not in text] == []
    shot(drill.officer.seen, "month")
    if folder := os.environ.get("SCREENSHOTS"):
        drill.officer.page.pdf(path=f"{folder}/way-month.pdf", format="A4")
    drill.officer.page.get_by_role("link", name="1人", exact=True).first.click()
    assert "共 1 条" in drill.officer.page.inner_text("body")
    assert verify(ENTRIES).fault is None
