"""Django's migrate, run as the owner's login; afterwards the site's login gets its rights."""

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from foundation.core.grants import grant_site
from foundation.core.quick_states import quick_states


class Command(migrate.Command):
    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, **options) -> None:
        _refuse_another_version(options["database"])
        with quick_states():
            super().handle(*args, **options)
        if options["database"] == "owner" and not options["check_unapplied"] and not options["plan"]:
            grant_site(connections["owner"])


def _refuse_another_version(database: str) -> None:
    """A migration that is applied and not among these files is of another version: half of it would be done twice."""
    loader = MigrationLoader(connections[database])
    if unknown := sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations) - set(loader.disk_migrations)):
        raise CommandError(
            f"数据库由另一个版本的程序建立（例如 {unknown[0]} 不在本程序中），不能升级。请换用对应的版本；"
            "演示数据可以用 script/server --reset 重新建立。"
        )
