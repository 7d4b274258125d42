"""Entry of script/server, script/test, script/check, script/prove and script/bench (through ``launch``)."""

import importlib
import sys
from pathlib import Path

COMMANDS = ("serve", "testing", "checking", "prove", "bench")


def main() -> int:
    # This folder itself must not be importable: its module names would stand before those of other packages.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    name = sys.argv[1]
    if name not in COMMANDS:
        raise SystemExit(f"unknown command: {name}")
    console = importlib.import_module("stack.console")
    return int(console.guarded(importlib.import_module(f"stack.{name}").main, sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
