"""What died on its way is swept away; an original leaves its seal with a trace, or not at all."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.audit.models import Event
from foundation.core import clock, private_files
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.photos import notices
from foundation.photos.operations import take_out_original
from foundation.photos.sweeping import sweep_orphans
from shuanjian.recovery import facts
from tests.beat import live

from .factories import AT, drawn, jpeg, kept, taken

pytestmark = pytest.mark.django_db
REASON = "市纪委调阅，函〔2026〕3号"


def files_in(media) -> set[str]:
    return {str(path.relative_to(media)) for path in media.rglob("*") if path.is_file()}


def aged(media, path: str, hours: float) -> None:
    then = (AT - timedelta(hours=hours)).timestamp()
    os.utime(media / path, (then, then))


def test_files_that_no_row_names_are_gone_after_a_day(cast, private_media):
    photo = drawn(cast.supervisor)
    named = files_in(private_media)
    old, young = taken(jpeg(2)).file.path, taken(jpeg(3)).file.path
    half = private_files.write("photos/202603/.x.jpg.part", [b"x"]).path
    other = private_files.write("exports/x.csv", [b"x"]).path
    for path in (*named, old, half, other):
        aged(private_media, path, 25)
    aged(private_media, young, 23)
    assert sweep_orphans(at=AT) == 2
    assert files_in(private_media) == named | {young, other}
    assert private_files.fetch(photo.files.get(kind="thumb").path, sha256=photo.files.get(kind="thumb").sha256)


def test_the_sweep_runs_every_night(cast, private_media, caplog):
    aged(private_media, taken().file.path, 40)
    live(AT)
    assert files_in(private_media) == set()
    assert "1 files of photos belonged to no row" in caplog.text


def test_an_empty_store_is_fine(private_media):
    assert sweep_orphans(at=AT) == 0


def test_a_thousand_files_are_asked_for_together(cast, private_media, django_assert_num_queries):
    for number in range(30):
        aged(private_media, private_files.write(f"photos/202601/{number}.jpg", [b"x"]).path, 48)
    with django_assert_num_queries(1):
        assert sweep_orphans(at=AT) == 30


# -- originals -----------------------------------------------------------------------------------------------------
def take_out(photo, path, reason: str = REASON) -> str:
    told = StringIO()
    with clock.set_to(AT):
        call_command("photo_original", photo.public_id, to=path, reason=reason, stdout=told)
    return told.getvalue()


def test_an_original_leaves_with_a_trace(cast, tmp_path):
    photo = drawn(cast.supervisor)
    out = tmp_path / "out.jpg"
    assert photo.sha256 in take_out(photo, out)
    assert out.read_bytes() == jpeg()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    event = Event.objects.get(kind="photo.original_taken_out")
    assert (event.reason, event.subject_id, event.jurisdiction_id) == (REASON, photo.pk, photo.jurisdiction_id)
    assert event.actor_name.startswith("服务器账号 ")


def test_an_original_does_not_leave_otherwise(cast, tmp_path, private_media):
    photo = drawn(cast.supervisor)
    out = tmp_path / "out.jpg"
    with pytest.raises(CommandError, match="至少6个字"):
        take_out(photo, out, reason="看看")
    assert not out.exists()
    out.write_bytes(b"mine")
    with pytest.raises(CommandError, match="已存在"):
        take_out(photo, out)
    assert out.read_bytes() == b"mine"
    with pytest.raises(CommandError, match="无法写入"):
        take_out(photo, tmp_path / "no" / "folder.jpg")
    with pytest.raises(CommandError, match="没有这个编号"), clock.set_to(AT):
        call_command("photo_original", "0" * 32, to=tmp_path / "x", reason=REASON)
    (private_media / photo.files.get(kind="original").path).unlink()
    with pytest.raises(CommandError, match="不在存储中"):
        take_out(photo, tmp_path / "gone.jpg")
    assert not Event.objects.filter(kind="photo.original_taken_out").exists()


def test_no_person_of_the_portal_takes_originals_out(cast):
    photo = kept(cast.supervisor)
    for actor in cast.everyone().values():
        with pytest.raises((NotAllowed, InvalidInput)) as refusal:
            take_out_original(photo=photo, reason=REASON, by=actor, at=AT)
        assert refusal.type is NotAllowed
    assert notices.TAKE_OUT not in {right for actor in cast.everyone().values() for right in actor.capabilities}


# -- backups -------------------------------------------------------------------------------------------------------
def test_a_restored_copy_names_photos_that_are_missing(cast, private_media):
    photo = drawn(cast.supervisor)
    assert facts.files(private_media) == {"files": 3, "faults": []}
    paths = {file.kind: private_media / file.path for file in photo.files.all()}
    paths["original"].unlink()
    paths["thumb"].write_bytes(b"x")
    assert len(facts.files(private_media)["faults"]) == 2
