"""Whose silence would count as yes hears of it first: guardian and institution, by text, each once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.notifications import registry
from foundation.notifications.daily import send_due
from foundation.notifications.models import SentText
from payouts import queries, tasks
from payouts.operations.lessons import confirm_lessons
from payouts.operations.refunds import agree_refund
from tests.contracts.factories import PEOPLE
from tests.payouts.factories import DAY, LATER, asked, paid, school, taught

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"
    with clock.set_to(LATER):
        yield


@pytest.fixture
def contract(cast):
    return paid(cast, school(cast))


def warned(days: int) -> list[tuple[str, str]]:
    """The day's job, twice, and every text (number, words) that has been sent by then."""
    with clock.set_to(LATER + timedelta(days=days)):
        for code in ("payouts.last_days", "payouts.answer_due") * 2:
            send_due(registry.find(code))
        outbox.deliver_all(at=clock.now())
    return [(one.phone, one.text) for one in SentText.objects.order_by("pk")]


def test_a_guardian_is_told_of_lessons_at_once_and_again_before_the_last_day(cast, contract):
    """The last day is 2026-12-11, a Friday. Seen to fail with ``is_nearly_silent`` saying no."""
    taught(cast, contract, 2)
    ((phone, words),) = warned(0)
    assert phone == PEOPLE.phone
    assert "2课时160.00元。2026年12月11日（含当日）前没有提出异议的，视为已确认" in words
    assert "/money/" in words
    assert len(warned(15)) == 1, "Monday: four working days are left"
    texts = warned(16)
    assert len(texts) == 2
    assert texts[1][1].startswith("【双减监管】您还有一笔消课待确认")
    assert warned(17) == texts
    for secret in (PEOPLE.pupil, PEOPLE.guardian, contract.number):
        assert all(secret not in words for _, words in texts)
    assert Event.objects.filter(kind="payouts.guardian_texted").count() == 2


def test_silence_begins_with_a_text_that_went_out_and_with_no_other(cast, contract, settings):
    """Seen to fail with the day noted whether or not the text was sent."""
    settings.SMS_ADAPTER = ""
    first = taught(cast, contract, 2)
    assert warned(0) == []
    first.refresh_from_db()
    assert (first.reached_on, queries.silent_until(first)) == (None, None)
    settings.SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"
    second = taught(cast, contract, 1, on=DAY - timedelta(days=1))
    assert len(warned(0)) == 1
    second.refresh_from_db()
    assert second.reached_on == DAY
    with clock.set_to(LATER + timedelta(days=60)):
        tasks.earn_silently(None)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("proposed", "confirmed")


def test_who_has_answered_hears_nothing_more(cast, contract):
    row = taught(cast, contract, 2)
    confirm_lessons(consumption=row, by=cast.officer, at=LATER)
    assert warned(17) == []


def test_institution_and_guardian_hear_before_silence_counts_as_agreed(cast, contract):
    """The last day is 2026-11-27, a Friday. Seen to fail with ``is_nearly_unanswered`` saying no."""
    asked(cast, contract, 100_000)
    assert warned(3) == [], "Wednesday: two working days are left"
    (office, words), (guardian, told) = warned(4)
    assert (office, guardian) == (contract.institution.phone, PEOPLE.phone)
    assert "1,000.00元等您机构答复，2026年11月27日（含当日）前没有答复的，视为同意" in words
    assert "机构2026年11月27日（含当日）前没有答复的，视为同意" in told
    assert len(warned(5)) == 2


def test_an_answer_in_time_needs_no_warning(cast, contract):
    row = asked(cast, contract, 100_000)
    agree_refund(refund=row, amount_fen=100_000, answer="同意", answered_on=DAY, by=cast.officer, at=LATER)
    assert warned(4) == []
