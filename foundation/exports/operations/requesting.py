"""Ask for an export; take its file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.exports import events, notices, rules
from foundation.exports.declaring import Exportable, Filters
from foundation.exports.enums import ExportState
from foundation.exports.models import PURPOSE_MIN, SECOND_PERSON_ABOVE, Export

MAX_ROWS = 100_000


@operation
def request_export(
    *,
    exportable: Exportable,
    filters: Filters,
    columns: Sequence[str],
    format: str,
    purpose: str,
    by: Actor,
    at: datetime,
) -> Export:
    """Ask for the rows that ``by`` sees under ``filters``.

    Personal columns need the right and a purpose (10 characters); above 500 rows of persons a second person has to
    agree before the file is made.

    Raises NotAllowed, InvalidInput (no rows, too many, a missing purpose, unknown columns).
    """
    authorize(by, rules.can_export, exportable)
    chosen = exportable.chosen(columns)
    personal = any(column.personal for column in chosen)
    purpose = " ".join(purpose.split())
    if personal:
        authorize(by, rules.can_export_personal)
        if len(purpose) < PURPOSE_MIN:
            sentence = f"导出个人信息必须写明用途，至少{PURPOSE_MIN}个字。"
            raise InvalidInput(sentence, code="purpose", fields={"purpose": [sentence]})
    rows = _counted(exportable, filters, by)
    waits = personal and rows > SECOND_PERSON_ABOVE
    organ = Organ.objects.get(pk=by.organ_id)
    export = insert(
        Export(
            jurisdiction_id=organ.jurisdiction_id,
            organ=organ,
            post_id=by.post_id,
            requester_id=by.user_id,
            requester_name=by.name,
            requested_at=at,
            register=exportable.register,
            register_label=exportable.label,
            filters={name: list(values) for name, values in filters.items()},
            columns=[column.key for column in chosen],
            format=format,
            rows=rows,
            personal=personal,
            purpose=purpose,
            state=ExportState.PENDING if waits else ExportState.MAKING,
            state_at=at,
        )
    )
    heads = [column.head for column in chosen]  # the trail keeps the words of the time
    told = {"columns": [None, heads], "rows": [None, rows], "filters": [None, export.filters]}
    record(events.EXPORT_REQUESTED, subject=export, by=by, at=at, changes=told, reason=purpose)
    if not waits:
        outbox.put(notices.MAKE, at=at, export_id=export.pk)
    return export


def _counted(exportable: Exportable, filters: Filters, by: Actor) -> int:
    rows = exportable.rows(by, filters).count()
    if rows == 0:
        raise InvalidInput("当前筛选没有可导出的记录。", code="no_rows")
    if rows > MAX_ROWS:
        raise InvalidInput(f"共{rows}行，一次最多导出{MAX_ROWS}行，请缩小筛选范围。", code="too_many_rows")
    return rows


@operation
def record_download(*, export: Export, by: Actor, at: datetime) -> Export:
    """Note that the asker takes the file; each time is a fact of its own. Raises NotAllowed."""
    export = lock(Export, export.pk)
    authorize(by, rules.can_download, export)
    if at >= export.expires_at:  # whether or not the job has swept it yet
        raise NotAllowed("文件已超过24小时有效期，请重新导出。")
    record(events.EXPORT_DOWNLOADED, subject=export, by=by, at=at, changes={"sha256": [None, export.sha256]})
    return export
