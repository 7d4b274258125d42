"""What is true of an institution on a day: its status, and the standing that higher apps give it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, Post
from foundation.core.constraints import one_of
from foundation.core.history import DatedEvent, withdrawal_replaces_something
from foundation.core.scope import Scope, ScopedQuerySet
from institutions.enums import ENDED, Category, Net, SiteType, StandingKind, Status

from .register import Institution


class StatusEvent(DatedEvent):
    """From ``effective_on`` the institution's status is ``status``, its category ``category`` and its type
    ``site_type``: a change of any is an event. 81 -> 7 is counted from these."""

    SUBJECT = ("institution_id",)

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="status_events"
    )
    status = models.CharField("状态", max_length=20, choices=Status.choices)
    category = models.CharField("当时类别", max_length=10, choices=Category.choices)
    site_type = models.CharField("当时类型", max_length=10, choices=SiteType.choices, default=SiteType.TRAINING)
    reason = models.CharField("事由", max_length=300, blank=True)

    class Meta:
        verbose_name = "状态变化"
        verbose_name_plural = "状态变化"
        constraints = [
            one_of("status", Status, name="status_event_status_known"),
            one_of("category", Category, name="status_event_category_known"),
            one_of("site_type", SiteType, name="status_event_site_type_known"),
            withdrawal_replaces_something("status_event_withdrawal_replaces"),
        ]
        indexes = [
            models.Index(fields=["institution", "-effective_on", "-recorded_at"], name="status_event_chain"),
            models.Index(fields=["institution"], condition=Q(status__in=sorted(ENDED)), name="status_event_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.state}"

    @property
    def state(self) -> str:
        return f"{self.get_status_display()}·{self.kind}"

    @property
    def kind(self) -> str:
        """The category, with the type unless it is the usual one."""
        others = () if self.site_type == SiteType.TRAINING else (self.get_site_type_display(),)
        return "·".join((self.get_category_display(), *others))


class StandingEvent(DatedEvent):
    """From ``effective_on`` the standing of a kind has a value; an empty value ends it (off the list, flag cleared)."""

    SUBJECT = ("institution_id", "kind", "detail")

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="standing_events"
    )
    kind = models.CharField("种类", max_length=12, choices=StandingKind.choices)
    detail = models.CharField("细目", max_length=40, blank=True, help_text="风险标记的名称；其他种类为空。")
    value = models.CharField("值", max_length=40, blank=True)
    until = models.DateField("期限至", null=True, blank=True)
    reason = models.CharField("事由", max_length=300, blank=True)
    source = models.CharField("来源", max_length=80, blank=True)

    class Meta:
        verbose_name = "资信变化"
        verbose_name_plural = "资信变化"
        constraints = [
            one_of("kind", StandingKind, name="standing_event_kind_known"),
            withdrawal_replaces_something("standing_event_withdrawal_replaces"),
            models.CheckConstraint(
                condition=~Q(kind=StandingKind.GRADE) | Q(value__in=["A", "B", "C", "D", ""]),
                name="standing_event_grade_known",
                violation_error_message="诚信等级只能是A、B、C、D。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "kind", "-effective_on"], name="standing_event_chain")]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_kind_display()} {self.value}"


class StandingPeriod(models.Model):
    """From ``since`` up to the day before ``over_on`` a standing has a value, as believed now.

    What the dated events of a kind say, without overlaps: a copy that ``periods.refresh`` makes in the transaction of
    each new event, so that lists of 200,000 institutions need not compare events. What was known earlier is asked of
    the events themselves.
    """

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=StandingKind.choices)
    detail = models.CharField("细目", max_length=40, blank=True)
    value = models.CharField("值", max_length=40)
    since = models.DateField("起始日期")
    over_on = models.DateField("不再有效之日")
    event = models.OneToOneField(StandingEvent, verbose_name="依据的记录", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "在列期间"
        verbose_name_plural = "在列期间"
        constraints = [
            one_of("kind", StandingKind, name="standing_period_kind_known"),
            models.UniqueConstraint(
                fields=["institution", "kind", "detail", "since"],
                name="standing_period_once",
                violation_error_message="同一天开始的在列期间重复。",
            ),
            models.CheckConstraint(
                condition=Q(over_on__gt=models.F("since")),
                name="standing_period_ordered",
                violation_error_message="在列期间至少一天。",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "since", "institution"], name="standing_period_by_since"),
            models.Index(fields=["kind", "over_on", "institution"], name="standing_period_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.get_kind_display()}"


class ResponsibleQuerySet(ScopedQuerySet):
    def in_force(self, on: date) -> ResponsibleQuerySet:
        """Names whose post is held on a day by somebody who can still log in; any other name is a gap."""
        return self.filter(
            Q(post__valid_to__isnull=True) | Q(post__valid_to__gte=on),
            post__valid_from__lte=on,
            post__user__is_active=True,
        )


class Responsible(models.Model):
    """The named person of one net for one institution: from a post, or corrected by hand."""

    SCOPE = Scope(
        "institution__jurisdiction_id",
        division="institution__division_id",
        category="institution__category",
        withdrawn="institution__withdrawn_at",
    )

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="responsibles"
    )
    net = models.CharField("网", max_length=12, choices=Net.choices)
    post = models.ForeignKey(Post, verbose_name="责任岗位", on_delete=models.PROTECT, null=True, blank=True)
    organ = models.ForeignKey(Organ, verbose_name="责任单位", on_delete=models.PROTECT)
    person_name = models.CharField("责任人", max_length=60)
    by_hand = models.BooleanField("人工指定", default=False)
    since = models.DateField("起始日期")

    objects = ResponsibleQuerySet.as_manager()

    class Meta:
        verbose_name = "三张网责任人"
        verbose_name_plural = "三张网责任人"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "net"],
                name="responsible_one_a_net",
                violation_error_message="每家机构在每张网中只有一名责任人。",
            ),
            one_of("net", Net, name="responsible_net_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_net_display()}：{self.person_name}"

    def stands(self, on: date) -> bool:
        """Whether the named person holds the post on a day: the same as ``in_force``, about a row in hand."""
        post = self.post
        if post is None or not post.user.is_active:
            return False
        return post.valid_from <= on and (post.valid_to is None or post.valid_to >= on)
