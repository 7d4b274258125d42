"""``manage.py verify_audit``: exit 1 and name the first row that was changed or deleted behind the portal's back."""

import json

from django.core.management.base import BaseCommand, CommandError

from foundation.audit.sealing import seal
from foundation.audit.streams import all_streams
from foundation.audit.verify import verify


class Command(BaseCommand):
    help = "Recompute the sealed chain of every append-only stream and compare it with the daily roots."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--seal", action="store_true", help="link committed rows first")
        parser.add_argument("--json", action="store_true", help="print one JSON object per stream")

    def handle(self, *args, **options) -> None:
        bad = False
        for stream in all_streams():
            if options["seal"]:
                seal(stream)
            verdict = verify(stream)
            bad = bad or verdict.fault is not None
            if options["json"]:
                self.stdout.write(json.dumps(vars(verdict), ensure_ascii=False))
            else:
                counts = f"{verdict.links} links, {verdict.unsealed} not yet sealed"
                self.stdout.write(f"{verdict.stream}: {counts}: {verdict.fault or 'intact'}")
        if bad:
            raise CommandError("the audit trail was changed")
