"""The outbox: what has to happen after a commit, as rows. Redis is only the bell."""

from django.db import models
from django.db.models import Q

from .constraints import one_of


class OutboxState(models.TextChoices):
    DUE = "due", "待发"
    CLAIMED = "claimed", "发送中"
    DONE = "done", "已完成"
    DEAD = "dead", "已停止"


class OutboxMessage(models.Model):
    """One effect that was promised inside a transaction and is carried out after it, at least once.

    ``payload`` holds ids only. ``key`` makes a promise unique: a periodic slot, a reminder of one period.
    """

    kind = models.CharField("种类", max_length=80)
    payload = models.JSONField("内容", default=dict)
    key = models.CharField("唯一键", max_length=200, null=True, blank=True)
    created_at = models.DateTimeField("产生时间")
    due_at = models.DateTimeField("应办时间")
    state = models.CharField("状态", max_length=10, choices=OutboxState.choices, default=OutboxState.DUE)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_until = models.DateTimeField("占用至", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    last_error = models.TextField("最近错误", blank=True)

    class Meta:
        verbose_name = "待发事项"
        verbose_name_plural = "待发事项"
        constraints = [
            one_of("state", OutboxState, name="outbox_state_known"),
            models.UniqueConstraint(fields=["key"], name="outbox_key_once", violation_error_message="该事项已登记。"),
            models.CheckConstraint(
                condition=Q(state=OutboxState.DONE, done_at__isnull=False)
                | (~Q(state=OutboxState.DONE) & Q(done_at__isnull=True)),
                name="outbox_done_has_time",
                violation_error_message="已完成的事项必须有完成时间。",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state__in=["due", "claimed"]), name="outbox_open_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
