"""``script/bench list``: the public directory and lists at 200,000 institutions, in requests a second.

- file: nginx, with the configuration that we ship, sends a list page's bytes as a file, over TLS;
- cached: the same nginx with its one-second cache before the portal, ``/lists/`` over TLS;
- plain file: nginx as it comes, the same bytes over plain HTTP;
- warm: the portal alone (granian, all of Django's middleware), ``/lists/`` over plain HTTP, made once a second;
- uncached: the portal alone, 20,000 different pages of the directory, none asked for twice;
- stock: a ListView of Django on gunicorn, random pages of the same directory.
wrk drives each in turn, repeat by repeat, from this machine; requests to the portal come from ever new addresses, as
from people, so that its throttle counts and lets pass. Also what a page costs at any depth, through all of Django.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from bench import filled, place, sites  # noqa: E402
from bench.measured import keep, machine, ratios, spread  # noqa: E402
from foundation.core import throttle  # noqa: E402
from institutions.models import Institution  # noqa: E402

LIST, CONNECTIONS = "/lists/", 32
SCRIPT = """
local paths = {{}}
for line in io.lines("{paths}") do paths[#paths + 1] = line end
local turn = {start}
function request()
  turn = turn % #paths + 1
  local from = math.random(1, 254) .. "." .. math.random(0, 255) .. "." .. math.random(0, 255)
  return wrk.format("GET", paths[turn], {{["Host"] = "localhost", ["X-Forwarded-For"] = "10." .. from}})
end
function done(summary, latency)
  io.write(string.format("BENCH %d %d %d %d\\n", summary.requests, summary.duration, summary.errors.status +
    summary.errors.read + summary.errors.timeout + summary.errors.connect, latency:percentile(99)))
end
"""


class Run(NamedTuple):
    """Requests a second and the 99th percentile in milliseconds."""

    rate: float
    p99: float


class Target(NamedTuple):
    """What wrk asks: a server and the addresses on it."""

    base: str
    paths: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench list", description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", type=int, default=200_000, help="institutions (200000)")
    parser.add_argument("--repeats", type=int, default=3, help="of each contender (3)")
    parser.add_argument("--seconds", type=int, default=5, help="that wrk drives each (5)")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("script/bench list needs nginx and wrk. On Debian: apt-get install nginx-light wrk")
    place.prepare()
    with place.fresh_database(), tempfile.TemporaryDirectory(prefix="shuanjian-bench-") as name, ExitStack() as stack:
        facts: dict[str, Any] = {"machine": machine(), "rows": options.rows}
        filled.fill(options.rows)
        facts["depth"] = depths(options.repeats * 10)
        targets = served(stack, Path(name))
        facts["runs"] = driven(targets, Path(name), options.repeats, options.seconds)
        show(facts)
    print(f"\nkept in {keep('list', facts)}")


def served(stack: ExitStack, folder: Path) -> dict[str, Target]:
    """All servers running, and what is asked of each."""
    folder.chmod(0o755)
    log = folder / "servers.log"
    app, stock = stack.enter_context(sites.application(log)), stack.enter_context(sites.stock(log))
    page = sites.fetched(LIST, app, headers={"X-Forwarded-For": "10.0.0.1"})
    nginx = stack.enter_context(sites.nginx(app, folder, log))
    (folder / "static" / "page.html").write_bytes(page)
    (folder / "page.html").write_bytes(page)
    plain = stack.enter_context(sites.plain_nginx(folder, log))
    if {sites.fetched("/static/page.html", nginx, tls=True), sites.fetched("/page.html", plain)} != {page}:
        raise RuntimeError("the file is not the page")
    chance = random.Random(1)
    ids = list(Institution.objects.filter(status="normal").values_list("public_id", flat=True))
    deep = [
        f"/institutions/?after={public_id}&p={chance.randint(2, 40)}"
        for public_id in chance.sample(ids, min(len(ids), 20_000))
    ]
    numbered = [f"/institutions/?page={chance.randint(1, len(ids) // 20)}" for _ in range(20_000)]
    print(f"a list page has {len(page):,} bytes, a page of stock's {len(sites.fetched(numbered[0], stock)):,}")
    return {
        "file": Target(f"https://localhost:{nginx}", ["/static/page.html"]),
        "cached": Target(f"https://localhost:{nginx}", [LIST]),
        "plain file": Target(f"http://127.0.0.1:{plain}", ["/page.html"]),
        "warm": Target(f"http://127.0.0.1:{app}", [LIST]),
        "uncached": Target(f"http://127.0.0.1:{app}", deep),
        "stock": Target(f"http://127.0.0.1:{stock}", numbered),
    }


def driven(targets: dict[str, Target], folder: Path, repeats: int, seconds: int) -> dict[str, list[Run]]:
    """Each target in turn, repeat by repeat; the first one warms everything and does not count."""
    runs: dict[str, list[Run]] = {name: [] for name in targets}
    names = list(targets)
    for turn in range(repeats + 1):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            run = drive(targets[name], folder, seconds if turn else 2, turn)
            if turn:
                runs[name].append(run)
    return runs


def drive(target: Target, folder: Path, seconds: int, turn: int) -> Run:
    """One run of wrk; an answer that is not 2xx or 3xx fails it."""
    paths, script = folder / "paths.txt", folder / "wrk.lua"
    paths.write_text("\n".join(target.paths) + "\n", encoding="utf-8")
    start = turn * 4001 % len(target.paths)
    script.write_text(SCRIPT.format(paths=paths, start=start), encoding="utf-8")
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--latency",
        "--timeout",
        "30s",
        "-s",
        script,
        target.base,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"BENCH (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    requests, microseconds, errors, p99 = map(int, found.groups())
    if errors:
        raise RuntimeError(f"{target.base}: {errors} errors\n{done.stdout}")
    return Run(1e6 * requests / microseconds, p99 / 1000)


def depths(repeats: int) -> dict[str, list[float]]:
    """Milliseconds of the directory's and the white list's pages at three depths, through Django's handler, in turn.

    Pages are made anew each time, as for the first visitor of a second; what is kept longer stays kept.
    """
    client, found = Client(headers={"host": "localhost"}), {}
    names = list(Institution.objects.filter(status="normal").order_by("name", "pk").values_list("public_id", flat=True))
    settings.PUBLIC_MEMORY, settings.ALLOWED_HOSTS = True, ["localhost"]
    places = {"first": "", "middle": names[len(names) // 2], "last": names[-60]}
    for turn in range(repeats + 1):
        for path in ("/institutions/", LIST):
            for name, after in places.items():
                throttle.counted_here.clear()
                began = time.perf_counter()
                response = client.get(
                    path, {"after": after, "p": 2, "fresh": turn}, headers={"x-forwarded-for": f"10.0.0.{turn}"},
                    REMOTE_ADDR=f"10.1.{turn}.{len(found)}",
                )  # fmt: skip
                if response.status_code != 200:
                    raise RuntimeError(f"{path}: {response.status_code}")
                if turn:
                    found.setdefault(f"{path} {name}", []).append(1000 * (time.perf_counter() - began))
    return found


def show(facts: dict[str, Any]) -> None:
    """The rates, the ratios with their goals, and the depths."""
    runs: dict[str, list[Run]] = facts["runs"]
    for name, found in runs.items():
        rate, p99 = [run.rate for run in found], [run.p99 for run in found]
        print(f"  {name:10} {spread(rate, ',.0f')} requests/s, p99 {spread(p99, '.1f')} ms")
    rates = {name: [run.rate for run in found] for name, found in runs.items()}
    facts["ratios"] = {
        "cached / file (goal >= 0.75)": ratios(rates["cached"], rates["file"]),
        "warm / plain file (goal >= 0.10)": ratios(rates["warm"], rates["plain file"]),
        "uncached / stock (goal >= 7)": ratios(rates["uncached"], rates["stock"]),
    }
    for name, values in facts["ratios"].items():
        print(f"{name}: {spread(values)}")
    for path in ("/institutions/", LIST):
        first = median(facts["depth"][f"{path} first"])
        for name in ("middle", "last"):
            deep = median(facts["depth"][f"{path} {name}"])
            print(f"{path} {name} page / first page = {deep / first:.2f} (goal <= 1.5), {deep:.1f} / {first:.1f} ms")


if __name__ == "__main__":
    main()
