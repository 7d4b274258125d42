"""The visit form in real Chromium at 390 px: no signal, a killed browser, an expired session, another account."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from foundation.core import clock
from inspections.enums import FindingState
from inspections.models import Finding, Visit, VisitPhoto
from institutions.models import Institution
from phone import shell
from tests.browser.lying import on_the_disk, stored, telling
from tests.browser.phones import (
    GOES_ON_BEHIND_THE_PAGE,
    NEWER_IS_THERE,
    Phone,
    camera_photo,
    phones,
    small,
    violations,
    wider_than_the_phone,
)
from tests.browser.walking import english_in
from tests.inspections.factories import filed, supervisors_report
from tests.institutions.factories import institution
from tests.supervisors.in_office import in_office

SECTIONS = "ABCDEFGHI"


@pytest.fixture(scope="module")
def places(people) -> list[Institution]:
    in_office(people.supervisor)
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


def fill_all_sections(phone: Phone) -> None:
    """43 answers, one of them a 严 finding, three photos: one of the place, two of the finding."""
    for number, code in enumerate(SECTIONS):
        fill_section(phone, code, faults={"B03": "安全出口上锁，门口堆放杂物"} if code == "B" else None)
        if code == "A":
            picture(phone, "section")
            phone.add_photo(".section-buttons .shots", camera_photo(60))
        if code == "B":
            phone.add_photo('[data-code="B03"]', camera_photo(120))
            phone.add_photo('[data-code="B03"]', camera_photo(180), camera=False)
            picture(phone, "finding")
        if number < 8:
            phone.press("下一部分")


def test_filled_without_a_signal_killed_and_sent_once(people, places, phone):
    """The issue's story: 43 items, three photos, one 严 finding, no network, the browser killed, one visit, 2/2."""
    filed(supervisors_report(places[1], people.supervisor, visited_on=clock.today()), people.supervisor, at=clock.now())
    mine = opened(phone, people.supervisor)
    expect(mine.page.get_by_text("1/2")).to_be_visible()
    picture(mine, "today")
    mine.signal(False)
    mine.page.reload()
    expect(mine.page.locator("#outbox")).to_contain_text("没有网络")
    mine.begin(places[0].name)
    fill_all_sections(mine)
    assert mine.progress() == "43/43"
    nothing_can_be_read(mine, people.supervisor, places[0].name, "门口堆放杂物", photos=3)
    mine.kill()
    assert on_the_disk(mine.profile, [places[0].name, people.supervisor.name, "门口堆放杂物"]) == []
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
    assert Visit.objects.filter(institution=places[0]).count() == 0
    mine.signal(True)
    expect(mine.page.get_by_text("2/2")).to_be_visible()
    number = arrived_once(places[0])
    mine.page.get_by_role("link", name=number).click()
    assert mine.page.locator("[data-receipt]").inner_text() == number
    picture(mine, "receipt")
    assert stored(mine.page)["photos"] == []
    assert mine.complaints == []


def nothing_can_be_read(phone: Phone, actor, *words: str, photos: int) -> None:
    """One draft with its photos lies on the phone; neither words nor pictures, and the key does not come out."""
    kept = stored(phone.page)
    assert (len(kept["drafts"]), len(kept["photos"])) == (1, photos)
    kept["known"] = [record for record in kept["known"] if not record.startswith("key=checklist:")]
    assert len(kept["known"]) == 3
    assert telling(kept, [actor.name, *words, "B03=no", "supervisor", "\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF"]) == []
    assert kept["keys"] == [f"user={actor.user_id};key=key that stays in"]


