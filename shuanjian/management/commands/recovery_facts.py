"""``manage.py recovery_facts``: what can be said of this database and its files, as JSON; the drill compares it."""

import json
from argparse import ArgumentParser
from contextlib import nullcontext
from datetime import datetime

from django.core.management.base import BaseCommand

from foundation.core import clock
from shuanjian.recovery import facts


class Command(BaseCommand):
    help = "Print rows and content of all tables, hashes, chains and faults of this database and MEDIA_ROOT as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--at", type=datetime.fromisoformat, help="as of this instant: a copy is judged by its own day"
        )
        parser.add_argument("--without-tables", action="store_true", help="leave out the content of tables")

    def handle(self, *args: object, **options) -> None:
        with clock.set_to(options["at"]) if options["at"] else nullcontext(), facts.one_view():
            found = facts.gather(with_tables=not options["without_tables"])
        self.stdout.write(json.dumps(found, ensure_ascii=False))
