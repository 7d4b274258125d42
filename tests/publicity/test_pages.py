"""Every public page: what it says, what it must not say, what it costs."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from foundation.accounts.models import Organ
from foundation.core import clock
from institutions.enums import LicenceStatus, StandingKind, Status
from institutions.models import Institution
from institutions.operations.status import change_status
from listings.enums import ListKind
from listings.operations.removal import approve_delisting, propose_delisting
from publicity.faces import COOKIE
from publicity.moments import moment_of
from publicity.rows import shelf_rows
from publicity.shelves import Asked, Shelf
from publicity.shown import masked_name
from publicity.verdicts import verdict
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed
from tests.publicity.factories import BUREAU, good, reachable, world

pytestmark = pytest.mark.django_db
LIST_QUERIES, DIRECTORY_QUERIES, PAGE_QUERIES = 15, 20, 17


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def text(client, path, **query) -> str:
    response = client.get(path, query)
    assert response.status_code == 200, path
    return response.content.decode()


def names(client, **query) -> list[str]:
    return [row.name for row in client.get("/lists/", query).context["rows"]]


def page_of(row) -> str:
    return f"/institutions/{row.public_id}/"


# -- what pages say ------------------------------------------------------------------------------------------------
def test_home_has_search_two_doors_and_editions(cast, client):
    world(cast)
    html = text(client, "/")
    assert html.index('type="search"') < html.index("查机构") < html.index("名单公布")
    assert "白名单 第1期" in html
    assert "截至 2026-11-02 09:30，在列 1 家；本期列入 1 家" in html


def test_an_empty_portal_shows_no_empty_sections(db, client):
    html = text(client, "/")
    assert "名单公布" not in html
    assert "按类别查" not in html
    assert "白名单目前没有机构" in text(client, "/lists/")
    assert "12345" in text(client, "/report/")


def test_the_lists_with_edition_count_and_tabs(cast, client):
    white, black, _ = world(cast)
    html = text(client, "/lists/")
    assert "<strong>第1期</strong>　截至 2026-11-02 09:30，在列 1 家" in html
    assert (names(client), names(client, kind="black")) == ([white.name], [black.name])
    assert "超范围收费且拒不退费" in text(client, "/lists/", kind="black")
    assert names(client, kind="grey") == [white.name]


@pytest.mark.parametrize("term", ["海浪", "浪", "hlwd", "教民1350203", "湖滨"])
def test_lists_are_searched_like_the_register(cast, client, term):
    world(cast)
    listed(cast, institution(cast.officer, name="思明区别家机械社", address="别处"))
    assert names(client, q=term) == ["厦门海浪舞蹈培训中心"]


def test_filters_by_county_and_category_lead_where_they_say(cast, client):
    for category in ("arts", "arts", "sport"):
        listed(cast, institution(cast.officer, category=category))
    context = client.get("/lists/").context
    assert [(c.label, c.count) for c in context["categories"]] == [("全部", 3), ("体育类", 1), ("文化艺术类", 2)]
    for choice in context["categories"] + context["counties"]:
        assert client.get(f"/lists/{choice.query}").context["count"] == choice.count
    assert names(client, county="350211") == []
    assert names(client, category="nonsense") != []


def test_pages_turn_without_gaps_or_doubles_also_among_equal_names(cast, client):
    for number in range(45):
        institution(cast.officer, name=f"同名培训中心{number // 10}")
    seen, query, pages = [], "", 0
    while True:
        context = client.get(f"/institutions/{query}").context
        seen += [row.public_id for row in context["rows"]]
        pages += 1
        if not (query := context["next"]):
            break
    assert (pages, len(seen), len(set(seen))) == (3, 45, 45)


def test_any_depth_is_found_by_place_not_by_counting(cast, django_assert_num_queries):
    rows = [institution(cast.officer, name=f"机构{number:02}", credit_code=None) for number in range(5)]
    asked = Asked(Shelf.OPERATING, moment_of({}))
    shelf_rows(asked, size=1)
    with django_assert_num_queries(5):  # the place, the rows, their lists, their permits, the areas
        found, after = shelf_rows(asked, after=rows[1].public_id, size=2)
    assert ([row.name for row in found], after) == (["机构02", "机构03"], rows[3].public_id)
    assert shelf_rows(asked, after="nothing-here", size=1)[0][0].name == rows[0].name


def test_too_deep_asks_to_narrow(cast, client):
    good(cast)
    assert "只能翻到第 40 页" in text(client, "/institutions/", p="41")
    assert client.get("/institutions/", {"p": "x"}).context["number"] == 1


def test_the_institution_page_answers_first(cast, client):
    white, *_ = world(cast)
    html = text(client, page_of(white))
    told = re.sub(r"<[^>]+>", "", html)
    assert html.index("正常·白名单") < html.index("核对这家机构")
    for fact in (
        "自 2026-11-02 起列入白名单，期限至 2027-10-31", "当前状态自 2024-04-24 起", white.address, white.credit_code,
        "周六周日 9:00-20:30", "厦门银行思明支行", "0921", "陈**", "0592-2190000", BUREAU["report_phone"],
        BUREAU["report_mailbox"], "2024-04-24 起 至 2027-04-23", "¥80.00", "钱在哪", "怎么退", "怎么反映", "书面提出",
        "招牌", "非学科类校外培训许可证",
    ):  # fmt: skip
        assert fact in told, fact


def test_a_black_page_says_why_and_by_whom(cast, client):
    _, black, _ = world(cast)
    html = text(client, page_of(black))
    for fact in ("列入黑名单", "超范围收费且拒不退费", "校外培训行政处罚暂行办法第二十二条", cast.leader.organ_name):
        assert fact in html
    assert "请不要报名" in html


def test_nothing_is_made_up_where_nothing_is_known(cast, client):
    row = institution(cast.officer)
    html = text(client, page_of(row))
    assert "没有登记这家机构的监管账户" in html
    assert "没有登记这家机构的培训许可" in html
    assert "举报电话" not in html
    assert "主办单位" not in html


def test_the_report_page_shows_bureaus_that_can_be_reached(cast, client):
    reachable(cast)
    Organ.objects.filter(pk=cast.city.organ_id).update(report_phone="0592-1111111", closed_on=AT.date())
    html = text(client, "/report/")
    assert BUREAU["report_phone"] in html
    assert "0592-1111111" not in html


def test_the_last_visit_is_said_by_its_day(cast, client):
    row = institution(cast.officer)
    assert "还没有可公开的检查记录" in text(client, page_of(row))
    filed(officers_report(row, cast.officer, cast.second_officer, visited_on=date(2026, 11, 3)), cast.officer)
    assert "主管部门最近一次检查</dt><dd>2026-11-03" in text(client, page_of(row))


@pytest.mark.parametrize("hidden", ["merged_into", "withdrawn_at"])
def test_hidden_institutions_are_nowhere(cast, client, hidden):
    white, _, plain = world(cast)
    Institution.objects.filter(pk=white.pk).update(**{hidden: plain if hidden == "merged_into" else AT})
    response = client.get(page_of(white))
    assert response.status_code == 404
    assert "没有找到这家机构" in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert names(client) == []
    assert white.name not in text(client, "/institutions/")
    assert white.name not in text(client, "/lists/white.csv")


def test_unknown_addresses_say_what_it_means(db, client):
    response = client.get("/institutions/0123456789ab/")
    assert response.status_code == 404
    assert "“这里查不到”是什么意思" in response.content.decode()
    assert client.get("/institutions/1/").status_code == 404
    assert client.get("/lists/grey.csv").status_code == 404


def test_removed_is_gone_from_page_json_csv_and_search_at_once(cast, client):
    row = good(cast)
    entry = listed(cast, row)
    places = ["/lists/", "/lists/?q=海浪", "/lists/white.csv", "/api/v1/public/lists/white"]
    shown = lambda: [row.name in client.get(place).content.decode() for place in places]  # noqa: E731
    assert shown() == [True] * 4
    assert "白名单" in text(client, page_of(row))
    entry = propose_delisting(entry=entry, reason="机构申请", by=cast.officer, at=clock.now())
    approve_delisting(entry=entry, by=cast.leader, at=clock.now())
    assert shown() == [False] * 4
    assert client.get(page_of(row)).context["page"].decision is None


def test_a_closed_institution_is_not_white_and_says_so(cast, client):
    row = good(cast)
    listed(cast, row)
    change_status(
        institution=row, status=Status.DEREGISTERED, effective_on=AT.date(), reason="停办", by=cast.officer, at=AT
    )
    assert names(client) == []
    assert "这家机构已经注销" in text(client, page_of(row))


VERDICTS = [
    (Status.NORMAL, LicenceStatus.COMPLETE, {StandingKind.WHITE_LIST}, "正常·白名单", True),
    (Status.NORMAL, LicenceStatus.COMPLETE, set(), "正常", True),
    (Status.NORMAL, LicenceStatus.COMPLETE, {StandingKind.WARNING, StandingKind.WHITE_LIST}, "预警", False),
    (Status.NORMAL, LicenceStatus.NO_PERMIT, {StandingKind.WHITE_LIST}, "有照无证", False),
    (Status.SUSPENDED, LicenceStatus.COMPLETE, {StandingKind.WHITE_LIST}, "停业整改", False),
    (Status.NORMAL, LicenceStatus.COMPLETE, {StandingKind.BLACK_LIST}, "列入黑名单", False),
    (Status.BANNED, LicenceStatus.NEITHER, {StandingKind.BLACK_LIST}, "列入黑名单", False),
]


@pytest.mark.parametrize(("status", "licence", "lists", "word", "may_pay"), VERDICTS)
def test_the_gravest_comes_first(status, licence, lists, word, may_pay):
    found = verdict(status=status, licence=licence, site_type="training", lists=frozenset(lists))
    assert (found.word, found.may_pay) == (word, may_pay)


@pytest.mark.parametrize("status", Status.values)
def test_every_status_has_words_and_only_normal_may_be_paid(status):
    found = verdict(status=status, licence=LicenceStatus.COMPLETE, site_type="training", lists=frozenset())
    assert found.sentence.endswith("。")
    assert found.may_pay == (status == Status.NORMAL)


def test_an_expired_permit_is_said_before_the_white_list(cast, client):
    row = good(cast)
    listed(cast, row)
    with clock.set_to(AT.replace(year=2027, month=4, day=24)):
        [shown] = client.get("/lists/").context["rows"]
        assert (shown.verdict.word, shown.permit_until < clock.today()) == ("许可已过期", True)
    assert names(client) == [row.name]


@pytest.mark.parametrize(("name", "shown"), [("陈晓明", "陈**"), ("欧阳修", "欧**"), (" 李 ", "李**"), ("", "")])
def test_names_of_people_are_masked(name, shown):
    assert masked_name(name) == shown


# -- manners -------------------------------------------------------------------------------------------------------
def test_the_csv_is_the_twin_of_the_table(cast, client):
    white, *_ = world(cast)
    response = client.get("/lists/white.csv")
    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert dict(zip(head, rows[0], strict=True))["机构名称"] == white.name
    assert (len(rows), len(names(client))) == (1, 1)
    assert not any("法定代表人" in cell or "电话" in cell for cell in head)
    assert client.get("/lists/white.csv", {"county": "350211"}).content.decode("utf-8-sig").count("\n") == 1


@pytest.mark.parametrize("name", ["home", "directory", "lists", "report", "open_data", "robots"])
def test_pages_may_be_kept_for_a_second_and_set_no_cookie(db, client, name):
    response = client.get(reverse(f"publicity:{name}"))
    assert response.headers["Cache-Control"] == "public, max-age=1, stale-while-revalidate=1"
    assert response.cookies == {}
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert "<script" not in response.content.decode()
    assert client.post(reverse(f"publicity:{name}")).status_code == 405


def test_the_sixty_first_question_in_a_minute_is_refused(db, client):
    answers = [client.get("/lists/").status_code for _ in range(61)]
    refused = client.get("/institutions/")
    assert (answers, refused.status_code) == ([200] * 60 + [429], 429)
    assert (refused.headers["Cache-Control"], refused.headers["Retry-After"]) == ("no-store", "60")
    assert "请一分钟后再试" in refused.content.decode()
    assert client.get("/").status_code == 200
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        assert client.get("/lists/").status_code == 200
    assert client.get("/lists/", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_letter_sizes_are_chosen_by_a_form_and_leave_the_page_where_it_was(db, client):
    assert 'class="face-normal"' in text(client, "/lists/")
    response = client.post("/view/", {"face": "elder", "back": "/lists/?kind=black"})
    assert (response.status_code, response.headers["Location"]) == (302, "/lists/?kind=black")
    assert client.cookies[COOKIE]["httponly"]
    assert 'class="face-elder"' in text(client, "/lists/")
    assert client.get("/view/").status_code == 405


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_size_form_leads_nowhere_else(db, client, back):
    assert client.post("/view/", {"face": "large", "back": back}).headers["Location"] == "/"
    client.cookies.clear()
    assert "face" not in client.post("/view/", {"face": "<b>", "back": "/"}).cookies


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_any_number_of_rows(cast, client, django_assert_num_queries, number):
    for _ in range(number):
        listed(cast, good(cast, name=f"机构{number}"))
    client.get("/lists/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/lists/")
    with django_assert_num_queries(DIRECTORY_QUERIES):
        client.get("/institutions/")


def test_one_page_costs_few_queries_and_few_bytes(cast, client, django_assert_num_queries):
    white, *_ = world(cast)
    client.get(page_of(white))
    with django_assert_num_queries(PAGE_QUERIES):
        response = client.get(page_of(white))
    assert len(response.content) < 20_000


def test_kinds_of_the_addresses_are_the_lists(cast, client):
    for kind in ListKind:
        assert client.get(reverse("publicity:list_csv", args=[kind])).status_code == 200
