"""Who sent a clue: sealed apart from it under a key of its own, behind the database's own guard; and who may read it.

The table lies under row-level security (migration 0004): the site's login sees a row only inside ``sealing.opened``,
one clue at a time and within the reader's jurisdictions, whatever the application asks for.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope

from ..enums import OpeningState
from .clues import Clue, ClueQuerySet


class SealedSender(models.Model):
    """Name and contact of one clue's sender. Without its ``key`` nobody reads it any more, also not from a backup."""

    clue = models.OneToOneField(
        Clue, verbose_name="线索", on_delete=models.PROTECT, primary_key=True, related_name="sealed_sender"
    )
    key = models.TextField("密钥（已加密）", blank=True)
    name = models.TextField("姓名（已加密）", blank=True)
    contact = models.TextField("联系方式（已加密）", blank=True)
    sealed_at = models.DateTimeField("密封时间")
    destroyed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        verbose_name = "密封的反映人"
        verbose_name_plural = "密封的反映人"
        constraints = [
            models.CheckConstraint(
                condition=(Q(destroyed_at__isnull=True) & ~Q(key="") & ~Q(contact=""))
                | Q(destroyed_at__isnull=False, key="", name="", contact=""),
                name="sealed_sender_whole_or_gone",
                violation_error_message="密封的反映人要么完整，要么已销毁。",
            ),
        ]

    def __str__(self) -> str:
        return f"反映人 {self.clue_id}"


class SenderOpening(models.Model):
    """拆封: one person asks with a purpose, another allows it until an hour; each reading is an event of its own."""

    SCOPE = Scope("clue__jurisdiction_id", division="clue__division_id")

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="openings")
    purpose = models.CharField("用途", max_length=300)
    asked_by = models.ForeignKey(User, verbose_name="申请人", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField("状态", max_length=10, choices=OpeningState.choices, default=OpeningState.ASKED)
    state_at = models.DateTimeField("状态时间")
    decided_by = models.ForeignKey(
        User, verbose_name="审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("审批意见", max_length=300, blank=True)
    ends_at = models.DateTimeField("有效至", null=True, blank=True)

    objects = ClueQuerySet.as_manager()

    class Meta:
        verbose_name = "反映人拆封"
        verbose_name_plural = "反映人拆封"
        constraints = [
            one_of("state", OpeningState, name="opening_state_known"),
            models.UniqueConstraint(
                fields=["clue", "asked_by"],
                condition=Q(state=OpeningState.ASKED),
                name="opening_asked_once",
                violation_error_message="您已经申请过，正在等审批。",
            ),
            models.CheckConstraint(
                condition=Q(state=OpeningState.ASKED, decided_by__isnull=True)
                | (~Q(state=OpeningState.ASKED) & Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="opening_by_another",
                violation_error_message="拆封必须由申请人以外的人审批。",
            ),
            models.CheckConstraint(
                condition=Q(state=OpeningState.ALLOWED, ends_at__isnull=False)
                | (~Q(state=OpeningState.ALLOWED) & Q(ends_at__isnull=True)),
                name="opening_allowed_has_end",
                violation_error_message="批准的拆封必须有截止时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clue.number} 反映人拆封"
