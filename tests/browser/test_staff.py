"""The staff's face in a real browser: Chinese throughout, without complaints, usable by everyone, at both widths."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.accounts.models import User
from tests import sampling
from tests.authz.objects import OBJECTS
from tests.authz.relations import OWN, Place, places
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.walking import english_in, hrefs, page_of, sideways, staff_pages

ROLES = ("officer", "leader", "city", "system", "security", "auditor", "bank")


#: Pages of rows and buttons that an earlier role of this run walked: they look the same to all who may open them.
KNOWN: set[str] = set()
#: Kinds of pages that axe-core was asked about.
EXAMINED: set[str] = set()
#: How many lists, rows and other pages the walks opened, how many forms they sent, and of how many roles they were.
SEEN: Counter[str] = Counter()


@pytest.fixture(scope="module")
def rows(people) -> None:
    """One object of every register, in the cast's own community."""
    own = next(place for place in places() if place.relation == OWN)
    place = Place("测试", own.jurisdiction, own.division, own.category)
    for name, objects in OBJECTS.items():
        if name.startswith("admin:"):
            objects.make(place)


#: Takes out what a form offers by itself: sent with it, the page would do what it is for, and the walk changes nothing.
EMPTY = """() => document.querySelectorAll(
    ".operation input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), .operation textarea"
).forEach((field) => { field.value = ""; })"""


def examined(visitor: Visit, path: str) -> list[tuple[str, list[str]]]:
    """What axe-core says of a kind of page, once a run: of one of six in CI, of all under ``script/prove staff``."""
    kind = page_of(path)
    if kind in EXAMINED or not sampling.taken(f"axe {kind}", one_of=6):
        return []
    EXAMINED.add(kind)
    return serious_faults(visitor)


def kind_of(path: str) -> str:
    parts = path.partition("?")[0].strip("/").split("/")
    return "list" if len(parts) <= 3 else "row" if parts[-1].isdigit() else "page"


@pytest.mark.prove
@pytest.mark.parametrize("role", ROLES)
def test_every_staff_page_is_chinese_quiet_and_fits_a_phone(role, people, rows, visit):
    """Walks from the menu through every list of the role, and every first row and button that no role walked before.

    On a phone: what is asked beside the width does not hang on it. A run walks a fifth of the lists of each role and a
    fifth of the pages below them, another fifth after each change of the code; ``script/prove staff`` walks all.
    """
    visitor = visit(getattr(people, role), PHONE)
    names = set(User.objects.values_list("username", flat=True))
    visited, sent, english, wide, faults = [], 0, {}, {}, {}
    for path in staff_pages(visitor, known=KNOWN, shift=ROLES.index(role), whole=sampling.FULL):
        visited.append(path)
        if found := english_in(visitor, names=names):
            english[path] = found
        if (pixels := sideways(visitor)) > 0:
            wide[path] = pixels
        if found := examined(visitor, path):
            faults[path] = found
        if visitor.page.locator(".operation .required").count():
            visitor.page.evaluate(EMPTY)
            sent += 1
            visitor.page.locator(".operation button[type=submit]").last.click()
            visitor.page.wait_for_load_state()
            if found := english_in(visitor, names=names):
                english[f"{path} (sent empty)"] = found
    assert "/admin/" in visited
    assert english == {}
    assert wide == {}
    assert faults == {}
    assert visitor.complaints == []
    SEEN.update(Counter(map(kind_of, visited)) + Counter(form=sent, roles=1))


@pytest.mark.prove
def test_the_walks_came_to_pages_of_every_kind():
    """Lists, rows, pages below them and forms, in a sample too."""
    if SEEN["roles"] < len(ROLES):
        pytest.skip("the walks of all roles have to go before, and well")
    print(dict(SEEN))  # noqa: T201
    least = 12 if sampling.FULL else 4  # a sample has some twenty pages, half of them with a form
    assert [kind for kind in ("list", "row", "page", "form") if SEEN[kind] < least] == []


