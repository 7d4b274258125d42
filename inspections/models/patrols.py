"""Patrol shifts: who goes where on a day and in a slot, in which groups, and the visits that each group made."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction
from inspections.enums import JointFocus, JointLevel, JointOutcome, ShiftKind, ShiftState, Slot

from .campaigns import Campaign
from .visits import Visit


class Shift(models.Model):
    """One outing: a day, a slot, its groups. Joint patrols say their level, their round, and 专查 or 兼查."""

    SCOPE = Scope("jurisdiction_id")

    number = models.CharField("编号", max_length=30)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="组织单位", on_delete=models.PROTECT, related_name="shifts")
    kind = models.CharField("巡查种类", max_length=10, choices=ShiftKind.choices)
    title = models.CharField("名称", max_length=80)
    held_on = models.DateField("日期")
    slot = models.CharField("时段", max_length=10, choices=Slot.choices)
    covert = models.BooleanField("暗访", default=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="专项行动", on_delete=models.PROTECT, null=True, blank=True, related_name="shifts"
    )
    level = models.CharField("联合层级", max_length=10, choices=JointLevel.choices, blank=True)
    round = models.PositiveSmallIntegerField(
        "轮次", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    focus = models.CharField("专查兼查", max_length=10, choices=JointFocus.choices, blank=True)
    state = models.CharField("状态", max_length=10, choices=ShiftState.choices, default=ShiftState.PLANNED)
    state_at = models.DateTimeField("状态时间")
    planned_by = models.ForeignKey(User, verbose_name="排班人", on_delete=models.PROTECT, related_name="+")
    remark = models.TextField("说明", max_length=1000, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "巡查班次"
        verbose_name_plural = "巡查排班"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="shift_number_once", violation_error_message="班次编号重复。"
            ),
            one_of("kind", ShiftKind, name="shift_kind_known"),
            one_of("slot", Slot, name="shift_slot_known"),
            one_of("state", ShiftState, name="shift_state_known"),
            one_of("level", JointLevel, name="shift_level_known", blank=True),
            one_of("focus", JointFocus, name="shift_focus_known", blank=True),
            models.CheckConstraint(
                condition=Q(kind=ShiftKind.JOINT) | Q(level="", focus="", round__isnull=True),
                name="shift_joint_facts",
                violation_error_message="层级、轮次和专查兼查只用于联合巡查。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ShiftKind.JOINT) | (~Q(level="") & ~Q(focus="") & Q(round__isnull=False)),
                name="shift_joint_says_all",
                violation_error_message="联合巡查须填写层级、轮次和专查或兼查。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-held_on"], name="shift_by_bureau")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.get_slot_display()} {self.title}"


class PatrolGroup(models.Model):
    """A group of a shift. Its members go into ``officers`` of each of its visits."""

    SCOPE = Scope("shift__jurisdiction_id")

    shift = models.ForeignKey(Shift, verbose_name="班次", on_delete=models.PROTECT, related_name="groups")
    name = models.CharField("组名", max_length=40)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "巡查分组"
        verbose_name_plural = "巡查分组"
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "name"], name="patrol_group_once", violation_error_message="同一班次的组名重复。"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What the group's visits bear as ``group_key``."""
        return f"group:{self.pk}"


class GroupArea(models.Model):
    """A place that a group covers."""

    SCOPE = Scope("group__shift__jurisdiction_id")

    group = models.ForeignKey(PatrolGroup, verbose_name="分组", on_delete=models.PROTECT, related_name="areas")
    division = models.ForeignKey(Division, verbose_name="区域", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "分组区域"
        verbose_name_plural = "分组区域"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "division"], name="group_area_once", violation_error_message="同一分组的区域重复。"
            ),
        ]

    def __str__(self) -> str:
        return str(self.division)


class GroupMember(models.Model):
    """A person of a group: in a post of the portal, or named with the unit. ``attended`` is unknown until taken."""

    SCOPE = Scope("group__shift__jurisdiction_id")

    group = models.ForeignKey(PatrolGroup, verbose_name="分组", on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(
        User, verbose_name="人员", on_delete=models.PROTECT, null=True, blank=True, related_name="patrols"
    )
    organ = models.ForeignKey(
        Organ, verbose_name="单位", on_delete=models.PROTECT, null=True, blank=True, related_name="patrols"
    )
    name = models.CharField("姓名", max_length=60)
    organ_name = models.CharField("单位名称", max_length=120, blank=True)
    certificate_no = models.CharField("执法证号", max_length=40, blank=True)
    leads = models.BooleanField("组长", default=False)
    attended = models.BooleanField("到岗", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "组员"
        verbose_name_plural = "组员"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"], name="group_member_once", violation_error_message="同一分组人员重复。"
            ),
            models.UniqueConstraint(
                fields=["group", "name", "organ_name"],
                condition=Q(user__isnull=True),
                name="group_named_member_once",
                violation_error_message="同一分组人员重复。",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(leads=True),
                name="group_one_leader",
                violation_error_message="一个分组只有一名组长。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.organ_name}）" if self.organ_name else self.name


class GroupVisit(models.Model):
    """A visit that a group made on its shift, and what a joint patrol came to there."""

    SCOPE = Scope("visit__jurisdiction_id", division="visit__division_id", category="visit__category")

    group = models.ForeignKey(PatrolGroup, verbose_name="分组", on_delete=models.PROTECT, related_name="visits")
    visit = models.OneToOneField(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="group_visit")
    outcome = models.CharField("联合处置", max_length=10, choices=JointOutcome.choices, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "分组检查"
        verbose_name_plural = "分组检查"
        constraints = [one_of("outcome", JointOutcome, name="group_visit_outcome_known", blank=True)]

    def __str__(self) -> str:
        return f"{self.group} · {self.visit}"
