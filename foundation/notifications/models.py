"""Inbox, what went out by e-mail and SMS, and what each person wants."""

from __future__ import annotations

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of

from .enums import Channel, DeliveryState, Topic
from .kinds import DIGEST


class InboxQuerySet(models.QuerySet):
    """A message belongs to a person, not to an area."""

    def visible_to(self, actor: Actor) -> InboxQuerySet:
        """The actor's own messages; none for jobs and the public. A digest only carries others, which lie there."""
        if not actor.is_person:
            return self.none()
        return self.filter(recipient_id=actor.user_id).exclude(kind=DIGEST.code)


class Message(models.Model):
    """One message to one person. A thing is told once: unique by kind, subject, period and recipient.

    ``reminder``: which of the registry it is. ``digest``: the letter of the day that carries it outside the inbox.
    """

    recipient = models.ForeignKey(User, verbose_name="收件人", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField("种类代码", max_length=80)
    label = models.CharField("种类", max_length=40)
    topic = models.CharField("类别", max_length=10, choices=Topic.choices)
    title = models.CharField("标题", max_length=120)
    body = models.TextField("内容", blank=True)
    url = models.CharField("办理页面", max_length=300, blank=True)
    about_type = models.CharField("对象类型", max_length=80, blank=True)
    about_id = models.BigIntegerField("对象编号", default=0)
    period = models.CharField("期次", max_length=60, blank=True)
    reminder = models.CharField("提醒事项", max_length=60, blank=True, default="")
    digest = models.ForeignKey(
        "self", verbose_name="当日汇总", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered"
    )
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        constraints = [
            one_of("topic", Topic, name="message_topic_known"),
            models.UniqueConstraint(
                fields=["kind", "about_type", "about_id", "period", "recipient"],
                name="message_told_once",
                violation_error_message="这条消息已经发过。",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=models.F("created_at")),
                name="message_read_after_sent",
                violation_error_message="阅读时间不能早于发出时间。",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="message_unread"),
            models.Index(fields=["recipient", "-created_at"], name="message_by_recipient"),
            models.Index(fields=["reminder", "-created_at"], condition=~Q(reminder=""), name="message_by_reminder"),
        ]

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """A message on its way by one channel. ``reason`` says why it was not sent; it never holds an address or number."""

    message = models.ForeignKey(Message, verbose_name="消息", on_delete=models.PROTECT, related_name="deliveries")
    channel = models.CharField("通道", max_length=10, choices=Channel.choices)
    state = models.CharField("状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.DUE)
    state_at = models.DateTimeField("状态时间")
    due_at = models.DateTimeField("应发时间")
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "邮件短信发送记录"
        verbose_name_plural = "邮件短信发送记录"
        constraints = [
            one_of("channel", Channel, name="delivery_channel_known"),
            one_of("state", DeliveryState, name="delivery_state_known"),
            models.UniqueConstraint(
                fields=["message", "channel"],
                name="delivery_once_a_channel",
                violation_error_message="这条消息已经由该通道发送。",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="delivery_sent_has_time",
                violation_error_message="已发送的记录必须有发送时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DeliveryState.SKIPPED, DeliveryState.FAILED]) | ~Q(reason=""),
                name="delivery_refused_has_reason",
                violation_error_message="未发送的记录必须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.message.label} · {self.message.recipient}"


class Preference(models.Model):
    """Which topics a person wants by which channel, and when not to be disturbed. Without a row the defaults hold.

    ``off``: reminders that stay in the inbox. ``gathers``: reminders go out in one letter and one text a day.
    """

    user = models.OneToOneField(User, verbose_name="人员", on_delete=models.PROTECT, related_name="preference")
    email_topics = ArrayField(
        models.CharField(max_length=10, choices=Topic.choices), verbose_name="发电子邮件", default=list, blank=True
    )
    sms_topics = ArrayField(
        models.CharField(max_length=10, choices=Topic.choices), verbose_name="发短信", default=list, blank=True
    )
    off = ArrayField(models.CharField(max_length=60), verbose_name="只留站内的提醒", default=list, blank=True)
    gathers = models.BooleanField("每日汇总", default=True)
    quiet_from = models.TimeField("免打扰起", null=True, blank=True)
    quiet_to = models.TimeField("免打扰止", null=True, blank=True)

    class Meta:
        verbose_name = "提醒设置"
        verbose_name_plural = "提醒设置"
        constraints = [
            models.CheckConstraint(
                condition=Q(email_topics__contained_by=Topic.values) & Q(sms_topics__contained_by=Topic.values),
                name="preference_topics_known",
                violation_error_message="提醒类别不在允许范围内。",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=models.F("quiet_to")),
                name="preference_quiet_hours_whole",
                violation_error_message="免打扰时段请同时填写起止，且起止不能相同；不需要时都留空。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}的提醒设置"

    @classmethod
    def default_for(cls, user: User) -> Preference:
        """What holds until the person chooses: e-mail for all, SMS for what is due, quiet from nine to eight."""
        return cls(
            user=user,
            email_topics=Topic.values,
            sms_topics=[Topic.DEADLINE.value],
            quiet_from=time(21, 0),
            quiet_to=time(8, 0),
        )

    def wants(self, channel: str, topic: str) -> bool:
        return topic in {Channel.EMAIL: self.email_topics, Channel.SMS: self.sms_topics}[Channel(channel)]


class SentText(models.Model):
    """A text message that the local and demo adapter kept instead of sending it; to people without an account too."""

    delivery = models.OneToOneField(Delivery, verbose_name="发送记录", on_delete=models.PROTECT, null=True, blank=True)
    reference = models.CharField("发送编号", max_length=80, blank=True)
    phone = SealedTextField("手机号码")
    text = models.CharField("内容", max_length=300)
    sent_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "演示短信"
        verbose_name_plural = "演示短信"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="sent_text_says_something", violation_error_message="短信内容不能为空。"
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference=""),
                name="sent_text_once",
                violation_error_message="这条短信已经发过。",
            ),
        ]

    def __str__(self) -> str:
        return self.text
