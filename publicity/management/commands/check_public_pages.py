"""``manage.py check_public_pages``: crawl our own public pages, keep what is wrong, exit 1 when anything is."""

import json
import sys
import time

from django.core.management.base import BaseCommand, CommandError

from foundation.core import clock
from foundation.core.errors import DomainError
from publicity.checking.advice import advice_for
from publicity.checking.running import run_all
from publicity.models import Finding, PublicCheck
from publicity.operations.checks import start_check
from publicity.rules import CHECKER


class Command(BaseCommand):
    help = "Crawl our own public pages for planted text, hidden links, foreign hosts, personal data and broken pages."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--institutions", type=int, help="open so many institutions' pages only (closes no finding); default: all"
        )
        parser.add_argument(
            "--per-shape", type=int, default=60, help="open so many pages of each shape of address; 0: all"
        )

    def handle(self, *args, **options) -> None:
        begun = time.monotonic()
        limits = {"institution_limit": options["institutions"], "shape_limit": options["per_shape"]}
        if min(value for value in (*limits.values(), 0) if value is not None) < 0:
            raise CommandError("limits are not negative")
        try:
            begun_check = start_check(by=CHECKER, at=clock.now(), in_background=False, **limits)
        except DomainError as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        for check in run_all(begun_check):
            if options["verbosity"] > 1:
                self.stderr.write(f"{check.get_phase_display()}: {check.pages} pages")
        found = list(Finding.objects.open().filter(last_check=check).order_by("pk"))
        seconds = time.monotonic() - begun
        if options["json"]:
            self.stdout.write(json.dumps(_report(check, found, seconds), ensure_ascii=False, default=str))
        else:
            self._tell(check, found, seconds)
        if found:
            sys.exit(1)

    def _tell(self, check: PublicCheck, found: list[Finding], seconds: float) -> None:
        for row in found:
            where = f"{row.place} {row.subject} {row.field}".strip()
            self.stdout.write(f"[{row.get_kind_display()}] {where}：{row.excerpt}（{row.times}处）")
            self.stdout.write(f"    {advice_for(row.kind, of_a_row=bool(row.institution_id or row.organ_id))}")
        rate = check.pages / seconds if seconds else 0
        self.stdout.write(
            f"打开网页 {check.pages} 个（其中逐家机构页面 {check.institutions} 个），"
            f"超出同类上限未打开 {check.skipped} 个，"
            f"用时 {seconds:.1f} 秒，每秒 {rate:.0f} 个；问题 {len(found)} 处，新 {check.new_problems} 处，"
            f"已消除 {check.closed_problems} 处。"
        )


def _report(check: PublicCheck, found: list[Finding], seconds: float) -> dict[str, object]:
    return {
        "check": check.pk,
        "pages": check.pages,
        "institutions": check.institutions,
        "skipped": check.skipped,
        "seconds": round(seconds, 1),
        "new": check.new_problems,
        "closed": check.closed_problems,
        "findings": [
            {
                "kind": row.kind,
                "place": row.place,
                "field": row.field,
                "institution": row.subject,
                "excerpt": row.excerpt,
                "times": row.times,
                "found_at": row.found_at,
                "advice": advice_for(row.kind, of_a_row=bool(row.institution_id or row.organ_id)),
            }
            for row in found
        ],
    }
