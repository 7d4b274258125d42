"""What of exports stands on the staff's home page."""

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile

from .queries import waiting_for


@todo_tile(order=60)
def exports_to_decide(actor: Actor) -> Tile | None:
    """Exports that wait for this approver."""
    if not actor.can(Can.APPROVE_EXPORT):
        return None
    url = f"{reverse('admin:exports_export_changelist')}?state__exact=pending"
    return Tile("待审批导出", waiting_for(actor).count(), url)
