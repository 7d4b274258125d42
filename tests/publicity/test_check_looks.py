"""What the look at one page finds, and what it lets pass."""

from __future__ import annotations

import pytest

from foundation.accounts.models import Organ
from institutions.models import Institution
from publicity.checking import addresses, headers
from publicity.checking.looking import Onlooker
from publicity.checking.visitor import Answer, Visitor
from publicity.checking.wording import personal, planted
from tests.institutions.factories import institution
from tests.institutions.test_staff_and_teaching import id_number
from tests.publicity.factories import BUREAU, reachable

pytestmark = pytest.mark.django_db
SAFE = {
    "content-security-policy": "default-src 'self'; object-src 'none'", "permissions-policy": "camera=(), usb=()",
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin", "cache-control": "public",
}  # fmt: skip
FRAME = '<!doctype html><html><head><link rel="stylesheet" href="/static/public.css"></head><body>{}</body></html>'

#: A random token that has "vpn" in it, as one of some twenty thousand has.
TOKEN = "Qm3VPN7ke0" + "a1B2" * 13 + "zZ"


def answer(body: str, kind: str = "text/html; charset=utf-8", path: str = "/") -> Answer:
    return Answer(path, 200, {**SAFE, "content-type": kind}, body.encode())


def kinds(body: str, **given) -> list[str]:
    return sorted({str(found.kind) for found in Onlooker().look(answer(FRAME.format(body), **given)).found})


ATTACKS = {
    '<p style="display:none">x</p>': "hidden",
    '<p style="DISPLAY : none !important">x</p>': "hidden",
    '<p style="visibility:hidden">x</p>': "hidden",
    '<p style="position:absolute;left:-9999px">x</p>': "hidden",
    '<p style="font-size:0">x</p>': "hidden",
    '<p style="height:0px;overflow:hidden">x</p>': "hidden",
    '<p style="opacity:0.0">x</p>': "hidden",
    '<p style="text-indent:-2000px">x</p>': "hidden",
    '<p style="color:#fff;background:#fff">x</p>': "hidden",
    "<p hidden>x</p>": "hidden",
    '<span class="visually-hidden"><a href="/lists/">x</a></span>': "hidden",
    '<div class="a visually-hidden"><p>y<br>z</p><em><a href="/">x</a></em></div>': "hidden",
    '<!-- <a href="/lists/">x</a> -->': "hidden",
    "<!-- //evil.example/a -->": "hidden",
    "<style>p{color:red}</style>": "hidden",
    "<noscript>x</noscript>": "hidden",
    '<meta http-equiv="Refresh" content="0;url=/lists/">': "code",
    '<iframe src="/lists/"></iframe>': "code",
    '<object data="/a.swf"></object>': "code",
    "<script>1</script>": "code",
    '<script src="/media/a.js"></script>': "code",
    '<base href="/x/">': "code",
    '<p onclick="x()">x</p>': "code",
    '<a href="javascript:x()">x</a>': "code",
    '<a href="java&#10;script:x()">x</a>': "code",
    '<a href="data:text/html,x">x</a>': "code",
    '<form action="vbscript:x"></form>': "code",
    '<a href="https://evil.example/">x</a>': "foreign",
    '<a href="//evil.example/">x</a>': "foreign",
    '<a href="\\\\evil.example/">x</a>': "foreign",
    '<a href="http://127.0.0.1:8000@evil.example/">x</a>': "foreign",
    '<img src="http://evil.example/x.png">': "foreign",
    '<img srcset="/a.png 1x, https://evil.example/b.png 2x">': "foreign",
    '<form action="https://evil.example/"></form>': "foreign",
    '<button formaction="https://evil.example/">x</button>': "foreign",
    '<a href="ftp://evil.example/">x</a>': "foreign",
    "<p>博<b></b>彩</p>": "planted",
    f'<input type="hidden" value="{TOKEN} 博彩">': "planted",
    f'<input type="text" value="{TOKEN}">': "planted",
    "<p>博<!-- -->彩</p>": "planted",
    '<img alt="博彩" src="/a.png">': "planted",
    '<p title="365bet">x</p>': "planted",
    "<title>澳门赌场</title>": "planted",
    '<meta name="keywords" content="六合彩">': "planted",
    '<a href="/?q=%E5%8D%9A%E5%BD%A9">x</a>': "planted",
    "<p>科学上网VPN下载</p>": "planted",
    "<p>裸聊</p>": "planted",
    "<p>联系 13912345678</p>": "personal",
    "<p>１３９ １２３４ ５６７８</p>": "personal",
    "<p>+86 139-1234-5678</p>": "personal",
    f"<p>{id_number(7)}</p>": "personal",
    "<p>350203800101123</p>": "personal",
}
HARMLESS = [
    '<a href="/lists/?kind=white">白名单</a>', '<a href="#content">跳到正文</a>', '<a href="tel:12345">12345</a>',
    '<a href="mailto:jubao@siming.example">x</a>', '<a href="http://127.0.0.1:8000/lists/">x</a>',
    '<input type="hidden" name="back" value="/">', '<span class="visually-hidden">只给读屏</span>',
    '<span class="visually-hidden">x</span><a href="/">y</a>', '<img alt="" src="data:image/svg+xml;base64,AA==">',
    "<td>特色</td><td>情况</td>", "<p>广博，彩色</p>", f"<p>{'1' * 64}</p>", "<p>教民135020312345678号</p>",
    "<p>91350203MA2YF9J32P</p>", "<p>0592-5863600</p>", "<!-- 列表开始 -->", "<p>2024-04-24 09:30</p>",
    '<script src="/static/public.js"></script>', "<p>a13912345678b</p>",
    f'<input type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}">',
    f'<input type="hidden" name="draft" value="v1$aes256gcm$f590967d$05fu3VpN7$PIVfYDyMM6-B4_={"A" * 40}">',
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), ATTACKS.items())
def test_what_our_templates_never_write_is_found(body, kind):
    assert kinds(body) == [kind]


