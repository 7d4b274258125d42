"""What nginx keeps, for whom, and what it lets through. Each protection is also seen to fail with it off."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import time
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from stack import nginx as shipped

from tests.operations.conftest import NAME, ROOT, TEMPLATE, Front, Site

PUBLIC = re.search(r"location ~ (\^/\(\?:\$\|.*\)) \{", TEMPLATE)[1]
COOKIES = {"Cookie": "__Host-session=secret; face=large; __Host-csrf=token"}
LIST = "/lists/?kind=white"
FORWARDED = "proxy_set_header X-Forwarded-For $remote_addr;\n"


def at_a_second() -> None:
    """Wait for the beginning of a second: nginx counts whole ones, so what is asked now is kept for one at least."""
    time.sleep(1.02 - time.time() % 1)


def twice(site: Site, front: Front, path: str, **headers: str) -> int:
    """How many of two quick requests reach the portal."""
    at_a_second()
    site.arrived()
    for _ in range(2):
        front.ask(path, **headers)
    return len(site.arrived())


# -- what is public -------------------------------------------------------------------------------------------------
def routes(patterns, prefix: str = "", names: str = "") -> list[tuple[str, str]]:
    """(namespaced name, an address of it) of every route."""
    found = []
    for pattern in patterns:
        part = re.sub(r"<[^>]*>", "x", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            space = f"{names}{pattern.namespace}:" if pattern.namespace else names
            found += routes(pattern.url_patterns, prefix + part, space)
        elif isinstance(pattern, URLPattern):
            found.append((f"{names}{pattern.name}", "/" + prefix + part))
    return found


def test_the_public_addresses_are_those_of_the_public_face() -> None:
    """A page that is added to the public face belongs into nginx.conf, and nothing else does."""
    every = routes(get_resolver().url_patterns)
    kept = {name for name, address in every if re.match(PUBLIC, address)}
    public = {name for name, _ in every if name.startswith("publicity:")} - {
        "publicity:choose_face",
        "publicity:api_unknown",
        "publicity:supervisor_object",  # a form with a token of its own
        *(
            "publicity:tip",
            "publicity:tip_receipt",
            "publicity:tip_progress",
            "publicity:answer",
            "publicity:money",
            "publicity:ledger_receipt",
            "publicity:letter_receipt",
        ),  # never kept, never logged
    }
    assert kept == public
    assert re.match(PUBLIC, "/admin/") is None


def test_control_an_address_more_or_less_shows() -> None:
    every = routes(get_resolver().url_patterns)
    assert [name for name, address in every if re.match(PUBLIC.replace("lists/", "m/"), address) and "phone" in name]
    assert not re.match(PUBLIC.replace("|lists/", ""), "/lists/")


def test_the_file_is_valid_and_the_handbook_fills_in_all_of_it(site: Site) -> None:
    done = subprocess.run(site.front.server.command("-t"), capture_output=True, text=True, check=False)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr
    handbook = (ROOT / "docs/operations/install.md").read_text(encoding="utf-8")
    command = re.search(r"^sed -e .*?nginx\.conf(?= > /etc/nginx/nginx\.conf$)", handbook, re.MULTILINE | re.DOTALL)[0]
    filled = subprocess.run(["sh", "-ec", command], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    values = dict(re.findall(r"s\|@([A-Z_]+)@\|([^|]*)\|'", command))
    assert filled == shipped.fill_in(values)


# -- what is kept ---------------------------------------------------------------------------------------------------
def test_a_public_page_is_kept_and_a_private_one_is_not(fresh: Site) -> None:
    assert [twice(fresh, fresh.front, path) for path in ("/", LIST, "/report/")] == [1, 1, 1]
    assert [twice(fresh, fresh.front, path) for path in ("/accounts/login/", "/admin/", "/m/", "/verify/")] == [2] * 4


def test_control_a_private_page_that_says_public_would_be_kept_if_it_were_not_named_by_its_address(fresh: Site) -> None:
    fresh.order(set={"Cache-Control": "public, max-age=1"})
    assert twice(fresh, fresh.front, "/enter/") == 2
    with fresh.variant(("lists/|", "lists/|enter/|")) as open_door:
        assert twice(fresh, open_door, "/enter/") == 1


def test_no_cookie_but_the_letter_size_reaches_the_portal_or_the_key(fresh: Site) -> None:
    at_a_second()
    large = fresh.front.ask("/", **COOKIES)
    assert [line["cookie"] for line in fresh.arrived()] == ["face=large"]
    assert fresh.front.ask("/", Cookie="face=large; __Host-session=another").body == large.body
    assert fresh.arrived() == []
    plain = fresh.front.ask("/", Cookie="face=../../x; sessionid=1")
    assert ([line["cookie"] for line in fresh.arrived()], plain.body != large.body) == ([""], True)
    assert fresh.front.ask("/").body == plain.body
    assert fresh.arrived() == []


def test_control_cookies_pass_or_split_the_cache(fresh: Site) -> None:
    with fresh.variant(("Cookie $public_cookie", "Cookie $http_cookie")) as leaking:
        at_a_second()
        leaking.ask("/", **COOKIES)
        assert "secret" in fresh.arrived()[0]["cookie"]
    with fresh.variant(("        proxy_ignore_headers Vary;", "")) as varying:
        at_a_second()
        for session in ("one", "two"):
            varying.ask("/", Cookie=f"__Host-session={session}")
        assert len(fresh.arrived()) == 2
    with fresh.variant(("$request_uri $face", "$request_uri")) as mixing:
        at_a_second()
        assert mixing.ask("/", Cookie="face=elder").body == mixing.ask("/").body  # the wrong letters for one of them


def test_nothing_else_of_the_visitor_reaches_a_public_page(fresh: Site) -> None:
    given = {"Authorization": "Basic eA==", "Accept": "text/html", "X_Forwarded_Host": "evil.cn", "User_Agent": "x"}
    fresh.front.ask(LIST, **given)
    expected = ["HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"]
    assert fresh.arrived()[0]["headers"] == expected


def test_private_pages_keep_their_cookies_and_may_set_some(fresh: Site) -> None:
    fresh.front.ask("/admin/", **COOKIES)
    assert fresh.arrived()[0]["cookie"] == COOKIES["Cookie"]
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    chosen = fresh.front.ask("/view/", method="POST", body=b"face=elder&back=/lists/", **form)
    assert (chosen.status, chosen.one("Location")) == (302, "/lists/")
    assert chosen.one("Set-Cookie").startswith("face=elder;")


def test_an_answer_that_sets_a_cookie_is_not_kept(fresh: Site) -> None:
    fresh.order(add=[["Set-Cookie", "visitor=1"]])
    assert twice(fresh, fresh.front, "/") == 2
    with fresh.variant(("proxy_ignore_headers Vary;", "proxy_ignore_headers Vary Set-Cookie;")) as careless:
        assert twice(fresh, careless, "/") == 1


def test_refusals_and_errors_are_not_kept(fresh: Site) -> None:
    gone = "/institutions/zzzzzzzzzzzz/"
    assert (fresh.front.ask(gone).status, twice(fresh, fresh.front, gone)) == (404, 2)
    with fresh.variant(
        ("proxy_ignore_headers Vary;", "proxy_ignore_headers Vary Cache-Control; proxy_cache_valid any 1m;")
    ) as careless:
        assert twice(fresh, careless, gone) == 1
    often = (fresh.front.ask(f"/lists/?q={quote('词')}{n}").status for n in range(130))  # two minutes' worth
    assert 429 in often  # asked no further: the next minute would allow more
    assert (fresh.front.ask("/lists/?q=1").status, twice(fresh, fresh.front, "/lists/?q=1")) == (429, 2)
    fresh.order(status="500 Broken", set={"Cache-Control": "no-store", "X-Accel-Expires": None})
    assert (fresh.front.ask("/report/").status, twice(fresh, fresh.front, "/report/")) == (500, 2)


# -- whose address, which scheme ------------------------------------------------------------------------------------
FORGED = {"X_Forwarded_For": "6.6.6.6", "X__Forwarded__For": "7.7.7.7", "Forwarded": "for=8.8.8.8"}


@pytest.mark.parametrize("path", ["/accounts/login/", "/"])
def test_a_forged_address_is_not_believed(fresh: Site, path: str) -> None:
    fresh.front.ask(path, source="127.0.0.7", X_Forwarded_Proto="http", **FORGED)
    [line] = fresh.arrived()
    assert (line["address"], line["secure"]) == ("127.0.0.7", True)


def test_control_a_forged_address_is_believed(fresh: Site) -> None:
    with fresh.variant((FORWARDED, ""), ("proxy_set_header X-Forwarded-Proto $scheme;\n", "")) as careless:
        careless.ask("/accounts/login/", source="127.0.0.7", X_Forwarded_Proto="https", **FORGED)
        assert fresh.arrived()[0]["address"] == "6.6.6.6"
    with fresh.variant((FORWARDED, ""), ("gzip off;", "gzip off; underscores_in_headers on;")) as underscored:
        underscored.ask("/accounts/login/", X__Forwarded__For="7.7.7.7")
        assert fresh.arrived()[0]["address"] == "7.7.7.7"


# -- TLS, names, sizes, limits, log ---------------------------------------------------------------------------------
def test_plain_http_leads_to_https_and_strangers_get_nothing(site: Site) -> None:
    def said(text: str) -> bytes:
        with socket.create_connection(("127.0.0.1", site.front.server.http), timeout=10) as link:
            link.sendall(text.encode())
            try:
                return link.recv(4096)
            except ConnectionResetError:
                return b""

    moved = said(f"GET /lists/?kind=white HTTP/1.1\r\nHost: {NAME}\r\n\r\n")
    assert b"301" in moved.split(b"\r\n")[0]
    assert f"Location: https://{NAME}/lists/?kind=white".encode() in moved
    assert said("GET / HTTP/1.1\r\nHost: other.example.cn\r\n\r\n") == b""
    context = ssl.create_default_context()
    with (
        socket.create_connection(("127.0.0.1", site.front.server.https), timeout=10) as link,
        pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"),
    ):
        context.wrap_socket(link, server_hostname="other.example.cn")


def test_old_tls_is_not_spoken_and_http_2_is(site: Site) -> None:
    def agreed(version: ssl.TLSVersion) -> tuple[str | None, str | None]:
        context = ssl.create_default_context(cafile=str(site.front.server.certificate))
        context.set_alpn_protocols(["h2", "http/1.1"])
        context.maximum_version = version
        with socket.create_connection(("127.0.0.1", site.front.server.https), timeout=10) as link:
            with context.wrap_socket(link, server_hostname=NAME) as secured:
                return secured.version(), secured.selected_alpn_protocol()

    assert agreed(ssl.TLSVersion.TLSv1_3) == ("TLSv1.3", "h2")
    assert agreed(ssl.TLSVersion.TLSv1_2) == ("TLSv1.2", "h2")
    assert re.search(r"^\s*ssl_protocols TLSv1\.2 TLSv1\.3;$", TEMPLATE, re.MULTILINE)


def test_large_bodies_are_for_imports_and_photos_only(fresh: Site) -> None:
    body = b"x" * (4 << 20)
    refused = fresh.front.ask("/enter/", method="POST", body=body)
    assert (refused.status, "100MB" in refused.body.decode(), fresh.arrived()) == (413, True, [])
    fresh.front.ask("/admin/imports/batch/upload/", method="POST", body=body)
    assert [line["path"] for line in fresh.arrived()] == ["/admin/imports/batch/upload/"]
    fresh.front.ask("/m/api/visits/", method="POST", body=body)
    assert [line["path"] for line in fresh.arrived()] == ["/m/api/visits/"]
    assert fresh.front.ask("/m/api/visits/", method="POST", body=b"x" * (46 << 20)).status == 413
    assert fresh.front.ask("/m/forms/", method="POST", body=body).status == 413


def test_the_net_holds_one_address_that_asks_without_end(fresh: Site) -> None:
    with fresh.variant(("        127.0.0.0/8 0;\n", "")) as counting:
        answers = counting.many("/static/favicon.svg", 1500)
        assert {answer.status for answer in answers} == {200, 429}
        assert "频繁" in answers[-1].body.decode()
        assert (answers[-1].one("Retry-After"), answers[-1].one("Cache-Control")) == ("60", "no-store")
        assert counting.ask("/static/favicon.svg", source="127.0.0.9").status == 200


def test_the_log_holds_no_words_that_were_searched(fresh: Site) -> None:
    fresh.front.ask("/lists/?q=SEARCHED", Referer="https://localhost/?q=REFERRED")
    fresh.front.ask("/verify/CODE12345/")
    log = fresh.front.server.home / "access.log"
    give_up = time.monotonic() + 10
    while "/verify/*" not in (text := log.read_text(encoding="utf-8")):
        assert time.monotonic() < give_up, text[-500:]
        time.sleep(0.2)
    assert "/lists/ 200" in text
    assert not re.search("SEARCHED|REFERRED|CODE12345|localhost/\\?", text)
