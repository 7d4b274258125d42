"""``manage.py import_visits FILE --bureau CODE [--apply --as LOGIN] [--mode …] [--json]``: past visits, second door."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from foundation.accounts.actors import actor_for
from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.imports.management.command import ImportCommand
from foundation.imports.target import Ground
from inspections.importing import VISITS


class Command(ImportCommand):
    help = "校验(默认)或导入(--apply)一份以往检查记录的表格"
    target = VISITS
    record = tuple(VISITS.resource.columns)

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--as", dest="login", default="", metavar="LOGIN", help="以谁的名义登记(登录名)")

    def actor(self, ground: Ground, given: dict[str, Any]) -> Actor:
        """A visit has somebody who filed it, so the portal itself cannot import one."""
        user = User.objects.filter(username=given["login"]).first()
        if user is None:
            raise CommandError("请用 --as 写明以谁的名义登记：有批量导入权限的人员的登录名。")
        return actor_for(user, on=clock.today())
