"""Tips: what is kept of one and what is not, its receipt, the messages, its photos."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from clues import evidence, receipts
from clues.enums import Channel, ClueState, Verdict
from clues.following import follow
from clues.models import Clue, Tip, TipMessage, TipPhoto
from clues.operations import tips
from clues.operations.clues import close_clue, start_checking
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from tests.clues.factories import accepted, clue
from tests.clues.tipping import RECEIPT, TOLD, tip
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db


# -- receipts ------------------------------------------------------------------------------------------------------
def test_a_form_has_one_receipt_and_no_two_forms_the_same():
    stamps = [receipts.new_stamp(at=AT) for _ in range(200)]
    found = [receipts.receipt_of(stamp) for stamp in stamps]
    assert found == [receipts.receipt_of(stamp) for stamp in stamps]
    assert len(set(found)) == 200
    assert all(len(receipt) == 16 and receipt.isdecimal() for receipt in found)
    assert not any(receipt in stamp for receipt, stamp in zip(found, stamps, strict=True))


def test_the_hash_is_slow_keyed_and_tells_nothing(settings):
    before = time.perf_counter()
    mine = receipts.hashed(RECEIPT)
    assert time.perf_counter() - before > 0.01
    assert (mine == receipts.hashed(RECEIPT), RECEIPT in mine, len(mine)) == (True, False, 64)
    settings.FIELD_KEY = "00" * 32
    assert receipts.hashed(RECEIPT) != mine


@pytest.mark.parametrize("written", ["1234 5678 9012 3456", "1234-5678-9012-3456", "１２３４５６７８９０１２３４５６"])
def test_a_receipt_may_be_copied_by_hand(written):
    assert receipts.normalised(written) == RECEIPT
    assert receipts.in_groups(RECEIPT) == "1234 5678 9012 3456"


def test_the_age_of_a_form_and_of_none():
    stamp = receipts.new_stamp(at=AT)
    assert receipts.age_of(stamp, at=AT + timedelta(minutes=5)) == 300
    assert [receipts.age_of(odd, at=AT) for odd in ("", "x", stamp[:-4] + "AAAA")] == [None] * 3


# -- sending -------------------------------------------------------------------------------------------------------
def test_a_tip_is_a_clue_of_nobody(cast):
    row = tip()
    assert (row.channel, row.state, row.content) == (Channel.TIP, ClueState.RECEIVED, TOLD)
    assert (row.reported_by_id, row.reported_organ_id, row.client_id) == (None, None, None)
    event = Event.objects.get(kind="clue.taken_in")
    assert (event.actor_id, event.actor_name, event.jurisdiction_id) == (None, "公众", row.jurisdiction_id)
    outbox.deliver_all(at=AT)
    told = set(Message.objects.filter(kind="clues.new").values_list("recipient", flat=True))
    assert told == {cast.officer.user_id, cast.second_officer.user_id}
    assert not any(TOLD in f"{message.title}{message.body}" for message in Message.objects.all())


def test_the_same_form_again_is_the_same_tip(cast):
    assert tip().pk == tip(content="另一段话").pk
    assert (Clue.objects.count(), Tip.objects.count(), Event.objects.filter(kind="clue.taken_in").count()) == (1, 1, 1)


def test_nobody_who_is_logged_in_sends_one(cast):
    for actor in (cast.officer, cast.grid, cast.auditor):
        with pytest.raises(NotAllowed, match="不登录"):
            tips.send_tip(
                receipt=receipts.hashed(RECEIPT), notice_version="x", jurisdiction=tip("2" * 16).jurisdiction,
                division=tip("2" * 16).division, subject="other", content="x", by=actor, at=AT,
            )  # fmt: skip
    assert Clue.objects.count() == 1


def test_what_does_not_fit_leaves_nothing(cast):
    for given in ({"content": " "}, {"subject": "x"}, {"happened_on": AT.date() + timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            tip(**given)
    assert (Clue.objects.count(), Tip.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_no_receipt_and_no_word_lie_in_the_database_in_plain(cast):
    row = tip()
    tips.write_as_sender(receipt=receipts.hashed(RECEIPT), body="还有地下室", by=ANONYMOUS, at=AT)
    tips.write_to_sender(clue=row, body="请问几点下课", by=cast.officer, at=AT)
    with connection.cursor() as cursor:
        for table in ("clues_clue", "clues_tip", "clues_tipmessage", "audit_event", "core_outboxmessage"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            stored = " ".join(line for (line,) in cursor.fetchall())
            assert not any(word in stored for word in (RECEIPT, TOLD, "地下室", "几点下课")), table


# -- following and writing -----------------------------------------------------------------------------------------
def test_the_sender_follows_it_to_the_end(cast):
    row, mine = tip(), receipts.hashed(RECEIPT)
    assert (follow(mine).state, follow(mine).number, follow(mine).messages) == ("已收到", row.number, ())
    accepted(row, cast.officer)
    assert follow(mine).state == "已受理"
    start_checking(clue=row, by=cast.officer, at=AT)
    assert follow(mine).state == "核查中"
    close_clue(clue=row, verdict=Verdict.TRUE, result="李老师在场，已取缔", by=cast.officer, at=AT)
    seen = follow(mine)
    assert (seen.state, "属实" in seen.explained, "李老师" in str(seen)) == ("已办结", True, False)
    assert follow(receipts.hashed("6543210987654321")) is None


def test_both_sides_write_and_each_sees_who_wrote(cast):
    row, mine = tip(), receipts.hashed(RECEIPT)
    tips.write_to_sender(clue=row, body="请问几点下课", by=cast.officer, at=AT)
    tips.write_as_sender(receipt=mine, body="十一点", by=ANONYMOUS, at=AT + timedelta(days=1))
    assert [(said.from_sender, said.body) for said in follow(mine).messages] == [
        (False, "请问几点下课"), (True, "十一点"),
    ]  # fmt: skip
    with clock.set_to(AT + timedelta(days=1)):
        outbox.deliver_all(at=clock.now())
    told = Message.objects.filter(kind="clues.written")
    assert set(told.values_list("recipient", flat=True)) == {cast.officer.user_id, cast.second_officer.user_id}
    assert not any("十一点" in message.title + message.body for message in told)
    assert cast.officer.name not in str(follow(mine))
    kinds = list(Event.objects.filter(kind__startswith="clue.").order_by("pk").values_list("kind", "actor_id"))
    assert kinds[1:] == [("clue.tip_answered", cast.officer.user_id), ("clue.tip_written", None)]


@pytest.mark.parametrize("who", ["neighbour", "leader", "province", "town", "culture", "grid", "supervisor", "public"])
def test_others_do_not_write_to_the_sender(cast, who):
    row = tip()
    with pytest.raises(NotAllowed):
        tips.write_to_sender(clue=row, body="x", by=getattr(cast, who), at=AT)
    assert not TipMessage.objects.exists()


def test_a_call_has_no_sender_to_write_to(cast):
    with pytest.raises(NotAllowed):
        tips.write_to_sender(clue=clue(cast.officer), body="x", by=cast.officer, at=AT)


def test_a_wrong_receipt_a_blank_and_too_many_are_refused(cast, monkeypatch):
    tip()
    with pytest.raises(Conflict, match="没有找到"):
        tips.write_as_sender(receipt=receipts.hashed("6" * 16), body="x", by=ANONYMOUS, at=AT)
    with pytest.raises(InvalidInput):
        tips.write_as_sender(receipt=receipts.hashed(RECEIPT), body="  ", by=ANONYMOUS, at=AT)
    monkeypatch.setattr(tips, "MOST_MESSAGES", 1)
    tips.write_as_sender(receipt=receipts.hashed(RECEIPT), body="一", by=ANONYMOUS, at=AT)
    with pytest.raises(Conflict, match="已满"):
        tips.write_as_sender(receipt=receipts.hashed(RECEIPT), body="二", by=ANONYMOUS, at=AT)


# -- photos --------------------------------------------------------------------------------------------------------
def photo(words: str = "CANARY-CAMERA") -> bytes:
    """A JPEG that says which camera took it, and where."""
    exif = Image.Exif()
    exif[0x010F] = words
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    Image.new("RGB", (400, 300), "teal").save(out, "JPEG", exif=exif, comment=words.encode())
    return out.getvalue()


def files() -> list[Path]:
    return sorted(path for path in (Path(settings.MEDIA_ROOT) / evidence.FOLDER).rglob("*") if path.is_file())


@pytest.fixture
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_photo_is_drawn_anew_and_the_original_dropped(cast, own_media):
    sent = photo()
    with evidence.drawn([SimpleUploadedFile("张三的手机.jpg", sent)]) as pictures:
        row = tip(pictures=pictures)
    [kept] = row.evidence.all()
    shown = evidence.opened(kept)
    [file] = files()
    assert Image.open(BytesIO(shown)).size == (400, 300) == (kept.width, kept.height)
    assert not Image.open(BytesIO(shown)).getexif()
    assert not any(b"CANARY" in data for data in (shown, file.read_bytes()))
    assert (sent in file.read_bytes(), shown in file.read_bytes()) == (False, False)


def test_what_no_row_names_is_gone(cast, own_media):
    with pytest.raises(InvalidInput), evidence.drawn([SimpleUploadedFile("a.jpg", photo())]) as pictures:
        tip(content=" ", pictures=pictures)
    with (
        pytest.raises(InvalidInput, match="第2张"),
        evidence.drawn([SimpleUploadedFile("a.jpg", photo()), SimpleUploadedFile("b.jpg", b"<svg/>")]),
    ):
        pass
    with (
        pytest.raises(InvalidInput, match="最多"),
        evidence.drawn([SimpleUploadedFile(f"{number}.jpg", photo()) for number in range(5)]),
    ):
        pass
    assert (files(), TipPhoto.objects.count()) == ([], 0)


def test_the_sweep_removes_what_a_killed_process_left(cast, own_media):
    with evidence.drawn([SimpleUploadedFile("a.jpg", photo())]) as pictures:
        tip(pictures=pictures)
    orphan = files()[0].with_name("orphan.sealed")
    orphan.write_bytes(b"x")
    for path in files():
        os.utime(path, (0, 0))
    assert evidence.sweep(at=AT) == 1
    assert orphan not in files()
    assert len(files()) == 1
