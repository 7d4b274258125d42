"""``manage.py restore_drill --from FOLDER``: prove that the newest backup restores; exit 1 on any difference."""

import json
import signal
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.core import clock
from shuanjian.recovery.drill import drill
from shuanjian.recovery.store import Store


class Command(BaseCommand):
    help = "Restore the newest backup and the archive into a throwaway cluster, compare it with its facts, record it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", type=Path, required=True, help="the folder of backups")
        parser.add_argument("--scratch", help="where the throwaway cluster may grow; default /var/tmp")
        parser.add_argument("--postgres-bin", default="", help="folder of postgres and pg_verifybackup")
        parser.add_argument("--json", action="store_true", help="print the whole record")

    def handle(self, *args: object, **options) -> None:
        signal.signal(signal.SIGTERM, _end)
        record = drill(
            Store(options["source"]), at=clock.now(), user=settings.DATABASES["default"]["USER"],
            bin_folder=options["postgres_bin"], scratch=options["scratch"],
        )  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps(asdict(record), ensure_ascii=False))
        else:
            self.stdout.write(
                f"base {record.base}, point {record.point}: {record.rows} rows, {record.files} files compared"
            )
            self.stdout.write(f"RTO {record.rto_seconds} s: {record.seconds}")
            self.stdout.write(f"RPO {record.rpo_seconds} s: newest transaction {record.newest_transaction_at}")
        if not record.ok:
            raise CommandError("the backup does not restore to what was recorded:\n  " + "\n  ".join(record.faults))


def _end(number: int, frame: FrameType | None) -> None:
    """Leave by an exception, so that the throwaway cluster is stopped and removed."""
    raise SystemExit(128 + number)