@pytest.mark.parametrize("body", HARMLESS)
def test_what_our_templates_do_write_is_no_finding(body):
    assert kinds(body) == []


@pytest.mark.parametrize(
    ("body", "kind", "found"),
    [
        ("编号,名称\r\n1,博 彩\r\n", "text/csv; charset=utf-8", ["planted"]),
        ('{"a": [{"\\u535a\\u5f69": 1}]}', "application/json", ["planted"]),
        ('{"a": "13912345678"}', "application/json", ["personal"]),
        ("not json 博彩", "application/json", ["planted"]),
        ("a{background:url(//evil.example/a.png)}", "text/css", ["foreign"]),
        ("@import 'https://evil.example/a.css';", "text/css", ["foreign"]),
        ("1,安静的画室\r\n", "text/csv", []),
    ],
)
def test_files_and_json_are_read_too(body, kind, found):
    assert sorted({str(one.kind) for one in Onlooker().look(answer(body, kind)).found}) == found


def test_the_same_fault_on_two_pages_is_one_problem():
    first, second = (
        Onlooker().look(answer(FRAME.format("<iframe></iframe>"), path=path)).found[0] for path in ("/", "/lists/")
    )
    assert first.key == second.key


# -- personal data -------------------------------------------------------------------------------------------------
def test_published_numbers_are_no_personal_data(cast):
    reachable(cast)
    assert kinds("<p>13912345678</p>") == ["personal"]
    Organ.objects.filter(report_phone=BUREAU["report_phone"]).update(report_phone="139-1234-5678")
    assert kinds("<p>13912345678</p>") == []
    institution(cast.officer, public_phone="13812345678")
    assert kinds("<p>138 1234 5678</p>") == []
    assert kinds("<p>13712345678</p>") == ["personal"]


def test_a_registered_credit_code_is_no_identity_number(cast):
    number = id_number(3)
    assert kinds(f"<p>{number}</p>") == ["personal"]
    row = institution(cast.officer)
    Institution.objects.filter(pk=row.pk).update(credit_code=number)
    assert kinds(f"<p>{number}</p>") == []


def test_canaries_are_found_wherever_they_stand(settings):
    settings.PUBLIC_CANARIES = ["金丝雀"]
    assert kinds("<p>王金\u200b丝雀</p>") == ["personal"]


def test_what_is_told_repeats_nothing():
    assert [hit.words for hit in personal("13912345678")] == ["手机号码 139****78"]
    number = id_number(5)
    assert [hit.words for hit in personal(number)] == [f"身份证号 {number[:4]}**********{number[-1]}"]
    assert "bet" not in planted("泉州365bet市365防伪查询系统bet365").words


# -- hosts and headers ---------------------------------------------------------------------------------------------
def test_hosts_of_the_settings_are_allowed(settings):
    assert addresses.foreign_host("https://www.moe.gov.cn/a") == "www.moe.gov.cn"
    settings.PUBLIC_HOSTS = ["www.moe.gov.cn"]
    assert addresses.foreign_host("https://www.moe.gov.cn/a") == ""


@pytest.mark.parametrize("name", SAFE)
def test_each_missing_header_is_named(name):
    bare = Answer("/", 200, {key: value for key, value in SAFE.items() if key != name}, b"")
    assert list(headers.faults(bare)) == [f"没有 {name} 响应头"]


@pytest.mark.parametrize(
    "policy",
    ["default-src 'self' 'unsafe-inline'", "default-src 'self'; img-src *", "default-src 'self' //cdn.example"],
)
def test_a_loose_policy_is_named(policy):
    loose = Answer("/", 200, {**SAFE, "content-security-policy": policy}, b"")
    [word] = headers.faults(loose)
    assert "放行" in word


def test_our_own_answers_have_them_all(cast):
    for path in ("/", "/lists/", "/robots.txt", "/static/public.css", "/nowhere/", "/api/v1/public/lists/white"):
        assert list(headers.faults(Visitor().get(path))) == [], path


def test_the_visitor_is_never_turned_away(db):
    visitor = Visitor()
    assert {visitor.get("/institutions/").status for _ in range(130)} == {200}


def test_the_visitor_is_turned_away_when_it_does_not_move(db, monkeypatch):
    """Control: the throttle does count the visitor, who gets through only by moving on."""
    visitor = Visitor()
    monkeypatch.setattr("publicity.checking.visitor.PER_ADDRESS", 10**9)
    assert [visitor._ask("/institutions/").status for _ in range(61)][-1] == 429
    assert visitor.get("/institutions/").status == 200
