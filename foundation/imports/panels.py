"""What imports put on the home page: files that were checked and wait for somebody's word."""

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile

from . import rules
from .enums import BatchState
from .queries import batches_for

WAITING = (BatchState.CHECKED, BatchState.UNMAPPED)


@todo_tile(order=70)
def batches_to_confirm(actor: Actor) -> Tile | None:
    """Files of the actor's area that wait for somebody: for a word, or for what their columns are."""
    if not rules.can_open_upload(actor):
        return None
    count = batches_for(actor).filter(state__in=WAITING).count()
    url = f"{reverse('admin:imports_batch_changelist')}?state__in={','.join(WAITING)}"
    return Tile("待确认的导入", count, url, unit="份", tone="notice" if count else "plain")
