"""A watcher that outlives a killed supervisor just long enough to stop what it left behind.

It reads a pipe whose only write end the supervisor holds. `add PGID SIGNAL RANK` and `drop PGID` keep its list; end of
file means that the supervisor is gone, however it went (kill -9 too). Works on macOS, where PR_SET_PDEATHSIG does not.
PDEATHSIG alone is not enough: it reaches direct children only, not granian's and Celery's own.
"""

import os
import signal
import sys
import time

GRACE = {2: 5.0, 1: 15.0}  # seconds by rank: 2 = web, worker, beat, commands; 1 = the servers that they write to


def main() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    watched: dict[int, tuple[int, int]] = {}
    for line in sys.stdin:
        word, *numbers = line.split()
        if word == "add":
            pgid, signum, rank = map(int, numbers)
            watched[pgid] = (signum, rank)
        else:
            watched.pop(int(numbers[0]), None)
    for rank in sorted(GRACE, reverse=True):
        end_groups({pgid: signum for pgid, (signum, its) in watched.items() if its == rank}, GRACE[rank])


def end_groups(groups: dict[int, int], grace: float) -> None:
    """Send each process group its own signal, wait, then SIGKILL whatever is left."""
    for pgid, signum in groups.items():
        send(pgid, signum)
    until = time.monotonic() + grace
    while any(send(pgid, 0) for pgid in groups) and time.monotonic() < until:
        time.sleep(0.02)
    for pgid in groups:
        send(pgid, signal.SIGKILL)


def send(pgid: int, signum: int) -> bool:
    """Signal a group; False when nobody is in it any more."""
    try:
        os.killpg(pgid, signum)
    except (ProcessLookupError, PermissionError):  # macOS says EPERM for a group of zombies
        return False
    return True


if __name__ == "__main__":
    main()