def arrived_once(place: Institution) -> str:
    """What became of the story's form: one record with all that was seen; its number."""
    visit = Visit.objects.get(institution=place)
    assert (visit.answered, visit.failed, visit.number[:3]) == (43, 1, "JD-")
    assert (visit.latitude, visit.longitude) == (2448, 11809)
    photos = VisitPhoto.objects.filter(visit=visit).order_by("code", "pk")
    assert [(each.code, each.photo.width, each.photo.height) for each in photos] == [
        ("", 1200, 1600), ("B03", 1200, 1600), ("B03", 1200, 1600),
    ]  # fmt: skip
    finding = Finding.objects.get(visit=visit)
    assert (finding.code, finding.severity, finding.state) == ("B03", "critical", FindingState.REPORTED)
    return visit.number


def fill_quickly(phone: Phone, place: str) -> None:
    """A clean visit with 本区全部合格 in every section, up to the summary."""
    phone.begin(place)
    for number in range(9):
        phone.press("本区全部合格")
        expect(phone.page.locator("[data-progress]")).not_to_have_text("0/43")
        phone.press("下一部分" if number < 8 else "检查结论")
    expect(phone.page.get_by_role("heading", name="位置")).to_be_visible()


def opened(phone: Callable[[str], Phone], actor, name: str = "phone") -> Phone:
    mine = phone(name)
    mine.log_in(actor)
    mine.open()
    mine.ready_for_no_signal()
    return mine


def visits_of(place: Institution) -> int:
    return Visit.objects.filter(institution=place).count()


def test_two_drafts_are_kept_apart(people, places, phone):
    mine = opened(phone, people.supervisor)
    mine.begin(places[2].name)
    mine.answer("A01", "否")
    mine.press("返回")
    mine.press("返回")
    mine.begin(places[3].name)
    mine.answer("A02", "不适用")
    mine.open()
    expect(mine.page.get_by_role("heading", name="写到一半 2")).to_be_visible()
    mine.page.get_by_role("link", name=places[2].name).click()
    mine.press("开始逐项检查")
    checked = mine.page.locator("[data-code] input:checked")
    expect(checked).to_have_count(1)  # the draft is opened from the phone's store, which takes its time
    assert [(each.get_attribute("name"), each.get_attribute("value")) for each in checked.all()] == [("A01", "no")]
    assert mine.complaints == []


def test_an_expired_session_asks_to_log_in_and_goes_on(people, places, phone):
    mine = opened(phone, people.supervisor)
    fill_quickly(mine, places[2].name)
    mine.log_in(None)
    mine.open()
    mine.page.get_by_role("link", name=places[2].name).click()
    mine.page.goto(mine.page.url.replace("/head", "/summary"))
    mine.press("提交", exact=True)
    expect(mine.page.get_by_role("link", name="重新登录")).to_be_visible()
    assert visits_of(places[2]) == 0
    mine.log_in(people.supervisor)
    mine.open()
    expect(mine.page.get_by_role("heading", name="已上传 1")).to_be_visible()
    assert (visits_of(places[2]), mine.complaints) == (1, [])


def test_another_account_neither_sees_nor_sends_it(people, places, phone):
    mine = opened(phone, people.supervisor)
    fill_quickly(mine, places[3].name)
    mine.signal(False)
    mine.press("提交", exact=True)
    expect(mine.page.locator("#outbox")).to_contain_text("待上传 1")
    mine.log_in(people.second_officer)
    mine.open()
    expect(mine.page.locator("header p")).to_contain_text("县级经办人")
    expect(mine.page.locator("#outbox")).to_contain_text("待上传 0")
    assert mine.page.get_by_text(places[3].name).count() == 0
    assert visits_of(places[3]) == 0
    mine.log_in(people.supervisor)
    mine.open()
    expect(mine.page.get_by_role("heading", name="已上传 1")).to_be_visible()
    assert (visits_of(places[3]), mine.complaints) == (1, [])


