"""Locks, ports, private files, leftovers and arguments: the parts that need no server."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stack import checking, console, layout, leftover, lock, packages, ports, testing

from tests.stack.running import ROOT, until


def test_private_file_is_readable_by_its_owner_only_and_replaced_whole(tmp_path):
    path = tmp_path / "keys"
    layout.write_private(path, "one")
    layout.write_private(path, "two")
    assert path.read_text() == "two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys"]


def test_second_owner_of_a_folder_is_refused_with_the_first_ones_address(tmp_path):
    first, second = lock.Lock(tmp_path / "lock"), lock.Lock(tmp_path / "lock")
    first.acquire({"port": 8000})
    with pytest.raises(lock.Held, match=rf"already running \(pid {os.getpid()}, serving http://127.0.0.1:8000/\)"):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_lock_waits_while_a_dead_owners_guard_cleans_up(tmp_path):
    path = tmp_path / "lock"
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    holder = lock.Lock(path)
    holder.acquire()
    os.pwrite(holder.fd, b'{"pid": %d}            ' % int(dead.stdout), 0)
    guard = subprocess.Popen(["sleep", "0.4"], pass_fds=[holder.fd])  # like the guard: holds the lock a little longer
    holder.release()
    began = time.monotonic()
    mine = lock.Lock(path)
    mine.acquire()
    assert time.monotonic() - began > 0.2
    mine.release()
    guard.wait()


def test_port_of_a_listener_is_not_free_and_another_one_is_picked():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not ports.is_free(port)
        assert ports.pick(port) != port
    assert ports.pick(port) == port


def test_leftover_of_ours_is_stopped_and_a_foreign_process_is_left_alone(tmp_path):
    marker = f"{tmp_path}/data"
    ours = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", marker])
    foreign = subprocess.Popen(["sleep", "60"])
    until(lambda: marker in leftover.command_line(ours.pid), 5, "our process shows its command line")
    for process in (ours, foreign):
        (tmp_path / "server.pid").write_text(f"{process.pid}\nmore lines\n")
        leftover.end(tmp_path / "server.pid", marker, signal.SIGTERM)
        assert not (tmp_path / "server.pid").exists()
    assert ours.wait(5) == -signal.SIGTERM
    assert foreign.poll() is None
    foreign.kill()
    foreign.wait()


def test_digest_of_requirements_follows_included_files(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "ROOT", tmp_path)
    (tmp_path / "a.txt").write_text("-r b.txt\nx==1\n")
    (tmp_path / "b.txt").write_text("y==1\n")
    before = packages.digest("a.txt")
    assert packages.digest("a.txt") == before
    (tmp_path / "b.txt").write_text("y==2\n")
    assert packages.digest("a.txt") != before


def test_digest_of_sources_sees_code_and_data_but_not_tests(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "ROOT", tmp_path)
    for folder in ("app", "tests", ".venv"):
        (tmp_path / folder).mkdir()
    seen = [layout.digest_of_sources()]
    for name, changes in (("app/a.py", True), ("app/a.csv", True), ("tests/t.py", False), (".venv/x.py", False)):
        (tmp_path / name).write_text("1")
        seen.append(layout.digest_of_sources())
        assert (seen[-1] != seen[-2]) is changes, name


THREE = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")


@pytest.mark.parametrize(
    ("given", "everything", "expected"),
    [
        ([], False, [*THREE, "-m", "not slow"]),
        ([], True, [*THREE]),
        (["-x"], True, [*THREE, "-x"]),
        (["tests/stack"], False, ["-m", "not slow", "tests/stack"]),
        (["tests/stack/test_small_parts.py::test_x", "-m", "slow"], False, None),
        (["-n0"], True, ["-n0"]),
        (["--pdb"], True, ["--pdb"]),
    ],
)
def test_two_processes_and_no_slow_tests_unless_said_otherwise(given, everything, expected):
    assert testing.pytest_arguments(given, everything=everything) == (given if expected is None else expected)


def test_path_that_exists_only_where_the_caller_stands_is_made_absolute(tmp_path, monkeypatch):
    (tmp_path / "test_mine.py").touch()
    monkeypatch.chdir(tmp_path)
    given = ["test_mine.py::test_a", "-q"]
    assert testing.pytest_arguments(given, everything=True) == [f"{tmp_path}/test_mine.py::test_a", "-q"]


def test_columns_count_chinese_characters_twice():
    assert console.pad("手机端", 8) == "手机端  "
    assert console.pad("admin", 8) == "admin   "


@pytest.mark.parametrize("name", ["server", "test", "check", "prove", "bench"])
def test_old_python_gets_a_sentence(tmp_path, name):
    fake = tmp_path / "python3"
    fake.write_text("#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.9.2' && exit 0\nexit 1\n")
    fake.chmod(0o755)
    for tool in ("sh", "dirname"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}" if Path(f"/usr/bin/{tool}").exists() else f"/bin/{tool}")
    done = subprocess.run(
        [ROOT / "script" / name], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Python 3.11 or newer is needed (found: Python 3.9.2).")


def test_checks_are_picked_and_left_out_by_a_part_of_their_name(tmp_path):
    stages = checking.stages_of(str(tmp_path))
    everything = [stage.name for stage in stages]
    assert [stage.name for stage in checking.chosen(stages, [], None)] == everything
    assert [stage.name for stage in checking.chosen(stages, ["types"], "core")] == ["types stack"]
    without = [stage.name for stage in checking.chosen(stages, [], "architecture")]
    assert without == [name for name in everything if name != "architecture"]


def test_what_tests_throw_away_stands_in_memory_only_where_there_is_plenty_and_it_is_ours(tmp_path, monkeypatch):
    monkeypatch.delenv("SHUANJIAN_STATE_DIR", raising=False)
    monkeypatch.setattr(layout, "MEMORY", tmp_path)
    monkeypatch.setattr(layout, "roomy_memory", lambda: True)
    folder = layout.throwaway_dir()
    assert (folder.parent, layout.passing_dir()) == (tmp_path, tmp_path)
    assert not folder.stat().st_mode & stat.S_IRGRP
    folder.rmdir()
    folder.symlink_to(tmp_path)  # what another user of this machine could have put there
    assert layout.throwaway_dir() == layout.state_dir()
    folder.unlink()
    monkeypatch.setattr(layout, "roomy_memory", lambda: False)
    assert (layout.throwaway_dir(), layout.passing_dir()) == (layout.state_dir(), Path("/var/tmp"))
    monkeypatch.setenv("SHUANJIAN_STATE_DIR", str(tmp_path / "given"))
    monkeypatch.setattr(layout, "roomy_memory", lambda: True)
    assert layout.throwaway_dir() == tmp_path / "given"


def test_memory_is_not_roomy_where_there_is_none_or_little(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "MEMORY", tmp_path / "none")
    assert not layout.roomy_memory()
    monkeypatch.setattr(layout, "MEMORY", tmp_path)
    monkeypatch.setattr(layout, "ROOMY", 1 << 60)
    assert not layout.roomy_memory()
