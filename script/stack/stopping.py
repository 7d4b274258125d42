"""Signals become a flag that waiting points read: a handler that raises could lose a child just forked."""

import signal
import time

from stack.console import Interrupted

_received: list[int] = []


def listen() -> None:
    """Take over Ctrl-C, SIGTERM and SIGHUP (unless nohup switched the last one off)."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signum == signal.SIGHUP and signal.getsignal(signum) == signal.SIG_IGN:
            continue
        signal.signal(signum, lambda number, _frame: _received.append(number))


def pause(seconds: float) -> None:
    """Sleep, but raise Interrupted as soon as somebody asked to stop."""
    until = time.monotonic() + seconds
    while True:
        check()
        left = until - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(left, 0.05))


def check() -> None:
    """Raise Interrupted when somebody asked to stop."""
    if _received:
        raise Interrupted(_received[0])
