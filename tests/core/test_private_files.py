"""Files under MEDIA_ROOT: whole or not there, readable by the portal alone, refused when the disk is nearly full."""

import os
from collections import namedtuple

import pytest

from foundation.core import private_files
from foundation.core.errors import Conflict, Unavailable
from foundation.core.http import status_of
from tests.documents.conftest import private_media

__all__ = ["private_media"]


def lying(root) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_file_is_written_in_pieces_and_comes_back(private_media):
    kept = private_files.write("a/b/x.bin", [b"one", b"", b"two"])
    assert (kept.path, kept.size, kept.sha256) == ("a/b/x.bin", 6, private_files.digest(b"onetwo"))
    assert private_files.fetch(kept.path, sha256=kept.sha256) == b"onetwo"
    assert lying(private_media) == ["a/b/x.bin"]
    assert (private_media / kept.path).stat().st_mode & 0o007 == 0


def test_half_a_file_never_bears_its_name(private_media):
    def pieces():
        yield b"one"
        assert lying(private_media) == ["a/.x.bin.part"]
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        private_files.write("a/x.bin", pieces())
    assert lying(private_media) == []


def test_file_and_folder_are_on_the_disk_before_it_returns(private_media, monkeypatch):
    synced, fsync = [], os.fsync

    def noted(number: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{number}"))
        fsync(number)

    monkeypatch.setattr(private_files.os, "fsync", noted)
    private_files.write("a/x.bin", [b"one"])
    assert synced == [str(private_media / "a/x.bin"), str(private_media / "a")]


def test_names_are_not_guessable_and_never_the_same(private_media):
    first, second = private_files.keep("a", "jpg", b"x"), private_files.keep("a", "jpg", b"x")
    assert first != second
    assert len(first) == len("a/" + "0" * 32 + ".jpg")


def test_a_file_that_is_gone_or_changed_is_not_handed_out(private_media):
    kept = private_files.write("x.bin", [b"one"])
    (private_media / "x.bin").write_bytes(b"two")
    with pytest.raises(Conflict, match="摘要不符"):
        private_files.fetch(kept.path, sha256=kept.sha256)
    private_files.discard(kept.path)
    private_files.discard(kept.path)
    with pytest.raises(Conflict, match="不在存储中"):
        private_files.fetch(kept.path, sha256=kept.sha256)


@pytest.mark.parametrize(("free", "refused"), [(9, True), (10, False), (60, False)])
def test_a_disk_that_is_nearly_full_takes_no_more(settings, private_media, monkeypatch, free, refused):
    settings.MEDIA_MIN_FREE_PERCENT = 10
    settings.MEDIA_ROOT = private_media / "not" / "there yet"
    usage = namedtuple("Usage", "total used free")(100 << 30, (100 - free) << 30, free << 30)
    monkeypatch.setattr(private_files.shutil, "disk_usage", lambda root: usage)
    if not refused:
        return private_files.require_room()
    with pytest.raises(Unavailable, match="存储空间不足") as refusal:
        private_files.require_room()
    assert (refusal.value.code, status_of(refusal.value)) == ("no_room", 503)
    return None
