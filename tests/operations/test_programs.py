"""The small programs beside the handbook: a key in two halves, a segment in the archive whole or not at all."""

from __future__ import annotations

import gzip
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.test_units import HANDBOOK

Halves = tuple[str, Path, Path]


def run(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)


def split_key(*words: object) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, HANDBOOK / "bin/split-key", *words)


@pytest.fixture
def halves(tmp_path: Path) -> Halves:
    key = secrets.token_hex(32)
    (tmp_path / "key").write_text(key + "\n", encoding="ascii")
    one, two = tmp_path / "one", tmp_path / "two"
    assert split_key("split", tmp_path / "key", one, two).returncode == 0
    return key, one, two


def test_a_key_comes_back_from_its_halves(halves: Halves) -> None:
    key, one, two = halves
    assert split_key("join", one, two).stdout.strip() == split_key("join", two, one).stdout.strip() == key
    assert {path.stat().st_mode & 0o777 for path in (one, two)} == {0o400}
    assert not {key} & {path.read_text(encoding="ascii").splitlines()[1] for path in (one, two)}


def test_what_is_no_pair_is_refused(halves: Halves, tmp_path: Path) -> None:
    _, one, two = halves
    (tmp_path / "other").write_text("f" * 64, encoding="ascii")
    split_key("split", tmp_path / "other", tmp_path / "three", tmp_path / "four")
    damaged = tmp_path / "damaged"
    text = two.read_text(encoding="ascii")
    damaged.write_text(text[:-2] + ("0" if text[-2] != "0" else "1") + "\n", encoding="ascii")
    for pair in ((one, tmp_path / "four"), (one, one), (one, damaged)):
        done = split_key("join", *pair)
        assert (done.returncode, done.stdout) == (1, "")
    assert split_key("split", tmp_path / "other", one, two).returncode != 0  # never written over


def archive(source: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return run(HANDBOOK / "bin/wal-archive", source, "000000010000000000000001", folder)


def test_a_segment_is_archived_once_and_never_written_over(tmp_path: Path) -> None:
    source, folder = tmp_path / "segment", tmp_path / "wal"
    folder.mkdir()
    source.write_bytes(os.urandom(100_000))
    assert archive(source, folder).returncode == 0
    [kept] = folder.iterdir()
    assert gzip.decompress(kept.read_bytes()) == source.read_bytes()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert archive(source, folder).returncode == 0  # offered again after a crash
    source.write_bytes(os.urandom(100_000))
    refused = archive(source, folder)
    assert (refused.returncode, "other content" in refused.stderr) == (1, True)
    assert len(list(folder.iterdir())) == 1


def test_nothing_is_there_when_the_archive_cannot_be_written(tmp_path: Path) -> None:
    source = tmp_path / "segment"
    source.write_bytes(b"x")
    assert archive(source, tmp_path / "nowhere").returncode != 0
    (tmp_path / "wal").mkdir()
    assert archive(tmp_path / "none", tmp_path / "wal").returncode != 0
    assert not list((tmp_path / "wal").glob("0*"))