def test_what_fails_says_why_and_is_saved_as_a_file(people, places, phone, tmp_path):
    """The institution moved while there was no signal; the draft goes on on another phone of the same person."""
    mine = opened(phone, people.supervisor)
    fill_quickly(mine, places[4].name)
    mine.add_photo(".sheet .shots", camera_photo(200))
    elsewhere = institution(people.other_city, county="350581")
    before = {name: getattr(places[4], name) for name in ("jurisdiction_id", "division_id")}
    Institution.objects.filter(pk=places[4].pk).update(
        jurisdiction=elsewhere.jurisdiction_id, division=elsewhere.division_id
    )
    mine.press("提交", exact=True)
    expect(mine.page.locator("#outbox")).to_contain_text("失败 1")
    failed = mine.page.locator("li", has_text=places[4].name).first
    expect(failed).to_contain_text(
        "这家机构已不在您的片区，这次检查没有登记。 现由石狮市负责。 草稿已保留，可存为文件。"
    )
    picture(mine, "failed")
    with mine.page.expect_download() as download:
        failed.get_by_role("button", name="存为文件").click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    Institution.objects.filter(pk=places[4].pk).update(**before)
    other = opened(phone, people.second_officer, "other")
    other.page.get_by_text("更多").click()
    other.page.get_by_label("从文件导入草稿").set_input_files(saved)
    expect(other.page.locator("#said")).to_contain_text("这份草稿是另一位同事的")
    other.log_in(people.supervisor)
    other.open()
    expect(other.page.locator("header p")).to_contain_text("社会监督员")
    other.page.get_by_text("更多").click()
    other.page.get_by_label("从文件导入草稿").set_input_files(saved)
    other.press("再传一次")
    expect(other.page.get_by_role("heading", name="已上传 1")).to_be_visible()
    assert (visits_of(places[4]), mine.complaints, other.complaints) == (1, [], [])


def test_logging_out_warns_about_unsent_work(people, places, phone):
    mine = opened(phone, people.supervisor)
    mine.begin(places[5].name)
    mine.answer("A01", "是")
    mine.open("/m/me/")
    mine.press("退出登录", exact=True)
    expect(mine.page.get_by_role("heading", name="还有没上传的检查")).to_be_visible()
    picture(mine, "leave")
    mine.press("先不退出")
    mine.press("退出登录", exact=True)
    mine.press("留在手机里，退出登录")
    mine.page.wait_for_url(f"{mine.address}/")
    mine.open()
    expect(mine.page.get_by_role("link", name="登录", exact=True)).to_be_visible()
    assert mine.page.get_by_text(places[5].name).count() == 0
    mine.log_in(people.supervisor)
    mine.open()
    expect(mine.page.get_by_role("link", name=places[5].name)).to_be_visible()
    mine.open("/m/me/")
    mine.press("退出登录", exact=True)
    mine.press("全部删除，退出登录")
    mine.press("删除并退出")
    mine.page.wait_for_url(f"{mine.address}/")
    left = stored(mine.page)
    assert (left["drafts"], left["photos"], left["keys"], len(left["known"])) == ([], [], [], 1)
    mine.log_in(people.supervisor)
    mine.open()
    expect(mine.page.get_by_text("1/2").or_(mine.page.get_by_text("/2")).first).to_be_visible()
    assert mine.page.get_by_role("heading", name="写到一半").count() == 0
    assert mine.complaints == []


def test_a_face_is_covered_in_the_picture_itself(people, places, phone):
    mine = opened(phone, people.supervisor)
    fill_quickly(mine, places[5].name)
    mine.add_photo(".sheet .shots", camera_photo(200, turned=False))
    image = mine.page.locator(".sheet .shots img")
    before = image.get_attribute("src")
    mine.press("遮挡人脸")
    box = mine.page.locator("canvas.blur").bounding_box()
    mine.page.mouse.move(box["x"] + 20, box["y"] + 20)
    mine.page.mouse.down()
    mine.page.mouse.move(box["x"] + 120, box["y"] + 100, steps=4)
    picture(mine, "blur")
    mine.page.mouse.up()
    mine.press("完成")
    expect(image).not_to_have_attribute("src", before)
    colours = """(image) => {
      const canvas = document.createElement("canvas");
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext("2d").drawImage(image, 0, 0);
      const row = canvas.getContext("2d").getImageData(120, 200, 300, 1).data;
      return [image.naturalWidth, new Set(Array.from({ length: 300 }, (_, at) => row[at * 4 + 1] >> 3)).size];
    }"""
    width, shades = image.evaluate(colours)
    assert (width, shades <= 12) == (1600, True)
    assert mine.complaints == []


