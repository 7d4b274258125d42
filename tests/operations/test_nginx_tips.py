"""Who reports something leaves no line in nginx's log, and nothing of the browser reaches the portal."""

from __future__ import annotations

import time

import pytest

from tests.operations.conftest import Front, Site
from tests.operations.test_nginx import twice

TOLD = {
    "Cookie": "face=large; canary=1",
    "User_Agent": "CANARY-AGENT",
    "Referer": "https://canary.example/",
    "Accept_Language": "zh",
}
SILENT = ("/tips/", "/tips/progress/", "/answer/", "/report/", "/static/tips.js")
OFF = ('"~^/(report|tips|answer|money|letter-receipt)/" 0;', "")


#: Each worker of nginx writes its lines by itself, five seconds after they came (``flush`` in nginx.conf).
FLUSHED = 6


def logged(front: Front, site: Site, *, enough: str) -> str:
    """The log after these pages and one that is logged, once these words are there."""
    for path in SILENT:
        front.ask(path, source="127.0.0.8", **TOLD)
    front.ask("/supervisors/")
    log, give_up = front.server.home / "access.log", time.monotonic() + 15
    while enough not in (text := log.read_text(encoding="utf-8")):
        assert time.monotonic() < give_up, text[-500:]
        time.sleep(0.2)
    return text


def test_the_log_does_not_know_who_reports(fresh: Site) -> None:
    logged(fresh.front, fresh, enough="/supervisors/")
    time.sleep(FLUSHED)  # what another worker might have to write is there now too
    text = (fresh.front.server.home / "access.log").read_text(encoding="utf-8")
    assert not any(path in text for path in SILENT)
    assert "127.0.0.8" not in text


def test_control_without_the_map_it_does(fresh: Site) -> None:
    with fresh.variant(OFF) as careless:
        assert "127.0.0.8" in logged(careless, fresh, enough="/tips/progress/")


@pytest.mark.parametrize("path", ["/tips/", "/tips/progress/", "/answer/"])
def test_nothing_of_the_browser_reaches_the_portal(fresh: Site, path: str) -> None:
    fresh.arrived()
    answer = fresh.front.ask(path, source="127.0.0.8", **TOLD)
    [line] = fresh.arrived()
    assert (answer.status, line["cookie"], line["address"]) == (200, "", "127.0.0.8")
    assert set(line["headers"]) <= {"HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"}
    assert (answer.one("Cache-Control"), answer.one("Referrer-Policy")) == ("no-store", "no-referrer")
    assert twice(fresh, fresh.front, path) == 2
