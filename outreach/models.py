"""What a bureau did to tell people (宣传), met about (会议) and was honoured for (荣誉); a wrong row is voided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from outreach.enums import Channel, MeetingKind


class Noted(models.Model):
    """What the three registers share: whose it is, the day, who entered it, since when it counts no more."""

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="地区", on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, verbose_name="登记单位", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=120)
    happened_on = models.DateField("日期")
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Outreach(Noted):
    """宣传: one action by one channel. ``audience`` counts people (人次), read as 余 with ``at_least`` (A14)."""

    SCOPE = Scope("jurisdiction_id")

    channel = models.CharField("渠道", max_length=12, choices=Channel.choices)
    place = models.CharField("地点或载体", max_length=120, blank=True)
    audience = models.PositiveIntegerField("受众(人次)", null=True, blank=True)
    at_least = models.BooleanField("受众为约数(余)", default=False)
    link = models.URLField("链接", max_length=300, blank=True)

    class Meta:
        verbose_name = "宣传记录"
        verbose_name_plural = "宣传记录"
        constraints = [
            one_of("channel", Channel, name="outreach_channel_known"),
            models.CheckConstraint(
                condition=Q(at_least=False) | Q(audience__isnull=False),
                name="outreach_lower_bound_of_something",
                violation_error_message="约数须写明人次。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-happened_on"], name="outreach_by_day")]


class Meeting(Noted):
    """会议: who called it, how many came of which organs, about what, with what decided."""

    SCOPE = Scope("jurisdiction_id")

    kind = models.CharField("种类", max_length=12, choices=MeetingKind.choices)
    organiser = models.CharField("召集单位", max_length=120)
    attendees = models.JSONField("参加单位")
    topics = models.TextField("议题", max_length=2000)
    decisions = models.TextField("议定事项", max_length=3000, blank=True)

    class Meta:
        verbose_name = "会议座谈"
        verbose_name_plural = "会议座谈"
        constraints = [one_of("kind", MeetingKind, name="meeting_kind_known")]
        indexes = [models.Index(fields=["jurisdiction", "-happened_on"], name="meeting_by_day")]

    @property
    def people(self) -> int:
        """人 who came, of all organs."""
        return sum(number for _, number in self.attendees)

    @property
    def attendees_text(self) -> str:
        return "、".join(f"{name}{number}人" for name, number in self.attendees)


class Honour(Noted):
    """荣誉: what was given by whom, with the document that says so."""

    SCOPE = Scope("jurisdiction_id")

    giver = models.CharField("授予单位", max_length=120)
    document = models.CharField("文件", max_length=200, blank=True)

    class Meta:
        verbose_name = "荣誉"
        verbose_name_plural = "荣誉"
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=""), name="honour_has_giver", violation_error_message="请填写授予单位。"
            )
        ]
        indexes = [models.Index(fields=["jurisdiction", "-happened_on"], name="honour_by_day")]
