"""Children never outlive their parent, and what dies is started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from stack import stopping
from stack.console import Interrupted, Refusal
from stack.family import Child, Family
from stack.supervisor import Supervisor

from tests.stack.running import ROOT, family_of, living, until

# A child with a child of its own, as granian and Celery have: the kernel's death signal does not reach the inner one.
NESTED = "import subprocess; subprocess.run(['sleep', '300'])"
PARENT = f"""
import json, sys, time
sys.path.insert(0, {str(ROOT / "script")!r})
from stack.family import Child, Family
family = Family()
child = family.start(Child("nested", [sys.executable, "-c", {NESTED!r}]))
print(json.dumps([child.process.pid, family._guard.pid]), flush=True)
time.sleep(300)
"""


@pytest.fixture
def family():
    family = Family()
    yield family
    family.stop_all()


@pytest.fixture
def parent():
    """A process with a family of its own: (parent, child pid, guard pid, everything below it)."""
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as process:
        child, guard = json.loads(process.stdout.readline())
        until(lambda: len(family_of(child)) == 2, 5, "the inner child runs")
        yield process, child, guard
        process.kill()


def test_killed_parent_leaves_no_orphan_not_even_a_grandchild(parent):
    process, _child, _guard = parent
    everything = family_of(process.pid)
    assert len(everything) == 4
    process.kill()
    process.wait()
    until(lambda: not living(everything), 10, "all are gone")


def test_without_the_guard_the_grandchild_would_stay(parent):
    """The control of the test above: it can fail."""
    process, child, guard = parent
    inner = next(pid for pid in family_of(child) if pid != child)
    everything = family_of(inner)
    os.kill(guard, signal.SIGKILL)
    process.kill()
    process.wait()
    time.sleep(0.5)
    assert living(everything) == ["sleep 300 "]
    os.kill(inner, signal.SIGKILL)


def test_killed_guard_is_replaced_and_the_new_one_knows_the_children(family):
    child = family.start(Child("nested", ["sleep", "300"]))
    old = family._guard
    old.kill()
    old.wait()
    family.ensure_guard()
    everything = family_of(child.process.pid)
    family._guard.stdin.close()  # what the kernel does when the parent dies
    child.process.wait(3)  # sooner than the guard's grace: it was asked, not killed
    family._guard.wait(10)
    family._guard = None
    family.children.remove(child)
    assert not living(everything)


def test_servers_stop_after_the_programs_that_write_to_them(family, tmp_path):
    record = tmp_path / "order"
    for name, rank in (("server", 1), ("web", 2)):
        code = f"""
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (open({str(record)!r}, "a").write({name!r} + " "), sys.exit()))
open({str(tmp_path / name)!r}, "w").close()
time.sleep(300)"""
        family.start(Child(name, [sys.executable, "-c", code], rank=rank))
    until(lambda: (tmp_path / "server").exists() and (tmp_path / "web").exists(), 5, "both run")
    family.stop_all()
    assert record.read_text() == "web server "


def test_child_that_ignores_its_signal_is_killed_after_the_grace(family, tmp_path):
    code = (
        f"import signal, time; signal.signal(15, signal.SIG_IGN); open({str(tmp_path / 'up')!r}, 'w'); time.sleep(300)"
    )
    child = family.start(Child("deaf", [sys.executable, "-c", code], grace=0.3))
    until((tmp_path / "up").exists, 5, "it runs")
    everything = family_of(child.process.pid)
    family.stop(child)
    assert not living(everything)


def test_failed_command_is_refused_with_the_end_of_its_log(family, tmp_path):
    log = tmp_path / "log"
    with pytest.raises(Refusal, match=r"(?s)no such thing.*nine failed \(exit code 9\)"):
        family.run(Child("nine", ["sh", "-c", "echo no such thing; exit 9"], log=log))


def test_dead_child_comes_back_and_its_old_workers_are_gone(family, monkeypatch, capsys):
    child = family.start(Child("web", [sys.executable, "-c", NESTED]))
    first = child.process.pid
    until(lambda: len(family_of(first)) == 2, 5, "the inner child runs")
    before = family_of(first)
    os.kill(first, signal.SIGKILL)
    give_up = time.monotonic() + 10

    def pause(seconds: float) -> None:
        time.sleep(0.02)
        assert time.monotonic() < give_up
        if child.process and child.process.pid != first and child.alive:
            raise Interrupted(signal.SIGTERM)

    monkeypatch.setattr(stopping, "pause", pause)
    with pytest.raises(Interrupted):
        Supervisor(family).watch()
    assert not living(before)
    assert "web died (SIGKILL); starting it again in 0.2 s" in capsys.readouterr().out


def test_pauses_grow_while_a_child_keeps_dying(family):
    supervisor, child = Supervisor(family), Child("web", ["true"])
    pauses = []
    for _ in range(5):
        supervisor._plan(child, now=10.0)
        pauses.append(supervisor.due.pop("web") - 10.0)
    supervisor._plan(child, now=100.0)  # it had lived for long
    assert [*pauses, supervisor.due["web"] - 100.0] == pytest.approx([0.2, 1, 3, 10, 10, 0.2])
