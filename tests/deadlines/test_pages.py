"""Staff pages: tiles count what their lists show, the count day by day, publishing with a preview, steps."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core import clock
from foundation.deadlines import panels
from foundation.deadlines.calendars import NamedDay
from foundation.deadlines.enums import DayKind, Limit
from foundation.deadlines.models import CalendarYear, Deadline, LimitRule
from foundation.deadlines.notices import UnreadableLine, lines_of, parse_days
from foundation.deadlines.operations.deadlines import pause_deadline
from tests.cast import NEIGHBOUR
from tests.deadlines.factories import at, off, started

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 8)
LIST = "/admin/deadlines/deadline/"


@pytest.fixture
def enter(client):
    """Log somebody of the cast in, in that post; the clock stands at 2026-10-08."""
    with clock.set_to(at(TODAY, 10)):

        def log_in(actor):
            client.force_login(User.objects.get(pk=actor.user_id))
            session = client.session
            session[POST_KEY] = actor.post_id
            session.save()
            return client

        yield log_in


def a_mixed_bag(cast) -> None:
    started(cast.officer)  # due 10-12: soon
    started(cast.officer, code="a", due_on=TODAY)
    started(cast.officer, code="b", started_on=date(2026, 9, 1), due_on=date(2026, 10, 7))
    started(cast.officer, code="c", started_on=date(2026, 9, 1), due_on=date(2026, 9, 30))
    started(cast.officer, code="d", due_on=date(2026, 12, 1))
    started(cast.officer, code="e", due_on=TODAY, capability=Can.APPROVE_LISTING)
    started(cast.neighbour, place=NEIGHBOUR, due_on=TODAY)
    paused = started(cast.officer, code="f", due_on=TODAY)
    pause_deadline(deadline=paused, reason="鉴定", by=cast.officer, at=at(date(2026, 9, 30)))


@pytest.mark.parametrize(
    ("who", "soon", "over"), [("officer", 2, 2), ("leader", 1, 0), ("neighbour", 1, 0), ("legal", 0, 0)]
)
def test_each_tile_opens_exactly_the_rows_that_it_counts(cast, enter, who, soon, over):
    a_mixed_bag(cast)
    actor = getattr(cast, who)
    client = enter(actor)
    for maker, count in ((panels.due_soon, soon), (panels.overdue, over)):
        tile = maker(actor)
        shown = client.get(tile.url).context["cl"].result_count
        assert (tile.count, shown) == (count, count)


@pytest.mark.parametrize("who", ["system", "security", "auditor", "bank", "finance"])
def test_who_does_not_see_deadlines_has_no_tiles(cast, enter, who):
    assert (panels.due_soon(getattr(cast, who)), panels.overdue(getattr(cast, who))) == (None, None)


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 7), ("due=open", 7), ("due=overdue", 2), ("due=soon", 3), ("due=paused", 1), ("mine=1", 6)],
)
def test_filters(cast, enter, query, count):
    a_mixed_bag(cast)
    assert enter(cast.officer).get(f"{LIST}?{query}").context["cl"].result_count == count


@pytest.mark.parametrize("path", [LIST, f"{LIST}?mine=1&due=soon"])
def test_more_rows_cost_no_more_queries(cast, enter, path, django_assert_num_queries):
    client = enter(cast.officer)
    started(cast.officer)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for code in (Limit.FINE_HAND_IN, Limit.WITHDRAW_PUBLICATION):
        started(cast.officer, code=code, started_on=date(2026, 10, 7))
    with django_assert_num_queries(len(one)):
        client.get(path)


def test_the_detail_page_counts_day_by_day(cast, enter):
    deadline = started(cast.officer)
    page = enter(cast.officer).get(f"{LIST}{deadline.pk}/").content.decode()
    for text in (
        "逐日计算",
        "国庆节，不计入",
        "调休上班日，计入",
        "第 5 天",
        "剩余 3 个工作日",
        "机构5个工作日未答复退费申请的",
    ):
        assert text in page


def test_buttons_follow_rule_and_state(cast, enter):
    deadline = started(cast.officer)
    url = f"{LIST}{deadline.pk}/"

    def labels(actor):
        return [button["label"] for button in enter(actor).get(url).context["buttons"]]

    assert labels(cast.officer) == ["延长期限", "中止计算", "撤销期限"]
    assert labels(cast.leader) == []
    pause_deadline(deadline=deadline, reason="鉴定", by=cast.officer, at=at(TODAY))
    assert labels(cast.officer) == ["恢复计算", "撤销期限"]


def test_extending_by_page(cast, enter):
    deadline = started(cast.officer)
    client = enter(cast.officer)
    answer = client.post(f"{LIST}{deadline.pk}/extend/", {"amount": "2", "reason": ""})
    assert "理由" in answer.content.decode()
    assert Deadline.objects.get().due_on == date(2026, 10, 12)
    answer = client.post(f"{LIST}{deadline.pk}/extend/", {"amount": "2", "until": "", "reason": "案情复杂"})
    assert (answer.status_code, Deadline.objects.get().due_on) == (302, date(2026, 10, 14))


NOTICE = {
    "year": "2027",
    "notice_no": "国办发明电〔2026〕9号",
    "notice_on": "2026-11-04",
    "days_off": "1月1日至3日 元旦\n2027-01-04 元旦\n2027-02-05至2027-02-11 春节",
    "makeup_days": "2027-02-14 补班",
    "remark": "",
}


def test_a_notice_is_previewed_then_confirmed(cast, enter):
    deadline = started(cast.officer, started_on=date(2026, 12, 30))
    assert deadline.due_on == date(2027, 1, 7)
    client = enter(cast.province)
    url = reverse("admin:deadlines_calendaryear_publish")
    page = client.get(url)
    assert "2027-01-01 元旦" in page.content.decode()

    preview = client.post(url, NOTICE)
    text = preview.content.decode()
    assert "1 件未办结事项的期限将调整" in text
    assert "2027-01-08" in text
    assert not CalendarYear.objects.filter(year=2027).exists()
    assert Deadline.objects.get().due_on == date(2027, 1, 7)

    digest = preview.context["form"]["previewed"].value()
    changed = client.post(url, {**NOTICE, "days_off": "1月1日 元旦", "previewed": digest, "confirm": "1"})
    assert (changed.status_code, CalendarYear.objects.filter(year=2027).exists()) == (409, False)

    done = client.post(url, {**NOTICE, "previewed": digest, "confirm": "1"})
    version = CalendarYear.objects.get(year=2027)
    assert (done.status_code, version.confirmed, version.days.count()) == (302, True, 12)
    assert (Deadline.objects.get().due_on, Deadline.objects.get().warning) == (date(2027, 1, 8), "")


def test_a_line_that_is_no_date_is_quoted(cast, enter):
    answer = enter(cast.province).post(
        reverse("admin:deadlines_calendaryear_publish"), {**NOTICE, "days_off": "元旦放假"}
    )
    assert "“元旦放假”不是日期" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2027-01-01 元旦", ["2027-01-01"]),
        ("2027年1月1日，元旦", ["2027-01-01"]),
        ("１月１日 元旦", ["2027-01-01"]),
        ("5月1日至3日 劳动节", ["2027-05-01", "2027-05-02", "2027-05-03"]),
        ("2027-09-30~2027-10-02 国庆节", ["2027-09-30", "2027-10-01", "2027-10-02"]),
        ("4月30日到5月1日", ["2027-04-30", "2027-05-01"]),
        ("\n  \n", []),
    ],
)
def test_days_are_read_as_people_type_them(text, days):
    assert [str(day.date) for day in parse_days(text, year=2027, kind=DayKind.OFF)] == days


@pytest.mark.parametrize("text", ["春节", "2月30日 春节", "2月11日至5日", "1月1日至12月31日", "13月1日"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(UnreadableLine):
        parse_days(text, year=2027, kind=DayKind.OFF)


def test_days_written_and_read_back_are_the_same():
    days = [*off(date(2027, 1, 1), date(2027, 1, 2)), NamedDay(date(2027, 2, 5), DayKind.OFF, "春节")]
    assert lines_of(days) == "2027-01-01至2027-01-02 放假\n2027-02-05 春节"
    assert parse_days(lines_of(days), year=2027, kind=DayKind.OFF) == days


def test_a_draft_is_imported_by_page(cast, enter):
    client = enter(cast.province)
    url = reverse("admin:deadlines_calendaryear_import")
    preview = client.post(url, {"year": "2027"})
    assert not CalendarYear.objects.filter(year=2027).exists()
    client.post(url, {"year": "2027", "previewed": preview.context["form"]["previewed"].value(), "confirm": "1"})
    draft = CalendarYear.objects.get(year=2027)
    assert not draft.confirmed
    assert "草案，未确认" in client.get(reverse("admin:deadlines_calendaryear_changelist")).content.decode()
    assert "周五" in client.get(reverse("admin:deadlines_calendaryear_change", args=[draft.pk])).content.decode()


def test_limits_are_set_and_amended_by_page(cast, enter):
    client = enter(cast.province)
    old = LimitRule.objects.get(code=Limit.DEFENCE_STATEMENT)
    facts = {
        "code": Limit.DEFENCE_STATEMENT.value,
        "name": "陈述申辩",
        "jurisdiction": "",
        "amount": "3",
        "unit": "working_day",
        "clause": "本省规定第十条",
        "effective_from": "2027-01-01",
    }
    answer = client.post(reverse("admin:deadlines_limitrule_set"), facts)
    assert answer.status_code == 302
    old.refresh_from_db()
    assert old.effective_to == date(2026, 12, 31)
    page = reverse("admin:deadlines_limitrule_text", args=[old.pk])
    client.post(page, {"name": "陈述申辩", "clause": "本省规定第十条", "remark": "", "needs_review": ""})
    old.refresh_from_db()
    assert (old.clause, old.needs_review) == ("本省规定第十条", False)
