"""What is common to the benchmarks: timing, paired ratios, the machine's facts, the file of results.

Absolute times say little on a shared machine; only ratios of the same repeat count, shown as median [min..max].
"""

from __future__ import annotations

import gc
import json
import os
import platform
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = (
    "server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_level", "shared_buffers", "max_wal_size",
)  # fmt: skip
PACKAGES = ("django", "django-import-export", "psycopg2-binary", "psycopg2", "numpy", "polars")


@contextmanager
def timing(into: dict[str, float], name: str) -> Iterator[None]:
    """Keep under a name how long the block took; what lies about from earlier ones is collected before."""
    gc.collect()
    began = time.perf_counter()
    yield
    into[name] = time.perf_counter() - began


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """ours / theirs, repeat by repeat; as many as both have."""
    return [one / other for one, other in zip(ours, theirs, strict=False)]


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """median [min..max] n=…"""
    if not values:
        return "-"
    low, middle, high = (format(value, form) for value in (min(values), median(values), max(values)))
    return f"{middle} [{low}..{high}] n={len(values)}"


def machine() -> dict[str, Any]:
    """What a reader needs to know about where the figures come from."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name", [list(SETTINGS)])
        database = dict(cursor.fetchall())
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load": [round(value, 2) for value in os.getloadavg()],
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
        "postgresql": database,
    }


def keep(name: str, facts: dict[str, Any]) -> Path:
    """The results as one JSON file under bench/results, which git ignores."""
    folder = ROOT / "bench" / "results"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _commit() -> str:
    done = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True)
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except ModuleNotFoundError:
        return None
