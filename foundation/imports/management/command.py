"""The second door of an import: ``manage.py import_… FILE --bureau CODE [--apply] [--mode …] [--json]``.

Each register has a command of its own, which names its target and who acts.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import DomainError
from foundation.imports.checking import Check, read_table, totals
from foundation.imports.enums import Mode, Outcome
from foundation.imports.faults import Fault, FileRefused
from foundation.imports.layout import Table
from foundation.imports.mapping import chosen_for
from foundation.imports.operations import apply_batch, upload_batch
from foundation.imports.running import run_check
from foundation.imports.target import Ground, Row, Target
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction


class ImportCommand(BaseCommand):
    """Check a spreadsheet (the default) or import it (``--apply``).

    ``record``: the columns of ``--json``, as a clerk would read them.
    """

    target: ClassVar[Target]
    record: ClassVar[tuple[str, ...]]

    def actor(self, ground: Ground, given: dict[str, Any]) -> Actor:
        """In whose name ``--apply`` writes."""
        raise NotImplementedError(f"{type(self).__module__} does not say who imports")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--bureau", required=True, metavar="CODE", help="县(市、区)或设区市的管辖代码，如 350203")
        parser.add_argument("--apply", action="store_true", help="写入名录；不加时只校验")
        parser.add_argument("--mode", choices=Mode.values, default=Mode.GOOD_ROWS)
        parser.add_argument("--json", action="store_true", help="逐行结果以 JSON 输出")

    def handle(self, *args: Any, **given: Any) -> None:
        bureaus = Jurisdiction.objects.exclude(level=JurisdictionLevel.PROVINCE)  # as on the page
        bureau = bureaus.filter(code=given["bureau"]).first()
        if bureau is None:
            raise CommandError(f"没有代码为 {given['bureau']} 的县(市、区)或设区市管辖单位。")
        ground = Ground(bureau, today=clock.today())
        try:
            with given["file"].open("rb") as file:
                return self._import(file, ground, given)
        except OSError as error:
            raise CommandError(f"无法读取文件 {given['file']}：{error.strerror}") from error

    def _import(self, file: BinaryIO, ground: Ground, given: dict[str, Any]) -> None:
        chosen = chosen_for(ground.bureau, self.target.code)
        try:
            table = read_table(file, self.target, chosen=chosen)
            if given["json"] or not given["apply"]:
                self._show(table, Check(table, self.target, ground).rows(), ground, as_json=given["json"])
        except FileRefused as refusal:
            return self._refused(refusal, given)
        if given["apply"]:
            self._apply(file, table, ground, given)
        return None

    def _refused(self, refusal: FileRefused, given: dict[str, Any]) -> None:
        """Say why the file is not taken; a dry run whose answer is read by a program has done its work."""
        if given["json"]:
            report = {
                "file_level": "rejected",
                "file_reasons": [{"code": refusal.code, "message": refusal.message}],
                "encoding": None,
                "rows": [],
                "totals": totals(()),
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        if given["apply"] or not given["json"]:
            raise CommandError(f"文件未受理：{refusal.message}", returncode=2)

    def _show(self, table: Table, rows: list[Row], ground: Ground, *, as_json: bool) -> None:
        counts = totals(rows)
        if as_json:
            report = {
                "file_level": "ok",
                "file_reasons": [],
                "encoding": table.encoding,
                "rows": [self._row(row, ground) for row in rows],
                "totals": counts,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
            return
        for row in rows:
            for fault in row.reasons:
                self.stdout.write(f"{row.label} {Outcome(row.outcome).label}：{fault.message}")
        self.stdout.write(self._counted(counts))

    def _row(self, row: Row, ground: Ground) -> dict[str, Any]:
        columns = self.target.resource.columns
        county = ground.places.by_id.get(row.record.get("jurisdiction"))
        record = {name: columns[name].shown(row.record.get(name)) or None for name in self.record}
        return {
            "sheet": row.sheet,
            "row": row.number,
            "outcome": str(row.outcome),
            "warnings": [self._fault(fault) for fault in row.warnings],
            "reasons": [self._fault(fault) for fault in row.reasons],
            "record": {**record, "county_code": county.code if county else None},
        }

    def _fault(self, fault: Fault) -> dict[str, str]:
        """As the page shows it: personal values masked; ``record`` has them in full."""
        personal = fault.field in self.target.resource.personal_columns()
        return fault.shown(personal=personal).as_json()

    def _apply(self, file: BinaryIO, table: Table, ground: Ground, given: dict[str, Any]) -> None:
        by, at = self.actor(ground, given), clock.now()
        try:
            with transaction.atomic():
                batch = upload_batch(
                    target=self.target,
                    bureau=ground.bureau,
                    file_name=given["file"].name,
                    file=file,
                    table=table,
                    mode=given["mode"],
                    by=by,
                    at=at,
                )
                batch = run_check(batch, by=by, table=table, ground=ground)
                batch = apply_batch(batch=batch, by=by, at=at)
        except DomainError as refusal:
            raise CommandError(f"没有导入：{refusal.message}") from refusal
        if not given["json"]:
            self.stdout.write(self._counted(batch.counts))
            self.stdout.write(f"已导入，批次编号 {batch.pk}。")

    @staticmethod
    def _counted(counts: dict[str, int]) -> str:
        return "，".join(f"{Outcome(name).label} {number}" for name, number in counts.items())
