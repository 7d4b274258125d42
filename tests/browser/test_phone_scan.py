"""Scanning the code on the door in real Chromium without a reader of its own, before a film instead of a camera."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from foundation.documents.rendering import qr_png
from institutions.models import Institution
from tests.browser.phones import Phone
from tests.institutions.factories import institution
from tests.supervisors.in_office import in_office

SIZE = (640, 480)
READER_KEPT = "async () => Boolean(await caches.match('/static/vendor/jsqr/jsQR.js'))"


@pytest.fixture(scope="module")
def place(people) -> Institution:
    in_office(people.supervisor)
    return institution(people.officer, name="思明区启明艺术培训中心", address="湖滨南路101号")


def film(path: Path, code: bytes) -> Path:
    """A y4m film of a poster held a little askew: what the camera of a phone would see."""
    poster = Image.new("L", SIZE, 200)
    seen = Image.open(io.BytesIO(code)).convert("L").resize((300, 300)).rotate(4, fillcolor=255, expand=True)
    poster.paste(seen, (150, 60))
    frame = b"FRAME\n" + poster.tobytes() + bytes([128]) * (SIZE[0] * SIZE[1] // 2)
    path.write_bytes(f"YUV4MPEG2 W{SIZE[0]} H{SIZE[1]} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10)
    return path


@pytest.fixture
def phone(chromium, address, tmp_path, people, place) -> Iterator[Callable[[str | None], Phone]]:
    """The supervisor's phone, before a poster with this address, or without a camera."""
    made: list[Phone] = []

    def make(code: str | None) -> Phone:
        camera = film(tmp_path / "film.y4m", qr_png(code)) if code else None
        mine = Phone(chromium, address, tmp_path / "phone", camera=camera)
        made.append(mine)
        mine.log_in(people.supervisor)
        mine.open()
        mine.ready_for_no_signal()
        assert mine.page.evaluate("'BarcodeDetector' in globalThis") is False
        mine.page.wait_for_function(READER_KEPT)
        return mine

    yield make
    for each in made:
        each.close()


def door_of(place: Institution) -> str:
    return f"https://portal.example{reverse('publicity:institution', args=[place.public_id])}"


@pytest.mark.parametrize("signal", [True, False], ids=["signal", "no signal"])
def test_the_code_on_the_door_chooses_the_institution(place, phone, signal):
    """Also without a network: reader and places are on the phone."""
    mine = phone(door_of(place))
    mine.signal(signal)
    mine.page.reload()
    mine.press("开始一次检查")
    mine.press("扫门口的二维码")
    expect(mine.page.get_by_role("heading", name="拍照提醒")).to_be_visible()
    mine.press("知道了")
    expect(mine.page.get_by_role("heading", name=place.name)).to_be_visible()
    assert mine.page.locator("video").count() == 0
    assert mine.complaints == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("https://portal.example/institutions/AAAAAAAAAAAA/", "这家机构不在您的片区"),
        ("https://elsewhere.example/pay?to=me", "这不是机构公示牌的二维码"),
    ],
)
def test_another_code_says_what_it_is_not(phone, code, words):
    mine = phone(code)
    mine.press("开始一次检查")
    mine.press("扫门口的二维码")
    expect(mine.page.locator("#said")).to_contain_text(words)
    assert mine.page.locator("dialog").count() == 0


@pytest.mark.parametrize("typed", [lambda place: place.public_id, door_of], ids=["number", "address"])
def test_without_a_camera_the_number_on_the_poster_is_typed(place, phone, typed):
    mine = phone(None)
    mine.press("开始一次检查")
    mine.press("扫门口的二维码")
    expect(mine.page.locator("#said")).to_contain_text("没有找到摄像头，请在下面查找")
    expect(mine.page.get_by_role("searchbox")).to_be_focused()
    mine.page.keyboard.type(typed(place))
    expect(mine.page.get_by_role("status").filter(has_text="共 1 处")).to_be_visible()
    mine.page.get_by_role("button", name=place.name).click()
    expect(mine.page.get_by_role("heading", name="拍照提醒")).to_be_visible()
    assert mine.complaints == []
