"""The board of the public site in a real browser: after a check with findings, at desktop width and on a phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from institutions.models import Institution
from publicity.models import Finding
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_staff import serious_faults
from tests.browser.walking import english_in, sideways
from tests.publicity.checks import checked
from tests.publicity.factories import world

BOARD, FINDINGS = "/admin/publicity/publiccheck/", "/admin/publicity/finding/?standing=open"


@pytest.fixture(scope="module")
def site(people) -> Finding:
    white, *_ = world(people)
    Institution.objects.filter(pk=white.pk).update(
        hours="周末365防伪查询系统_bet3365标准版", address="湖滨路 13912345678"
    )
    checked()
    return Finding.objects.order_by("pk").first()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_board_findings_and_one_finding_are_usable(people, site, visit, size):
    visitor = visit(people.officer, size)
    pages = {"board": BOARD, "findings": FINDINGS, "finding": f"/admin/publicity/finding/{site.pk}/"}
    faults = {}
    for name, path in pages.items():
        assert visitor.open(path) == 200
        faults[name] = (serious_faults(visitor), english_in(visitor), max(sideways(visitor), 0))
        if folder := os.environ.get("SCREENSHOTS"):
            visitor.page.screenshot(path=Path(folder) / f"public-{name}-{size[0]}.png", full_page=True)
    assert faults == dict.fromkeys(pages, ([], [], 0))
    assert visitor.complaints == []


def test_a_check_is_started_with_the_button(people, site, visit):
    visitor = visit(people.officer)
    visitor.open(BOARD)
    visitor.page.get_by_role("link", name="立即检查").click()
    visitor.page.get_by_role("button", name="立即检查").click()
    visitor.page.wait_for_load_state()
    assert visitor.page.url.endswith(BOARD)
    assert "正在检查" in visitor.page.inner_text("main, body")
