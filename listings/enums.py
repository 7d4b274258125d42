"""Words of the lists (``docs/glossary.md``)."""

from django.db.models import TextChoices

from institutions.enums import StandingKind


class ListKind(TextChoices):
    """The two lists that a bureau publishes."""

    WHITE = "white", "白名单"
    BLACK = "black", "黑名单"


STANDING = {ListKind.WHITE: StandingKind.WHITE_LIST, ListKind.BLACK: StandingKind.BLACK_LIST}


class ListState(TextChoices):
    """Where an entry stands; ``approved`` and ``removing`` are in force and public."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "已公布"
    REMOVING = "removing", "待审核移出"
    ENDED = "ended", "已移出"
    REJECTED = "rejected", "已退回"


IN_FORCE = (ListState.APPROVED, ListState.REMOVING)
OPEN = (ListState.PROPOSED, *IN_FORCE)


class Change(TextChoices):
    """What an edition did to one entry."""

    ADDED = "added", "列入"
    REMOVED = "removed", "移出"
