"""A phone with Chromium whose memory outlives the browser: killed and opened again, with and without a network."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from foundation.core.actor import Actor
from tests.browser.conftest import PHONE, QUIET, cookie_of

VISIT = "/m/visit/"
expect.set_options(timeout=30_000)  # a machine with other work is slow, not wrong
#: What Chromium itself writes about answers that the page deals with: not a fault of the page.
EXPECTED = (
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_FAILED",
    "status of 401",
    "status of 409",
    "status of 404",
    "status of 422",
)
#: True once a newer shell waits, or is already shown: the page may be the first to find it.
NEWER_IS_THERE = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration.waiting && !registration.installing) await registration.update();
  return Boolean(registration.waiting || document.querySelector(".demo"));
}"""
#: The worker goes on (another window asked) between a page's drawing and its asking for news.
GOES_ON_BEHIND_THE_PAGE = """
  const register = ServiceWorkerContainer.prototype.register;
  ServiceWorkerContainer.prototype.register = async function (...given) {
    const registration = await register.apply(this, given);
    const { waiting } = registration;
    if (!waiting) return registration;
    waiting.postMessage("use");
    while (waiting.state !== "activated") await new Promise((go) => setTimeout(go, 20));
    return registration;
  };
"""


class Phone:
    """One phone: a profile on the disk, the browser that runs on it, what the browser complained about."""

    def __init__(self, chromium: Browser, address: str, profile: Path, *, camera: Path | None = None) -> None:
        self.chromium, self.address, self.profile = chromium, address, profile
        self.flags = list(QUIET)
        if camera:  # a film instead of a camera
            self.flags += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={camera}"]
        self.complaints: list[str] = []
        self.context: BrowserContext | None = None
        self.page: Page = self.start()

    def start(self) -> Page:
        """Open the browser on this phone's memory."""
        self.context = self.chromium.browser_type.launch_persistent_context(
            self.profile,
            executable_path=os.environ.get("CHROMIUM_PATH") or "/usr/bin/chromium",
            args=self.flags,
            viewport={"width": PHONE[0], "height": PHONE[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=True,
            accept_downloads=True,
            geolocation={"latitude": 24.4798, "longitude": 118.0894},
            permissions=["camera", "geolocation", "clipboard-read", "clipboard-write"],
        )
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self._note("error", str(error)))
        return self.page

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not any(words in text for words in EXPECTED):
            self.complaints.append(text)

    def log_in(self, actor: Actor | None) -> None:
        """The session of this person, or of nobody; kept for 12 hours, as the log-in of a phone's post leaves it."""
        self.context.clear_cookies()
        if actor is not None:
            cookie = cookie_of(actor, self.address)
            self.context.add_cookies([{**cookie, "expires": time.time() + settings.SESSION_COOKIE_AGE}])
        self.context.close()  # Chromium writes cookies to the disk every half minute, and when it is closed
        self.start()

    def open(self, path: str = VISIT) -> None:
        self.page.goto(f"{self.address}{path}")

    def ready_for_no_signal(self) -> None:
        """The shell is kept and what may be picked is known."""
        self.page.wait_for_function("async () => Boolean((await navigator.serviceWorker.ready).active)")
        self.page.wait_for_function(
            """() => new Promise((resolve) => {
              const asked = indexedDB.open("shuanjian");
              asked.onsuccess = () => {
                const store = asked.result.transaction("known").objectStore("known").getAllKeys();
                store.onsuccess = () => {
                  asked.result.close();
                  resolve(store.result.some((key) => key.startsWith("subjects:")));
                };
              };
            })"""
        )

    def signal(self, there: bool) -> None:
        self.context.set_offline(not there)

    def kill(self) -> None:
        """As when the battery is pulled: the browser's own process and all that it started die at once."""
        self._kept()
        own = [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if self._runs_on_this_phone(pid)]
        for pid in own:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while any(map(self._runs_on_this_phone, own)) and time.monotonic() < deadline:
            time.sleep(0.05)
        with suppress(Error):
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink(missing_ok=True)

    def _runs_on_this_phone(self, pid: int) -> bool:
        with suppress(OSError):
            return str(self.profile) in Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        return False

    def close(self) -> None:
        with suppress(Error):
            self.context.close()

    def _kept(self) -> None:
        self.page.wait_for_function("() => (document.documentElement.dataset.saving ?? '0') === '0'")

    # -- what a person does ---------------------------------------------------------------------------------------
    def press(self, name: str, *, exact: bool = False) -> None:
        """The button or link with these words, once what was filled in before is kept: until then pages draw anew."""
        self._kept()
        words = self.page.get_by_role("button", name=name, exact=exact)
        words.or_(self.page.get_by_role("link", name=name, exact=exact)).first.click()

    def begin(self, place: str) -> None:
        """Choose a place and go to the first section."""
        self.press("开始一次检查")
        self.page.get_by_role("button", name=place).click()
        with suppress(Error):
            self.page.get_by_role("button", name="知道了").click(timeout=1500)
        self.press("开始逐项检查")

    def answer(self, code: str, label: str) -> None:
        self.page.locator(f'[data-code="{code}"]').get_by_role("radio", name=label, exact=True).check()

    def add_photo(self, within: str, content: bytes, *, camera: bool = True) -> None:
        """Through the button 拍照 or 相册 of a block."""
        place = self.page.locator(within)
        before = place.locator("img").count()
        wanted = "input[capture]" if camera else ".photo-buttons input:not([capture])"
        file = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content}
        place.locator(f".photo-buttons {wanted}" if camera else wanted).set_input_files(files=[file])
        expect(place.locator("img")).to_have_count(before + 1)

    def progress(self) -> str:
        return self.page.locator("[data-progress]").inner_text()

    def outbox(self) -> str:
        return self.page.locator("#outbox").inner_text()


def phones(chromium: Browser, address: str, folder: Path) -> Callable[[str], Phone]:
    return lambda name: Phone(chromium, address, folder / name)


def camera_photo(shade: int = 90, *, size: tuple[int, int] = (2400, 1800), turned: bool = True) -> bytes:
    """A JPEG as a phone's camera writes it: big, lying on its side, with the time and the exact place inside."""
    picture = Image.new("RGB", size, (shade, 140, 200 - shade // 2))
    for step in range(0, size[0], 60):
        picture.paste((shade, step % 255, 90), (step, 0, step + 30, size[1] // 2))
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    exif[0x010F], exif[0x0132] = "CanaryCamera", "2026:11:20 15:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (24.0, 28.0, 47.3), 3: "E", 4: (118.0, 5.0, 21.8)})
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif)
    return out.getvalue()


# -- what is looked at on each screen --------------------------------------------------------------------------------
def violations(page: Page) -> list[tuple[str, list]]:
    """Breaches of WCAG A/AA."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found]


def wider_than_the_phone(page: Page) -> int:
    return max(0, page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def small(page: Page) -> list[str]:
    """Targets lower than 44 px, links within sentences apart."""
    return page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, .segments span, .file, .tick, .switch")]
          .filter((each) => each.checkVisibility() && !each.closest(".note li"))
          .filter((each) => each.getBoundingClientRect().height < 43.5)
          .map((each) => each.className + " " + each.textContent.slice(0, 12))"""
    )
