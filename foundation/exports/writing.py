"""The bytes of an export: chosen columns, a mark of origin in every row, and in XLSX a sheet that tells the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import models
from django.utils import timezone

from foundation.core.spreadsheets import Value, csv_bytes, xlsx_bytes

from .declaring import Column
from .enums import ExportFormat
from .models import Export

MARK_HEAD = "导出标记"  # an import of the same register leaves this column out
SLICE = 2_000


def mark_of(export: Export, at: datetime) -> str:
    """Who, when and which export: short enough to stand in every row, so that it survives cutting and pasting."""
    return f"{export.requester_name} {timezone.localtime(at):%Y-%m-%d %H:%M} 导出{export.pk}号"


def file_bytes(export: Export, columns: Sequence[Column], rows: models.QuerySet, *, at: datetime) -> tuple[bytes, int]:
    """The file and the number of its rows."""
    mark = mark_of(export, at)
    table = list(_lines(columns, rows, mark))
    head = [*(column.head for column in columns), MARK_HEAD]
    if export.format == ExportFormat.CSV:
        return csv_bytes(head, table), len(table)
    origin = f"{export.organ.name} {mark} {export.purpose}".strip()
    notes = _notes(export, len(table), at=at)
    return xlsx_bytes(head, table, title=export.register_label, footer=origin, notes=notes), len(table)


def _lines(columns: Sequence[Column], rows: models.QuerySet, mark: str) -> Iterator[list[Value]]:
    for row in rows.iterator(chunk_size=SLICE):
        yield [*(column.value(row) for column in columns), mark]


def _notes(export: Export, rows: int, *, at: datetime) -> list[tuple[str, str]]:
    filters = "；".join(f"{name}={'、'.join(values)}" for name, values in sorted(export.filters.items()))
    return [
        ("名册", export.register_label),
        ("行数", str(rows)),
        ("筛选条件", filters or "无"),
        ("导出人", export.requester_name),
        ("单位", export.organ.name),
        ("导出时间", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"),
        ("用途", export.purpose or "未填写"),
        ("审批人", export.approver_name or "无需审批"),
        ("含个人信息", "是，请按用途使用并妥善保管，用后删除" if export.personal else "否"),
    ]
