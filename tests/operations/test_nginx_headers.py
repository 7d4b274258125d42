"""Headers once on every answer, whoever gives it; files with hashes for ever; compression for public text only."""

from __future__ import annotations

import gzip
import re

import pytest

from foundation.core.headers import PERMISSIONS, STRICT
from tests.operations.conftest import Answer, Site

ALWAYS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Content-Security-Policy": STRICT,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS.format(camera="()"),
}
PLAIN = "/static/favicon.svg"


def hashed(site: Site) -> str:
    """A style sheet as the public home page names it."""
    return re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', site.front.ask("/").body.decode())[1]


def faults(answer: Answer) -> list[str]:
    """What is missing, twice there or another value than the portal's own."""
    found = {name: answer.all(name) for name in ALWAYS}
    wrong = [f"{name}: {found[name]}" for name, value in ALWAYS.items() if found[name] != [value]]
    once = [name for name in ("Cache-Control", "Server") if len(answer.all(name)) != 1]
    return wrong + once + ([] if answer.one("Server") == "nginx" else [answer.one("Server")])


def test_every_answer_carries_each_header_once(fresh: Site) -> None:
    paths = ["/", "/lists/?kind=white", "/institutions/zzzzzzzzzzzz/", "/robots.txt", "/accounts/login/"]
    paths += ["/api/v1/public/lists/white", PLAIN, hashed(fresh), "/static/none.css", "/nowhere/", "/static/"]
    twice = {path: [faults(fresh.front.ask(path)), faults(fresh.front.ask(path))] for path in paths}  # made, then kept
    assert {path: found for path, found in twice.items() if found != [[], []]} == {}


def test_nginxs_own_refusals_carry_them_too(fresh: Site) -> None:
    large = fresh.front.ask("/enter/", method="POST", body=b"x" * (4 << 20))
    posted = fresh.front.ask(PLAIN, method="POST", body=b"x")
    with fresh.variant(upstream="127.0.0.1:9") as alone:
        down, page = alone.ask("/accounts/login/"), alone.ask("/")
        kept = alone.ask(PLAIN)
    assert [answer.status for answer in (large, posted, down, page, kept)] == [413, 403, 503, 503, 200]
    assert [faults(answer) for answer in (large, posted, down, page, kept)] == [[]] * 5
    assert "暂时无法访问" in down.body.decode()
    assert (down.one("Retry-After"), down.one("Cache-Control")) == ("30", "no-store")


def test_control_a_header_that_is_added_blindly_comes_twice(fresh: Site) -> None:
    with fresh.variant(("X-Content-Type-Options $own_nosniff", "X-Content-Type-Options nosniff")) as blind:
        assert faults(blind.ask("/")) == ["X-Content-Type-Options: ['nosniff', 'nosniff']"]
        assert faults(blind.ask(PLAIN)) == []
    with fresh.variant(("server_tokens off;", ""), ('"" DENY;', '"" "";')) as talkative:
        assert faults(talkative.ask(PLAIN))[0] == "X-Frame-Options: []"
        assert faults(talkative.ask(PLAIN))[-1].startswith("nginx/")


def test_files_live_as_long_as_their_names_allow(site: Site) -> None:
    forever = site.front.ask(hashed(site), Accept_Encoding="gzip")
    assert forever.one("Cache-Control") == "public, max-age=31536000, immutable"
    assert (forever.one("Content-Encoding"), forever.one("Content-Type")) == ("gzip", "text/css; charset=utf-8")
    assert gzip.decompress(forever.body) == site.front.ask(hashed(site)).body
    assert site.front.ask(PLAIN).one("Cache-Control") == "public, max-age=60"
    assert site.front.ask("/static/gone.0123456789ab.css").one("Cache-Control") == "no-store"
    assert site.front.ask("/static/../manage.py").status in {400, 404}
    assert site.front.ask("/static/%2e%2e/orders.json").status in {400, 404}


@pytest.mark.parametrize(("path", "packed"), [("/", "gzip"), ("/accounts/login/", ""), ("/verify/", "")])
def test_only_public_text_is_compressed(site: Site, path: str, packed: str) -> None:
    answer = site.front.ask(path, Accept_Encoding="gzip")
    assert (answer.one("Content-Encoding"), len(answer.body) > 1000) == (packed, True)


def test_control_compression_everywhere(site: Site) -> None:
    with site.variant(("gzip off;", "gzip on;")) as breach:
        assert breach.ask("/accounts/login/", Accept_Encoding="gzip").one("Content-Encoding") == "gzip"
