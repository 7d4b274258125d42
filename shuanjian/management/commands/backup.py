"""``manage.py backup --to FOLDER``: base backup, facts, private files; what is older than its time is deleted."""

import json
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from foundation.core import clock
from shuanjian.recovery.backups import NotArchived, take
from shuanjian.recovery.points import NoPoint
from shuanjian.recovery.programs import ProgramFailed
from shuanjian.recovery.store import Store


class Command(BaseCommand):
    help = "Back up the database (with facts that a restore must give again) and the private files into a folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="the folder of backups, with the archive in wal/")
        parser.add_argument("--files-only", action="store_true", help="only copy private files that are new")
        parser.add_argument("--keep-days", type=int, default=35, help="delete base backups older than this (35)")
        parser.add_argument("--postgres-bin", default="", help="folder of pg_basebackup and postgres")

    def handle(self, *args: object, **options) -> None:
        store, at = Store(options["to"]), clock.now()
        try:
            if options["files_only"]:
                store.prepare()
                self.stdout.write(json.dumps({"files_copied": store.copy_files(Path(settings.MEDIA_ROOT))}))
                return
            done = take(store, at=at, bin_folder=options["postgres_bin"])
            done["deleted"] = store.prune(now=at, days=options["keep_days"])
        except (NotArchived, NoPoint, ProgramFailed, OSError, Error) as error:
            raise CommandError(f"no backup: {error}") from error
        self.stdout.write(json.dumps(done, ensure_ascii=False))
        if done["faults"]:
            raise CommandError("the backup is taken, but what it holds is not whole: " + "; ".join(done["faults"]))
