"""The public and the phone's face in a real browser: usable by everyone, by keyboard alone, quiet and light."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from cases.operations.publication import withdraw_publication
from foundation.core import clock
from foundation.notifications.enums import Topic
from foundation.notifications.models import Message
from institutions.models import UnlicensedSite
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.walking import english_in, sideways
from tests.institutions.factories import AT, institution
from tests.publicity.factories import nobody_asked, world
from tests.publicity.test_penalties import published

SIZES = {"phone": PHONE, "desktop": DESKTOP}
NOW = AT + timedelta(seconds=30)
PUBLIC = (
    "/", "/institutions/", "/institutions/?q=海浪", "/institutions/?q=查无此人", "/lists/", "/lists/?kind=black",
    "/report/", "/verify/", "white", "black", "plain", "/institutions/0123456789ab/", "white?on=2026-10-01",
    "/institutions/?state=stopped", "/lists/?kind=black&on=2026-10-01", "/lists/?kind=white&sort=until",
    "/lists/white/editions/", "/lists/white/editions/1/", "/lists/?on=2099-01-01", "/open-data/",
    "/penalties/", "decision", "withdrawn",
)  # fmt: skip
STATUSES = {"withdrawn": 410, "/institutions/0123456789ab/": 404, "/lists/?on=2099-01-01": 400}
ON_PHONE = ("/m/", "/m/forms/", "/m/forms/unlicensed/", "/m/me/")


@pytest.fixture(autouse=True)
def now():
    nobody_asked()
    with clock.set_to(NOW):
        yield


@pytest.fixture(scope="module")
def rows(people) -> dict[str, str]:
    """The addresses of a white, a black and a plain institution, among two pages of others."""
    with clock.set_to(NOW):
        made = world(people)
        for number in range(25):
            institution(people.officer, name=f"思明区启明星{number:02}艺术培训中心")
        Message.objects.create(
            recipient_id=people.grid.user_id, kind="t", label="期限提醒", topic=Topic.DEADLINE, created_at=AT,
            title="湖明路疑似无证场所请于周五前核实", body="群众反映湖明路8号三楼每晚有学生上课。",
        )  # fmt: skip
        shown, gone = (published(people, f"思明区{word}艺术培训中心", at=NOW) for word in ("启明", "海星"))
        withdraw_publication(publication=gone, reason="决定被复议机关撤销", by=people.officer, at=NOW)
    decisions = {"decision": f"/penalties/{shown.public_id}/", "withdrawn": f"/penalties/{gone.public_id}/"}
    return decisions | {
        name: f"/institutions/{row.public_id}/" for name, row in zip(("white", "black", "plain"), made, strict=True)
    }


def violations(visitor: Visit) -> list[str]:
    """What axe finds, with the elements, and a screenshot where SCREENSHOTS names a folder."""
    found = Axe().run(visitor.page).response["violations"]
    return [f"{issue['id']}: {node['html'][:120]}" for issue in found for node in issue["nodes"]]


def keep(visitor: Visit, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def named(path: str) -> str:
    return re.sub(r"[/?=&]+", "-", path.strip("/")) or "home"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_usable_by_everyone(path, size, rows, visit):
    visitor = visit(None, SIZES[size])
    place, mark, query = path.partition("?")
    expected = STATUSES.get(path, 200)
    assert visitor.open(f"{rows.get(place, place)}{mark}{query}") == expected
    keep(visitor, f"{named(path)}-{size}")
    assert violations(visitor) == []
    assert english_in(visitor) == []
    assert sideways(visitor) <= 0
    assert [said for said in visitor.complaints if str(expected) not in said] == []


@pytest.mark.parametrize("path", ON_PHONE)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390])
def test_phone_pages_are_usable_by_everyone(path, scheme, width, people, rows, visit):
    visitor = visit(people.grid, (width, 844))
    visitor.page.emulate_media(color_scheme=scheme)
    assert visitor.open(path) == 200
    keep(visitor, f"{named(path)}-{scheme}-{width}")
    assert violations(visitor) == []
    assert english_in(visitor) == []
    assert sideways(visitor) <= 0
    assert visitor.complaints == []
    low = visitor.page.eval_on_selector_all(
        "main a, main button, main select, nav a, .segments span",
        "all => all.filter(e => e.getBoundingClientRect().height < 48).map(e => e.outerHTML)",
    )
    assert low == []


def test_from_search_to_answer_by_keyboard_alone(rows, visit):
    visitor = visit(None)
    visitor.open("/")
    press = visitor.page.keyboard.press
    press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    press("Tab")
    assert visitor.page.evaluate("document.activeElement.id") == "q"
    visitor.page.keyboard.type("海浪")
    press("Enter")
    visitor.page.wait_for_url("**/institutions/?q=*")
    for _ in range(40):
        press("Tab")
        if visitor.page.evaluate("document.activeElement.textContent") == "厦门海浪舞蹈培训中心":
            break
    press("Enter")
    visitor.page.wait_for_url(f"**{rows['white']}")
    assert visitor.page.locator(".verdict .chip").inner_text() == "正常·白名单"


def test_everything_works_without_javascript(rows, chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    visitor = Visit(context.new_page(), address)
    visitor.open("/")
    visitor.page.fill("#q", "海浪")
    visitor.page.click(".search button")
    visitor.page.click("text=厦门海浪舞蹈培训中心")
    assert visitor.page.locator(".verdict .chip").inner_text() == "正常·白名单"
    visitor.page.click("text=长者模式")
    assert visitor.page.url.endswith(rows["white"])
    assert visitor.page.locator("html.face-elder").count() == 1
    context.close()


@pytest.mark.parametrize("path", ["/", "/lists/", "white"])
def test_elder_mode_and_zoom_do_not_break_pages(path, rows, visit, address):
    """390 px with letters of 140 %, and 1366 px at 200 % (which is 683 px wide)."""
    for size in (PHONE, (683, 384)):
        visitor = visit(None, size)
        visitor.page.context.add_cookies([{"name": "face", "value": "elder", "url": address}])
        visitor.open(rows.get(path, path))
        keep(visitor, f"elder-{named(path)}-{size[0]}")
        assert sideways(visitor) <= 0
        assert violations(visitor) == []


def test_the_page_of_an_institution_weighs_less_than_50_kb(rows, chromium, address):
    """The document and all that it loads, as a phone at the counter fetches it the first time."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    visitor, sizes = Visit(context.new_page(), address), {}
    visitor.page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    visitor.open(rows["white"])
    visitor.page.wait_for_load_state("networkidle")
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= 50_000, sizes
    context.close()


def test_a_grid_worker_reports_in_three_taps(people, rows, visit):
    """From today's page: the form, the kind, send; only the address is typed."""
    visitor = visit(people.grid, PHONE)
    visitor.open("/m/")
    visitor.page.click("text=上报无证场所")
    visitor.page.get_by_label("文化艺术类").check()
    visitor.page.fill("#id_address", "湖明路8号三楼")
    visitor.page.click("button:text('上报')")
    visitor.page.wait_for_url("**/m/forms/")
    site = UnlicensedSite.objects.get()
    assert visitor.page.locator(".said").inner_text() == f"已上报，编号 {site.number}。"
    keep(visitor, "m-forms-reported")


def test_the_look_finds_what_it_should(rows, visit):
    """Control: an image without words is found."""
    visitor = visit(None)
    visitor.open("/")
    visitor.page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
          '<img src="/static/favicon.svg">')"""
    )
    assert [line.split(":")[0] for line in violations(visitor)] == ["image-alt"]
