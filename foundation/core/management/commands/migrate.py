"""Django's migrate, run as the owner's login; afterwards the site's login gets its rights."""

from django.core.management.commands import migrate
from django.db import connections

from foundation.core.grants import grant_site


class Command(migrate.Command):
    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, **options) -> None:
        super().handle(*args, **options)
        if options["database"] == "owner" and not options["check_unapplied"] and not options["plan"]:
            grant_site(connections["owner"])
