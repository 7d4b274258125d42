"""script/check: every static check in one go; all of them run, the exit code says whether any failed."""

import argparse
import os
import secrets
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stack import layout, stopping
from stack.console import say
from stack.family import Child, Family
from stack.testing import throwaway_servers

AT_ONCE = 2
MYPY = ["-m", "mypy", "--config-file=", "--cache-dir=.mypy_cache"]
# Without the Django plugin, which must import the settings, mypy cannot see what Django hangs on models and requests.
UNSEEN = ("attr-defined", "union-attr", "var-annotated")
DJANGO = ["--ignore-missing-imports", "--follow-imports=silent", *(f"--disable-error-code={code}" for code in UNSEEN)]


@dataclass
class Stage:
    """One check: a module or script run by the environment's Python."""

    name: str
    arguments: list[str]
    extra: dict[str, str] = field(default_factory=dict)


def main(arguments: list[str]) -> int:
    """Entry of script/check; words given pick stages by a part of their name."""
    parser = argparse.ArgumentParser(prog="script/check", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="STAGE", help="run only stages whose name contains the word")
    parser.add_argument("--without", metavar="STAGE", help="leave out stages whose name contains the word")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    with throwaway_servers() as (family, environment), tempfile.TemporaryDirectory() as scratch:
        stages = chosen(stages_of(scratch), given.words, given.without)
        failed = run_stages(family, environment, stages, Path(scratch))
    say(f"\n{len(stages) - len(failed)} passed, {len(failed)} failed in {time.monotonic() - began:.1f} s")
    for name in failed:
        say(f"  failed: {name}")
    return 1 if failed else 0


def chosen(stages: list[Stage], words: list[str], without: str | None) -> list[Stage]:
    """The stages named by one of the words (all without words), less those that are left out."""
    named = [stage for stage in stages if not words or any(word in stage.name for word in words)]
    return [stage for stage in named if not without or without not in stage.name]


def stages_of(scratch: str) -> list[Stage]:
    """All checks; those for parts of the tree that do not exist are left out."""
    here = layout.ROOT
    stages = [
        Stage("format", ["-m", "ruff", "format", "--check", "."]),
        Stage("lint", ["-m", "ruff", "check", "."]),
        Stage("types stack", [*MYPY, "--strict", "-p", "stack"], {"MYPYPATH": f"{here}/script"}),
        Stage("types core", [*MYPY, *DJANGO, "-p", "foundation.core"]),
        Stage("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
        Stage("architecture", ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/architecture"]),
        Stage("deployment", ["manage.py", "check", "--deploy", "--fail-level", "WARNING"], production(scratch)),
        Stage("api schema", ["manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull]),
    ]
    if templates := _template_folders():
        stages.insert(2, Stage("templates", ["-m", "djlint", "--lint", "--quiet", "--profile", "django", *templates]))
    return stages


def production(scratch: str) -> dict[str, str]:
    """Made-up but valid production variables: the settings and their checks are looked at, nothing is served."""
    return {
        "DJANGO_SETTINGS_MODULE": "shuanjian.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60)[:60],
        "FIELD_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "portal.example.cn",
        "CSRF_TRUSTED_ORIGINS": "https://portal.example.cn",
        "NUM_PROXIES": "1",
        "MEDIA_ROOT": scratch,
        "DEMO_MODE": "0",
    }


def run_stages(family: Family, environment: dict[str, str], stages: list[Stage], scratch: Path) -> list[str]:
    """Run the stages, two at a time, print each result as it comes; returns the names of those that failed."""
    waiting, running, failed = list(stages), dict[str, tuple[Child, Any]](), []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            stage = waiting.pop(0)
            log = scratch / f"{stage.name}.log"
            command = [layout.venv_python(), *stage.arguments]
            child = Child(stage.name, command, env={**environment, **stage.extra}, cwd=layout.ROOT, log=log)
            running[stage.name] = (family.start(child), log)
        stopping.pause(0.05)
        for name, (child, log) in list(running.items()):
            if not child.alive:
                seconds, code = time.monotonic() - child.started, family.wait(child)
                del running[name]
                say(f"  {name:<32}{seconds:6.1f} s  {'ok' if code == 0 else 'FAILED'}")
                if code != 0:
                    failed.append(name)
                    say(log.read_text(encoding="utf-8", errors="replace"))
    return failed


def _template_folders() -> list[str]:
    """Folders named templates that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.html"]
    listing = subprocess.run(command, cwd=layout.ROOT, capture_output=True, check=False)
    names = listing.stdout.decode().split("\0") if listing.returncode == 0 else []
    return sorted({name.split("templates/")[0] + "templates" for name in names if "templates/" in name})
