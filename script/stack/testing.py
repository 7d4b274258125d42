"""script/test: pytest on throwaway servers of its own; several runs can go on at once."""

import argparse
import hashlib
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stack import browser, layout, packages, servers, stopping
from stack.console import Interrupted, Refusal, step
from stack.family import Child, Family
from stack.lock import Held, Lock

SLOTS = 8


def main(arguments: list[str]) -> int:
    """Entry of script/test; returns pytest's exit code."""
    parser = argparse.ArgumentParser(
        prog="script/test",
        usage="script/test [--all] [pytest arguments]",
        description="Runs the tests on throwaway PostgreSQL and Valkey servers. With DATABASE_URL and "
        "DATABASE_OWNER_URL set, these databases are used instead. Without paths: three processes.",
    )
    parser.add_argument("--all", action="store_true", help="the slow tests too; without it, -m 'not slow'")
    options, rest = parser.parse_known_args(arguments)
    with throwaway_servers() as (family, environment):
        with step("Chromium") as remark:
            environment |= browser.ensure(family, remark)
        return run_pytest(family, environment, pytest_arguments(rest, everything=options.all))


@contextmanager
def throwaway_servers(kind: str = "test", *, durable: bool = False) -> Iterator[tuple[Family, dict[str, str]]]:
    """Packages and servers in a free slot; yields the process family and the environment for what runs on them.

    A durable cluster is for measuring: it can grow to gigabytes and is removed; tests keep theirs, for its templates.
    """
    stopping.listen()
    home, lock = _free_slot(kind, layout.state_dir() if durable else layout.throwaway_dir())
    family = Family(lock.fd)
    try:
        with step("Python packages") as remark:
            packages.install(family, packages.DEV, remark)
        with step("PostgreSQL and Valkey") as remark:
            started = servers.start(family, home, durable=True) if durable else servers.start_throwaway(family, home)
            remark(home.name if started.postgres else "DATABASE_URL as given")
        yield family, environment_for(started)
    finally:
        family.stop_all()
        for folder in home.glob("postgres-*") if durable else ():
            shutil.rmtree(folder)
        lock.release()


def environment_for(started: servers.Servers) -> dict[str, str]:
    """The process environment plus addresses, test settings and keys; the keys are fixed, they protect nothing."""
    key = hashlib.sha256(b"shuanjian test key").hexdigest()
    own = {"DJANGO_SETTINGS_MODULE": "shuanjian.settings.test", "SECRET_KEY": f"only-for-tests-{key}", "FIELD_KEY": key}
    return {**layout.inherited_environment(), **own, **started.environment}


def pytest_arguments(given: list[str], *, everything: bool) -> list[str]:
    """What pytest gets: three processes unless paths or a number of processes are given, no slow tests unless asked."""
    added: list[str] = []
    if not any(_is_path(word) or word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for word in given):
        # Three on two cores: those that start servers or browsers mostly wait.
        # The order of tests/conftest.py, longest files first; pytest-xdist's own puts those with few tests last.
        added += ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
    if not everything and not any(word.startswith("-m") for word in given):
        added += ["-m", "not slow"]
    return added + [_from_here(word) for word in given]


def run_pytest(family: Family, environment: dict[str, str], arguments: list[str]) -> int:
    """Run pytest in the foreground; Ctrl-C lets it finish its fixtures first."""
    # At a terminal pytest shares our process group, else --pdb could not read from it.
    own_group = not sys.stdin.isatty()
    command = [layout.venv_python(), "-m", "pytest", *arguments]
    child = Child("pytest", command, env=environment, cwd=layout.ROOT, stop_signal=signal.SIGINT, own_group=own_group)
    try:
        return family.wait(family.start(child))
    except Interrupted as interrupted:
        if own_group:
            family.stop(child)
        elif child.process is not None:
            child.process.wait()
        return interrupted.code


def _from_here(word: str) -> str:
    """pytest runs in the checkout; a path that only exists where the caller stands is made absolute."""
    path, *rest = word.split("::")
    if not word.startswith("-") and not (layout.ROOT / path).exists() and Path(path).exists():
        return "::".join([str(Path(path).absolute()), *rest])
    return word


def _is_path(word: str) -> bool:
    return not word.startswith("-") and (layout.ROOT / _from_here(word).split("::")[0]).exists()


def _free_slot(kind: str, folder: Path) -> tuple[Path, Lock]:
    for number in range(1, SLOTS + 1):
        home = layout.make_private_dir(layout.make_private_dir(folder) / f"{kind}-{number}")
        lock = Lock(home / "lock")
        try:
            lock.acquire(patience=0)
        except Held:
            continue
        return home, lock
    raise Refusal(f"All {SLOTS} {kind} slots in {folder} are in use.")
