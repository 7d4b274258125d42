"""``manage.py check_ledger``: exit 1 and name what breaks an invariant of the books."""

from django.core.management.base import BaseCommand, CommandError

from ledger import invariants


class Command(BaseCommand):
    help = (
        "Ask every invariant of the ledger: balances are the sums of the entries, nothing below its floor, and so on."
    )

    def handle(self, *args, **options) -> None:
        found = invariants.broken()
        for name, (sentence, _) in invariants.INVARIANTS.items():
            rows = [one for one in found if one.invariant == name]
            self.stdout.write(f"{name}: {sentence}: {'BROKEN' if rows else 'holds'}")
            for one in rows:
                self.stdout.write(f"  {one.what}")
        if found:
            raise CommandError("the books do not agree")
