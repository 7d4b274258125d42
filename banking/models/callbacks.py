"""Signed callbacks of banks: the keys they sign with, and what they announced. Money moves by day files alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from banking.models.files import FileQuerySet
from foundation.accounts.models import User
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import ordered
from foundation.core.scope import Scope
from funds.models import Bank


class CallbackKey(models.Model):
    """One key of a bank, shown once, sealed from then on. A new one takes the place of the old one after a while."""

    SCOPE = Scope("bank__jurisdiction_id")

    bank = models.ForeignKey(Bank, verbose_name="银行", on_delete=models.PROTECT, related_name="callback_keys")
    public_id = models.CharField("密钥编号", max_length=20, unique=True)
    secret = SealedTextField("密钥")
    made_by = models.ForeignKey(User, verbose_name="生成人", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成时间")
    ends_at = models.DateTimeField("失效时间", null=True, blank=True)

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "回调密钥"
        verbose_name_plural = "回调密钥"
        constraints = [
            models.UniqueConstraint(
                fields=["bank"],
                condition=Q(ends_at__isnull=True),
                name="callback_key_one_current",
                violation_error_message="该银行已有在用的密钥。",
            ),
            models.CheckConstraint(
                condition=~Q(public_id="") & ~Q(secret=""),
                name="callback_key_whole",
                violation_error_message="密钥不完整。",
            ),
            ordered("made_at", "ends_at", name="callback_key_ordered", message="失效时间不能早于生成时间。"),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.public_id}"


class CallbackEvent(models.Model):
    """What a bank announced, once an event id. Never changed; it moves no money."""

    SCOPE = Scope("bank__jurisdiction_id")

    bank = models.ForeignKey(Bank, verbose_name="银行", on_delete=models.PROTECT, related_name="announcements")
    event_id = models.CharField("事件编号", max_length=64)
    nonce = models.CharField("随机数", max_length=64)
    kind = models.CharField("事件", max_length=40)
    body_sha256 = models.CharField("内容摘要", max_length=64)
    signed_at = models.DateTimeField("签名时间")
    received_at = models.DateTimeField("收到时间")

    objects = FileQuerySet.as_manager()

    class Meta:
        verbose_name = "银行通知"
        verbose_name_plural = "银行通知"
        constraints = [
            models.UniqueConstraint(
                fields=["bank", "event_id"], name="callback_event_once", violation_error_message="这条通知已经收到。"
            ),
            models.UniqueConstraint(
                fields=["bank", "nonce"], name="callback_nonce_once", violation_error_message="这个随机数已经用过。"
            ),
            models.CheckConstraint(
                condition=~Q(event_id="") & ~Q(nonce=""),
                name="callback_event_named",
                violation_error_message="通知须有事件编号和随机数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.event_id}"