def test_the_walk_sees_what_it_should(people, rows, visit):
    """Controls of the walk: English, an inline script and a wide element show up."""
    visitor = visit(people.officer)
    assert len(list(islice(staff_pages(visitor), 11))) > 10
    visitor.open("/admin/")
    visitor.page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend",
            '<p>Type to search</p><input placeholder="Choose file"><p>JB-2024-0001 PDF a@b.cn https://x.cn/y</p>');
          const wide = document.createElement("div");
          wide.style.width = "900px"; wide.style.height = "1px";
          document.querySelector("#content").append(wide);
          const script = document.createElement("script");
          script.textContent = "window.broken = 1";
          document.head.append(script);
        }"""
    )
    assert english_in(visitor) == ["Choose file", "Type to search"]
    assert sideways(visitor) > 0
    assert [complaint for complaint in visitor.complaints if "Content Security Policy" in complaint] != []
    assert visitor.page.evaluate("window.broken") is None


def serious_faults(visitor: Visit) -> list[tuple[str, list[str]]]:
    """What axe-core calls serious or critical: (rule, pieces of the page)."""
    return [
        (violation["id"], [node["html"][:160] for node in violation["nodes"][:3]])
        for violation in Axe().run(visitor.page).response["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_home_list_detail_and_form_are_usable_by_everyone(people, rows, visit, size):
    visitor = visit(people.officer, size)
    listing = "/admin/institutions/institution/"
    visitor.open(listing)
    detail = hrefs(visitor, "#result_list tbody th a")[0]
    visitor.open(detail)
    form = hrefs(visitor, ".page-head .buttons a")[0]
    found = {}
    for path in ("/admin/", listing, detail, form):
        visitor.open(path)
        if serious := serious_faults(visitor):
            found[path] = serious
    assert found == {}
    visitor.page.evaluate("document.querySelector('.operation').insertAdjacentHTML('beforeend', '<input>')")
    assert [name for name, _ in serious_faults(visitor)] == ["label"]


def test_a_row_opens_by_click_and_the_list_comes_back_with_its_filters(people, rows, visit):
    visitor = visit(people.officer)
    visitor.open("/admin/institutions/institution/?per_page=50&o=-1")
    page = visitor.page
    page.locator("#result_list tbody tr td").last.click()
    page.wait_for_url("**/institution/*/?back=*")
    page.locator(".page-foot a", has_text="返回").click()
    page.wait_for_url("**/institution/?per_page=50&o=-1")
    assert page.locator(".page-sizes [aria-current]").inner_text() == "50"


def test_tabs_work_by_mouse_and_keyboard_and_keep_their_place(people, rows, visit):
    visitor = visit(people.officer)
    visitor.open("/admin/institutions/institution/")
    visitor.open(hrefs(visitor, "#result_list tbody th a")[0])
    page = visitor.page
    tabs = page.get_by_role("tab")
    assert tabs.count() > 1
    assert page.get_by_role("tabpanel").count() == 1
    tabs.nth(0).focus()
    page.keyboard.press("ArrowRight")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    assert page.locator("[role=tabpanel]:visible").get_attribute("aria-labelledby") == tabs.nth(1).get_attribute("id")
    page.reload()
    assert page.get_by_role("tab").nth(1).get_attribute("aria-selected") == "true"
    assert not {"0"} & set(tabs.locator(".tab-count").all_inner_texts())
    filled = tabs.count()
    page.get_by_role("button", name="暂无记录的").click()
    assert tabs.count() > filled
    assert page.locator(":focus .tab-count").inner_text() == "0"


def test_logging_out_from_the_menu_ends_the_session(people, visit):
    visitor = visit(people.officer)
    visitor.open("/admin/")
    visitor.page.locator(".user-menu summary").click()
    visitor.page.get_by_role("button", name="退出登录").click()
    visitor.page.wait_for_load_state()
    visitor.open("/admin/")
    assert "/accounts/login/" in visitor.page.url
