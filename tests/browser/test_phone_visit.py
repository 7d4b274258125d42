"""The visit form in real Chromium at 390 px: no signal, a killed browser, an expired session, another account."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from foundation.core import clock
from inspections.enums import FindingState
from inspections.models import Finding, Visit
from institutions.models import Institution
from tests.browser.phones import Phone, camera_photo, phones
from tests.inspections.factories import filed, supervisors_report
from tests.institutions.factories import institution

SECTIONS = "ABCDEFGHI"


@pytest.fixture(scope="module")
def places(people) -> list[Institution]:
    return [
        institution(people.officer, name=f"思明区{name}艺术培训中心", address=f"湖滨南路{number}号")
        for number, name in enumerate(["启明", "星河", "远航", "知行", "青禾", "明德"], start=101)
    ]


@pytest.fixture
def phone(chromium, address, tmp_path) -> Iterator[Callable[[str], Phone]]:
    made: list[Phone] = []

    def make(name: str = "phone") -> Phone:
        made.append(phones(chromium, address, tmp_path)(name))
        return made[-1]

    yield make
    for each in made:
        each.close()


def picture(phone: Phone, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        phone.page.screenshot(path=Path(folder) / f"phone-{name}.png", full_page=True)


def fill_section(phone: Phone, code: str, *, faults: dict[str, str] | None = None) -> None:
    """Answer every item of the section on the screen, one by one."""
    expect(phone.page.locator(".section-title")).to_contain_text(code)
    for card in phone.page.locator("[data-code]").all():
        item = card.get_attribute("data-code")
        phone.answer(item, "否" if item in (faults or {}) else "是")
        if item in (faults or {}):
            card.get_by_role("textbox").fill(faults[item])


def test_filled_without_a_signal_killed_and_sent_once(people, places, phone):
    """The story of the issue: 43 items, three photos, one 严 finding, no network, the browser killed, one visit, 2/2."""
    today = clock.today()
    filed(supervisors_report(places[1], people.supervisor, visited_on=today), people.supervisor, at=clock.now())
    mine = phone()
    mine.log_in(people.supervisor)
    mine.open()
    expect(mine.page.get_by_text("1/2")).to_be_visible()
    mine.ready_for_no_signal()
    picture(mine, "today")
    mine.signal(False)
    mine.page.reload()
    expect(mine.page.locator("#outbox")).to_contain_text("没有网络")
    mine.begin(places[0].name)
    for number, code in enumerate(SECTIONS):
        fill_section(mine, code, faults={"B03": "安全出口上锁，门口堆放杂物"} if code == "B" else None)
        if code == "A":
            picture(mine, "section")
            mine.add_photo(".section-buttons .photos", camera_photo(60))
        if code == "B":
            mine.add_photo('[data-code="B03"]', camera_photo(120))
            mine.add_photo('[data-code="B03"]', camera_photo(180), camera=False)
            picture(mine, "finding")
        if number < 8:
            mine.press("下一部分")
    assert mine.progress() == "43/43"
    mine.kill()
    mine.start()
    mine.signal(False)
    mine.open()
    expect(mine.page.get_by_text("已答 43/43")).to_be_visible()
    mine.page.get_by_role("link", name=places[0].name).click()
    mine.page.goto(mine.page.url.replace("/head", "/summary"))
    mine.page.get_by_role("radio", name="发现问题待后续处理").check()
    picture(mine, "summary")
    mine.press("提交", exact=True)
    expect(mine.page.locator("#outbox")).to_contain_text("待上传 1")
    picture(mine, "waiting")
    assert Visit.objects.filter(institution=places[0]).count() == 0
    mine.signal(True)
    expect(mine.page.get_by_text("2/2")).to_be_visible(timeout=30_000)
    visit = Visit.objects.get(institution=places[0])
    assert (visit.answered, visit.failed, visit.number[:3]) == (43, 1, "JD-")
    assert (visit.latitude, visit.longitude) == (2448, 11809)
    finding = Finding.objects.get(visit=visit)
    assert (finding.code, finding.severity, finding.state) == ("B03", "critical", FindingState.REPORTED)
    mine.page.get_by_role("link", name=visit.number).click()
    assert mine.page.locator("[data-receipt]").inner_text() == visit.number
    picture(mine, "receipt")
    assert mine.complaints == []
