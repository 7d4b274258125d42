"""``manage.py register_hash [--bureau CODE]``: one hash over what the register shows, to compare it later."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from institutions.queries import content_hash


class Command(BaseCommand):
    help = "名录内容的指纹(SHA-256)：内容相同则相同"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bureau", metavar="CODE", help="只计这个管辖单位及其下级，如 350203；不加时计全部")

    def handle(self, *args: Any, **given: Any) -> None:
        self.stdout.write(content_hash(self._jurisdictions(given["bureau"])))

    def _jurisdictions(self, code: str | None) -> frozenset[int] | None:
        if code is None:
            return None
        bureau = Jurisdiction.objects.filter(code=code).first()
        if bureau is None:
            raise CommandError(f"没有代码为 {code} 的管辖单位。")
        return jurisdictions_below(bureau.pk)
