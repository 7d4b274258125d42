"""An institution without an account, on a phone: code, paper, a defence with a photo; then the officer sees it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.core import clock, outbox
from tests.browser.conftest import PHONE, Visit
from tests.browser.walking import english_in, sideways
from tests.institutions.factories import AT
from tests.listings.factories import deliver, served
from tests.photos.factories import jpeg


@pytest.fixture(autouse=True)
def now(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(AT):
        yield


def faults(visitor: Visit) -> list[str]:
    found = Axe().run(visitor.page).response["violations"]
    return [*(issue["id"] for issue in found), *english_in(visitor), *visitor.complaints]


def test_a_slips_holder_defends_itself_and_the_officer_sees_it(people, visit):
    entry = served(people)
    deliver()  # the notice becomes a file
    address = f"/admin/listings/listentry/{entry.pk}/"
    officer = visit(people.officer)
    officer.open(f"{address}slip/")
    officer.page.click("button:has-text('开通网上回执')")
    code = re.sub(r"\D", "", officer.page.locator(".slip-digits").inner_text())

    party = visit(None, PHONE)
    page = party.page
    party.open(f"/answer/#{code}")
    assert "#" not in page.url, "the code is taken out of the address"
    page.click("button:text('打开')")
    assert entry.prior_notice.number in page.locator("dl.facts").inner_text()
    assert (faults(party), sideways(party)) == ([], 0)
    with page.expect_download() as paper:
        page.click("button:has-text('下载文书')")
    assert paper.value.path().read_bytes()[:5] == b"%PDF-"
    page.get_by_label("陈述申辩内容").fill("退费已于十月办结，附转账记录")
    page.get_by_label("提出人姓名和职务").fill("校长王某")
    page.set_input_files("input[name=photos]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1)})
    page.click("button:text('提交')")
    assert "已收到" in page.locator("[role=status]").inner_text()
    assert "照片1张" in page.locator("ol.talk").inner_text()
    assert (faults(party), sideways(party)) == ([], 0)

    outbox.deliver_all(at=AT)  # the photo is drawn
    officer.open(address)
    card = officer.page.locator("section, .card", has_text="当事人提交").last
    assert "退费已于十月办结" in card.inner_text()
    assert card.locator(".photos img").count() == 1
