"""Who may read the trail."""

from foundation.core.actor import Actor
from foundation.core.operation import rule

VIEW_AUDIT = "audit.view"


@rule("只有审计管理员和纪检督查人员可以查看操作记录。")
def can_view_audit(actor: Actor) -> bool:
    return actor.can(VIEW_AUDIT)
