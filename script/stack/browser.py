"""Chromium for the browser tests."""

import os
import shutil
import subprocess
from collections.abc import Callable

from stack.console import say
from stack.family import Family
from stack.packages import apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """The browser that CHROMIUM_PATH names, else the system's."""
    given = os.environ.get("CHROMIUM_PATH")
    return given or next(filter(None, map(shutil.which, NAMES)), None)


def ensure(family: Family, remark: Callable[[str], None]) -> dict[str, str]:
    """Environment for the tests; as root on Debian a missing browser or Chinese font is installed first."""
    missing = [name for name, there in (("chromium", find()), ("fonts-noto-cjk", _chinese_font())) if not there]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        remark(f"installing {' '.join(missing)}")
        apt_install(family, *missing)
    environment = {"REQUIRE_BROWSER": "1"} if os.environ.get("CI") == "true" else {}
    if path := find():
        environment["CHROMIUM_PATH"] = path
    else:
        fate = "fail" if environment else "are skipped"
        say(f"\n  No Chromium here: the browser tests {fate}. On Debian: apt-get install chromium fonts-noto-cjk")
    return environment


def _chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if not lister:
        return find() is not None and not shutil.which("apt-get")
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout.strip())
