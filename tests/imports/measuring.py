"""How much memory each file of a folder costs: ``python -m tests.imports.measuring FOLDER`` prints MB and seconds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from foundation.imports.faults import FileRefused
from foundation.imports.reading import open_file


def memory(name: str) -> float:
    """A figure of /proc/self/status in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def measured(folder: str) -> dict[str, tuple[float, float]]:
    """File -> growth of the process at its peak in MB, and seconds, for each file of a folder opened in turn."""

    found = {}
    for path in sorted(Path(folder).iterdir()):
        Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
        before, start = memory("VmRSS"), time.monotonic()
        with path.open("rb") as file:
            try:
                for sheet in open_file(file).sheets:
                    for _row in sheet.rows():
                        pass
            except FileRefused:
                pass
        found[path.name] = (memory("VmHWM") - before, time.monotonic() - start)
    return found


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1])))  # noqa: T201
