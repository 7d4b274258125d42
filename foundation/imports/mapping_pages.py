"""Which heading of the file is which of our columns: shown, changed, remembered for the bureau."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from foundation.core.actor import Actor
from foundation.core.pages import OperationPage

from . import rules
from .checking import read_table
from .enums import BatchState
from .faults import FileRefused
from .forms import MappingForm
from .layout import Table
from .mapping import chosen_for
from .models import Batch
from .running import check_mapped
from .stored import kept_file
from .target import target_named


class MappingPage(OperationPage):
    slug = "columns"
    label = "列名对应"
    rule = rules.can_map
    template_name = "imports/columns.html"
    form_class = MappingForm
    effect = "保存后按新的对应重新校验，不会写入名录；本单位以后上传同样列名的表格，会自动这样认。"
    done = "已记住列名的对应，并重新校验。"

    @cached_property
    def seen(self) -> tuple[Table, str]:
        """The file's headings as they are taken now, and what is missing about them."""
        batch = self.row
        target = target_named(batch.target)
        with kept_file(batch) as file:
            try:
                return read_table(file, target, chosen=chosen_for(batch.jurisdiction, batch.target)), ""
            except FileRefused as refusal:
                table = getattr(refusal, "table", None)
                return table or Table("", [], []), refusal.message

    def form_kwargs(self) -> dict[str, Any]:
        table, _ = self.seen
        return {"table": table, "target": target_named(self.row.target)}

    def context(self, **extra: Any) -> dict[str, Any]:
        table, problem = self.seen
        several = len(table.sheets) > 1
        step = 2 if self.row.state == BatchState.UNMAPPED else 3
        return super().context(problem=problem, several=several, left_out=table.left_out, step=step, **extra)

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        return check_mapped(self.row, choices=cleaned["choices"], by=by)
