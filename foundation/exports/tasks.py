"""After the commit: make the files of exports; sweep the ones whose day is over."""

from __future__ import annotations

from foundation.accounts.actors import actor_of, posts_on
from foundation.core import clock, outbox, private_files, schedule
from foundation.core.actor import Actor, job
from foundation.core.errors import IllegalTransition, InvalidInput

from . import notices, rules
from .declaring import exportable_of
from .enums import ExportState
from .models import SECOND_PERSON_ABOVE, Export
from .operations import expire_export, finish_export, hold_export, refuse_export
from .writing import file_bytes

schedule.periodic(notices.EXPIRE, schedule.Every(seconds=600))
MAKER = job("导出服务", notices.FINISH)


@outbox.handles(notices.MAKE)
def make_file(message) -> None:
    """Idempotent: only an export that is still being made gets a file.

    The asker's rights and scope are asked again, as they are now; who lost the post gets nothing.
    """
    export = Export.objects.select_related("organ", "requester").get(pk=message.payload["export_id"])
    if export.state != ExportState.MAKING:
        return
    at = clock.now()
    asker = asker_now(export)
    exportable = exportable_of(export.register)
    if asker is None or not rules.can_export(asker, exportable):
        refuse_export(export=export, remark="申请人已不在该岗位或不再有导出权限，未生成文件。", by=MAKER, at=at)
        return
    if export.personal and not rules.can_export_personal(asker):
        refuse_export(export=export, remark="申请人不再有导出个人信息的权限，未生成文件。", by=MAKER, at=at)
        return
    try:
        rows = exportable.rows(asker, export.filters)
        columns = exportable.chosen(export.columns)
    except InvalidInput as refusal:
        refuse_export(export=export, remark=refusal.message, by=MAKER, at=at)
        return
    data, count = file_bytes(export, columns, rows, at=at)
    if export.personal and count > SECOND_PERSON_ABOVE and export.approver_id is None:
        hold_export(export=export, rows=count, by=MAKER, at=at)
        return
    path = private_files.keep("exports", export.format, data)
    digest = private_files.digest(data)
    try:
        finish_export(export=export, path=path, sha256=digest, size=len(data), rows=count, by=MAKER, at=at)
    except IllegalTransition:  # another worker was first
        private_files.discard(path)


def asker_now(export: Export) -> Actor | None:
    """The asker in the post of the asking, as it is today; None when that post ended or the person may not log in."""
    user = export.requester
    held = posts_on(user, clock.today()) if user.is_active else []
    post = next((post for post in held if post.pk == export.post_id), None)
    return actor_of(post, user=user) if post else None


@outbox.handles(notices.EXPIRE)
def sweep(message) -> None:
    """Delete the files whose time is over: the file first, so that a crash between never leaves one behind."""
    at = clock.now()
    for export in Export.objects.filter(state=ExportState.READY, expires_at__lte=at).order_by("pk"):
        private_files.discard(export.path)
        expire_export(export=export, by=MAKER, at=at)
