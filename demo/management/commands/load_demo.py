"""``manage.py load_demo [CASE…]``: cases of the bulletin at true scale, each once; all seven when none is named."""

from __future__ import annotations

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from demo.casebook import CASES, Case, case_of, refuse_elsewhere
from demo.loading import ask_worker, load_and_keep
from foundation.core import clock
from foundation.core.errors import DomainError

WIDTH = 24


class Command(BaseCommand):
    help = "Load cases of the bulletin: " + ", ".join(f"{case.code} ({case.place})" for case in CASES)

    def add_arguments(self, parser) -> None:
        parser.add_argument("cases", nargs="*", metavar="CASE", help="all seven, if none is named")
        parser.add_argument("--logins-file", type=Path, help="add the logins there (mode 0600) instead of printing")
        parser.add_argument("--in-worker", action="store_true", help="have the worker load them, and return at once")

        parser.add_argument("--if-demo", action="store_true", help="do nothing, successfully, beside real rows")

    def handle(self, *args, **options) -> None:
        chosen, file = [_case(code) for code in options["cases"]] or list(CASES), options["logins_file"]
        try:
            refuse_elsewhere()
        except DomainError as error:
            if options["if_demo"]:
                return
            raise CommandError(str(error)) from error
        try:
            if options["in_worker"]:
                asked = ask_worker(chosen, logins_file=file and file.absolute(), at=clock.now())
                self.stdout.write(f"{asked} cases for the worker")
                return
            for case in chosen:
                self._load(case, file)
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _load(self, case: Case, file: Path | None) -> None:
        began, bar = time.monotonic(), _Bar(self.stdout, case.place)
        logins = load_and_keep(case, file, tell=bar.show)
        if logins is None:
            self.stdout.write(f"{case.place}: already there")
            return
        bar.end(time.monotonic() - began)
        if file:
            return
        for login in logins:
            self.stdout.write(f"  {login.role}: {login.username} {login.password}")


def _case(code: str) -> Case:
    found = case_of(code)
    if found is None:
        raise CommandError(f"no case is called {code}; there are: {', '.join(case.code for case in CASES)}")
    return found


class _Bar:
    """A bar that is drawn over itself at a terminal; elsewhere one line when the case is there."""

    def __init__(self, out, place: str) -> None:
        self.out, self.place, self.drawn = out, place, out.isatty()

    def show(self, done: int, of: int) -> None:
        if self.drawn:
            filled = WIDTH * done // max(of, 1)
            self.out.write(f"\r{self.place} [{'#' * filled:<{WIDTH}}] {100 * done // max(of, 1):3}%", ending="")
            self.out.flush()

    def end(self, seconds: float) -> None:
        self.out.write(f"{chr(13) if self.drawn else ''}{self.place} [{'#' * WIDTH}] 100%  {seconds:.1f} s")
