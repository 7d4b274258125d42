"""``manage.py verify_ledger``: exit 1 and name the first entry that was changed, cut or moved behind our back."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from foundation.audit.models import DailyRoot
from foundation.audit.sealing import seal
from foundation.audit.verify import verify
from foundation.core import clock
from ledger.models import Entry
from ledger.sealing import ENTRIES


class Command(BaseCommand):
    help = "Recompute the chain over all entries, compare it with the daily roots, and with roots kept elsewhere."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--seal", action="store_true", help="link committed entries first")
        parser.add_argument(
            "--root",
            action="append",
            default=[],
            metavar="DAY=HASH",
            help="a root as it was published; may be repeated",
        )

    def handle(self, *args, **options) -> None:
        if options["seal"]:
            seal(ENTRIES)
        verdict = verify(ENTRIES)
        self.stdout.write(f"{verdict.links} entries sealed, {verdict.unsealed} not yet: {verdict.fault or 'intact'}")
        faults = [verdict.fault] if verdict.fault else []
        if verdict.row_id and (entry := Entry.objects.filter(pk=verdict.row_id).first()):
            self.stdout.write(f"entry {entry.pk}: {entry} {entry.amount_fen} fen, key {entry.key}")
        roots = {str(day): root for day, root in DailyRoot.objects.filter(stream="ledger").values_list("day", "root")}
        yesterday = str(clock.today() - timedelta(days=1))
        self.stdout.write(f"root of yesterday, {yesterday}: {roots.get(yesterday, 'not made')}")
        for given in options["root"]:
            day, _, root = given.partition("=")
            if roots.get(day) != root.lower():
                faults.append(f"the root of {day} is {roots.get(day, 'missing')}, published was {root}")
        if faults:
            raise CommandError("; ".join(faults))
