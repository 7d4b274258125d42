"""Watches the running stack: what dies unexpectedly comes back, after a pause that grows while it keeps dying."""

import time
from pathlib import Path

from stack import stopping
from stack.console import say, tail
from stack.family import Child, Family, describe_exit

PAUSES = (0.2, 1.0, 3.0, 10.0)  # seconds before the first, second, ... start in a row
STEADY = 30.0  # seconds of life after which a death counts as the first again


class Supervisor:
    """Runs until Interrupted."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.deaths: dict[str, int] = {}
        self.due: dict[str, float] = {}

    def watch(self) -> None:
        """Restart dead children until somebody asks to stop (Interrupted)."""
        while True:
            stopping.pause(0.1)
            self.family.ensure_guard()
            for child in list(self.family.children):
                if not child.alive:
                    self._revive(child)

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.name not in self.due:
            self._plan(child, now)
        if now < self.due[child.name]:
            return
        del self.due[child.name]
        try:
            self.family.start(child)
        except OSError as error:  # for instance out of processes: try again later, keep the others alive
            say(f"{child.name} could not be started: {error}")
            child.started = now

    def _plan(self, child: Child, now: float) -> None:
        if now - child.started > STEADY:
            self.deaths[child.name] = 0
        pause = PAUSES[min(self.deaths.get(child.name, 0), len(PAUSES) - 1)]
        self.deaths[child.name] = self.deaths.get(child.name, 0) + 1
        self.due[child.name] = now + pause
        how = describe_exit(child.process.returncode) if child.process else "not started"
        say(f"{time.strftime('%H:%M:%S')} {child.name} died ({how}); starting it again in {pause:g} s")
        if child.log and self.deaths[child.name] > 1:
            say(_indented(child.log))


def _indented(log: Path) -> str:
    return "\n".join(f"    {line}" for line in tail(log, 5).splitlines())
