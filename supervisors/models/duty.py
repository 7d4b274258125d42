"""What supervisors do besides visits: feedback, publicity, proposals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clues.models import Clue
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from supervisors.enums import FeedbackKind, FeedbackState, Outlet, ProposalState

from .supervisor import Supervisor


class OwnedQuerySet(ScopedQuerySet):
    def own_of(self, actor: Actor) -> OwnedQuerySet:
        """What this very person filed as a supervisor; nobody on the phone sees another's."""
        return self.filter(supervisor__user=actor.user_id) if actor.is_person else self.none()


class Feedback(models.Model):
    """反馈: what a supervisor noticed, about an institution or not; the bureau answers it or makes it a clue."""

    SCOPE = Scope("jurisdiction_id")

    supervisor = models.ForeignKey(Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="feedback")
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="所属地区", on_delete=models.PROTECT)
    institution = models.ForeignKey(
        Institution, verbose_name="相关机构", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("反馈类别", max_length=12, choices=FeedbackKind.choices)
    text = models.TextField("内容", max_length=2000)
    filed_at = models.DateTimeField("提交时间")
    state = models.CharField("状态", max_length=10, choices=FeedbackState.choices, default=FeedbackState.SUBMITTED)
    state_at = models.DateTimeField("状态时间")
    reply = models.CharField("答复", max_length=1000, blank=True)
    clue = models.OneToOneField(
        Clue, verbose_name="线索", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handled_by = models.ForeignKey(
        User, verbose_name="处理人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "监督员反馈"
        verbose_name_plural = "监督员反馈"
        constraints = [
            one_of("kind", FeedbackKind, name="feedback_kind_known"),
            one_of("state", FeedbackState, name="feedback_state_known"),
            models.CheckConstraint(
                condition=~Q(text=""), name="feedback_has_text", violation_error_message="请填写反馈内容。"
            ),
            models.CheckConstraint(
                condition=Q(state=FeedbackState.SUBMITTED) | Q(handled_by__isnull=False),
                name="feedback_handled_by_someone",
                violation_error_message="处理过的反馈必须有处理人。",
            ),
            models.CheckConstraint(
                condition=~Q(state=FeedbackState.ANSWERED) | ~Q(reply=""),
                name="feedback_answer_has_words",
                violation_error_message="请填写答复。",
            ),
            models.CheckConstraint(
                condition=Q(state=FeedbackState.CONVERTED, clue__isnull=False)
                | (~Q(state=FeedbackState.CONVERTED) & Q(clue__isnull=True)),
                name="feedback_converted_has_clue",
                violation_error_message="转为线索的反馈必须有线索。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "state"], name="feedback_by_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.supervisor.name}"


class PublicityActivity(models.Model):
    """宣传: where a supervisor explained policy, and how many it reached, if that is known."""

    SCOPE = Scope("supervisor__jurisdiction_id")

    supervisor = models.ForeignKey(
        Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="activities"
    )
    outlet = models.CharField("渠道", max_length=12, choices=Outlet.choices)
    title = models.CharField("内容", max_length=120)
    link = models.URLField("链接", max_length=500, blank=True)
    description = models.CharField("情况说明", max_length=500, blank=True)
    held_on = models.DateField("日期")
    reach = models.PositiveIntegerField("覆盖人次", null=True, blank=True)
    pictured = models.PositiveSmallIntegerField("图片(张)", default=0)
    recorded_at = models.DateTimeField("登记时间")

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "宣传活动"
        verbose_name_plural = "宣传活动"
        constraints = [
            one_of("outlet", Outlet, name="publicity_activity_outlet_known"),
            models.CheckConstraint(
                condition=~Q(title="") & (~Q(link="") | ~Q(description="") | Q(pictured__gt=0)),
                name="publicity_activity_shown",
                violation_error_message="请填写内容，并附链接、图片或说明情况。",
            ),
        ]
        indexes = [models.Index(fields=["supervisor", "held_on"], name="publicity_by_supervisor")]

    def __str__(self) -> str:
        return self.title


class ActivityPhoto(models.Model):
    """A picture of a publicity activity: a screenshot, the hall, the leaflet."""

    activity = models.ForeignKey(
        PublicityActivity, verbose_name="宣传活动", on_delete=models.PROTECT, related_name="photos"
    )
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "宣传图片"
        verbose_name_plural = "宣传图片"

    def __str__(self) -> str:
        return f"{self.activity}的图片"


belongs_to(ActivityPhoto, "activity")


class Proposal(models.Model):
    """合理化建议: what ought to be done otherwise, and whether the bureau takes it up."""

    SCOPE = Scope("supervisor__jurisdiction_id")

    supervisor = models.ForeignKey(
        Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="proposals"
    )
    title = models.CharField("建议", max_length=120)
    text = models.TextField("内容", max_length=2000)
    filed_at = models.DateTimeField("提交时间")
    state = models.CharField("采纳情况", max_length=10, choices=ProposalState.choices, default=ProposalState.SUBMITTED)
    state_at = models.DateTimeField("状态时间")
    reply = models.CharField("答复", max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name="答复人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "合理化建议"
        verbose_name_plural = "合理化建议"
        constraints = [
            one_of("state", ProposalState, name="proposal_state_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="proposal_says_what",
                violation_error_message="请填写建议和内容。",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.SUBMITTED) | (Q(decided_by__isnull=False) & ~Q(reply="")),
                name="proposal_decided_has_reply",
                violation_error_message="答复建议必须写明意见。",
            ),
        ]

    def __str__(self) -> str:
        return self.title
