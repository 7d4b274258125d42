"""广告处置: one outing of a team, and what it did with each advertisement that it came for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from assignments.models import Assignment
from clues.enums import AdUnit
from clues.models import Sighting
from clues.models.adverts import MOST_SEEN
from enforcement.enums import AdOutcome
from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo
from foundation.regions.models import Division, Jurisdiction
from inspections.models import Campaign


class Removal(models.Model):
    """One outing of at least two persons on one day. 人次 are its persons, however many things they removed."""

    SCOPE = Scope("jurisdiction_id", division="division_id")

    number = models.CharField("处置编号", max_length=30)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="登记单位", on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField("处置日期")
    remark = models.CharField("情况", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "广告处置"
        verbose_name_plural = "广告处置"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="removal_number_once", violation_error_message="编号重复。"
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-done_on"], name="removal_by_bureau")]

    def __str__(self) -> str:
        return f"{self.number}（{self.done_on}）"


class RemovalOfficer(models.Model):
    """One who went; the departments of an outing are those of its officers."""

    removal = models.ForeignKey(Removal, verbose_name="处置", on_delete=models.PROTECT, related_name="officers")
    user = models.ForeignKey(
        User, verbose_name="人员", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("姓名", max_length=60)
    organ_name = models.CharField("单位名称", max_length=120, blank=True)

    class Meta:
        verbose_name = "处置人员"
        verbose_name_plural = "处置人员"
        constraints = [
            models.UniqueConstraint(
                fields=["removal", "name", "organ_name"],
                name="removal_officer_once",
                violation_error_message="同一次处置中人员重复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.organ_name}）" if self.organ_name else self.name


class RemovalItem(models.Model):
    """What was done with one advertisement, and with how many of it, counted in the unit of its sighting."""

    SCOPE = Scope("sighting__clue__jurisdiction_id", division="sighting__clue__division_id")

    removal = models.ForeignKey(Removal, verbose_name="处置", on_delete=models.PROTECT, related_name="items")
    sighting = models.ForeignKey(Sighting, verbose_name="广告线索", on_delete=models.PROTECT, related_name="removals")
    outcome = models.CharField("处置方式", max_length=12, choices=AdOutcome.choices)
    quantity = models.PositiveIntegerField("数量")
    at_least = models.BooleanField("余", default=False)
    assignment = models.ForeignKey(
        Assignment, verbose_name="移送交办", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "广告处置记录"
        verbose_name_plural = "广告处置记录"
        constraints = [
            one_of("outcome", AdOutcome, name="removal_outcome_known"),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, MOST_SEEN)),
                name="removal_quantity_possible",
                violation_error_message=f"数量须在1到{MOST_SEEN}之间。",
            ),
            models.CheckConstraint(
                condition=Q(outcome=AdOutcome.TRANSFERRED, assignment__isnull=False)
                | (~Q(outcome=AdOutcome.TRANSFERRED) & Q(assignment__isnull=True)),
                name="removal_transferred_to_somebody",
                violation_error_message="移送必须有接收部门的交办，其他方式没有。",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="removal_void_says_why",
                violation_error_message="作废必须写明理由。",
            ),
            models.UniqueConstraint(
                fields=["removal", "sighting", "outcome"],
                condition=Q(voided_at__isnull=True),
                name="removal_outcome_once",
                violation_error_message="这次处置已登记过同一广告的同一种方式。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.amount}"

    @property
    def amount(self) -> str:
        """``300余张``."""
        return f"{self.quantity}{'余' if self.at_least else ''}{AdUnit(self.sighting.unit).label}"


class RemovalPhoto(models.Model):
    """A photo of an outing."""

    removal = models.ForeignKey(Removal, verbose_name="处置", on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_removal")

    class Meta:
        verbose_name = "处置照片"
        verbose_name_plural = "处置照片"

    def __str__(self) -> str:
        return f"{self.removal_id} · {self.photo_id}"


belongs_to(RemovalPhoto, "removal")


class RemovalCampaign(models.Model):
    """The outing counts in a campaign; once in each."""

    removal = models.ForeignKey(Removal, verbose_name="处置", on_delete=models.PROTECT, related_name="campaigns")
    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="removals")

    class Meta:
        verbose_name = "处置所属专项行动"
        verbose_name_plural = "处置所属专项行动"
        constraints = [
            models.UniqueConstraint(
                fields=["removal", "campaign"],
                name="removal_campaign_once",
                violation_error_message="这次处置已计入该专项行动。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.removal} · {self.campaign}"
