"""``manage.py load_base_demo``: the small demo for a new installation; refuses a database with rows of its own."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo import base


class Command(BaseCommand):
    help = "Load organs, a login per role and a lived-in register of three counties into an empty database."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing, successfully, when it is not empty")
        parser.add_argument("--deliver-later", action="store_true", help="leave papers and messages to the worker")
        parser.add_argument("--logins-file", type=Path, help="write the logins there (mode 0600) instead of printing")

    def handle(self, *args, **options) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("DEMO_MODE is not set: demo accounts could not log in here")
        if not base.is_empty():
            if options["if_empty"]:
                return
            raise CommandError("the database has rows of its own")
        with transaction.atomic():
            logins = [asdict(login) for login in base.load(deliver=not options["deliver_later"])]
            if options["logins_file"]:
                _write_private(options["logins_file"], json.dumps(logins, ensure_ascii=False, indent=1))
        if not options["logins_file"]:
            for login in logins:
                self.stdout.write(f"{login['role']}: {login['username']} {login['password']}")


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