@pytest.mark.parametrize("behind_the_page", [False, True], ids=["asked by the page", "behind the page"])
def test_a_new_shell_takes_over_when_it_is_complete(people, places, phone, monkeypatch, behind_the_page):
    """A draft stays; the old files go only after the new ones are all there; no page stays in the old shell."""
    mine = opened(phone, people.supervisor)
    mine.begin(places[5].name)
    mine.answer("A01", "是")
    names = "async () => (await caches.keys()).filter((name) => name.startsWith('phone-'))"
    [before] = mine.page.evaluate(names)
    with monkeypatch.context() as patch:
        patch.setattr(shell, "_integrity", lambda content: "sha256-AAAA")
        shell._hashed.cache_clear()
        mine.page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => 0)")
        mine.page.wait_for_timeout(1000)
        assert mine.page.evaluate(names) == [before]
    shell._hashed.cache_clear()
    monkeypatch.setattr("django.conf.settings.DEMO_MODE", not settings.DEMO_MODE)
    mine.open("/m/visit/#/")
    mine.page.wait_for_function(NEWER_IS_THERE)
    if behind_the_page:
        mine.page.add_init_script(GOES_ON_BEHIND_THE_PAGE)
    mine.page.reload()
    expect(mine.page.locator(".demo")).to_be_visible()
    [after] = mine.page.evaluate(names)
    assert after != before
    expect(mine.page.get_by_role("link", name=places[5].name)).to_be_visible()


@pytest.mark.parametrize("elder", [False, True], ids=["plain", "elder"])
def test_every_screen_is_usable(people, places, phone, elder):
    """No breach of WCAG A/AA, nothing wider than the phone, no English, targets of 44 px."""
    mine = opened(phone, people.officer)
    if elder:
        mine.page.evaluate("() => localStorage.setItem('elder', '1')")
        mine.page.reload()
    faults = {}

    def look(name: str) -> None:
        mine.page.wait_for_timeout(200)
        picture(mine, f"{'elder-' if elder else ''}{name}")
        faults[name] = (violations(mine.page), english_in(mine), wider_than_the_phone(mine.page), small(mine.page))

    look("today")
    mine.press("开始一次检查")
    look("pick")
    mine.page.get_by_role("button", name=places[5].name).click()
    expect(mine.page.get_by_role("button", name="知道了")).to_be_visible()
    look("faces")
    mine.press("知道了")
    mine.page.get_by_text("检查类型").wait_for()
    look("head")
    mine.press("开始逐项检查")
    mine.answer("A01", "否")
    mine.add_photo('[data-code="A01"]', camera_photo(70))
    look("section")
    if elder:
        assert mine.page.locator("[data-code]").count() == 1
        mine.press("下一题")
        mine.answer("A02", "是")
    mine.page.goto(mine.page.url.split("/A")[0] + "/summary")
    mine.press("提交", exact=True)
    look("summary")
    assert faults == dict.fromkeys(faults, ([], [], 0, []))
    assert mine.complaints == []


def test_dark_mode_is_readable(people, places, phone):
    mine = opened(phone, people.supervisor)
    mine.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    mine.begin(places[5].name)
    mine.answer("A01", "否")
    mine.answer("A02", "是")
    picture(mine, "dark")
    assert (violations(mine.page), mine.complaints) == ([], [])


def test_without_scripts_the_page_says_what_to_do(chromium, address):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/m/visit/")
    assert "请打开脚本" in page.inner_text("main")
    context.close()
