"""What a person sees in the terminal: one line per step with its seconds, and clear sentences for refusals."""

import io
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Refusal(Exception):
    """The command cannot go on; the message is a sentence for the person at the terminal."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


class Interrupted(Exception):
    """Ctrl-C, SIGTERM or SIGHUP arrived while something was under way."""

    def __init__(self, signum: int) -> None:
        super().__init__(f"signal {signum}")
        self.code = 128 + signum


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(label: str) -> Iterator[Callable[[str], None]]:
    """Print the label at once and the seconds when done; the yielded function adds a remark to the line."""
    remarks: list[str] = []
    print(f"  {label:<32}", end="", flush=True)
    began = time.monotonic()
    try:
        yield remarks.append
    except BaseException:
        print(" stopped", flush=True)
        raise
    remark = f"  ({', '.join(remarks)})" if remarks else ""
    print(f"{time.monotonic() - began:6.1f} s{remark}", flush=True)


def tail(path: Path, lines: int = 30) -> str:
    """The last lines of a log, for an error message."""
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - 16_384))
            text = log.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return "\n".join(text.splitlines()[-lines:])


def pad(text: str, width: int) -> str:
    """Pad to a column width, counting a Chinese character as two columns."""
    used = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - used)


def guarded(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command; refusals become one sentence on stderr and an exit code instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a GBK or C terminal must not end the supervisor
    try:
        return command(arguments)
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr, flush=True)
        return refusal.code
    except Interrupted as interrupted:
        return interrupted.code
