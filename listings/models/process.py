"""What a list decision rests on, what the party said against it, and how it asks to be taken off again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo
from inspections.models import Visit
from listings.enums import RepairState

from .lists import ListEntry

VIA_ENTRY = Scope(
    "entry__institution__jurisdiction_id",
    division="entry__institution__division_id",
    category="entry__institution__category",
    withdrawn="entry__institution__withdrawn_at",
)


class Evidence(models.Model):
    """One record that an entry rests on (``institutions.dossier``): the link, and the words that it had then."""

    entry = models.ForeignKey(ListEntry, verbose_name="名单记录", on_delete=models.PROTECT, related_name="records")
    source = models.CharField("来源", max_length=20)
    record_id = models.BigIntegerField("记录编号")
    happened_on = models.DateField("日期")
    what = models.CharField("内容", max_length=1500)
    law = models.CharField("依据", max_length=500, blank=True)

    class Meta:
        verbose_name = "列入依据的记录"
        verbose_name_plural = "列入依据的记录"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "source", "record_id"],
                name="list_evidence_once",
                violation_error_message="同一记录只作一次依据。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.what}"

    @property
    def key(self) -> str:
        """As ``Record.key``."""
        return f"{self.source}:{self.record_id}"


class Defence(models.Model):
    """What the party said against a proposed entry, or that it gives up saying anything (``waiver``, in writing).

    ``entered_by`` is empty where it came by the entry's link.
    """

    SCOPE = VIA_ENTRY

    entry = models.ForeignKey(ListEntry, verbose_name="名单记录", on_delete=models.PROTECT, related_name="defences")
    waiver = models.BooleanField("书面放弃", default=False)
    text = models.TextField("陈述申辩内容", max_length=4000)
    given_by = models.CharField("提出人", max_length=60)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "陈述申辩"
        verbose_name_plural = "陈述申辩"

    def __str__(self) -> str:
        return f"{self.given_by}{'放弃' if self.waiver else ''}陈述申辩"


class DefencePhoto(models.Model):
    """A photo that goes with a defence."""

    SCOPE = Scope(
        "defence__entry__institution__jurisdiction_id",
        division="defence__entry__institution__division_id",
        category="defence__entry__institution__category",
        withdrawn="defence__entry__institution__withdrawn_at",
    )

    defence = models.ForeignKey(Defence, verbose_name="陈述申辩", on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_defence")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "陈述申辩照片"
        verbose_name_plural = "陈述申辩照片"

    def __str__(self) -> str:
        return f"{self.defence_id} · {self.photo_id}"


belongs_to(DefencePhoto, "defence")


class Repair(models.Model):
    """信用修复: an application to leave a list before its term, with proof; closed by a visit and a second person."""

    SCOPE = VIA_ENTRY

    entry = models.ForeignKey(ListEntry, verbose_name="名单记录", on_delete=models.PROTECT, related_name="repairs")
    text = models.TextField("整改和修复情况", max_length=2000)
    given_by = models.CharField("申请人", max_length=60)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("状态", max_length=10, choices=RepairState.choices, default=RepairState.APPLIED)
    state_at = models.DateTimeField("状态时间")
    visit = models.ForeignKey(
        Visit, verbose_name="核查记录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("核查情况", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "信用修复申请"
        verbose_name_plural = "信用修复申请"
        constraints = [
            one_of("state", RepairState, name="list_repair_state_known"),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state__in=[RepairState.APPLIED, RepairState.PASSED]),
                name="list_repair_open_once",
                violation_error_message="这条名单记录已有办理中的信用修复申请。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RepairState.APPLIED, RepairState.REFUSED]) | Q(visit__isnull=False),
                name="list_repair_by_visit",
                violation_error_message="信用修复核查通过必须有检查记录。",
            ),
            models.CheckConstraint(
                condition=~Q(state=RepairState.REFUSED) | ~Q(remark=""),
                name="list_repair_refused_says_why",
                violation_error_message="核查未通过必须写明情况。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {self.get_state_display()}"


class RepairPhoto(models.Model):
    """A photo that proves what was put right."""

    SCOPE = Scope(
        "repair__entry__institution__jurisdiction_id",
        division="repair__entry__institution__division_id",
        category="repair__entry__institution__category",
        withdrawn="repair__entry__institution__withdrawn_at",
    )

    repair = models.ForeignKey(Repair, verbose_name="信用修复申请", on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_repair")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "信用修复照片"
        verbose_name_plural = "信用修复照片"

    def __str__(self) -> str:
        return f"{self.repair_id} · {self.photo_id}"


belongs_to(RepairPhoto, "repair")
