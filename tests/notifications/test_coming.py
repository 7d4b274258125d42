"""提醒一览: what it says will be sent is what is sent, day by day; own area only; one registry of everything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.accounts.models import User
from foundation.core import clock
from foundation.deadlines.enums import Limit
from foundation.deadlines.operations.deadlines import meet_deadline
from foundation.notifications import clocks, coming, registry
from foundation.notifications.models import Message
from institutions.models import Permit
from tests import beat
from tests.cast import NEIGHBOUR
from tests.deadlines.factories import at, started
from tests.institutions.factories import institution
from tests.supervisors.factories import in_office_from

pytestmark = pytest.mark.django_db
FIRST = date(2026, 9, 21)
PAGE = "/admin/notifications/message/reminders/"


def permit(cast, valid_to: date, number: str = "1") -> Permit:
    row = institution(cast.officer, at=at(date(2026, 1, 5)))
    facts = {"kind": "school", "number": number, "issuer": "思明区教育局", "valid_from": date(2024, 1, 1)}
    return Permit.objects.create(institution=row, valid_to=valid_to, **facts)


@pytest.fixture
def busy(cast):
    """Clocks of three kinds, a permit that ends, a supervisor who has visited nobody, a calendar that is missing."""
    started(cast.officer, started_on=date(2026, 9, 18))  # by law, five working days
    started(cast.officer, code="assignment.answer", due_on=date(2026, 9, 23), started_on=date(2026, 9, 18))
    started(cast.officer, code="declared.by.nobody", due_on=date(2026, 9, 17), started_on=date(2026, 9, 1))
    started(
        cast.neighbour,
        place=NEIGHBOUR,
        code="assignment.answer",
        due_on=date(2026, 9, 24),
        started_on=date(2026, 9, 18),
    )
    permit(cast, FIRST + timedelta(days=35))
    in_office_from(cast, date(2026, 1, 1))
    return cast


def announced(actor, days: int) -> set[tuple]:
    """(day, reminder, subject, stage, people) of what the page announces early on the first of these days."""
    early = at(FIRST, 7)
    with clock.set_to(early):
        found = coming.overview(actor, at=early, days=days - 1)
    assert (found.more, found.cut) == (0, [])
    return {
        (line.turn.day, line.turn.reminder.code, line.turn.row and line.turn.row.pk, line.turn.stage, user.pk)
        for line in found.lines
        for user in line.people
    }


def sent(actor, days: int) -> set[tuple]:
    """The same of what beat and worker send, living each day."""
    for number in range(days):
        beat.live(at(FIRST + timedelta(days=number), 20))
    rows = coming.sent_to_see(actor, at=at(FIRST + timedelta(days=days), 20))
    return {
        (clock.local_date(row.created_at), row.reminder, row.about_id or None, row.period, row.recipient_id)
        for row in rows
    }


@pytest.mark.turns(2)
def test_what_is_announced_is_what_is_sent(busy):
    """Seen to fail with a stage that is asked of another day than the one that is shown."""
    told = {name: announced(getattr(busy, name), 12) for name in ("officer", "city", "province")}
    codes = {code for _, code, *_ in told["city"]}
    assert codes == {
        "assignments.answer",
        "deadlines.other",
        "institutions.permit",
        "payouts.refunds",
        "supervisors.duty",
        "supervisors.shortfall",  # of the city's supervisors, whom its counties see
    }
    assert "deadlines.calendar_missing" in {code for _, code, *_ in told["province"]}
    assert sent(busy.city, 12) == told["city"]
    for name in ("officer", "province"):
        assert sent(getattr(busy, name), 0) == told[name]


def test_what_was_told_or_done_is_not_coming(busy):
    before = announced(busy.officer, 12)
    beat.live(at(FIRST, 8, 30))
    with clock.set_to(at(FIRST, 9)):
        after = coming.overview(busy.officer, at=at(FIRST, 9), days=11)
    days = {line.turn.day for line in after.lines}
    assert FIRST in {day for day, *_ in before}
    assert FIRST not in days
    facts = {"due_on": date(2026, 9, 28), "started_on": date(2026, 9, 18), "subject": User.objects.first()}
    row = started(busy.officer, code="assignment.answer", **facts)
    named = [line.turn.row for line in coming.overview(busy.officer, at=at(FIRST, 9), days=11).lines]
    assert row in named
    meet_deadline(deadline=row, by=busy.officer, at=at(FIRST, 9))
    assert row not in [line.turn.row for line in coming.overview(busy.officer, at=at(FIRST, 9), days=11).lines]


def test_nobody_sees_reminders_of_another_area_or_of_what_the_post_does_not_see(busy):
    assert {code for _, code, *_ in announced(busy.neighbour, 12)} == {"assignments.answer", "supervisors.shortfall"}
    hidden = started(
        busy.officer, code="cases.secret", due_on=date(2026, 9, 22), started_on=date(2026, 9, 18), confidential=True
    )
    assert hidden.pk in {row for _, code, row, *_ in announced(busy.officer, 12) if code == "deadlines.other"}
    assert hidden.pk not in {row for _, code, row, *_ in announced(busy.leader, 12) if code == "deadlines.other"}
    assert "deadlines.calendar_missing" not in {each.code for each in coming.seen_by(busy.officer)}


def test_the_page_names_who_when_and_why_and_says_where_nobody_is_in_office(busy, client):
    client.force_login(User.objects.get(pk=busy.officer.user_id))
    with clock.set_to(at(FIRST, 7)):
        page = client.get(f"{PAGE}?days=7").content.decode()
        assert "无人在岗" not in page
        assert page.count("09-21 周一 08:00") == 3, "three clocks of the own county"
        assert "交办反馈：到期前3、1个工作日和当日；超期后每5个工作日（届时尚未办结的）" in page
        narrowed = client.get(f"{PAGE}?days=30&code=institutions.permit").content.decode()
        assert "还有30日：许可有效期至" in narrowed
        assert "今天到期" not in narrowed.partition("提醒登记表")[0]
        assert client.get(f"{PAGE}?days=8&code=nothing").status_code == 200
    beat.live(at(FIRST, 20))
    with clock.set_to(at(FIRST, 21)):
        client.logout()
        client.force_login(User.objects.get(pk=busy.officer.user_id))
        assert "当日汇总，电子邮件" in client.get(PAGE).content.decode()


def test_where_nobody_is_in_office_the_page_says_so(cast, client):
    started(
        cast.officer,
        code="assignment.answer",
        due_on=date(2026, 9, 23),
        started_on=date(2026, 9, 18),
        capability="nobody.can",
    )
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    with clock.set_to(at(FIRST, 7)):
        assert "无人在岗，发不出去" in client.get(PAGE).content.decode()


def test_a_renewed_permit_and_one_that_was_ended_are_not_reminded_of(cast):
    ends = FIRST + timedelta(days=31)
    old, ended = permit(cast, ends), permit(cast, ends, "2")
    assert {row for _, _, row, *_ in announced(cast.officer, 3)} == {old.pk, ended.pk}
    facts = {"kind": old.kind, "number": "3", "issuer": old.issuer}
    Permit.objects.create(institution=old.institution, valid_to=ends + timedelta(days=900), **facts)
    Permit.objects.filter(pk=ended.pk).update(ended_on=FIRST)
    assert announced(cast.officer, 3) == set()
    beat.live(at(FIRST + timedelta(days=1), 20))
    assert not Message.objects.filter(reminder="institutions.permit").exists()


def test_every_statutory_clock_is_declared_by_its_app_and_cannot_be_switched_off():
    codes = clocks.declared_codes()
    assert set(Limit) - codes == {Limit.LESSON_CONFIRMATION}, "silence is texted to guardians, no clock runs over it"
    optional = {each.code for each in registry.optional()}
    assert {"cases.terms", "clues.terms", "listings.process", "payouts.refunds", "deadlines.other"} & optional == set()


def test_every_line_of_the_registry_says_what_it_is():
    rows = registry.every()
    assert len({row.label for row in rows}) == len(rows) > 25
    assert all(row.when and row.who and row.channel for row in rows)
