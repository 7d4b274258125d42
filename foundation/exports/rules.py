"""Who may take data out, and who may agree to it."""

from foundation.accounts.enums import Can
from foundation.core.actor import STAFF_DOOR, Actor
from foundation.core.operation import rule
from foundation.core.scope import covers

from .declaring import Exportable
from .enums import ExportState
from .models import Export
from .notices import FINISH


@rule("您的岗位不能导出这个名册。")
def can_export(actor: Actor, exportable: Exportable) -> bool:
    """Whoever may read the register and may export at all."""
    return can_make_exports(actor) and exportable.view_rule(actor)


@rule("您的岗位不能导出数据。")
def can_make_exports(actor: Actor) -> bool:
    """For the button on a list: whoever has that list open may read it."""
    return actor.is_person and actor.can(Can.EXPORT)


@rule("您的岗位不能导出个人信息，请去掉带“个人信息”标记的列。")
def can_export_personal(actor: Actor) -> bool:
    return actor.can(Can.EXPORT_PERSONAL)


@rule("您没有可查看的导出。")
def can_view_exports(actor: Actor) -> bool:
    """Everybody sees their own; approvers also see what waits in their area."""
    return actor.can(STAFF_DOOR) and (actor.can(Can.EXPORT) or actor.can(Can.APPROVE_EXPORT))


@rule("导出须由申请人以外、对申请单位有管辖权的审批人审批。")
def can_decide(actor: Actor, export: Export) -> bool:
    """The second person: another one, with the right, in whose scope the asker's organ lies, while it waits."""
    return (
        actor.can(Can.APPROVE_EXPORT)
        and actor.is_person
        and actor.user_id != export.requester_id
        and covers(actor, export)
        and export.state == ExportState.PENDING
    )


@rule("只有申请人本人可以下载已生成的文件。")
def can_download(actor: Actor, export: Export) -> bool:
    """The asker alone, while there is a file; the operation also looks at the hour."""
    return actor.is_person and actor.user_id == export.requester_id and export.state == ExportState.READY


@rule("导出文件只由系统生成和清理。")
def can_finish(actor: Actor) -> bool:
    """Only the portal's own job."""
    return not actor.is_person and actor.can(FINISH)
