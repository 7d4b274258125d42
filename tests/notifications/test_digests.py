"""One letter and one text a day: what is gathered, what is not, what may be switched off, and at what hour it goes."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.core import mail

from foundation.core import clock, outbox
from foundation.core.errors import InvalidInput
from foundation.deadlines.operations.deadlines import meet_deadline
from foundation.notifications import registry
from foundation.notifications.enums import Topic
from foundation.notifications.models import Delivery, Message, SentText
from foundation.notifications.operations.messages import choose_preference
from tests import beat
from tests.deadlines.factories import at, started
from tests.notifications.factories import NEWS, reachable, told

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 12)  # a Monday
LEGAL, OPTIONAL = "refund.answer", "assignment.answer"


@pytest.fixture(autouse=True)
def texts(settings):
    settings.SMS_ADAPTER = "foundation.notifications.adapters.KeptTexts"


def choose(actor, **given):
    facts = {"email_topics": Topic.values, "sms_topics": ["deadline"], "off": [], "gathers": True}
    facts |= {"quiet_from": time(21), "quiet_to": time(8), **given}
    return choose_preference(by=actor, at=at(date(2026, 10, 8)), **facts)


def run(moment: datetime) -> None:
    """The worker alone: what is due, no new slots."""
    with clock.set_to(moment):
        outbox.deliver_all(at=moment)


def two_due(cast):
    """A statutory clock and one that somebody set, both due on the day; the officer's reminders have run."""
    reachable(cast.officer)
    rows = [started(cast.officer, code=code, due_on=DUE) for code in (LEGAL, OPTIONAL)]
    beat.live(at(DUE, 8, 40))
    return rows


def texts_sent() -> list[str]:
    return list(SentText.objects.order_by("pk").values_list("text", flat=True))


def test_two_reminders_are_one_letter_and_one_text_at_nine(cast):
    two_due(cast)
    assert (mail.outbox, texts_sent()) == ([], [])
    run(at(DUE, 9))
    run(at(DUE, 12))
    (letter,) = mail.outbox
    titles = list(Message.objects.visible_to(cast.officer).order_by("pk").values_list("title", flat=True))
    assert len(titles) == 2, "the digest itself is no message of the inbox"
    assert letter.subject == f"今日提醒2件：{titles[0]}等"
    assert letter.body.count("办理：http://127.0.0.1:8000/admin/deadlines/deadline/") == 2
    assert texts_sent() == [f"【双减监管】今日提醒2件：{titles[0]}等。请登录平台办理。"]


def test_who_wants_no_digest_gets_each_by_itself_and_at_once(cast):
    choose(cast.officer, gathers=False)
    two_due(cast)
    assert (len(mail.outbox), len(texts_sent())) == (2, 2)
    assert not Message.objects.filter(kind="notifications.digest", recipient=cast.officer.user_id).exists()


def test_what_is_done_by_nine_is_left_out_and_nothing_left_is_not_sent(cast):
    legal, optional = two_due(cast)
    meet_deadline(deadline=legal, by=cast.officer, at=at(DUE, 8, 50))
    run(at(DUE, 9))
    assert [letter.subject for letter in mail.outbox] == [
        Message.objects.visible_to(cast.officer).get(about_id=optional.pk).title
    ]


def test_a_digest_of_nothing_says_why_it_was_not_sent(cast):
    for row in two_due(cast):
        meet_deadline(deadline=row, by=cast.officer, at=at(DUE, 8, 50))
    run(at(DUE, 9))
    assert (mail.outbox, texts_sent()) == ([], [])
    assert set(Delivery.objects.filter(message__recipient=cast.officer.user_id).values_list("state", "reason")) == {
        ("skipped", "汇总中的事项均已办结，或收件人已关闭这些提醒。")
    }


def test_the_digest_waits_for_the_end_of_quiet_hours(cast):
    choose(cast.officer, quiet_to=time(10, 30))
    two_due(cast)
    run(at(DUE, 10, 29))
    assert mail.outbox == []
    run(at(DUE, 10, 30))
    assert len(mail.outbox) == len(texts_sent()) == 1


def test_what_comes_after_the_digest_left_goes_by_itself(cast):
    two_due(cast)
    run(at(DUE, 9))
    started(cast.officer, code="funds.obstacle", due_on=DUE, started_on=DUE)
    beat.live(at(date(2026, 10, 13), 8))
    assert len(mail.outbox) == 1, "the next day has a digest of its own"
    run(at(date(2026, 10, 13), 9))
    assert len(mail.outbox) == len(texts_sent()) == 2
    told(cast.officer, at(date(2026, 10, 13), 11), reminder="banking.difference")
    run(at(date(2026, 10, 13), 11))
    assert len(mail.outbox) == len(texts_sent()) == 3


def test_reminders_of_the_hour_and_all_other_messages_are_not_gathered(cast):
    reachable(cast.officer)
    evening = at(DUE, 17)
    told(cast.officer, evening, reminder="inspections.return_due")
    told(cast.officer, evening, notice=NEWS)
    run(evening)
    assert len(mail.outbox) == 2


def test_what_is_switched_off_stays_in_the_inbox_and_the_law_is_not(cast):
    choose(cast.officer, off=["assignments.answer"], email_topics=[], sms_topics=["deadline"])
    legal, optional = two_due(cast)
    run(at(DUE, 9))
    kept = Message.objects.visible_to(cast.officer).get(about_id=optional.pk)
    assert kept.digest is None
    (letter,) = mail.outbox
    assert f"/deadline/{legal.pk}/" in letter.body
    assert letter.subject.startswith("今天到期")
    assert len(texts_sent()) == 1


def test_the_letter_of_a_statutory_limit_comes_even_to_who_wants_no_mail(cast):
    choose(cast.officer, email_topics=[], sms_topics=[])
    legal, _ = two_due(cast)
    told(cast.officer, at(DUE, 8, 41))
    run(at(DUE, 9))
    (letter,) = mail.outbox
    assert f"/deadline/{legal.pk}/" in letter.body
    assert texts_sent() == []


@pytest.mark.parametrize("code", ["payouts.refunds", "cases.terms", "payouts.last_days", "nothing"])
def test_what_the_law_asks_cannot_be_switched_off(cast, code):
    with pytest.raises(InvalidInput, match="不能关闭"):
        choose(cast.officer, off=[code])


def test_the_page_offers_what_may_be_switched_off_and_nothing_else(cast, client):
    client.force_login(reachable(cast.officer))
    page = client.get("/admin/notifications/message/preference/").content.decode()
    for each in registry.every():
        assert (f'value="{each.code}"' in page) == (not each.legal and each.promise is None)


def test_of_two_runs_at_once_a_letter_is_carried_once(cast):
    """The digest is unique by person and day, and each of its channels by the digest."""
    two_due(cast)
    beat.live(at(DUE, 8, 45))
    digest = Message.objects.get(kind="notifications.digest", recipient=cast.officer.user_id)
    assert (digest.gathered.count(), digest.deliveries.count()) == (2, 2)
