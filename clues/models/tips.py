"""网上反映: what a clue from the public form has besides: the way back to its sender, messages, evidence photos.

No column holds an address, a browser's name, a cookie or a receipt; who the sender is, if it was said, lies elsewhere.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of

from ..enums import Satisfaction
from .clues import Clue

HASH = r"^[0-9a-f]{64}$"


class Tip(models.Model):
    """The sender's way back: ``receipt`` is a slow keyed hash of the sixteen digits, which are kept nowhere."""

    clue = models.OneToOneField(
        Clue, verbose_name="线索", on_delete=models.PROTECT, primary_key=True, related_name="tip"
    )
    receipt = models.CharField("查询凭证摘要", max_length=64)
    notice_version = models.CharField("告知版本", max_length=20)

    class Meta:
        verbose_name = "网上反映"
        verbose_name_plural = "网上反映"
        constraints = [
            models.UniqueConstraint(
                fields=["receipt"], name="tip_receipt_once", violation_error_message="这份反映已经收到。"
            ),
            models.CheckConstraint(
                condition=Q(receipt__regex=HASH),
                name="tip_receipt_hashed",
                violation_error_message="查询凭证只保存摘要。",
            ),
        ]

    def __str__(self) -> str:
        return f"网上反映 {self.clue_id}"


class TipMessage(models.Model):
    """One message between the sender and whoever handles the clue; it belongs to the clue, not to a person."""

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="messages")
    from_sender = models.BooleanField("反映人所写")
    body = SealedTextField("内容", max_length=1000)
    sent_at = models.DateTimeField("时间")
    written_by = models.ForeignKey(
        User, verbose_name="回复人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "反映往来"
        verbose_name_plural = "反映往来"
        constraints = [
            models.CheckConstraint(
                condition=Q(from_sender=True, written_by__isnull=True) | Q(from_sender=False, written_by__isnull=False),
                name="tip_message_of_one_side",
                violation_error_message="回复必须有回复人，反映人所写不记名。",
            ),
        ]

    def __str__(self) -> str:
        return f"往来 {self.pk}"


class CallBack(models.Model):
    """回访: what who told us says of the end of it, once. Without ``called_by`` the sender said it with the receipt."""

    clue = models.OneToOneField(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="call_back")
    satisfaction = models.CharField("是否满意", max_length=12, choices=Satisfaction.choices)
    words = SealedTextField("说明", max_length=500, blank=True)
    called_at = models.DateTimeField("时间")
    called_by = models.ForeignKey(
        User, verbose_name="回访人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "回访"
        verbose_name_plural = "回访"
        constraints = [one_of("satisfaction", Satisfaction, name="call_back_known")]

    def __str__(self) -> str:
        return f"回访 {self.clue_id}"


class TipPhoto(models.Model):
    """An evidence photo as we drew it anew: the file that was sent is not kept, nor anything that it said of itself."""

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="evidence")
    path = models.CharField("存放位置", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    width = models.PositiveIntegerField("宽(像素)")
    height = models.PositiveIntegerField("高(像素)")

    class Meta:
        verbose_name = "反映照片"
        verbose_name_plural = "反映照片"
        constraints = [
            models.UniqueConstraint(
                fields=["path"], name="tip_photo_path_once", violation_error_message="照片的存放位置重复。"
            ),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1) & Q(sha256__regex=HASH) & ~Q(path=""),
                name="tip_photo_whole",
                violation_error_message="照片文件不完整。",
            ),
        ]

    def __str__(self) -> str:
        return f"反映照片 {self.pk}"
