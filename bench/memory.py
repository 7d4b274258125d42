"""How much memory the worker's part of an import needs at its peak, for two sizes of file.

The page's part and the worker's part run in processes of their own, as they do in an installation.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

django.setup()

from bench import place, product, registry  # noqa: E402


def compare(folder: Path, sizes: list[int]) -> dict[str, Any]:
    """Print and return the peaks of all sizes, and how the last compares with the first."""
    found = {}
    for rows in sizes:
        path = folder / f"{rows}.csv"
        registry.write(path, rows)
        with place.fresh_database() as name:
            page = _in_a_process(name, "page", str(path))
            found[rows] = {"page": page, "worker": _in_a_process(name, "worker", str(page["batch"]))}
        for part, peaks in found[rows].items():
            said = ", ".join(f"{step} {value / 2**20:.0f} MB" for step, value in peaks.items() if step != "batch")
            print(f"  {rows:>7,} rows, {part}: peak after {said}", flush=True)
    small, large = found[sizes[0]], found[sizes[-1]]
    ratio = {part: large[part]["end"] / small[part]["end"] for part in small}
    for part, value in ratio.items():
        print(f"  {part}: {value:.2f} times the memory for {sizes[-1] / sizes[0]:.0f} times the rows")
    return {"peaks": found, "ratio": ratio}


def _in_a_process(database: str, part: str, argument: str) -> dict[str, int]:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    command = [sys.executable, "-m", "bench.memory", part, argument]
    environment = {**os.environ, "DATABASE_URL": address, "DATABASE_OWNER_URL": address}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def _page(path: str) -> dict[str, int]:
    return {"start": _peak(), "batch": product.upload(Path(path)), "end": _peak()}


def _worker(batch: str) -> dict[str, int]:
    peaks = {"start": _peak()}
    product.check(int(batch))
    peaks["check"] = _peak()
    product.apply(int(batch))
    peaks["apply"] = _peak()
    product.make_findable()
    return {**peaks, "end": _peak()}


def _peak() -> int:
    """The most bytes this process has held. (Linux: ru_maxrss would be the parent's, which the child inherits.)"""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) * 1024


if __name__ == "__main__":
    print(json.dumps({"page": _page, "worker": _worker}[sys.argv[1]](sys.argv[2])))
