"""消息: unread first, the tile counts its list, reading by button, choices, the administrator's record of sending."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core import clock
from foundation.notifications import panels
from foundation.notifications.models import Message, Preference
from foundation.notifications.operations.messages import mark_read
from tests.deadlines.factories import at
from tests.notifications.factories import reachable, told

pytestmark = pytest.mark.django_db
NOW = at(date(2026, 10, 8), 10)
LIST = "/admin/notifications/message/"


@pytest.fixture
def enter(client):
    """Log somebody of the cast in, in that post."""
    with clock.set_to(NOW):

        def log_in(actor):
            client.force_login(User.objects.get(pk=actor.user_id))
            session = client.session
            session[POST_KEY] = actor.post_id
            session.save()
            return client

        yield log_in


def test_unread_comes_first_and_the_tile_counts_its_list(cast, enter):
    for hour in (1, 2, 3, 4):
        told(cast.officer, at(date(2026, 10, 8), hour), period=str(hour), title=f"消息{hour}")
    told(cast.leader, NOW)
    newest = Message.objects.get(title="消息4")
    mark_read(message=newest, by=cast.officer, at=NOW)
    client = enter(cast.officer)
    shown = [row.title for row in client.get(LIST).context["cl"].result_list]
    assert shown == ["消息3", "消息2", "消息1", "消息4"]
    tile = panels.unread(cast.officer)
    assert tile.count == client.get(tile.url).context["cl"].result_count == 3
    assert panels.unread(cast.supervisor) is None


def test_more_messages_cost_no_more_queries(cast, enter, django_assert_num_queries):
    client = enter(cast.officer)
    told(cast.officer, NOW, period="1")
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    told(cast.officer, NOW, period="2")
    told(cast.officer, NOW, period="3")
    with django_assert_num_queries(len(one)):
        client.get(LIST)


def test_looking_does_not_read_but_the_button_does(cast, enter):
    (message,) = told(cast.officer, NOW, url="/admin/deadlines/deadline/")
    client = enter(cast.officer)
    assert "未配置" not in client.get(f"{LIST}{message.pk}/").content.decode()
    assert Message.objects.get().read_at is None
    answer = client.post(f"{LIST}{message.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/deadlines/deadline/")
    assert Message.objects.get().read_at == NOW


def test_another_persons_message_is_not_there(cast, enter):
    (message,) = told(cast.officer, NOW)
    client = enter(cast.leader)
    assert client.get(f"{LIST}{message.pk}/").status_code == 404
    assert client.post(f"{LIST}{message.pk}/open/").status_code == 404
    assert Message.objects.get().read_at is None


def test_all_read_by_page(cast, enter):
    told(cast.officer, NOW, period="1")
    told(cast.officer, NOW, period="2")
    enter(cast.officer).post(f"{LIST}read-all/")
    assert not Message.objects.filter(read_at__isnull=True).exists()


def test_choices_are_shown_and_kept(cast, enter):
    client = enter(cast.officer)
    page = client.get(f"{LIST}preference/").content.decode()
    assert "21:00" in page
    client.post(f"{LIST}preference/", {"email_topics": ["todo"], "quiet_from": "22:00", "quiet_to": "07:00"})
    chosen = Preference.objects.get(user=cast.officer.user_id)
    assert (chosen.email_topics, chosen.sms_topics, chosen.quiet_from) == (["todo"], [], time(22))


def test_the_record_of_sending_shows_no_address_and_no_content(cast, enter):
    reachable(cast.officer)
    told(cast.officer, NOW, title="某培训机构的线索")
    page = enter(cast.system).get(reverse("admin:notifications_delivery_changelist")).content.decode()
    assert "测试消息" in page
    for secret in ("13800001234", "officer@example.com", "某培训机构的线索"):
        assert secret not in page
