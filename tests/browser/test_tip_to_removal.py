"""One matter in a real browser, each step on its page by the person whose it is: from a tip to the end of a listing.

A parent on a phone, an officer, the leader, the legal reviewer; the papers are opened as PDF, the public looks by
list, poster code, CSV and API; the clock is moved on, nothing else is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import Case, Violation
from clues.models import Clue
from enforcement.models import Order
from foundation.accounts.models import Post
from foundation.core import clock
from inspections.models import Visit as SiteVisit
from institutions.models import Institution
from listings.models import ListEntry
from tests.browser.conftest import PHONE, Visit
from tests.browser.desks import Desks, later, shot
from tests.enforcement.factories import named
from tests.photos.factories import upload
from tests.publicity.factories import good, reachable

BEGIN = datetime(2026, 11, 18, 9, 0, tzinfo=timezone.get_default_timezone())  # a Wednesday
NAME = "思明区飞跃数学培训中心"
SEEN = "周三晚上八点半以后还在上数学课，二楼最里面一间，有二十多个孩子。"
TOLD = {"contact": "执法股 0592-5863600"}


@pytest.fixture(scope="module")
def place(people) -> Iterator[Institution]:
    """The institution, the bureau that can be reached, three certified officers; from here on the clock stands."""
    with clock.set_to(BEGIN - timedelta(days=30)):
        reachable(people)
        named(people.officer)
        row = good(people, name=NAME, category="subject")
    for number, actor in enumerate((people.officer, people.second_officer, people.culture), start=1):
        Post.objects.filter(pk=actor.post_id).update(certificate_no=f"闽D000{number}")
    with clock.set_to(BEGIN):
        yield row


def tip(phone: Visit, place: Institution) -> str:
    """Three steps on a phone; the sixteen digits."""
    page = phone.page
    assert phone.open("/tips/") == 200
    page.locator("label", has_text="时间或内容违规").click()
    page.get_by_label("发生在哪个县").select_option("350203")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("是哪家机构").fill("飞跃数学")
    page.get_by_role("button", name="查找").click()
    page.locator("label", has_text=place.name).click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("情况说明").fill(SEEN)
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": upload(1).read()}
    page.locator("#id_photos").set_input_files(photo)
    later(minutes=3)
    page.get_by_role("button", name="提交").click()
    digits = page.locator(".receipt .digits").inner_text()
    shot(phone, "receipt")
    assert re.fullmatch(r"\d{4}( \d{4}){3}", digits)
    assert phone.page.context.cookies() == []
    return digits


def follows(phone: Visit, receipt: str) -> str:
    """What the sender reads."""
    assert phone.open("/tips/progress/") == 200
    phone.page.get_by_label("查询凭证").fill(receipt)
    phone.page.get_by_role("button", name="查询").click()
    return phone.page.locator("section.answer").inner_text()


@pytest.mark.turns(2)
def test_from_an_anonymous_tip_to_the_removal_from_the_list(people, place, visit):
    phone, desks = visit(None, PHONE), Desks(visit, people)
    receipt = tip(phone, place)
    assert "已收到" in follows(phone, receipt)
    clue = Clue.objects.get()
    triage(desks, people, clue)
    assert "核查中" in follows(phone, receipt)

    seen = joint_visit(desks, people, place, clue)
    order = stop_order(desks, seen)
    case = to_the_archive(desks, seen)
    desks.officer.step(clue, "close", verdict="true", result="已责令停止培训并处罚。")
    assert "情况属实" in follows(phone, receipt)
    phone.page.get_by_role("button", name="满意", exact=True).click()
    assert phone.page.locator("form.rate").count() == 0

    entry = to_the_black_list(desks, place, phone, case)
    one_page(desks, clue, seen, order, case, entry)
    off_the_list(desks, people, place, entry)
    assert public(phone, place) == {"page": False, "list": False, "csv": False, "api": False}
    assert "情况属实" in follows(phone, receipt)
    refused = "the server responded with a status of 409"  # what Chromium says of the window that still runs
    assert [said for said in desks.complaints() if refused not in said] == phone.complaints == []


def triage(desks: Desks, people, clue: Clue) -> None:
    """Taken on as urgent, without a wait; two departments are asked to go and read check items, not the tip."""
    officer = desks.officer
    text = officer.read(f"/admin/clues/clue/{clue.pk}/")
    assert SEEN in text
    shot(officer.seen, "clue")
    officer.step(clue, "accept", urgency="urgent", delay_days=0)
    organs = [people.officer.organ_id, people.culture.organ_id]
    officer.step(clue, "ask-check", organs=organs, due_on=clock.today().isoformat())
    officer.step(clue, "start-checking")


def joint_visit(desks: Desks, people, place: Institution, clue: Clue) -> SiteVisit:
    """Education and culture go together; the record of what they saw belongs to the clue."""
    desks.later(hours=6)
    desks.officer.step(
        place,
        "visit",
        kind="joint",
        visited_on=clock.today().isoformat(),
        slot="afternoon",
        officers=[people.officer.post_id, people.culture.post_id],
        pupils=23,
        dispersed=23,
        outcome="follow_up",
        problem_1="晚上8点半以后开展学科类培训",
        aspect_1="conduct",
        severity_1="critical",
        problem_2="疏散通道堆放杂物",
        aspect_2="safety",
        severity_2="major",
    )
    seen = SiteVisit.objects.get()
    assert seen.officers.values("organ_name").distinct().count() == 2
    desks.officer.step(clue, "link-check", visit=seen.pk)
    return seen


def stop_order(desks: Desks, seen: SiteVisit) -> Order:
    """Issued on the spot, and printed: what the paper says is what was entered."""
    desks.officer.step(
        seen,
        "order-stop",
        clauses="《校外培训管理条例》和《中华人民共和国消防法》",
        stop_scope="全部学科类培训",
        refund_arrangement="三日内退还剩余课时费。",
        on_spot=True,
        **TOLD,
    )
    order = Order.objects.get()
    paper = desks.officer.pdf(order.document_id)
    for words in (NAME, order.number, "全部学科类培训", "晚上8点半以后开展学科类培训", "三日内退还", "闽D0003"):
        assert words in paper, words
    shot(desks.officer.seen, "order-paper")
    return order


def to_the_archive(desks: Desks, seen: SiteVisit) -> Case:
    """Filed, reviewed, told, decided and closed each by who may; the party waives its say in writing."""
    case = told(desks, seen)
    officer, leader = desks.officer, desks.leader
    officer.step(case, "statement", kind="waiver", text="放弃陈述申辩", given_by="陈校长")
    officer.step(case, "end-say")
    officer.step(case, "propose", outcome="punish", grounds="首次违法，从轻")
    leader.step(case, "decide", opinion="同意")
    officer.step(case, "decision-paper", payment="财政专户", **TOLD)
    decision = case.papers.get(kind="penalty_decision")
    officer.step(case, "serve", paper=decision.pk, **served())
    assert "3,000" in officer.pdf(decision.document_id)
    for penalty in case.penalties.filter(stage="decided"):
        officer.step(case, "fulfil", penalty=penalty.pk, amount="3000" if penalty.amount else "", note="已履行")
    officer.step(case, "ask-close", note="罚款已缴。")
    leader.step(case, "close", opinion="同意")
    return case


def served() -> dict[str, str]:
    return {"service": "direct", "served_on": clock.today().isoformat(), "recipient": "陈校长"}


def told(desks: Desks, seen: SiteVisit) -> Case:
    """Proposed by an officer, filed by the leader, shown by evidence, reviewed; its notice is served."""
    officer = desks.officer
    desks.later(days=1)
    officers = list(Post.objects.filter(certificate_no__in=["闽D0001", "闽D0002"]).values_list("pk", flat=True))
    violation = Violation.objects.get(code="W20", effective_to=None)
    officer.step(seen, "case", summary="晚上八点半以后开展学科类培训。", officers=officers, violation=violation.pk)
    case = Case.objects.get()
    desks.leader.step(case, "approve", opinion="同意立案")
    officer.step(case, "sheet")
    officer.step(
        case,
        "evidence",
        kind="record",
        title="现场检查笔录",
        shows="晚间仍在上课",
        taken_from="现场",
        taken_by="两名执法人员",
    )
    officer.step(
        case,
        "conclude",
        report="经查，当事人晚上八点半以后开展学科类培训。",
        fine="3000",
        others=["criticism"],
        detail="在全区通报",
    )
    desks.legal.step(case, "pass", opinion="事实清楚")
    officer.step(case, "notify", **TOLD)
    officer.step(case, "serve", paper=case.papers.get(kind="prior_notice").pk, **served())
    return case


def to_the_black_list(desks: Desks, place: Institution, phone: Visit, case: Case) -> ListEntry:
    """Proposed with its records, told, served; not before the window is over; then the public sees it everywhere."""
    officer, leader = desks.officer, desks.leader
    nothing = {"page": False, "list": False, "csv": False, "api": False}
    assert public(phone, place) == nothing
    officer.seen.open(f"/admin/institutions/institution/{place.pk}/propose-black/")
    records = officer.page.locator("[name=records]").evaluate_all("boxes => boxes.map(box => box.value)")
    shot(officer.seen, "propose")
    officer.step(
        place,
        "propose-black",
        reason="晚上8点半以后开展学科类培训，经立案查处",
        basis="校外培训管理规定",
        records=records,
        **TOLD,
    )
    entry = ListEntry.objects.get()
    officer.step(entry, "notify")
    officer.step(entry, "serve", **served())
    desks.later(days=4)
    officer.seen.open(f"/admin/listings/listentry/{entry.pk}/close-window/")
    officer.page.locator("form.operation button[type=submit]").click()
    assert "申辩期至" in officer.page.inner_text(".note-bad")
    assert public(phone, place) == nothing
    desks.later(days=5)
    officer.step(entry, "close-window")
    leader.step(entry, "approve", remark="同意")
    later(minutes=1)
    entry.refresh_from_db()
    assert entry.effective_on == clock.today()
    assert public(phone, place) == {"page": True, "list": True, "csv": True, "api": True}
    return entry


def public(phone: Visit, place: Institution) -> dict[str, bool]:
    """Whether the institution stands on the black list, wherever the public can look."""
    page = phone.page
    assert phone.open(f"/institutions/{place.public_id}/?from=qr") == 200
    shot(phone, f"institution-{clock.today():%m%d}")
    seen = {"page": "列入黑名单" in page.inner_text("main")}
    assert phone.open("/lists/?kind=black") == 200
    shot(phone, f"list-{clock.today():%m%d}")
    seen["list"] = place.name in page.inner_text("main")
    for name, path in {"csv": "/lists/black.csv", "api": "/api/v1/public/lists/black"}.items():
        answer = page.request.get(f"{phone.address}{path}")
        assert answer.ok, path
        seen[name] = place.name in answer.text()
    return seen


def one_page(desks: Desks, *rows) -> None:
    """From the clue one click to everything that came of it."""
    text = desks.officer.read(f"/admin/clues/clue/{rows[0].pk}/matter/")
    shot(desks.officer.seen, "matter")
    for row in rows:
        assert getattr(row, "number", NAME) in text
    first, *_, last = desks.officer.page.locator(".timeline > ol > li").all_inner_texts()
    assert ("登记线索" in first, "列入" in last) == (True, True)


def off_the_list(desks: Desks, people, place: Institution, entry: ListEntry) -> None:
    """Applied for by the institution, seen by two, agreed to by the leader."""
    officer, leader = desks.officer, desks.leader
    desks.later(days=40)
    photo = {"name": "IMG_2.jpg", "mimeType": "image/jpeg", "buffer": upload(2).read()}
    officer.step(entry, "repair", text="已停课整改并退费。", given_by="陈校长", photos=photo)
    officer.step(
        place,
        "visit",
        kind="recheck",
        visited_on=clock.today().isoformat(),
        slot="evening",
        officers=[people.officer.post_id, people.second_officer.post_id],
        outcome="clean",
    )
    again = SiteVisit.objects.latest("pk")
    officer.step(entry, "pass-repair", visit=again.pk, remark="已整改")
    leader.step(entry, "approve-removal")
    later(minutes=1)
